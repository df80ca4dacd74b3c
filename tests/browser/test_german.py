"""The pages in German in a real browser, on a phone and on a wide screen: by keyboard, and with a comma in a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import SIZES, Visit, watch
from tests.browser.looking import violations
from tests.browser.test_accounts import PASSWORD, clinic  # noqa: F401  # a served clinic that asks for passwords
from tests.browser.test_own_pages import press_until
from tests.web.second_factor import code

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(clinic: dict[str, str], chromium: Browser) -> Iterator[Any]:  # noqa: F811
    """Opens a visit of somebody whose browser asks for German."""
    contexts = []

    def open_page(size: str) -> Visit:
        context = chromium.new_context(viewport=SIZES[size], reduced_motion="reduce", locale="de-DE")  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        found = Visit(context.new_page(), clinic["address"])
        watch(found)
        return found

    yield open_page
    for context in contexts:
        context.close()


CODES: dict[str, list[str]] = {}
"""The recovery codes of those who have joined, each of which opens once."""


def enter(seen: Visit, links: dict[str, str], role: str, name: str) -> Page:
    """Signs in by keyboard alone; whoever has no account yet joins first, and signs out again."""
    if name not in CODES:
        page = seen.go(links[role])
        good(page, seen)
        typed = {"born": "1988-03-02", "name": "Nora Nurse (invented)", "username": name}
        for field, words in (typed | {"password": PASSWORD, "again": PASSWORD}).items():
            if page.locator(f"#{field}").count():
                page.locator(f"#{field}").fill(words)
        page.keyboard.press("Enter")
        page.get_by_role("link", name="App einrichten").click()
        page.locator("#id_code").fill(code(page.locator("#secret").inner_text()))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ersatzcodes")
        CODES[name] = page.locator(".codes code").all_inner_texts()
        good(page, seen)
        page.get_by_role("link", name="Ich habe sie aufbewahrt").click()
        page.get_by_role("button", name="Abmelden").click()
    page = seen.go("/sign-in/")
    good(page, seen)
    by_keyboard(page, page.get_by_label("Name", exact=True), name)
    by_keyboard(page, page.get_by_label("Passwort", exact=True), PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Zweiter Schritt")
    good(page, seen)
    page.keyboard.type(CODES[name].pop())  # the field has the focus already
    page.keyboard.press("Enter")
    return page


def by_keyboard(page: Page, field: Locator, words: str) -> None:
    press_until(page, field, None)
    page.keyboard.type(words)


def good(page: Page, seen: Visit) -> None:
    """German, for whoever sees or hears it, as wide as the screen, and nothing on the console."""
    assert page.locator("html").get_attribute("lang") == "de"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.complaints == []


@pytest.mark.parametrize("size", SIZES)
def test_a_nurse_signs_in_by_keyboard_and_enters_a_weight_with_a_comma(
    clinic: dict[str, str],  # noqa: F811
    opened: Any,
    size: str,
) -> None:
    seen = opened(size)
    page = enter(seen, clinic, "nurse", "nora")
    expect(page.get_by_role("heading", level=1)).to_have_text("Arbeitsliste")
    good(page, seen)
    press_until(page, page.get_by_role("link", name="Ben Invented").first, "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ben Invented")
    expect(page.locator("[data-chart]:not([data-drawn])")).to_have_count(0, timeout=90_000)
    expect(page.locator("#interval a")).to_have_count(0, timeout=90_000)
    good(page, seen)
    person = page.url
    page.goto(f"{person}add/weight/")
    good(page, seen)
    typed = {"wide": "71,5", "narrow": "72,5"}[size]
    by_keyboard(page, page.locator("[name=kg]"), typed)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(f"{typed} kg")
    good(page, seen)
    page.goto(person)
    expect(page.locator("main")).to_contain_text(re.compile(rf"{typed}\s*kg"))


@pytest.mark.parametrize("size", SIZES)
def test_a_person_signs_in_by_keyboard_and_finds_their_own_pages_in_german(
    clinic: dict[str, str],  # noqa: F811
    opened: Any,
    size: str,
) -> None:
    seen = opened(size)
    page = enter(seen, clinic, "person", "ben")
    expect(page.get_by_role("heading", level=1)).to_have_text("Guten Tag, Ben Invented")
    good(page, seen)
    for place, words in {
        "worse": "Mir geht es jetzt schlechter",
        "check": "Monatliche Selbstkontrolle",
        "card": "Patientenausweis",
        "carers": "Vertrauens\N{SOFT HYPHEN}personen",
    }.items():
        page = seen.go(f"/me/{place}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        good(page, seen)
    page = seen.go("/me/worse/")
    press_until(page, page.get_by_label("Fieber, oder eine Infektion, die nicht weggeht"), "Space")
    press_until(page, page.get_by_role("button", name="Jetzt meinem Team mitteilen"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihr Team ist verständigt")
    good(page, seen)


def test_the_language_is_changed_by_keyboard_and_back(opened: Any) -> None:
    seen = opened("narrow")
    page = seen.go("/sign-in/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    press_until(page, page.get_by_role("button", name="English"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert page.locator("html").get_attribute("lang") == "en-gb"
    press_until(page, page.get_by_role("button", name="Deutsch"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
    good(page, seen)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", ["/glance/?interval=6", "/evidence/", "/glance/?interval=1"])
def test_axe_finds_nothing_on_the_pages_that_are_open_to_all(opened: Any, place: str, size: str) -> None:
    seen = opened(size)
    page = seen.go(place)
    expect(page.locator("#chain [role=status], main h1").first).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "de"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
