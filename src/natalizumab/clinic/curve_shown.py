"""A person's curve for the pages: the part of their page that follows by itself, as the posterior takes a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from natalizumab.clinic import solver_ready
from natalizumab.clinic.own_curve import Key, NoCurve, OwnCurve, own_curve

PATIENCE_SECONDS = 2.0
"""How long a page waits for a solver that is being loaded: more than loading takes, and less than compiling."""

PREPARING = "The model is being compiled on this machine, which takes some fifteen seconds and happens once."

UNREADABLE = "Cannot say: the record cannot be read."


@dataclass(frozen=True)
class CurveShown:
    """The curve, or why there is none; ``preparing``: because the solver is not ready yet.

    ``was_due`` is the day on which the next dose was due, where that is past.
    """

    curve: OwnCurve | None
    no_curve: str
    preparing: bool
    was_due: date | None


def curve_shown(key: Key | None) -> CurveShown:
    """The curve that a key stands for."""
    if key is None:
        return CurveShown(None, UNREADABLE, False, None)
    was_due = key.next_due if key.next_due and key.next_due < key.on else None
    if not solver_ready.ready(PATIENCE_SECONDS):
        return CurveShown(None, PREPARING, True, was_due)
    try:
        return CurveShown(own_curve(key), "", False, was_due)
    except NoCurve as refusal:
        return CurveShown(None, str(refusal), False, was_due)
