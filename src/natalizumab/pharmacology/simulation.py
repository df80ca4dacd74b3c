"""Two questions to the solver: one person's course at any times, and how a regimen ends for one or for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.pharmacology.history import AntibodyPeriod, History
from natalizumab.pharmacology.parameters import LARGEST_CLEARANCE_FACTOR, check_bounds
from natalizumab.pharmacology.population import People, typical
from natalizumab.pharmacology.regimen import FARTHEST_DAY, Input, Regimen
from natalizumab.pharmacology.saturation import saturation
from natalizumab.pharmacology.solver import Progress, Window, concentrations, solve


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
    before it. The accuracy is ``fine``. Raises ModelError for an impossible weight, factor or time.
    """
    people = typical(weight_kg)
    times = np.asarray(times_days, dtype=np.float64)
    history = History(tuple(inputs), antibodies=_from_the_start(clearance_factor))
    found = concentrations(history, people, times, bioavailability=bioavailability, accuracy="fine")[0]
    return Curve(times, found, saturation(found))


def simulate_population(
    regimen: Regimen,
    people: People,
    clearance_factor: float = 1.0,
    bioavailability: float | None = None,
    progress: Progress | None = None,
    workers: int = 1,
) -> Outcome:
    """How the regimen's last interval ends for each of the people; arrays of shape (people,) in their order.

    The trough is the concentration one interval after the last dose, the peak the highest from that dose to then.
    ``clearance_factor`` multiplies the linear clearance: 1 without anti-drug antibodies, ``ada.clearance_factor`` with
    persistent ones. ``bioavailability`` replaces the label's share of a subcutaneous dose. ``progress`` is called with
    the number of people done. Raises ModelError for a factor or share outside its bounds.
    """
    start, end = regimen.last_interval
    history = History(regimen.inputs, antibodies=_from_the_start(clearance_factor))
    found = solve(
        history,
        people,
        [end],
        window=Window(start, end),
        bioavailability=bioavailability,
        progress=progress,
        workers=workers,
    )
    trough = found.concentration[:, 0]
    return Outcome(trough, found.peak, saturation(trough))


def _from_the_start(clearance_factor: float) -> tuple[AntibodyPeriod, ...]:
    check_bounds("clearance factor", clearance_factor, 0.0, LARGEST_CLEARANCE_FACTOR)
    return () if clearance_factor == 1 else (AntibodyPeriod(-FARTHEST_DAY, FARTHEST_DAY, clearance_factor),)
