"""The peer: the same courses by diffrax, which brings adaptive solvers to JAX (P. Kidger, arXiv:2202.02435).

As its users would write it for speed: 64-bit numbers, Tsitouras' pair of order 5, a step controller at a relative
tolerance of 1e-6, everything compiled and vmapped over the people, no dense output, no gradients. Each dose is two
solutions, the infusion and the time after it, in a ``scan`` over the doses: a restart at every event. One solution over
all doses that is told of the jumps was measured too, and takes 2 to 3 times as long, because its first steps into an
infusion are refused. The equations are the project's own, which JAX traces as ordinary Python.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from courses import plain_rates
from natalizumab.pharmacology import Regimen

# One thread, as for the solver that it is compared with; JAX reads this when it is imported.
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
os.environ["JAX_PLATFORMS"] = "cpu"

import diffrax
import jax
import jax.numpy as jnp

TOLERANCE = 1e-6
"""Relative, and in mg."""

Bodies = tuple[NDArray[np.float64], ...]
"""cl, vc, vp and vmax of everybody, arrays of shape (people,)."""


def troughs(
    bodies: Bodies, constants: tuple[float, float, float], regimen: Regimen, together: int
) -> Callable[[], NDArray[np.float64]]:
    """What gives everybody's troughs (mg/L), shape (people, doses), each time it is called; it is compiled already.

    ``constants`` are q, km and ka; ``together`` people are vmapped at a time, and it must divide their number.
    """
    jax.config.update("jax_enable_x64", True)
    cl, vc, vp, vmax = bodies
    people = tuple(jnp.asarray(array.reshape(-1, together)) for array in (cl, 1 / vc, 1 / vp, vmax))
    course = jax.vmap(_course(regimen, constants))
    solve = jax.jit(lambda everybody: jax.lax.map(course, everybody)).lower(people).compile()
    return lambda: np.asarray(solve(people)).reshape(len(cl), regimen.doses)


def _course(regimen: Regimen, constants: tuple[float, float, float]) -> Callable[[Any], Any]:
    first = regimen.inputs[0]
    infusion_days = first.end - first.day
    interval_days = regimen.last_interval[1] - regimen.last_interval[0]
    controller = diffrax.PIDController(rtol=TOLERANCE, atol=TOLERANCE)

    def part(rate: float, days: float, amounts: Any, body: Any) -> Any:
        term = diffrax.ODETerm(lambda _, now, who: plain_rates(*now, rate, *who, *constants))
        solution = diffrax.diffeqsolve(
            term, diffrax.Tsit5(), 0.0, days, None, amounts, body, saveat=diffrax.SaveAt(t1=True),
            stepsize_controller=controller, adjoint=diffrax.ForwardMode(), max_steps=None,
        )  # fmt: skip
        return tuple(amount[0] for amount in solution.ys)

    def course(body: Any) -> Any:
        def dose(amounts: Any, _: None) -> tuple[Any, Any]:
            amounts = part(first.amount_mg / infusion_days, infusion_days, amounts, body)
            amounts = part(0.0, interval_days - infusion_days, amounts, body)
            return amounts, amounts[1] * body[1]

        nothing = (jnp.zeros(()),) * 3
        return jax.lax.scan(dose, nothing, None, length=regimen.doses)[1]

    return course
