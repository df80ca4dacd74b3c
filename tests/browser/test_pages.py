"""Do the pages work in a real browser, wide and narrow, light and dark, with and without JavaScript?"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.conftest import Open, Serve, Visit, held_back, unfold

pytestmark = pytest.mark.browser

SIZES = ("wide", "narrow")
SCHEMES = ("light", "dark")
COMPILING = 240_000
"""Milliseconds within which the first page of a person has its pictures, on a busy machine that compiles the model."""


def person_page(visit: Visit, people: dict[str, str], story: str) -> Page:
    return visit.go(f"/people/?number={people[story]}")


def drawn(page: Page) -> None:
    """Wait until both pictures stand, though the model be compiled first."""
    expect(page.locator("[data-chart][data-drawn] svg")).to_have_count(2, timeout=COMPILING)


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


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_curve_has_signs_beside_its_colours_and_a_key_to_them(
    visit: Open, people: dict[str, str], size: str, scheme: str
) -> None:
    page = person_page(visit(size=size, scheme=scheme), people, "persistent_antibodies")
    drawn(page)
    key = page.locator("#curve figcaption").first
    for words in ("median", "5–95 %", "without the level and tests", "dose", "below the limit", "target"):
        expect(key).to_contain_text(words)
    dashes = page.locator("#curve .tall path[stroke-dasharray], #curve .tall line[stroke-dasharray]")
    assert len(set(dashes.evaluate_all("all => all.map(one => one.getAttribute('stroke-dasharray'))"))) == 4
    expect(page.locator("#curve .panel").first).to_contain_text("Antibodies against natalizumab are likely.")


def test_the_interval_that_would_suit_comes_by_itself(visit: Open, people: dict[str, str]) -> None:
    seen = visit()
    page = person_page(seen, people, "measured")
    expect(page.locator("#interval tbody tr")).to_have_count(9, timeout=COMPILING)
    expect(page.locator("#interval")).to_contain_text("a clinician decides")
    assert seen.complaints == []


def test_the_interval_that_would_suit_is_a_link_away_without_javascript(visit: Open, people: dict[str, str]) -> None:
    page = person_page(visit(javascript=False), people, "measured")
    page.get_by_role("link", name="This person’s own curve").click()
    page.get_by_role("link", name="What the curve says of shorter and longer intervals").click()
    expect(page.locator("#interval tbody tr")).to_have_count(9)
    page.get_by_role("link", name="Back to").click()
    expect(page.get_by_role("heading", name="Concentration and saturation")).to_be_visible()


def test_earlier_years_come_when_they_are_unfolded_or_a_link_leads_into_them(
    visit: Open, people: dict[str, str]
) -> None:
    seen = visit()
    page = person_page(seen, people, "stable")
    earlier = page.locator("details.earlier")
    expect(earlier.locator("li[id^=entry-]")).to_have_count(0)
    earlier.locator("summary").first.click()
    oldest = earlier.locator("li[id^=entry-]").last
    expect(oldest).to_be_attached()
    page.goto(f"{page.url.partition('#')[0]}#{oldest.get_attribute('id')}")
    page.reload()
    expect(page.locator("details.earlier li[id^=entry-]").last).to_be_visible()
    assert seen.complaints == []


def test_what_is_chosen_or_unfolded_before_the_scripts_are_there_is_heard_when_they_are(
    visit: Open, people: dict[str, str]
) -> None:
    seen = visit()
    page = person_page(seen, people, "stable")
    release = held_back(page)
    page.reload(wait_until="commit")
    page.locator("details.earlier summary").first.click()
    release()
    expect(page.locator("details.earlier li[id^=entry-]").last).to_be_attached()
    page = seen.go("/")
    release = held_back(page)
    page.reload(wait_until="commit")
    page.get_by_label("Decision", exact=True).select_option("hold")
    release()
    expect(page).to_have_url(re.compile("decision=hold"))
    expect(page.locator("tbody tr .decision").first).to_have_text("Hold")
    assert seen.complaints == []


def test_earlier_years_are_a_link_away_without_javascript(visit: Open, people: dict[str, str]) -> None:
    page = person_page(visit(javascript=False), people, "stable")
    page.locator("details.earlier summary").click()
    page.get_by_role("link", name="Earlier years").click()
    expect(page.get_by_role("heading", name="Earlier years of the record")).to_be_visible()
    assert page.locator("li[id^=entry-]").count() > 0
    page.get_by_role("link", name="Back to").click()
    expect(page.locator("#timeline")).to_be_visible()


def test_while_the_model_is_compiled_the_page_says_so_and_then_draws_by_itself(
    chromium: Browser, people: dict[str, str], serve: Serve, tmp_path: Path
) -> None:
    with serve(tmp_path / "demo", NATALIZUMAB_CACHE=str(tmp_path / "nothing compiled")) as address:
        page = chromium.new_page()
        page.goto(f"{address}/people/?number={people['measured']}")
        expect(page.locator("#curve")).to_contain_text("The model is being compiled on this machine")
        expect(page.locator("#decision")).to_be_visible()
        drawn(page)
        expect(page.locator("#interval tbody tr")).to_have_count(9, timeout=COMPILING)
        page.close()


def test_a_picture_takes_the_colours_of_the_page_again_when_light_turns_to_dark(
    visit: Open, people: dict[str, str]
) -> None:
    page = person_page(visit(scheme="light"), people, "measured")
    drawn(page)
    line = page.locator("[data-chart] .mark-line path").first
    before = line.get_attribute("stroke")
    page.emulate_media(color_scheme="dark")
    expect(line).not_to_have_attribute("stroke", before or "")


PLACES = (
    *(
        "/",
        "/?decision=hold",
        "/people/nobody/",
        "/people/add/",
        "/people/duplicates/",
        "/infusions/?book=1",
        "/triage/",
    ),
    *("/clinic/", "/clinic/vigilance/hypersensitivity/", "/simulator/", "/glance/", "/account/"),
    *("/evidence/", "/evidence/ema-pml-2016/", "/evidence/vandenberg-2025/"),
)
LOCALES = ("en-GB", "de-DE")
"""English, and German with its long words."""


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_is_wider_than_a_phone(visit: Open, locale: str) -> None:
    seen = visit(size="narrow", locale=locale)
    widths = {}
    for place in PLACES:
        page = seen.go(place)
        unfold(page)
        assert (page.locator("html").get_attribute("lang") or "")[:2] == locale[:2]
        widths[place] = page.evaluate("document.documentElement.scrollWidth")
    assert {place: width for place, width in widths.items() if width > 390} == {}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("story", ["measured", "suspected_pml_symptom", "immunowell_positive", "referred", "corrected"])
def test_no_persons_page_is_wider_than_a_phone(visit: Open, people: dict[str, str], story: str, locale: str) -> None:
    page = person_page(visit(size="narrow", locale=locale), people, story)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_the_dates_under_a_picture_stand_apart(visit: Open, people: dict[str, str]) -> None:
    page = person_page(visit(size="narrow"), people, "measured")
    drawn(page)
    dates = (
        page.locator("[data-chart]")
        .first.locator(".mark-text.role-axis-label text")
        .evaluate_all(
            "all => all.filter(one => / 20\\d\\d$/.test(one.textContent) && one.getAttribute('opacity') !== '0')"
            ".map(one => one.getBoundingClientRect()).map(box => [box.left, box.right])"
        )
    )
    ends = sorted(dates)
    assert len(ends) >= 2
    assert all(right + 8 <= left for (_, right), (left, _) in pairwise(ends))


def test_on_a_phone_the_role_and_the_clinic_stand_apart(visit: Open) -> None:
    page = visit(size="narrow").go("/")
    said = page.locator(".who small").evaluate("one => getComputedStyle(one, '::before').content")
    assert "\N{MIDDLE DOT}" in said


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [390, 600, 820, 1100, 1280])
def test_nothing_moves_under_a_finger_when_the_number_of_reports_arrives(visit: Open, width: int, locale: str) -> None:
    seen = visit(locale=locale)
    seen.page.set_viewport_size({"width": width, "height": 900})
    asked: list[Route] = []

    def keep(route: Route) -> None:
        asked.append(route)

    seen.page.route("**/triage/waiting/", keep)
    with seen.page.expect_request("**/triage/waiting/"):
        page = seen.go("/infusions/")
    person = page.locator(".chairs th a").first
    before = person.bounding_box()
    asked[0].continue_()
    expect(page.locator(".waiting")).to_be_visible()
    assert person.bounding_box() == before


def test_the_list_narrows_while_one_types(visit: Open, people: dict[str, str]) -> None:
    seen = visit()
    page = seen.go("/")
    page.get_by_label("Search by name or number").press_sequentially(people["too_early"])
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_label("Search by name or number")).to_be_focused()
    expect(page.get_by_label("Decision", exact=True)).to_contain_text("Confirm (1)")
    assert people["too_early"] in page.url
    assert seen.complaints == []


def test_a_choice_made_while_a_search_is_still_being_answered_is_kept(visit: Open) -> None:
    page = visit().go("/")
    held: list[Route] = []
    page.route("**/?search=*", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/?search=*"):
        page.get_by_label("Search by name or number").fill("INV")
    page.get_by_label("Decision", exact=True).select_option("hold")
    held[0].continue_()
    expect(page).to_have_url(re.compile("decision=hold"))
    expect(page.get_by_label("Decision", exact=True)).to_have_value("hold")
    expect(page.locator("tbody tr .decision").first).to_have_text("Hold")


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
    page.get_by_role("link", name="This person’s own curve").click()
    expect(page.get_by_role("rowheader", name="Next dose due")).to_be_visible()
    page.get_by_role("link", name="Back to").click()
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
