"""Doses given elsewhere before the record begins, as far as what is on record allows to place them.

Where first dose and number are known, the doses are placed from the first on at the interval. Where either is unknown,
they are placed backwards from the first dose here; that is a guess, and allowed only once it has stopped to matter:
a steady state's time after the first dose here, nothing of what was given before is left to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK
from natalizumab.record import Course, EarlierTreatment


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The days on which doses are taken to have been given elsewhere, and what has to be said about it.

    ``vague_from`` (None: from ever) to ``vague_until``: a level of those days can't be compared with the model, as
    nobody knows how long after which dose it was taken. ``start_unknown``: so is how long the treatment had lasted.
    """

    days: tuple[date, ...]
    vague_from: date | None
    vague_until: date
    start_unknown: bool
    warnings: tuple[str, ...]

    def vague(self, day: date) -> bool:
        """Whether a level of that day is one that can't be compared."""
        return (self.vague_from is None or self.vague_from <= day) and day <= self.vague_until


def doses_elsewhere(course: Course) -> tuple[Elsewhere, ...]:
    """One for each entry of earlier treatment. Raises ModelError where too much depends on what is unknown."""
    entries = cast("tuple[EarlierTreatment, ...]", course.of("earlier_treatment"))
    found = sorted((_placed(entry, course) for entry in entries), key=lambda one: one.vague_until)
    spans = sorted((one.days[0], one.days[-1]) for one in found if one.days)
    for (_, end), (start, _) in pairwise(spans):
        if start <= end:
            raise ModelError(
                f"Cannot say: two entries of earlier treatment both put doses on {start} to {end}; correct one of them."
            )
    return tuple(found)


def _placed(entry: EarlierTreatment, course: Course) -> Elsewhere:
    here = _first_dose_here(entry, course)
    weeks, said = _interval(entry)
    if entry.first_dose is not None and entry.doses is not None:
        days, left_out = _forwards(entry.first_dose, entry.doses, weeks, min(here - timedelta(days=1), entry.day))
        return Elsewhere(days, entry.first_dose, here, False, _words_known(days, left_out, here, weeks, said))
    settled = here + timedelta(weeks=_steady_state_weeks())
    unknown = _unknown(entry)
    if course.on < settled:
        raise ModelError(
            f"Cannot say: natalizumab was given elsewhere before {here}, and {unknown} is not on record; until "
            f"{settled} the concentration depends on it. Enter it, or the doses of the last half year themselves."
        )
    days = _backwards(entry, here, weeks)
    return Elsewhere(days, entry.first_dose, settled, True, (_words_unknown(unknown, days, here, settled, said),))


def _first_dose_here(entry: EarlierTreatment, course: Course) -> date:
    """The dose on record with which the time elsewhere had ended."""
    later = (dose.day for dose in course.doses() if entry.first_dose is None or dose.day >= entry.first_dose)
    found = next(later, None)
    if found is None:
        raise ModelError(
            "Cannot say: the latest dose was given elsewhere, and its day is not on record; enter it as a dose."
        )
    return found


def _interval(entry: EarlierTreatment) -> tuple[float, str]:
    """The interval in weeks, and what was given, as far as one knows."""
    amount_mg = float(value("dosing.dose").value)
    if entry.interval_weeks is not None:
        return float(entry.interval_weeks), f"{amount_mg:g} mg iv every {entry.interval_weeks:g} weeks"
    weeks = float(value("dosing.interval").value)
    return weeks, f"{amount_mg:g} mg iv every {weeks:g} weeks (the label's interval, as none is on record)"


def _forwards(first: date, count: int, weeks: float, latest: date) -> tuple[tuple[date, ...], int]:
    """The days up to ``latest``, and how many doses would lie after it."""
    all_of_them = [first + timedelta(days=round(number * weeks * DAYS_PER_WEEK)) for number in range(count)]
    days = tuple(day for day in all_of_them if day <= latest)
    return days, count - len(days)


def _backwards(entry: EarlierTreatment, here: date, weeks: float) -> tuple[date, ...]:
    """The days before the first dose here: as many as were given, and not before the treatment began."""
    start = entry.first_dose or here - timedelta(weeks=_steady_state_weeks())
    most = int((here - start).days / (weeks * DAYS_PER_WEEK))
    count = most if entry.doses is None else min(most, entry.doses)
    return tuple(here - timedelta(days=round(number * weeks * DAYS_PER_WEEK)) for number in range(count, 0, -1))


def _unknown(entry: EarlierTreatment) -> str:
    names = [
        name for name, known in (("its start", entry.first_dose), ("how many doses", entry.doses)) if known is None
    ]
    return " and ".join(names)


def _words_known(days: Sequence[date], left_out: int, here: date, weeks: float, said: str) -> tuple[str, ...]:
    warnings = []
    if days:
        gap = (here - days[-1]).days
        warnings.append(
            f"Given elsewhere: from {days[0]} to {days[-1]}, {said} is assumed (number of doses: {len(days)}); their "
            "real days, amounts and route are not on record. "
            f"Days from the last to the first dose here: {gap}."
        )
    if left_out:
        warnings.append(
            f"Given elsewhere: doses that at {weeks:g} weeks would fall on or after {here}, or after the entry itself, "
            f"are left out (number of doses: {left_out}); check their number and interval."
        )
    return tuple(warnings)


def _words_unknown(unknown: str, days: Sequence[date], here: date, settled: date, said: str) -> str:
    return (
        f"Given elsewhere: {unknown} is not on record. Before {here}, {said} is assumed (number of doses: "
        f"{len(days)}); from {settled} on it matters little. When antibodies could have begun is not known either."
    )


def _steady_state_weeks() -> float:
    return float(value("label.time_to_steady_state").value)
