"""Row 11: how close weight and two troughs bring somebody to a target trough.

Each person gets eight 4-weekly infusions; the troughs before the last two are measured, with the residual error. From
them comes the posterior, and from it the personalised interval, in fractions of weeks and never shorter than the
standard one: where the posterior's median trough, after a year of it, is the target. That median is the prediction, and
the error is how far the person's true trough, after that year, lies from it.

The published abstract calls its figures those of "the predicted dosing intervals when aiming for" a trough. It gives
them also for a decision tree, which predicts nothing: 24 % and 4.0 mg/L at a target of 10, 86 % and 5 mg/L at 5. These
fit together only as (trough - target) / target, so that is what is computed. It does not say whether the troughs were
true ones of a simulation or measured ones; both are computed, and the true ones stand in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from natalizumab.evidence import value
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.individual import Plan, Posterior, posterior
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.parameters import published as parameters
from natalizumab.pharmacology.population import People, draw
from natalizumab.pharmacology.regimen import Regimen
from natalizumab.pharmacology.solver import concentrations
from natalizumab.pharmacology.validation.adults import STANDARD_WEEKS, Numbers, last_trough_day, settled
from natalizumab.pharmacology.validation.chance import standard_error
from natalizumab.pharmacology.validation.parallel import Progress, each
from natalizumab.pharmacology.validation.row import Row, published, up_to

DOSES, MEASURED = 8, 2

YEAR_WEEKS, LONGEST_WEEKS, WEEKS_AT_ONCE = 52, 20, 5
"""For about how long the personalised interval is kept up, the longest that is tried, and how many are at once."""

FARTHEST = 4.0
"""Errors of so many standard deviations (one in 16,000 beyond them) are the largest: a level is never negative."""


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """For one target (mg/L), one number per person: the personalised interval in weeks, and the trough there (mg/L) as
    predicted, as it truly is, and as it would be measured once.
    """

    target: float
    weeks: Numbers
    predicted: Numbers
    true: Numbers
    measured: Numbers


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both errors for one target, if the predicted trough is held against something else than the true one."""

    against: str
    target: float
    mean_error: float
    rmse: float


def individual_prediction(found: Sequence[Predicted]) -> list[Row]:
    """Row 11, for the targets with a published figure: mean prediction error and root mean square error."""
    return [
        *(_row(one, "Mean prediction error", "%", mean_error, "prediction_error", "") for one in found),
        *(
            _row(one, "Root mean square prediction error", "mg/L", rmse, "prediction_rmse", f"_target_{one.target:g}")
            for one in found
        ),
    ]


def comparisons(found: Sequence[Predicted]) -> list[Comparison]:
    """What row 11 would be against measured troughs, and what measuring alone does even to a perfect prediction."""
    return [
        Comparison(against, one.target, mean_error(expected, seen), rmse(expected, seen))
        for one in found
        for against, expected, seen in (
            ("the true trough (as in row 11)", one.predicted, one.true),
            ("one measured trough, with the residual error", one.predicted, one.measured),
            ("nothing else: one measured trough against the true one", one.true, one.measured),
        )
    ]


def mean_error(predicted: Numbers, found: Numbers) -> float:
    """Mean of (found - predicted) / predicted, in per cent."""
    return float(100 * (found / predicted - 1).mean())


def rmse(predicted: Numbers, found: Numbers) -> float:
    """Root mean square of found - predicted, in mg/L."""
    return float(np.sqrt(((found - predicted) ** 2).mean()))


def predictions(
    count: int, seed: int, targets: Sequence[float], workers: int = 1, progress: Progress | None = None
) -> list[Predicted]:
    """Of so many drawn people, for each of the targets in mg/L."""
    people = draw(count, seed)
    regimen = Regimen("iv", STANDARD_WEEKS, DOSES)
    history = History(regimen.inputs)
    days = [dose.day for dose in regimen.inputs[-MEASURED:]]
    source = np.random.default_rng([seed, 1])  # other numbers than those that the people are drawn with
    errors = residual_error() * source.standard_normal((count, MEASURED + len(targets))).clip(-FARTHEST, FARTHEST)
    levels = concentrations(history, people, days, workers=workers) * (1 + errors[:, :MEASURED])

    def one(number: int) -> list[tuple[float, float]]:
        measured = [Level(day, level) for day, level in zip(days, levels[number].tolist(), strict=True)]
        return _intervals(posterior(history, float(people.weight_kg[number]), measured), targets)

    found = each(one, range(count), workers, "predictions from two troughs", progress)
    weeks = np.array([[week for week, _ in person] for person in found])
    predicted = np.array([[trough for _, trough in person] for person in found])
    true = np.stack([true_troughs(people, column, workers) for column in weeks.T], axis=1)
    measured = true * (1 + errors[:, MEASURED:])
    return [
        Predicted(target, weeks[:, place], predicted[:, place], true[:, place], measured[:, place])
        for place, target in enumerate(targets)
    ]


def true_troughs(people: People, weeks: Numbers, workers: int = 1) -> Numbers:
    """Everybody's true trough (mg/L) after a year of their own interval; ``weeks`` is of shape (people,)."""
    regimens = [settled("iv", week, YEAR_WEEKS) for week in weeks.tolist()]
    days = np.array([[last_trough_day(regimen)] for regimen in regimens])
    return concentrations([History(regimen.inputs) for regimen in regimens], people, days, workers=workers)[:, 0]


def _row(
    one: Predicted, what: str, unit: str, statistic: Callable[[Numbers, Numbers], float], key: str, ending: str
) -> Row:
    largest = up_to(f"{key}.accept_up_to{ending}")
    # An error in per cent may go either way; a root mean square can't.
    bounds = (-largest[1], largest[1]) if unit == "%" and largest[1] is not None else largest
    return Row(
        11, f"{what} of the trough, from weight and two troughs, target {one.target:g} mg/L", unit,
        published(f"{key}.published{ending}"), bounds, statistic(one.predicted, one.true),
        standard_error(statistic, one.predicted, one.true),
    )  # fmt: skip


def _intervals(known: Posterior, targets: Sequence[float]) -> list[tuple[float, float]]:
    """For each target the interval (weeks) whose trough is the target by the posterior's median, and that median."""
    medians: list[float] = []
    for first in range(STANDARD_WEEKS, LONGEST_WEEKS, WEEKS_AT_ONCE):
        medians += _medians(known, range(first, first + WEEKS_AT_ONCE))
        if medians[-1] < min(targets):
            break
    weeks = [_reaching(np.array(medians), target) for target in targets]
    return list(zip(weeks, _medians(known, weeks), strict=True))


def _medians(known: Posterior, intervals: Sequence[float]) -> list[float]:
    """The posterior's median troughs (mg/L) after a year of each of the intervals in weeks."""
    regimens = [settled("iv", weeks, YEAR_WEEKS) for weeks in intervals]
    plans = [Plan((last_trough_day(kept_up),), History(kept_up.inputs), sustained=True) for kept_up in regimens]
    return [float(found.p50[0]) for found in known.predict_each(plans)]


def _reaching(medians: Numbers, target: float) -> float:
    """The interval (weeks) at which the median is the target; the standard one if it is lower there already.

    Through the three nearest whole weeks goes a parabola in C/Km + log C, which saturated elimination makes fall in
    nearly a straight line.
    """
    enough = int(np.logical_and.accumulate(medians >= target).sum())
    if enough in (0, len(medians)):
        return float(STANDARD_WEEKS + max(enough, 1) - 1)
    first = min(max(enough - 2, 0), len(medians) - 3)
    km = parameters().km
    weeks = STANDARD_WEEKS + first + np.arange(3.0)
    heights = medians[first : first + 3] / km + np.log(medians[first : first + 3])
    aim = target / km + np.log(target)
    shares = [np.prod([(aim - heights[j]) / (heights[i] - heights[j]) for j in range(3) if j != i]) for i in range(3)]
    return float(weeks @ np.array(shares))


def published_targets() -> tuple[float, float]:
    """The targets (mg/L) of the published comparison, the higher one first."""
    low, high = value("pk.target_trough_alternatives").value
    return float(high), float(low)
