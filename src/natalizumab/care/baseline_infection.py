"""Before the first dose: immunity and infections that are looked for while it can still be done (BAS-06, BAS-07)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.baseline import by_planned_dose
from natalizumab.care.case import Case
from natalizumab.care.conditions import tests_of
from natalizumab.care.findings import Item
from natalizumab.care.protocol import Protocol

_LOOKED_FOR = ("hepatitis B", "hepatitis C", "HIV", "tuberculosis")


def bas_06(case: Case, p: Protocol) -> Iterator[Item]:
    """Antibodies against varicella zoster, because a live vaccine can't be given later."""
    known = {term.name for term, _ in tests_of(case, "immunity")}
    if case.before_first_dose and "varicella zoster virus" not in known:
        text = "Varicella zoster antibodies before the first dose; vaccinate first if there are none."
        yield Item("vzv antibodies", text, by_planned_dose(case))


def bas_07(case: Case, p: Protocol) -> Iterator[Item]:
    """Hepatitis B and C, HIV and tuberculosis, as local policy asks: hepatitis B can come back to life."""
    known = {term.name for term, _ in tests_of(case, "infection", "hiv")}
    missing = [name for name in _LOOKED_FOR if name not in known]
    if case.before_first_dose and missing:
        text = f"Before the first dose, as local policy asks: {', '.join(missing)}."
        yield Item("infection tests", text, by_planned_dose(case))
