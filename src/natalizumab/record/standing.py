"""The events that stand once corrections are resolved, sorted once and sliced for each date asked about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from natalizumab.record.doses import Administration, administrations
from natalizumab.record.events import Dose, Event

Dated = TypeVar("Dated", bound=Any)


class Standing:
    """What was ``done`` and what is ``planned``, each in canonical order."""

    def __init__(self, ordered: Sequence[Event]) -> None:
        self.done: tuple[Event, ...] = tuple(event for event in ordered if not event.planned)
        self.planned: tuple[Event, ...] = tuple(event for event in ordered if event.planned)

    @cached_property
    def by_kind(self) -> dict[str, tuple[Event, ...]]:
        """What was done, by kind."""
        found: dict[str, list[Event]] = {}
        for event in self.done:
            found.setdefault(event.kind, []).append(event)
        return {kind: tuple(events) for kind, events in found.items()}

    @cached_property
    def doses(self) -> tuple[Administration, ...]:
        """All doses given. A day's dose depends on that day alone, so a date's doses are the first so many of these."""
        return administrations([event for event in self.by_kind.get("dose", ()) if isinstance(event, Dose)])


def upto(dated: tuple[Dated, ...], on: date) -> tuple[Dated, ...]:
    """Those of ``dated``, sorted by day, whose day is ``on`` or earlier."""
    return dated[: bisect_right(dated, on, key=lambda each: each.day)]
