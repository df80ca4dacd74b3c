"""What comes after natalizumab: from when its time runs, and which drug follows or is planned to."""

from __future__ import annotations

from datetime import date

from natalizumab.care.case import Case
from natalizumab.care.names import Named, named
from natalizumab.record import Procedure, Therapy

FOLLOWING = ("dmt", "immunosuppressant", "anti-cd20", "hsct")
"""Groups of what can follow natalizumab as a treatment of MS, or acts like it."""
_LASTING = ("immunosuppressant", "anti-cd20", "hsct")
"""Groups whose effect outlasts their last day by far."""


def follows(found: Named) -> bool:
    """Whether it is a drug or procedure that can follow natalizumab."""
    return found.within(*FOLLOWING) and not found.within("natalizumab")


def clock_starts(case: Case) -> date | None:
    """The day of the last dose; where that is unknown, the day of the stop, which lies no earlier. None: nothing known.

    Nobody has left who never had a dose.
    """
    if case.last_dose is not None:
        return case.last_dose.day
    return case.stop.day if case.stop is not None and case.started else None


def left_on(case: Case) -> date | None:
    """The day on which treatment was stopped, or, once it is never to be given again, that of the last dose."""
    if case.stop is not None and case.started:
        return case.stop.day
    return case.last_dose.day if case.stopped_for_good and case.last_dose is not None else None


def begun(case: Case) -> tuple[Named, ...]:
    """What has followed the last dose, in order of time."""
    return case.once(_begun)


def _begun(case: Case) -> tuple[Named, ...]:
    start = clock_starts(case)
    if start is None:
        return ()
    found = (n for n in case.treatments if follows(n) and n.event.day >= start)
    return tuple(sorted(found, key=lambda n: n.event.day))


def acting(case: Case) -> tuple[Named, ...]:
    """Those that are being taken, or act on long after their last day."""
    return tuple(n for n in begun(case) if n.within(*_LASTING) or not over(case, n))


def over(case: Case, found: Named) -> bool:
    """Whether the last day of a drug is known and has passed."""
    until: date | None = getattr(found.event, "until", None)
    return until is not None and case.passed(until)


def planned(case: Case) -> Named | None:
    """The first planned drug or procedure that can follow the last dose."""
    return case.once(_planned)


def _planned(case: Case) -> Named | None:
    start = clock_starts(case)
    orders = named(case.planned(Therapy), "therapies") + named(case.planned(Procedure), "procedures")
    found = [n for n in orders if follows(n) and (start is None or n.event.day >= start)]
    return min(found, key=lambda n: n.event.day, default=None)
