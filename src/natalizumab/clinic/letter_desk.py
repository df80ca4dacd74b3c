"""Writing a letter: what the form says, the letter it gives, keeping it, and whether a kept one still agrees."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import QueryDict

from natalizumab import letters
from natalizumab.care import load_protocol
from natalizumab.clinic.clock import now
from natalizumab.clinic.event_words import details as told_details
from natalizumab.clinic.event_words import title as told_title
from natalizumab.clinic.merging import heads
from natalizumab.clinic.models import Clinic, ClinicDetails, Entry, Letter, Person, User
from natalizumab.clinic.records import record_of
from natalizumab.errors import ModelError, Refusal
from natalizumab.letters.adverse_event import reportable

LONGEST_RECIPIENT, LONGEST_LANGUAGE = 400, 5
SHOWN_EVENTS, SHOWN_TESTS = 20, 7
"""So many of the latest events, and of the latest blood tests, are offered for a report."""


class LetterRefused(Refusal):
    """The letter can't be kept as it is."""


@dataclass(frozen=True)
class Draft:
    """A letter as the form has it; ``letter`` is None where ``refusal`` says why it can't be made."""

    asked: letters.Asked
    letter: letters.Letter | None
    refusal: str
    events: Sequence[Mapping[str, Any]]

    @property
    def problem(self) -> str:
        """Why it can't be kept; empty where it can."""
        if self.letter is None:
            return self.refusal
        return _incomplete(self.letter.missing) if self.letter.missing else ""


@dataclass(frozen=True)
class Agreement:
    """Whether a kept letter says what the record says now; ``newer`` are the entries made since."""

    agrees: bool
    newer: Sequence[Entry]
    refusal: str = ""


def details_of(clinic: Clinic) -> ClinicDetails | None:
    """The clinic's letterhead as it is now."""
    return ClinicDetails.objects.filter(clinic=clinic).order_by("-at", "-id").first()


def letterhead(found: ClinicDetails | None) -> letters.ClinicDetails:
    """As letters take it; empty where nobody entered one."""
    return found.letterhead if found else letters.ClinicDetails()


def asked_of(person: Person, kind: str, on: date, form: QueryDict, language: str) -> letters.Asked:
    """What the form says; ``language`` counts where it says none. Raises Refusal where something does not do."""
    words = {key.removeprefix("words."): typed(str(text)) for key, text in form.items() if key.startswith("words.")}
    recipient = typed(form.get("recipient", ""))
    if len(recipient) > LONGEST_RECIPIENT:
        raise LetterRefused(f"letter: an address has at most {LONGEST_RECIPIENT} characters")
    return letters.Asked(
        kind=kind,
        on=on,
        name=person.name,
        number=person.number,
        recipient=recipient,
        words={key: text for key, text in words.items() if text},
        tell_holds="tell_holds" in form,
        events=tuple(map(str, form.getlist("event"))),
        language=form.get("language", "")[:LONGEST_LANGUAGE] or language,
    )


def typed(text: str) -> str:
    """What somebody typed, without what can't be seen or stored; its lines stay."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(letter for letter in plain if letter == "\n" or letter.isprintable()).strip()


def draft(person: Person, entries: Sequence[Entry], asked: letters.Asked, head: letters.ClinicDetails) -> Draft:
    """The letter, or why there is none."""
    try:
        record = record_of(person, entries)
        events = _offered(record.course(asked.on), asked) if asked.kind == "adverse-event" else ()
    except Refusal as refusal:
        return Draft(asked, None, f"The record can't be read: {refusal}", ())
    try:
        return Draft(asked, letters.letter(record, _protocol(), asked, head), "", events)
    except Refusal as refusal:
        return Draft(asked, None, str(refusal), events)


def _incomplete(missing: Sequence[str]) -> str:
    return (
        f"This letter can't be sent yet. Missing: {', '.join(missing)}. "
        "An administrator enters it under the clinic's letterhead."
    )


def _protocol() -> Any:
    return load_protocol(settings.NATALIZUMAB_PROTOCOL)


def _offered(course: Any, asked: letters.Asked) -> list[dict[str, Any]]:
    """The latest events that can be reported; without a choice the latest reaction is taken."""
    last = course.last("reaction")
    chosen = set(asked.events) or ({last.ref} if last else set())
    found = reportable(course)
    tests = [event for event in found if event.kind == "lab"]
    latest = {e.ref for e in [*[e for e in found if e.kind != "lab"][:SHOWN_EVENTS], *tests[:SHOWN_TESTS]]}
    shown = [event for event in found if event.ref in latest | chosen]
    return [
        {"ref": e.ref, "day": e.day, "title": told_title(e.kind), "details": _told(e), "chosen": e.ref in chosen}
        for e in shown
    ]


def _told(event: Any) -> str:
    return told_details({key: value for key, value in event.fields().items() if key != "id"})


def keep(person: Person, entries: Sequence[Entry], found: Draft, by: User, key: str) -> Letter:
    """Keep the letter for good; the form sent twice keeps one. Raises LetterRefused where it can't be sent."""
    if found.letter is None or found.problem:
        raise LetterRefused(found.problem)
    before = _kept_before(person, key)
    if before is not None:
        return before
    document = found.letter.document
    paper = _paper(document)
    made = Letter(
        person=person,
        kind=found.asked.kind,
        language=found.asked.language,
        day=found.asked.on,
        recipient=found.asked.recipient,
        document=document,
        pdf=paper,
        asked=_as_text(found.asked, {place.key for place in found.letter.places}),
        hash=_hash(document.encode()),
        pdf_hash=_hash(paper) if paper else "",
        facts_hash=found.letter.facts_hash,
        last_sequence=heads(entries).get(str(person.pk), 0),
        by=by,
        at=now(),
        key=key or uuid4().hex,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return _kept_before(person, key) or _taken()
    return made


def _kept_before(person: Person, key: str) -> Letter | None:
    found = Letter.objects.filter(key=key).first() if key else None
    return found if found is None or found.person_id == person.pk else _taken()


def _taken() -> Letter:
    raise LetterRefused("letter: this form was sent before, for another letter: open it again")


def _paper(document: str) -> bytes | None:
    """The PDF; None on an installation that can make none: the page itself is kept anyway."""
    try:
        return letters.pdf(document)
    except ModelError:
        return None


def agreement(kept: Letter, person: Person, entries: Sequence[Entry]) -> Agreement:
    """Write the letter again, for its own day, from the record as it is now; what it takes from it may be another."""
    newer = [entry for entry in entries if _is_newer(entry, kept)]
    try:
        asked = _from_text(kept.asked, kept.person)
        again = letters.letter(record_of(person, entries), _protocol(), asked, letters.ClinicDetails())
    except Refusal as refusal:
        return Agreement(False, newer, str(refusal))
    return Agreement(again.facts_hash == kept.facts_hash, newer)


def _is_newer(entry: Entry, kept: Letter) -> bool:
    """Numbers count within one person; what belongs to somebody merged with them is told apart by its time."""
    return entry.sequence > kept.last_sequence if entry.person_id == kept.person_id else entry.entered_at > kept.at


def _as_text(asked: letters.Asked, places: Collection[str]) -> str:
    told = {
        "kind": asked.kind,
        "on": asked.on.isoformat(),
        "recipient": asked.recipient,
        "words": {key: text for key, text in asked.words.items() if key in places},
        "tell_holds": asked.tell_holds,
        "events": list(asked.events),
        "language": asked.language,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _from_text(text: str, person: Person) -> letters.Asked:
    told = json.loads(text)
    told |= {"on": date.fromisoformat(told["on"]), "events": tuple(told["events"])}
    return letters.Asked(name=person.name, number=person.number, **told)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
