"""By how much a level's assay reads higher than the model's own, as far as anybody knows.

The caller's factor comes first (a clinic knows its laboratory), then the evidence's. Where neither knows the assay its
levels are taken as they stand, and ``origin`` says so: assays are never mixed silently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from natalizumab.evidence import value, vocabulary
from natalizumab.evidence.vocabulary import fold
from natalizumab.record.course import Course
from natalizumab.record.events import Concentration

UNNAMED = "unnamed"
"""What levels without an assay are called; a caller may state a factor for them too."""

Origin = Literal["stated", "evidence", "unknown"]


@dataclass(frozen=True, slots=True)
class Assay:
    """An assay by the vocabulary's name (else as written), its factor, and who says so."""

    name: str
    factor: float
    origin: Origin

    @property
    def key(self) -> str:
        """The same for every spelling of the name."""
        return fold(self.name)


def assay(name: str | None, factors: Mapping[str, float]) -> Assay:
    """The assay of that name (None: nobody named it); ``factors`` are the caller's, by name in any spelling."""
    canonical = canonical_name(name)
    for stated, factor in factors.items():
        if same_assay(stated, canonical):
            return Assay(canonical, float(factor), "stated")
    term = vocabulary("level_assays").find(canonical)
    if term is not None:
        return Assay(canonical, float(value(term.attributes["factor"]).value), "evidence")
    return Assay(canonical, float(value("pk.assay_factor").value), "unknown")


def canonical_name(name: str | None) -> str:
    """The vocabulary's name for that spelling, else the name as it is written."""
    if name is None:
        return UNNAMED
    term = vocabulary("level_assays").find(name)
    return term.name if term else name


def same_assay(one: str | None, other: str | None) -> bool:
    """Whether two spellings (None: no assay was named) mean the same."""
    return fold(canonical_name(one)) == fold(canonical_name(other))


def stated_first(stated: Mapping[str, float], clinics: Mapping[str, float]) -> dict[str, float]:
    """The caller's factors, and the clinic's for assays of which the caller says nothing."""
    others = {name: one for name, one in clinics.items() if not any(same_assay(name, other) for other in stated)}
    return {**stated, **others}


def factors_for(course: Course, stated: Mapping[str, float], clinics: Mapping[str, float]) -> dict[str, float]:
    """The same, without those of the clinic's that no level of the course needs."""
    levels = cast("tuple[Concentration, ...]", course.of("concentration"))
    used = {name: one for name, one in clinics.items() if any(same_assay(name, level.assay) for level in levels)}
    return stated_first(stated, used)
