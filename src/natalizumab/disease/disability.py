"""Worsening of disability that lasts: a rise of the EDSS, confirmed after twelve weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from natalizumab.evidence import value
from natalizumab.record import Edss


@dataclass(frozen=True, slots=True)
class Worsening:
    """``reference`` is the score that a later one, ``first``, exceeds by enough; ``confirmed`` says that it lasted."""

    reference: Edss
    first: Edss
    confirmed: Edss


def worsening(scores: Sequence[Edss], since: date) -> Worsening | None:
    """The first confirmed worsening after ``since``, against the last score up to then (else the first after it).

    ``scores`` are in order of time. Every score from the rise to its confirmation must be as high.
    """
    before = [score for score in scores if score.day <= since]
    after = [score for score in scores if score.day > since]
    reference = before[-1] if before else next(iter(after), None)
    if reference is None:
        return None
    wanted = reference.score + least_rise(reference.score)
    lasting = timedelta(weeks=value("disease.confirmed_after").value)
    first: Edss | None = None
    for score in after:
        if score.score < wanted:
            first = None
        elif first is None:
            first = score
        elif score.day - first.day >= lasting:
            return Worsening(reference, first, score)
    return None


def least_rise(score: float) -> float:
    """How far the EDSS must rise from that score."""
    step = "from_0" if score < 1 else "from_1" if score < 6 else "from_6"
    return float(value(f"disease.worsening.{step}").value)
