"""One person's appointments as a calendar file that tells nobody why: no disease, no drug, not even the clinic's name.

The same record, day and title always give the same bytes. An event keeps its UID while its kind of appointment stays
the same, and its sequence number only grows, so that a newer file replaces what an older one put into a calendar.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from unicodedata import normalize
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from natalizumab.clinic.models import ClinicDetails
from natalizumab.clinic.models.letters import TITLE
from natalizumab.clinic.words import due_kind
from natalizumab.errors import Refusal
from natalizumab.evidence import fold, vocabulary
from natalizumab.languages import ENGLISH, LANGUAGES, long_day, said
from natalizumab.letters.told import told_items
from natalizumab.letters.treatment import Seen, treatment

FILE_NAME = "appointments.ics"
LONGEST_TITLE = 60

TELLING = frozenset(
    "ms sclerosis pml jc jcv virus infusion injection mri scan brain neuro neurology neurological neurologist dose "
    "drug medicine treatment therapy relapse lesion blood tests immune antibody biologic biological hospital "
    "mrt kernspin gehirn gabe dosis spritze spritzen schub schübe läsion antikörper bluttest biologikum "
    "nervenarzt nervenärztin rückenmark".split()
)
"""Words that would tell somebody who looks over a shoulder what an appointment is about."""

TELLING_PARTS = tuple(
    "infusion injektion sklerose blut hirn neurolog behandlung therapie medikament arznei antikörper kernspin "
    "klinik krankenhaus virus".split()
)
"""The same at the beginning or the end of a word: German joins what English writes apart, as in Blutabnahme."""

_BOOKS = ("therapies", "diagnoses", "procedures", "symptoms", "vaccines")
_MAKER = "-//Appointments//{}"
_ANY_DAY = "Any day up to {}; it is arranged with you."
_LATE = "Please arrange it soon."


class TitleRefused(Refusal):
    """The title would tell too much, or nothing."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One appointment: its kind with its place among those of that kind, its days, and the time where that is known."""

    name: str
    first: date
    last: date
    at: datetime | None
    note: str


def neutral(title: str) -> str:
    """The title without spaces around it. Raises TitleRefused where it is empty, long, or tells what it is about."""
    text = " ".join(title.split())
    if not text.isprintable() or not 1 <= len(text) <= LONGEST_TITLE:
        raise TitleRefused(f"title: it needs 1 to {LONGEST_TITLE} characters that can be seen, for example Appointment")
    folded = f" {fold(normalize('NFC', text))} "
    told = [word for word in folded.split() if _tells(word)] or [n for n in _names() if f" {n} " in folded]
    if told:
        raise TitleRefused(f'title: "{told[0]}" would tell others what it is about; say for example Appointment')
    return text


def usual_title(details: ClinicDetails | None, language: str) -> str:
    """What the clinic calls an appointment; the language's own word where nobody chose another."""
    title = details.calendar_title if details else TITLE
    return said(title, language) if title == TITLE else title


def _tells(word: str) -> bool:
    return word in TELLING or word.startswith(TELLING_PARTS) or word.endswith(TELLING_PARTS)


@cache
def _names() -> frozenset[str]:
    """Every spelling of a drug, a diagnosis, a procedure, a symptom or a vaccine, and its name in each language."""
    books = [vocabulary(name) for name in _BOOKS]
    spellings = {spelling for book in books for term in book.terms for spelling in book.spellings(term)}
    names = {fold(said(term.name, other)) for other in LANGUAGES for book in books for term in book.terms}
    return frozenset(spellings | names)


def calendar_file(
    person: UUID, look: Seen, title: str, last_sequence: int, zone: str, language: str = ENGLISH
) -> bytes:
    """The file for the person with that id; ``last_sequence`` is the number of the last entry of the record."""
    calendar = Calendar()
    calendar.add("prodid", _MAKER.format(language.upper()))
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    on = look.course.on
    for slot in slots(look, ZoneInfo(zone), language):
        calendar.add_component(_event(person, slot, title, on, last_sequence))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def slots(look: Seen, zone: ZoneInfo, language: str = ENGLISH) -> Iterator[Slot]:
    """The next dose, unless something stands against it, and what is due as far as a person is told of it."""
    on = look.course.on
    dose = _dose(look, zone, language)
    if dose is not None:
        yield dose
    count: Counter[str] = Counter()
    for item in told_items(look.plan):
        kind = due_kind(item["action"])
        count[kind] += 1
        yield _slot(f"{kind}-{count[kind]}", item, on, language)


def _dose(look: Seen, zone: ZoneInfo, language: str) -> Slot | None:
    facts, on = treatment(look), look.course.on
    if facts["held"] or facts["gap"] or facts["stopped"]:
        return None
    planned = next((dose for dose in look.course.planned_doses() if dose.day >= on), None)
    if planned is not None:
        return Slot("dose", planned.day, planned.day, planned.at.astimezone(zone) if planned.at else None, "")
    if not facts["next"]["due"]:
        return None
    due = date.fromisoformat(facts["next"]["due"])
    return Slot("dose", max(due, on), max(due, on), None, said(_LATE, language) if due < on else "")


def _slot(name: str, item: dict[str, Any], on: date, language: str) -> Slot:
    last = date.fromisoformat(item["due"])
    first = max((date.fromisoformat(item[key]) for key in ("window_from", "not_before") if item[key]), default=last)
    if last < on:
        return Slot(name, on, on, None, said(_LATE, language))
    note = said(_ANY_DAY, language).format(long_day(last, language)) if first < last else ""
    return Slot(name, min(first, last), last, None, note)


def _event(person: UUID, slot: Slot, title: str, on: date, last_sequence: int) -> Event:
    event = Event()
    event.add("uid", f"{uuid5(person, slot.name)}@appointments")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("sequence", on.toordinal() + last_sequence)
    event.add("summary", title)
    if slot.at is not None:
        event.add("dtstart", slot.at)
    else:
        event.add("dtstart", slot.first)
        event.add("dtend", slot.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if slot.note:
        event.add("description", slot.note)
    event.add("class", "PRIVATE")
    return event
