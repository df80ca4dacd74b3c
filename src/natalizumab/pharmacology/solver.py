"""From histories and people to concentrations: the one way to numbers, exact to what is stated.

The accuracy is that of the worst trough: a relative error of at most 1e-5 (``standard``) or 1e-8 (``fine``) wherever
the concentration is 0.05 mg/L or more, measured against SciPy's Radau at 1e-10 in ``tests/reference``. Everybody's
error is estimated along the way; the few who miss are solved again with shorter steps. Nobody's numbers depend on the
others, on their order, or on the number of workers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.errors import ModelError
from natalizumab.pharmacology.engine import march
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION, History
from natalizumab.pharmacology.kinds import DEPOT_ADDED
from natalizumab.pharmacology.lanes import LANES
from natalizumab.pharmacology.parameters import check_bioavailability, published
from natalizumab.pharmacology.population import People
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

CHUNK = 64 * LANES
"""So many people at most go to the compiled code at once: between two chunks work can be watched and stopped."""

LONGEST_COURSE_DAYS = 36_525.0
"""A hundred years: a time beyond is a typing error, and would keep the solver busy for ever."""

Numbers = NDArray[np.float64]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Engine:
    """What takes people through their courses (``engine.march``, or another that does the same), and how many at once
    at most.
    """

    march: Callable[..., int]
    at_once: int


PROCESSOR = Engine(march, CHUNK)


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
    order. A time at which something happens means just before it. Before the first event there is no drug. Raises
    ModelError for times that are no numbers, and for shapes that do not fit.
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

    A ``Schedule`` has its window and bioavailability in it. ``engine`` is what reckons. Raises
    ModelError as ``concentrations`` does.
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
    who, refinement = np.arange(len(people)), REFINEMENTS[accuracy]
    evaluations = task.run(who, refinement, workers, progress)
    for _ in range(MOST_ROUNDS):
        who = np.flatnonzero(task.worst > TOLERANCES[accuracy])
        if not len(who):
            break
        refinement *= FINER
        evaluations += task.run(who, refinement, workers, None)
    return task.solution(where, evaluations)


class _Task:
    """The arrays that the compiled code reads and writes."""

    def __init__(
        self, changes: Schedule, days: Numbers, people: People, window: Window | None, remains: bool, engine: Engine
    ) -> None:
        known = published()
        self._changes, self._days, self._window, self._engine = changes, days, window, engine
        self._bodies = (
            known.cl * people.cl,
            np.full(len(people), known.vc),
            known.vp * people.vp,
            known.vmax * people.vmax,
            known.scale_of_cl(people.weight_kg),
            known.scale_of_vc(people.weight_kg),
        )
        self._constants = (known.q, known.km, known.ka)
        self._injected = bool((changes.kinds == DEPOT_ADDED).any())
        self._saturation = _settings(window)
        self.result = np.full((len(people), days.shape[1]), np.nan)  # what cannot be solved stays no number
        self.worst = np.zeros(len(people))
        self.watched = np.zeros((len(people) if window else 0, 4))  # peak, its day, days above, area
        self.remains = np.zeros((len(people) if remains else 0, 2))  # under the skin, in the periphery

    def run(self, who: NDArray[np.int64], refinement: float, workers: int, progress: Progress | None) -> int:
        """Solve these people again; their numbers replace those before. Returns the evaluations."""
        self.worst[who] = 0.0
        size = _chunk(len(who), workers, self._engine.at_once)
        chunks = [who[first : first + size] for first in range(0, len(who), size)]
        evaluations = done = 0
        for count, people in zip(self._each(chunks, refinement, workers), chunks, strict=True):
            evaluations += count
            done += len(people)
            if progress:
                progress(done)
        return evaluations

    def _each(self, chunks: list[NDArray[np.int64]], refinement: float, workers: int) -> Iterator[int]:
        if workers == 1 or len(chunks) == 1:
            yield from (self._march(chunk, refinement) for chunk in chunks)
            return
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(lambda chunk: self._march(chunk, refinement), chunks)

    def _march(self, who: NDArray[np.int64], refinement: float) -> int:
        c = self._changes
        return self._engine.march(
            c.starts, c.ends, c.days, c.kinds, c.values, self._days, self._bodies, self._constants, self._injected,
            refinement, self._saturation, who, self.result, self.worst, self.watched, self.remains,
        )  # fmt: skip

    def solution(self, where: NDArray[np.int64] | None, evaluations: int) -> Solution:
        """The numbers in the order that was asked for."""
        found = self.result
        if where is not None:
            found = np.take_along_axis(found, np.broadcast_to(where, (len(found), where.shape[1])), axis=1)
        if not np.isfinite(found).all():
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
    else:
        changes = schedule([history] if isinstance(history, History) else history, share, watch)
    if len(changes) not in (1, len(people)):
        raise ModelError(f"history: {len(changes)} histories for {len(people)} people; give one, or one per person")
    return changes


def _sorted_times(times: ArrayLike, people: int, window: Window | None) -> tuple[Numbers, NDArray[np.int64] | None]:
    """The days sorted, as rows, and where in them each time asked for is found (None: as they stand)."""
    try:
        asked = np.asarray(times, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):  # words, or rows of different lengths
        asked = np.array(np.nan)
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
    given = changes.days[PUTS_DRUG_IN[changes.kinds]]
    if given.size and days.size and days.max() - given.min() > LONGEST_COURSE_DAYS:
        raise ModelError(f"times: day {days.max():g} is more than {LONGEST_COURSE_DAYS:g} days after the first dose")


def _settings(window: Window | None) -> Numbers:
    used = (window.saturation if window else None) or curve()
    return np.array([used.emax, used.ec50, used.h, window.level if window else 0.0])
