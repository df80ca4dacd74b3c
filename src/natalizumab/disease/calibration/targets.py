"""Table C1 to C15: what was published, and what the virtual arms give for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.calibration.arms import WEEK, YEAR, arms
from natalizumab.disease.model import Block, Course, Parameters, neda, relapse_counts, scans
from natalizumab.disease.model.bodies import antibodies
from natalizumab.disease.model.brain import normal_loss
from natalizumab.disease.model.pools import at
from natalizumab.disease.model.processes import first_days
from natalizumab.evidence import Value, value, values

Numbers = NDArray[np.float64]
Counts = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Target:
    """One line: ``published`` with what counts as a hit as its interval."""

    name: str
    published: Value

    @property
    def accepted(self) -> tuple[float, float]:
        """Both ends of what counts as a hit."""
        assert self.published.interval is not None  # a test holds that all have one
        return self.published.interval

    @property
    def scale(self) -> float:
        """A standard deviation, if the interval holds 95 % of a normal distribution."""
        low, high = self.accepted
        return (high - low) / (2 * 1.96)


def targets() -> tuple[Target, ...]:
    """In the order of the table."""
    return tuple(Target(found.key.partition(".")[2], found) for found in values("calibration"))


def found_in(each: Mapping[str, Course], parameters: Parameters) -> dict[str, float]:
    """What a block of people gives for every target."""
    placebo, drug = each["placebo"], each["natalizumab"]
    found: dict[str, float] = {}
    for name, one, line in (("placebo", placebo, "c1"), ("natalizumab", drug, "c2")):
        found |= _affirm(name, one, line)
    found["c7_ratio"] = _hazard_ratio(_first_relapse(drug), _first_relapse(placebo), 2 * YEAR)
    worse, worse_untreated = (one.progressions.first(one.untreated.block.count) for one in (drug, placebo))
    found["c8_ratio"] = _hazard_ratio(worse, worse_untreated, 2 * YEAR)
    for line, arm in (("placebo", "placebo"), ("3_mg_per_kg", "low"), ("6_mg_per_kg", "high")):
        monthly = scans(each[f"phase 2 {arm}"].lesions, placebo.untreated.block.count, _monthly(), 0.0)
        found[f"c9_{line}"] = float(monthly.new_contrast.sum(axis=1).mean())
    found |= _lymphocytes(drug, each["stopped"])
    for age in (45, 55, 65, 75):
        found[f"c13_{age}"] = float(normal_loss(np.array([float(age)]), parameters)[0])
    found |= _antibodies(placebo.untreated.block)
    found["c15"] = float(scans(placebo.lesions, placebo.untreated.block.count, _yearly(), 0.0).contrast.mean())
    return found


def _affirm(name: str, one: Course, line: str) -> dict[str, float]:
    people = one.untreated.block.count
    shown, first_year = scans(one.lesions, people, _yearly(), 0.0), relapse_counts(one, 0.0, YEAR)
    new = shown.new_t2.sum(axis=1)
    year_1, year_2 = one.brain.measured(YEAR), one.brain.measured(2 * YEAR)
    quarter = YEAR / 4
    found = {
        f"{line}_mean": new.mean(),
        f"{line}_none": _percent(new == 0),
        f"c3_{name}": _percent(shown.contrast[:, -1] == 0),
        f"c4_{name}": first_year.mean(),
        f"c6_{name}": relapse_counts(one, 0.0, quarter).mean() * 4,
        f"c7_{name}": _percent(_first_relapse(one) <= 2 * YEAR),
        f"c8_{name}": _percent(one.progressions.first(people) <= 2 * YEAR),
        f"c11_{name}_1": year_1.mean(),
        f"c11_{name}_2": (year_2 - year_1).mean(),
        f"c12_{name}": _percent(neda(one, 0.0, _yearly(), 2 * YEAR).neda_3),
    }
    found |= {f"c5_{name}_{count}": _percent(first_year == count) for count in range(4)}
    found[f"c5_{name}_4"] = _percent(first_year >= 4)
    return {key: float(number) for key, number in found.items()}


def _first_relapse(one: Course) -> Numbers:
    people = one.untreated.block.count
    return np.minimum(*(first_days(kind.person, kind.day, people) for kind in one.relapses))


def _hazard_ratio(treated: Numbers, other: Numbers, until: float) -> float:
    """Of first events on those days: Pike's, observed over expected in each arm (log-rank)."""
    days = np.concatenate([treated, other])
    of_treated = np.repeat([True, False], [len(treated), len(other)])
    order = np.argsort(days, kind="stable")
    event = days[order] <= until
    at_risk = np.cumsum(of_treated[order][::-1])[::-1]
    everybody = np.arange(len(days), 0, -1)
    expected = (at_risk / everybody)[event].sum()
    observed = (of_treated[order] & event).sum()
    return float(observed / expected / ((event.sum() - observed) / (event.sum() - expected)))


def _antibodies(block: Block) -> dict[str, float]:
    of_many = antibodies(block, np.broadcast_to(np.arange(3) * 4 * WEEK, (block.count, 3)))
    ever = np.isfinite(of_many.start)
    return {"c14_ever": _percent(ever), "c14_persistent": _percent(ever & np.isinf(of_many.end))}


def _lymphocytes(drug: Course, stopped: Course) -> dict[str, float]:
    base, last = float(value("ada.lymphocytes_untreated").value), (arms()["stopped"].doses - 1) * 4 * WEEK
    people = np.arange(drug.untreated.block.count)

    def mean(one: Course, day: float) -> float:
        return float(base * at(one.lymphocytes, 0.0, np.full(len(people), day), people).mean())

    return {
        "c10_on_drug": mean(drug, YEAR),
        "c10_week_8": mean(stopped, last + 8 * WEEK),
        "c10_week_16": mean(stopped, last + 16 * WEEK),
    }


def _percent(which: NDArray[np.bool_]) -> float:
    return 100 * float(which.mean())


def _yearly() -> Numbers:
    return np.array([YEAR, 2 * YEAR])


def _monthly() -> Numbers:
    return 4 * WEEK * np.arange(1.0, 7.0)
