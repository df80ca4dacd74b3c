"""Drugs before natalizumab, and fingolimod after it: how long to wait, what must be seen first (SWI-01 to SWI-12).

A waiting time ends by itself, on the day that it names. A lymphocyte count has to be there: a later one, high enough.
While a drug is still being taken, CON-04 and CON-05 hold; the wait is said already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from natalizumab.care.case import Case
from natalizumab.care.findings import Item, Note, Reason
from natalizumab.care.names import Named
from natalizumab.care.next_drug import planned
from natalizumab.care.protocol import Protocol
from natalizumab.care.waiting import (
    asked_for_a_time,
    coming_from,
    end_unknown,
    ends_on,
    last_day,
    row,
    span,
    wait_and_count,
    waiting,
)
from natalizumab.record import Serology

Found = Iterator[Reason | Item]
_LEVEL = re.compile(r"([<≤]?)\s*(\d+(?:[.,]\d+)?)\s*(?:mg/l|ug/ml|µg/ml|mcg/ml)?", re.IGNORECASE)
_LEVELS_NEEDED = 2


def swi_01(case: Case, p: Protocol) -> Iterator[Note]:
    """From interferon beta or glatiramer: no wait."""
    found = coming_from(case, "interferon_or_glatiramer")
    if found:
        names = ", ".join(dict.fromkeys(n.name for n in found))
        text = f"After {names}: no wait, if it left no abnormality such as low neutrophils."
        yield Note(text, [n.event for n in found])


def swi_02(case: Case, p: Protocol) -> Found:
    """From fingolimod: one to two months, and lymphocytes normal."""
    for found in coming_from(case, "fingolimod"):
        yield from wait_and_count(case, found, p, "washout_fingolimod", "lymphocytes_normal")


def swi_03(case: Case, p: Protocol) -> Found:
    """From teriflunomide, or leflunomide, which becomes it: 3.5 months, or accelerated elimination shown by levels."""
    for found in coming_from(case, "teriflunomide"):
        over = last_day(found)
        if over is None:
            yield from end_unknown(case, found, p.parameter("washout_teriflunomide"))
        elif not _eliminated(case, found, over, p):
            wait = p.parameter("washout_teriflunomide")
            how = (
                f"two levels below {p['teriflunomide_mg_per_l']:g} mg/L after {p['washout_teriflunomide_elimination']} "
                "days of accelerated elimination shorten it"
            )
            told = "; accelerated elimination is on record, the two levels are not" if _accelerated(found) else ""
            text = f"{found.name} until {over}: {span(wait)}; {how}{told}."
            yield from waiting(case, found, ends_on(over, wait), text)


def swi_04(case: Case, p: Protocol) -> Iterator[Reason]:
    """To fingolimod: its label and the evidence disagree about when; both are shown, and a clinician decides."""
    order = planned(case) if case.started else None
    if order is None or order.term.name != "fingolimod":
        return
    last = case.last_dose
    since = (
        f"{(order.event.day - last.day).days} days after the last dose" if last else "the last dose is not on record"
    )
    near, far = p["fingolimod_label_months"]
    low, high = p["fingolimod_aan_weeks"]
    text = (
        f"{order.name} from {order.event.day}, {since}. Its EU leaflets say to wait {near} to {far} months after "
        f"natalizumab; a trial and two cohorts had fewer relapses when it began within "
        f"{p['fingolimod_evidence_weeks']} weeks; the American guideline, as reported, says {low} to {high} weeks. "
        "They can't all be followed: a clinician decides, and the record keeps why."
    )
    facts = [*(last.events if last else ()), order.event]
    yield Reason(text, facts, order=f"{order.name} from {order.event.day}")


def swi_05(case: Case, p: Protocol) -> Iterator[Note]:
    """A prior immunosuppressant counts in the PML tables for ever."""
    found = case.prior_immunosuppressants
    counts = [n.name for n in found if n.term.attributes.get("prior_immunosuppressant") == "counts"]
    undefined = [n.name for n in found if n.name not in counts]
    parts = []
    if counts:
        parts.append(f"{_names(counts)}: a prior immunosuppressant, for ever.")
    if undefined:
        parts.append(f"{_names(undefined)}: no table says whether it counts; treated as if, until a clinician decides.")
    if parts:
        yield Note(
            " ".join(["PML risk is read in the column for prior immunosuppressants.", *parts]), [n.event for n in found]
        )


def swi_06(case: Case, p: Protocol) -> Found:
    """From a fumarate: no wait, but lymphocytes are counted first."""
    for found in coming_from(case, "dimethyl_fumarate"):
        yield from wait_and_count(case, found, p, "washout_dimethyl_fumarate", "lymphocytes_normal")


def swi_07(case: Case, p: Protocol) -> Found:
    """From siponimod, ozanimod or ponesimod: days to months, and lymphocytes normal."""
    for found in coming_from(case, "siponimod", "ozanimod", "ponesimod"):
        yield from wait_and_count(case, found, p, f"washout_{row(found)}", "lymphocytes_normal")


def swi_08(case: Case, p: Protocol) -> Found:
    """From an immunosuppressant: somebody confirms that the person is not immunosuppressed any more."""
    text = "confirm that the person is not immunosuppressed (blood count, infections) before a dose"
    yield from asked_for_a_time(case, p, "immunosuppressant", text)


def swi_09(case: Case, p: Protocol) -> Iterator[Reason]:
    """After alemtuzumab or a stem cell transplantation guidance conflicts: both sides are shown."""
    for found in coming_from(case, "immune_reset"):
        text = (
            f"After {found.name} guidance conflicts. Product information, as recalled, discourages natalizumab unless "
            "the benefit clearly outweighs; an expert starts at once where MS is active, but takes everybody with JC "
            "virus antibodies as at high risk and the index as unreliable. A clinician decides."
        )
        yield Reason(text, [found.event])


def swi_10(case: Case, p: Protocol) -> Found:
    """From cladribine: about six months, and lymphocytes recovered; no label says."""
    for found in coming_from(case, "cladribine"):
        yield from wait_and_count(case, found, p, "washout_cladribine", "lymphocytes_after_cladribine")


def swi_11(case: Case, p: Protocol) -> Found:
    """From an anti-CD20 antibody: caution while B cells may be depleted; no label says."""
    text = (
        "B cells may be depleted: a clinician weighs infections and PML before a dose; no label says how long to wait"
    )
    yield from asked_for_a_time(case, p, "anti_cd20", text)


def swi_12(case: Case, p: Protocol) -> Found:
    """From another drug for MS about which nothing is published: a clinician decides how long to wait."""
    text = "no waiting time is published for it: a clinician decides how long to wait"
    yield from asked_for_a_time(case, p, "unknown_drug", text)


def _eliminated(case: Case, found: Named, over: date, p: Protocol) -> bool:
    """Whether elimination was accelerated and enough levels since are below the target.

    A level is a serology entry that names the drug, its result a number in mg/L.
    """
    tests = [test for test in case.all(Serology) if "teriflunomide" in test.test.casefold() and test.day > over]
    below = [test for test in tests if _below(test, p["teriflunomide_mg_per_l"])]
    enough = tests[-_LEVELS_NEEDED:] == below[-_LEVELS_NEEDED:] and len(below) >= _LEVELS_NEEDED
    return enough and _accelerated(found)


def _accelerated(found: Named) -> bool:
    return bool(getattr(found.event, "accelerated_elimination", None))


def _below(test: Serology, limit: float) -> bool:
    read = _LEVEL.fullmatch(test.result.strip())
    if read is None:
        return False
    number = float(read[2].replace(",", "."))
    return number < limit or (bool(read[1]) and number == limit)


def _names(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(names))
