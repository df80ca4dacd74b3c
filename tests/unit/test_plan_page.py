"""The page of a plan for the terminal: what is said of the next dose, of other orders, of prompts long due."""

from __future__ import annotations

from datetime import date

import click
import pytest
from tests.invented import Plain, dose, event, record

from natalizumab.care import load_protocol, plan
from natalizumab.commands.plan_page import page

TREATED = [dose("2026-09-14"), event("mri", "2026-09-01", protocol="full", new_t2=0, gd=0)]
RESTART = "A dose would be a restart, once somebody entitled has acknowledged the reasons."


def said(on: str, *events: Plain) -> str:
    """The page without its line breaks."""
    made = plan(record(*TREATED, *events, born="1990-01-01"), date.fromisoformat(on), load_protocol("eu"))
    return " ".join(click.unstyle(page(made)).split())


def weeks(number: float) -> Plain:
    return event("interval", "2026-09-14", weeks=number)


@pytest.mark.parametrize(
    ("on", "text"),
    [
        ("2026-10-12", "Next dose due 2026-10-12; not before 2026-10-05; after 2026-12-07 it is a restart."),
        ("2026-10-13", "Next dose was due 2026-10-12; not before 2026-10-05; after 2026-12-07 it is a restart."),
        ("2026-12-07", "Next dose was due 2026-10-12; not before 2026-10-05; after 2026-12-07 it is a restart."),
        ("2026-12-08", "The dose due 2026-10-12 was not given: since 2026-12-08 a dose is a restart, without a date."),
        ("2028-11-02", "The dose due 2026-10-12 was not given: since 2026-12-08 a dose is a restart, without a date."),
    ],
)
def test_a_day_long_gone_is_never_shown_as_that_of_the_next_dose(on: str, text: str) -> None:
    assert text in said(on)


@pytest.mark.parametrize(
    ("prescribed", "due"), [(2.9, "2026-10-04"), (1, "2026-09-21"), (12.2, "2026-12-08"), (52, "2027-09-13")]
)
def test_a_day_outside_the_other_two_is_said_not_to_fit(prescribed: float, due: str) -> None:
    whole = "by the prescribed interval, which does not fit: not before 2026-10-05; after 2026-12-07 it is a restart."
    assert f"Next dose due {due} {whole}" in said("2026-09-14", weeks(prescribed))


@pytest.mark.parametrize(("prescribed", "due"), [(3, "2026-10-05"), (12, "2026-12-07")])
def test_a_day_on_the_edge_fits(prescribed: float, due: str) -> None:
    assert f"Next dose due {due}; not before 2026-10-05; after" in said("2026-09-14", weeks(prescribed))


def test_after_a_gap_or_a_stop_the_answer_says_that_a_dose_would_be_a_restart() -> None:
    assert RESTART not in said("2026-12-07")
    assert RESTART in said("2026-12-08")
    stopped = said("2026-10-12", event("stop", "2026-10-01"))
    assert RESTART in stopped
    assert "No next dose date: stopped." in stopped
    confused = event("symptom", "2026-12-01", name="confusion")
    assert "HOLD No dose until this is resolved." in said("2026-12-08", confused)


def test_without_a_dose_the_page_says_that_none_was_given() -> None:
    made = plan(record(born="1990-01-01"), date(2026, 10, 12), load_protocol("eu"))
    assert "No next dose date: none given yet." in page(made)


def test_a_hold_of_another_order_says_so_first_and_comes_after_what_is_about_the_dose() -> None:
    vaccine = event("vaccine", "2026-11-05", name="yellow fever", planned=True)
    found = said("2026-10-12", vaccine)
    label = "hold CON-09 About another order, yellow fever on 2026-11-05, not about a dose on this date: yellow fever"
    assert label in found
    assert found.index("confirm BAS-02") < found.index("hold CON-09")


def test_a_prompt_whose_day_is_over_stands_since_then_and_is_not_asked_for_by_it() -> None:
    assert "due EDU-02 By 2026-10-12." in said("2026-10-12")
    assert "due EDU-02 Since 2026-10-12." in said("2026-10-13")
    assert "overdue BAS-02 By 2026-09-14, 29 days late." in said("2026-10-13")
