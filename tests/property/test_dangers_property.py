"""A graver finding never makes a decision milder: liver tests, counts, diagnoses, signs. All people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from natalizumab.care import load_protocol, plan
from natalizumab.evidence import vocabulary
from natalizumab.record import Record

Event = dict[str, Any]
ORDER = ["allow", "confirm", "hold", "stop"]
ON = date(2026, 6, 1)
DOSES: list[Event] = [
    {"kind": "dose", "on": day, "dose_mg": 300, "route": "iv"} for day in ("2026-03-23", "2026-04-20", "2026-05-18")
]
DIAGNOSES = [term.name for term in vocabulary("diagnoses").terms if not term.groups & {"other", "ms"}]
SYMPTOMS = [term.name for term in vocabulary("symptoms").terms if term.attributes.get("suggests")]

some = settings(max_examples=40, deadline=None)
protocols = st.sampled_from(["eu", "uk", "us"])
days = st.sampled_from(["2026-03-01", "2026-05-04", "2026-05-25"])
begun = st.sampled_from([0, 1, 3])


def gravity(events: list[Event], protocol: str, doses: int) -> int:
    person = {"id": "invented", "born": "1990-01-01"}
    record = {"schema": "natalizumab-record/1", "person": person, "events": [*DOSES[:doses], *events]}
    return ORDER.index(plan(Record.from_dict(record), ON, load_protocol(protocol)).decision)


def lab(test: str, value: float, unit: str, day: str, limit: float | None = None) -> Event:
    known = {} if limit is None else {"upper_limit": limit}
    return {"kind": "lab", "on": day, "test": test, "value": value, "unit": unit, **known}


@some
@given(
    st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(sorted),
    st.integers(0, 100),
    st.sampled_from([None, 40]),
    days,
    protocols,
    begun,
)
def test_a_higher_alt_is_never_milder(
    alt: list[int], bilirubin: int, limit: float | None, day: str, protocol: str, doses: int
) -> None:
    beside = lab("bilirubin", bilirubin, "umol/L", "2026-05-04", 20)
    lower, higher = (gravity([beside, lab("ALT", value, "U/L", day, limit)], protocol, doses) for value in alt)
    assert lower <= higher


@some
@given(
    st.sampled_from([("platelets", "10*9/L", 300), ("lymphocytes", "10*9/L", 4), ("haemoglobin", "g/L", 140)]),
    st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted),
    st.booleans(),
    days,
    protocols,
    begun,
)
def test_a_lower_count_is_never_milder(
    count: tuple[str, str, float], shares: list[float], bruised: bool, day: str, protocol: str, doses: int
) -> None:
    test, unit, usual = count
    signs: list[Event] = [{"kind": "symptom", "on": "2026-05-04", "name": "bruising"}] if bruised else []
    worse, better = (gravity([*signs, lab(test, share * usual, unit, day)], protocol, doses) for share in shares)
    assert worse >= better


@some
@given(st.sampled_from(DIAGNOSES), st.sampled_from(SYMPTOMS), days, days, protocols, begun)
def test_confirmed_is_never_milder_than_suspected(
    name: str, symptom: str, day: str, noted: str, protocol: str, doses: int
) -> None:
    sign: Event = {"kind": "symptom", "on": noted, "name": symptom}
    suspected, confirmed = (
        gravity([sign, {"kind": "diagnosis", "on": day, "name": name, "status": status}], protocol, doses)
        for status in ("suspected", "confirmed")
    )
    assert suspected <= confirmed


@some
@given(st.sampled_from(SYMPTOMS), st.sampled_from(SYMPTOMS), days, protocols, begun)
def test_a_symptom_that_gets_worse_or_a_second_one_is_never_milder(
    symptom: str, second: str, day: str, protocol: str, doses: int
) -> None:
    sign: Event = {"kind": "symptom", "on": day, "name": symptom}
    other: Event = {"kind": "symptom", "on": "2026-05-26", "name": second}
    alone = gravity([sign], protocol, doses)
    assert alone <= gravity([{**sign, "worsening": True}], protocol, doses)
    assert alone <= gravity([sign, other], protocol, doses)
