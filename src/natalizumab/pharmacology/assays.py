"""By how much an assay reads higher than the model's own, as far as anybody knows.

The caller's factor comes first (a clinic knows its laboratory), then the evidence's. Where neither knows the assay its
levels are taken as they stand, and that is said: assays are never mixed silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from natalizumab.evidence import value, vocabulary
from natalizumab.evidence.vocabulary import fold
from natalizumab.pharmacology.levels import Level, check_assay_factor

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
    """The assay of that name (None: nobody named it); ``factors`` are the caller's, by name in any spelling.

    Raises ModelError for a factor that is none.
    """
    canonical = _canonical(name)
    term = vocabulary("level_assays").find(canonical)
    for stated, factor in factors.items():
        if fold(_canonical(stated)) == fold(canonical):
            check_assay_factor(factor)
            return Assay(canonical, float(factor), "stated")
    if term is not None:
        return Assay(canonical, float(value(term.attributes["factor"]).value), "evidence")
    return Assay(canonical, float(value("pk.assay_factor").value), "unknown")


def without_level(stated: Iterable[str], levels: Iterable[Level]) -> tuple[str, ...]:
    """Those of the names, as they were stated, by which none of the levels was measured, in any spelling."""
    measured = {fold(_canonical(level.assay)) for level in levels}
    return tuple(name for name in stated if fold(_canonical(name)) not in measured)


def words(found: Assay) -> str | None:
    """What has to be said of levels by that assay; None for the model's own, and where the caller stated its factor."""
    if found.origin == "unknown":
        taken = f"taken as they stand (factor {found.factor:g}); some assays read {_alternative()} times as high"
        if found.key == fold(UNNAMED):
            return f"No assay is named: the levels are {taken}."
        return f"The assay {found.name} is not known here: its levels are {taken}."
    if found.origin == "evidence" and found.factor != value("pk.assay_factor").value:
        status = value("pk.assay_factor_alternative").status
        return (
            f"Levels by the {found.name} are divided by {found.factor:g} ({status}) to compare them with the model's."
        )
    return None


def _canonical(name: str | None) -> str:
    if name is None:
        return UNNAMED
    term = vocabulary("level_assays").find(name)
    return term.name if term else name


def _alternative() -> str:
    return f"{value('pk.assay_factor_alternative').value:g}"
