"""Every address of the URL configuration, and what stands for the parts of one: no test keeps a list of its own."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from tests.web.people import carer_account, kept_letter, member, own_account, thing_of

from natalizumab.clinic.accounts import links
from natalizumab.clinic.models import (
    AccessKind,
    Clinic,
    Membership,
    OneTimeLink,
    Person,
    PersonAccess,
    Purpose,
    Role,
    SelfReport,
    User,
)


def patterns(found: URLResolver | None = None, before: str = "/") -> Iterator[tuple[str, str]]:
    """The name and the place of every address."""
    for one in (found or get_resolver()).url_patterns:
        place = before + str(one.pattern)
        if isinstance(one, URLPattern):
            yield str(one.name), place
        else:
            yield from patterns(one, place)


ADDRESSES = dict(patterns())


PART = re.compile(r"<\w+:(\w+)>")
SAID = {
    "form": "html",
    "panel": "saturation",
    "key": "jems-2014",
    "reason": "JCV-01-0",
    "table": "tests-in-time",
    "signal": "hypersensitivity",
    "kind": "weight",
}
"""Parts of an address that name nobody, and nothing of any clinic."""


def parts_of(name: str) -> list[str]:
    """The parts of an address that name somebody, or something, of one clinic; a link's secret is no name."""
    return [part for part in PART.findall(ADDRESSES[name]) if part not in SAID and part != "token"]


def name_of(place: str) -> str:
    """The name of the address of a place, with or without a question; "" where there is none."""
    try:
        return str(resolve(place.partition("?")[0].partition("#")[0]).url_name)
    except Resolver404:
        return ""


def filled(place: str, who: Person | None, **others: Person | None) -> str:
    """With the ids of somebody and of what belongs to them, or of nobody; some parts of ``others``."""

    def content(found: re.Match[str]) -> str:
        part = found[1]
        if part == "kind" and "letters" in place:
            return "gp"
        return SAID[part] if part in SAID else _thing(part, others.get(part, who), found[0])

    return PART.sub(content, place)


def _thing(part: str, who: Person | None, whole: str) -> str:
    """Something of the person's clinic, made for this address."""
    if who is None:
        return "0" * 20 if "slug" in whole else "999999" if "int" in whole else str(uuid4())
    made: dict[str, Callable[[], object]] = {
        "person_id": lambda: who.pk,
        "letter_id": lambda: kept_letter(who).pk,
        "entry_id": lambda: who.entries.order_by("sequence")[0].pk,
        "item": lambda: thing_of(who),
        "pk": lambda: passkey_of(who),
        "token": lambda: links.make(Purpose.TEAM, who.clinic, by=None, role=Role.NURSE),
        "report_id": lambda: report(who).pk,
        "access_id": lambda: carer_of(who),
        "member_id": lambda: colleague_of(who).pk,
        "link_id": lambda: _link(who),
    }
    assert part in made, f"say here what stands for the part {part} of an address"
    return str(made[part]())


def colleague_of(who: Person) -> Membership:
    """Somebody of the person's clinic by whom nobody signs in."""
    user = User.objects.get_or_create(username=f"colleague-{who.clinic_id}")[0]
    return Membership.objects.get_or_create(user=user, clinic=who.clinic, role=Role.NURSE)[0]


def passkey_of(who: Person) -> int:
    """The passkey of that colleague."""
    owner = {"user": colleague_of(who).user, "type": Authenticator.Type.WEBAUTHN}
    found: Authenticator = Authenticator.objects.get_or_create(**owner, defaults={"data": {"name": "invented"}})[0]
    return int(found.pk)


def _link(who: Person) -> int:
    links.make(Purpose.TEAM, who.clinic, by=None, role=Role.NURSE)
    return OneTimeLink.objects.latest("id").pk


def report(who: Person) -> SelfReport:
    """Something that the person told."""
    teller = User.objects.get_or_create(username="teller")[0]
    return SelfReport.objects.create(key=uuid4().hex, person=who, told_by=teller, level=1, gravity=2, words="unwell")


def carer_of(who: Person) -> int:
    """The access of a carer, by whom nobody signs in; a new one where the last was ended."""
    user = User.objects.get_or_create(username="another-carer")[0]
    return PersonAccess.objects.get_or_create(user=user, person=who, kind=AccessKind.CARER, ended=None)[0].pk


def somebody_with(role: str, clinic: Clinic, who: Person) -> User:
    """Who has the role there: on the team, or with an own page that is that person's."""
    if role == "person":
        return own_account(who, "somebody")
    if role == "carer":
        return carer_account(who, "somebody")
    return member(clinic, "somebody", role)


def confirm(client: Client) -> None:
    """As if whoever asks had just shown again who they are."""
    session = client.session
    user = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = user
    session.save()
