"""From histories and people to concentrations: the one way to numbers, exact to what is stated.

The accuracy is that of the worst trough: a relative error of at most 1e-5 (``standard``) or 1e-8 (``fine``) wherever
the concentration is 0.05 mg/L or more, measured against SciPy's Radau at 1e-10 in ``tests/reference``. Everybody's
error is estimated along the way; the few who miss are solved again with shorter steps. Nobody's numbers depend on who
the others are, on their order, or on the number of workers. Only their number counts: very many people with one history
go through it in step (``lockstep``), which is faster and may change digits below the accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.errors import ModelError
from natalizumab.pharmacology.engine import lockstep, march
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION, History
from natalizumab.pharmacology.kinds import DEPOT_ADDED
from natalizumab.pharmacology.lanes import LANES
from natalizumab.pharmacology.machine_code import prepare
from natalizumab.pharmacology.parameters import check_bioavailability, published
from natalizumab.pharmacology.population import People, as_numbers, draw
from natalizumab.pharmacology.regimen import LONGEST_COURSE_DAYS
from natalizumab.pharmacology.saturation import SaturationCurve, curve
from natalizumab.pharmacology.schedule import PUTS_DRUG_IN, Schedule, schedule

Accuracy = Literal["rough", "standard", "fine"]

TOLERANCES: dict[Accuracy, float] = {"rough": 2e-3, "standard": 7.5e-6, "fine": 4e-9}
"""The largest estimate with which nobody is solved again. The true error can be nearly twice as large; on 500 drawn
histories, absurd doses among them, the worst were 8e-6 and 1e-9. ``rough`` is for what is only a step on the way."""

REFINEMENTS: dict[Accuracy, float] = {"rough": 0.5, "standard": 1.0, "fine": 5.3}
"""By how much steps are shorter than usual in the first round."""

FINER, MOST_ROUNDS = 1.3, 15
"""Those who miss are solved again with steps so many times as short, so often at most: by then the steps are 51 times
as short, and shorter ones would only shift rounding errors about."""

BELOW_NOUGHT = -0.01
"""A concentration (mg/L) below this is no rounding error, and nobody's."""

STAGES_A_STEP = 6
"""Right-hand sides that a step evaluates."""

IN_STEP_FROM = 8 * LANES
"""So many people with one history go in step: before, it costs more to let pilots choose their steps."""

PILOTS_SEED = 1
"""The pilots are a block of people drawn from the published population, the same for every history."""

GAP_DAYS = 2000.0
"""After so long without a dose what is left are numbers too small to reckon with: only ``march`` clears them."""

ROOM = 4096
"""For so many steps at first, which do for ten years; where they are too few, for twice as many."""

CHUNK = 64 * LANES
"""So many people at most go to the compiled code at once: between two chunks work can be watched and stopped."""

Numbers = NDArray[np.float64]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Engine:
    """What takes people through their courses (``engine.march``, or another that does the same), how many at once at
    most, and what takes those with one history through it in step, where there is such a thing.
    """

    march: Callable[..., int]
    at_once: int
    lockstep: Callable[..., int] | None = None


PROCESSOR = Engine(march, CHUNK, lockstep)


@dataclass(frozen=True, slots=True)
class Window:
    """What to read off between two days: against which level (mg/L), and with which curve of saturation.

    Raises ModelError for a window that ends before it starts, and for a level that is none.
    """

    start: float
    end: float
    level: float = 0.0
    saturation: SaturationCurve | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.start) and math.isfinite(self.end) and self.start < self.end):
            raise ModelError(f"window: day {self.end:g} must lie after day {self.start:g}, and both be finite")
        if not 0 <= self.level <= LARGEST_CONCENTRATION:
            raise ModelError(f"window: a level of {self.level:g} mg/L is outside 0 to {LARGEST_CONCENTRATION:g} mg/L")


@dataclass(frozen=True, slots=True)
class Solution:
    """``concentration`` (mg/L) is of shape (people, times). Of the window, one number per person each: the ``peak``
    (mg/L) and its day, the days at or above the level, and the mean saturation (0-1); without a window they are empty.

    ``remains`` (people, 2) is what each has under the skin (mg) and in the periphery (mg/L) at the last time, if asked.
    ``estimate`` is the relative error estimated for each person, ``evaluations`` the number of right-hand sides.
    """

    concentration: Numbers
    peak: Numbers
    peak_day: Numbers
    days_above: Numbers
    mean_saturation: Numbers
    remains: Numbers
    estimate: Numbers
    evaluations: int


def concentrations(
    history: History | Sequence[History] | Schedule,
    people: People,
    times: ArrayLike,
    *,
    bioavailability: float | None = None,
    accuracy: Accuracy = "standard",
    workers: int = 1,
) -> Numbers:
    """Concentrations in mg/L, shape (people, times).

    ``history`` is one for all, or one per person; ``times`` are days, of shape (times,) or (people, times), in any
    order. A time at which something happens means just before it, that of a known start the start itself. Before the
    first event there is no drug. Raises ModelError for times that are no numbers, and for shapes that do not fit.
    """
    return solve(
        history, people, times, bioavailability=bioavailability, accuracy=accuracy, workers=workers
    ).concentration  # fmt: skip


def solve(
    history: History | Sequence[History] | Schedule,
    people: People,
    times: ArrayLike,
    *,
    window: Window | None = None,
    bioavailability: float | None = None,
    accuracy: Accuracy = "standard",
    workers: int = 1,
    remains: bool = False,
    progress: Progress | None = None,
    engine: Engine = PROCESSOR,
) -> Solution:
    """The same with summaries of a window, with what is known of the error, and with progress (people done so far).
    ``remains``: what is elsewhere than in the blood is asked for too.

    A ``Schedule`` has its bioavailability in it, and must have been made with the same window. ``engine`` is what
    reckons. Raises ModelError as ``concentrations`` does.
    """
    check_bioavailability(bioavailability)
    if accuracy not in TOLERANCES:
        raise ModelError(f"accuracy: {accuracy!r} is neither rough, standard nor fine")
    if workers < 1:
        raise ModelError(f"workers: {workers} must be 1 or more")
    changes = _schedule(history, people, bioavailability, window)
    days, where = _sorted_times(times, len(people), window)
    _check_span(changes, days)
    task = _Task(changes, days, people, window, remains, engine)
    who, refinement, tolerance = np.arange(len(people)), REFINEMENTS[accuracy], TOLERANCES[accuracy]
    evaluations = 0
    if accuracy != "rough" and len(people) >= IN_STEP_FROM and task.goes_in_step():
        prepare("march", "lockstep")
        pilots = _Task(changes, days, _pilots(), window, False, engine)
        steps, evaluations = pilots.lead(refinement)
        evaluations += task.follow(steps, refinement, workers, progress)
        who, progress = np.flatnonzero(task.worst > tolerance), None
    for _ in range(1 + MOST_ROUNDS):
        if not len(who):
            break
        evaluations += task.run(who, refinement, workers, progress)
        who, progress = np.flatnonzero(task.worst > tolerance), None
        refinement *= FINER
    return task.solution(where, evaluations)


class _Task:
    """The arrays that the compiled code reads and writes."""

    def __init__(
        self, changes: Schedule, days: Numbers, people: People, window: Window | None, remains: bool, engine: Engine
    ) -> None:
        known = published()
        self._changes, self._days, self._window, self._engine = changes, days, window, engine
        self._bodies = _bodies(people)
        self._constants = (known.q, known.km, known.ka)
        self._injected = bool((changes.kinds == DEPOT_ADDED).any())
        self._saturation = _settings(window)
        self.result = np.full((len(people), days.shape[1]), np.nan)  # what cannot be solved stays no number
        self.worst = np.zeros(len(people))
        self.watched = np.zeros((len(people) if window else 0, 4))  # peak, its day, days above, area
        self.remains = np.zeros((len(people) if remains else 0, 2))  # under the skin, in the periphery

    def goes_in_step(self) -> bool:
        """Whether everybody has the same history and times, without a gap of years, and the engine can do that."""
        if self._engine.lockstep is None or not len(self._changes) == len(self._days) == 1:
            return False
        given = self._changes.days[PUTS_DRUG_IN[self._changes.kinds]]
        return bool((np.diff(given, append=self._days[0, -1:]) < GAP_DAYS).all())

    def run(self, who: NDArray[np.int64], refinement: float, workers: int, progress: Progress | None) -> int:
        """Solve these people, each at their own pace; their numbers replace those before. Returns the evaluations."""
        self.worst[who] = 0.0
        return self._each(lambda chunk: self._march(chunk, refinement), who, workers, progress)

    def lead(self, refinement: float) -> tuple[Numbers, int]:
        """The steps (days) with which these people are solved in step, and the evaluations to choose them."""
        everybody, room = np.arange(len(self.worst)), ROOM
        while (taken := self._lockstep(everybody, refinement, steps := np.empty(room), leading=True)) < 0:
            room *= 2
        return steps[:taken], STAGES_A_STEP * len(everybody) * taken

    def follow(self, steps: Numbers, refinement: float, workers: int, progress: Progress | None) -> int:
        """Solve everybody with these steps. Returns the evaluations."""

        def work(chunk: NDArray[np.int64]) -> int:
            return STAGES_A_STEP * len(chunk) * self._lockstep(chunk, refinement, steps, leading=False)

        return self._each(work, np.arange(len(self.worst)), workers, progress)

    def _each(
        self, work: Callable[[NDArray[np.int64]], int], who: NDArray[np.int64], workers: int, progress: Progress | None
    ) -> int:
        """The sum of what the work returns for all chunks of these people."""
        size = _chunk(len(who), workers, self._engine.at_once)
        chunks = [who[first : first + size] for first in range(0, len(who), size)]
        total = done = 0
        with ThreadPoolExecutor(workers) if workers > 1 and len(chunks) > 1 else nullcontext() as pool:
            for count, people in zip((pool.map if pool else map)(work, chunks), chunks, strict=True):
                total += count
                done += len(people)
                if progress:
                    progress(done)
        return total

    def _march(self, who: NDArray[np.int64], refinement: float) -> int:
        c = self._changes
        return self._engine.march(
            c.starts, c.ends, c.days, c.kinds, c.values, self._days, self._bodies, self._constants, self._injected,
            refinement, self._saturation, who, self.result, self.worst, self.watched, self.remains,
        )  # fmt: skip

    def _lockstep(self, who: NDArray[np.int64], refinement: float, steps: Numbers, leading: bool) -> int:
        c, its = self._changes, slice(int(self._changes.starts[0]), int(self._changes.ends[0]))
        assert self._engine.lockstep is not None
        return self._engine.lockstep(
            c.days[its], c.kinds[its], c.values[its], self._days[0], self._bodies, self._constants, self._injected,
            refinement, self._saturation, who, leading, steps, self.result, self.worst, self.watched, self.remains,
        )  # fmt: skip

    def solution(self, where: NDArray[np.int64] | None, evaluations: int) -> Solution:
        """The numbers in the order that was asked for."""
        found = self.result
        if where is not None:
            found = np.take_along_axis(found, np.broadcast_to(where, (len(found), where.shape[1])), axis=1)
        if not (np.isfinite(found).all() and np.isfinite(self.watched).all() and (found >= BELOW_NOUGHT).all()):
            raise ModelError("the equations could not be solved for these numbers; are they a person's?")
        if self._window is None:
            nothing = np.empty(0)
            return Solution(found, nothing, nothing, nothing, nothing, self.remains, self.worst, evaluations)
        peak, peak_day, above, area = np.ascontiguousarray(self.watched.T)
        length = self._window.end - self._window.start
        if self._window.level == 0:
            above = np.full(len(found), float(length))  # days without drug too, which the steps leave out
        saturated = (self._window.saturation or curve()).e0 + area / length
        return Solution(found, peak, peak_day, above, saturated, self.remains, self.worst, evaluations)


@cache
def _pilots() -> People:
    return draw(LANES, PILOTS_SEED)


def _bodies(people: People) -> tuple[Numbers, ...]:
    """cl, vc, vp, vmax, and the scales of clearance and volume by weight."""
    known = published()
    return (
        known.cl * people.cl,
        np.full(len(people), known.vc),
        known.vp * people.vp,
        known.vmax * people.vmax,
        known.scale_of_cl(people.weight_kg),
        known.scale_of_vc(people.weight_kg),
    )


def _chunk(people: int, workers: int, most: int = CHUNK) -> int:
    """How many to take at once, in whole blocks, so that all workers are done at about the same time."""
    turns = workers * math.ceil(people / (most * workers))
    return LANES * max(1, math.ceil(people / (turns * LANES))) if turns else most


def _schedule(
    history: History | Sequence[History] | Schedule, people: People, share: float | None, window: Window | None
) -> Schedule:
    watch = (window.start, window.end) if window else None
    if isinstance(history, Schedule):
        changes = history
        if share is not None:
            raise ModelError("bioavailability: a schedule has its own; give it where the schedule is made")
        if not changes.watches(watch):
            raise ModelError("window: it is not that with which the schedule was made; give the same in both places")
    else:
        changes = schedule([history] if isinstance(history, History) else history, share, watch)
    if len(changes) not in (1, len(people)):
        raise ModelError(f"history: {len(changes)} histories for {len(people)} people; give one, or one per person")
    return changes


def _sorted_times(times: ArrayLike, people: int, window: Window | None) -> tuple[Numbers, NDArray[np.int64] | None]:
    """The days sorted, as rows, and where in them each time asked for is found (None: as they stand)."""
    asked = as_numbers(times)
    if asked.ndim not in (1, 2) or not np.isfinite(asked).all():
        raise ModelError("times: give a list of finite numbers of days, or one of equal length per person")
    rows = np.atleast_2d(asked)
    if asked.ndim == 2 and len(rows) != people:
        raise ModelError(f"times: {len(rows)} rows for {people} people")
    if window:  # one more time, so that the window is walked to its end
        rows = np.concatenate([rows, np.full((len(rows), 1), window.end)], axis=1)
    if not window and (np.diff(rows) >= 0).all():
        return np.ascontiguousarray(rows), None
    order = np.argsort(rows, axis=1, kind="stable")
    places = np.argsort(order, axis=1, kind="stable")
    return np.take_along_axis(rows, order, axis=1), places[:, : rows.shape[1] - 1] if window else places


def _check_span(changes: Schedule, days: Numbers) -> None:
    if not (changes.days.size and days.size):
        return
    latest = float(days.max())
    if latest - changes.days.min() <= LONGEST_COURSE_DAYS:  # as nearly always; weights may count from ever
        return
    gives = PUTS_DRUG_IN[changes.kinds]
    for start, end in {*zip(changes.starts.tolist(), changes.ends.tolist(), strict=True)}:
        given = changes.days[start:end][gives[start:end]]
        if given.size and latest - given.min() > LONGEST_COURSE_DAYS:
            raise ModelError(f"times: day {latest:g} is more than {LONGEST_COURSE_DAYS:g} days after the first dose")


def _settings(window: Window | None) -> Numbers:
    used = (window.saturation if window else None) or curve()
    return np.array([used.emax, used.ec50, used.h, window.level if window else 0.0])
