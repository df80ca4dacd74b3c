"""Erasure from the command: two administrators sign with their passwords, and every backup to come knows of it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from natalizumab.clinic.erasing import erase
from natalizumab.clinic.models import Entry, Person, User
from natalizumab.clinic.operation import ledger
from natalizumab.clinic.operation.forgetting import forget, is_forgotten
from natalizumab.clinic.operation.refused import OperationRefused

_log = logging.getLogger("natalizumab.erasure")


@dataclass(frozen=True, slots=True)
class Signature:
    """A username, and the password that proves it."""

    username: str
    password: str


def erase_entries(
    *,
    person: UUID | None,
    entries: Sequence[UUID],
    asked: Signature,
    confirmed: Signature,
    reason: str,
    backups: Path | None,
) -> int:
    """Erase these entries, or everything of a person; returns how many payloads are gone.

    Raises OperationRefused, or ErasureRefused, where it may not be; then nothing is changed.
    """
    chosen = _chosen(person, entries)
    signed = [_signed(signature) for signature in (asked, confirmed)]
    fresh = sum(not entry.erased for entry in chosen)
    _overwrite_what_goes()
    with transaction.atomic():
        gone = erase(chosen, asked_by=signed[0], confirmed_by=signed[1], reason=reason)
        if person is not None:
            forget(chosen[0].person)
    _log.info("erased", extra={"fields": {"entries": len(gone), "whole_person": person is not None}})
    _empty_the_log()
    if backups is not None:
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        ledger.bring_up_to_date(backups)
    return max(fresh, len(gone)) if fresh else 0


def _overwrite_what_goes() -> None:
    """SQLite else leaves the old words in the file, where a text search finds them, until the space is used again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def _empty_the_log() -> None:
    """They stand in SQLite's log too. Where a server reads just now it may stay; it is overwritten in time."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _chosen(person: UUID | None, entries: Sequence[UUID]) -> list[Entry]:
    if person is not None:
        return _everything_of(person)
    found = list(Entry.objects.filter(pk__in=entries).select_related("person"))
    if unknown := set(entries) - {entry.pk for entry in found}:
        raise OperationRefused(f"erase: there is no entry {min(unknown, key=str)}; nothing was erased")
    return found


def _everything_of(person: UUID) -> list[Entry]:
    known = Person.objects.filter(pk=person).first()
    if known is None:
        raise OperationRefused(f"erase: there is no person {person}; nothing was erased")
    if is_forgotten(known):
        raise OperationRefused(f"erase: {person} is erased already")
    return list(Entry.objects.filter(person=known).select_related("person"))


def _signed(signature: Signature) -> User:
    """The same words for an unknown name and a wrong password."""
    user = User.objects.filter(username=signature.username, is_active=True).first()
    if user is None or not user.check_password(signature.password):
        raise OperationRefused(f"erase: {signature.username!r} and that password don't fit; nothing was erased")
    return user
