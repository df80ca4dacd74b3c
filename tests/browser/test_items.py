"""Can a thing to do be taken, ordered and put off in a browser: wide, narrow, dark, by keyboard, without scripts?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.browser.looking import everywhere

pytestmark = pytest.mark.browser


def opened(page: Page, person: str) -> Page:
    """The first thing to do of a person, from the list."""
    page.wait_for_load_state()  # leaving a page while it loads is noted as a request that failed
    page.goto(page.url.split("?")[0] + f"?search={person}")
    page.locator(".tasks a").first.click()
    expect(page.get_by_role("heading", name="Take it")).to_be_visible()
    return page


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_a_scan_is_taken_ordered_and_put_off(visit: Open, people: dict[str, str], size: str, javascript: bool) -> None:
    seen = visit(size=size, javascript=javascript)
    page = opened(seen.go("/"), people["scan_overdue"])
    page.get_by_role("button", name="Save who takes it").click()
    expect(page.locator(".marks").first).to_contain_text("Nora Nurse")
    opened(page, people["scan_overdue"])
    page.get_by_label("Ordered on").fill("2026-11-01")
    page.get_by_label("Reference").fill("RX-7")
    page.get_by_role("button", name="Save the order").click()
    expect(page.locator(".marks").first).to_contain_text("ordered 1 Nov 2026")
    opened(page, people["scan_overdue"])
    page.get_by_label("Until").fill("2026-11-09")
    page.get_by_label("Why").fill("Booked elsewhere")
    page.get_by_role("button", name="Put it off").click()
    expect(page.locator(".tasks")).to_contain_text("put off until 9 Nov 2026")
    page.wait_for_load_state()
    page.locator(".put-off a").click()
    expect(page.locator(".history")).to_contain_text("Booked elsewhere")
    page.wait_for_load_state()
    page.get_by_role("button", name="Put it back on the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Worklist")
    expect(page.locator(".tasks")).not_to_contain_text("put off")
    page.wait_for_load_state()
    assert seen.complaints == []


def test_a_thing_is_taken_by_keyboard_alone(visit: Open, people: dict[str, str]) -> None:
    page = opened(visit().go("/"), people["serology_overdue"])
    page.get_by_label("Taken by").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".marks").first).to_contain_text("Nora Nurse")


def test_what_is_wrong_is_said_with_nothing_lost_and_axe_finds_nothing(visit: Open, people: dict[str, str]) -> None:
    page = opened(visit().go("/"), people["short_scan_overdue"])
    page.get_by_label("Until").fill("2026-11-01")
    page.get_by_label("Why").fill("In the past")
    page.get_by_role("button", name="Put it off").click()
    expect(page.get_by_role("alert")).to_contain_text("choose a day after 2 Nov 2026")
    expect(page.get_by_label("Why")).to_have_value("In the past")
    assert everywhere(page) == []


def test_a_quick_choice_leads_to_its_people_and_the_table_can_be_taken_along(visit: Open) -> None:
    page = visit().go("/")
    chip = page.get_by_role("link", name=re.compile("Infusion this week"))
    count = int(re.sub(r"\D", "", chip.inner_text()))
    chip.click()
    expect(page.locator("tbody tr")).to_have_count(min(count, 25))
    with page.expect_download() as download:
        page.get_by_role("link", name="table (CSV)").click()
    assert len(download.value.path().read_text().splitlines()) == count + 1
