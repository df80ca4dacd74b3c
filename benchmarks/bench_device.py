"""Courses of 26 doses on a graphics card: ten million people, and what the card allows at best."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from bounds import HEADINGS, at_most, said, shown
from courses import REGIMEN, TROUGHS, bodies, constants, worst_error
from natalizumab.pharmacology import History, People, concentrations, draw
from natalizumab.pharmacology.device import launch, troughs_on_device, why_none
from natalizumab.pharmacology.solver import Engine, solve
from timing import table

LOTS, PEOPLE = 10, 1_000_000
"""Lots of people, which fit the memory of small cards too, and people in each."""

CHECKED = 10_000
COURSE = History(REGIMEN.inputs)

OPERATIONS = 227
"""Instructions with 64-bit numbers in a step: 70 multiplications, 35 additions, 109 of both at once, 13 comparisons,
counted in the machine code for compute capability 9.0 (docs/gpu.md says how). Divisions are among them."""

BYTES = 8 * (len(TROUGHS) + 6 + 2)
"""Of each person that go through the device's memory: the troughs, what is known of the body, the error, the steps."""

Rows = list[tuple[str, ...]]


def main() -> None:
    """Print one table, or why there is none."""
    name = f"{LOTS * PEOPLE:,} people, {len(TROUGHS)} troughs, time of the device"
    if missing := why_none():
        table([HEADINGS, said(name, f"cannot say: there is no CUDA device here ({missing})")])
        return
    lots = [draw(PEOPLE, seed) for seed in range(LOTS)]
    engine = _Timed()
    engine.solve(lots[0].part(0, CHECKED))  # compiles
    engine.seconds = engine.evaluations = engine.again = 0
    for people in lots:
        engine.solve(people)
    rows = [HEADINGS, said("device", _name()), at_most(name, engine.seconds, 1, "s")]
    rows += [shown("  of these solved again with shorter steps", engine.again)]
    rows += _limits(engine, lots[0])
    table([*rows, *_exactness(lots[0]), _with_copies(lots[0])])


class _Timed:
    """Solves on the device, and adds up the device's own time, the right-hand sides, and those solved again."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.evaluations = self.again = 0

    def solve(self, people: People) -> None:
        solve(COURSE, people, TROUGHS, engine=Engine(self._march, launch.AT_ONCE))

    def _march(self, *arguments: Any) -> int:
        from device_limit import device_seconds

        placed = launch.Placed(*arguments)
        self.seconds += device_seconds(placed.run)
        evaluations = placed.fetch()
        self.evaluations += evaluations
        self.again += placed.people if placed.people < PEOPLE else 0
        return evaluations


def _limits(engine: _Timed, people: People) -> Rows:
    """What the card can do at best, measured, and how much of it was made use of."""
    from device_limit import bare_step, copied_byte, multiply_and_add, right_hand_side

    person = [float(column[0]) for column in bodies(people.part(0, 1))]
    seconds, evaluations = engine.seconds, engine.evaluations
    one, step = right_hand_side(constants(), person), bare_step(constants(), person)
    add, byte = multiply_and_add(), copied_byte()
    steps = evaluations / launch.EVALUATIONS
    return [
        shown("  right-hand sides a person", evaluations / (LOTS * PEOPLE)),
        shown("  share of the time that bare right-hand sides need", 100 * evaluations * one / seconds, "%"),
        shown("  share of the time that bare steps need", 100 * steps * step / seconds, "%"),
        shown("  arithmetic limit: multiply-and-adds in 64 bits", 1e-9 / add, "G/s"),
        shown(f"    share of it, {OPERATIONS} instructions a step", 100 * steps * OPERATIONS * add / seconds, "%"),
        shown("  memory limit: a bare copy, read and written", 1e-9 / byte, "GB/s"),
        shown(f"    share of it, {BYTES} bytes a person", 100 * LOTS * PEOPLE * BYTES * byte / seconds, "%"),
    ]


def _exactness(people: People) -> Rows:
    """The worst relative error, held against the processor's fine answers."""
    some = people.part(0, CHECKED)
    fine = concentrations(COURSE, some, TROUGHS, accuracy="fine")
    error = worst_error(troughs_on_device(REGIMEN, some), fine)
    return [at_most(f"worst relative error of {CHECKED:,} people, against fine", error, 1e-5)]


def _with_copies(people: People) -> tuple[str, ...]:
    """The whole way, from numbers in the machine's memory to troughs there."""
    started = time.perf_counter()
    found = troughs_on_device(REGIMEN, people)
    assert np.isfinite(found).all()
    return shown(f"{PEOPLE:,} people there and back, by the clock", time.perf_counter() - started, "s")


def _name() -> str:
    from device_limit import cuda

    there = cuda.get_current_device().name
    return there.decode() if isinstance(there, bytes) else str(there)


if __name__ == "__main__":
    main()
