"""Can a nurse enter, correct, decide, add and plan in a real browser: wide and narrow, by keyboard, without JavaScript?

Each test has a person of its own among the demo's, because what it enters stays.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, Visit
from tests.browser.looking import everywhere

pytestmark = pytest.mark.browser

SIZES = ("wide", "narrow")


def own_place(page: Page, address: str, number: str) -> str:
    """Where somebody's page is, without opening it."""
    page.goto(f"{address}/?search={number}")
    return page.locator("tbody th a").first.get_attribute("href") or ""


def complaints(seen: Visit) -> list[str]:
    """What a page complained about, but for pictures that it was still fetching when one left it."""
    own = [f"failed: {seen.address}/people/", "htmx:sendError", "Failed to fetch"]
    return [one for one in seen.complaints if not any(words in one for words in own)]


def tab_to(page: Page, label: str) -> None:
    """Moves on with the tab key until the field of that name has the focus."""
    wanted = page.locator("main").get_by_label(label, exact=True)
    for _ in range(60):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no tab leads to {label}")


@pytest.mark.parametrize(("size", "number"), [("wide", "INV-040"), ("narrow", "INV-041")])
def test_an_entry_is_made_by_keyboard_alone(visit: Open, size: str, number: str) -> None:
    seen = visit(size=size)
    place = own_place(seen.page, seen.address, number)
    page = seen.go(place)
    page.get_by_role("button", name="Add an entry").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an entry")
    page.get_by_role("link", name="Weight").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Weight")
    tab_to(page, "Weight, kg")
    page.keyboard.type("71.5")
    page.keyboard.press("Enter")
    expect(page.locator("#saved")).to_contain_text("Weight, 2 Nov 2026: 71.5 kg")
    expect(page.locator("#saved")).to_be_in_viewport()
    assert complaints(seen) == []


def test_what_is_wrong_is_said_while_one_types_and_goes_when_it_is_right(visit: Open) -> None:
    seen = visit()
    page = seen.go(own_place(seen.page, seen.address, "INV-042") + "add/jcv/")
    index = page.get_by_label("Index", exact=True)
    index.press_sequentially("15")
    expect(page.locator("#told-index")).to_contain_text("15 is above 10")
    expect(index).to_be_focused()
    expect(index).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#told-assay")).to_be_empty()
    expect(page.locator("#checked")).to_contain_text("1 thing to look at")
    index.fill("1.5")
    expect(page.locator("#told-index")).to_be_empty()
    expect(index).not_to_have_attribute("aria-invalid", "true")
    assert complaints(seen) == []


def test_names_are_proposed_and_unknown_ones_pointed_out(visit: Open) -> None:
    seen = visit()
    page = seen.go(own_place(seen.page, seen.address, "INV-042") + "add/therapy/")
    assert page.locator("#list-name option[value=fingolimod]").count() == 1
    page.get_by_label("Drug", exact=False).first.press_sequentially("fingolimob")
    expect(page.locator("#told-name")).to_contain_text("Did you mean fingolimod?")
    assert complaints(seen) == []


@pytest.mark.parametrize(("size", "number"), [("wide", "INV-043"), ("narrow", "INV-044")])
def test_without_javascript_an_entry_is_made_corrected_and_marked_as_an_error(
    visit: Open, size: str, number: str
) -> None:
    seen = visit(size=size, javascript=False)
    place = own_place(seen.page, seen.address, number)
    page = seen.go(place + "add/edss/")
    page.locator("main").get_by_label("Score").fill("12")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#told-score")).to_contain_text("12 is above 10")
    expect(page.locator("main").get_by_label("Score")).to_have_value("12")
    page.locator("main").get_by_label("Score").fill("2.5")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#saved")).to_contain_text("EDSS, 2 Nov 2026: score 2.5")
    page.get_by_role("link", name="Correct EDSS, 2 Nov 2026").click()
    page.locator("main").get_by_label("Score").fill("3.5")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator("#saved")).to_contain_text("score 3.5")
    page.get_by_role("link", name="History EDSS, 2 Nov 2026").first.click()
    expect(page.get_by_role("row", name=re.compile("^Score"))).to_contain_text("2.5")
    expect(page.get_by_role("row", name=re.compile("^Score"))).to_contain_text("3.5")
    page.goto(seen.address + place)
    page.get_by_role("link", name="Entered in error EDSS, 2 Nov 2026").first.click()
    page.get_by_label("Why was it an error?").fill("Of another person.")
    page.get_by_role("button", name="Mark it as an error").click()
    expect(page.locator("#saved")).to_contain_text("Withdrawn entry")


@pytest.mark.parametrize(("size", "number"), [("wide", "INV-001"), ("narrow", "INV-002")])
def test_without_javascript_a_reason_is_acknowledged(visit: Open, size: str, number: str) -> None:
    seen = visit(size=size, javascript=False)
    page = seen.go(own_place(seen.page, seen.address, number))
    page.locator("#decision .confirm a.decide").first.click()
    page.get_by_label("Acknowledge").check()
    page.get_by_label("Why?").fill("The scan is booked for Friday.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator("#saved")).to_contain_text("Reason gone")
    expect(page.locator("#notes")).to_contain_text("The scan is booked for Friday")


@pytest.mark.parametrize("size", SIZES)
def test_a_person_is_added_by_keyboard_changed_merged_and_parted(visit: Open, size: str) -> None:
    seen = visit(size=size)
    page = seen.go("/")
    page.get_by_role("link", name="Add a person").focus()
    page.keyboard.press("Enter")
    tab_to(page, "Number needed")
    page.keyboard.type(f"NEW-{size}")
    page.keyboard.press("Tab")
    page.keyboard.type(f"Nova {size} Invented")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nova {size} Invented")
    page.get_by_role("link", name="Details").click()
    page.locator("main").get_by_label("Name").fill(f"Nova {size} Renamed")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("table")).to_contain_text(f"Nova {size} Renamed")
    page.get_by_role("link", name="Back to").click()
    page.get_by_role("link", name="Listed twice?").click()
    page.get_by_label("Number of the other one").fill("INV-060" if size == "wide" else "INV-061")
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("How do you know that they are one?").fill("One hospital number.")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator("#timeline li").first).to_be_attached()
    page.get_by_role("link", name="Listed twice?").click()
    page.get_by_label("Why are they not one person?").fill("They met.")
    page.get_by_role("button", name="Part them again").click()
    expect(page.locator("main")).to_contain_text("They met.")
    assert complaints(seen) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_switch_is_planned_without_javascript(visit: Open, people: dict[str, str], size: str) -> None:
    seen = visit(size=size, javascript=False)
    page = seen.go(own_place(seen.page, seen.address, people["measured"]) + "switch/")
    page.get_by_label("To which drug").fill("ocrelizumab")
    page.get_by_role("button", name="Show dates and duties").click()
    expect(page.get_by_role("heading", name="From natalizumab to ocrelizumab")).to_be_visible()
    expect(page.get_by_role("heading", name="To do")).to_be_visible()


def test_axe_finds_nothing_on_a_withdrawn_entry_and_on_a_form_that_is_wrong(
    visit: Open, people: dict[str, str]
) -> None:
    seen = visit()
    page = seen.page
    place = own_place(page, seen.address, people["corrected"])
    seen.go(place)
    gone = page.locator(".entries .gone").first.get_attribute("id") or ""
    seen.go(f"{place}entries/{gone.removeprefix('entry-')}/")
    assert everywhere(page) == []
    seen.go(f"{place}add/jcv/")
    page.get_by_label("Index", exact=True).fill("15")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved.")
    assert everywhere(page) == []
    assert complaints(seen) == []
