"""Antibodies against natalizumab: when to test, when again, and what lasting ones mean (NAB-01 to NAB-03)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from natalizumab.care.antibody_signals import signals
from natalizumab.care.case import Case
from natalizumab.care.conditions import comes_after
from natalizumab.care.findings import Effect, Item, Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import value
from natalizumab.record import Antibody
from natalizumab.record.dates import add_months

TEST = "antibody test"


def nab_01(case: Case, p: Protocol) -> Iterator[Item]:
    """A test now: after a reaction, with relapses or lesions despite treatment, flat lymphocytes, or a low level.

    A test on that day or later answers it. Where the last test was positive, the next one is NAB-02's. Too high a
    probability of antibodies, worked out from doses and levels, asks for it too.
    """
    tests = case.all(Antibody)
    if not case.treated or (tests and tests[-1].result == "positive"):
        return
    waiting = [signal for signal in signals(case, p) if not any(test.day >= signal.day for test in tests)]
    if waiting:
        why = "; ".join(signal.words for signal in waiting)
        facts = [fact for signal in waiting for fact in signal.facts]
        text = f"Test for antibodies against natalizumab now, not only with the next dose: {why}."
        yield Item(TEST, text, min(signal.day for signal in waiting), facts=facts)


def nab_02(case: Case, p: Protocol) -> Iterator[Reason | Item | Note]:
    """A first positive test is repeated; until then a prescriber decides about each dose.

    A test sooner than that is none: neither does it show that antibodies last, nor that they have gone.
    """
    positive = _positive(case)
    if not positive or _lasting(case, p) is not None or not (case.treated or case.before_first_dose):
        return
    again = _again(case, positive, p)
    if again is None:
        return
    last = positive[-1]
    text = (
        f"Antibodies against natalizumab were found on {last.day}: they may pass or last. Reactions are likelier and "
        "the drug may act less: the prescriber decides about a dose before the test is repeated."
    )
    yield Reason(text, positive, effect=Effect.CONFIRM)
    yield Item(TEST, f"Repeat the antibody test of {last.day}, not before {again}.", again, again, again, positive)
    yield Note(
        f"How long to wait differs: {p['antibody_persistent_days']} days by the European definition of lasting "
        f"antibodies, {value('ada.repeat_after.us').value} months by the American label (recalled). Here: {again}.",
        positive,
    )


def nab_03(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Antibodies that last: no dose; the prescriber decides to stop.

    A later negative test ends the hold; only a second one, at least 42 days after the first, ends the question.
    """
    lasting = _lasting(case, p)
    if lasting is None or case.stopped_for_good:
        return
    last = lasting[-1]
    gone = [test for test in case.all(Antibody) if comes_after(case, test, last)]
    if not gone:
        yield Reason(_what_it_means(lasting, p), lasting)
        return
    again = gone[0].day + timedelta(days=p["antibody_persistent_days"])
    if gone[-1].day >= again:
        return
    text = (
        f"Lasting antibodies against natalizumab, positive last on {last.day}, were not found on {gone[0].day}: the "
        "prescriber decides about a dose before the test is repeated."
    )
    yield Reason(text, [*lasting, gone[0]], effect=Effect.CONFIRM)
    if case.treated:
        yield Item(TEST, f"Repeat the negative antibody test of {gone[0].day}.", again, again, again, [gone[0]])


def _what_it_means(lasting: tuple[Antibody, Antibody], p: Protocol) -> str:
    first, last = lasting
    faster, other = (value(f"ada.clearance_factor{name}").value for name in ("", "_alternative"))
    return (
        f"Antibodies against natalizumab last: found on {first.day} and again on {last.day}, at least "
        f"{p['antibody_persistent_days']} days apart. The drug is cleared {faster:g} to {other:g} times as fast, so "
        "its effect is lost, and reactions are likelier. No dose; the prescriber decides to stop and what comes next."
    )


def _positive(case: Case) -> tuple[Antibody, ...]:
    return tuple(test for test in case.all(Antibody) if test.result == "positive")


def _lasting(case: Case, p: Protocol) -> tuple[Antibody, Antibody] | None:
    """The first and the last positive test, where they lie far enough apart."""
    positive = _positive(case)
    apart = timedelta(days=p["antibody_persistent_days"])
    return (positive[0], positive[-1]) if positive and positive[-1].day - positive[0].day >= apart else None


def _again(case: Case, positive: Sequence[Antibody], p: Protocol) -> date | None:
    """From when the next test counts: so long after the first positive one, then after the last; None once done."""
    for test in (positive[0], positive[-1]):
        again = _repeat_from(test.day, p)
        if not any(later.day >= again for later in case.all(Antibody)):
            return again
    return None


def _repeat_from(day: date, p: Protocol) -> date:
    """From when a first positive test is validly repeated: by the label's months where it states them, else by days."""
    if "antibody_repeat_months" in p.parameters:
        return add_months(day, p["antibody_repeat_months"])
    return day + timedelta(days=p["antibody_persistent_days"])
