"""What calibration found: every target with the model's value, how far chance moves it, and whether it is hit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.calibration.arms import courses
from natalizumab.disease.calibration.targets import Target, found_in, targets
from natalizumab.disease.model import Block, Parameters
from natalizumab.evidence import value

Numbers = NDArray[np.float64]

BLOCKS = 10
"""The Monte Carlo error comes from so many lots of people."""


@dataclass(frozen=True, slots=True)
class Row:
    """``ours`` with its Monte Carlo ``error`` (one standard deviation), and the range over the ensemble."""

    target: Target
    ours: float
    error: float
    ensemble: tuple[float, float] | None

    @property
    def hit(self) -> bool:
        """Whether ours lies in what is accepted."""
        low, high = self.target.accepted
        return low <= self.ours <= high

    def as_json(self) -> dict[str, Any]:
        """Unrounded."""
        published = self.target.published
        return {
            "target": self.target.name,
            "about": published.about,
            "published": published.value,
            "unit": published.unit,
            "accepted": list(self.target.accepted),
            "status": published.status,
            "ours": self.ours,
            "error": self.error,
            "ensemble": list(self.ensemble) if self.ensemble else None,
            "hit": self.hit,
        }


def rows(parameters: Parameters, others: Sequence[Parameters], people: int, seed: int) -> list[Row]:
    """With so many people an arm whom calibration has not seen; of the others' the 5 and 95 % points."""
    lots = [_lot(parameters, Block(seed, number * (people // BLOCKS), people // BLOCKS)) for number in range(BLOCKS)]
    seen = Block(seed, 0, max(people // BLOCKS, 1))
    spread = [_lot(one, seen) for one in others]
    return [_row(target, lots, spread) for target in targets()]


def _lot(parameters: Parameters, block: Block) -> Mapping[str, float]:
    return found_in(courses(block, parameters), parameters)


def _row(target: Target, lots: Sequence[Mapping[str, float]], spread: Sequence[Mapping[str, float]]) -> Row:
    each = np.array([lot[target.name] for lot in lots])
    around = np.array([one[target.name] for one in spread])
    low_high = tuple(np.quantile(around, (0.05, 0.95)).tolist()) if len(around) else None
    return Row(target, float(each.mean()), float(each.std(ddof=1) / math.sqrt(len(each))), low_high)


def toml(best: Parameters, others: Numbers, free: Mapping[str, object], people: int, seed: int) -> str:
    """The evidence file ``model_fit.toml``."""
    return "\n".join(_lines(best, others, free, people, seed)) + "\n"


def _lines(
    best: Parameters, others: Numbers, free: Mapping[str, object], people: int, seed: int
) -> Iterator[str]:  # fmt: skip
    asked = f"--people {people} --seed {seed} --sets {len(others)}"
    yield f"# Written by: natalizumab calibrate {asked} --write-values FILE"
    yield "# The parameters of the exploratory disease model that meet table C1 to C15 best; no rule uses them."
    for column, name in enumerate(free):
        known, best_value = value(f"model.{name}"), getattr(best, name)
        yield f'\n[model_fit.{name}]\nvalue = {best_value:.6g}\nunit = "{known.unit}"'
        if len(others):
            low, high = np.quantile(others[:, column], (0.05, 0.95))
            low, high = min(low, best_value), max(high, best_value)
            if low < high:
                yield f"interval = [{low:.6g}, {high:.6g}]"
        yield f'status = "derived"\nsource = ["design"]\nabout = "Fitted. {known.about}"'
    yield "\n[model_fit.ensemble]\nvalue = ["
    for row in others:
        yield "  [" + ", ".join(f"{number:.6g}" for number in row) + "],"
    yield ']\nunit = "1"\nstatus = "derived"\nsource = ["design"]'
    yield 'about = "Sets of the fitted parameters, in this order, that meet the targets about as well as the best."'
