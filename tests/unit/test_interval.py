"""The interval that suits: what is advised, how far label and trials let it go, and what is said beside it."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology import History, Input, People, Regimen, concentrations, draw, simulate_population
from natalizumab.pharmacology.individual import Plan
from natalizumab.pharmacology.individualised import Individual, individualise
from natalizumab.pharmacology.interval import SETTLED_WEEKS, Advice, Limits, advise
from natalizumab.pharmacology.interval_chart import interval_chart
from natalizumab.pharmacology.interval_words import percent, reached_percent, short_reached
from natalizumab.record import Record

START = date(2025, 1, 6)
LIMITS = Limits(4, 6)
NOT_YET = ("not yet 12 months of 4-weekly dosing",)


def somebody(*more: dict[str, Any], doses: int = 14, kg: float = 75, weeks: int = 4, route: str = "iv") -> Record:
    """An invented person with so many doses, ``weeks`` apart."""
    days = [START + timedelta(weeks=weeks * number) for number in range(doses)]
    events: list[dict[str, Any]] = [{"kind": "weight", "on": START.isoformat(), "kg": kg}]
    events += [{"kind": "dose", "on": day.isoformat(), "dose_mg": 300, "route": route} for day in days]
    return Record.from_dict(
        {"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": [*events, *more]}
    )


def level(number: int, mg_per_l: float, **more: Any) -> dict[str, Any]:
    """The trough before the dose of that number, counted from nought."""
    day = START + timedelta(weeks=4 * number, days=-1)
    return {"kind": "concentration", "on": day.isoformat(), "mg_per_l": mg_per_l, "assay": "Sanquin", **more}


def on_last_day(record: Record, days_after: int = 7) -> date:
    return max(event.day for event in record.events if event.fields()["kind"] == "dose") + timedelta(days=days_after)


def advised(record: Record, **asked: Any) -> Advice:
    return advise(individualise(record, on_last_day(record)), LIMITS, **asked)


@pytest.fixture(scope="module")
def high() -> Individual:
    """Somebody whose troughs would last for seven weeks and more."""
    record = somebody(level(10, 44.0), level(12, 47.0), level(13, 45.0))
    return individualise(record, on_last_day(record))


@pytest.fixture(scope="module")
def middling() -> Individual:
    record = somebody(level(10, 16.0), level(12, 15.5), level(13, 16.5))
    return individualise(record, on_last_day(record))


def test_four_to_twelve_whole_weeks_are_shown_with_their_standing(high: Individual) -> None:
    found = advise(high, LIMITS).intervals
    assert [one.weeks for one in found] == list(range(4, 13))
    assert [one.standing for one in found] == ["labelled", "between", "trial", *["outside"] * 6]


def test_more_weeks_leave_less_drug_and_less_certainty(high: Individual) -> None:
    found = advise(high, LIMITS).intervals
    for spread in ("p5", "p50", "p95"):
        for trough in ("trough", "next_trough"):
            numbers = [getattr(getattr(one, trough), spread) for one in found]
            assert numbers == sorted(numbers, reverse=True)
    chances = [one.probability_at_target for one in found]
    assert chances == sorted(chances, reverse=True)


def test_the_probability_must_hold_for_the_sustained_and_for_the_next_trough(high: Individual) -> None:
    early = somebody(doses=2)
    for individual in (high, individualise(early, on_last_day(early))):
        for one in advise(individual, LIMITS).intervals:
            both = min(one.probability_sustained, one.probability_next)
            assert one.probability_at_target == min(both, 1.0 if one.probability_from_today is None else both)
    # After two doses less has come together than the interval kept up would bring.
    after_two = advised(early, target=10).intervals[0]
    assert after_two.next_trough.p50 < after_two.trough.p50
    assert after_two.probability_at_target == after_two.probability_next < after_two.probability_sustained


def test_what_the_concentration_would_allow_beyond_the_trial_is_shown_and_not_advised(high: Individual) -> None:
    found = advise(high, LIMITS)
    assert found.longest is not None
    assert found.longest >= 7
    assert found.weeks == 6
    assert f"would allow {found.longest} weeks" in found.text
    assert "outside label and trial evidence and only shown" in found.text


def test_before_a_year_of_four_weekly_dosing_the_label_holds(high: Individual) -> None:
    found = advise(high, LIMITS, trial_entry_unmet=NOT_YET)
    assert found.weeks == 4
    assert NOT_YET[0] in found.text


def test_five_weeks_lie_between_label_and_trial(middling: Individual) -> None:
    found = advise(middling, LIMITS)
    assert found.longest == found.weeks == 5
    assert "between the labelled 4 weeks and the 6 weeks" in found.text
    assert advise(middling, LIMITS, trial_entry_unmet=NOT_YET).weeks == 4


def test_a_higher_target_or_probability_never_gives_a_longer_interval(high: Individual) -> None:
    by_target = [advise(high, LIMITS, target=target).longest or 0 for target in (2, 5, 10, 40)]
    assert by_target == sorted(by_target, reverse=True)
    assert by_target[0] > by_target[-1] == 0
    by_probability = [advise(high, LIMITS, probability=share).longest or 0 for share in (0.5, 0.9, 0.999)]
    assert by_probability == sorted(by_probability, reverse=True)


def test_where_not_even_the_shortest_is_likely_enough_nothing_is_advised(middling: Individual) -> None:
    found = advise(middling, LIMITS, target=40)
    assert (found.weeks, found.longest) == (None, None)
    assert found.text.startswith("No interval is advised: even 4-weekly dosing")


def test_a_low_early_trough_asks_for_an_antibody_test_before_any_interval() -> None:
    low = somebody(level(2, 1.0), doses=3)
    found = advised(low)
    assert found.antibodies > 0.2
    assert found.weeks is None
    assert found.text.endswith("Test for antibodies first.")


def test_negative_tests_give_the_interval_back_and_positive_ones_take_it_away() -> None:
    tests = [{"kind": "antibody", "on": f"2025-0{month}-20", "result": "negative"} for month in (3, 9)]
    after = advised(somebody(level(12, 30.0), *tests))
    assert after.antibodies < 0.01
    assert after.weeks is not None
    positive = [{**test, "result": "positive"} for test in tests]
    assert advised(somebody(*positive)).weeks is None


def test_measuring_says_more_than_weight_and_doses_alone(high: Individual) -> None:
    alone = advised(somebody())
    assert alone.longest is not None
    assert high.with_levels is not high.without_levels
    measured = advise(high, LIMITS)
    assert measured.longest is not None
    assert measured.longest > alone.longest
    assert any("No level counts so far" in said for said in alone.beside)
    assert not any("No level counts so far" in said for said in measured.beside)


def test_without_levels_the_probability_is_that_of_the_population_with_its_antibodies() -> None:
    """Persistent antibodies are 6 %, transient ones have gone: a plain mixture of two simulated populations."""
    found = {one.weeks: one for one in advised(somebody()).intervals}
    people = draw(20_000, seed=5, weight_kg=75)
    for weeks in (4, 6, 8):
        regimen = Regimen("iv", weeks, round(104 / weeks))
        without, with_ = (simulate_population(regimen, people, factor).trough for factor in (1.0, 2.45))
        expected = 0.94 * (without >= 2).mean() + 0.06 * (with_ >= 2).mean()
        assert found[weeks].probability_sustained == pytest.approx(expected, abs=0.012)


def test_after_a_long_gap_the_next_trough_is_that_of_a_dose_given_today() -> None:
    """What had come together before is gone: one dose leaves less than the next one did that was due then."""
    record = somebody(level(12, 46.0), level(13, 45.0))
    gone, in_time = (advise(individualise(record, on_last_day(record, days)), LIMITS).intervals for days in (800, 28))
    known = individualise(record, on_last_day(record, 800))
    day = known.patient.day(known.on)
    restarted = known.relied_on.history.then(Input(day, 300, "iv"))
    for late, early in zip(gone, in_time, strict=True):
        assert early.probability_from_today is None
        assert late.next_trough == early.next_trough
        (alone,) = known.relied_on.predict_each([Plan((day + 7 * late.weeks,), restarted)])
        assert late.probability_from_today is not None
        assert late.probability_from_today == pytest.approx(float(alone.at_least(2.0)[0]), abs=5e-3)
        assert late.probability_at_target <= late.probability_from_today
        assert late.probability_at_target <= in_time[late.weeks - 4].probability_at_target
    assert gone[3].probability_at_target < in_time[3].probability_at_target


@pytest.mark.parametrize(("kg", "said"), [(80.0, False), (80.1, True), (95.0, True)])
def test_above_80_kg_a_longer_interval_is_said_to_need_a_measurement(kg: float, said: bool) -> None:
    found = advised(somebody(level(12, 46.0), level(13, 45.0), kg=kg))
    assert found.weeks == 6
    assert any("is above 80 kg" in remark for remark in found.beside) == said


def test_a_dose_that_is_late_for_the_advice_is_said() -> None:
    record = somebody(level(12, 46.0), level(13, 45.0))
    late = advise(individualise(record, on_last_day(record, 50)), LIMITS)
    assert late.weeks == 6
    (said,) = (remark for remark in late.beside if "days ago" in remark)
    assert said.startswith("The last dose was 50 days ago. Where an interval has passed, what a dose given today")
    assert "reached 4, 5, 6 weeks after it with a probability of " in said
    in_time = advise(individualise(record, on_last_day(record, 28)), LIMITS)
    at_nine = somebody(level(12, 46.0), level(13, 45.0), doses=13)
    last = {"kind": "dose", "on": f"{START + timedelta(weeks=4 * 13)}T09:00+01:00", "dose_mg": 300, "route": "iv"}
    at_nine = Record.from_dict(at_nine.to_dict() | {"events": [*at_nine.to_dict()["events"], last]})
    timed = advise(individualise(at_nine, START + timedelta(weeks=4 * 14)), LIMITS)  # at noon of the day it is due
    assert all(one.probability_from_today is None for one in timed.intervals)
    assert not any("days ago" in remark for remark in in_time.beside)


def test_the_trial_gave_no_injections() -> None:
    found = advised(somebody(level(12, 40.0), level(13, 40.0), route="sc"))
    assert found.weeks == 6
    assert any("not injections" in remark for remark in found.beside)


def test_the_callers_remarks_stand_before_the_models() -> None:
    record = somebody()
    found = advise(individualise(record, on_last_day(record)), LIMITS, beside=("Something else.",)).beside
    assert found[0] == "Something else."
    assert found[1].startswith("No level counts so far")


def test_with_a_reason_against_any_dose_no_interval_is_advised(high: Individual) -> None:
    found = advise(high, LIMITS, no_dose=("the plan holds.", "Because of this."))
    assert (found.weeks, found.text) == (None, "No interval is advised: the plan holds. Because of this.")
    assert found.longest is not None


# --- levels that hardly anybody has ---


@pytest.mark.parametrize("odd", [150.0, 900.0])
def test_no_interval_rests_on_a_level_that_is_too_high_for_anybody(odd: float) -> None:
    found, without = advised(somebody(level(13, odd))), advised(somebody())
    assert found.text.startswith(f"Check the level first. The level of {odd:g} mg/L on 2026-01-04 is so high")
    assert found.text.endswith(f"Without it: {without.text}")
    assert (found.unchecked, without.unchecked) == (True, False)
    assert (found.weeks, found.intervals) == (without.weeks, without.intervals)


def test_the_levels_that_are_not_doubted_still_count() -> None:
    usual = (level(10, 16.0), level(12, 15.5))
    found, without = advised(somebody(*usual, level(13, 900.0))), advised(somebody(*usual))
    assert found.intervals == without.intervals
    assert found.intervals != advised(somebody()).intervals


def test_while_a_level_is_too_low_for_anybody_nothing_is_advised() -> None:
    found = advised(somebody(level(12, 30.0), level(13, 0.001)))
    assert found.weeks is None
    assert found.text.startswith("No interval is advised before the level has been checked. The level of 0.001 mg/L")


def test_several_such_levels_are_named_and_antibodies_that_they_speak_for_too() -> None:
    found = advised(somebody(level(2, 0.05), level(2, 0.06), doses=3))
    assert found.text.startswith("No interval is advised before the levels have been checked. The level of")
    assert found.text.count("is so low that hardly any plausible person") == 2
    assert "Antibodies against natalizumab have a probability of" in found.text
    assert found.text.endswith("test for them as well.")


def test_where_antibodies_explain_a_low_level_they_are_what_is_said() -> None:
    tests = [{"kind": "antibody", "on": day, "result": "positive"} for day in ("2025-06-20", "2025-09-20")]
    found = advised(somebody(level(13, 0.1, below=True), *tests))
    assert not found.unchecked
    assert "antibodies against natalizumab have a probability of" in found.text


@pytest.mark.parametrize(
    ("odd", "title"),
    [
        (900.0, "Check the levels first; without the doubtful ones, every 5 weeks"),
        (0.001, "Check the levels first: no interval can be advised"),
        (20.0, "Every 5 weeks: the longest interval with enough certainty"),
    ],
)
def test_the_title_of_the_chart_says_what_must_be_checked(odd: float, title: str) -> None:
    assert interval_chart(advised(somebody(level(13, odd)))).title == title


def test_the_chart_says_no_certainty_that_the_table_does_not_say(high: Individual) -> None:
    found = advise(high, LIMITS)
    rows = [row for rows in interval_chart(found).spec["datasets"].values() for row in rows]
    labels = {row["weeks"]: row["label"] for row in rows if {"y", "label", "weeks"} <= set(row)}
    assert labels == {one.weeks: short_reached(one.probability_at_target) for one in found.intervals}
    assert ">99 %" in labels.values()
    assert {"y": 0.9, "label": "90 %"} in rows


@pytest.mark.parametrize(("share", "inside"), [(0.9, False), (0.89, True), (0.8, True), (0.7, False), (0.95, False)])
def test_no_number_stands_on_the_line_of_what_is_wanted(high: Individual, share: float, inside: bool) -> None:
    found = advise(high, LIMITS)
    one = replace(found.intervals[0], probability_sustained=share, probability_next=share)
    chart = interval_chart(replace(found, intervals=(one,)))
    (mark,) = [
        layer["mark"]
        for layer in chart.spec["vconcat"][0]["layer"]
        if layer["mark"].get("baseline") in ("top", "bottom")
        and [row.get("label") for row in chart.spec["datasets"][layer["data"]["name"]]] == [short_reached(share)]
    ]
    assert (mark["baseline"] == "top") is inside


@pytest.mark.parametrize("target", [0, -1, math.nan, math.inf, 1e6])
def test_a_target_that_is_none_is_refused(high: Individual, target: float) -> None:
    with pytest.raises(ModelError, match="target: "):
        advise(high, LIMITS, target=target)


@pytest.mark.parametrize("probability", [0, 1, 90, -0.1, math.nan])
def test_a_probability_that_is_none_is_refused(high: Individual, probability: float) -> None:
    with pytest.raises(ModelError, match="probability: "):
        advise(high, LIMITS, probability=probability)


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "less than 1 %"), (0.004, "less than 1 %"), (0.5, "50 %"), (0.995, "more than 99 %"), (1, "more than 99 %")],
)
def test_no_probability_is_called_certain(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize("weeks", [4, 8, 12])
def test_two_years_of_an_interval_are_its_steady_state_even_in_somebody_light_who_loses_the_drug_slowly(
    weeks: int,
) -> None:
    slow = People(np.array([50.0]), np.array([0.65]), np.array([1.8]), np.array([0.65]))
    troughs = []
    for settled in (SETTLED_WEEKS, 400):
        regimen = Regimen("iv", weeks, round(settled / weeks))
        troughs.append(float(concentrations(History(regimen.inputs), slow, [regimen.last_interval[1]])[0, 0]))
    assert troughs[0] == pytest.approx(troughs[1], rel=3e-3)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0001, "less than 1 %"),
        (0.01, "1 %"),
        (0.0199, "1 %"),
        (0.89967, "89 %"),
        (0.9, "90 %"),
        (0.29, "29 %"),
        (0.99, "99 %"),
        (0.9901, "more than 99 %"),
    ],
)
def test_what_falls_short_of_a_probability_never_reads_as_enough(share: float, words: str) -> None:
    assert reached_percent(share) == words
