"""The record of what was done to accounts."""

from __future__ import annotations

from natalizumab.clinic.models import AccountEvent, Clinic, Person, User


def note(
    what: str,
    clinic: Clinic,
    *,
    by: User | None,
    about: User | None = None,
    person: Person | None = None,
    detail: str = "",
) -> None:
    """Put on record what was done; ``person`` where it is about a person's own page."""
    AccountEvent(clinic=clinic, what=what, by=by, about=about, person=person, detail=detail[:500]).save()
