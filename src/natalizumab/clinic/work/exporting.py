"""The worklist as a table for a spreadsheet, and as a calendar whose titles name no disease.

A row that is stale says so in place of a decision: what leaves the house is never shown as today's when it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from natalizumab.clinic.models import Work
from natalizumab.clinic.projection import is_stale
from natalizumab.clinic.spreadsheets import UTF8_MARK, line
from natalizumab.clinic.words import DECISIONS, ROUTES
from natalizumab.clinic.worklist import Row
from natalizumab.languages import ENGLISH, said

TITLE = "Appointment"
"""The one title of all that stands in the calendar: a phone that lies on a table shows it to everybody."""

HEADER = (
    *("Number", "Name", "Decision", "Decision for", "Why", "Overdue", "Due", "Taken by"),
    *("Next dose", "Every (weeks)", "Route"),
)
_NOT_YET = "to be worked out"
_PRODID = "-//natalizumab//worklist//EN"


def table(rows: Iterable[Work], on: date, language: str = ENGLISH) -> Iterator[str]:
    """Lines of CSV, the header first: words in the language, numbers and days as a program reads them."""
    yield UTF8_MARK + line(said(word, language) for word in HEADER)
    for work in rows:
        yield line(_cells(Row(work, on), language))


def _cells(row: Row, language: str) -> tuple[str, ...]:
    work = row.work
    if is_stale(work, row.on):
        return (work.number, work.name, said(_NOT_YET, language), *[""] * (len(HEADER) - 3))
    tasks = [task for task in row.tasks if not task.put_off]
    return (
        work.number,
        work.name,
        said(DECISIONS.get(work.decision, work.decision), language),
        row.decision_for.isoformat(),
        said(work.text, language),
        "; ".join(said(task.word, language) for task in tasks if task.overdue),
        "; ".join(said(task.word, language) for task in tasks if not task.overdue),
        "; ".join(dict.fromkeys(task.handled.owner_name for task in row.tasks if task.handled.owner_name)),
        row.next_due.isoformat() if row.next_due else "",
        f"{work.interval_weeks:g}" if work.interval_weeks is not None else "",
        said(ROUTES.get(work.route, ""), language),
    )


def calendar(rows: Iterable[Work], on: date, at: datetime, language: str = ENGLISH) -> bytes:
    """The next dose of everybody who may have one as far as is known: whole days, with the number and nothing more."""
    found = Calendar()
    found.add("prodid", _PRODID)
    found.add("version", "2.0")
    for work in rows:
        row = Row(work, on)
        if row.next_due and not is_stale(work, on) and not work.gap and work.decision in ("allow", "confirm"):
            found.add_component(_event(work, max(row.next_due, on), at, said(TITLE, language)))
    return bytes(found.to_ical())


def _event(work: Work, day: date, at: datetime, title: str) -> Event:
    event = Event()
    # The same for the same person and dose, so that a calendar which reads it again moves it and adds none.
    event.add("uid", f"{work.pk}-{work.last_sequence}@natalizumab")
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", title)
    event.add("description", work.number)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
