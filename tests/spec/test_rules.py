"""Every rule answers as its table says, on the day before, the day, and the day after."""

from __future__ import annotations

import pytest
from tests.spec.spec import Row, Spec, answer, made, taken_wrongly
from tests.spec.tables import all_specs

from natalizumab.care import RULES

CASES = [
    pytest.param(spec, row, id=f"{spec.rule}: {row.when} on {row.on} ({row.protocol})")
    for spec in all_specs()
    for row in spec.rows
]


@pytest.mark.parametrize(("spec", "row"), CASES)
def test_the_rule_answers_as_its_table_says(spec: Spec, row: Row) -> None:
    found = made(spec, row)
    assert answer(found, spec.rule) == row.expect
    assert taken_wrongly(found, spec.rule) == []


def test_every_rule_has_a_table_with_at_least_three_rows() -> None:
    rows = {rule.id: 0 for rule in RULES}
    for spec in all_specs():
        rows[spec.rule] += len(spec.rows)
    assert {rule: count for rule, count in rows.items() if count < 3} == {}


def test_there_are_at_least_four_hundred_rows_and_every_rule_is_asked_on_two_days_or_more() -> None:
    assert len(CASES) >= 400
    days: dict[str, set[str]] = {rule.id: set() for rule in RULES}
    for spec in all_specs():
        days[spec.rule] |= {row.on for row in spec.rows}
    assert {rule for rule, asked in days.items() if len(asked) < 2} == set()


def test_every_rule_is_seen_both_answering_and_silent() -> None:
    answers: dict[str, set[bool]] = {rule.id: set() for rule in RULES}
    for spec in all_specs():
        answers[spec.rule] |= {row.expect != "-" for row in spec.rows}
    assert {rule: seen for rule, seen in answers.items() if seen != {True, False}} == {}
