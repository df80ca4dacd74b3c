"""Where a person's own doses lie outside of what was studied: the model still answers, and it is said."""

from __future__ import annotations

from itertools import pairwise

from natalizumab.evidence import value
from natalizumab.pharmacology.patient import Patient
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, ONE_DAY, days_of_whole_doses


def outside_of_studies(patient: Patient) -> tuple[str, ...]:
    """Whole sentences about the shortest and the longest interval between doses, if nobody studied such a one."""
    gaps = [later - day for day, later in pairwise(days_of_whole_doses(patient.history.inputs))]
    shortest, longest = (float(value(f"interval.studied_{end}").value) for end in ("shortest", "longest"))
    outside = []
    if gaps and min(gaps) < shortest * DAYS_PER_WEEK:
        outside.append(("shorter", min(gaps)))
    if gaps and max(gaps) > longest * DAYS_PER_WEEK:
        outside.append(("longer", max(gaps)))
    return tuple(_sentence(how, gap, shortest, longest) for how, gap in outside)


def _sentence(how: str, gap: float, shortest: float, longest: float) -> str:
    if gap < 2 * ONE_DAY:
        return (
            f"Extrapolation: {24 * gap:.0f} hours lay between two doses, {how} than the {shortest:g} to {longest:g} "
            "weeks that were studied; the concentrations around that time are uncertain."
        )
    return (
        f"Extrapolation: {gap:.0f} days lay between two doses, {how} than the {shortest:g} to {longest:g} weeks that "
        "were studied; the concentrations around that time are uncertain."
    )
