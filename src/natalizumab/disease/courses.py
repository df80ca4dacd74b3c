"""The course of EDSS and fatigue: each scale at the start, at the rebaseline scan, and last. Nothing is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from natalizumab.disease.rebaseline import began, rebaseline
from natalizumab.evidence import value
from natalizumab.record import Course, Edss, Fatigue
from natalizumab.record.dates import add_months

Score = Edss | Fatigue


@dataclass(frozen=True, slots=True)
class ScaleCourse:
    """One scale: the last score up to the start, that nearest the rebaseline scan, and the latest one.

    ``at_start`` and ``at_rebaseline`` are None where nobody scored then.
    """

    scale: str
    at_start: Score | None
    at_rebaseline: Score | None
    latest: Score

    @property
    def change(self) -> float | None:
        """The latest score less that at the start; None without one, or without a later one."""
        if self.at_start is None or self.latest.day <= self.at_start.day:
            return None
        return float(self.latest.score - self.at_start.score)


def scale_courses(course: Course) -> tuple[ScaleCourse, ...]:
    """EDSS first, then every fatigue scale by name, as the record has them."""
    return course.once(_scale_courses)


def _scale_courses(course: Course) -> tuple[ScaleCourse, ...]:
    start, scan = began(course), rebaseline(course)
    edss = cast("tuple[Edss, ...]", course.of("edss"))
    fatigue = cast("tuple[Fatigue, ...]", course.of("fatigue"))
    names = course.each("fatigue", _scales)
    scales: list[tuple[str, Sequence[Score]]] = [("EDSS", edss)] if edss else []
    for name in sorted(set(names)):
        scores = [score for score, scale in zip(fatigue, names, strict=True) if scale == name]
        scales.append((scores[-1].scale.strip(), scores))
    return tuple(
        ScaleCourse(scale, _at_start(scores, start), _nearest(scores, scan.day if scan else None), scores[-1])
        for scale, scores in scales
    )


def _scales(scores: Sequence[Fatigue]) -> list[str]:
    """The scale of each score, however it is spelled."""
    return [score.scale.strip().casefold() for score in scores]


def _at_start(scores: Sequence[Score], start: date | None) -> Score | None:
    before = [score for score in scores if start is not None and score.day <= start]
    return before[-1] if before else None


def _nearest(scores: Sequence[Score], day: date | None) -> Score | None:
    """The one nearest to that day, if any is near enough to speak for it."""
    if day is None:
        return None
    months = value("disease.year_seen_early").value
    first, last = add_months(day, -months), add_months(day, months)
    near = [score for score in scores if first <= score.day <= last]
    return min(near, key=lambda score: abs(score.day - day), default=None)
