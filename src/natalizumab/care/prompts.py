"""What a person is asked to look at themselves (EDU-01)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.findings import Item
from natalizumab.care.protocol import Protocol
from natalizumab.record import Diagnosis, Selfcheck
from natalizumab.record.dates import add_days


def edu_01(case: Case, p: Protocol) -> Iterator[Item]:
    """A monthly breast check is suggested on treatment; not to men, nor to somebody with breast cancer on record."""
    cancer = any(found.term.name == "breast cancer" for found in case.named(Diagnosis))
    if not case.treated or cancer or case.course.person.sex == "male":
        return
    last = next((event for event in reversed(case.all(Selfcheck)) if "breast" in event.answers), None)
    if last is not None:
        due = add_days(last.day, p["breast_check_days"])
    else:
        due = case.first_dose or case.today()
    facts = [last] if last is not None else []
    text = "Monthly breast check (self-check)." if last else "Monthly breast check (self-check); none is on record."
    yield Item("breast check", text, due, facts=facts, prompt=True)
