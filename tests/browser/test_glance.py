"""Can everybody read natalizumab at a glance and play with it: any width, light or dark, keyboard, no JavaScript?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open
from tests.browser.looking import ALIKE, LOOKS, everywhere

pytestmark = pytest.mark.browser

COMPILING = 90_000
"""Milliseconds within which the first picture stands, on a slow machine that compiles the model."""


def drawn(page: Page) -> Page:
    expect(page.locator("#chain svg.year")).to_have_count(5, timeout=COMPILING)
    return page


def curve(page: Page) -> str:
    """The path of the drug's level."""
    return page.locator("svg.tone-level .curve").get_attribute("d") or ""


@pytest.mark.parametrize("place", ["/glance/", "/glance/?interval=10&route=sc&weight=110", "/glance/?interval=0"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(visit: Open, place: str) -> None:
    seen = visit()
    page = seen.go(place)
    if "interval=0" not in place:
        drawn(page)
        assert seen.complaints == []
    assert everywhere(page, ALIKE if "?" in place else LOOKS) == []


def test_nobody_is_signed_in_by_looking(visit: Open) -> None:
    page = drawn(visit().go("/glance/"))
    names = {cookie.get("name") for cookie in page.context.cookies()}
    assert names <= {"csrftoken"}, "the form that chooses a language has its token, and there is nothing else"


def test_the_arrow_keys_change_the_interval_and_the_picture_follows(visit: Open) -> None:
    seen = visit()
    page = drawn(seen.go("/glance/"))
    before = curve(page)
    chosen = page.get_by_role("radio", name="4", exact=True)
    for _ in range(40):
        page.keyboard.press("Tab")
        if chosen.evaluate("one => one === document.activeElement"):
            break
    ring = "one => getComputedStyle(one.nextElementSibling).outlineStyle"
    assert chosen.evaluate(ring) == "solid"
    page.keyboard.press("ArrowRight")
    expect(page.locator("#chain .told")).to_contain_text("Every 5 weeks into a vein")
    assert curve(page) != before
    expect(page.get_by_role("radio", name="5", exact=True)).to_be_focused()
    assert "interval=5" in page.url
    assert seen.complaints == []


def test_route_and_weight_change_the_picture_too_and_back_leads_back(visit: Open) -> None:
    page = drawn(visit().go("/glance/"))
    page.get_by_label("under the skin").check()
    expect(page.locator("#chain .told")).to_contain_text("under the skin, 75 kg")
    skin = curve(page)
    page.get_by_label("Body weight").select_option("120 kg")
    expect(page.locator("#chain .told")).to_contain_text("under the skin, 120 kg")
    assert curve(page) != skin
    page.go_back()
    expect(page.locator("#chain .told")).to_contain_text("under the skin, 75 kg")
    expect(page.get_by_role("heading", level=1)).to_have_text("Natalizumab at a glance")
    assert curve(page) == skin


def test_without_javascript_the_picture_changes_with_a_press_of_show(visit: Open) -> None:
    page = drawn(visit(javascript=False).go("/glance/"))
    before = curve(page)
    page.locator("input[name=interval][value='8']").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#chain .told")).to_contain_text("Every 8 weeks into a vein")
    assert curve(page) != before
    page.locator("#reactions summary").click()
    expect(page.locator("#reactions .grounds-list")).to_contain_text("primary")


def test_the_longer_the_gap_the_more_lymphocytes_stand_in_the_brain(visit: Open) -> None:
    page = visit().go("/glance/")
    counts = []
    for weeks in (4, 8, 12):
        page.goto(re.sub(r"\?.*", "", page.url) + f"?interval={weeks}")
        words = drawn(page).locator(".moment").nth(1).locator(".zone").nth(1).text_content() or ""
        counts.append(int(re.sub(r"\D", "", words)))
    assert counts == sorted(set(counts))


def test_the_choices_can_be_told_apart_without_their_colour(visit: Open) -> None:
    page = drawn(visit().go("/glance/"))
    marks = page.locator(".segments span").evaluate_all(
        "all => all.map(one => [one.previousElementSibling.checked, getComputedStyle(one).textDecorationLine])"
    )
    assert [checked for checked, _ in marks] == [line == "underline" for _, line in marks]
