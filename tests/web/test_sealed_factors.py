"""What codes are made from lies sealed: it opens with the secret, with the one before it, and with nothing else."""

from __future__ import annotations

import importlib
import json
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.web.second_factor import KEY, code, give_app, give_recovery_codes

from natalizumab.clinic.accounts.sealed import MARK, CanNotOpen, closed, seal, seal_anew, unseal
from natalizumab.clinic.models import User

migration = importlib.import_module("natalizumab.clinic.migrations.0012_seal_second_factors")
NEW = "another secret, for the tests of the change alone"


def all_data() -> str:
    """Everything that the database holds of second factors."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator ORDER BY id")
        return json.dumps(cursor.fetchall())


def opens(user: User, what: str) -> Any:
    client = Client()
    client.post("/sign-in/", {"login": user.username, "password": "only for tests"})
    return client.post("/sign-in/second-factor/", {"code": what})


def test_neither_an_apps_key_nor_the_root_of_recovery_codes_lies_open(nora: User) -> None:
    give_app(nora)
    codes = give_recovery_codes(nora)
    stored = all_data()
    assert stored.count(MARK) == 2
    assert not [secret for secret in (KEY, *codes) if secret in stored]


def test_the_same_key_is_sealed_another_way_each_time() -> None:
    assert seal(KEY) != seal(KEY)
    assert unseal(seal(KEY)) == KEY


def test_codes_of_the_app_and_recovery_codes_open_as_ever(nora: User) -> None:
    give_app(nora)
    first, *_ = give_recovery_codes(nora)
    assert opens(nora, code()).status_code == 302
    assert opens(nora, first).status_code == 302
    assert opens(nora, first).status_code == 200


def test_after_a_change_of_the_secret_the_one_before_opens_until_all_is_sealed_anew(nora: User, settings: Any) -> None:
    give_app(nora)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [settings.SECRET_KEY]
    assert opens(nora, code()).status_code == 302
    seal_anew(Authenticator.objects.all())
    settings.SECRET_KEY_FALLBACKS = []
    assert closed(Authenticator.objects.all()) == 0
    assert opens(nora, code(steps=1)).status_code == 302


@pytest.mark.parametrize("what", ["000000", ""])
def test_with_another_secret_no_code_opens_and_the_page_says_why(nora: User, settings: Any, what: str) -> None:
    give_app(nora)
    settings.SECRET_KEY = NEW
    before = all_data()
    page = opens(nora, what or code())
    assert page.status_code == 403
    assert "sealed with" in page.content.decode()
    seal_anew(Authenticator.objects.all())
    assert closed(Authenticator.objects.all()) == 1
    assert all_data() == before


def test_a_key_that_somebody_put_into_the_database_unsealed_opens_nothing(nora: User) -> None:
    Authenticator.objects.create(user=nora, type="totp", data={"secret": KEY})
    assert opens(nora, code()).status_code == 403


@pytest.mark.parametrize("text", ["", KEY, MARK, MARK + "x", MARK + "é", seal(KEY)[:-4] + "AAAA"])
def test_what_was_not_sealed_here_does_not_open(text: str) -> None:
    with pytest.raises(CanNotOpen):
        unseal(text)


def test_the_migration_seals_what_lay_open_and_its_way_back_opens_it(nora: User, olga: User) -> None:
    Authenticator.objects.create(user=nora, type="totp", data={"secret": KEY})
    Authenticator.objects.create(user=nora, type="recovery_codes", data={"seed": "ab" * 40, "used_mask": 3})
    Authenticator.objects.create(user=olga, type="recovery_codes", data={"migrated_codes": ["11111111", "22222222"]})
    Authenticator.objects.create(user=olga, type="webauthn", data={"credential": {"name": "a key"}})
    before = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    editor = SimpleNamespace(connection=connection)
    migration.seal(apps, editor)
    migration.seal(apps, editor)
    assert not [open_text for open_text in (KEY, "abab", "11111111") if open_text in all_data()]
    assert "a key" in all_data()
    assert TOTP(Authenticator.objects.get(user=nora, type="totp")).validate_code(code())
    assert opens(olga, "22222222").status_code == 302
    migration.open_again(apps, editor)
    after = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    assert after == [*before[:2], {"migrated_codes": ["11111111"]}, before[3]]
