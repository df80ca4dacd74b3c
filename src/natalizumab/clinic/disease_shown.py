"""What a person's page shows of disease activity: the sentence, a table by year, brain volume, EDSS and fatigue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from natalizumab.care.activity import brain_volume_words, not_counted, since_rebaseline, verdict
from natalizumab.disease import (
    Activity,
    BrainVolume,
    Period,
    ScaleCourse,
    activity,
    brain_volume,
    scale_courses,
)
from natalizumab.record import Course

RULES = frozenset({"ACT-01", "ACT-02", "ACT-03", "ACT-04"})
"""Their notes stand in this section and not among the others."""

_SAID = {True: "yes", False: "no", None: "cannot say"}


@dataclass(frozen=True, slots=True)
class Row:
    """One year, or all since the rebaseline scan, in words; ``why_not`` where something can't be said."""

    period: Period
    whole: bool
    relapses: str
    new_t2: str
    enhancing: str
    worsening: str
    neida: str
    neda_3: str
    why_not: str | None


@dataclass(frozen=True, slots=True)
class DiseaseShown:
    """The section's content. Without ``rows`` or a yearly change of brain volume, the texts say why."""

    activity: Activity
    text: str
    rows: list[Row]
    volume: BrainVolume
    volume_text: str
    courses: tuple[ScaleCourse, ...]


def disease_shown(course: Course) -> DiseaseShown:
    """All of it for one person on the course's date."""
    found, volume = activity(course), brain_volume(course)
    return DiseaseShown(
        activity=found,
        text=_text(found),
        rows=_rows(found),
        volume=volume,
        volume_text=" ".join(brain_volume_words(volume))
        if volume.change_per_year is not None
        else f"Cannot say, because {volume.why_not}.",
        courses=scale_courses(course),
    )


def _text(found: Activity) -> str:
    if found.whole is None:
        return f"Cannot say, because {found.why_not}."
    parts = [since_rebaseline(found), verdict(found.whole)]
    return " ".join([*parts, *([not_counted(found)] if found.not_counted else [])])


def _rows(found: Activity) -> list[Row]:
    """The whole time first, then the years, the latest first."""
    if found.whole is None:
        return []
    return [_row(found.whole, whole=True), *_years(found.years)]


def _years(years: Sequence[Period]) -> list[Row]:
    return [_row(year, whole=False) for year in reversed(years)]


def _row(period: Period, whole: bool) -> Row:
    return Row(
        period=period,
        whole=whole,
        relapses=_count(len(period.relapses)),
        new_t2=_count(period.new_t2),
        enhancing=_count(period.enhancing),
        worsening=_worse(period),
        neida=_SAID[period.neida],
        neda_3=_SAID[period.neda_3],
        why_not=period.why_not,
    )


def _count(number: int | None) -> str:
    return "not known" if number is None else str(number or "none")


def _worse(period: Period) -> str:
    found = period.worsening
    if found is None:
        return "none found" if period.scored else "not known"
    until = f"confirmed {found.confirmed.day}" if found.confirmed else "not confirmed yet"
    return f"EDSS {found.reference.score:g} to {found.first.score:g}, {until}"
