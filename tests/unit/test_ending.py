"""Two plans say the same exactly where their plain data do, but for what moves on every day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.invented import dose, event, record

from natalizumab.care import Plan, load_protocol, plan
from natalizumab.care.case import Case
from natalizumab.care.ending import first_change, said, says_the_same
from natalizumab.record import SCHEMA, Record, read_record

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
ON = date(2026, 11, 2)


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def months(request: pytest.FixtureRequest) -> list[Plan]:
    """Plans of one invented person on every third day of four months."""
    person, protocol = read_record(request.param), load_protocol("uk")
    return [plan(person, ON + timedelta(days=3 * step), protocol) for step in range(40)]


def test_says_the_same_agrees_with_what_is_said(months: list[Plan]) -> None:
    for one, other in pairwise(months):
        assert says_the_same(one, other) is (said(one) == said(other))


def test_a_plan_says_something_else_on_its_last_day_and_not_before(months: list[Plan]) -> None:
    first = months[0]
    assert first.valid_until is None or first.valid_until > ON
    for later in months[1:]:
        if first.valid_until is None or later.on < first.valid_until:
            assert says_the_same(first, later)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_was_asked_of_one_day_changes_nothing_on_another(path: Path) -> None:
    asked, protocol = read_record(path), load_protocol("eu")
    for on in (ON + timedelta(days=90 * step) for step in (0, -3, 2, -8, 5, -1)):
        assert plan(asked, on, protocol) == plan(read_record(path), on, protocol)


def test_a_plan_ends_on_the_birthday_after_which_six_weeks_are_no_longer_offered() -> None:
    doses = [
        {"kind": "dose", "on": str(date(2026, 1, 3) - timedelta(weeks=4 * n)), "dose_mg": 300, "route": "iv"}
        for n in range(14)
    ]
    scan = {"kind": "mri", "on": "2025-12-01", "protocol": "full", "new_t2": 0, "gd": 0}
    jcv = {"kind": "jcv", "on": "2025-12-01", "result": "positive", "index": 0.7, "assay": "STRATIFY"}
    person = {"id": "invented", "born": "1965-01-10"}
    sixty = Record.from_dict({"schema": SCHEMA, "person": person, "events": [*doses, scan, jcv]})
    made, after = (plan(sixty, date(2026, 1, day), load_protocol("eu")) for day in (9, 10))
    assert made.valid_until == after.on
    assert [[note.rule for note in one.notes].count("DOS-10") for one in (made, after)] == [1, 0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("protocol", ["eu", "us"])
def test_on_the_day_of_its_end_a_plan_says_something_else_and_on_no_day_before(path: Path, protocol: str) -> None:
    person, day = read_record(path), ON
    for _ in range(3):
        made = plan(person, day, load_protocol(protocol))
        if made.valid_until is None:
            break
        between = [day + timedelta(days=number) for number in range(1, (made.valid_until - day).days)]
        for later in between:
            assert says_the_same(made, plan(person, later, load_protocol(protocol)))
        assert not says_the_same(made, plan(person, made.valid_until, load_protocol(protocol)))
        day = made.valid_until


def test_what_is_due_today_is_due_tomorrow_if_nobody_did_it_until_follow_up_ends() -> None:
    untreated = record()
    made = plan(untreated, ON, load_protocol("eu"))
    assert {item.due for item in made.items if item.rule == "BAS-02"} == {ON}
    assert made.valid_until == ON + timedelta(days=1)
    lost = record(event("followup", "2026-11-01", status="lost"))
    assert plan(lost, ON, load_protocol("eu")).valid_until is None


def test_an_answer_that_is_known_already_still_says_when_it_may_be_another_one() -> None:
    case = Case(record(dose("2026-10-01")).course(date(2026, 10, 15)), load_protocol("eu"))
    ends: list[date | None] = []
    for _ in range(2):
        case.changes = None
        assert case.exposure_month == 1
        ends.append(case.changes)
    assert ends == [date(2026, 11, 1), date(2026, 11, 1)]


@dataclass
class _Unchanging:
    """A draft that gives one plan for every later day, and each time a day on which it may be another."""

    case: Case
    made: Plan
    following: Iterator[date]

    def plan(self) -> tuple[Plan, date | None]:
        return self.made, next(self.following)

    def later(self, day: date) -> _Unchanging:
        return self


def test_a_plan_that_stays_the_same_for_very_long_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("natalizumab.care.ending.MOST_DAYS_LOOKED_AT", 3)
    nobody, protocol = record(), load_protocol("eu")
    days = [ON + timedelta(days=10 * number) for number in range(1, 6)]

    def end(first: Plan, changes: date | None, later: Plan) -> date | None:
        return first_change(first, changes, _Unchanging(Case(nobody.course(ON), protocol), later, iter(days[1:])))

    made = plan(nobody, ON, protocol)
    empty = replace(made, items=(), reasons=())
    order = replace(made.reasons[0], order="another order", not_before=days[0])
    for same in (made, empty, replace(made, reasons=(order,))):
        assert end(same, days[0], same) == days[3]
        assert end(same, None, same) is None
    assert end(empty, days[0], made) == days[0]


def test_every_part_counts() -> None:
    made = plan(read_record(EXAMPLES[1]), ON, load_protocol("eu"))
    assert says_the_same(made, replace(made, on=ON + timedelta(days=1), valid_until=None))
    others = [
        replace(made, decision="stop"),
        replace(made, state="stopped"),
        replace(made, next_dose=replace(made.next_dose, due=None)),
        replace(made, pml=replace(made.pml, per_1000=99.0)),
        replace(made, reasons=made.reasons[1:]),
        replace(made, items=made.items[1:]),
        replace(made, notes=made.notes[1:]),
        replace(made, reasons=(replace(made.reasons[0], text="Another."), *made.reasons[1:])),
        replace(made, items=(replace(made.items[0], due=ON), *made.items[1:])),
        replace(made, notes=(replace(made.notes[0], facts=("another",)), *made.notes[1:])),
    ]
    for number, other in enumerate(others):
        assert not says_the_same(made, other), number
        assert said(made) != said(other), number
    late = replace(made.items[0], days_late=made.items[0].days_late + 1)
    assert says_the_same(made, replace(made, items=(late, *made.items[1:])))
