"""Reviews: authorised again, the risk explained again, the benefit weighed (REV-01 to REV-03)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, count

from natalizumab.care.case import Case
from natalizumab.care.effect import breakthrough
from natalizumab.care.findings import Item
from natalizumab.care.pml import scans_suspected
from natalizumab.care.protocol import Protocol
from natalizumab.record import Form, Review
from natalizumab.record.dates import add_months

_PML_FIRST = " (a scan suspected of PML: settle that first)"


def rev_01(case: Case, p: Protocol) -> Iterator[Item]:
    """The prescriber reviews and authorises again after 3 and 6 months, then every 6 months.

    A review up to a month early counts for its day, a late one for all days before it.
    """
    if not case.treated or case.first_dose is None:
        return
    done = [review.day for review in case.all(Review) if review.day >= case.first_dose]
    first, second = p["review_early_months"]
    early, every = p["review_done_early_months"], p["review_repeat_months"]
    months = next(
        months
        for months in chain((first,), count(second, every))
        if not done or add_months(case.first_dose, months - early) > done[-1]
    )
    text = f"Review by the prescriber, and authorise again: {months} months of treatment."
    yield Item("review", text, add_months(case.first_dose, months), facts=case.start_facts)


def rev_02(case: Case, p: Protocol) -> Iterator[Item]:
    """After two years the PML risk is explained again and the continuation form signed."""
    due = case.months_after_start(p["inform_again_months"])
    if not case.treated or due is None:
        return
    counts_from = add_months(due, -p["inform_early_months"])
    forms = case.named(Form)
    if any(found.term.name == "continuation" and found.event.day >= counts_from for found in forms):
        return
    text = f"Explain the PML risk again and sign the continuation form at {p['inform_again_months']} months."
    yield Item("form continuation", text, due, facts=case.start_facts)


def rev_03(case: Case, p: Protocol) -> Iterator[Item]:
    """Relapses or active scans despite treatment: is there a benefit? Not before six months, and within four weeks.

    A review on that day or later answers it.
    """
    enough = case.months_after_start(p["no_benefit_months"])
    if not case.treated or enough is None:
        return
    reviewed = case.last(Review)
    waiting = [
        sign
        for sign in breakthrough(case, p)
        if not (reviewed is not None and reviewed.day >= sign.day)
        and not case.reached(add_months(sign.day, p["activity_review_months"]))
    ]
    if waiting:
        due = max(enough, waiting[0].day + timedelta(weeks=p["interval_weeks"]))
        suspected = scans_suspected(case)
        days = ", ".join(f"{sign.day}{_PML_FIRST if sign in suspected else ''}" for sign in waiting)
        text = f"Disease activity despite treatment ({days}): review whether natalizumab helps, and decide to go on."
        yield Item("review of benefit", text, due, facts=waiting)
