"""What a rule may return: a reason, a thing to do, a note. What the plan shows is made from these and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from typing import Protocol as Shape

import msgspec


class Effect(IntEnum):
    """How grave a finding is; the gravest reason decides. DUE and INFO never stand in ``decision`` by themselves."""

    INFO = 0
    DUE = 1
    CONFIRM = 2
    HOLD = 3
    STOP = 4

    @property
    def word(self) -> str:
        """The word that the plan uses: ``confirm``, ``hold`` …"""
        return ("info", "due", "confirm", "hold", "stop")[self]


class Fact(Shape):
    """Anything of the record that a finding can rest on: every event has a reference and a day."""

    @property
    def ref(self) -> str: ...

    @property
    def day(self) -> date: ...


class Reason(msgspec.Struct, frozen=True):
    """Why a dose may not simply be given.

    ``effect`` is the rule's own unless given. ``order`` names the other order (a vaccine, a second drug, a sample) that
    this holds instead of the dose. ``not_before`` marks a waiting time, the only thing that time alone lifts.
    ``since``: the day on which it became graver; a decision of an earlier day was about something milder.
    """

    text: str
    facts: Sequence[Fact] = ()
    effect: Effect | None = None
    order: str | None = None
    not_before: date | None = None
    since: date | None = None


class Item(msgspec.Struct, frozen=True):
    """A thing to do, from ``window_from`` (first day) to ``due`` (last day).

    ``not_before`` is the first day on which it can validly be done. A ``prompt`` is never overdue and never decides.
    """

    action: str
    text: str
    due: date
    window_from: date | None = None
    not_before: date | None = None
    facts: Sequence[Fact] = ()
    prompt: bool = False


class Note(msgspec.Struct, frozen=True):
    """A thing to show: a conflict, evidence, a risk in words, an offer."""

    text: str
    facts: Sequence[Fact] = ()


Finding = Reason | Item | Note
