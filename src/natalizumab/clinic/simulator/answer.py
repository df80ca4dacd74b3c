"""Runs a question's trial, and the same with other sets of parameters. Importing it loads the solver."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from natalizumab.clinic.simulator.figures import PML
from natalizumab.clinic.simulator.question import Question
from natalizumab.clinic.simulator.trials import BESIDE, trial_of
from natalizumab.cohort import Found, Row, mean, rows, run
from natalizumab.cohort.harms import Scenario, scenario
from natalizumab.disease.model.parameters import ensemble

Told = Callable[[float], None]


@dataclass(frozen=True)
class Estimate:
    """A mean per person, its Monte Carlo error, and its range; None where no set of parameters changes it."""

    mean: float
    error: float
    around: tuple[float, float] | None


@dataclass(frozen=True)
class Answer:
    """By arm and outcome: the estimate itself, and that of its difference from the first arm."""

    question: Question
    people: int
    beside: int
    sets: int
    itself: Mapping[tuple[str, str], Estimate]
    difference: Mapping[tuple[str, str], Estimate]


def answer(question: Question, told: Told) -> Answer:
    """The answer, in seconds; ``told`` hears which share (0–1) is done."""
    trial = trial_of(question)
    few, sets = replace(trial, people=min(BESIDE, trial.people)), ensemble()
    part = trial.people / (trial.people + few.people * (1 + len(sets)))
    large = run(trial, others=(), progress=lambda _, done, total: told(part * done / total))
    small = run(few, others=sets, progress=lambda _, done, total: told(part + (1 - part) * done / total))
    itself: dict[tuple[str, str], Estimate] = {}
    difference: dict[tuple[str, str], Estimate] = {}
    spread = _pml_spread(large, small)
    for row, beside in zip(rows(large), rows(small), strict=True):
        into = difference if row.difference else itself
        around = spread.get((row.arm, row.difference)) if row.outcome == PML else _around(row, beside)
        into[row.arm, row.outcome] = Estimate(row.average.mean, row.average.error, around)
    return Answer(question, trial.people, few.people, len(sets) + 1, itself, difference)


def _around(row: Row, beside: Row) -> tuple[float, float] | None:
    """The range over sets of parameters, on fewer people, moved to where the best set lies on all of them.

    All sets share those people and their chances, so that how far they lie from the best one is known better than
    where they lie. The range always takes in the best set.
    """
    assert beside.ensemble
    moved = row.average.mean - beside.average.mean
    low, high = (end + moved for end in beside.ensemble)
    if beside.ensemble == (beside.average.mean, beside.average.mean):
        return None
    return min(low, row.average.mean), max(high, row.average.mean)


def _pml_spread(large: Found, small: Found) -> dict[tuple[str, bool], tuple[float, float]]:
    """What the interval of an assumed hazard ratio leaves open, by arm, of it and its difference; empty without one."""
    assumed = scenario(large.trial.pml_scenario)
    if assumed.name == "none":
        return {}
    without = run(replace(small.trial, pml_scenario="none"), others=())
    names = [arm.name for arm in large.trial.arms]
    at = {arm: _at_both_ends(_pml(large, arm), _pml(small, arm), _pml(without, arm), assumed) for arm in names}
    first = at[names[0]]
    found = {}
    for arm, ends in at.items():
        if ends[0] != ends[1]:
            found[arm, False] = ends
        apart = sorted(one - other for one, other in zip(ends, first, strict=True))
        if apart[0] != apart[1]:
            found[arm, True] = (apart[0], apart[1])
    return found


def _at_both_ends(all_: float, few: float, few_without: float, assumed: Scenario) -> tuple[float, float]:
    """The expected cases per 1,000 at both ends of the interval: the hazard of extended months is linear in the ratio.

    ``all_``: among all people with the ratio; ``few`` and ``few_without``: among some, with it and without.
    """
    with_ratio, without = _hazard(few), _hazard(few_without)
    if without == with_ratio or not with_ratio:
        return all_, all_
    slope = (without - with_ratio) / (1 - assumed.ratio) * _hazard(all_) / with_ratio
    low, high = (_hazard(all_) + slope * (end - assumed.ratio) for end in assumed.interval)
    return -1000 * math.expm1(-low), -1000 * math.expm1(-high)


def _hazard(per_1000: float) -> float:
    return -math.log1p(-per_1000 / 1000)


def _pml(found: Found, arm: str) -> float:
    return mean(found.best, f"{arm}|{PML}").mean
