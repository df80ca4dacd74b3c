"""Before the first dose: scan, antibody test, blood tests, card and form (BAS-01 to BAS-05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from natalizumab.care.case import Case
from natalizumab.care.findings import Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.record import Form
from natalizumab.record.dates import add_months


def bas_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A full scan not older than three months."""
    if not case.before_first_dose:
        return
    months = p["baseline_mri_months"]
    last = case.full_scans[-1] if case.full_scans else None
    if last is not None and not case.passed(add_months(last.day, months)):
        return
    text = f"No full MRI within {months} months before the first dose."
    facts = [last] if last is not None else []
    yield Reason(text, facts)
    yield Item("mri full", "Full baseline MRI before the first dose.", by_planned_dose(case), facts=facts)


def bas_02(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A JC virus antibody result. Somebody on treatment without any is asked for one too."""
    if case.antibody.readings or not (case.before_first_dose or case.treated):
        return
    yield Reason("No JC virus antibody result on record.")
    due = by_planned_dose(case) if case.before_first_dose else case.first_dose or case.today()
    yield Item("jcv test", "JC virus antibody test with index, naming the assay.", due)


def bas_03(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A full blood count with lymphocytes."""
    yield from _laboratory(case, p, ("lymphocytes",), "full blood count", "Full blood count with lymphocytes")


def bas_04(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Liver tests."""
    yield from _laboratory(case, p, ("ALT", "AST"), "liver tests", "Liver tests")


def bas_05(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Alert card given, initiation form signed."""
    if not case.before_first_dose:
        return
    there = {found.term.name for found in case.named(Form)}
    for form in ("alert card", "initiation"):
        if form in there:
            continue
        what = "Alert card not given" if form == "alert card" else "Initiation form not signed"
        yield Reason(f"{what} before the first dose.")
        yield Item(f"form {form}", f"{what}: do it before the first dose.", by_planned_dose(case))


def _laboratory(case: Case, p: Protocol, tests: tuple[str, ...], action: str, words: str) -> Iterator[Reason | Item]:
    if not case.before_first_dose:
        return
    done = case.labs(*tests)
    last = done[-1] if done else None
    months = p["baseline_laboratory_months"]
    if last is not None and not case.passed(add_months(last.day, months)):
        return
    facts = [last] if last is not None else []
    yield Reason(f"{words}: none within {months} months before the first dose.", facts)
    yield Item(action, f"{words} before the first dose.", by_planned_dose(case), facts=facts)


def by_planned_dose(case: Case) -> date:
    """What comes before a first dose or a restart is due on its day: the planned one, else the day asked about."""
    return case.first_planned_dose or case.today()
