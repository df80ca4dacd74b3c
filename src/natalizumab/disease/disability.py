"""Worsening of disability that lasts: a rise of the EDSS, confirmed after twelve weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from natalizumab.evidence import value
from natalizumab.record import Edss, Relapse
from natalizumab.record.dates import add_months


@dataclass(frozen=True, slots=True)
class Worsening:
    """A later score, ``first``, exceeds ``reference`` by enough; ``confirmed`` shows that it lasted.

    Without ``confirmed`` every score since is as high, and the one that confirms it is still to come.
    """

    reference: Edss
    first: Edss
    confirmed: Edss | None


def worsenings(scores: Sequence[Edss], since: date, relapses: Sequence[Relapse] = ()) -> tuple[Worsening, ...]:
    """Every worsening after ``since``, in order of time; only the last can be unconfirmed. ``scores`` are in order too.

    Every score from the rise to its confirmation must be as high, and a score soon after a relapse confirms nothing:
    what a relapse leaves shows later. After a confirmed worsening the next one counts from there.
    """
    return worsenings_from(reference_score(scores, since, relapses), scores, since, relapses)


def worsenings_from(
    reference: Edss | None, scores: Sequence[Edss], since: date, relapses: Sequence[Relapse]
) -> tuple[Worsening, ...]:
    """The same, where the score to compare with is known; without one there is no worsening."""
    if reference is None:
        return ()
    rise = least_rise(reference.score)
    found: list[Worsening] = []
    first: Edss | None = None
    for score in scores:
        if score.day <= since or score.day <= reference.day:
            continue
        if score.score < reference.score + rise:
            first = None
        elif first is None:
            first = score
        elif _lasted(first, score) and steady(score, relapses):
            found.append(Worsening(reference, first, score))
            reference, first, rise = score, None, least_rise(score.score)
    if first is not None:
        found.append(Worsening(reference, first, None))
    return tuple(found)


def reference_score(scores: Sequence[Edss], since: date, relapses: Sequence[Relapse] = ()) -> Edss | None:
    """The last score in the year up to ``since``, else the first after it; none that a relapse had just raised."""
    oldest = add_months(since, -value("disease.reference_score_for").value)
    recent = [score for score in scores if score.day >= oldest]
    before = [score for score in reversed(recent) if score.day <= since]
    return next((score for score in (*before, *recent) if steady(score, relapses)), None)


def steady(score: Edss, relapses: Sequence[Relapse]) -> bool:
    """Whether no relapse began in the weeks before the score, or on its day."""
    clouded = timedelta(days=value("disease.relapse_clouds_score").value)
    return not any(relapse.day <= score.day <= relapse.day + clouded for relapse in relapses)


def least_rise(score: float) -> float:
    """How far the EDSS must rise from that score."""
    steps = zip(value("disease.worsening.from").value, value("disease.worsening.rise").value, strict=True)
    return float([rise for lowest, rise in steps if score >= lowest][-1])


def _lasted(first: Edss, later: Edss) -> bool:
    return later.day - first.day >= timedelta(weeks=value("disease.confirmed_after").value)
