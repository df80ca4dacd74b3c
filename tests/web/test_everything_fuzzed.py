"""Whatever anybody sends to whichever address: an answer in words, never a failure of ours, and nothing half-saved.

The addresses come from the URL configuration and the forms from the pages themselves, so that a new one is tried
without a line here. NATALIZUMAB_FUZZ=200 tries that many requests for each role and address, NATALIZUMAB_FUZZ_SEED=7
other ones than usual. The same numbers give the same requests.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from tests.web.full_clinic import full_clinic
from tests.web.infusing import ON
from tests.web.people import signed_in
from tests.web.test_projection import tables
from tests.web.walk import WHO, client_of, known_to
from tests.web.wild import MARK, Known, Sent, requests

from natalizumab.clinic import letter_desk, plans, projection
from natalizumab.clinic.auditing import verify
from natalizumab.clinic.merging import entries_of
from natalizumab.clinic.models import (
    CacheEntry,
    ClinicTally,
    Entry,
    ListReading,
    Person,
    PersonFacts,
    Reading,
    Role,
    Submission,
    User,
    Work,
    WorkItem,
)
from natalizumab.clinic.permissions import MAY, PUBLIC, SIGNED_IN
from natalizumab.clinic.records import record_of
from natalizumab.clinic.simulator import answer as answering
from natalizumab.clinic.simulator import trials
from natalizumab.clinic.simulator.desk import desk
from natalizumab.clinic.wire import is_utf8
from natalizumab.disease.model.parameters import ensemble

pytestmark = pytest.mark.usefixtures("solver")

MANY = int(os.environ.get("NATALIZUMAB_FUZZ", "0"))
SEED = os.environ.get("NATALIZUMAB_FUZZ_SEED", "")
MADE_BY_LOOKING = {Reading, ListReading, Work, WorkItem, PersonFacts, ClinicTally, CacheEntry}
"""What is written by reading: who read, what was worked out, what is counted. All other tables stay as they are."""

KEPT = [
    model._meta.db_table
    for app in ("clinic", "mfa")
    for model in apps.get_app_config(app).get_models()
    if model not in MADE_BY_LOOKING
]

PHASES = (Phase.explicit, Phase.generate, Phase.shrink)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small trials; and a letter's paper, which takes long, in long runs alone."""
    monkeypatch.setattr(trials, "PEOPLE", 60)
    monkeypatch.setattr(answering, "BESIDE", 20)
    monkeypatch.setattr(answering, "ensemble", lambda: ensemble()[::12])
    if not MANY:
        monkeypatch.setattr(letter_desk, "_paper", lambda document: None)
    desk.forget()
    logging.disable()  # every refusal is a line in the log
    yield
    logging.disable(logging.NOTSET)
    desk.forget()


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Person, dict[str, User]]]:
    """A clinic with something of everything; another one beside it. Made once: what a test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        full_clinic("Hill clinic (invented)", "B")
        yield full_clinic("Harbour clinic (invented)", "A")
        transaction.set_rollback(True)


@pytest.fixture
def here(made: tuple[Person, dict[str, User]], db: None) -> tuple[Person, dict[str, User]]:
    return made


def examples(name: str, known: Known, role: str) -> int:
    """More where the role may do something, and more where there is a form."""
    may = any(roles is PUBLIC or roles is SIGNED_IN or role in roles for roles in MAY[name].values())
    if not may:
        return 1 + MANY // 20
    return MANY or (2 if not known.forms else 6)


@pytest.mark.parametrize("role", WHO)
def test_no_address_breaks_whoever_sends_whatever(here: tuple[Person, dict[str, User]], role: str) -> None:
    who, accounts = here
    client = client_of(role, who, accounts)
    addresses = known_to(client, role, who)
    watch = Watch(client, role, who, accounts)
    broken = []
    for name, known in addresses.items():
        try:
            watch.over(name, known)
        except Exception as error:  # noqa: BLE001  # all that is broken is told at once
            broken.append(error)
    if broken:
        raise ExceptionGroup(f"as {role}", broken)


class Watch:
    """Sends requests, each as if it were the only one, and looks at what became of it."""

    def __init__(self, client: Client, role: str, who: Person, accounts: dict[str, User]) -> None:
        self.client, self.role, self.who = client, role, who
        self.strict = Client(enforce_csrf_checks=True)
        self.cookies = client.cookies.output(header="", sep=";")
        self.nurse = signed_in(accounts[Role.NURSE])
        self.before = counts()

    def over(self, name: str, known: Known) -> None:
        many = examples(name, known, self.role)

        @settings(max_examples=many, derandomize=not SEED, suppress_health_check=list(HealthCheck), phases=PHASES)
        @given(requests(known))
        def tried(sent: Sent) -> None:
            with transaction.atomic():
                self.one(sent)
                transaction.set_rollback(True)

        (seed(f"{SEED} {self.role} {name}")(tried) if SEED else tried)()

    def one(self, sent: Sent) -> None:
        answer = self.ask(sent)
        self.look(answer, sent)
        assert sent.method != "HEAD" or not answer.getvalue()
        after = counts()
        if sent.method in ("GET", "HEAD", "OPTIONS", "TRACE") or answer.status_code >= 400:
            assert after == self.before, f"{sent} changed something"
        elif after != self.before:
            self.whole(sent)
        where = answer.headers.get("Location", "")
        if answer.status_code == 302 and where.startswith("/"):
            self.look(self.client.get(where), sent)
        cache.clear()  # what is counted of failed sign-ins

    def ask(self, sent: Sent) -> Any:
        if not is_utf8(sent.content_type):  # refused before Django (test_wire)
            return HttpResponse(status=415)
        client = self.strict if sent.csrf else self.client
        client.cookies = SimpleCookie(self.cookies)
        kind = {} if sent.method == "TRACE" else {"data": sent.body, "content_type": sent.content_type}
        return client.generic(sent.method, sent.place, headers=dict(sent.headers), **kind)  # type: ignore[arg-type]

    def look(self, answer: Any, sent: Sent) -> None:
        said = answer.getvalue()
        assert answer.status_code < 500, f"{answer.status_code} for {sent}"
        if "html" in answer.headers.get("Content-Type", ""):
            assert MARK.encode() not in said, f"what was sent stands in the page as it is: {sent}"

    def whole(self, sent: Sent) -> None:
        """Chains verify, every record can be read, the worklist says what a rebuild says, and pages show it."""
        plans.forget()
        assert verify().problems == ()
        for person in Person.objects.all():
            record_of(person, entries_of(person))
        ids = {str(pk) for pk in Entry.objects.values_list("pk", flat=True)}
        assert all(set(kept) <= ids for kept in Submission.objects.values_list("entries", flat=True))
        found = tables()
        projection.rebuild(ON)
        assert tables() == found, f"the worklist is not what a rebuild gives after {sent}"
        for place in ("/", f"/people/{self.who.pk}/", f"/people/{self.who.pk}/infusion/", "/infusions/", "/triage/"):
            assert self.nurse.get(place).status_code in (200, 302), place


def counts() -> tuple[int, ...]:
    """How many rows each table has that nobody changes by reading; one question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in KEPT))
        return tuple(cursor.fetchone())
