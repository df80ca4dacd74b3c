"""Waiting times after other drugs: which row of the table a drug has, how long it is, from and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from natalizumab.care.case import Case
from natalizumab.care.findings import Item, Reason
from natalizumab.care.names import Named
from natalizumab.care.protocol import Protocol
from natalizumab.care.units import converted
from natalizumab.evidence import Value
from natalizumab.record import EarlierTreatment
from natalizumab.record.dates import add_months

Found = Iterator[Reason | Item]

ROWS = (
    *("interferon_or_glatiramer", "dimethyl_fumarate", "teriflunomide", "fingolimod", "siponimod", "ozanimod"),
    *("ponesimod", "cladribine", "anti_cd20", "immune_reset", "immunosuppressant", "unknown_drug"),
)
"""Every row of the washout table."""

_SEVERAL = {"day": "days", "week": "weeks", "month": "months", "year": "years"}


def row(found: Named) -> str | None:
    """The row of the washout table that a therapy or procedure falls under, or None: nothing to wait for."""
    stated = found.term.attributes.get("washout")
    if stated is not None or found.within("natalizumab"):
        return str(stated) if stated is not None else None
    if found.within("immunosuppressant"):
        return "immunosuppressant"
    return "unknown_drug" if found.within("dmt", "anti-cd20") else None


def coming_from(case: Case, *rows: str) -> tuple[Named, ...]:
    """What was taken since the last dose of natalizumab, or ever before a first one, of those rows of the table."""
    found = case.once(_coming_from)
    return tuple(n for name in rows for n in found.get(name, ())) if found else ()


def _coming_from(case: Case) -> dict[str, list[Named]]:
    """The same, by row."""
    found: dict[str, list[Named]] = {}
    if case.stopped_for_good or case.follow_up_ended is not None:
        return found
    since = _given_before(case)
    for treatment in case.treatments:
        name = row(treatment)
        if name and (since is None or (last_day(treatment) or treatment.event.day) >= since):
            found.setdefault(name, []).append(treatment)
    return found


def _given_before(case: Case) -> date | None:
    """A day on which natalizumab was given although the drug had been: what ended before it has been settled."""
    if case.last_dose is not None:
        return case.last_dose.day
    earlier = case.last(EarlierTreatment)
    return None if earlier is None else case.first_dose or earlier.day


def last_day(found: Named) -> date | None:
    """The last day of a drug; of a procedure or transplant, its day. None: not on record."""
    until: date | None = getattr(found.event, "until", None)
    return found.event.day if until is None and (found.event.kind == "procedure" or found.within("hsct")) else until


def wait_and_count(case: Case, found: Named, p: Protocol, wait: str, enough: str) -> Found:
    """Until the near end of the wait, the wait; from then on, a count since the drug's last day that is high enough."""
    published, over = p.parameter(wait), last_day(found)
    if over is None:
        yield from end_unknown(case, found, published)
        return
    ready = ends_on(over, published)
    limit = p.parameter(enough)
    least = f"lymphocytes of at least {limit.value:g} {limit.unit}"
    yield from waiting(case, found, ready, f"{found.name} until {over}: {span(published)}, and then {least}.")
    if case.reached(ready) and case.passed(over):
        yield from _count(case, found, over, limit.value, limit.unit, least)


def _count(case: Case, found: Named, over: date, limit: float, unit: str, least: str) -> Found:
    """The last lymphocyte count since the drug's last day decides."""
    counts = [test for test in case.labs("lymphocytes") if test.day > over]
    number = converted(counts[-1].value, counts[-1].unit, unit) if counts else None
    if number is not None and number >= limit:
        return
    seen = f"the last count, of {counts[-1].day}, does not show them" if counts else "no count since"
    facts = [found.event, *counts[-1:]]
    yield Reason(f"{found.name} until {over}: {least} are asked for, and {seen}.", facts)
    due = case.first_planned_dose or case.today()
    yield Item("full blood count", f"Lymphocyte count after {found.name}, before a dose.", due, facts=facts)


def asked_for_a_time(case: Case, p: Protocol, name: str, text: str) -> Found:
    wait = p.parameter(f"washout_{name}")
    for found in coming_from(case, name):
        over = last_day(found)
        if over is None:
            yield from end_unknown(case, found, wait)
        else:
            yield from waiting(case, found, ends_on(over, wait), f"{found.name} until {over}: {text}.")


def waiting(case: Case, found: Named, until: date, text: str) -> Iterator[Reason]:
    """A waiting time for a dose on the date asked about, and for the first planned one where that lies too early."""
    if case.reached(until):
        return
    text = f"{text} Not before {until}."
    yield Reason(text, [found.event], not_before=until)
    dose = next(iter(case.planned_doses), None)
    if dose is not None and dose.day < until and not case.reached(dose.day):
        too_early = f"The dose planned for {dose.day} is too early. {text}"
        yield Reason(too_early, [found.event, *dose.events], order=f"dose on {dose.day}", not_before=until)


def end_unknown(case: Case, found: Named, wait: Value) -> Iterator[Reason]:
    """Asks for the day from which the wait runs.

    Not of somebody who left natalizumab for this drug and has no dose planned: there it is what comes after.
    """
    if case.stop is not None and not case.planned_doses:
        return
    runs = f" The wait of {span(wait)} runs from it." if _far(wait) else ""
    text = f"The last day of {found.name} is not on record: enter it, or that it is still taken.{runs}"
    yield Reason(text, [found.event])


def span(wait: Value) -> str:
    """``1 to 2 months``, ``3.5 months``, ``no wait``."""
    numbers = wait.value if isinstance(wait.value, list) else [wait.value]
    if not numbers[-1]:
        return "no wait"
    unit = wait.unit if numbers[-1] == 1 else _SEVERAL[wait.unit]
    return f"{numbers[0]:g} to {numbers[-1]:g} {unit}" if len(numbers) > 1 else f"{numbers[0]:g} {unit}"


def ends_on(start: date, wait: Value) -> date:
    """The first day after the near end of the wait: ``start`` plus so many days, weeks or months."""
    return later(start, wait.value[0] if isinstance(wait.value, list) else wait.value, wait.unit)


def ends_by(start: date, wait: Value) -> date:
    """The same for its far end."""
    return later(start, _far(wait), wait.unit)


def later(start: date, amount: float, unit: str) -> date:
    """``start`` plus so many days, weeks or months; part of a month is that part of a mean one, in whole days."""
    if unit != "month":
        return start + timedelta(days=round(amount * (7 if unit == "week" else 1)))
    whole = int(amount)
    return add_months(start, whole) + timedelta(days=round((amount - whole) * 365.25 / 12))


def _far(wait: Value) -> float:
    return float(wait.value[-1] if isinstance(wait.value, list) else wait.value)
