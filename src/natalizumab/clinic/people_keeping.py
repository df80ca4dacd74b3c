"""Adding a person, and changing who they are said to be: checked, once, and with what was before."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from natalizumab.clinic.clock import now
from natalizumab.clinic.doubles import doubles_of, listed
from natalizumab.clinic.models import Clinic, Entry, Person, PersonChange, Sex, User
from natalizumab.clinic.records import record_plain
from natalizumab.errors import RecordError, Refusal
from natalizumab.record import Record
from natalizumab.record.moments import read_day

NAMES = {"number": "Number", "name": "Name", "born": "Born", "sex": "Sex"}
_LONGEST = {"number": 40, "name": 200}

Problems = dict[str, str]


class ChangedMeanwhile(Refusal):
    """Somebody else changed the same person after the form was opened."""


@dataclass(frozen=True)
class Details:
    """Who somebody is said to be, as it was typed, with what is wrong."""

    typed: Mapping[str, str]
    values: Mapping[str, Any]
    problems: Problems


def read(data: Mapping[str, str], today: date) -> Details:
    """The details of a form."""
    typed = {name: (data.get(name) or "").strip() for name in NAMES}
    problems: Problems = {}
    for name, longest in _LONGEST.items():
        problems |= _text_problem(name, typed[name], longest)
    born, wrong = _born(typed["born"], today)
    problems |= wrong
    if typed["sex"] not in Sex.values:
        problems["sex"] = f"Choose one: {', '.join(Sex.labels).lower()}."
    return Details(typed, {**typed, "born": born}, problems)


def details_of(person: Person) -> dict[str, str]:
    """What a form about somebody begins with."""
    return {name: plain(getattr(person, name)) for name in NAMES}


def add(clinic: Clinic, details: Details, *, by: User, key: str) -> Person:
    """The new person; the same form sent again gives the one it added. Raises IntegrityError for a taken number."""
    before = PersonChange.objects.select_related("person").filter(key=key, person__clinic=clinic).first()
    if before is not None:
        return before.person
    with transaction.atomic():
        made = Person.objects.create(clinic=clinic, **details.values)
        changed = {name: [None, plain(value)] for name, value in details.values.items()}
        PersonChange(person=made, by=by, at=now(), changed=changed, key=key).save()
    return made


def last_change(person: Person) -> int:
    """The number of the last change, as a form carries it; 0 before the first."""
    return PersonChange.objects.filter(person=person).order_by("-pk").values_list("pk", flat=True).first() or 0


def change(person: Person, details: Details, *, by: User, key: str, seen: int) -> None:
    """Change what differs, and keep what was.

    Raises IntegrityError for a taken number, and ChangedMeanwhile where somebody changed them after ``seen``.
    """
    with transaction.atomic():
        kept = Person.objects.select_for_update().get(pk=person.pk)
        if PersonChange.objects.filter(key=key).exists():
            return
        if last_change(kept) > seen:
            raise ChangedMeanwhile("somebody changed these details meanwhile: compare, and save again")
        changed = {
            name: [plain(getattr(kept, name)), plain(value)]
            for name, value in details.values.items()
            if getattr(kept, name) != value
        }
        if not changed:
            return
        for name in changed:
            setattr(kept, name, details.values[name])
        kept.save(update_fields=list(changed))
        PersonChange(person=kept, by=by, at=now(), changed=changed, key=key).save()


def number_problem(clinic: Clinic, number: str, but: Person | None = None) -> Problems:
    """Whether somebody has that number, in capitals or not; whoever was merged keeps theirs."""
    others = Person.objects.filter(clinic=clinic, number__iexact=number)
    other = others.exclude(pk=but.pk).first() if but else others.first()
    return (
        {"number": f"This number belongs to {other.name} ({other.number}): every number is given once."}
        if other
        else {}
    )


def possible(clinic: Clinic, details: Details, but: Person | None = None) -> list[tuple[Person, str]]:
    """Whom the details may already belong to; one query."""
    people = [person for person in listed(clinic) if but is None or person.pk != but.pk]
    return list(doubles_of(details.typed["number"], details.typed["name"], details.values["born"], people))


def record_problem(person: Person, entries: Sequence[Entry], born: date | None) -> Problems:
    """Whether the record contradicts that birth date."""
    document = record_plain(person, entries)
    document["person"].pop("born", None)
    if born is not None:
        document["person"]["born"] = born.isoformat()
    try:
        Record.from_dict(document)
    except RecordError as refusal:
        if str(refusal).startswith("person.born"):
            return {"born": "This is after something in the record: correct the date, or that entry first."}
    return {}


def _text_problem(name: str, text: str, longest: int) -> Problems:
    if not text:
        return {name: "This is needed."}
    if len(text) > longest:
        return {name: f"This is too long: {len(text)} characters, at most {longest}."}
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in text):
        return {name: "This holds a sign that nobody can see: type it again."}
    return {}


def _born(text: str, today: date) -> tuple[date | None, Problems]:
    if not text:
        return None, {}
    try:
        born = read_day(text)
    except ValueError as error:
        return None, {"born": f"“{text[:40]}” {error}."}
    return (born, {}) if born <= today else (None, {"born": "This is after today."})


def plain(value: Any) -> str:
    """A detail as a form shows it."""
    return value.isoformat() if isinstance(value, date) else str(value or "")
