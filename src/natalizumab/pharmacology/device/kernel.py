"""What a thread of the device does: it takes one person through all that happens to them.

It waits for its neighbours wherever something happens: between two events the threads of a warp step together, each
with steps of its own, until the last of them has arrived.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology import errors, march, pace, stepper
from natalizumab.pharmacology.device.alone import PLACES, SIZE, alone, of_one
from natalizumab.pharmacology.march import NOBODY, OUTPUT, PERSON
from natalizumab.pharmacology.pace import Limits

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]

cuda: Any = import_module("numba.cuda")

LEFT, DEPOT_THEN, STAGES = PLACES["LEFT"], PLACES["DEPOT_THEN"], PLACES["STAGES"]

settle, restart = alone(march.settle), alone(pace.restart)
choose, carry = alone(pace.choose), alone(errors.carry)
absorb, judge_depot = alone(stepper.absorb), alone(errors.judge_depot)
second, third, fourth = alone(stepper.second), alone(stepper.third), alone(stepper.fourth)
fifth, sixth, arrive = alone(stepper.fifth), alone(stepper.sixth), alone(stepper.arrive)


@cache
def kernel(injected: bool) -> Any:
    """The compiled kernel."""
    return cuda.jit(python_kernel(injected))


def limits(refinement: float) -> Limits:
    """``pace.limits`` as plain Python."""
    found: Limits = of_one(pace.limits)(refinement)
    return found


def python_kernel(injected: bool) -> Callable[..., None]:
    """The kernel before it is compiled, for people of whom somebody may get drug under the skin, or nobody."""

    def march_one(
        starts: Integers,
        ends: Integers,
        days: Numbers,
        kinds: Integers,
        values: Numbers,
        outputs: Numbers,
        cl: Numbers,
        vc: Numbers,
        vp: Numbers,
        vmax: Numbers,
        cl_scale: Numbers,
        vc_scale: Numbers,
        q: float,
        km: float,
        ka: float,
        limited: Limits,
        result: Numbers,
        worst: Numbers,
        steps: Integers,
    ) -> None:
        """``march.march`` for the person whose number is this thread's.

        ``limited`` are ``pace.limits``; ``steps`` receives how many steps they took.
        """
        person = cuda.grid(1)
        if person >= len(worst):
            return
        w, clock = cuda.local.array(SIZE, np.float64), cuda.local.array(1, np.float64)
        place, own = cuda.local.array((1, 3), np.int64), cuda.local.array(1, np.int64)
        for stage in range(STAGES):
            w[DEPOT_THEN + stage] = 0.0
        own[0], w[LEFT], place[0, PERSON], place[0, OUTPUT] = person, 0.0, NOBODY, outputs.shape[1]
        worst[person] = 0.0
        m, nothing = (q, km, ka), result[:0]
        waiting = count = 0
        while w[LEFT] >= 0.0:
            waiting = settle(
                w, 0, clock, place, starts, ends, days, kinds, values, outputs, cl, vc, vp, vmax, cl_scale, vc_scale,
                m, own, waiting, result, worst, nothing, nothing,
            )  # fmt: skip
            restart(w, m)
            while w[LEFT] > 0.0:
                choose(w, 0, m, limited)
                carry(w, 0, m)
                if injected:
                    absorb(w, 0, m)
                    judge_depot(w, 0, m)
                second(w, 0, m)
                third(w, 0, m)
                fourth(w, 0, m)
                fifth(w, 0, m)
                sixth(w, 0, m)
                arrive(w, 0, m)
                count += 1
        steps[person] = count

    return march_one
