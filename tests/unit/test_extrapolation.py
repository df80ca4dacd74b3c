"""What is said where a person's own doses were given further apart, or closer, than anybody studied. All invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from natalizumab.pharmacology.individualised import individualise
from natalizumab.record import Record

FIRST = date(2025, 1, 6)


def said(*days: int, dose_mg: float = 300, route: str = "iv") -> str:
    """The warnings about somebody who was given doses on those days."""
    given = [(FIRST + timedelta(days=day)).isoformat() for day in days]
    events = [{"kind": "weight", "on": FIRST.isoformat(), "kg": 70}]
    events += [{"kind": "dose", "on": day, "dose_mg": dose_mg, "route": route} for day in given]
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})
    return " ".join(individualise(record, FIRST + timedelta(days=days[-1] + 7)).warnings)


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (20, "20 days lay between two doses, shorter than the 3 to 12 weeks that were studied"),
        (21, None),
        (84, None),
        (85, "85 days lay between two doses, longer than the 3 to 12 weeks that were studied"),
    ],
)
def test_an_interval_outside_of_what_was_studied_is_an_extrapolation(gap: int, words: str | None) -> None:
    text = said(0, 28, 28 + gap, 56 + gap)
    if words is None:
        assert "Extrapolation" not in text
    else:
        assert f"Extrapolation: {words}" in text


def test_too_short_and_too_long_ones_are_both_said() -> None:
    text = said(0, 14, 114)
    assert "14 days lay" in text
    assert "100 days lay" in text


def test_one_dose_has_no_interval() -> None:
    assert "Extrapolation" not in said(0)


@pytest.mark.parametrize(
    ("hours", "amounts_mg", "words"),
    [
        (15, (300, 300), "15 hours lay between two doses, shorter than"),
        (36, (300, 300), "36 hours lay between two doses, shorter than"),
        (48, (300, 300), "2 days lay between two doses, shorter than"),
        (15, (150, 150), None),
        (24, (150, 150), "24 hours lay between two doses, shorter than"),
    ],
)
def test_parts_of_a_dose_are_one_and_a_second_whole_dose_is_not(
    hours: int, amounts_mg: tuple[float, float], words: str | None
) -> None:
    first = datetime(2025, 2, 3, 12, tzinfo=UTC)
    times = (first, first + timedelta(hours=hours))
    events: list[dict[str, object]] = [{"kind": "weight", "on": FIRST.isoformat(), "kg": 70}]
    events += [
        {"kind": "dose", "on": at.isoformat(), "dose_mg": 300, "given_mg": mg, "route": "iv"}
        for at, mg in zip(times, amounts_mg, strict=True)
    ]
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})
    text = " ".join(individualise(record, date(2025, 3, 3)).warnings)
    assert (f"Extrapolation: {words}" in text) if words else ("Extrapolation" not in text)
