"""What does one record say for the clinic's page: the day before, the day, the day after?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.web.counted import EU, EVERY_FOUR_WEEKS, ON, antibody, diagnosis, facts, jcv, reaction, record
from tests.web.people import doses

from natalizumab.care.case import Case
from natalizumab.care.pml_risk import pml_risk
from natalizumab.clinic.demo.cast import SEED, characters
from natalizumab.clinic.vigilance.facts import ENDED
from natalizumab.clinic.vigilance.months import month_end, month_ends
from natalizumab.clinic.vigilance.shape import MonthEnd, ReactionFact
from natalizumab.record import Record


def test_a_dose_counts_until_the_next_one_and_for_twelve_weeks_at_most() -> None:
    assert facts(*doses("2026-11-02")).treated_days == 0
    assert facts(*doses("2026-11-01")).treated_days == 1
    assert facts(*doses("2026-08-10")).treated_days == 84  # 2 November is the day after the last of twelve weeks
    assert facts(*doses("2026-08-09")).treated_days == 84
    assert facts(*doses("2026-01-05", "2026-02-02", "2026-10-26")).treated_days == 28 + 84 + 7


def test_time_after_the_end_of_follow_up_is_not_counted() -> None:
    gone = facts(*doses("2026-09-01"), {"kind": "followup", "on": "2026-09-11", "status": "transferred"})
    assert (gone.treated_days, gone.state, gone.treated) == (10, ENDED, False)


def by_brute_force(of: Record, on: date) -> tuple[float, int]:
    """Day by day: the figure of that day's plan, while a dose was less than twelve weeks ago."""
    expected, days = 0.0, 0
    given = [dose.day for dose in of.course(on).doses()]
    day = given[0] if given else on
    while day < on:
        course = of.course(day)
        case, last = Case(course, EU), course.last_dose()
        if case.pml_on_record or case.follow_up_ended:
            break
        found = pml_risk(case).per_1000
        if last and found is not None and day < last.day + timedelta(weeks=12):
            expected, days = expected + found / 1000 / 365.25, days + 1
        day += timedelta(days=1)
    return expected, days


STORIES = ("measured", "persistent_antibodies", "suspected_pml_symptom", "referred", "immunowell_positive")


@pytest.mark.parametrize("story", STORIES)
def test_the_expected_pml_is_that_of_every_single_day(story: str) -> None:
    chosen = next(character for character in characters(ON, SEED) if character.story == story)
    of = record(*[event for event in chosen.course.events if "corrects" not in event])
    found = facts(*[event for event in chosen.course.events if "corrects" not in event])
    expected, days = by_brute_force(of, ON)
    assert found.expected_pml == pytest.approx(expected, rel=1e-9)
    assert found.covered_days == days


def test_a_figure_changes_with_a_new_test_and_with_a_year_of_treatment() -> None:
    events = (
        *doses(*[(date(2024, 1, 15) + timedelta(weeks=4 * n)).isoformat() for n in range(36)]),
        jcv("2024-01-03", "negative"),
        jcv("2025-03-10", "positive", index=2.1),
    )
    found = facts(*events)
    expected, days = by_brute_force(record(*events), ON)
    assert found.expected_pml == pytest.approx(expected, rel=1e-9)
    assert found.covered_days == days
    assert found.expected_status == "recalled"


def test_time_without_a_usable_antibody_test_expects_nothing() -> None:
    found = facts(*EVERY_FOUR_WEEKS)
    assert (found.expected_pml, found.covered_days, found.treated_days) == (0, 0, 154)
    assert (found.band, found.no_figure) == ("unknown", "no antibody result")


@pytest.mark.parametrize(
    ("tests", "days", "when"),
    [
        ([jcv("2026-05-20", "negative"), jcv("2026-08-20", "negative")], 80, None),  # from the first dose on
        ([jcv("2026-07-01", "negative"), jcv("2026-08-20", "negative")], 50, None),
        ([jcv("2026-05-20", "negative"), jcv("2026-08-20", "positive", index=0.7)], 80, date(2026, 8, 20)),
        ([jcv("2026-05-20", "negative")], 0, None),
        ([jcv("2026-05-20", "positive", index=0.7), jcv("2026-08-20", "negative")], 0, None),
        ([jcv("2026-05-20", "negative"), jcv("2026-05-25", "positive", index=0.7)], 0, None),  # before the first dose
        ([jcv("2026-05-20", "negative"), jcv("2026-08-20", "positive", assay="ImmunoWELL", index=1)], 0, None),
        ([jcv("2026-05-20", "negative"), jcv("2026-08-20", "indeterminate")], 0, None),
    ],
)
def test_the_time_at_risk_of_a_positive_test(tests: list[dict[str, Any]], days: int, when: date | None) -> None:
    found = facts(*EVERY_FOUR_WEEKS, *tests)
    assert (found.negative_days, found.seroconverted) == (days, when)


def test_a_positive_test_counts_until_the_last_dose_has_worn_off() -> None:
    negative, last = jcv("2026-05-20", "negative"), date(2026, 7, 1) + timedelta(weeks=12)
    within = facts(*doses("2026-07-01"), negative, jcv(last.isoformat(), "positive", index=0.7))
    after = facts(*doses("2026-07-01"), negative, jcv((last + timedelta(days=1)).isoformat(), "positive", index=0.7))
    assert (within.negative_days, within.seroconverted) == (84, last)
    assert (after.negative_days, after.seroconverted) == (0, None)


def test_a_reaction_belongs_to_the_dose_before_it() -> None:
    found = facts(*EVERY_FOUR_WEEKS, reaction("2026-06-29", "urticaria"), reaction("2026-07-01", "headache"))
    assert found.reactions == (
        ReactionFact(dose=date(2026, 6, 29), number="2", hypersensitivity=True),
        ReactionFact(dose=date(2026, 6, 29), number="2"),
    )
    assert found.doses == {"1": 1, "2": 1, "3": 1, "4": 1, "5 to 7": 2}


@pytest.mark.parametrize(("elsewhere", "group"), [(3, "4"), (4, "5 to 7"), (12, "13 and later"), (None, "unknown")])
def test_doses_given_elsewhere_count_before_those_given_here(elsewhere: int | None, group: str) -> None:
    before = {"kind": "earlier_treatment", "on": "2026-05-01", **({"doses": elsewhere} if elsewhere else {})}
    found = facts(before, *doses("2026-10-19"), reaction("2026-10-19", "anaphylaxis"))
    assert found.doses == {group: 1}
    assert found.reactions == (
        ReactionFact(dose=date(2026, 10, 19), number=group, hypersensitivity=True, anaphylaxis=True),
    )


def test_a_clinician_s_word_decides_what_is_hypersensitivity() -> None:
    found = facts(*EVERY_FOUR_WEEKS, reaction("2026-06-29", "urticaria", hypersensitivity=False))
    assert not found.reactions[0].hypersensitivity


@pytest.mark.parametrize(("second", "lasting"), [("2026-08-11", None), ("2026-08-12", date(2026, 8, 12))])
def test_antibodies_last_from_six_weeks_apart_on(second: str, lasting: date | None) -> None:
    found = facts(*EVERY_FOUR_WEEKS, antibody("2026-07-01", "positive"), antibody(second, "positive"))
    assert (found.antibody_tests, found.antibodies, found.lasting_antibodies) == (2, date(2026, 7, 1), lasting)


def test_a_negative_antibody_test_is_a_test() -> None:
    found = facts(*EVERY_FOUR_WEEKS, antibody("2026-07-01", "negative"))
    assert (found.antibody_tests, found.antibodies) == (1, None)


@pytest.mark.parametrize(
    ("event", "seen"),
    [
        (diagnosis("2026-10-01", "PML"), True),
        (diagnosis("2026-10-01", "PML", status="suspected"), False),
        (diagnosis("2026-10-01", "PML", status="history"), False),
        (diagnosis("2026-03-31", "PML"), False),  # the day before the first dose here
        (diagnosis("2026-04-01", "PML"), True),
    ],
)
def test_pml_counts_where_it_was_confirmed_on_natalizumab_given_here(event: dict[str, Any], seen: bool) -> None:
    found = facts(*doses("2026-04-01", "2026-09-01"), event)
    assert (found.pml is not None) == seen


def test_pml_counts_for_half_a_year_after_the_last_dose() -> None:
    last = doses("2026-03-15")
    assert facts(*last, diagnosis("2026-09-15", "PML")).pml == date(2026, 9, 15)
    assert facts(*last, diagnosis("2026-09-16", "PML")).pml is None


def test_no_pml_is_expected_of_the_time_after_it_was_found() -> None:
    events = (*EVERY_FOUR_WEEKS, jcv("2026-05-20", "positive", index=2.1))
    found = facts(*events, diagnosis("2026-06-11", "PML"))
    assert (found.covered_days, found.pml_in_covered, found.treated_days) == (10, True, 154)


@pytest.mark.parametrize(("day", "covered"), [("2026-06-24", True), ("2026-06-25", False), ("2026-04-01", False)])
def test_pml_stands_beside_the_number_expected_where_time_does(day: str, covered: bool) -> None:
    """Twelve weeks after the only dose its time is over; on the day of the dose it has not begun."""
    found = facts(*doses("2026-04-01"), jcv("2026-03-20", "positive", index=2.1), diagnosis(day, "PML"))
    assert (found.pml is not None, found.pml_in_covered) == (True, covered)


def test_an_opportunistic_infection_counts_once_and_pml_is_none_of_them() -> None:
    twice = [diagnosis(day, "cryptosporidiosis") for day in ("2026-09-01", "2026-10-01")]
    assert facts(*EVERY_FOUR_WEEKS, *twice, diagnosis("2026-10-02", "PML")).infections == (date(2026, 9, 1),)
    assert facts(*EVERY_FOUR_WEEKS, diagnosis("2026-09-01", "UTI")).infections == ()


def test_the_last_months_are_those_that_are_over() -> None:
    assert month_ends(date(2024, 3, 1), 3) == [date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29)]
    assert month_ends(date(2024, 2, 29), 1) == [date(2024, 1, 31)]
    assert len(month_ends(ON)) == 13


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.max.time()))


def at_the_end_of(day: date, *events: Mapping[str, Any]) -> MonthEnd:
    return month_end(record(*events), day, end_of(day), EU)


def test_a_test_is_late_from_the_day_after_it_was_due() -> None:
    liver = {"kind": "lab", "on": "2026-06-02", "test": "ALT", "value": 22, "unit": "U/L"}  # due again on 31 August
    for day, late in ((date(2026, 8, 31), False), (date(2026, 9, 1), True)):
        assert ("labs" in at_the_end_of(day, *EVERY_FOUR_WEEKS, liver).overdue) == late


def test_what_was_entered_later_does_not_improve_the_past() -> None:
    day = date(2026, 9, 30)
    result = {"kind": "lab", "on": "2026-09-20", "test": "ALT", "value": 22, "unit": "U/L"}
    at_once, late = ({**result, "entered": then} for then in ("2026-09-30T18:00:00Z", "2026-10-01T00:00:00Z"))
    assert "labs" not in at_the_end_of(day, *EVERY_FOUR_WEEKS, at_once).overdue
    assert "labs" in at_the_end_of(day, *EVERY_FOUR_WEEKS, late).overdue


def test_nobody_is_late_before_the_first_dose_or_after_the_end() -> None:
    day = date(2026, 9, 30)
    stop = {"kind": "stop", "on": "2026-09-30"}
    lost = {"kind": "followup", "on": "2026-09-30", "status": "lost"}
    assert at_the_end_of(date(2026, 5, 31), *EVERY_FOUR_WEEKS) == MonthEnd()
    assert at_the_end_of(day, *EVERY_FOUR_WEEKS[:5], stop) == MonthEnd()
    assert at_the_end_of(day, *EVERY_FOUR_WEEKS[:5], lost) == MonthEnd()
    assert at_the_end_of(day, *EVERY_FOUR_WEEKS).treated
