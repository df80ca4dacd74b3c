"""Letters in a real browser: written by a nurse, by keyboard too, without JavaScript, at either width."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open
from tests.browser.looking import violations

pytestmark = pytest.mark.browser


def letters_of(visit: Open, number: str) -> str:
    """The address of a person's letters, found without waiting for the pictures of the person's page."""
    found = visit(javascript=False)
    return found.go(f"/people/?number={number}").url.removeprefix(found.address) + "letters/"


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_letter_is_written_looked_at_kept_and_found_again(
    visit: Open, people: dict[str, str], size: str, javascript: bool
) -> None:
    opened = visit(size=size, javascript=javascript)
    place = letters_of(visit, people["scan_overdue"])
    page = opened.go(place)
    page.get_by_role("link", name="Letter to the GP").first.click()
    page.get_by_label("To: name and address").fill("Dr George Practice (invented)\nThe Surgery")
    page.get_by_label("Before everything else").fill("Thank you for seeing her.")
    page.get_by_role("button", name="Show it again").click()
    paper = page.get_by_role("region", name="The letter")
    expect(paper).to_contain_text("Thank you for seeing her.")
    expect(page.get_by_label("Before everything else")).to_have_value("Thank you for seeing her.")
    page.get_by_role("button", name="Keep it for sending").click()
    expect(page.get_by_text("It agrees with the record")).to_be_visible()
    expect(page.get_by_role("region", name="The letter")).to_contain_text("The Surgery")
    if javascript:
        assert violations(page) == []
    page.get_by_role("link", name="Back to the letters").click()
    expect(page.get_by_role("row", name=re.compile("Letter to the GP.*Dr George Practice")).first).to_be_visible()


def test_a_letter_is_written_from_the_keyboard(visit: Open, people: dict[str, str]) -> None:
    opened = visit()
    page = opened.go(letters_of(visit, people["measured"]) + "new/person/")
    page.get_by_label("To: name and address").focus()
    page.keyboard.type("Ada")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox")).to_be_checked()
    page.get_by_role("button", name="Show it again").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("To: name and address")).to_have_value("Ada")
    expect(page.get_by_role("checkbox")).to_be_checked()


def test_the_calendar_file_is_downloaded_under_a_name_that_tells_nothing(visit: Open, people: dict[str, str]) -> None:
    opened = visit()
    page = opened.go(letters_of(visit, people["measured"]))
    with page.expect_download() as found:
        page.get_by_role("button", name="Download the calendar file").click()
    assert found.value.suggested_filename == "appointments.ics"


def test_on_paper_stands_the_letter_alone(visit: Open, people: dict[str, str]) -> None:
    opened = visit()
    page = opened.go(letters_of(visit, people["measured"]) + "new/gp/")
    page.emulate_media(media="print")
    expect(page.get_by_role("region", name="The letter")).to_be_visible()
    for gone in ("Back to the letters", "Show it again", "Keep it for sending"):
        expect(page.get_by_text(gone)).to_be_hidden()
