"""A history as the compiled code takes it: flat arrays of single changes, sorted by time.

At one time the order is that of the kinds in ``march``: first the body changes, then what is in it, then what flows in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from natalizumab.errors import ModelError
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.kinds import (
    CENTRAL_KEPT,
    CENTRAL_SET,
    CLEARANCE_FACTOR,
    CLEARANCE_SCALE,
    DEPOT_ADDED,
    INFUSION_SET,
    PERIPHERAL_SET,
    PUT_DRUG_IN,
    UNWATCH,
    VOLUME_SCALE,
    WATCH,
)
from natalizumab.pharmacology.parameters import Population, published
from natalizumab.pharmacology.regimen import FARTHEST_DAY, Input, Route

Change = tuple[float, int, float]
"""Day, kind and value."""


JUST_BEFORE = 1e-13
"""Days."""

PUTS_DRUG_IN = np.zeros(INFUSION_SET + 1, dtype=bool)
"""The same by kind (``kinds.PUT_DRUG_IN``)."""
PUTS_DRUG_IN[[*PUT_DRUG_IN]] = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """``days``, ``kinds`` and ``values`` of all changes; those of history n stand from ``starts[n]`` to ``ends[n]``."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    days: NDArray[np.float64]
    kinds: NDArray[np.int64]
    values: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.starts)

    def of(self, histories: NDArray[np.int64]) -> Schedule:
        """One per person: the numbers of the histories that they have, in the order of the people."""
        return Schedule(self.starts[histories], self.ends[histories], self.days, self.kinds, self.values)

    def watches(self, window: tuple[float, float] | None) -> bool:
        """Whether summaries are taken in that window, in every history; without one, whether in none."""
        if window is None:
            return not (self.kinds == WATCH).any()
        days = (self.days[self.kinds == kind] for kind in (WATCH, UNWATCH))
        return all(
            found.size >= len(np.unique(self.starts)) and (found == day).all()
            for found, day in zip(days, window, strict=True)
        )


def schedule(
    histories: Sequence[History],
    bioavailability: float | None = None,
    watch: tuple[float, float] | None = None,
) -> Schedule:
    """The changes of each history; ``watch`` is a window of days within which summaries are taken."""
    known = published()
    share = known.bioavailability if bioavailability is None else bioavailability
    # Hypotheses about antibodies share their doses, which need be gone through but once.
    inputs = {id(history.inputs): history.inputs for history in histories}
    doses = {key: [*_doses(shared, known, share)] for key, shared in inputs.items()}
    lists = [sorted([*doses[id(history.inputs)], *_changes(history, known, watch)]) for history in histories]
    lengths = np.array([len(changes) for changes in lists], dtype=np.int64)
    ends = np.cumsum(lengths)
    flat = [change for changes in lists for change in changes]
    days, kinds, values = zip(*flat, strict=True) if flat else ((), (), ())
    return Schedule(
        ends - lengths,
        ends,
        np.array(days, dtype=np.float64),
        np.array(kinds, dtype=np.int64),
        np.array(values, dtype=np.float64),
    )


@dataclass(frozen=True, slots=True)
class AntibodiesOfMany:
    """When each person (people,) has antibodies: from ``start`` to ``end``, both infinite where there are never any.
    Meanwhile linear clearance is ``factor`` times as large.
    """

    start: NDArray[np.float64]
    end: NDArray[np.float64]
    factor: float


@dataclass(frozen=True, slots=True)
class DosesOfMany:
    """``days`` is of shape (people, doses), each row rising; NaN stands for a dose that was missed, and infusions have
    the label's length. ``amount_mg`` is the same for all, or each person's own (people,).
    """

    days: NDArray[np.float64]
    amount_mg: float | NDArray[np.float64]
    route: Route = "iv"


def schedule_of_doses(
    *doses: DosesOfMany, bioavailability: float | None = None, antibodies: AntibodiesOfMany | None = None
) -> Schedule:
    """The schedule of very many people who are only given doses, without an object for each of them.

    Several of them come one after the other. Raises ModelError for days that do not rise, and for infusions of one
    person that overlap: those are for ``History``.
    """
    known = published()
    latest: float | NDArray[np.float64] = -np.inf
    share = known.bioavailability if bioavailability is None else bioavailability
    tables = []
    for some in doses:
        rows, each = np.asarray(some.days, dtype=np.float64), np.asarray(some.amount_mg, dtype=np.float64)
        model_dose = Input(0.0, float(each.max(initial=0.0)), some.route)
        length = model_dose.end if some.route == "iv" else known.lag_days
        latest = _checked(rows, each, length, latest)
        mg = np.broadcast_to(each.reshape(-1, 1), rows.shape)
        if some.route == "iv":
            tables.append(_of_infusions(rows, rows + length, mg))
        else:
            tables.append(_Changes(rows + length, np.full(rows.shape, DEPOT_ADDED), share * mg))
    table = _Changes.one_after_the_other(tables)
    return (table if antibodies is None else _of_antibodies(antibodies).beside(table)).schedule()


def _checked(
    rows: NDArray[np.float64], amounts: NDArray[np.float64], length: float, latest: NDArray[np.float64] | float
) -> NDArray[np.float64]:
    """The end of each person's last dose (people, 1), if before was ``latest`` and a dose takes ``length`` days."""
    given = np.isfinite(rows)
    if rows.ndim != 2 or (np.abs(rows[given]) > FARTHEST_DAY).any():
        raise ModelError(f"doses: days must be rows of numbers within {FARTHEST_DAY:g} days of the origin")
    ends = np.where(given, rows + length, -np.inf)
    before = np.maximum.accumulate(np.column_stack([np.broadcast_to(latest, (len(rows), 1)), ends]), axis=1)
    if (given & (rows < before[:, :-1])).any():
        raise ModelError("doses: the days of a person must rise, and infusions must not overlap")
    if amounts.ndim and (amounts.shape != (len(rows),) or not (amounts >= 0).all()):
        raise ModelError("doses: give one amount in mg for all, or one of 0 or more per person")
    return before[:, -1:]


@dataclass(frozen=True, slots=True)
class _Changes:
    """Tables (people, changes), each row rising in time; NaN for a day on which nothing happens."""

    days: NDArray[np.float64]
    kinds: NDArray[np.int64]
    values: NDArray[np.float64]

    @classmethod
    def one_after_the_other(cls, tables: Sequence[_Changes]) -> _Changes:
        if len(tables) == 1:
            return tables[0]
        return cls(
            np.concatenate([one.days for one in tables], axis=1),
            np.concatenate([one.kinds for one in tables], axis=1),
            np.concatenate([one.values for one in tables], axis=1),
        )

    def beside(self, other: _Changes) -> _Changes:
        """Both, in order of time; on one day those of this table come first."""
        both = _Changes.one_after_the_other([self, other])
        order = np.argsort(both.days, axis=1, kind="stable")
        return _Changes(
            np.take_along_axis(both.days, order, axis=1),
            np.take_along_axis(both.kinds, order, axis=1),
            np.take_along_axis(both.values, order, axis=1),
        )

    def schedule(self) -> Schedule:
        kept = np.isfinite(self.days)
        if kept.all():
            ends = np.arange(1, len(self.days) + 1, dtype=np.int64) * self.days.shape[1]
            return Schedule(
                ends - self.days.shape[1], ends, self.days.ravel(), self.kinds.ravel(), self.values.ravel()
            )  # fmt: skip
        ends = np.cumsum(kept.sum(axis=1), dtype=np.int64)
        starts = np.concatenate([[0], ends[:-1]]).astype(np.int64)
        return Schedule(starts, ends, self.days[kept], self.kinds[kept], self.values[kept])


def _of_infusions(starts: NDArray[np.float64], ends: NDArray[np.float64], mg: NDArray[np.float64]) -> _Changes:
    shape = (len(starts), 2 * starts.shape[1])
    days, values = np.empty(shape), np.zeros(shape)
    days[:, ::2], days[:, 1::2], values[:, ::2] = starts, ends, mg / (ends - starts)
    return _Changes(days, np.full(shape, INFUSION_SET, dtype=np.int64), values)


def _of_antibodies(of_many: AntibodiesOfMany) -> _Changes:
    days = np.stack([of_many.start, of_many.end], axis=1)
    values = np.broadcast_to([of_many.factor, 1.0], days.shape)
    days = np.where(np.isfinite(days), days, np.nan)
    return _Changes(days, np.full(days.shape, CLEARANCE_FACTOR, dtype=np.int64), values)


def joined(schedules: Sequence[Schedule]) -> Schedule:
    """The histories of all of them, one after the other."""
    before = np.cumsum([0, *(len(one.days) for one in schedules[:-1])])
    return Schedule(
        np.concatenate([one.starts + shift for one, shift in zip(schedules, before, strict=True)]),
        np.concatenate([one.ends + shift for one, shift in zip(schedules, before, strict=True)]),
        *(np.concatenate([getattr(one, name) for one in schedules]) for name in ("days", "kinds", "values")),
    )


def _doses(inputs: Sequence[Input], known: Population, share: float) -> Iterator[Change]:
    for dose in inputs:
        if dose.route == "sc" and dose.amount_mg > 0:
            yield dose.day + known.lag_days, DEPOT_ADDED, share * dose.amount_mg
    yield from _infusions(inputs)


def _changes(history: History, known: Population, watch: tuple[float, float] | None) -> Iterator[Change]:
    """All but the doses."""
    for removal in history.removals:
        yield removal.day, CENTRAL_KEPT, 1 - removal.fraction
    yield from _weights(history, known)
    yield from _antibodies(history)
    if history.start:
        begun = _just_before(history.start.day)
        yield begun, CENTRAL_SET, history.start.concentration_mg_per_l
        yield begun, PERIPHERAL_SET, history.start.peripheral
    if watch:
        yield watch[0], WATCH, 0.0
        yield watch[1], UNWATCH, 0.0


def _infusions(inputs: Sequence[Input]) -> Iterator[Change]:
    """What flows in from each start and end of an infusion; added up anew each time, so that no rounding is left."""
    edges: list[tuple[float, float, bool]] = []
    for dose in inputs:
        if dose.route == "iv" and dose.amount_mg > 0:
            end = dose.end
            rate = dose.amount_mg / (end - dose.day)
            edges += [(dose.day, rate, True), (end, rate, False)]
    flowing: list[float] = []
    for day, together in groupby(sorted(edges), key=itemgetter(0)):
        for _, rate, starts in together:
            if starts:
                flowing.append(rate)
            else:
                flowing.remove(rate)
        yield day, INFUSION_SET, math.fsum(flowing)


def _just_before(day: float) -> float:
    """What is read off at a moment is what was there before its changes: a known start is to be there by then."""
    return day - max(JUST_BEFORE, math.ulp(day))


def _weights(history: History, known: Population) -> Iterator[Change]:
    first = True
    for day, kg in dict(sorted(history.weights, key=itemgetter(0))).items():
        since = _just_before(day) if history.start and day == history.start.day else day
        since = -math.inf if first else since
        yield since, CLEARANCE_SCALE, known.scale_of_cl(kg)
        yield since, VOLUME_SCALE, known.scale_of_vc(kg)
        first = False


def _antibodies(history: History) -> Iterator[Change]:
    """The factor on clearance at every start and end of a period. Of those that start together, the largest decides."""
    periods = sorted(history.antibodies, key=lambda period: (period.start, period.factor))
    for day in sorted({day for period in periods for day in (period.start, period.end) if math.isfinite(day)}):
        there = [period.factor for period in periods if period.start <= day < period.end]
        yield day, CLEARANCE_FACTOR, there[-1] if there else 1.0
