"""Courses of 26 doses: many people by our solver, what the processor allows at best, and diffrax beside them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import numpy as np

from bounds import HEADINGS, at_least, at_most, said, shown
from courses import EVERY_DAY, REGIMEN, TROUGHS, Numbers, bodies, constants, irregular, radau, worst_error
from limit import bare_steps, right_hand_sides
from machine import cores, one_core, vectors
from memory import beyond_the_result
from natalizumab.pharmacology import History, People, concentrations, draw, solve
from natalizumab.pharmacology.schedule import DosesOfMany, schedule_of_doses
from timing import interleaved, table

PEOPLE = 10_000
ROUNDS = 5
COURSE = History(REGIMEN.inputs)

CHECKED = 2
"""So many people are solved by SciPy too, which takes two seconds for each: those with the lowest last troughs."""

TOGETHER = 500
"""So many people at a time are the fastest for the peer: its numbers then fit the second cache."""

LONG = 50
"""Turns of the bare loop on both cores: beside them a thread's start is nothing."""

MANY = 1_000_000

WIDE = vectors() == "AVX-512"

Rows = list[tuple[str, ...]]


def main() -> None:
    """Print one table; every ratio is between cases that took turns in this run."""
    people = draw(PEOPLE, seed=1)
    fine = concentrations(COURSE, people, TROUGHS, accuracy="fine")
    # Before the peer comes, whose threads stay; and of many people: to wake a core takes as long as thousands of them.
    both = _two_cores(draw(MANY, seed=1))
    with one_core() as held:
        rows = [HEADINGS, said(f"processor ({held}, except where two cores are named)", vectors())]
        rows += _speed(people)
        rows += _beside_the_peer(people, fine)
        rows += _exactness(people, fine)
    rows += [*both, _memory()]
    table(rows)


def _speed(people: People) -> Rows:
    """What our solver takes for a person, and the arithmetic limit."""
    their_doses, their_troughs = irregular(PEOPLE)
    amount_mg = REGIMEN.inputs[0].amount_mg
    person = [float(column[0]) for column in bodies(people)]
    bare, steps = right_hand_sides(constants(), person), bare_steps(constants(), person)
    times = interleaved(
        {
            "regular": lambda: concentrations(COURSE, people, TROUGHS),
            "bare": bare,
            "steps": steps,
            "irregular": lambda: concentrations(
                schedule_of_doses(DosesOfMany(their_doses, amount_mg)), people, their_troughs
            ),
            "daily": lambda: concentrations(COURSE, people, EVERY_DAY),
        },
        2 * ROUNDS,
    )
    ours, one = times["regular"] / PEOPLE, times["bare"] / bare()
    evaluations = solve(COURSE, people, TROUGHS).evaluations / PEOPLE
    limit = evaluations * one
    return [
        at_most("26 troughs, one core, a person", 1e6 * ours, 8 if WIDE else 15, "µs", goal=3),
        shown("  right-hand sides a person", evaluations),
        shown("  one right-hand side in a bare loop", 1e9 * one, "ns"),
        shown("  arithmetic limit a person", 1e6 * limit, "µs"),
        at_most("  times the arithmetic limit", ours / limit, 2),
        shown("  times the limit that bare steps need, with their errors", times["steps"] / steps() / one),
        at_most("irregular days of one's own, per dose, times the regular", times["irregular"] / times["regular"], 2),
        shown(f"daily curve, {len(EVERY_DAY)} points, a person", 1e6 * times["daily"] / PEOPLE, "µs"),
    ]


def _beside_the_peer(people: People, fine: Numbers) -> Rows:
    """How many times as fast as diffrax, which is compiled before it is timed; and how exact that is."""
    if not find_spec("diffrax"):
        return [said("diffrax Tsit5 1e-6", "not installed: make bench installs it")]
    from peers.diffrax_model import troughs

    blocks, at_once = (troughs(bodies(people), constants(), REGIMEN, together) for together in (TOGETHER, PEOPLE))
    cases = {"ours": lambda: concentrations(COURSE, people, TROUGHS), "blocks": blocks, "at once": at_once}
    times = interleaved(cases, ROUNDS)
    return [
        shown(f"diffrax Tsit5 1e-6, vmapped over {TOGETHER}, a person", 1e6 * times["blocks"] / PEOPLE, "µs"),
        at_least("  times as fast as that", times["blocks"] / times["ours"], 30 if WIDE else 15),
        shown("diffrax Tsit5 1e-6, vmapped over all, a person", 1e6 * times["at once"] / PEOPLE, "µs"),
        shown("  times as fast as that", times["at once"] / times["ours"]),
        shown("  its worst relative error", worst_error(blocks(), fine)),
    ]


def _exactness(people: People, fine: Numbers) -> Rows:
    """The worst relative errors; the fine answers that they are held against are held against SciPy's."""
    low = np.argsort(fine[:, -1])[:CHECKED]
    chosen = np.array(bodies(people)).T[low].tolist()
    exact = np.array([radau(REGIMEN.inputs, body, float(TROUGHS[-1])) for body in chosen])
    ours = concentrations(COURSE, people, TROUGHS)
    return [
        at_most("worst relative error, standard, against fine", worst_error(ours, fine), 1e-5),
        at_most(f"worst relative error, fine, {CHECKED} people against Radau", worst_error(fine[low], exact), 1e-8),
    ]


def _two_cores(people: People) -> Rows:
    """How much sooner two workers are done than one."""
    name = f"two cores, times one, {MANY:,} people"
    if cores() < 2:
        return [said(name, "cannot say: there is only one core")]
    cases = {
        "one": lambda: concentrations(COURSE, people, TROUGHS),
        "two": lambda: concentrations(COURSE, people, TROUGHS, workers=2),
    }
    times = interleaved(cases, ROUNDS)
    return [
        at_least(name, times["one"] / times["two"], 1.8),
        shown("  the bare loop on both, times one", _both(people)),
    ]


def _both(people: People) -> float:
    """How many times the work of one core two can do at all, if both only reckon: some machines lend halves of one."""
    person = [float(column[0]) for column in bodies(people)]
    loops = [right_hand_sides(constants(), person) for _ in range(2)]

    def work(loop: Callable[[], int]) -> None:
        for _ in range(LONG):
            loop()

    with ThreadPoolExecutor(2) as pool:
        cases: dict[str, Callable[[], object]] = {
            "one": lambda: work(loops[0]),
            "two": lambda: [*pool.map(work, loops)],
        }
        times = interleaved(cases, 2 * ROUNDS)
    return 2 * times["one"] / times["two"]


def _memory() -> tuple[str, ...]:
    """What a million people need beside their answer."""
    name = f"memory beyond the result, {MANY:,} people"
    needed = beyond_the_result(MANY)
    return said(name, "cannot say: it takes Linux") if needed is None else at_most(name, needed, 300, "MB")


if __name__ == "__main__":
    main()
