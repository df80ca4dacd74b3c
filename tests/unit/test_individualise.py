"""From an invented person's record to their curve, and what is said about doubtful levels."""

from __future__ import annotations

from datetime import date
from typing import Any

from natalizumab.pharmacology.individualise import Individual, individualise
from natalizumab.record import Record

DOSES = [f"2026-{month:02}-{day:02}" for month, day in ((1, 5), (2, 2), (3, 2), (3, 30), (4, 27), (5, 25))]
ON = date(2026, 6, 15)


def invented(*levels: dict[str, Any], backwards: bool = False) -> Individual:
    events = [{"kind": "weight", "on": DOSES[0], "kg": 70}]
    events += [{"kind": "dose", "on": day, "dose_mg": 300, "route": "iv"} for day in DOSES]
    events += [{"kind": "concentration", **level} for level in levels]
    events = events[::-1] if backwards else events
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})
    return individualise(record, ON)


def said(found: Individual) -> str:
    return " ".join(found.warnings)


def test_a_level_that_no_plausible_person_has_asks_to_check_the_time_of_the_sample() -> None:
    assert "Check the time of the sample" in said(invented({"on": "2026-05-20", "mg_per_l": 150.0}))


def test_levels_that_need_a_body_as_hardly_anybody_has_are_said_to_disagree_with_the_population() -> None:
    assert "The levels and the population disagree" in said(invented({"on": "2026-05-20", "mg_per_l": 150.0}))
    assert "disagree" not in said(invented({"on": "2026-05-20", "mg_per_l": 22.0}))


def test_a_level_without_a_time_on_the_day_of_a_dose_is_taken_before_it_and_said_so() -> None:
    assert "dated only by day" in said(invented({"on": "2026-05-25", "mg_per_l": 20.0}))


def test_a_level_without_an_assay_is_taken_as_it_stands_and_said_so() -> None:
    assert "No assay is named" in said(invented({"on": "2026-05-20", "mg_per_l": 20.0}))


def test_the_order_of_the_file_changes_nothing() -> None:
    levels = ({"on": "2026-03-30", "mg_per_l": 14.0}, {"on": "2026-05-20", "mg_per_l": 20.0})
    one, other = (invented(*levels, backwards=backwards) for backwards in (False, True))
    assert one.warnings == other.warnings
    predictions = [found.with_levels.predict([168.0]) for found in (one, other)]
    assert predictions[0].p50.tobytes() == predictions[1].p50.tobytes()


def test_what_is_relied_on_leaves_out_levels_that_hardly_anybody_has() -> None:
    usual, odd = {"on": "2026-03-30", "mg_per_l": 14.0}, {"on": "2026-05-20", "mg_per_l": 900.0}
    found = invented(usual, odd)
    assert [(one.level.mg_per_l, one.said) for one in found.unlikely] == [(900, "high")]
    assert [level.mg_per_l for level in found.with_levels.levels] == [14, 900]
    alone = invented(usual)
    assert alone.relied_on is alone.with_levels
    assert found.relied_on.predict([168.0]).p50.tobytes() == alone.with_levels.predict([168.0]).p50.tobytes()


def test_what_is_relied_on_keeps_the_share_of_an_injection_that_arrives() -> None:
    events = [{"kind": "weight", "on": DOSES[0], "kg": 70}]
    events += [{"kind": "dose", "on": day, "dose_mg": 300, "route": "sc"} for day in DOSES]
    events += [{"kind": "concentration", "on": "2026-05-20", "mg_per_l": 900}]
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})
    found = individualise(record, ON, bioavailability=0.6)
    assert found.unlikely
    assert found.relied_on.bioavailability == 0.6


def test_without_levels_both_curves_are_the_same() -> None:
    found = invented()
    assert found.with_levels is found.without_levels
