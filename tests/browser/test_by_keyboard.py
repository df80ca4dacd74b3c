"""Every task of a clinic's day and of a person's own page, by keyboard alone: wide, and on a phone without a script.

Worklist, infusion day, a person's record and letters, self-monitoring. Wide and narrow have a clinic each. What only a
script does (checks while one types, bars that move) is in the other files; here everything works without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import SIZES, Visit, watch
from tests.browser.keys import Keys

pytestmark = pytest.mark.browser

CLINICS = ("W", "N")
"""One to work in wide, one narrow: what is written in one does not stand in the way of the other."""

As = Callable[[str, str], Keys]


@pytest.fixture(params=["wide", "narrow without a script"])
def mark(request: pytest.FixtureRequest) -> str:
    return "W" if request.param == "wide" else "N"


@pytest.fixture
def opened(chromium: Browser, full: dict[str, Any], mark: str) -> Iterator[As]:
    """Opens a place as somebody of the clinic: ``opened("nurse", "/")``; {person} stands for its first person."""
    clinic, visits = full["clinics"][mark], []

    def open_as(role: str, place: str) -> Keys:
        context = chromium.new_context(
            viewport=SIZES["wide" if mark == "W" else "narrow"],  # type: ignore[arg-type]
            java_script_enabled=mark == "W",
            locale="en-GB",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        if role in clinic["sessions"]:
            context.add_cookies([{"name": "sessionid", "value": clinic["sessions"][role], "url": full["address"]}])
        visit = Visit(context.new_page(), full["address"])
        watch(visit)
        visits.append(visit)
        return Keys(visit.go(place.replace("{person}", f"people/{clinic['person']}")))

    yield open_as
    for visit in visits:
        visit.page.context.close()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


# --- the worklist ---


def test_the_worklist_is_searched_narrowed_and_put_in_order(opened: As, mark: str) -> None:
    keys = opened("nurse", "/")
    page = keys.page
    keys.type(page.get_by_label("Search by name or number"), f"{mark}-2")
    page.keyboard.press("Enter")
    expect(page.locator("tbody th a")).to_have_text([f"{mark}b Invented"])
    keys.type(page.get_by_label("Search by name or number"), "Invented")
    keys.pick(page.get_by_label("Decision", exact=True), "Hold")
    keys.pick(page.get_by_label("Order", exact=True), "Name")
    keys.button("Show")
    expect(page.locator("tbody th a")).to_have_text([f"{mark}a Invented"])
    keys.link(f"{mark}a Invented", page.locator("tbody"))
    heading(page, f"{mark}a Invented")


def test_a_thing_to_do_is_taken_ordered_and_put_off(opened: As, mark: str) -> None:
    keys = opened("prescriber", f"/?search={mark}-4")
    page = keys.page
    keys.to(page.locator(".tasks a").first)
    page.keyboard.press("Enter")
    keys.pick(page.get_by_label("Taken by"), f"{mark}-nurse")
    keys.button("Save who takes it")
    expect(page.locator(".marks").first).to_contain_text(f"{mark}-nurse")
    keys = opened("nurse", page.url.removeprefix(page.url.split("/?")[0]))
    page = keys.page
    keys.to(page.locator(".tasks a").first)
    page.keyboard.press("Enter")
    keys.date(page.get_by_label("Ordered on"), "2026-11-01")
    keys.type(page.get_by_label("Reference"), "RX-9")
    keys.button("Save the order")
    expect(page.locator(".marks").first).to_contain_text("ordered 1 Nov 2026")
    keys.to(page.locator(".tasks a").first)
    page.keyboard.press("Enter")
    keys.date(page.get_by_label("Until"), "2026-11-09")
    keys.type(page.get_by_label("Why"), "Booked elsewhere")
    keys.button("Put it off")
    expect(page.locator(".tasks")).to_contain_text("put off until 9 Nov 2026")


def test_the_list_and_the_clinics_figures_are_taken_along(opened: As) -> None:
    keys = opened("nurse", "/")
    page = keys.page
    for name in ("table (CSV)", "calendar"):
        with page.expect_download():
            keys.link(name)
    keys = opened("nurse", "/clinic/")
    with keys.page.expect_download():
        keys.link("CSV of tests in time")


# --- the infusion day ---


def test_an_appointment_is_booked_moved_and_kept(opened: As, mark: str) -> None:
    keys = opened("nurse", "/infusions/?day=2026-11-18")
    page = keys.page
    keys.unfold(page.get_by_text("Book an appointment"))
    book = page.locator("#book")
    keys.type(book.get_by_label("Person"), f"{mark}-4")
    keys.time(book.get_by_label("Time"), "11:45")
    keys.type(book.get_by_label("Chair"), "Chair 9")
    keys.button("Book", book)
    expect(page.locator(".chairs tr", has_text="Chair 9")).to_contain_text("11:45")
    keys.link("Change", page.locator(".chairs tr", has_text="Chair 9"))
    keys.date(page.locator("#move").get_by_label("Day"), "2026-11-19")
    keys.button("Move it")
    expect(page.locator(".headline")).to_contain_text("19 November 2026")
    keys = opened("nurse", "/infusions/")
    keys.button("Arrived", keys.page.locator(".chairs tr", has_text=f"{mark}a Invented"))
    expect(keys.page.locator(".chairs tr", has_text=f"{mark}a Invented")).to_contain_text("Arrived")


def test_a_dose_is_given_after_the_checklist_and_observed_to_its_end(opened: As, mark: str) -> None:
    keys = opened("nurse", "/infusions/")
    page = keys.page
    keys.link(f"{mark}c Invented", page.locator(".chairs"))
    for question in ("new_or_worsening", "immune_condition", "other_drug"):
        keys.choose(page.locator(f"input[name=checklist-{question}][value=no]"))
    keys.button("Save the checklist")
    expect(page.locator("#checklist")).to_contain_text("no to all questions")
    keys.button("Give the dose")
    expect(page.get_by_role("status").first).to_contain_text("The dose is on record")
    keys.unfold(page.locator("#observation summary"))
    keys.choose(page.get_by_label("Left early"))
    keys.type(page.locator("#observation").get_by_label("Note"), "Had to catch a train")
    keys.button("End it now")
    expect(page.locator("#observation")).to_contain_text("left early. Had to catch a train")


def test_a_reaction_is_entered_and_the_whole_clinic_leads_to_whom_it_befell(opened: As, mark: str) -> None:
    keys = opened("nurse", "/infusions/")
    page = keys.page
    keys.link(f"{mark}b Invented", page.locator(".chairs"))
    keys.unfold(page.locator("#reaction summary").first)
    keys.tick(page.locator("#reaction").get_by_label("Urticaria"))
    keys.type(page.locator("#reaction").get_by_label("Grade"), "2")
    keys.button("Save the reaction")
    expect(page.locator("#decision .decision").first).to_have_text("Stop")
    keys = opened("nurse", "/clinic/")
    keys.to(keys.page.locator("a[href='/clinic/vigilance/hypersensitivity/']"))
    keys.page.keyboard.press("Enter")
    heading(keys.page, "Hypersensitivity")
    keys.link(f"{mark}b Invented", keys.page.locator("tbody"))
    heading(keys.page, f"{mark}b Invented")


def test_a_dose_is_withheld_with_a_reason(opened: As, mark: str) -> None:
    keys = opened("prescriber", "/infusions/")
    page = keys.page
    keys.link(f"{mark}a Invented", page.locator(".chairs"))
    keys.unfold(page.locator(".withhold summary"))
    keys.type(page.locator(".withhold").get_by_role("textbox"), "First the scan.")
    keys.button("Withhold the dose")
    expect(page.locator("#dose")).to_contain_text("First the scan.")


# --- a person's record ---


def test_an_entry_is_made_corrected_and_marked_as_an_error(opened: As) -> None:
    keys = opened("nurse", "/{person}/")
    page = keys.page
    keys.button("Add an entry")
    keys.link("EDSS", page.locator("main"))
    keys.type(page.locator("main").get_by_label("Score"), "2.5")
    keys.button("Save")
    expect(page.locator("#saved")).to_contain_text("EDSS, 2 Nov 2026: score 2.5")
    keys.link("Correct EDSS, 2 Nov 2026")
    keys.type(page.locator("main").get_by_label("Score"), "3.5")
    keys.button("Save the correction")
    expect(page.locator("#saved")).to_contain_text("score 3.5")
    keys.link("History EDSS, 2 Nov 2026")
    expect(page.locator("main")).to_contain_text("3.5")
    keys.link("Back to")
    keys.link("Entered in error EDSS, 2 Nov 2026")
    keys.type(page.get_by_label("Why was it an error?"), "Of another person.")
    keys.button("Mark it as an error")
    expect(page.locator("#saved")).to_contain_text("Withdrawn entry")


def test_a_reason_is_decided_about(opened: As) -> None:
    keys = opened("prescriber", "/{person}/")
    page = keys.page
    keys.to(page.locator("#decision .confirm a.decide").first)
    page.keyboard.press("Enter")
    keys.choose(page.get_by_label("Acknowledge"))
    keys.type(page.get_by_label("Why?"), "Talked it over at length.")
    keys.button("Record the decision")
    expect(page.locator("#notes")).to_contain_text("Talked it over at length.")


def test_a_switch_is_planned(opened: As) -> None:
    keys = opened("nurse", "/{person}/")
    page = keys.page
    keys.link("Plan a switch")
    keys.type(page.get_by_label("To which drug"), "ocrelizumab")
    keys.button("Show dates and duties")
    expect(page.get_by_role("heading", name="From natalizumab to ocrelizumab")).to_be_visible()


def test_a_person_is_added_changed_merged_and_parted(opened: As, mark: str) -> None:
    keys = opened("nurse", "/")
    page = keys.page
    keys.link("Add a person")
    keys.type(page.locator("main").get_by_label("Number"), "NEW-1")
    keys.type(page.locator("main").get_by_label("Name"), "Nova Invented")
    keys.button("Add", page.locator("main"))
    heading(page, "Nova Invented")
    keys.link("Details")
    keys.type(page.locator("main").get_by_label("Name"), "Nova Renamed")
    keys.button("Save", page.locator("main"))
    expect(page.locator("table")).to_contain_text("Nova Renamed")
    keys.link("Back to")
    keys.link("Listed twice?")
    keys.type(page.get_by_label("Number of the other one"), f"{mark}-4")
    keys.button("Compare")
    keys.type(page.get_by_label("How do you know that they are one?"), "One hospital number.")
    keys.button("Merge", page.locator("main"))
    expect(page.locator("#timeline li").first).to_be_attached()
    keys.link("Listed twice?")
    keys.type(page.get_by_label("Why are they not one person?"), "They met.")
    keys.button("Part them again")
    expect(page.locator("main")).to_contain_text("They met.")


def test_a_letter_is_written_kept_and_the_calendar_taken_along(opened: As) -> None:
    keys = opened("nurse", "/{person}/")
    page = keys.page
    keys.link("Letters")
    keys.link("Letter to the GP", page.locator("main"))
    keys.type(page.get_by_label("To: name and address"), "Dr George Practice (invented)")
    keys.type(page.get_by_label("Before everything else"), "Thank you for seeing her.")
    keys.button("Show it again")
    expect(page.get_by_role("region", name="The letter")).to_contain_text("Thank you for seeing her.")
    keys.button("Keep it for sending")
    expect(page.get_by_text("It agrees with the record")).to_be_visible()
    keys.link("Back to the letters")
    with page.expect_download():
        keys.button("Download the calendar file")


# --- a person's own page, and the team beside it ---


def test_a_hold_is_released_in_words_that_the_person_then_reads(opened: As) -> None:
    keys = opened("nurse", "/{person}/seen/")
    keys.type(keys.page.get_by_label("Your words"), "We wait for your scan.")
    keys.button("Release")
    expect(keys.page.locator("main")).to_contain_text("That the next dose is not now")
    expect(opened("person", "/me/").page.locator("main")).to_contain_text("We wait for your scan.")


def test_a_carer_joins_by_a_link(opened: As, mark: str) -> None:
    keys = opened("nurse", "/{person}/seen/")
    keys.button("Invite a carer")
    place = keys.page.get_by_label("The link").input_value()
    keys = opened("nobody", "/" + place.split("/", 3)[3])
    page = keys.page
    keys.type(page.get_by_label("Your name"), "Carla Carer (invented)")
    keys.type(page.get_by_label("A name to sign in with"), f"carla-{mark}")
    keys.type(page.get_by_label("Password, eight letters or more"), "a harbour at dusk")
    keys.type(page.get_by_label("The same again"), "a harbour at dusk")
    keys.button("Go on")
    heading(page, "a Invented")
    keys.button("Sign out")
    heading(page, "Sign in")


def test_the_monthly_check_and_the_alert_card(opened: As) -> None:
    keys = opened("person", "/me/")
    page = keys.page
    keys.link("Monthly check")
    heading(page, "Monthly check")
    for group in page.locator("fieldset").all():
        keys.choose(group.get_by_label("No"))
    keys.button("Send to my team")
    expect(page.get_by_role("status")).to_have_text("Thank you. Your check is with your team.")
    keys.link("Alert card")
    heading(page, "Alert card")


def test_i_feel_worse_is_told_taken_answered_and_read(opened: As) -> None:
    keys = opened("person", "/me/")
    page = keys.page
    keys.link("I feel worse now")
    keys.tick(page.get_by_label("I had a fit or a seizure, or I passed out"))
    keys.type(page.get_by_label("In your own words"), "By keyboard alone.")
    keys.button("Tell my team now")
    heading(page, "Ring 112 now")
    keys = opened("nurse", "/")
    keys.link("Triage")
    expect(keys.page.locator(".reports > li").first).to_contain_text("By keyboard alone.")
    keys.button("Take it")
    keys.type(keys.page.get_by_label("Your answer"), "Come at two today.")
    keys.button("Send the answer")
    heading(keys.page, "Triage")
    expect(opened("person", "/me/").page.locator("main")).to_contain_text("Come at two today.")


def test_a_carer_is_invited_limited_and_ended(opened: As, mark: str) -> None:
    keys = opened("person", "/me/")
    page = keys.page
    keys.link("Carers")
    keys.button("Make a link")
    expect(page.get_by_label("The link")).to_have_value(re.compile("/join/"))
    carer = page.locator("section[aria-labelledby^=carer]", has_text=f"{mark}-carer")
    keys.tick(carer.get_by_role("checkbox", checked=True).first)
    keys.button("Save", carer)
    expect(carer.get_by_role("checkbox").first).not_to_be_checked()
    many = page.locator("section[aria-labelledby^=carer]").count()
    keys.button("End it", carer)
    expect(page.locator("section[aria-labelledby^=carer]")).to_have_count(many - 1)
