"""What has to be said of levels by the assay with which they were measured, and factors that are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from natalizumab.evidence import value
from natalizumab.evidence.vocabulary import fold
from natalizumab.pharmacology.levels import Level, check_assay_factor
from natalizumab.record.level_assays import UNNAMED, Assay, same_assay
from natalizumab.record.level_assays import assay as named


def assay(name: str | None, factors: Mapping[str, float]) -> Assay:
    """``record.level_assays.assay``. Raises ModelError for a factor that is none."""
    for factor in factors.values():
        check_assay_factor(factor)
    return named(name, factors)


def without_level(stated: Iterable[str], levels: Iterable[Level]) -> tuple[str, ...]:
    """Those of the names, as they were stated, by which none of the levels was measured, in any spelling."""
    measured = [level.assay for level in levels]
    return tuple(name for name in stated if not any(same_assay(name, other) for other in measured))


def words(found: Assay) -> str | None:
    """What has to be said of levels by that assay; None where they are taken as they stand because that is known."""
    if found.origin == "unknown":
        taken = f"taken as they stand (factor {found.factor:g}); some assays read {_alternative()} times as high"
        if found.key == fold(UNNAMED):
            return f"No assay is named: the levels are {taken}."
        return f"The assay {found.name} is not known here: its levels are {taken}."
    if found.factor == value("pk.assay_factor").value:
        return None
    if found.origin == "stated":
        if found.key == fold(UNNAMED):
            return f"Levels without an assay are divided by {found.factor:g}, as was stated, to be like the model's."
        return f"Levels by the {found.name} are divided by {found.factor:g}, as was stated, to be like the model's."
    status = value("pk.assay_factor_alternative").status
    return f"Levels by the {found.name} are divided by {found.factor:g} ({status}) to compare them with the model's."


def _alternative() -> str:
    return f"{value('pk.assay_factor_alternative').value:g}"
