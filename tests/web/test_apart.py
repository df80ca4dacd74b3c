"""Two clinics learn nothing of each other: what is another clinic's gets the answer that nobody's id gets.

The same status, the same page, the same headers, and the same questions to the database, so that not even the time
tells. Asked of every address, method and role of the URL configuration, and of every field of every form and link of
every page. Left out are secrets: a one-time link's token and a form's own key, which nobody of another clinic knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from itertools import product
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, quote_plus
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.addresses import ADDRESSES, confirm, filled, name_of, parts_of
from tests.web.full_clinic import full_clinic
from tests.web.page_forms import TYPED, Field, Form, offered
from tests.web.people import signed_in
from tests.web.wild import Pairs, asked, encoded, usually

from natalizumab.clinic.clock import now
from natalizumab.clinic.models import Appointment, Membership, Merge, OneTimeLink, Person, PersonAccess, Role, User
from natalizumab.clinic.permissions import MAY, PUBLIC, ROLES, SIGNED_IN

pytestmark = pytest.mark.usefixtures("solver")

SHARED = {("join", "username"), ("account_login", "login")}
"""Names to sign in with are one list for all clinics of an installation: that one is taken can't be hidden."""

THEIRS, NOBODYS = "77", "78"
"""Marks in numbers and names: no name of a drug or place is nearer to one than to the other."""

VALUE = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b|s\d+_x\d+|_django_curs_\w+")
UUID_LIKE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
NEW = re.compile(
    rf'name="csrfmiddlewaretoken" value="\w+"|value="[0-9a-f]{{32}}"|value="[\w-]{{22}}"|{UUID_LIKE.pattern}'
    r'|data-now="[^"]+"|/join/[\w-]+/|"challenge": "[\w-]+"|data:image/svg\+xml;base64,[^"]+'
    r'|id="secret">\w+|\?secret=\w+'
)
"""What is new in every answer: tokens, forms' keys, ids of what was written, the time, secrets that are shown once."""

_SHORTEST = len(f"{THEIRS}a ")

OF_THE_ANSWER = ("X-Request-Id", "Content-Length", "Expires", "Set-Cookie")


@dataclass(frozen=True)
class Heard:
    """All that whoever asks can tell: the status, the page without what is new in each, the questions asked."""

    status: int
    page: str
    headers: tuple[tuple[str, str], ...]
    questions: tuple[str, ...]


Full = tuple[Person, dict[str, User]]


@pytest.fixture(scope="module")
def both(solver: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Full, Full]]:
    """Two clinics, made once, since nothing that is asked here changes anything; what each test writes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        ours = full_clinic("Harbour clinic (invented)", "A")
        _count_on()
        yield ours, full_clinic("Hill clinic (invented)", THEIRS)
        transaction.set_rollback(True)


@pytest.fixture
def ours(both: tuple[Full, Full], db: None) -> Full:
    return both[0]


@pytest.fixture
def theirs(both: tuple[Full, Full], db: None) -> Full:
    return both[1]


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still: between two answers laid side by side no watch runs on and no session is used anew."""
    moment = now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def _count_on() -> None:
    """From now on ids are so large that none is also a number of weeks, kilograms or somebody's here."""
    with connection.cursor() as cursor:
        for table in (one._meta.db_table for one in (User, Membership, PersonAccess, Merge, OneTimeLink)):
            if connection.vendor == "sqlite":
                cursor.execute("UPDATE sqlite_sequence SET seq = 5000000 WHERE name = %s", [table])
            else:
                serial = "pg_get_serial_sequence(%s, 'id')"
                cursor.execute(f"SELECT setval({serial}, nextval({serial}) + 5000000)", [table, table])


def heard(client: Client, method: str, place: str, body: bytes = b"", but: str = "") -> Heard:
    """The answer to a request that changes nothing; ``but`` is what was asked about, which a page may repeat."""
    cookies = client.cookies.output(header="", sep=";")
    with transaction.atomic(), CaptureQueriesContext(connection) as captured:
        answer = client.generic(method, place, body, "application/x-www-form-urlencoded")
        said = answer.getvalue().decode("utf-8", "replace")
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)  # a language that was chosen, a session that was ended
    headers = [(name, value) for name, value in answer.headers.items() if name not in OF_THE_ANSWER]
    told = tuple((name, _without(value, but)) for name, value in headers)
    questions = tuple(VALUE.sub("?", question["sql"]) for question in captured.captured_queries)
    return Heard(answer.status_code, _without(said, but), told, questions)


def _without(text: str, but: str) -> str:
    """What was asked about, however it is written, is not what was learnt; nor is its beginning, in a refusal."""
    ways = (but, quote(but), quote_plus(but), quote_plus(quote_plus(but)), quote_plus(quote(but)))
    beginnings = (but[:length] for length in range(len(but) - 1, _SHORTEST, -1))
    text = NEW.sub("…", text)  # first: what was asked about may stand within one by chance
    for written in (*ways, *beginnings) if but else ():
        text = text.replace(written, "…")
    return text


@pytest.mark.parametrize("role", ROLES)
def test_what_is_another_clinics_is_like_nobodys_at_every_address(ours: Full, theirs: Full, role: str) -> None:
    (who, accounts), (other, _) = ours, theirs
    tried = 0
    client = signed_in(accounts[role])
    every = [(one, method) for one in ADDRESSES if parts_of(one) for method in MAY[one]]
    for name, method in every:
        confirm(client)
        for foreign in product([who, other], repeat=len(parts_of(name))):
            if other not in foreign:
                continue
            whose = dict(zip(parts_of(name), foreign, strict=True))
            nobodys = {part: None if owner is other else owner for part, owner in whose.items()}
            answers = [heard(client, method, filled(ADDRESSES[name], who, **some)) for some in (whose, nobodys)]
            assert answers[0] == answers[1], (method, name, whose)
            assert answers[0].status == (404 if role in MAY[name][method] or _open(name, method) else 403)
            tried += 1
    assert tried > 50


def _open(name: str, method: str) -> bool:
    return MAY[name][method] in (PUBLIC, SIGNED_IN)


@pytest.mark.parametrize(
    ("role", "language"),
    [
        (Role.PRESCRIBER, "de"),
        (Role.ADMINISTRATOR, "en-gb"),
        (Role.AUDITOR, "en-gb"),
        ("person", "de"),
        ("carer", "en-gb"),
    ],
)
def test_no_field_and_no_question_tells_what_is_another_clinics(
    ours: Full, theirs: Full, role: str, language: str
) -> None:
    (who, accounts), (other, others) = ours, theirs
    client = signed_in(accounts[role])
    client.cookies["language"] = language
    confirm(client)
    pairs = list(_pairs(other, others))
    told = []
    for name, form in _forms(client, who):
        confirm(client)
        _sent(client, form, Field("", ""), "")  # what a first look works out is at hand from then on
        for field in form.fields.values():
            for theirs_is, nobodys_is in _alike(field, pairs):
                if (name, field.name) not in SHARED and field.name != "csrfmiddlewaretoken":
                    answers = [_sent(client, form, field, value) for value in (theirs_is, nobodys_is)]
                    if answers[0] != answers[1]:
                        told.append((name, form.method, form.action, field.name, theirs_is, _first(*answers)))
    assert not told, "\n".join(map(str, told))


def _pairs(other: Person, others: Mapping[str, User]) -> Iterator[tuple[str, str]]:
    """Something of the other clinic, and something like it that nobody has."""
    nurse = others[Role.NURSE]
    ids: list[Any] = [other.pk, other.entries.all()[0].pk, Appointment.objects.filter(person=other)[0].pk]
    numbers = [nurse.pk, nurse.memberships.get().pk, Merge.objects.get(survivor=other).pk, other.accesses.all()[0].pk]
    for one in [*ids, other.letters.get().pk, other.reports.all()[0].pk]:
        yield str(one), str(uuid4())
    for number in numbers:
        yield str(number), str(number + 1_000_000)
    yield f"{other.pk}:3", f"{uuid4()}:3"
    for words in (other.number, other.name):
        yield words, words.replace(THEIRS, NOBODYS, 1)


def _alike(field: Field, pairs: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The pairs that are shaped like what the field holds; in a field that somebody types into, words too."""
    shapes = {_shape(one) for one in field.choices} | ({"words"} if field.kind in TYPED else set())
    yield from (pair for pair in pairs if _shape(pair[0]) in shapes)


def _shape(value: str) -> str:
    if value.isdigit():
        return "number"
    if value.count(":") == 1 and UUID_LIKE.match(value):
        return "seen"
    return "id" if UUID_LIKE.fullmatch(value) else "words" if value.isascii() and value else ""


def _forms(client: Client, who: Person) -> Iterator[tuple[str, Form]]:
    """Every form of every page, and every link with a question as if it were one; each kind once."""
    seen = set()
    for name, place in ADDRESSES.items():
        there = filled(place, who)
        with transaction.atomic():
            answer = client.get(there)
            page = answer.getvalue().decode() if "html" in answer.headers.get("Content-Type", "") else ""
            transaction.set_rollback(True)
        found = offered(page, there)
        for form in [*found.forms, *map(_question, found.links)]:
            mark = (form.method, name_of(form.action), tuple(sorted(form.fields)))
            if form.fields and mark not in seen and form.action != "/sign-out/":
                seen.add(mark)
                yield name, form


def _question(link: str) -> Form:
    place, _, question = link.partition("?")
    form = Form("GET", place)
    for name, value in parse_qsl(question):
        form.add(name, "text", value)
    return form


def _sent(client: Client, form: Form, field: Field, value: str) -> Heard:
    """The form as somebody might fill it in, with that value in the one field."""
    usual = Random(form.action + field.name)
    pairs: Pairs = []
    for name, one in form.fields.items():
        content = value if name == field.name else usually(one, usual)
        if content is not None:
            pairs.append((name, content))
    cache.clear()  # what is counted of failed tries
    if form.method == "GET":
        return heard(client, "GET", asked(form.action, pairs), but=value)
    return heard(client, "POST", form.action.partition("#")[0], encoded(pairs), but=value)


def _first(one: Heard, other: Heard) -> object:
    """Where two answers part first."""
    if one.status != other.status or one.headers != other.headers:
        return one.status, other.status, one.headers, other.headers
    if one.page != other.page:
        lines = zip(one.page.splitlines(), other.page.splitlines(), strict=False)
        return next((pair for pair in lines if pair[0] != pair[1]), "one page is longer")
    return len(one.questions), len(other.questions), set(one.questions) ^ set(other.questions)
