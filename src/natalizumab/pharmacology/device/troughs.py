"""Questions to the device: as to the solver, and answered with the same accuracy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.pharmacology.device import launch
from natalizumab.pharmacology.device.found import cuda
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.population import People
from natalizumab.pharmacology.regimen import Regimen
from natalizumab.pharmacology.schedule import Schedule
from natalizumab.pharmacology.solver import Accuracy, Engine, Progress, Solution, solve

DEVICE = Engine(launch.march, launch.AT_ONCE)


def troughs_on_device(regimen: Regimen, people: People, progress: Progress | None = None) -> NDArray[np.float64]:
    """Everybody's troughs (mg/L), shape (people, doses): each just before the next dose, the last one interval after.

    Exact to 1e-5 as ``solver`` states it: who misses on the device is solved there again with shorter steps. Raises
    ModelError where there is no device, and says why.
    """
    interval = regimen.last_interval[1] / regimen.doses
    days = np.arange(1, regimen.doses + 1) * interval
    return solve_on_device(History(regimen.inputs), people, days, progress=progress).concentration


def solve_on_device(
    history: History | Sequence[History] | Schedule,
    people: People,
    times: ArrayLike,
    *,
    bioavailability: float | None = None,
    accuracy: Accuracy = "standard",
    progress: Progress | None = None,
) -> Solution:
    """As ``solve``, without summaries of a window: all that may happen to somebody may happen here too.

    Raises ModelError where there is no device, and says why, and for all that ``solve`` refuses.
    """
    cuda()
    return solve(
        history, people, times, bioavailability=bioavailability, accuracy=accuracy, progress=progress, engine=DEVICE
    )  # fmt: skip
