"""Where a person's own doses lie outside of what was studied: the model still answers, and it is said."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from natalizumab.evidence import value
from natalizumab.pharmacology.patient import Patient
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Input

ONE_DAY = 1.0
"""Doses that lie closer together, and make no more than a whole one, are parts of it."""


def outside_of_studies(patient: Patient) -> tuple[str, ...]:
    """Whole sentences about the shortest and the longest interval between doses, if nobody studied such a one."""
    gaps = [later - day for day, later in pairwise(_days_of_whole_doses(patient.history.inputs))]
    shortest, longest = (float(value(f"interval.studied_{end}").value) for end in ("shortest", "longest"))
    outside = []
    if gaps and min(gaps) < shortest * DAYS_PER_WEEK:
        outside.append(("shorter", min(gaps)))
    if gaps and max(gaps) > longest * DAYS_PER_WEEK:
        outside.append(("longer", max(gaps)))
    return tuple(_sentence(how, gap, shortest, longest) for how, gap in outside)


def _days_of_whole_doses(inputs: Iterable[Input]) -> list[float]:
    """On which doses begin; what is given in parts within a day begins with the first of them."""
    whole_mg, days, given_mg = float(value("dosing.dose").value), list[float](), 0.0
    for dose in sorted((one for one in inputs if one.amount_mg > 0), key=lambda one: one.day):
        given_mg += dose.amount_mg
        if not days or dose.day - days[-1] >= ONE_DAY or given_mg > whole_mg:
            days.append(dose.day)
            given_mg = dose.amount_mg
    return days


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
