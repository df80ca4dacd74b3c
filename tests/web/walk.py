"""Walking through the pages as each role, and the places and forms that are met on the way."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction
from django.test import Client
from tests.web.addresses import ADDRESSES, confirm, filled, name_of
from tests.web.full_clinic import TEAM
from tests.web.page_forms import Form, offered
from tests.web.people import member, signed_in
from tests.web.second_factor import give_app, give_recovery_codes
from tests.web.wild import Known

from natalizumab.clinic.models import Clinic, Person, Role, User
from natalizumab.clinic.permissions import MAY, PUBLIC, SIGNED_IN

MOST_PLACES = 40
"""So many places of one address (kinds of entry, sources) are tried."""

WHO = (*TEAM, "person", "carer", "nobody", "halfway", "stranger", "of two clinics")
"""The roles, and who has none: nobody, somebody with the password alone, without a clinic, or with two."""


def client_of(role: str, who: Person, accounts: dict[str, User]) -> Client:
    """Signed in with that role, and asked for a code just now, so that no page asks again."""
    if role == "nobody":
        return Client()
    if role == "halfway":
        return halfway(accounts[Role.NURSE])
    if role == "stranger":
        return signed_in(User.objects.create_user("stranger"))
    if role == "of two clinics":
        user = member(who.clinic, "two", Role.NURSE)
        user.memberships.create(clinic=Clinic.objects.exclude(pk=who.clinic_id)[0], role=Role.NURSE)
        return signed_in(user)
    if role == Role.PRESCRIBER:
        give_app(accounts[role])
        give_recovery_codes(accounts[role])
    client = signed_in(accounts[role])
    confirm(client)
    return client


def halfway(user: User) -> Client:
    """Has given the password, and not yet the code."""
    give_app(user)
    client = Client()
    client.post("/sign-in/", {"login": user.username, "password": "only for tests"})
    return client


def known_to(client: Client, role: str, who: Person) -> dict[str, Known]:
    """By the name of an address: its places and forms, as this role's pages show them."""
    places: dict[str, dict[str, None]] = {name: {filled(place, who): None} for name, place in ADDRESSES.items()}
    forms: dict[str, list[Form]] = defaultdict(list)
    for place in [place for found in places.values() for place in found]:
        _look(client, place, places, forms)
    # What is behind a link of a kind of its own (a form for each kind of entry) has forms of its own too.
    for name in ("entry-add", "new-letter", "decide", "item"):
        for place in list(places[name])[1:]:
            _look(client, place, places, forms)
    return {name: _known(role, name, list(found), forms[name]) for name, found in places.items()}


def _look(client: Client, place: str, places: dict[str, dict[str, None]], forms: dict[str, list[Form]]) -> None:
    with transaction.atomic():
        answer = client.get(place)
        page = answer.getvalue().decode() if "html" in answer.headers.get("Content-Type", "") else ""
        transaction.set_rollback(True)
    assert answer.status_code < 500, place
    found = offered(page, place)
    for link in found.links:
        if (name := name_of(link)) and len(places[name]) < MOST_PLACES:
            places[name][link] = None
    for form in found.forms:
        if (name := name_of(form.action)) and form not in forms[name]:
            forms[name].append(form)


def _known(role: str, name: str, places: list[str], forms: list[Form]) -> Known:
    methods = [method for method, roles in MAY[name].items() if roles is PUBLIC or roles is SIGNED_IN or role in roles]
    return Known(places, [form for form in forms if form.method in methods], methods or ["GET", "POST"])
