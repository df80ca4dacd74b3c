"""The demo's accounts beside its nurse: a prescriber, an administrator, and two people who see their own pages."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from natalizumab.clinic.models import (
    AccessKind,
    Clinic,
    Membership,
    Person,
    PersonAccess,
    ReportLevel,
    SelfReport,
    User,
)

NURSE, PRESCRIBER, ADMINISTRATOR = "demo-nurse", "demo-prescriber", "demo-administrator"
PERSON, HELD = "demo-person", "demo-person-held"

AS = {"nurse": NURSE, "prescriber": PRESCRIBER, "administrator": ADMINISTRATOR, "person": PERSON, "held": HELD}
"""As whom a visitor may look at the demo."""

_STORIES = {PERSON: "breast_checked", HELD: "suspected_pml_symptom"}


def member(clinic: Clinic, username: str, first: str, last: str, role: str) -> User:
    """One of the team, who has no password."""
    user = _account(username, first, last)
    Membership.objects.create(user=user, clinic=clinic, role=role)
    return user


def own_pages(people: Iterable[tuple[str, Person]], told_at: datetime) -> None:
    """Accounts for the first person of two stories, and what they told; their records have it already."""
    first: dict[str, Person] = {}
    for story, person in people:
        first.setdefault(story, person)
    for username, story in _STORIES.items():
        if story in first:
            user = _account(username, first[story].name, "")
            PersonAccess.objects.create(user=user, person=first[story], kind=AccessKind.SELF, since=told_at)
            _told(first[story], user, told_at, held=username == HELD)


def _told(person: Person, user: User, told_at: datetime, *, held: bool) -> None:
    level = ReportLevel.TODAY if held else ReportLevel.SOON
    SelfReport.objects.create(
        id=uuid.uuid5(uuid.NAMESPACE_OID, user.username),
        key=user.username,
        person=person,
        told_by=user,
        told_at=told_at,
        level=level,
        gravity=int(level),
        signs=["speech", "mood"] if held else ["skin"],
        words="My sister says I lose words. It has grown over two weeks." if held else "",
    )


def _account(username: str, first: str, last: str) -> User:
    user = User(username=username, first_name=first, last_name=last)
    user.set_unusable_password()
    user.save()
    return user
