"""The order of events, whatever their order in the file.

By day; on one day, events that carry only the date come before timed ones, and timed ones follow their instants. Among
events that this leaves equal, the order of ``KIND_ORDER`` decides: what changes how the day's dose is read comes before
the dose, and what the dose caused comes after it. A level dated only by day therefore counts as taken before that
day's dose (a trough), and a sample of blood as taken after that day's plasma exchange (so it is doubted, not trusted).

Two events of one kind at one moment are ordered by when they were entered, then with the graver last, so that "the
last" is never the reassuring one by accident; then by reference, which depends on nothing but the content.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from natalizumab.record.events import Antibody, Diagnosis, Event, Jcv

KIND_ORDER = (
    # Who the person is that day.
    "diagnosis",
    "allergy",
    "pregnancy",
    "breastfeeding",
    "weight",
    # What went before, and what was done beside natalizumab.
    "earlier_treatment",
    "therapy",
    "procedure",
    "vaccine",
    # How the person is.
    "symptom",
    "relapse",
    "edss",
    "fatigue",
    "selfcheck",
    # What was measured.
    "lab",
    "serology",
    "jcv",
    "antibody",
    "concentration",
    "csf",
    "mri",
    "unmapped",
    # What was asked, agreed and decided.
    "form",
    "checklist",
    "authorisation",
    "review",
    "decision",
    "interval",
    # The dose, and what followed.
    "dose",
    "reaction",
    "stop",
    "followup",
    "withdrawal",
)

_RANK = {kind: rank for rank, kind in enumerate(KIND_ORDER)}
_GRAVER_LAST = {
    Jcv: ("indeterminate", "negative", "positive"),
    Antibody: ("negative", "positive"),
    Diagnosis: ("excluded", "history", "suspected", "confirmed"),
}
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def canonical(event: Event) -> tuple[Any, ...]:
    """The key that sorts events into their order."""
    at = event.at
    return (
        event.day,
        at is not None,
        at or _LONG_AGO,
        _RANK[event.kind],
        event.entered or _LONG_AGO,
        _gravity(event),
        event.ref,
        event.on_text,
        event.note or "",
    )


def moment(event: Event) -> tuple[date, bool, datetime]:
    """When it happened, as far as the record says: equal for events whose order nobody stated."""
    return event.day, event.at is not None, event.at or _LONG_AGO


def _gravity(event: Event) -> tuple[int, float]:
    if isinstance(event, Jcv):
        return _GRAVER_LAST[Jcv].index(event.result), float(event.index or 0)
    if isinstance(event, Antibody):
        return _GRAVER_LAST[Antibody].index(event.result), 0.0
    if isinstance(event, Diagnosis):
        return _GRAVER_LAST[Diagnosis].index(event.status or "confirmed"), 0.0
    return 0, 0.0
