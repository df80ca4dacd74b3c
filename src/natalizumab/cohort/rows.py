"""What a trial found, line by line: each outcome in each arm, and its difference from the first arm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from natalizumab.cohort.equivalence import Alike, alike
from natalizumab.cohort.outcomes import COUNTED, WHAT
from natalizumab.cohort.running import Found
from natalizumab.cohort.summary import Mean, mean


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome of one arm, or its difference from the first; ``ensemble`` is its range over sets of parameters."""

    arm: str
    outcome: str
    difference: bool
    average: Mean
    ensemble: tuple[float, float] | None


def rows(found: Found) -> Iterator[Row]:
    """Outcome by outcome, and in each arm by arm: the arm itself, then its difference."""
    first = found.trial.arms[0]
    for outcome in WHAT:
        for arm in found.trial.arms:
            for difference in (False, True) if arm is not first else (False,):
                name = f"{arm.name}|{outcome}{'|difference' if difference else ''}"
                average = mean(found.best, name)
                yield Row(arm.name, outcome, difference, average, _around(found, name, average.mean))


def _around(found: Found, name: str, average: float) -> tuple[float, float] | None:
    """The 5 to 95 % range over sets of parameters, and what was found itself.

    They were run on some of the people only: what moves the mean is how far each set is from the best on the same ones.
    """
    if len(found.others) < 2:
        return None
    best, *others = (mean(one, name).mean for one in found.others)
    off = sorted(other - best for other in others)
    cut = len(off) // 20
    return average + min(off[cut], 0.0), average + max(off[-1 - cut], 0.0)


def alike_arms(found: Found) -> dict[str, Alike]:
    """Of each arm but the first, where the trial asks for equivalence: how alike trials of usual size find both."""
    asked, (first, *others) = found.trial.equivalence, found.trial.arms
    if asked is None:
        return {}
    counts = {arm.name: found.best[f"{arm.name}|{asked.outcome}|counts"] for arm in found.trial.arms}
    return {arm.name: alike(asked, counts[first.name], counts[arm.name], found.trial.seed) for arm in others}


def counts(found: Found) -> dict[str, dict[str, list[int]]]:
    """By arm and outcome of whole numbers: how many people have 0, 1, 2, … of it."""
    return {
        arm.name: {name: _trimmed(found.best[f"{arm.name}|{name}|counts"]) for name in COUNTED}
        for arm in found.trial.arms
    }


def _trimmed(of: list[float]) -> list[int]:
    """Without the noughts at the end."""
    last = max((number for number, people in enumerate(of) if people), default=-1)
    return [int(people) for people in of[: last + 1]]
