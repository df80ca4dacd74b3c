"""Pregnancy, breast-feeding, the newborn: where label and practice differ both are shown (CON-07, CON-08, PPR-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

from natalizumab.care.case import Case
from natalizumab.care.conditions import meaning
from natalizumab.care.findings import Item, Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import value
from natalizumab.record import Breastfeeding, Course, Event, Pregnancy, Serology
from natalizumab.record.dates import add_weeks

_TESTS = ("pregnan", "hcg")


Kind = TypeVar("Kind", Pregnancy, Breastfeeding)


def lasting(case: Case, kind: type[Kind]) -> Kind | None:
    """The last pregnancy or breast-feeding entered, unless it has ended."""
    last = case.last(kind)
    return None if last is None or _ended(case, last.ended) else last


def con_07(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """Pregnant, or a pregnancy test that is not plainly negative: a clinician decides; label and practice differ."""
    last = case.last(Pregnancy)
    if last is not None and not _ended(case, last.ended):
        yield Reason(
            f"Pregnant, {last.gestation_weeks:g} weeks on {last.day}. {_both_sides()}{_week(case, last, p)}", [last]
        )
    elif test := _unsettled_test(case, last):
        text = f"The pregnancy test of {test.day} is not plainly negative ({test.result}): ask, and enter a pregnancy."
        yield Reason(f"{text} {_both_sides()}", [test])
    for wish in case.planned(Pregnancy):
        if last is None or last.day < wish.day:
            yield Note(f"A pregnancy is wished for: talk before it begins. {_both_sides()}", [wish])


def con_08(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """Breast-feeding: a clinician decides; the leaflet says no, British advice says with a look at the infant."""
    last = case.last(Breastfeeding)
    infants = value("pregnancy.breastfed_infants").value
    sides = (
        "The EU leaflet says not to breast-feed on natalizumab. The British advice of 2022: amounts in milk vary, none "
        f"was measurable in infants' blood, watch the infant; a German registry of {infants} infants saw no harm. "
        "A clinician decides with the person."
    )
    if last is not None and not _ended(case, last.ended):
        yield Reason(f"Breast-feeding since {last.day}. {sides}", [last])
    for wish in case.planned(Breastfeeding):
        if last is None or last.day < wish.day:
            yield Note(f"Breast-feeding is planned from {wish.day}. {sides}", [wish])


def ppr_01(case: Case, p: Protocol) -> Iterator[Item]:
    """A dose in the third trimester, or so shortly before that it still acts: a blood count of the newborn at birth."""
    last = case.last(Pregnancy)
    if last is None:
        return
    third = _week_day(last, p["third_trimester_week"])
    birth = last.ended or _week_day(last, p["term_week"])
    if birth < third or (last.ended and case.reached(last.ended + timedelta(days=p["newborn_prompt_days"]))):
        return
    doses = (*case.course.doses(), *case.planned_doses)
    exposing = [dose for dose in doses if third < add_weeks(dose.day, case.interval_weeks) and dose.day <= birth]
    if exposing:
        facts: list[Event] = [last, *(event for dose in exposing for event in dose.events)]
        (first, of_first), (second, of_second) = _found("haghikia"), _found("triplett")
        text = (
            f"Natalizumab acted in the third trimester (dose of {exposing[-1].day}): tell the neonatal team; the "
            "newborn has a full blood count at birth. Anaemia or low platelets were found in "
            f"{first} of {of_first} and in {second} of {of_second} newborns of two series."
        )
        yield Item("neonatal blood count", text, birth, facts=facts, prompt=True)


def _found(series: str) -> tuple[int, int]:
    """In how many newborns of a series blood changes were found, and how many there were."""
    found, exposed = (value(f"aesi.newborn.{what}_{series}").value for what in ("blood_changes", "exposed"))
    return found, exposed


def is_pregnancy_test(test: Serology) -> bool:
    """Whether a serology entry is a test for pregnancy, by its name."""
    return any(word in test.test.casefold() for word in _TESTS)


def _tests(course: Course) -> list[Serology]:
    return [test for test in course.all(Serology) if is_pregnancy_test(test)]


def _both_sides() -> str:
    until, interval = value("pregnancy.continue_until.uk").value, value("pregnancy.interval.uk").value
    return (
        "The EU leaflet says to avoid natalizumab unless this was discussed with the doctor; in British practice it "
        f"can go on to about {until} weeks (recalled: {interval}-weekly) and start again soon after delivery, and "
        "advice varies. A clinician decides with the person; tell the obstetric team."
    )


def _week(case: Case, last: Pregnancy, p: Protocol) -> str:
    """What the calendar adds."""
    if case.reached(_week_day(last, p["pregnancy_over_week"])):
        return " By its weeks the pregnancy is over: enter when it ended."
    until = _week_day(last, p["pregnancy_until_week"])
    if case.reached(until):
        return f" {p['pregnancy_until_week']} weeks were reached on {until}: in practice no dose until delivery."
    return ""


def _week_day(pregnancy: Pregnancy, week: int) -> date:
    """The day on which the pregnancy reaches that week."""
    return pregnancy.day + timedelta(days=round(7 * (week - pregnancy.gestation_weeks)))


def _ended(case: Case, ended: date | None) -> bool:
    return ended is not None and case.reached(ended)


def _unsettled_test(case: Case, last: Pregnancy | None) -> Serology | None:
    """The last pregnancy test, where it may mean a pregnancy that is not on record."""
    tests = case.course.once(_tests) if case.all(Serology) else []
    if not tests or meaning(tests[-1]) == "negative":
        return None
    test = tests[-1]
    known = last is not None and (last.day >= test.day or (last.ended is not None and last.ended >= test.day))
    return None if known else test
