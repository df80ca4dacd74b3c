"""A person with levels, and which of those levels can be compared with the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from natalizumab.evidence import values
from natalizumab.evidence.vocabulary import fold
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.provenance import ANTIBODIES, BODY, MEASURED, PEOPLE, ROUTE, WEIGHT
from natalizumab.pharmacology.regimen import Route
from natalizumab.pharmacology.samples import close_after_infusion
from natalizumab.record.level_assays import UNNAMED

REASONS_SHOWN = 5
"""Where nothing is left to compare, the one sentence of the refusal gives so many reasons."""

BEFORE_FIRST = "before any dose"
CLOSE = "during an infusion or within hours after it, where the model is weak"


@dataclass(frozen=True, slots=True)
class Measured:
    """A person with levels: what was given, and what was measured. ``origin`` is the date with which day 0 begins,
    None where a table counts days only.
    """

    history: History
    weight_kg: float
    levels: Sequence[Level]
    antibody_results: Sequence[AntibodyResult] = ()
    origin: date | None = None

    def when(self, level: Level) -> date | None:
        """The date of a level, where days have dates."""
        return self.origin + timedelta(days=floor(level.day)) if self.origin else None

    def route(self, level: Level) -> Route:
        """That of the latest dose before the level."""
        before = (dose for dose in self.history.inputs if dose.amount_mg and dose.day < level.day)
        return max(before, key=lambda dose: dose.day).route


@dataclass(frozen=True, slots=True)
class Uncompared:
    """A level that is not compared, and why not."""

    person: str
    day: float
    on: date | None
    why: str


def comparable(name: str, person: Measured) -> tuple[list[Level], list[Uncompared]]:
    """The levels of that person that can be compared, in order of time, and the others."""
    kept, others = [], []
    for level in sorted(person.levels, key=_order):
        why = _why_not(level, person.history)
        if why is None:
            kept.append(level)
        else:
            others.append(Uncompared(name, level.day, person.when(level), why))
    return kept, others


def keys_behind_levels(routes: Iterable[str]) -> tuple[str, ...]:
    """The keys of all evidence that the comparison of levels after doses by those routes rests on."""
    by_route = (key for route in sorted(routes) for key in ROUTE[route])
    own = (one.key for one in values("evaluation"))
    return (*BODY, *WEIGHT, *by_route, *PEOPLE, *MEASURED, *ANTIBODIES, *own)


def assay_key(level: Level) -> str:
    """The same for every spelling of a level's assay."""
    return fold(level.assay or UNNAMED)


def _order(level: Level) -> tuple[float, float, bool, str]:
    """In order of time; levels of one time in an order that does not depend on how they were entered."""
    return level.day, level.on_the_models_scale, level.below, assay_key(level)


def _why_not(level: Level, history: History) -> str | None:
    if not any(dose.amount_mg and dose.day < level.day for dose in history.inputs):
        return BEFORE_FIRST
    return CLOSE if close_after_infusion(level.day, history.inputs) else None
