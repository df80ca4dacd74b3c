"""The blood samples of a record as the model takes them: which count, when they were taken, and what is doubtful.

A sample on the day of a dose is taken to be before it, unless both carry a clock time. What can't be compared with the
model at all is left out, and named; nothing is left out silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology import assays
from natalizumab.pharmacology.doses_elsewhere import Elsewhere
from natalizumab.pharmacology.doses_given import DayOfDose
from natalizumab.pharmacology.exchanges import Exchange
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.regimen import Input
from natalizumab.pharmacology.timeline import HOURS_PER_DAY, Timeline
from natalizumab.record import Antibody, Concentration, Course, Event
from natalizumab.record.level_assays import Assay
from natalizumab.record.words import joined

BEFORE_FIRST = "before any dose; left out"
BEFORE_FIRST_POSITIVE = (
    "before any dose, where there can be none; left out (check the date of the sample or of the dose)"
)
VAGUE = "left out, as the doses given elsewhere before it are not on record"
EXCHANGE = "on the day of a plasma exchange; left out, as nobody wrote which came first"
DATE_ONLY = "dated only by day, on the day of a dose; taken as just before it"
DOSE_WITHOUT_TIME = "on the day of a dose without a time; taken as before it"
DOUBTFUL = "higher than any peak that is known; check unit and sample"
TWICE = "on record more than once with the same value and assay; counted once"
CLOSE = "during an infusion or within hours after it, where the model is weak; kept"


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a sample: doses (on record, and all of them), exchanges, and the time elsewhere."""

    timeline: Timeline
    doses: Mapping[date, DayOfDose]
    inputs: Sequence[Input]
    elsewhere: Sequence[Elsewhere]
    exchanges: Sequence[Exchange]

    @property
    def first(self) -> float:
        """The day of the first dose."""
        return min(dose.day for dose in self.inputs)


class Remarks:
    """Remarks about samples, each said once with all dates that it concerns."""

    def __init__(self, one: str, several: str) -> None:
        self._one, self._several = one, several
        self._dates: dict[str, list[str]] = {}

    def add(self, remark: str, event: Event) -> None:
        """Make the remark about one sample."""
        dates = self._dates.setdefault(remark, [])
        if str(event.day) not in dates:
            dates.append(str(event.day))

    def sentences(self) -> Iterator[str]:
        """One sentence for each remark."""
        for remark, dates in self._dates.items():
            yield f"{self._several if len(dates) > 1 else self._one} of {joined(dates)}: {remark}."


def levels(course: Course, around: Around, factors: Mapping[str, float]) -> tuple[tuple[Level, ...], tuple[str, ...]]:
    """The levels that can be compared with the model in order of time, and what has to be said about them and others.

    Raises ModelError for a level of 0, with its date, and for an assay factor that is none.
    """
    remarks = Remarks("Level", "Levels")
    kept: list[tuple[Level, Assay]] = []
    for event in cast("tuple[Concentration, ...]", course.of("concentration")):
        found = assays.assay(event.assay, factors)
        level = _level(event, found, around, remarks)
        if level is not None:
            if (level, found) in kept:
                remarks.add(TWICE, event)
            else:
                kept.append((level, found))
    kept.sort(key=lambda pair: pair[0].day)
    return tuple(level for level, _ in kept), (*remarks.sentences(), *_about_assays(found for _, found in kept))


def antibody_results(course: Course, around: Around) -> tuple[tuple[AntibodyResult, ...], tuple[str, ...]]:
    """The tests for antibodies against the drug since the first dose, in order of time, and what has to be said."""
    remarks = Remarks("Antibody result", "Antibody results")
    kept = []
    for event in cast("tuple[Antibody, ...]", course.of("antibody")):
        day, _ = _when(event, around)
        if day <= around.first:
            remarks.add(BEFORE_FIRST, event)
        else:
            number = (event.day - around.timeline.origin).days
            kept.append(AntibodyResult(day, event.result == "positive", number))
    return tuple(sorted(kept, key=lambda result: result.day)), tuple(remarks.sentences())


def close_after_infusion(day: float, inputs: Iterable[Input]) -> bool:
    """Whether a level of that day was taken during an infusion, or so soon after that it says little of the person."""
    hours = float(value("levels.close_after_infusion").value)
    return any(d.route == "iv" and d.day < day < max(d.end, d.day + hours / HOURS_PER_DAY) for d in inputs)


def _level(event: Concentration, found: Assay, around: Around, remarks: Remarks) -> Level | None:
    """The level, unless it can't be compared; both are remarked upon."""
    day, assumption = _when(event, around)
    try:
        level = Level(day, float(event.mg_per_l), bool(event.below), found.name, found.factor)
    except ModelError as error:
        raise ModelError(f"{event.day}: {error}") from None
    why_not = _why_left_out(event, level, around)
    if why_not is not None:
        remarks.add(why_not, event)
        return None
    if assumption:
        remarks.add(assumption, event)
    if not level.below and level.on_the_models_scale > value("levels.doubtful_above").value:
        remarks.add(DOUBTFUL, event)
    if close_after_infusion(day, around.inputs):
        remarks.add(CLOSE, event)
    return level


def _when(event: Event, around: Around) -> tuple[float, str | None]:
    """Where the sample lies, and what was assumed: before a dose of its day, unless two clock times say otherwise."""
    day = around.timeline.day(event.day, event.at)
    dose = around.doses.get(event.day)
    if dose is None or (dose.timed and event.at is not None):
        return day, None
    return (dose.day, DATE_ONLY) if event.at is None else (min(day, dose.day), DOSE_WITHOUT_TIME)


def _why_left_out(event: Concentration, level: Level, around: Around) -> str | None:
    if level.day <= around.first:
        return BEFORE_FIRST if level.below else BEFORE_FIRST_POSITIVE
    if any(one.vague(event.day) for one in around.elsewhere):
        return VAGUE
    dose = around.doses.get(event.day)
    in_order = event.at is not None and (dose is None or dose.timed)  # else all of that day lies at one moment
    if any(one.date == event.day and not (one.timed and in_order) for one in around.exchanges):
        return EXCHANGE
    return None


def _about_assays(found: Iterable[Assay]) -> Iterator[str]:
    by_key = {one.key: one for one in found}
    for one in by_key.values():
        said = assays.words(one)
        if said:
            yield said
    if len(by_key) > 1:
        names = joined([f"{one.name} (factor {one.factor:g})" for one in by_key.values()])
        yield f"More than one assay: {names}. Their levels agree only as far as these factors are right."
