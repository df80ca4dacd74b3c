"""An infusion day in a real browser: at a desk, on a tablet and on a phone, by keyboard, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import SIZES, Serve, Visit, held_back, unfold, watch
from tests.browser.looking import ALIKE, LOOKS, everywhere

pytestmark = pytest.mark.browser

ALL_SIZES = {**SIZES, "tablet": {"width": 820, "height": 1180}}
QUESTIONS = ("new_or_worsening", "immune_condition", "other_drug")
LEAST_TARGET = 24
"""Pixels that a finger needs at the least."""


@pytest.fixture(scope="module")
def own_demo(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own: these tests write, and others count what is there."""
    with serve(tmp_path_factory.mktemp("infusions")) as address:
        yield address


def opened(
    chromium: Browser, address: str, size: str = "wide", scheme: str = "light", javascript: bool = True
) -> Visit:
    context = chromium.new_context(
        viewport=ALL_SIZES[size],  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=javascript,
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    found = Visit(context.new_page(), address)
    watch(found)
    return found


def allowed(page: Page) -> None:
    """To the screen of somebody of today whose dose nothing speaks against."""
    page.locator(".chairs tr", has=page.locator(".decision.allow")).first.locator("th a").click()
    expect(page.get_by_role("heading", name="Checklist before the dose")).to_be_visible()


def answer_no(page: Page) -> None:
    for question in QUESTIONS:
        page.locator(f"input[name=checklist-{question}][value=no]").check()
    page.get_by_role("button", name="Save the checklist").click()
    expect(page.locator("#checklist")).to_contain_text("no to all questions")


@pytest.mark.parametrize(
    ("size", "javascript"), [("wide", True), ("tablet", True), ("tablet", False), ("narrow", False)]
)
def test_a_dose_from_the_checklist_to_the_end_of_observation(
    chromium: Browser, size: str, javascript: bool, serve: Serve, tmp_path: Path
) -> None:
    with serve(tmp_path / "demo") as address:
        seen = opened(chromium, address, size, javascript=javascript)
        page = seen.go("/infusions/")
        allowed(page)
        answer_no(page)
        page.get_by_role("button", name="Give the dose").click()
        expect(page.get_by_role("status").first).to_have_text("The dose is on record, and the observation has begun.")
        expect(page.locator("#observation time").first).to_be_visible()
        page.goto(f"{address}/infusions/")
        expect(page.get_by_role("heading", name="Being observed")).to_be_visible()
        expect(page.locator(".watches progress")).to_have_count(1)
        page.locator(".watches a").click()
        page.locator("#observation summary").click()
        page.get_by_label("Left early").check()
        page.locator("#observation").get_by_label("Note").fill("Had to catch a train")
        page.get_by_role("button", name="End it now").click()
        expect(page.locator("#observation")).to_contain_text("left early. Had to catch a train")
        assert seen.complaints == []


def test_a_yes_is_answered_at_once_before_anything_is_saved(chromium: Browser, own_demo: str) -> None:
    seen = opened(chromium, own_demo, "tablet")
    page = seen.go("/infusions/")
    allowed(page)
    page.locator("input[name=checklist-new_or_worsening][value=yes]").check()
    expect(page.locator("#checklist-says")).to_contain_text("Do not give the dose; call the prescriber")
    expect(page.locator("#decision")).to_contain_text("Allow")
    page.locator("input[name=checklist-new_or_worsening][value=no]").check()
    expect(page.locator("#checklist-says .panel")).to_have_count(0)
    assert seen.complaints == []


def test_a_yes_given_before_the_scripts_are_there_is_answered_when_they_are(chromium: Browser, own_demo: str) -> None:
    """A slow line: the page can be read and answered, and its scripts are still on the way."""
    seen = opened(chromium, own_demo, "tablet")
    page = seen.go("/infusions/")
    allowed(page)
    release = held_back(page)
    page.goto(page.url, wait_until="commit")
    page.locator("input[name=checklist-new_or_worsening][value=yes]").check()
    release()
    expect(page.locator("#checklist-says")).to_contain_text("Do not give the dose; call the prescriber")
    expect(page.locator("#reaction-says .panel")).to_have_count(0)
    assert seen.complaints == []


def test_a_reaction_says_what_to_do_before_and_after_it_is_saved(chromium: Browser, own_demo: str) -> None:
    seen = opened(chromium, own_demo, "tablet")
    page = seen.go("/infusions/")
    allowed(page)
    page.get_by_text("Enter a reaction").click()
    expect(page.locator("#reaction")).to_contain_text("Stop the infusion if it is running")
    page.locator("#reaction").get_by_label("Flushing").check()
    expect(page.locator("#reaction-says")).to_contain_text("may be hypersensitivity")
    page.locator("#reaction").get_by_label("Angio-oedema").check()
    expect(page.locator("#reaction-says")).to_contain_text("Stop")
    page.get_by_role("button", name="Save the reaction").click()
    expect(page.locator("#decision .decision").first).to_have_text("Stop")
    assert seen.complaints == []


def test_the_bar_moves_on_and_says_when_it_is_over(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path / "demo") as address:
        page = opened(chromium, address).go("/infusions/")
        allowed(page)
        answer_no(page)
        page.get_by_label("Minutes", exact=True).fill("10")
        page.locator("#dose").get_by_label("Observe afterwards").fill("10")
        page.clock.install()
        page.get_by_role("button", name="Give the dose").click()
        bar = page.locator("#observation progress")
        expect(page.locator("#observation [data-word]")).to_have_text("Dose running")
        before = float(bar.evaluate("bar => bar.value"))
        page.clock.fast_forward("11:00")
        expect(page.locator("#observation [data-word]")).to_have_text("Observation")
        assert float(bar.evaluate("bar => bar.value")) > before
        page.clock.fast_forward("10:00")
        expect(page.locator("#observation [data-word]")).to_have_text("Observation is over")
        expect(page.locator("#observation [data-said]")).to_contain_text("Observation is over")


def test_by_keyboard_alone_the_checklist_is_filled_in_and_saved(chromium: Browser, own_demo: str) -> None:
    page = opened(chromium, own_demo).go("/infusions/")
    allowed(page)
    page.locator(f"input[name=checklist-{QUESTIONS[0]}]").first.focus()
    for _ in QUESTIONS:
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.keyboard.type("70")
    page.keyboard.press("Enter")
    expect(page.locator("#checklist")).to_contain_text("no to all questions")
    expect(page.locator(".about")).to_contain_text("70 kg")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_appointment_is_booked_and_moved(chromium: Browser, own_demo: str, javascript: bool) -> None:
    seen = opened(chromium, own_demo, "tablet", javascript=javascript)
    page = seen.go("/infusions/?day=2026-11-18")
    page.get_by_text("Book an appointment").click()
    page.locator("#book").get_by_label("Person").fill("INV-001" if javascript else "INV-002")
    page.locator("#book").get_by_label("Time").fill("11:45")
    page.locator("#book").get_by_label("Chair").fill("Chair 9" if javascript else "Chair 8")
    page.get_by_role("button", name="Book").click()
    row = page.locator(".chairs tr", has_text="Chair 9" if javascript else "Chair 8")
    expect(row).to_contain_text("11:45")
    row.get_by_role("link", name="Change").click()
    page.locator("#move").get_by_label("Day").fill("2026-11-19")
    page.get_by_role("button", name="Move it").click()
    expect(page.locator(".headline")).to_contain_text("19 November 2026")
    expect(page.locator(".chairs")).to_contain_text("Chair 9" if javascript else "Chair 8")
    assert seen.complaints == []


def test_axe_finds_nothing_on_the_day_and_on_a_screen(chromium: Browser, own_demo: str) -> None:
    page = opened(chromium, own_demo).go("/infusions/?book=1")
    assert everywhere(page) == []
    page.locator(".chairs a", has_text="Change").first.click()
    assert everywhere(page, ALIKE) == []
    for decision in ("confirm", "hold", "allow"):
        page.goto(f"{own_demo}/infusions/")
        page.locator(".chairs tr", has=page.locator(f".decision.{decision}")).first.locator("th a").click()
        expect(page.locator("#reaction")).to_be_visible()
        unfold(page)
        page.locator("#reaction").get_by_label("Urticaria").check()
        page.locator("#reaction-says .panel").wait_for()
        assert everywhere(page, LOOKS if decision == "hold" else ALIKE) == [], decision
    page.get_by_role("button", name="Save the checklist").click()
    expect(page.get_by_role("alert").first).to_contain_text("Not saved yet")
    assert everywhere(page, ALIKE) == []


def test_axe_finds_nothing_while_somebody_is_observed(chromium: Browser, serve: Serve, tmp_path: Path) -> None:
    with serve(tmp_path / "demo") as address:
        page = opened(chromium, address, "tablet").go("/infusions/")
        allowed(page)
        answer_no(page)
        page.get_by_role("button", name="Give the dose").click()
        expect(page.locator("#observation progress")).to_be_visible()
        assert everywhere(page) == []
        page.goto(f"{address}/infusions/")
        assert everywhere(page, ALIKE) == []


def test_nothing_is_wider_than_a_tablet(chromium: Browser, own_demo: str) -> None:
    page = opened(chromium, own_demo, "tablet").go("/infusions/?book=1")
    width = ALL_SIZES["tablet"]["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator(".chairs th a").nth(1).click()
    expect(page.locator("#reaction")).to_be_visible()
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_tablet_what_is_pressed_is_large_enough(chromium: Browser, own_demo: str) -> None:
    page = opened(chromium, own_demo, "tablet").go("/infusions/")
    allowed(page)
    unfold(page)
    heights = page.locator("main button:visible, main .yes-no label, main .ticks label").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= LEAST_TARGET
