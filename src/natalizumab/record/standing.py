"""The events that stand once corrections are resolved, sorted once and sliced for each date asked about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from itertools import accumulate, count, pairwise
from operator import attrgetter
from typing import Any, TypeVar, cast

from natalizumab.record.doses import Administration, administrations
from natalizumab.record.events import Dose, Event, Lab
from natalizumab.record.known import Known

Dated = TypeVar("Dated", bound=Any)
Kind = TypeVar("Kind", bound=Event)
Question = Callable[[Sequence[Any]], Sequence[Any]]


class Standing:
    """What was ``done`` and what is ``planned``, each in canonical order, and what one may ask of it on any date.

    ``labs[tests]``: the results of the blood tests of these names. ``each[kind, question]``: what a question says of
    each event of a kind; it is asked of all of them together, and what it says of one may depend on those before it,
    but on no later one. ``told[question]``: what a question says of an event alone, by reference, to be added to.
    """

    def __init__(self, ordered: Sequence[Event]) -> None:
        self.done: tuple[Event, ...] = tuple([event for event in ordered if not event.planned])
        self.planned: tuple[Event, ...] = tuple([event for event in ordered if event.planned])
        self.by_kind = by_kind = _grouped(self.done, attrgetter("kind"))
        labs = cast("tuple[Lab, ...]", by_kind.get("lab", ()))
        by_test = _grouped(labs, attrgetter("test"))
        self.labs: Known[tuple[str, ...], tuple[Lab, ...]] = Known(lambda tests: _of_tests(tests, by_test, labs))
        self.each: Known[tuple[str, Question], tuple[Any, ...]] = Known(
            lambda asked: tuple(asked[1](by_kind.get(asked[0], ())))
        )
        self._places: dict[str, int] = {}
        self.told: defaultdict[Callable[[Any], object], dict[str, Any]] = defaultdict(dict)

    def place(self, event: Event) -> int:
        """Where an event that was done stands in their order; few are ever asked about."""
        found = self._places.get(event.ref)
        if found is None:
            later = count(bisect_left(self.done, event.day, key=_day))
            found = self._places[event.ref] = next(number for number in later if self.done[number].ref == event.ref)
        return found

    @cached_property
    def given(self) -> Given:
        """The doses given."""
        return Given(administrations(cast("tuple[Dose, ...]", self.by_kind.get("dose", ()))))


class Given:
    """All doses given, and what lies between them.

    A day's dose depends on that day alone, so a date's doses are the first so many of these. ``in_order`` are their
    days, and ``days`` the same for looking one up; ``apart`` are the days from each to the next.
    ``covered[each, before]``: the days covered by the time of each dose if one covers ``each`` at most, with ``before``
    at the first. ``gaps[days]``: those at least so many days apart, each with the one that followed.
    """

    def __init__(self, doses: tuple[Administration, ...]) -> None:
        apart = [(after.day - before.day).days for before, after in pairwise(doses)]
        self.doses = doses
        self.in_order = tuple([dose.day for dose in doses])
        self.days = frozenset(self.in_order)
        self.apart = tuple(apart)
        self.covered: Known[tuple[float, float], tuple[float, ...]] = Known(
            lambda asked: tuple(accumulate([min(days, asked[0]) for days in apart], initial=asked[1]))
        )
        self.gaps: Known[float, tuple[tuple[Administration, Administration], ...]] = Known(
            lambda least: tuple([pair for pair, days in zip(pairwise(doses), apart, strict=True) if days >= least])
        )


def _grouped(events: Sequence[Kind], name: Callable[[Kind], str]) -> dict[str, tuple[Kind, ...]]:
    found: defaultdict[str, list[Kind]] = defaultdict(list)
    for event in events:
        found[name(event)].append(event)
    return {name: tuple(events) for name, events in found.items()}


def _of_tests(tests: tuple[str, ...], by_test: dict[str, tuple[Lab, ...]], labs: tuple[Lab, ...]) -> tuple[Lab, ...]:
    return by_test.get(tests[0], ()) if len(tests) == 1 else tuple([lab for lab in labs if lab.test in tests])


def upto(dated: tuple[Dated, ...], on: date) -> tuple[Dated, ...]:
    """Those of ``dated``, sorted by day, whose day is ``on`` or earlier."""
    return dated[: bisect_right(dated, on, key=_day)]


def since(dated: tuple[Dated, ...], first: date) -> tuple[Dated, ...]:
    """Those of ``dated``, sorted by day, whose day is ``first`` or later."""
    return dated[bisect_left(dated, first, key=_day) :]


_day = attrgetter("day")
