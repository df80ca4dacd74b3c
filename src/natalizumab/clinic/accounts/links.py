"""One-time links: the only way to a new account, and to a new password. They are handed over, never sent by e-mail."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F

from natalizumab.clinic.clock import now
from natalizumab.clinic.models import Clinic, OneTimeLink, Person, Purpose, User

DAYS = {Purpose.TEAM: 7, Purpose.PASSWORD: 1, Purpose.SELF: 14, Purpose.CARER: 14}
"""For how long a link works."""

MOST_FAILURES = 5
"""After so many wrong dates of birth, or names that are taken, a link is spent."""


def make(
    purpose: Purpose,
    clinic: Clinic,
    *,
    by: User | None,
    role: str = "",
    person: Person | None = None,
    user: User | None = None,
    allows: Sequence[str] = (),
) -> str:
    """Make a link; returns its token, which is kept nowhere. A new one for the same spends the earlier ones."""
    token = secrets.token_urlsafe(32)
    if purpose in (Purpose.PASSWORD, Purpose.SELF):
        OneTimeLink.objects.filter(purpose=purpose, person=person, user=user, used_at=None).update(withdrawn_at=now())
    OneTimeLink.objects.create(
        hash=_hash(token),
        purpose=purpose,
        clinic=clinic,
        role=role,
        person=person,
        user=user,
        allows=list(allows),
        made_by=by,
        made_at=now(),
        expires_at=now() + timedelta(days=DAYS[purpose]),
    )
    return token


def find(token: str) -> OneTimeLink | None:
    """The link, if it still works."""
    links = OneTimeLink.objects.select_related("clinic", "person", "user")
    return links.filter(hash=_hash(token), **_open()).first()


def spend(link: OneTimeLink) -> bool:
    """Use the link up; False where somebody else was quicker, or it has expired meanwhile."""
    return OneTimeLink.objects.filter(pk=link.pk, **_open()).update(used_at=now()) == 1


def withdraw(link: OneTimeLink) -> bool:
    """Take a link back; False where it was used already."""
    return OneTimeLink.objects.filter(pk=link.pk, **_open()).update(withdrawn_at=now()) == 1


def wrong(link: OneTimeLink) -> None:
    """Count something that somebody may be guessing."""
    OneTimeLink.objects.filter(pk=link.pk).update(failures=F("failures") + 1)


def waiting(clinic: Clinic) -> list[OneTimeLink]:
    """The clinic's links for its team that still work, newest first."""
    links = OneTimeLink.objects.filter(clinic=clinic, person=None, **_open())
    return list(links.select_related("made_by", "user").order_by("-made_at"))


def _open() -> dict[str, object]:
    return {"used_at": None, "withdrawn_at": None, "expires_at__gt": now(), "failures__lt": MOST_FAILURES}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
