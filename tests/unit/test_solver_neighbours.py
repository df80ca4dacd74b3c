"""Nobody's numbers depend on who else is solved, in which order, in which block, or by how many workers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from natalizumab.errors import ModelError
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
    solver,
)
from natalizumab.pharmacology.lanes import LANES
from natalizumab.pharmacology.schedule import schedule
from natalizumab.pharmacology.solver import CHUNK, IN_STEP_FROM, _chunk

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


def test_few_with_one_history_get_the_bits_of_those_with_the_same_for_each() -> None:
    few = chosen(np.arange(IN_STEP_FROM - 1))
    shared = solve(KINDS[0], few, TIMES, window=WINDOW)
    each = solve([KINDS[0]] * len(few), few, TIMES, window=WINDOW)
    same(shared, each, np.arange(len(few)))


@pytest.mark.parametrize("history", KINDS)
def test_many_with_one_history_agree_with_those_with_the_same_for_each(history: History) -> None:
    shared = solve(history, PEOPLE, TIMES, window=WINDOW)
    each = solve([history] * COUNT, PEOPLE, TIMES, window=WINDOW)
    assert shared.concentration == pytest.approx(each.concentration, rel=1.5e-5, abs=1e-6)
    assert shared.peak == pytest.approx(each.peak, rel=1e-4)
    assert shared.peak_day == pytest.approx(each.peak_day, abs=0.01)
    assert shared.days_above == pytest.approx(each.days_above, abs=0.01)
    assert shared.mean_saturation == pytest.approx(each.mean_saturation, abs=1e-4)


@pytest.mark.parametrize("history", KINDS)
@pytest.mark.parametrize(("what", "choose"), CHOICES[1:], ids=[what for what, _ in CHOICES[1:]])
def test_in_step_too_others_and_their_order_change_no_bit(
    history: History, what: str, choose: Callable[[], np.ndarray]
) -> None:
    who = choose()
    same(solve(history, PEOPLE, TIMES, window=WINDOW), solve(history, chosen(who), TIMES, window=WINDOW), who)


@pytest.mark.parametrize("place", [0, 1, LANES - 1, LANES, 3 * LANES + 7])
@pytest.mark.parametrize("history", KINDS)
def test_in_step_nobody_is_led_astray_by_somebody_who_cannot_be_solved_so(history: History, place: int) -> None:
    """Whoever stands first in a block is no example for the others."""
    few = chosen(np.arange(IN_STEP_FROM))
    cl, vmax = few.cl.copy(), few.vmax.copy()
    cl[place], vmax[place] = 60.0, 50.0
    others = np.flatnonzero(np.arange(IN_STEP_FROM) != place)
    mixed = solve(history, People(few.weight_kg, cl, few.vp, vmax), TIMES, window=WINDOW)
    for name in ("concentration", "peak", "days_above", "estimate"):
        usual = getattr(solve(history, few, TIMES, window=WINDOW), name)
        assert getattr(mixed, name)[others].tobytes() == usual[others].tobytes(), name
    alone = solve(history, People(few.weight_kg, cl, few.vp, vmax).part(place, place + 1), TIMES)
    assert mixed.concentration[place] == pytest.approx(alone.concentration[0], rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("workers", [2, 5])
def test_in_step_too_the_number_of_workers_changes_no_bit(workers: int) -> None:
    alone, together = (solve(KINDS[1], PEOPLE, TIMES, window=WINDOW, workers=some) for some in (1, workers))
    same(alone, together, np.arange(COUNT))


def test_what_remains_in_step_is_what_remains_at_ones_own_pace() -> None:
    shared, each = (solve(who, PEOPLE, TIMES, remains=True) for who in (KINDS[1], [KINDS[1]] * COUNT))
    assert shared.remains == pytest.approx(each.remains, rel=1.5e-5, abs=1e-5)


def test_where_there_are_more_steps_than_room_more_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = solve(KINDS[0], PEOPLE, TIMES, window=WINDOW)
    monkeypatch.setattr(solver, "ROOM", 3)
    same(expected, solve(KINDS[0], PEOPLE, TIMES, window=WINDOW), np.arange(COUNT))


def test_the_same_times_in_rows_of_ones_own_give_the_same_bits() -> None:
    rows = np.tile(TIMES, (COUNT, 1))
    same(everybody(), solve(OWN, PEOPLE, rows, window=WINDOW), np.arange(COUNT))


def test_histories_put_in_order_beforehand_give_the_same_bits() -> None:
    ready = schedule(KINDS, watch=(WINDOW.start, WINDOW.end)).of(np.arange(COUNT) % len(KINDS))
    same(everybody(), solve(ready, PEOPLE, TIMES, window=WINDOW), np.arange(COUNT))


OTHERS = [None, Window(WINDOW.start, WINDOW.end + 1), Window(WINDOW.start - 1, WINDOW.end)]


@pytest.mark.parametrize("asked", OTHERS, ids=["none", "later end", "earlier start"])
def test_a_schedule_made_for_another_window_is_refused(asked: Window | None) -> None:
    ready = schedule(KINDS[:1], watch=(WINDOW.start, WINDOW.end))
    with pytest.raises(ModelError, match="window: it is not that with which the schedule was made"):
        solve(ready, PEOPLE, TIMES, window=asked)
    if asked:
        with pytest.raises(ModelError, match="window: it is not that"):
            solve(schedule(KINDS[:1]), PEOPLE, TIMES, window=asked)
        watch = (asked.start, asked.end)
        solve(schedule(KINDS[:1], watch=watch), PEOPLE, TIMES, window=asked)


def test_a_schedule_has_its_own_bioavailability() -> None:
    with pytest.raises(ModelError, match="bioavailability: a schedule has its own"):
        solve(schedule(KINDS[:1]), PEOPLE, TIMES, bioavailability=0.6)


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
