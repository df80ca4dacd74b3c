"""Whose language counts where nobody is looking at a page: for a letter, a reminder, a calendar."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from natalizumab.clinic.models import AccessKind, Clinic, ClinicDetails, Person, PersonAccess
from natalizumab.languages import ENGLISH

READ_BY_THE_PERSON = ("person", "risk")
"""The letters that somebody with MS reads, or signs."""


def language_of(details: ClinicDetails | None) -> str:
    """The clinic's language; English where nobody entered one."""
    return details.language if details else ENGLISH


def own_language(person: Person) -> str:
    """What the person chose on their own page, never what a carer chose; empty where nobody knows."""
    found = _own().filter(person=person).values_list("user__language", flat=True)
    return found.first() or ""


def own_languages(clinic: Clinic) -> dict[UUID, str]:
    """The same of everybody in the clinic of whom it is known."""
    return dict(_own().filter(person__clinic=clinic).exclude(user__language="").values_list("person", "user__language"))


def for_the_person(person: Person, details: ClinicDetails | None) -> str:
    """The person's own language, or else their clinic's."""
    return own_language(person) or language_of(details)


def letter_language(person: Person, kind: str, details: ClinicDetails | None) -> str:
    """In which language a letter is written unless the writer chooses another."""
    return for_the_person(person, details) if kind in READ_BY_THE_PERSON else language_of(details)


def _own() -> QuerySet[PersonAccess]:
    return PersonAccess.objects.filter(kind=AccessKind.SELF, ended=None)
