"""The whole validation, or some of its parts, as one answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from natalizumab.errors import ModelError
from natalizumab.pharmacology.population import MOST_PEOPLE, draw
from natalizumab.pharmacology.validation.adults import Adults
from natalizumab.pharmacology.validation.calibration import Calibration, calibrate
from natalizumab.pharmacology.validation.parallel import Progress
from natalizumab.pharmacology.validation.prediction import (
    Comparison,
    comparisons,
    individual_prediction,
    predictions,
    published_targets,
)
from natalizumab.pharmacology.validation.reliability import Reliability, reliability
from natalizumab.pharmacology.validation.row import Row
from natalizumab.pharmacology.validation.table import Variant, rows, variants

PARTS = ("table", "calibration", "reliability")

PEOPLE, LEAST_PEOPLE = 20_000, 100

PER_PREDICTED, PER_CALIBRATED = 40, 20
"""One virtual adult in so many is also asked for a posterior: 500 and 1,000 of 20,000."""

FEWEST = 20
"""Even of few virtual adults so many are asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of ``people`` (row 11: of ``predicted`` people), and what they depend on."""

    people: int
    predicted: int
    rows: list[Row]
    comparisons: list[Comparison]
    variants: list[Variant]

    @property
    def missed(self) -> list[Row]:
        """The rows whose number lies outside the accepted range."""
        return [row for row in self.rows if not row.hit]


@dataclass(frozen=True, slots=True, eq=False)
class Validation:
    """What was asked for; None for the other parts."""

    seed: int
    people: int
    table: Table | None = None
    calibration: Calibration | None = None
    reliability: Reliability | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain data, unrounded, with null for a part that was not asked for."""
        return {
            "seed": self.seed,
            "people": self.people,
            "table": _table_json(self.table) if self.table else None,
            "calibration": _calibration_json(self.calibration) if self.calibration else None,
            "reliability": _reliability_json(self.reliability) if self.reliability else None,
        }


def validate(
    people: int = PEOPLE,
    seed: int = 1,
    parts: Collection[str] = PARTS,
    workers: int = 1,
    progress: Progress | None = None,
) -> Validation:
    """Run the parts with so many virtual adults. Raises ModelError for an impossible number or seed."""
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        raise ModelError(f"people: {people} is outside {LEAST_PEOPLE} to {MOST_PEOPLE}")
    if workers < 1:
        raise ModelError(f"workers: {workers} must be 1 or more")
    asked = max(FEWEST, people // PER_CALIBRATED)
    return Validation(
        seed,
        people,
        table(people, seed, workers, progress) if "table" in parts else None,
        calibrate(asked, seed, workers, progress) if "calibration" in parts else None,
        reliability(people, asked, seed, workers, progress) if "reliability" in parts else None,
    )


def table(people: int, seed: int, workers: int = 1, progress: Progress | None = None) -> Table:
    """All rows, with their dependence on what is assumed."""
    adults = Adults(draw(people, seed), workers)
    usual = rows(adults, progress)
    others = variants(adults, progress)
    predicted = max(FEWEST, people // PER_PREDICTED)
    found = predictions(predicted, seed, published_targets(), workers, progress)
    return Table(people, predicted, [*usual, *individual_prediction(found)], comparisons(found), others)


def _table_json(found: Table) -> dict[str, Any]:
    return {
        "people": found.people,
        "people_of_row_11": found.predicted,
        "hits": len(found.rows) - len(found.missed),
        "misses": len(found.missed),
        "rows": [row.as_json() for row in found.rows],
        "row_11_held_against": [asdict(one) for one in found.comparisons],
        "other_assumptions": [{"assumption": one.assumption, **one.row.as_json()} for one in found.variants],
    }


def _calibration_json(found: Calibration) -> dict[str, Any]:
    return {
        "people": len(found),
        "with_a_level_below_the_limit": int(found.below.sum()),
        "ranks_per_bin": found.counts.tolist(),
        "chi_square": found.chi_square,
        "p": found.p_value,
        "coverage": found.coverage,
        "coverage_interval": list(found.coverage_interval),
        "accepted_coverage": list(found.accepted),
        "passed": found.passed,
    }


def _reliability_json(found: Reliability) -> dict[str, Any]:
    return {
        "drawn": found.drawn,
        "people": len(found.stated),
        "bins": [
            {**asdict(one), "observed": one.observed, "observed_interval": list(one.interval)} for one in found.bins
        ],
        "p": found.p_value,
        "passed": found.passed,
    }
