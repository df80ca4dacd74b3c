"""Two questions to the solver: one person's course at any times, and how a regimen ends for one or for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.errors import ModelError
from natalizumab.pharmacology.equations import Amount
from natalizumab.pharmacology.parameters import Person, typical
from natalizumab.pharmacology.population import People
from natalizumab.pharmacology.regimen import Input, Regimen
from natalizumab.pharmacology.saturation import saturation
from natalizumab.pharmacology.solver import Step, states_at, walk

BLOCK = 2048
"""So many people are simulated side by side: their states then stay in the processor's cache."""

LONGEST_COURSE_DAYS = 36_525.0
"""A hundred years: a time beyond is a typing error, and would keep the solver busy for ever."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A course: arrays of one shape, in the order of the times asked for (days from the inputs' origin)."""

    times: NDArray[np.float64]
    concentration_mg_per_l: NDArray[np.float64]
    saturation: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the last interval of a regimen ends, one number per person: mg/L, and saturation as a share (0-1)."""

    trough: NDArray[np.float64]
    cmax: NDArray[np.float64]
    saturation_at_trough: NDArray[np.float64]


def simulate_course(
    inputs: Sequence[Input],
    weight_kg: float,
    times_days: ArrayLike,
    clearance_factor: float = 1.0,
    bioavailability: float | None = None,
) -> Curve:
    """Concentration and saturation of the typical person of that weight, given those inputs in any order.

    ``times_days`` is a list or 1-D array in the inputs' days, in any order; a time at which a dose is given means just
    before it. The relative error is below 1e-6 where the concentration is 0.05 mg/L or more. Raises ModelError for an
    impossible weight, factor or time.
    """
    who = typical(weight_kg, clearance_factor, bioavailability)
    times = np.asarray(times_days, dtype=np.float64)
    if times.ndim != 1 or not np.isfinite(times).all():
        raise ModelError("times: give a list of finite numbers of days")
    days, where = np.unique(times, return_inverse=True)
    if inputs and days.size and days[-1] - min(dose.day for dose in inputs) > LONGEST_COURSE_DAYS:
        raise ModelError(f"times: {days[-1]:g} is more than {LONGEST_COURSE_DAYS:g} days after the first dose")
    central = [state.central for state in states_at(who, inputs, days.tolist())]
    concentration = (np.asarray(central, dtype=np.float64) / who.body.vc)[where]
    return Curve(times, concentration, saturation(concentration))


def simulate_regimen(regimen: Regimen, person: Person[Amount]) -> Outcome:
    """How the regimen's last interval ends for a person, or for people in the order of their parameters.

    The trough is the concentration one interval after the last dose, the peak the highest from that dose to then.
    """
    start, end = regimen.last_interval
    central = person.body.cl * 0
    peak: Amount | NDArray[np.float64] = central
    for step in walk(person, regimen.inputs, (start, end)):
        central = step.after.central
        if step.start >= start:
            peak = np.maximum(peak, highest(step))
    trough = np.atleast_1d(central / person.body.vc)
    return Outcome(trough, np.atleast_1d(peak / person.body.vc), saturation(trough))


def simulate_population(
    regimen: Regimen,
    people: People,
    clearance_factor: float = 1.0,
    bioavailability: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """How the regimen's last interval ends for each of the people; arrays of shape (people,) in their order.

    ``progress`` is called with the number of people done. Nobody's numbers depend on the others. Raises ModelError for
    a factor or share outside its bounds.
    """
    outcomes = []
    for first in range(0, len(people), BLOCK):
        block = people.part(first, first + BLOCK)
        outcomes.append(simulate_regimen(regimen, block.person(clearance_factor, bioavailability)))
        if progress:
            progress(first + len(block))
    return Outcome(*(np.concatenate(columns) for columns in zip(*map(_columns, outcomes), strict=True)))


def highest(step: Step[Amount]) -> NDArray[np.float64]:
    """The largest central amount (mg) within a step, read off the cubic through both ends and their slopes.

    Only a peak inside the step, as after an injection under the skin, needs the cubic, whose error is of fourth order
    in the length. After an infusion the peak is an end.
    """
    before, after, days = step.before.central, step.after.central, step.end - step.start
    rise, fall = days * step.slope_before.central, days * step.slope_after.central
    ends: NDArray[np.float64] = np.maximum(before, after)
    inside = np.logical_and(np.greater(rise, 0), np.less(fall, 0))
    if not inside.any():
        return ends
    # y(x) = before + rise x + square x^2 + cube x^3 for x in 0-1; the peak is where its derivative, falling, is nil.
    gain = after - before
    square, cube = 3 * gain - 2 * rise - fall, rise + fall - 2 * gain
    root = np.sqrt(np.maximum(square * square - 3 * cube * rise, 0))
    x = -rise / np.where(inside, square - root, -1)
    peak: NDArray[np.float64] = before + x * (rise + x * (square + x * cube))
    return np.where(inside, np.maximum(ends, peak), ends)


def _columns(outcome: Outcome) -> tuple[NDArray[np.float64], ...]:
    return outcome.trough, outcome.cmax, outcome.saturation_at_trough
