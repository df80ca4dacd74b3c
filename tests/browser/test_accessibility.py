"""Can everybody use the demo's pages: with a screen reader (axe-core finds nothing), and with a keyboard alone?

The same is asked of every page that there is in test_every_page.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open
from tests.browser.looking import ALIKE, LOOKS, everywhere

pytestmark = pytest.mark.browser


STORIES = (
    *("measured", "persistent_antibodies", "suspected_pml_symptom"),
    *("live_vaccine_planned", "corrected", "referred"),
)


@pytest.mark.parametrize("story", STORIES)
def test_axe_finds_nothing_on_a_persons_page(visit: Open, people: dict[str, str], story: str) -> None:
    page = visit().go(f"/people/?number={people[story]}")
    expect(page.locator("[data-chart]:not([data-drawn])")).to_have_count(0, timeout=90_000)
    expect(page.locator("#interval a")).to_have_count(0, timeout=90_000)  # the interval has taken the link's place
    assert everywhere(page, LOOKS if story == STORIES[0] else ALIKE) == []


def test_the_first_person_opens_from_the_keyboard(visit: Open) -> None:
    page = visit().go("/")
    first = page.locator("tbody th a").first
    name = first.inner_text()
    for _ in range(40):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    outline = first.evaluate("link => getComputedStyle(link).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_first_tab_offers_to_skip_to_the_content(visit: Open) -> None:
    page = visit().go("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_sources_open_from_the_keyboard(visit: Open, people: dict[str, str]) -> None:
    page = visit().go(f"/people/?number={people['scan_overdue']}")
    summary = page.locator("#decision .sources summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#decision .sources a").first).to_be_visible()
