"""What holds for the plan of every record, on every date, under every protocol."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import Plain, days, records

from natalizumab.care import RULES, Effect, Plan, load_protocol, plan
from natalizumab.care.ending import said
from natalizumab.care.shape import PlannedItem, PlannedNote, PlannedReason
from natalizumab.evidence import source
from natalizumab.record import Record

some = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
protocols = st.sampled_from(["eu", "uk", "us"])
WORDS = {"allow": Effect.INFO, "confirm": Effect.CONFIRM, "hold": Effect.HOLD, "stop": Effect.STOP}


def planned(plain: Plain, on: date, protocol: str) -> Plan:
    return plan(Record.from_dict(plain), on, load_protocol(protocol))


def everything_said(made: Plan) -> list[PlannedReason | PlannedItem | PlannedNote]:
    return [*made.reasons, *made.items, *made.notes]


@some
@given(records(), days, protocols)
def test_every_record_has_a_decision_and_it_is_that_of_the_gravest_reason(
    plain: Plain, on: date, protocol: str
) -> None:
    made = planned(plain, on, protocol)
    gravest = max((reason.weight for reason in made.reasons), default=Effect.INFO)
    assert WORDS[made.decision] == gravest


@some
@given(records(), days, protocols)
def test_a_plan_never_allows_a_dose_while_a_reason_holds_or_stops_it(plain: Plain, on: date, protocol: str) -> None:
    made = planned(plain, on, protocol)
    holding = [reason for reason in made.reasons if reason.order is None and reason.effect >= Effect.HOLD]
    assert not holding or made.decision in {"hold", "stop"}


@some
@given(records(), days, protocols, st.integers(0, 10_000))
def test_the_order_of_entries_in_the_file_changes_nothing(plain: Plain, on: date, protocol: str, seed: int) -> None:
    shuffled = random.Random(seed).sample(plain["events"], len(plain["events"]))
    assert planned({**plain, "events": shuffled}, on, protocol).to_json() == planned(plain, on, protocol).to_json()


@some
@given(records(), days, protocols, st.data())
def test_a_note_at_any_entry_changes_nothing(plain: Plain, on: date, protocol: str, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.integers(0, max(len(plain["events"]) - 1, 0))))
    noted = [
        {**entry, "note": "seen again"} if number in chosen else entry for number, entry in enumerate(plain["events"])
    ]
    assert planned({**plain, "events": noted}, on, protocol).to_json() == planned(plain, on, protocol).to_json()


@some
@given(records(), days, protocols)
def test_everything_said_names_its_rule_and_sources_that_resolve(plain: Plain, on: date, protocol: str) -> None:
    made = planned(plain, on, protocol)
    ids = {rule.id for rule in RULES}
    for finding in everything_said(made):
        assert finding.rule in ids
        assert finding.text
        assert finding.sources
        for used in finding.sources:
            assert source(used.key).citation


@some
@given(records(), days, protocols)
def test_every_fact_named_is_an_entry_of_the_record(plain: Plain, on: date, protocol: str) -> None:
    record = Record.from_dict(plain)
    made = plan(record, on, load_protocol(protocol))
    known = {event.ref for event in record.events}
    for finding in everything_said(made):
        assert set(finding.facts) <= known


@some
@given(records(), days, protocols, st.integers(1, 3000))
def test_time_alone_never_lifts_a_stop(plain: Plain, on: date, protocol: str, later: int) -> None:
    upto = {**plain, "events": [entry for entry in plain["events"] if entry["on"][:10] <= on.isoformat()]}
    kept = _without_dangling(upto)
    if planned(kept, on, protocol).decision == "stop":
        assert planned(kept, on + timedelta(days=later), protocol).decision == "stop"


@some
@given(records(), days, protocols)
def test_what_is_done_after_a_date_changes_nothing_in_its_plan(plain: Plain, on: date, protocol: str) -> None:
    """Only a note names the entries left out, and on their day the plan is looked at again. Corrections stay."""

    def stays(entry: Plain) -> bool:
        return bool(entry.get("planned")) or "corrects" in entry or entry["on"][:10] <= on.isoformat()

    earlier = _on_their_own({**plain, "events": [entry for entry in plain["events"] if stays(entry)]})
    whole, kept = (_but_left_out(planned(record, on, protocol)) for record in (plain, earlier))
    assert whole == kept


@some
@given(records(), days, protocols)
def test_a_waiting_time_lies_ahead_and_nothing_is_overdue_before_its_day(plain: Plain, on: date, protocol: str) -> None:
    made = planned(plain, on, protocol)
    assert all(reason.not_before > on for reason in made.reasons if reason.not_before and reason.order is None)
    for item in made.items:
        assert (item.status == "overdue") == (item.days_late > 0)
        assert item.status != "overdue" or item.due < on
        assert not (item.prompt and item.status == "overdue")


@some
@given(records(), days, protocols, st.integers(1, 5000))
def test_a_plan_says_the_same_on_every_day_before_its_end_and_something_else_on_it(
    plain: Plain, on: date, protocol: str, later: int
) -> None:
    made = planned(plain, on, protocol)
    end = made.valid_until
    if end is not None:
        assert end > on
        assert said(planned(plain, end, protocol)) != said(made)
        later = 1 + later % (end - on).days if (end - on).days > 1 else 0
        later = min(later, (end - on).days - 1)
    assert said(planned(plain, on + timedelta(days=later), protocol)) == said(made)


INDEX_BANDS = (0.5, 1.2, 2.5)
"""One index of each band, low to high."""


def _risk(month: int, index: float) -> float:
    """The yearly risk without prior immunosuppressant in that month of exposure."""
    on = date(2026, 11, 2)
    year, number = divmod(on.year * 12 + on.month - 1 - (month - 1), 12)
    first = date(year, number + 1, on.day).isoformat()
    entries: list[dict[str, Any]] = [
        {"kind": "earlier_treatment", "on": first, "first_dose": first},
        {"kind": "dose", "on": on.isoformat(), "dose_mg": 300, "route": "iv"},
        {"kind": "jcv", "on": "2026-10-01", "result": "positive", "index": index, "assay": "STRATIFY"},
    ]
    made = planned({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": entries}, on, "eu")
    assert made.pml.per_1000 is not None
    return made.pml.per_1000


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 72), st.integers(2, 72), st.sampled_from(INDEX_BANDS), st.sampled_from(INDEX_BANDS))
def test_without_prior_immunosuppressant_risk_never_falls_with_the_index_band_or_the_month(
    month: int, other_month: int, index: float, other_index: float
) -> None:
    low, high = sorted((month, other_month))
    lower, higher = sorted((index, other_index))
    assert _risk(low, lower) <= _risk(high, higher)


@some
@given(records(), days)
def test_a_confirmed_pml_stops_whatever_else_is_there(plain: Plain, on: date) -> None:
    pml = {"kind": "diagnosis", "on": "2012-01-01", "name": "PML", "id": "the-pml"}
    assert planned({**plain, "events": [*plain["events"], pml]}, on, "eu").decision == "stop"


def _but_left_out(made: Plan) -> dict[str, Any]:
    """What a plan says, but for the note on entries that lie ahead."""
    plain = said(made)
    return {**plain, "notes": [note for note in plain["notes"] if note["rule"] != "REC-03"]}


def _on_their_own(plain: Plain) -> Plain:
    """The record in which what corrects an entry that is gone stands by itself; a withdrawal of nothing goes too."""
    ids = {entry.get("id") for entry in plain["events"]}
    kept = [entry for entry in plain["events"] if entry["kind"] != "withdrawal" or entry["corrects"] in ids]
    if len(kept) < len(plain["events"]):
        return _on_their_own({**plain, "events": kept})
    own = [entry if entry.get("corrects") in {None, *ids} else _without(entry, "corrects") for entry in kept]
    return {**plain, "events": own}


def _without(entry: Plain, field: str) -> Plain:
    return {name: part for name, part in entry.items() if name != field}


def _without_dangling(plain: Plain) -> Plain:
    """The record without corrections of entries that it no longer has."""
    entries = plain["events"]
    while True:
        ids = {entry.get("id") for entry in entries}
        kept = [entry for entry in entries if entry.get("corrects") in {None, *ids}]
        if len(kept) == len(entries):
            return {**plain, "events": kept}
        entries = kept
