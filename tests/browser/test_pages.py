"""Do the pages work in a real browser, wide and narrow, light and dark, with and without JavaScript?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Open, Visit, unfold

pytestmark = pytest.mark.browser

SIZES = ("wide", "narrow")
SCHEMES = ("light", "dark")


def person_page(visit: Visit, people: dict[str, str], story: str) -> Page:
    return visit.go(f"/people/?number={people[story]}")


def drawn(page: Page) -> None:
    """Wait until both pictures stand."""
    expect(page.locator("[data-chart][data-drawn] svg")).to_have_count(2)


@pytest.mark.parametrize("size", SIZES)
def test_the_worklist_opens_signed_in_with_the_gravest_on_top(visit: Open, size: str) -> None:
    seen = visit(size=size)
    page = seen.go("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Worklist")
    expect(page.locator("tbody tr")).to_have_count(25)
    expect(page.locator("tbody tr .decision").first).to_have_text("Stop")
    assert seen.complaints == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_both_pictures_are_drawn_within_the_policy(visit: Open, people: dict[str, str], size: str, scheme: str) -> None:
    seen = visit(size=size, scheme=scheme)
    page = person_page(seen, people, "measured")
    drawn(page)
    assert page.locator("[data-chart]").first.locator("path.background").count() > 0
    assert seen.complaints == []


def test_a_picture_takes_the_colours_of_the_page_again_when_light_turns_to_dark(
    visit: Open, people: dict[str, str]
) -> None:
    page = person_page(visit(scheme="light"), people, "measured")
    drawn(page)
    line = page.locator("[data-chart] .mark-line path").first
    before = line.get_attribute("stroke")
    page.emulate_media(color_scheme="dark")
    expect(line).not_to_have_attribute("stroke", before or "")


@pytest.mark.parametrize("place", ["/", "/?decision=hold", "/evidence/", "/evidence/ema-pml-2016/", "/people/nobody/"])
def test_no_page_is_wider_than_a_phone(visit: Open, place: str) -> None:
    page = visit(size="narrow").go(place)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("story", ["measured", "suspected_pml_symptom", "immunowell_positive", "referred", "corrected"])
def test_no_persons_page_is_wider_than_a_phone(visit: Open, people: dict[str, str], story: str) -> None:
    page = person_page(visit(size="narrow"), people, story)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_list_narrows_while_one_types(visit: Open, people: dict[str, str]) -> None:
    seen = visit()
    page = seen.go("/")
    page.get_by_label("Search by name or number").press_sequentially(people["too_early"])
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_label("Search by name or number")).to_be_focused()
    expect(page.get_by_label("Decision", exact=True)).to_contain_text("Confirm (1)")
    assert people["too_early"] in page.url
    assert seen.complaints == []


def test_a_count_leads_to_its_people_and_back(visit: Open) -> None:
    page = visit().go("/")
    holds = page.locator("a.count.hold")
    count = int(re.sub(r"\D", "", holds.inner_text()))
    holds.click()
    expect(page.locator("tbody tr")).to_have_count(count)
    page.locator("a.count.hold").click()
    expect(page.locator("tbody tr")).to_have_count(25)


def test_everything_works_without_javascript(visit: Open, people: dict[str, str]) -> None:
    seen = visit(javascript=False)
    page = seen.go("/")
    page.get_by_label("Search by name or number").fill(people["measured"])
    page.get_by_label("Decision", exact=True).select_option("allow")
    page.get_by_role("button", name="Show").click()
    page.locator("tbody th a").click()
    expect(page.get_by_role("heading", name="Concentration and saturation")).to_be_visible()
    expect(page.get_by_role("cell", name="When the next dose is due")).to_be_visible()
    page.locator("#due .sources summary").first.click()
    expect(page.locator("#due .sources a").first).to_be_visible()


def test_a_fact_leads_to_its_entry_even_in_a_folded_year(visit: Open, people: dict[str, str]) -> None:
    page = person_page(visit(), people, "after_alemtuzumab")
    page.locator("#decision .facts a").first.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_source_is_one_click_away(visit: Open, people: dict[str, str]) -> None:
    page = person_page(visit(), people, "scan_overdue")
    page.locator("#decision .sources summary").first.click()
    link = page.locator("#decision .sources a").first
    citation = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(citation)
