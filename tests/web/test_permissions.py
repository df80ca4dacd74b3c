"""Who may do what: every address of the URL configuration, every method, every role (test_apart: of two clinics)."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from tests.web.addresses import ADDRESSES, filled, somebody_with
from tests.web.people import signed_in

from natalizumab.clinic.models import Clinic, Person, User
from natalizumab.clinic.permissions import MAY, OWN, PUBLIC, ROLES, SIGNED_IN, WHAT

pytestmark = pytest.mark.usefixtures("solver")

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

ONLY_ELSEWHERE = {"demo-sign-in", "openid_connect_login", "openid_connect_callback"} | {
    f"socialaccount_{page}" for page in ("connections", "login_cancelled", "login_error", "signup")
}
"""Addresses of the demo, and of OpenID Connect, which this configuration does not have."""

OF_ONES_OWN = {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_remove_webauthn"}
"""Pages about something that the asker has not: no such page, whoever asks."""


def asked(client: Client, method: str, name: str, who: Person | None) -> int:
    """The status of the answer to a request after which everything is as before: one address signs out."""
    cookies = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        status = client.generic(method, filled(ADDRESSES[name], who)).status_code
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.load(cookies)
    return status


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert set(MAY) - ONLY_ELSEWHERE == set(ADDRESSES)
    assert set(WHAT) == set(MAY)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_its_row_says_and_nothing_else(clinic: Clinic, ada: Person, role: str) -> None:
    client = signed_in(somebody_with(role, clinic, ada))
    for name, method in product(ADDRESSES, METHODS):
        roles = MAY[name].get("GET" if method == "HEAD" else method)
        status = asked(client, method, name, ada)
        if roles is None:
            assert status == 405, (method, name)
        elif roles is PUBLIC or roles is SIGNED_IN or role in roles:
            # 400: nothing was sent, and the page says so.
            allowed = (200, 302, 404) if name in OF_ONES_OWN or name == "choose" else (200, 302, 400)
            assert status in allowed, (method, name, status)
        else:
            assert status == 403, (method, name)


def test_without_signing_in_only_public_pages_answer(client: Client, ada: Person) -> None:
    for name, method in product(ADDRESSES, METHODS):
        roles = MAY[name].get("GET" if method == "HEAD" else method)
        status = asked(client, method, name, ada)
        if roles is PUBLIC:
            assert status < 400, (method, name)
        elif roles is not None:
            assert status == 302, (method, name)


def test_somebody_without_a_clinic_may_only_what_is_public_or_their_own_account(ada: Person) -> None:
    client = signed_in(User.objects.create_user("wendy"))
    for name in ADDRESSES:
        for method, roles in MAY[name].items():
            own = roles is PUBLIC or roles is SIGNED_IN
            assert own or asked(client, method, name, ada) == 403, (method, name)


def test_nobody_of_a_team_opens_a_persons_own_pages_and_no_person_a_teams() -> None:
    for name, methods in MAY.items():
        for roles in methods.values():
            if roles not in (PUBLIC, SIGNED_IN):
                assert name.startswith("me") == bool(roles & OWN), name


def test_the_page_of_the_manual_is_that_of_the_table() -> None:
    from roles_page import PAGE, written

    assert Path(PAGE).read_text() == written()
