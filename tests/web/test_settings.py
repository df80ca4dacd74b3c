"""Do the settings refuse what would be unsafe, and do the pages carry the strict policy?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from natalizumab.clinic.models import Person
from natalizumab.clinic.settings.database import database

GOOD = {
    "NATALIZUMAB_SECRET": "long and random enough, for a test at the very least",
    "NATALIZUMAB_HOSTS": "clinic.example",
}


def django(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Django's own command under the production settings."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("NATALIZUMAB_")}
    ours |= {"DJANGO_SETTINGS_MODULE": "natalizumab.clinic.settings.production", **environment}
    command = [sys.executable, "-m", "django", *arguments]
    return subprocess.run(command, check=False, env=ours, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"NATALIZUMAB_SECRET": ""}, "NATALIZUMAB_SECRET holds 0 characters"),
        ({"NATALIZUMAB_SECRET": "short"}, "NATALIZUMAB_SECRET holds 5 characters"),
        ({"NATALIZUMAB_HOSTS": ""}, "NATALIZUMAB_HOSTS must name the hosts"),
        ({"NATALIZUMAB_HOSTS": "*"}, "NATALIZUMAB_HOSTS must name the hosts"),
        ({"NATALIZUMAB_DATABASE": "mysql://x/y"}, "mysql:// is not allowed"),
    ],
)
def test_production_does_not_start_without_what_makes_it_safe(change: dict[str, str], said: str) -> None:
    done = django(["check"], GOOD | change)
    assert done.returncode != 0
    assert said in done.stderr


OIDC = {
    "NATALIZUMAB_OIDC_SERVER": "https://login.hospital.example",
    "NATALIZUMAB_OIDC_CLIENT": "clinic",
    "NATALIZUMAB_OIDC_SECRET": "between the two of us",
    "NATALIZUMAB_OIDC_NAME": "hospital account (invented)",
}
SIGN_IN_PAGE = """
from django.core.management import call_command
from django.conf import settings
from django.test import Client, override_settings
call_command("migrate", verbosity=0)
from natalizumab.clinic.permissions import MAY
from django.urls import get_resolver
plain = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
with override_settings(STORAGES=plain):
    page = Client().get("/sign-in/", secure=True, HTTP_HOST="clinic.example").content.decode()
print("hospital account" in page, "openid_connect_login" in str(get_resolver().reverse_dict.keys()))
"""


@pytest.mark.parametrize(("given", "said"), [({}, "False False"), (OIDC, "True True")])
def test_the_hospitals_sign_in_is_there_where_its_settings_are(
    given: dict[str, str], said: str, tmp_path: Path
) -> None:
    asked = django(
        ["shell", "-v", "0", "-c", SIGN_IN_PAGE], GOOD | given | {"NATALIZUMAB_DATABASE": str(tmp_path / "d.sqlite3")}
    )
    assert asked.stdout.strip().splitlines()[-1:] == [said], asked.stderr


def test_half_of_the_hospitals_sign_in_is_refused() -> None:
    done = django(["check"], GOOD | {"NATALIZUMAB_OIDC_SERVER": "https://login.hospital.example"})
    assert "missing: NATALIZUMAB_OIDC_CLIENT, NATALIZUMAB_OIDC_SECRET" in done.stderr


def test_djangos_own_deployment_check_finds_nothing_in_production() -> None:
    done = django(["check", "--deploy", "--fail-level", "WARNING"], GOOD)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_migrations_hold_everything_that_the_models_say() -> None:
    done = django(["makemigrations", "--check", "--dry-run"], GOOD)
    assert done.returncode == 0, done.stdout


def test_an_address_of_postgresql_may_name_a_socket_folder() -> None:
    found = database("postgresql://nurse@/clinic?host=/run/sockets", Path("unused"))
    assert (found["NAME"], found["USER"], found["HOST"], found["PORT"]) == ("clinic", "nurse", "/run/sockets", "")


def test_an_address_of_postgresql_may_name_a_host_and_a_port() -> None:
    found = database("postgresql://nurse:s%40fe@db.example:5433/clinic", Path("unused"))
    assert (found["HOST"], found["PORT"], found["PASSWORD"]) == ("db.example", "5433", "s@fe")


def test_anything_else_is_the_path_of_a_file() -> None:
    assert database("/srv/clinic.sqlite3", Path("unused"))["NAME"] == "/srv/clinic.sqlite3"
    assert database("", Path("default.sqlite3"))["NAME"] == "default.sqlite3"


def test_an_unknown_kind_of_database_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="mysql"):
        database("mysql://x/y", Path("unused"))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="these are SQLite's own settings")
@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1)])
def test_sqlite_is_set_to_lose_nothing(db: None, pragma: str, value: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        assert cursor.fetchone() == (value,)


def test_every_page_forbids_what_this_server_does_not_serve(as_nora: Client, ada: Person) -> None:
    for place in ("/", f"/people/{ada.pk}/", "/evidence/", "/people/nobody/", "/sign-in/"):
        policy = as_nora.get(place).headers["Content-Security-Policy"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == rules["style-src"] == "'self'"
        assert "unsafe" not in policy


def test_no_page_carries_inline_script_or_style(as_nora: Client, ada: Person) -> None:
    for place in ("/", f"/people/{ada.pk}/", "/evidence/", "/evidence/ema-pml-2016/", "/people/nobody/"):
        page = as_nora.get(place).content.decode()
        assert "<script>" not in page
        assert "<style" not in page
        assert ' style="' not in page
        assert " onclick" not in page


def test_pages_load_nothing_from_elsewhere(as_nora: Client, ada: Person) -> None:
    for place in ("/", f"/people/{ada.pk}/"):
        page = as_nora.get(place).content.decode()
        assert "//" not in page.replace("<!doctype html>", "").replace("http://testserver", "")


def test_every_page_says_what_it_is_not(as_nora: Client, ada: Person) -> None:
    for place in ("/", f"/people/{ada.pk}/", "/evidence/"):
        page = as_nora.get(place).content.decode()
        assert "a clinician decides" in page
        assert "Not a certified medical device" in page
