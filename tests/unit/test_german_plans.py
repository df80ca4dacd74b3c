"""All that the core says of a person is said in German: nothing stays English but names and what people wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.german import english_left, shown
from tests.spec.spec import Spec, made
from tests.spec.tables import all_specs
from tests.strategies import records

from natalizumab.care import load_protocol, plan
from natalizumab.care.shape import Plan
from natalizumab.care.switching import switch
from natalizumab.care.triage import dangers
from natalizumab.care.why import WORDS
from natalizumab.clinic.demo.cast import characters
from natalizumab.errors import Refusal
from natalizumab.evidence import values
from natalizumab.record import Record, read_record

PROTOCOLS = ("eu", "uk", "us")
ON = date(2026, 11, 2)
EXAMPLES = sorted(Path("examples").glob("*.json"))
TARGETS = ("ocrelizumab", "fingolimod", "alemtuzumab", "ofatumumab", "teriflunomide", "cladribine", "natalizumab")


def said_of(one: Plan) -> Iterator[str]:
    """Every text of a plan, the facts in words too."""
    yield from shown(one.to_dict())
    behind = [found.because for found in one.reasons] + [found.because for found in one.items]
    yield from (fact for facts in [*behind, *(note.because for note in one.notes)] for fact in facts)


def in_each_protocol(record: Mapping[str, Any], on: date = ON) -> list[tuple[str, str]]:
    """What stays English of a record's plans."""
    read = Record.from_json(json.dumps(record).encode())
    plans = (plan(read, on, load_protocol(name)) for name in PROTOCOLS)
    return english_left((text for one in plans for text in said_of(one)), record)


SPECS = [pytest.param(list(specs), id=rule) for rule, specs in groupby(all_specs(), key=lambda spec: spec.rule)]


@pytest.mark.parametrize("specs", SPECS)
def test_nothing_of_a_rules_table_stays_english(specs: list[Spec]) -> None:
    left = [
        found
        for spec in specs
        for row in spec.rows
        for found in english_left(said_of(made(spec, row)), {"events": [*spec.events, *row.events]})
    ]
    assert left == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_nothing_of_an_examples_plan_or_switch_stays_english(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    read = read_record(path)
    texts: list[str] = []
    for target in TARGETS:
        try:
            texts += shown(switch(read, target, ON, load_protocol("eu")).to_dict())
        except Refusal as refused:
            texts.append(str(refused))
    assert in_each_protocol(record) == []
    assert english_left(texts, record | {"targets": TARGETS}) == []


@pytest.mark.parametrize("person", characters(ON, seed=1)[::2], ids=lambda person: f"{person.number}-{person.story}")
def test_nothing_of_the_plan_of_the_demos_people_stays_english(person: Any) -> None:
    known = {"id": person.number, "born": str(person.born), "sex": person.sex}
    record = {"schema": "natalizumab-record/1", "person": known, "events": person.course.events}
    assert in_each_protocol(record) == []


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(records())
def test_nothing_of_the_plan_of_any_record_stays_english(record: dict[str, Any]) -> None:
    assert in_each_protocol(record, date(2024, 11, 2)) == []


def test_what_is_thought_of_and_done_at_a_sign_of_danger_is_said_in_german() -> None:
    texts = [text for one in dangers() for text in (one.words, one.today, one.who)]
    assert english_left(texts, {}) == []


def test_what_a_rule_looked_at_has_german_words_for_every_fact_of_a_case() -> None:
    assert english_left(WORDS.values(), {}) == []


def test_what_the_evidence_says_of_every_value_is_said_in_german() -> None:
    texts = [text for one in values() for text in (one.about, one.note, one.value) if isinstance(text, str) and text]
    keys = {"keys": [word for one in values() for word in (one.key, *one.sources)]}
    assert english_left(texts, keys) == []
