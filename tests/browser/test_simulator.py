"""Does the simulator work in a real browser: with and without JavaScript, by keyboard, with a screen reader?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, Visit
from tests.browser.looking import everywhere

pytestmark = pytest.mark.browser

QUESTION = "/simulator/?strategy=iv-standard&strategy=iv-extended&strategy=none&pml=secondary"
WORKED_OUT = 120_000
"""Milliseconds within which a question is answered, on a slow machine that compiles the model first."""


def answered(visit: Visit, place: str = QUESTION) -> Page:
    page = visit.go(place)
    expect(page.locator(".strategy")).to_have_count(3, timeout=WORKED_OUT)
    return page


def test_axe_finds_nothing_on_an_answer_and_nothing_is_amiss(visit: Open) -> None:
    seen = visit()
    assert everywhere(answered(seen)) == []
    assert seen.complaints == []


def test_axe_finds_nothing_after_a_wrong_question(visit: Open) -> None:
    assert everywhere(visit().go("/simulator/?strategy=none")) == []


def test_an_answer_comes_by_itself_from_the_keyboard_and_is_announced(visit: Open) -> None:
    seen = visit()
    page = seen.go("/simulator/")
    page.get_by_label("Third, if you like").focus()
    page.keyboard.type("No drug")
    page.get_by_label("PML when intervals are extended").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Compare")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".strategy")).to_have_count(3, timeout=WORKED_OUT)
    expect(page.get_by_role("status")).to_contain_text(
        "The answer is there: every 4 weeks, into a vein, beside every 6"
    )
    expect(page.get_by_role("button", name="Compare")).to_be_focused()
    assert "strategy=none" in page.url
    page.locator(".all-numbers summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="No drug").first).to_be_visible()
    assert seen.complaints == []


def test_a_wrong_choice_is_said_and_announced_and_the_next_one_answers(visit: Open) -> None:
    page = visit().go("/simulator/")
    page.get_by_label("Second").select_option("iv-standard")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#answer")).to_contain_text("The same strategy was chosen twice")
    expect(page.get_by_role("status")).to_contain_text("The same strategy was chosen twice")
    page.get_by_label("Second").select_option("iv-extended")
    page.get_by_label("Third").select_option("none")
    page.get_by_label("PML when").select_option("secondary")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".strategy")).to_have_count(3, timeout=WORKED_OUT)


def test_without_javascript_a_form_asks_and_a_link_looks_again(visit: Open) -> None:
    page = visit(javascript=False).go("/simulator/")
    page.get_by_label("Third, if you like").select_option("none")
    page.get_by_label("PML when intervals are extended").select_option("secondary")
    page.get_by_role("button", name="Compare").click()
    for _ in range(60):
        if page.locator(".strategy").count():
            break
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="Look again").click()
    expect(page.locator(".strategy")).to_have_count(3)
    expect(page.get_by_label("Third, if you like")).to_have_value("none")
    page.locator(".all-numbers summary").click()
    expect(page.get_by_role("table")).to_contain_text("Cases of PML to be expected")


def test_bars_tell_better_from_worse_in_words_and_dots_are_people(visit: Open) -> None:
    page = answered(visit())
    first = page.locator(".strategy").first
    expect(first.locator(".bars .hint")).to_have_text(["fewer is better", "fewer is better", "more is better"])
    expect(first.locator("svg[role=img]")).to_have_count(2)
    expect(page.locator("#answer")).to_contain_text("it is not about any one person")


def test_going_back_shows_the_page_before(visit: Open) -> None:
    page = answered(visit())
    page.get_by_label("Second").select_option("iv-standard")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#answer")).to_contain_text("The same strategy was chosen twice")
    page.go_back()
    expect(page.locator(".strategy")).to_have_count(3, timeout=WORKED_OUT)
