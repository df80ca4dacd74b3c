"""Harms of virtual people: the chance of PML by the published table, and hypersensitivity by infusion number.

PML is counted as an expected number, which needs no million people. Its hazard is that of the EU table by month of
treatment, band of the index and prior immunosuppressant. What longer intervals do to it is a scenario that a trial must
ask for: observational hazard ratios with their intervals, never part of the table. A scan finds a PML before it has
symptoms if it falls into the months in which it can be seen already; that many more then live was observed, and may be
more than finding it early does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from natalizumab.cohort.population import People
from natalizumab.disease.model.chance import keys, uniform
from natalizumab.errors import ModelError
from natalizumab.evidence import value, values
from natalizumab.pharmacology.antibodies import DAYS_PER_MONTH

Numbers = NDArray[np.float64]

MONTH = DAYS_PER_MONTH
NEGATIVE, PRIOR = 3, 4
"""Rows of the table after the three bands of the index."""

SCENARIOS = ("none", "primary", "secondary")


@cache
def yearly() -> Numbers:
    """Per person, shape (5 rows, years): low, middle, high index, negative, prior immunosuppressant."""
    rows = []
    for name in ("low", "middle", "high"):
        rows.append([float(cell.value) for cell in values(f"pml.eu.{name}")])
    rows.append([float(value("pml.eu.negative.all").value)] * len(rows[0]))
    rows.append([float(cell.value) for cell in values("pml.eu.prior_immunosuppressant")])
    return np.array(rows) / 1000


@dataclass(frozen=True, slots=True)
class Scenario:
    """What extended intervals do to the hazard: a hazard ratio with its published interval; 1 changes nothing."""

    name: str
    ratio: float
    interval: tuple[float, float]


def scenario(name: str) -> Scenario:
    """One of ``SCENARIOS``. ModelError for another name."""
    if name not in SCENARIOS:
        raise ModelError(f"pml scenario: {name!r} is none; there are {', '.join(SCENARIOS)}")
    if name == "none":
        return Scenario(name, 1.0, (1.0, 1.0))
    found = value(f"eid.hazard_ratio.{name}")
    assert found.interval is not None
    return Scenario(name, float(found.value), found.interval)


@dataclass(frozen=True, slots=True)
class Pml:
    """Of each person (people,): the chance of PML, of one that is found before it has symptoms, and of dying of it."""

    chance: Numbers
    without_symptoms: Numbers
    deaths: Numbers


def pml(
    who: People, stop: Numbers, extended_from: Numbers, start: float, until: float, ratio: float,
    scan_days: Sequence[float] = (),
) -> Pml:  # fmt: skip
    """Between two days since the first dose, if treated up to ``stop``, with scans on those days.

    ``extended_from`` is the day from which intervals are extended (infinite: never). Raises ModelError beyond the
    published months: nothing is known there.
    """
    table = yearly()
    longest = table.shape[1] * 12 * MONTH
    if until > longest + 1e-9:
        raise ModelError(f"pml: no published figure beyond month {table.shape[1] * 12}; end the trial by then")
    survived, early = np.ones(len(stop)), np.zeros(len(stop))
    for month in range(int(start // MONTH), math.ceil(min(until, longest) / MONTH)):
        first, last = month * MONTH, (month + 1) * MONTH
        inside = np.clip(np.minimum(np.minimum(last, until), stop) - max(first, start), 0, MONTH) / MONTH
        row = np.where(who.positive_from > first, NEGATIVE, np.where(who.prior, PRIOR, who.band))
        hazard = -np.log1p(-table[row, month // 12]) / 12
        lived = np.exp(-hazard * inside * np.where(extended_from <= first, ratio, 1.0))
        early += survived * (1 - lived) * seen_before(scan_days, max(first, start), min(last, until))
        survived *= lived
    dead_early, dead_late = (1 - value(f"pml_course.alive_{how}_symptoms").value / 100 for how in ("without", "with"))
    return Pml(1 - survived, early, early * dead_early + (1 - survived - early) * dead_late)


def seen_before(scan_days: Sequence[float], first: float, last: float) -> float:
    """The share of the days between two on which symptoms would begin after a scan could show the PML already."""
    visible = value("pml_course.mri_visible_before").value * MONTH
    seen, reached = 0.0, first
    for day in sorted(scan_days):
        end = min(day + visible, last)
        seen += max(end - max(day, reached), 0.0)
        reached = max(reached, end)
    return seen / (last - first) if last > first else 0.0


@cache
def reaction_shares(doses: int) -> Numbers:
    """The chance of a hypersensitivity reaction at each infusion, shape (doses,), as often as in AFFIRM."""
    events = float(value("aesi.hypersensitivity.events").value)
    people = float(value("trials.affirm_natalizumab_people").value)
    early = float(value("aesi.hypersensitivity.by_second_infusion").value)
    later = float(value("aesi.hypersensitivity.infusions_3_to_7").value)
    rest = int(value("trials.affirm_doses").value) - 7
    each = [early / 2] * 2 + [later / 5] * 5 + [(events - early - later) / rest] * max(doses - 7, 0)
    return np.array(each[:doses]) / people


def reactions(who: People, dose_days: Numbers) -> NDArray[np.bool_]:
    """At which infusions (people, doses) there is one; ``dose_days`` is NaN for a dose that was not given."""
    number = np.cumsum(np.isfinite(dose_days), axis=1) - 1
    key = keys(who.block.seed, "hypersensitivity", who.block.first, who.block.count)
    drawn = uniform(key[:, None], np.arange(dose_days.shape[1]))
    shares = reaction_shares(dose_days.shape[1])[number.clip(0)]
    return np.asarray(np.isfinite(dose_days) & (drawn < shares))
