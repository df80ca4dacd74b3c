"""A rule of the table: an id, a plain function, the effect it may have, where it applies, and its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natalizumab.care.findings import Effect, Finding
from natalizumab.evidence import STATUSES

if TYPE_CHECKING:
    from natalizumab.care.case import Case
    from natalizumab.care.protocol import Protocol

EVERYWHERE = ("eu", "uk", "us")

PRESCRIBER = "prescriber"
"""Who alone may answer what needs one."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source, how well it was seen, and the jurisdictions for which it speaks."""

    key: str
    status: str
    applies: tuple[str, ...] = EVERYWHERE


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: ``function(case, protocol)`` yields what follows from the facts.

    ``source`` cites what carries the effect; a rule that rests on recalled sources alone is ``unverified`` and can at
    most ask for confirmation. ``uses`` names the protocol parameters behind it, so that their sources are shown too.
    ``leads``: its reasons come first among those of equal weight. ``invites``: its notes speak for a dose, and are not
    said while something else holds it. ``prescriber``: even what it only asks is for a prescriber to answer.
    """

    id: str
    function: Callable[[Case, Protocol], Iterable[Finding]]
    effect: Effect
    source: tuple[Cited, ...]
    title: str
    applies: tuple[str, ...] = EVERYWHERE
    uses: tuple[str, ...] = ()
    invites: bool = False
    leads: bool = False
    prescriber: bool = False

    def cited(self, jurisdiction: str) -> tuple[Cited, ...]:
        """The sources that speak for this jurisdiction."""
        return tuple(c for c in self.source if jurisdiction in c.applies)

    def needs(self, effect: Effect, unsigned: bool) -> str | None:
        """Who alone may answer a reason of this rule: a prescriber, or (None) anybody entitled, or nobody for a stop.

        A prescriber releases every hold, also one that is ``unsigned`` and therefore only asks.
        """
        if effect is Effect.STOP and not unsigned:
            return None
        return PRESCRIBER if effect >= Effect.HOLD or self.prescriber else None

    def status(self, jurisdiction: str) -> str:
        """The strongest status among the sources that carry the effect there."""
        return min((c.status for c in self.cited(jurisdiction)), key=STATUSES.index)

    def unverified(self, jurisdiction: str) -> bool:
        """Whether nothing but recalled sources carries the effect there."""
        return self.status(jurisdiction) == "recalled"
