"""What a device can do at best: bare loops of right-hand sides, of steps, of multiply-and-add, and a bare copy.

The kernels are compiled when this module is imported, which takes a device or its simulator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology import stepper
from natalizumab.pharmacology.device.alone import PLACES, SIZE, alone
from natalizumab.pharmacology.equations import rates

Numbers = NDArray[np.float64]

cuda: Any = import_module("numba.cuda")

THREADS = 128
PEOPLE = 1 << 20
"""So many threads keep every part of the largest device busy."""

TURNS = 2000
"""Of each loop."""

CHAINS = 8
"""Multiply-and-adds that do not wait for one another, in each turn."""

NUMBERS = 1 << 27
"""To be copied: a gigabyte, far more than any cache of a device holds."""

TIMES = 3
LENGTH = 1e-9
"""Days of a bare step: the amounts hardly change."""

CL, PER_VC, PER_VP, VMAX = (PLACES[name] for name in ("CL", "PER_VC", "PER_VP", "VMAX"))
CENTRAL, PERIPHERAL, STEP = PLACES["CENTRAL"], PLACES["PERIPHERAL"], PLACES["STEP"]
INTO_CENTRAL, INTO_PERIPHERAL, END = PLACES["CENTRAL_SLOPE"], PLACES["PERIPHERAL_SLOPE"], PLACES["END"]

slope = alone(rates)
second, third, fourth = alone(stepper.second), alone(stepper.third), alone(stepper.fourth)
fifth, sixth, arrive = alone(stepper.fifth), alone(stepper.sixth), alone(stepper.arrive)


def device_seconds(work: Callable[[], object]) -> float:
    """The device's own time of ``work``, by its events: the median of some, after one to compile and warm up."""
    work()
    return median(_once(work) for _ in range(TIMES))


def right_hand_side(constants: tuple[float, float, float], person: Sequence[float]) -> float:
    """Seconds of one right-hand side where nothing is done beside it; arguments as ``limit.right_hand_sides``."""
    return _loop(_RIGHT_HAND_SIDES, constants, person)


def bare_step(constants: tuple[float, float, float], person: Sequence[float]) -> float:
    """Seconds of one step by the solver's method, with nothing that chooses, judges or interrupts it."""
    return _loop(_STEPS, constants, person)


def multiply_and_add() -> float:
    """Seconds of one multiplication with an addition in 64 bits."""
    out = cuda.device_array(PEOPLE, np.float64)
    return device_seconds(lambda: _MULTIPLY[PEOPLE // THREADS, THREADS](out, 0.999, 1e-3)) / (PEOPLE * TURNS * CHAINS)


def copied_byte() -> float:
    """Seconds of one byte read or written in the device's memory."""
    there, here = (cuda.device_array(NUMBERS, np.float64) for _ in range(2))
    return device_seconds(lambda: _COPY[NUMBERS // THREADS, THREADS](there, here)) / (2 * 8 * NUMBERS)


def _once(work: Callable[[], object]) -> float:
    start, end = cuda.event(), cuda.event()
    start.record()
    work()
    end.record()
    end.synchronize()
    return float(cuda.event_elapsed_time(start, end)) / 1000


def _loop(kernel: Any, constants: tuple[float, float, float], person: Sequence[float]) -> float:
    cl, vc, vp, vmax = person
    out = cuda.device_array(PEOPLE, np.float64)
    numbers = (cl, 1 / vc, 1 / vp, vmax, *constants)
    return device_seconds(lambda: kernel[PEOPLE // THREADS, THREADS](out, *numbers)) / (PEOPLE * TURNS)


def _right_hand_sides(
    out: Numbers, cl: float, per_vc: float, per_vp: float, vmax: float, q: float, km: float, ka: float
) -> None:
    person = cuda.grid(1)
    central, peripheral = 100.0 + 1e-3 * person, 100.0
    for _ in range(TURNS):
        _, into_central, into_peripheral = slope(0.0, central, peripheral, 0.0, cl, per_vc, per_vp, vmax, q, km, ka)
        central, peripheral = central + LENGTH * into_central, peripheral + LENGTH * into_peripheral
    out[person] = central + peripheral


def _steps(out: Numbers, cl: float, per_vc: float, per_vp: float, vmax: float, q: float, km: float, ka: float) -> None:
    person = cuda.grid(1)
    w = cuda.local.array(SIZE, np.float64)
    for place in range(SIZE):
        w[place] = 0.0
    w[CL], w[PER_VC], w[PER_VP], w[VMAX], w[STEP] = cl, per_vc, per_vp, vmax, LENGTH
    w[CENTRAL], w[PERIPHERAL] = 100.0 + 1e-3 * person, 100.0
    m = (q, km, ka)
    for _ in range(TURNS):
        second(w, 0, m)
        third(w, 0, m)
        fourth(w, 0, m)
        fifth(w, 0, m)
        sixth(w, 0, m)
        arrive(w, 0, m)
        w[INTO_CENTRAL], w[INTO_PERIPHERAL] = w[INTO_CENTRAL + END], w[INTO_PERIPHERAL + END]
    out[person] = w[CENTRAL] + w[PERIPHERAL]


def _multiply(out: Numbers, factor: float, more: float) -> None:
    person = cuda.grid(1)
    a = b = c = d = e = f = g = h = 1e-3 * person
    for _ in range(TURNS):
        a, b, c, d = a * factor + more, b * factor - more, c * more + factor, d * more - factor
        e, f, g, h = e * factor + factor, f * factor - factor, g * more + more, h * more - more
    out[person] = ((a + b) + (c + d)) + ((e + f) + (g + h))


def _copy(there: Numbers, here: Numbers) -> None:
    number = cuda.grid(1)
    there[number] = here[number]


_RIGHT_HAND_SIDES, _STEPS, _MULTIPLY, _COPY = map(cuda.jit, (_right_hand_sides, _steps, _multiply, _copy))
