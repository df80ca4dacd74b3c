"""Which antibody results against JC virus may be believed, and why not the others.

A result is doubted, never dropped: every reading is returned with its reason. The published risk tables belong to one
assay, so each reading also names its assay as the vocabulary knows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec

from natalizumab.evidence import value, vocabulary
from natalizumab.record.dates import add_months
from natalizumab.record.events import Event, Jcv, Procedure, Therapy

STRATIFY = "STRATIFY"


class JcvReading(msgspec.Struct, frozen=True):
    """One antibody result with its judgement.

    ``assay`` is the vocabulary's name where it is known (``known_assay``), else as written. ``contradictory``: the
    result and the index can't both be true. ``because``: the events that make the sample invalid.
    """

    event: Jcv
    assay: str
    known_assay: bool
    valid: bool
    why_not: str | None = None
    contradictory: bool = False
    because: tuple[Event, ...] = ()

    @property
    def day(self) -> date:
        """The day of the sample."""
        return self.event.day

    @property
    def result(self) -> str:
        """positive, negative or indeterminate, as reported."""
        return self.event.result

    @property
    def index(self) -> float | None:
        """The index as reported; its meaning depends on the assay."""
        return self.event.index


Disturbing = tuple[Procedure | Therapy, frozenset[str]]


def readings(results: Iterable[Any], treatments: Sequence[Disturbing]) -> tuple[JcvReading, ...]:
    """The results in their order, each judged. ``treatments`` are those done; one that is planned changes no sample."""
    return tuple([_judge(result, treatments) for result in results])


def undisturbed(results: Iterable[Any]) -> tuple[JcvReading, ...]:
    """The same where no treatment disturbs a sample."""
    return readings(results, ())


def disturbing(treatments: Iterable[Any]) -> list[Disturbing | None]:
    """Each treatment that can make a sample invalid, with the groups that it belongs to; None for the others."""
    return [(event, groups) if (groups := _groups(event)) else None for event in treatments]


def _judge(result: Jcv, treatments: Sequence[Disturbing]) -> JcvReading:
    term = vocabulary("assays").find(result.assay)
    assay = term.name if term else result.assay
    contradiction = _contradiction(result) if assay == STRATIFY else None
    disturbed = [(event, why) for event, groups in treatments if (why := _disturbed(result, event, groups))]
    reasons = [why for _, why in disturbed] + ([contradiction] if contradiction else [])
    return JcvReading(
        event=result,
        assay=assay,
        known_assay=term is not None,
        valid=not reasons,
        why_not="; ".join(reasons) or None,
        contradictory=contradiction is not None,
        because=tuple(event for event, _ in disturbed),
    )


def _contradiction(result: Jcv) -> str | None:
    """Why result and index of the STRATIFY assay can't both be true."""
    if result.index is None:
        return None
    positive_above = value("serology.stratify.positive_above").value
    negative_below = value("serology.stratify.negative_below").value
    if result.result == "negative" and result.index > positive_above:
        return f"negative contradicts the index {result.index}, which is above {positive_above}"
    if result.result == "positive" and result.index < negative_below:
        return f"positive contradicts the index {result.index}, which is below {negative_below}"
    return None


def _disturbed(result: Jcv, event: Procedure | Therapy, groups: frozenset[str]) -> str | None:
    """Why the treatment makes the sample invalid: it removes antibodies, or brings in those of other people."""
    if _clearly_before(result, event):
        return None
    last_day = event.until if isinstance(event, Therapy) else event.day
    if last_day is None or result.day <= last_day:
        return (
            f"the sample was taken during {event.name} (since {event.day})"
            if event.day != result.day
            else (f"the sample was taken on the day of {event.name}")
        )
    if "plasma exchange" in groups:
        days = value("serology.invalid_after.plasma_exchange").value
        if result.day < last_day + timedelta(days=days):
            return f"the sample was taken within {days} days after {event.name} on {last_day}"
    if "immunoglobulin" in groups:
        months = value("serology.invalid_after.immunoglobulin").value
        if result.day < add_months(last_day, months):
            return f"the sample was taken within {months} months after {event.name} on {last_day}"
    return None


def _clearly_before(result: Jcv, event: Event) -> bool:
    """On one day, only two stated times say that the sample came first."""
    if result.at is not None and event.at is not None:
        return result.at < event.at
    return result.day < event.day


def _groups(event: Procedure | Therapy) -> frozenset[str]:
    term = vocabulary("procedures").find(event.name)
    return term.groups & {"plasma exchange", "immunoglobulin"} if term else frozenset()
