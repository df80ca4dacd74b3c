"""Row 11: what weight and two troughs say of somebody's trough at another interval.

Each person gets eight 4-weekly infusions; the troughs before the last two are measured, with the residual error. From
them comes the posterior, and from it the personalised interval: the longest of whole weeks, four or more, at which the
posterior's median trough after a year of it is at or above the target. That median is the prediction. It is held
against what a clinic can see, a trough measured with the same error, and against the true one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.individual import Posterior, posterior
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.population import People, draw
from natalizumab.pharmacology.regimen import Regimen
from natalizumab.pharmacology.solver import concentrations
from natalizumab.pharmacology.validation.adults import STANDARD_WEEKS, Numbers, last_trough_day, settled
from natalizumab.pharmacology.validation.chance import standard_error
from natalizumab.pharmacology.validation.parallel import Progress, each
from natalizumab.pharmacology.validation.row import Row, published, up_to

DOSES, MEASURED = 8, 2

YEAR_WEEKS, LONGEST_WEEKS = 52, 20
"""For how long the personalised interval is kept up, and the longest that is tried."""

FARTHEST = 4.0
"""Errors of so many standard deviations (one in 16,000 beyond them) are the largest: a level is never negative."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """For one target (mg/L), one number per person: the personalised interval in weeks, and the trough there (mg/L) as
    predicted, as it truly is, and as it would be measured.
    """

    target: float
    weeks: NDArray[np.int64]
    predicted: Numbers
    true: Numbers
    measured: Numbers


def individual_prediction(found: Sequence[Predicted]) -> list[Row]:
    """Row 11, for the targets with a published figure: mean prediction error and root mean square error."""
    return [
        *(_row(one, "Mean prediction error", "%", mean_error, "prediction_error", "") for one in found),
        *(
            _row(one, "Root mean square prediction error", "mg/L", rmse, "prediction_rmse", f"_target_{one.target:g}")
            for one in found
        ),
    ]


def mean_error(predicted: Numbers, observed: Numbers) -> float:
    """Mean of (predicted - observed) / observed, in per cent."""
    return float(100 * (predicted / observed - 1).mean())


def rmse(predicted: Numbers, observed: Numbers) -> float:
    """Root mean square of predicted - observed, in mg/L."""
    return float(np.sqrt(((predicted - observed) ** 2).mean()))


def predictions(
    count: int, seed: int, targets: Sequence[float], workers: int = 1, progress: Progress | None = None
) -> list[Predicted]:
    """Of so many drawn people, for each of the targets in mg/L."""
    people = draw(count, seed)
    regimen = Regimen("iv", STANDARD_WEEKS, DOSES)
    history = History(regimen.inputs)
    days = [dose.day for dose in regimen.inputs[-MEASURED:]]
    source = np.random.default_rng([seed, count])
    errors = residual_error() * source.standard_normal((count, MEASURED + len(targets))).clip(-FARTHEST, FARTHEST)
    levels = concentrations(history, people, days, workers=workers) * (1 + errors[:, :MEASURED])

    def one(number: int) -> list[tuple[int, float]]:
        measured = [Level(day, level) for day, level in zip(days, levels[number].tolist(), strict=True)]
        return _intervals(posterior(history, float(people.weight_kg[number]), measured), targets)

    found = each(one, range(count), workers, "predictions from two troughs", progress)
    weeks = np.array([[week for week, _ in person] for person in found])
    predicted = np.array([[trough for _, trough in person] for person in found])
    true = _true(people, weeks, workers)
    measured = true * (1 + errors[:, MEASURED:])
    return [
        Predicted(target, weeks[:, place], predicted[:, place], true[:, place], measured[:, place])
        for place, target in enumerate(targets)
    ]


def _row(
    one: Predicted, what: str, unit: str, statistic: Callable[[Numbers, Numbers], float], key: str, ending: str
) -> Row:
    largest = up_to(f"{key}.accept_up_to{ending}")
    # An error in per cent may go either way; a root mean square can't.
    bounds = (-largest[1], largest[1]) if unit == "%" and largest[1] is not None else largest
    return Row(
        11, f"{what} of a trough, from weight and two troughs, target {one.target:g} mg/L", unit,
        published(f"{key}.published{ending}"), bounds, statistic(one.predicted, one.measured),
        standard_error(statistic, one.predicted, one.measured),
    )  # fmt: skip


def _intervals(known: Posterior, targets: Sequence[float]) -> list[tuple[int, float]]:
    """For each target the longest interval that reaches it by the posterior's median, and that median."""
    medians: dict[int, float] = {}

    def median(weeks: int) -> float:
        if weeks not in medians:
            kept_up = settled("iv", weeks, YEAR_WEEKS)
            found = known.predict([last_trough_day(kept_up)], History(kept_up.inputs), sustained=True)
            medians[weeks] = float(found.p50[0])
        return medians[weeks]

    answers = []
    for target in targets:
        weeks = STANDARD_WEEKS
        while weeks < LONGEST_WEEKS and median(weeks + 1) >= target:
            weeks += 1
        answers.append((weeks, median(weeks)))
    return answers


def _true(people: People, weeks: NDArray[np.int64], workers: int) -> Numbers:
    """Everybody's true trough after a year of each of their intervals; shape as ``weeks``."""
    found = np.empty(weeks.shape)
    for week in np.unique(weeks).tolist():
        regimen = settled("iv", week, YEAR_WEEKS)
        troughs = concentrations(History(regimen.inputs), people, [last_trough_day(regimen)], workers=workers)
        found = np.where(weeks == week, troughs, found)
    return found


def published_targets() -> tuple[float, float]:
    """The targets (mg/L) of the published comparison, the higher one first."""
    low, high = value("pk.target_trough_alternatives").value
    return float(high), float(low)
