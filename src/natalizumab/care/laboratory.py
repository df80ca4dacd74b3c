"""Blood tests on treatment (LFT-01)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.findings import Item
from natalizumab.care.protocol import Protocol
from natalizumab.record.dates import add_days, add_months


def lft_01(case: Case, p: Protocol) -> Iterator[Item]:
    """Liver tests every 90 days in the first year, every 180 days later; without any, 90 days after the first dose."""
    if not case.treated or case.first_dose is None:
        return
    done = case.labs("ALT", "AST")
    since = done[-1].day if done else case.first_dose
    due = add_days(since, p["lft_first_year_days"])
    if due >= add_months(case.first_dose, 12):
        due = add_days(since, p["lft_later_days"])
    yield Item("liver tests", "Liver tests (ALT, AST, bilirubin).", due, facts=done[-1:] or case.start_facts)
