"""Invented people for the clinics of the benchmarks, from one seed each: the same for the same seed and day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

TEN_YEARS = 130
"""Doses, one every four weeks."""


def course(rng: random.Random, on: date, doses: int = TEN_YEARS) -> Iterator[dict[str, Any]]:
    """A course of invented events: the last dose up to two intervals ago, some tests forgotten, some results grave."""
    last = on - timedelta(days=rng.randrange(60))
    first = last - timedelta(days=28 * doses)
    yield {"kind": "diagnosis", "on": str(first - timedelta(days=400)), "name": "multiple sclerosis"}
    yield {"kind": "weight", "on": str(first), "kg": rng.randrange(50, 100)}
    for number in range(doses + 1):
        day = str(first + timedelta(days=28 * number))
        yield {"kind": "dose", "on": day, "dose_mg": 300, "route": "iv", "product": "Tysabri"}
        if number % 6 == 0:
            yield from _half_year(rng, day)
        if number % 3 == 0 and rng.random() < 0.8:
            yield {"kind": "mri", "on": day, "protocol": "full", "new_t2": rng.choice([0, 0, 0, 2]), "gd": 0}
    if rng.random() < 0.02:
        yield {"kind": "symptom", "on": str(on - timedelta(days=2)), "name": "word-finding difficulty"}


def _half_year(rng: random.Random, day: str) -> Iterator[dict[str, Any]]:
    if rng.random() < 0.8:
        result = rng.choice(["negative", "positive"])
        yield {"kind": "jcv", "on": day, "result": result, "index": 0.2 + rng.random(), "assay": "STRATIFY"}
    yield {"kind": "lab", "on": day, "test": "ALT", "value": rng.choice([20, 30, 300]), "unit": "U/L"}
    yield {"kind": "edss", "on": day, "score": rng.choice([1, 1.5, 2, 2.5])}


def known_then(events: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events in the order of their days, each entered on its day."""
    in_order = sorted(events, key=lambda event: event["on"])
    return [{**event, "entered": f"{event['on']}T10:00:00+00:00"} for event in in_order]
