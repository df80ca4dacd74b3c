"""Nobody's numbers depend on who else is solved, in which order, in which block, or by how many workers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from natalizumab.pharmacology import (
    AntibodyPeriod,
    History,
    Input,
    People,
    Regimen,
    Removal,
    Solution,
    Start,
    Window,
    draw,
    solve,
)
from natalizumab.pharmacology.lanes import LANES
from natalizumab.pharmacology.schedule import schedule
from natalizumab.pharmacology.solver import CHUNK, _chunk

COUNT = CHUNK + LANES + 3
PEOPLE = draw(COUNT, seed=7)
WINDOW = Window(20, 70, 5.0)
TIMES = np.array([28.0, 56.0, 100.0])

KINDS = (
    History(Regimen("iv", 4, 3).inputs),
    History((Input(3.25, 300, "iv", 30), Input(40, 300, "sc"))),
    History(Regimen("sc", 6, 2).inputs, antibodies=(AntibodyPeriod(20, 60, 2.45),)),
    History((Input(0, 300, "iv"),), weights=((0, 60), (30, 90)), removals=(Removal(10, 0.7),)),
    History((Input(50, 300, "iv"),), start=Start(-5, 30)),
)
OWN = [KINDS[number % len(KINDS)] for number in range(COUNT)]


def chosen(who: np.ndarray) -> People:
    return People(PEOPLE.weight_kg[who], PEOPLE.cl[who], PEOPLE.vp[who], PEOPLE.vmax[who])


def everybody(workers: int = 1) -> Solution:
    return solve(OWN, PEOPLE, TIMES, window=WINDOW, workers=workers)


def same(one: Solution, other: Solution, who: np.ndarray) -> None:
    """Byte for byte; ``who`` says where the others stand in the first."""
    for name in ("concentration", "peak", "peak_day", "days_above", "mean_saturation", "estimate"):
        assert getattr(one, name)[who].tobytes() == getattr(other, name).tobytes(), name


CHOICES: list[tuple[str, Callable[[], np.ndarray]]] = [
    ("the last one alone", lambda: np.array([COUNT - 1])),
    ("backwards", lambda: np.arange(COUNT)[::-1]),
    ("shuffled", lambda: np.random.default_rng(3).permutation(COUNT)),
    ("every third", lambda: np.arange(1, COUNT, 3)),
]


@pytest.mark.parametrize(("what", "choose"), CHOICES, ids=[what for what, _ in CHOICES])
def test_others_and_their_order_change_no_bit(what: str, choose: Callable[[], np.ndarray]) -> None:
    who = choose()
    part = solve([OWN[number] for number in who], chosen(who), TIMES, window=WINDOW)
    same(everybody(), part, who)


@pytest.mark.parametrize("workers", [2, 5])
def test_the_number_of_workers_changes_no_bit(workers: int) -> None:
    same(everybody(), everybody(workers), np.arange(COUNT))


def test_one_history_for_all_and_the_same_for_each_give_the_same_bits() -> None:
    shared = solve(KINDS[0], PEOPLE, TIMES, window=WINDOW)
    each = solve([KINDS[0]] * COUNT, PEOPLE, TIMES, window=WINDOW)
    same(shared, each, np.arange(COUNT))


def test_the_same_times_in_rows_of_ones_own_give_the_same_bits() -> None:
    rows = np.tile(TIMES, (COUNT, 1))
    same(everybody(), solve(OWN, PEOPLE, rows, window=WINDOW), np.arange(COUNT))


def test_histories_put_in_order_beforehand_give_the_same_bits() -> None:
    ready = schedule(KINDS, watch=(WINDOW.start, WINDOW.end)).of(np.arange(COUNT) % len(KINDS))
    same(everybody(), solve(ready, PEOPLE, TIMES, window=WINDOW), np.arange(COUNT))


def test_those_who_are_solved_again_leave_the_others_as_they_were() -> None:
    """Somebody whose error is too large at first stands among people whose error is not."""
    hard = 40 * np.ones(COUNT)
    mixed = People(PEOPLE.weight_kg, np.where(np.arange(COUNT) % 9 == 4, hard, PEOPLE.cl), PEOPLE.vp, PEOPLE.vmax)
    together = solve(OWN, mixed, TIMES)
    for number in (3, 4, 5, COUNT - 1):
        row = slice(number, number + 1)
        alone = solve(OWN[number], mixed.part(number, number + 1), TIMES)
        assert together.concentration[row].tobytes() == alone.concentration.tobytes()


def test_progress_counts_the_people_done() -> None:
    told: list[int] = []
    solve(KINDS[0], PEOPLE, [28.0], progress=told.append)
    assert len(told) == 2
    assert 0 < told[0] <= CHUNK
    assert told[1] == COUNT


@pytest.mark.parametrize("people", [1, 64, CHUNK, CHUNK + 1, 10_000, 1_000_000])
@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_all_workers_get_about_as_many_people(people: int, workers: int) -> None:
    size = _chunk(people, workers)
    assert 0 < size <= CHUNK
    assert size % LANES == 0
    chunks = -(-people // size)
    busiest = -(-chunks // workers) * size
    assert busiest <= people / workers + (chunks / workers + 1) * LANES
