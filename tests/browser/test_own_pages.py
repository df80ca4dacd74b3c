"""A person's own pages and the clinic's triage in a real browser: on a phone first, by keyboard, without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, Visit, held_back
from tests.browser.looking import everywhere

pytestmark = pytest.mark.browser


def look_as(visit: Visit, who: str, place: str) -> Page:
    return visit.go(f"/demo-sign-in/?as={who}&next={place}")


def test_axe_finds_nothing_where_a_dose_has_yet_to_be_confirmed(visit: Open) -> None:
    assert everywhere(look_as(visit(), "held", "/me/")) == []


def test_the_next_dose_is_there_and_the_held_one_is_not(visit: Open) -> None:
    seen = visit(size="narrow")
    page = look_as(seen, "person", "/me/")
    expect(page.locator(".big time")).to_be_visible()
    page = look_as(seen, "held", "/me/")
    expect(page.locator(".big")).to_have_text("Your team will confirm your next dose")
    expect(page.locator("main")).not_to_contain_text("PML")
    assert seen.complaints == []


@pytest.mark.parametrize("javascript", [True, False])
def test_by_keyboard_alone_i_feel_worse_reaches_the_team(visit: Open, javascript: bool) -> None:
    words = f"told by keyboard, {javascript}"
    page = look_as(visit(size="narrow", javascript=javascript), "person", "/me/")
    press_until(page, page.get_by_role("link", name="I feel worse now"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("I feel worse now")
    press_until(page, page.get_by_label("I had a fit or a seizure, or I passed out"), "Space")
    press_until(page, page.get_by_label("In your own words"), None)
    page.keyboard.type(words)
    press_until(page, page.get_by_role("button", name="Tell my team now"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ring 112 now")
    nurses = look_as(visit(), "nurse", "/triage/")
    first = nurses.locator(".reports li").first
    expect(first).to_contain_text("Emergency")
    expect(nurses.locator(".reports")).to_contain_text(words)


def test_the_number_beside_triage_comes_by_itself(visit: Open) -> None:
    page = look_as(visit(), "nurse", "/")
    expect(page.locator(".waiting")).to_be_visible()


def test_the_check_is_sent_by_keyboard(visit: Open) -> None:
    page = look_as(visit(size="narrow"), "person", "/me/check/")
    for group in page.locator("fieldset").all():
        group.get_by_label("No").focus()
        page.keyboard.press("Space")
    press_until(page, page.get_by_role("button", name="Send to my team"), "Enter")
    expect(page.get_by_role("status")).to_have_text("Thank you. Your check is with your team.")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_says_where_to_be_reminded_and_ends_it(visit: Open, javascript: bool) -> None:
    seen = visit(size="narrow", javascript=javascript)
    page = look_as(seen, "person", "/me/")
    page.get_by_role("link", name="Reminders").click()
    page.get_by_label("E-mail address").fill("name@")
    if javascript:
        expect(page.locator("#told-email .problem")).to_contain_text("This is no e-mail address")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#told-consent")).to_contain_text("Tick this to agree")
    if javascript:
        assert everywhere(page) == []
    page.get_by_label("E-mail address").fill("name@home.example")
    page.get_by_label("I want reminders by e-mail").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("reminds you at name@home.example")
    page.get_by_role("button", name="No reminders any more").click()
    expect(page.locator("main")).to_contain_text("does not remind you")


def press_until(page: Page, wanted: object, then: str | None) -> None:
    """Go on with Tab until the wanted one has the focus, then press a key on it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):  # type: ignore[attr-defined]
            if then:
                page.keyboard.press(then)
            return
    raise AssertionError("the keyboard doesn't reach it")


def test_what_is_typed_before_the_scripts_are_there_is_checked_when_they_are(visit: Open) -> None:
    """On a slow line somebody types while they are still on the way: nothing is overlooked."""
    page = look_as(visit(size="narrow"), "person", "/me/reminders/")
    release = held_back(page)
    page.reload(wait_until="commit")
    page.get_by_label("E-mail address").fill("name@")
    release()
    expect(page.locator("#told-email .problem")).to_contain_text("This is no e-mail address")
    expect(page.get_by_label("E-mail address")).to_have_value("name@")
