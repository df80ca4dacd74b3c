"""The language of the pages: chosen at the foot of each, kept in a cookie, and never a way out of this server."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from tests.web.people import carer_account, member, own_account, signed_in

from natalizumab.clinic.accounts import links
from natalizumab.clinic.models import Clinic, Person, Purpose, Role, User
from natalizumab.evidence import source
from natalizumab.languages.catalogue import LANGUAGES

pytestmark = pytest.mark.usefixtures("solver", "clinic")

GERMAN = "de"


class _Foot(HTMLParser):
    """The forms of a page with the fields and buttons of each."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str | None], list[dict[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "form":
            self.forms.append((dict(attributes), []))
        elif tag in ("input", "button") and self.forms:
            self.forms[-1][1].append(dict(attributes))


def pressed(client: Client, place: str, code: str, **headers: str) -> str:
    """Press a language's button at the foot of a page, as a browser without a script does; where it leads."""
    foot = _Foot()
    foot.feed(client.get(place).content.decode())
    (form, fields), *others = [one for one in foot.forms if one[0].get("class") == "languages"]
    assert not others
    buttons = [field for field in fields if field.get("name") == "language"]
    assert [button["value"] for button in buttons] == [code for code, _ in settings.LANGUAGES]
    assert code in [button["value"] for button in buttons]
    typed = {str(field["name"]): field["value"] or "" for field in fields if field.get("type") == "hidden"}
    response = client.post(str(form["action"]), typed | {"language": code}, headers=headers)
    assert response.status_code == 302
    return str(response.headers["Location"])


def language_of(client: Client, place: str, **headers: str) -> str:
    found = re.search(r'<html lang="([^"]*)">', client.get(place, headers=headers).content.decode())
    assert found, place
    return found[1]


def who(name: str, clinic: Clinic, ada: Person) -> Client:
    if name == "nobody":
        return Client()
    user = {
        "nurse": lambda: member(clinic, "nora", Role.NURSE),
        "administrator": lambda: member(clinic, "anna", Role.ADMINISTRATOR),
        "person": lambda: own_account(ada, "ada"),
        "carer": lambda: carer_account(ada, "carl"),
    }[name]()
    return signed_in(user)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("nobody", "/sign-in/"),
        ("nobody", "/glance/?interval=6"),
        ("nobody", "/evidence/"),
        ("nurse", "/"),
        ("nurse", "/triage/"),
        ("nurse", "/account/"),
        ("administrator", "/colleagues/"),
        ("person", "/me/"),
        ("person", "/me/worse/"),
        ("carer", "/me/"),
    ],
)
def test_the_foot_of_every_page_leads_back_to_it_in_the_language_that_was_chosen(
    clinic: Clinic, ada: Person, name: str, place: str
) -> None:
    client = who(name, clinic, ada)
    assert language_of(client, place) == "en-gb"
    assert pressed(client, place, GERMAN) == place
    assert language_of(client, place) == GERMAN
    assert pressed(client, place, "en-gb") == place
    assert language_of(client, place) == "en-gb"


def test_the_choice_is_a_cookie_that_no_script_reads_and_no_other_site_sends(client: Client) -> None:
    pressed(client, "/sign-in/", GERMAN)
    cookie = client.cookies["language"]
    assert cookie.value == GERMAN
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == 365 * 24 * 3600


def test_the_choice_outlives_signing_in_and_out(client: Client, nora: User, clinic: Clinic) -> None:
    pressed(client, "/sign-in/", GERMAN)
    client.post("/sign-in/", {"login": "nora", "password": "only for tests"})
    assert language_of(client, "/") == GERMAN
    client.post("/sign-out/")
    assert language_of(client, "/sign-in/") == GERMAN


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.8,en;q=0.5", "de"),
        ("fr,de;q=0.5", "de"),
        ("fr-FR,fr", "en-gb"),
        ("en-US,en", "en-gb"),
        ("", "en-gb"),
        ("*;q=x,,;;\0", "en-gb"),
    ],
)
def test_without_a_choice_the_browser_s_language_counts(client: Client, asked: str, given: str) -> None:
    assert language_of(client, "/sign-in/", accept_language=asked) == given


def test_a_choice_counts_more_than_the_browser_s_language(client: Client) -> None:
    pressed(client, "/sign-in/", "en-gb")
    assert language_of(client, "/sign-in/", accept_language="de") == "en-gb"


@pytest.mark.parametrize("unknown", ["fr", "en", "DE", "xx", "", "de\r\nSet-Cookie: a=b", "../de", "d" * 5000])
def test_an_unknown_language_changes_nothing(client: Client, unknown: str) -> None:
    pressed(client, "/sign-in/", GERMAN)
    response = client.post("/language/", {"language": unknown, "next": "/sign-in/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in/")
    assert client.cookies["language"].value == GERMAN
    assert language_of(client, "/sign-in/") == GERMAN


@pytest.mark.parametrize("cookie", ["fr", "xx", "../../etc", "de\0", "x" * 5000])
def test_a_cookie_that_says_nothing_is_as_none(client: Client, cookie: str) -> None:
    client.cookies["language"] = cookie
    assert language_of(client, "/sign-in/") == "en-gb"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere.example", "http:///x"],
)
def test_the_choice_never_leads_to_another_server(client: Client, elsewhere: str) -> None:
    for headers in ({}, {"referer": elsewhere}):
        response = client.post("/language/", {"language": GERMAN, "next": elsewhere}, headers=headers)
        assert (response.status_code, response.headers["Location"]) == (302, "/")


def test_the_page_that_the_browser_says_it_comes_from_counts_where_a_script_has_changed_the_address(
    client: Client,
) -> None:
    now = "http://testserver/glance/?interval=6"
    assert pressed(client, "/glance/", GERMAN, referer=now) == now


def test_the_answer_to_a_form_that_has_no_page_of_its_own_leads_to_the_beginning(clinic: Clinic, ada: Person) -> None:
    client = who("administrator", clinic, ada)
    assert (
        client.post("/language/", {"language": GERMAN, "next": "/colleagues/invite/"}).headers["Location"] == "/choose/"
    )
    token = links.make(Purpose.TEAM, clinic, by=None, role=Role.NURSE)
    place = f"/join/{token}/"
    assert client.post("/language/", {"language": GERMAN, "next": place}).headers["Location"] == place


def test_only_a_form_chooses_and_only_from_this_site(nora: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(nora)
    assert strict.get("/language/?language=de&next=/").status_code == 405
    assert strict.post("/language/", {"language": GERMAN}).status_code == 403
    assert "language" not in strict.cookies


def test_a_page_in_german_says_that_no_clinician_has_checked_it(client: Client) -> None:
    hint = "noch keine Fachperson geprüft"
    assert hint not in client.get("/sign-in/").content.decode()
    pressed(client, "/sign-in/", GERMAN)
    assert hint in client.get("/sign-in/").content.decode()


def test_each_language_is_named_in_itself(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    for code, name in settings.LANGUAGES:
        assert re.search(rf'<button[^>]* lang="{code}"[^>]*>{name}</button>', page)
    assert [name for _, name in settings.LANGUAGES] == list(LANGUAGES.values())


@pytest.mark.parametrize("place", ["/evidence/", "/glance/", "/evidence/jems-2014/"])
def test_titles_of_sources_are_said_to_be_english(client: Client, place: str) -> None:
    pressed(client, "/sign-in/", GERMAN)
    page = client.get(place).content.decode()
    assert html.escape(source("jems-2014").citation) in re.sub(r"<a [^>]*>", "", "".join(in_english(page)))


def in_english(page: str) -> list[str]:
    """What stands in the parts that say that they are English."""
    return [found[2] for found in re.finditer(r'<(a|li|h1|p)\b[^>]* lang="en"[^>]*>(.*?)</\1>', page, re.DOTALL)]
