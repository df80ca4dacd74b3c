"""The graver of two entries never makes a decision milder, whatever else is in the record, on any later day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.property.graver import DAY, PAIRS, Pair
from tests.strategies import Plain, records

from natalizumab.care import Effect, load_protocol, plan
from natalizumab.errors import RecordError
from natalizumab.record import Record

WORDS = {"allow": Effect.INFO, "confirm": Effect.CONFIRM, "hold": Effect.HOLD, "stop": Effect.STOP}

TREATED = [
    {"kind": "diagnosis", "on": "2023-01-10", "name": "multiple sclerosis", "id": "t0"},
    {"kind": "mri", "on": "2023-12-20", "protocol": "full", "new_t2": 2, "gd": 1, "id": "t1"},
    {"kind": "jcv", "on": "2025-12-20", "result": "positive", "index": 0.6, "assay": "STRATIFY", "id": "t2"},
    *(
        {"kind": "dose", "on": (date(2024, 1, 8) + timedelta(weeks=4 * n)).isoformat(), "dose_mg": 300, "route": "iv",
         "id": f"d{n}"}
        for n in range(29)
    ),
]  # fmt: skip
"""An invented person on treatment for two years, up to 2026-03-02."""


def with_pair(plain: Plain, events: tuple[dict[str, Any], ...], day: str) -> Plain:
    """The record with one side of the pair, on that day."""
    placed = [{name: day if value == DAY else value for name, value in event.items()} for event in events]
    return {**plain, "events": [*plain["events"], *placed]}


def decision(plain: Plain, on: date, protocol: str) -> Effect:
    return WORDS[plan(Record.from_dict(plain), on, load_protocol(protocol)).decision]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
@pytest.mark.parametrize("later", [0, 1, 20, 27, 60, 200])
def test_the_graver_entry_never_makes_the_decision_of_somebody_treated_milder(pair: Pair, later: int) -> None:
    plain = {"schema": "natalizumab-record/1", "person": {"id": "invented", "born": "1990-01-01"}, "events": TREATED}
    day = date(2026, 3, 10)
    for protocol in pair.protocols:
        milder, graver = (
            decision(with_pair(plain, side, day.isoformat()), day + timedelta(days=later), protocol)
            for side in (pair.milder, pair.graver)
        )
        assert graver >= milder


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
@given(plain=records(), day=st.dates(date(2012, 1, 1), date(2027, 1, 1)), later=st.integers(0, 400))
def test_the_graver_entry_never_makes_any_decision_milder(pair: Pair, plain: Plain, day: date, later: int) -> None:
    for protocol in pair.protocols:
        try:
            milder, graver = (
                decision(with_pair(plain, side, day.isoformat()), day + timedelta(days=later), protocol)
                for side in (pair.milder, pair.graver)
            )
        except RecordError:  # the entry contradicts this record, such as a second dose on a day
            assume(False)
            return
        assert graver >= milder
