"""Brings people's numbers to the device, lets it march, and brings their concentrations back."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from natalizumab.errors import ModelError
from natalizumab.pharmacology.device.found import cuda

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

AT_ONCE = 1 << 20
"""So many people at most are on the device at once: with 26 troughs each they need 0.3 GB there."""

THREADS = 128
"""In a block; each is one person."""

EVALUATIONS = 6
"""Right-hand sides in a step."""


class Placed:
    """So many ``people`` and their course on the device, and room for their answers: made of what ``engine.march``
    takes.

    Raises ModelError for a window, of which nothing is read off there.
    """

    def __init__(
        self,
        starts: Integers,
        ends: Integers,
        days: Numbers,
        kinds: Integers,
        values: Numbers,
        outputs: Numbers,
        bodies: tuple[Numbers, ...],
        constants: tuple[float, float, float],
        injected: bool,
        refinement: float,
        saturation: Numbers,
        who: Integers,
        result: Numbers,
        worst: Numbers,
        watched: Numbers,
        remains: Numbers,
    ) -> None:
        if len(watched) or len(remains):
            raise ModelError("a graphics card solves for concentrations only, not for summaries of a window")
        device = cuda()
        from natalizumab.pharmacology.device.kernel import kernel, limits  # only now: it imports the compiler

        def sent(rows: NDArray[Any]) -> Any:
            """On the device: the rows of ``who``, or the one row that is everybody's."""
            return device.to_device(rows[who] if len(rows) == len(worst) else rows)

        self.people = len(who)
        self._who, self._result, self._worst = who, result, worst
        self._given = [sent(starts), sent(ends), *map(device.to_device, (days, kinds, values)), sent(outputs)]
        self._given += [*map(sent, bodies), *constants, limits(refinement)]
        self._found = device.device_array((len(who), result.shape[1]), np.float64)
        self._errors, self._steps = device.device_array(len(who), np.float64), device.device_array(len(who), np.int64)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Grid size")  # few people leave most of the device idle: so be it
            self._kernel = kernel(injected)[-(-len(who) // THREADS), THREADS]

    def run(self) -> None:
        """Start the march. It is done once the device has been waited for, or something is fetched."""
        self._kernel(*self._given, self._found, self._errors, self._steps)

    def fetch(self) -> int:
        """Write what was found into ``result`` and ``worst``. Returns how many right-hand sides it took."""
        self._result[self._who] = self._found.copy_to_host()
        self._worst[self._who] = self._errors.copy_to_host()
        return EVALUATIONS * int(self._steps.copy_to_host().sum())


def march(*arguments: Any) -> int:
    """As ``engine.march``, on the device."""
    placed = Placed(*arguments)
    placed.run()
    return placed.fetch()
