"""The events that stand once corrections are resolved, sorted once and sliced for each date asked about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise
from operator import attrgetter
from typing import Any, TypeVar, cast

from natalizumab.record.doses import Administration, administrations
from natalizumab.record.events import Dose, Event, Lab
from natalizumab.record.known import known

Dated = TypeVar("Dated", bound=Any)
Answer = TypeVar("Answer")
Gap = tuple[Administration, Administration]
"""A dose, and the one that followed it."""


class Standing:
    """What was ``done`` and what is ``planned``, each in canonical order."""

    def __init__(self, ordered: Sequence[Event]) -> None:
        self.done: tuple[Event, ...] = tuple([event for event in ordered if not event.planned])
        self.planned: tuple[Event, ...] = tuple([event for event in ordered if event.planned])
        self._about: defaultdict[Callable[[Any], object], dict[str, Any]] = defaultdict(dict)
        self._each: dict[tuple[str, Callable[[Any], object]], tuple[Any, ...]] = {}
        self._labs: dict[tuple[str, ...], tuple[Lab, ...]] = {}
        self._covered: dict[tuple[float, float], tuple[float, ...]] = {}
        self._gaps: dict[float, tuple[Gap, ...]] = {}

    @cached_property
    def by_kind(self) -> dict[str, tuple[Event, ...]]:
        """What was done, by kind."""
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.done:
            found[event.kind].append(event)
        return {kind: tuple(events) for kind, events in found.items()}

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each event that was done stands in their order, by reference."""
        return {event.ref: number for number, event in enumerate(self.done)}

    @cached_property
    def doses(self) -> tuple[Administration, ...]:
        """All doses given. A day's dose depends on that day alone, so a date's doses are the first so many of these."""
        return administrations(cast("tuple[Dose, ...]", self.by_kind.get("dose", ())))

    def about(self, event: Dated, question: Callable[[Dated], Answer]) -> Answer:
        """The answer to a question about one of these events alone, worked out once, whatever the date asked about."""
        return known(self._about[question], event.ref, lambda _: question(event))

    def each(self, kind: str, question: Callable[[Sequence[Any]], Sequence[Answer]]) -> tuple[Answer, ...]:
        """What a question says of each event of a kind, asked once for all dates.

        It is asked of all of them together, and what it says of one may depend on those before it, but on no later one.
        """
        return known(self._each, (kind, question), self._ask_of_each)

    def labs(self, tests: tuple[str, ...]) -> tuple[Lab, ...]:
        """The results of the blood tests of these names."""
        return known(self._labs, tests, self._results)

    @cached_property
    def days_of_doses(self) -> frozenset[date]:
        """The days on which a dose was given."""
        return frozenset([dose.day for dose in self.doses])

    @cached_property
    def apart(self) -> tuple[int, ...]:
        """The days from each dose to the next."""
        return tuple([(after.day - before.day).days for before, after in pairwise(self.doses)])

    def covered(self, each: float, before: float) -> tuple[float, ...]:
        """The days covered by the time of each dose if one covers ``each`` at most; ``before``: those at the first."""
        return known(self._covered, (each, before), self._cover)

    def gaps(self, days: float) -> tuple[Gap, ...]:
        """The doses at least so many days apart, each with the one that followed."""
        return known(self._gaps, days, self._at_least)

    def _ask_of_each(self, asked: tuple[str, Callable[[Sequence[Any]], Sequence[Any]]]) -> tuple[Any, ...]:
        kind, question = asked
        return tuple(question(self.by_kind.get(kind, ())))

    def _results(self, tests: tuple[str, ...]) -> tuple[Lab, ...]:
        return tuple([lab for lab in cast("tuple[Lab, ...]", self.by_kind.get("lab", ())) if lab.test in tests])

    def _cover(self, asked: tuple[float, float]) -> tuple[float, ...]:
        each, before = asked
        return tuple(accumulate([min(days, each) for days in self.apart], initial=before))

    def _at_least(self, days: float) -> tuple[Gap, ...]:
        return tuple([pair for pair, apart in zip(pairwise(self.doses), self.apart, strict=True) if apart >= days])


def upto(dated: tuple[Dated, ...], on: date) -> tuple[Dated, ...]:
    """Those of ``dated``, sorted by day, whose day is ``on`` or earlier."""
    return dated[: bisect_right(dated, on, key=_day)]


def last_until(dated: tuple[Dated, ...], day: date) -> Dated | None:
    """The last of ``dated``, sorted by day, of that day or before it."""
    count = bisect_right(dated, day, key=_day)
    return dated[count - 1] if count else None


def since(dated: tuple[Dated, ...], first: date) -> tuple[Dated, ...]:
    """Those of ``dated``, sorted by day, whose day is ``first`` or later."""
    return dated[bisect_left(dated, first, key=_day) :]


_day = attrgetter("day")
