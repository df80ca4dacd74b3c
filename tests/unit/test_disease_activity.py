"""NEIDA and NEDA-3 from small invented records, written out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.disease_courses import REBASELINE, START, Event, course, edss, relapse, scan

from natalizumab.disease import Activity, Period, activity, scale_courses

YEARLY = [scan("2023-05-10", 0, 0), scan("2024-05-10", 0, 0)]
SCORED = [edss("2022-05-10", 2), edss("2023-05-10", 2), edss("2024-05-10", 2)]


def found(*events: Event, on: str = "2024-06-01", start: bool = True) -> Activity:
    return activity(course(*events, on=on, start=start))


def whole(*events: Event, on: str = "2024-06-01") -> Period:
    period = found(*events, on=on).whole
    assert period is not None
    return period


def verdicts(*events: Event, on: str = "2024-06-01") -> list[tuple[bool | None, bool | None]]:
    """NEIDA and NEDA-3 of each full year."""
    return [(year.neida, year.neda_3) for year in found(*events, on=on).years]


# --- the rebaseline scan ---


@pytest.mark.parametrize(
    ("events", "why_not"),
    [
        ([], "natalizumab has not been given"),
        ([REBASELINE], "natalizumab has not been given"),
        ([START, {"kind": "earlier_treatment", "on": "2022-01-05"}, REBASELINE], "nobody knows when treatment began"),
        ([START], "no full scan from three months"),
        ([START, scan("2022-04-09", 0)], "no full scan from three months"),
        ([START, scan("2022-05-10", 0, protocol="abbreviated")], "no full scan from three months"),
        ([START, scan("2022-05-10", planned=True)], "no full scan from three months"),
    ],
)
def test_without_a_rebaseline_scan_nothing_can_be_said(events: list[Event], why_not: str) -> None:
    answer = found(*events, start=False)
    assert (answer.rebaseline, answer.whole, answer.years, answer.changes_on) == (None, None, (), None)
    assert why_not in (answer.why_not or "")


def test_the_first_full_scan_on_the_day_of_three_months_is_it() -> None:
    answer = found(START, scan("2022-04-09", 0), scan("2022-04-10", 1), scan("2022-06-01", 0), start=False)
    assert answer.rebaseline is not None
    assert answer.rebaseline.day == date(2022, 4, 10)


def test_after_half_a_year_without_a_dose_all_begins_again() -> None:
    again = {**START, "on": "2022-07-10"}
    assert found(again).rebaseline is None
    assert found({**START, "on": "2022-07-09"}).rebaseline is not None
    later = found(again, scan("2022-10-10", 1, 0)).rebaseline
    assert later is not None
    assert later.day == date(2022, 10, 10)


@pytest.mark.parametrize(
    ("attack", "counted", "not_counted"),
    [
        ("2022-04-09", 0, 0),  # before three months of treatment
        ("2022-04-10", 0, 1),
        ("2022-05-10", 0, 1),  # the day of the scan
        ("2022-05-11", 1, 0),
    ],
)
def test_a_relapse_counts_from_the_day_after_the_scan(attack: str, counted: int, not_counted: int) -> None:
    answer = found(relapse(attack), *YEARLY)
    assert answer.whole is not None
    assert (len(answer.whole.relapses), len(answer.not_counted)) == (counted, not_counted)
    assert answer.whole.neida is (counted == 0)


def test_enhancing_lesions_on_the_rebaseline_scan_do_not_count_and_are_named() -> None:
    answer = found(START, scan("2022-05-10", 1, 2), scan("2023-05-10", 0, 0), on="2023-06-01", start=False)
    assert answer.whole is not None
    assert [event.kind for event in answer.not_counted] == ["mri"]
    assert (answer.whole.enhancing, answer.whole.neida) == (0, True)


# --- what was seen ---


@pytest.mark.parametrize(
    ("events", "neida", "new_t2", "enhancing"),
    [
        ([scan("2023-05-10", 0, 0)], True, 0, 0),
        ([scan("2023-05-10", 0)], True, 0, None),  # without contrast
        ([scan("2023-05-10", 0, protocol="abbreviated")], True, 0, None),
        ([scan("2023-05-10", 1, 0)], False, 1, 0),
        ([scan("2023-05-10", 0, 1)], False, 0, 1),
        ([scan("2023-05-10", None, 1)], False, None, 1),
        ([scan("2023-05-10", None, 0)], None, None, 0),
        ([scan("2023-05-10")], None, None, None),
        ([], None, None, None),
        ([relapse("2022-12-01")], False, None, None),
    ],
)
def test_one_finding_is_enough_for_activity_and_everything_seen_for_none(
    events: list[Event], neida: bool | None, new_t2: int | None, enhancing: int | None
) -> None:
    period = whole(*events, on="2023-06-01")
    assert (period.neida, period.new_t2, period.enhancing) == (neida, new_t2, enhancing)
    assert (period.neida is None) == ("tells of new lesions" in (period.why_not or ""))


@pytest.mark.parametrize(("on", "neida"), [("2024-08-09", True), ("2024-08-10", True), ("2024-08-11", None)])
def test_a_scan_speaks_for_fifteen_months(on: str, neida: bool | None) -> None:
    period = whole(scan("2023-05-10", 0, 0), on=on)
    assert period.neida is neida
    assert ("2023-05-10" in (period.why_not or "")) is (neida is None) or period.neda_3 is None


def test_a_full_scan_that_does_not_tell_leaves_a_gap_before_the_next() -> None:
    silent = scan("2023-05-10")
    period = whole(silent, scan("2024-05-10", 0, 0))
    assert period.neida is None
    assert "between 2022-05-10 and 2023-05-10" in (period.why_not or "")
    assert whole(silent, scan("2024-05-10", 0, 0, compared_with="2022-05-10")).neida is True


def test_an_abbreviated_scan_that_does_not_tell_leaves_none() -> None:
    short = scan("2024-01-10", protocol="abbreviated", suspicious_for_pml=False)
    assert whole(YEARLY[0], short, YEARLY[1]).neida is True


def test_new_lesions_counted_from_before_the_rebaseline_scan_can_not_be_dated() -> None:
    period = whole(scan("2024-05-10", 3, 0, compared_with="2021-12-01"))
    assert (period.neida, period.new_t2, period.active) == (None, None, ())
    assert "2021-12-01, before the rebaseline scan" in (period.why_not or "")
    assert whole(scan("2024-05-10", 0, 0, compared_with="2021-12-01")).neida is True


def test_two_scans_compared_with_the_same_one_count_a_lesion_once() -> None:
    first = scan("2023-05-10", 1, 0)
    assert whole(first, scan("2024-05-10", 1, 0, compared_with="2022-05-10")).new_t2 == 1
    assert whole(first, scan("2024-05-10", 3, 0, compared_with="2022-05-10")).new_t2 == 3
    assert whole(first, scan("2024-05-10", 1, 0)).new_t2 == 2
    assert whole(first, scan("2024-05-10", 1, 0, compared_with="2023-05-10")).new_t2 == 2


def test_what_is_active_stands_in_order_of_time() -> None:
    period = whole(scan("2023-05-10", 1, 0), relapse("2022-12-01"), relapse("2024-01-02"), scan("2024-05-10", 0, 2))
    assert [str(event.day) for event in period.active] == ["2022-12-01", "2023-05-10", "2024-01-02", "2024-05-10"]


# --- NEDA-3 ---


@pytest.mark.parametrize(
    ("events", "neda_3", "why_not"),
    [
        (SCORED, True, ""),
        ([], None, "no EDSS around 2022-05-10"),
        ([edss("2022-05-10", 2)], None, "no EDSS after 2022-05-10 says"),
        ([edss("2024-05-10", 2)], None, "no EDSS around 2022-05-10"),
        ([edss("2022-08-10", 2), edss("2024-05-10", 2)], True, ""),
        ([edss("2022-08-11", 2), edss("2024-05-10", 2)], None, "no EDSS around 2022-05-10"),
        ([edss("2022-05-10", 2), edss("2023-03-01", 2)], True, ""),
        ([edss("2022-05-10", 2), edss("2023-02-28", 2)], None, "no EDSS after 2023-02-28 says"),
        ([*SCORED[:2], edss("2024-05-10", 3)], None, "from 2 to 3 on 2024-05-10 is not confirmed yet"),
        ([*SCORED[:1], edss("2023-05-10", 3), edss("2024-05-10", 3)], False, ""),
    ],
)
def test_neda_3_needs_scores_that_show_no_worsening(events: list[Event], neda_3: bool | None, why_not: str) -> None:
    period = whole(*YEARLY, *events, on="2024-06-01")
    assert (period.neida, period.neda_3) == (True, neda_3)
    assert (why_not in (period.why_not or "")) if why_not else period.why_not is None


def test_worsening_is_not_neda_3_even_where_neida_can_not_be_said() -> None:
    period = whole(edss("2022-05-10", 2), edss("2023-05-10", 3), edss("2024-05-10", 3))
    assert (period.neida, period.neda_3) == (None, False)


@pytest.mark.parametrize(
    ("events", "scored"),
    [([], False), ([edss("2023-01-02", 2)], False), ([edss("2022-05-01", 2)], False), (SCORED[:2], True)],
)
def test_a_year_without_a_score_to_compare_is_not_scored(events: list[Event], scored: bool) -> None:
    assert [year.scored for year in found(*YEARLY, *events, on="2023-06-01").years] == [scored]


# --- years ---


def test_only_full_years_are_shown() -> None:
    assert len(found(*YEARLY, on="2023-05-09").years) == 0
    assert [(str(y.start), str(y.end)) for y in found(*YEARLY, on="2023-05-10").years] == [("2022-05-10", "2023-05-10")]
    assert len(found(*YEARLY, on="2024-05-09").years) == 1
    assert len(found(*YEARLY, on="2024-05-10").years) == 2


def test_findings_belong_to_the_year_in_which_they_came() -> None:
    events = [*YEARLY, *SCORED, relapse("2023-05-10"), relapse("2023-05-11")]
    assert [len(year.relapses) for year in found(*events).years] == [1, 1]
    assert verdicts(*YEARLY, *SCORED, relapse("2023-05-11")) == [(True, True), (False, False)]


@pytest.mark.parametrize(
    ("scanned", "neida"),
    [("2023-02-09", None), ("2023-02-10", True), ("2023-05-10", True), ("2023-06-20", True)],
)
def test_a_year_needs_a_scan_near_its_end_or_later(scanned: str, neida: bool | None) -> None:
    assert verdicts(scan(scanned, 0, 0), on="2023-07-01") == [(neida, None)]


def test_a_late_scan_with_new_lesions_says_nothing_of_the_year_before_it() -> None:
    assert [year.neida for year in found(scan("2023-06-20", 1, 0), scan("2024-05-10", 0, 0)).years] == [None, False]


def test_a_worsening_belongs_to_the_year_of_its_rise_though_confirmed_in_the_next() -> None:
    scores = [edss("2022-05-10", 2), edss("2023-04-10", 3), edss("2023-08-10", 3), edss("2024-05-10", 3)]
    assert verdicts(*YEARLY, *scores) == [(True, False), (True, True)]


def test_a_rise_seen_only_in_a_later_year_leaves_the_years_before_it_open() -> None:
    steady = [edss("2022-05-10", 2), edss("2024-05-10", 2.5)]
    assert verdicts(*YEARLY, *steady) == [(True, True), (True, True)]
    rising = [edss("2022-05-10", 2), edss("2024-02-01", 3), edss("2024-05-10", 3)]
    assert verdicts(*YEARLY, *rising) == [(True, None), (True, False)]


def test_a_rise_that_waits_for_its_confirmation_leaves_its_year_open() -> None:
    assert verdicts(*YEARLY, *SCORED[:2], edss("2024-05-09", 3)) == [(True, True), (True, None)]


# --- time ---


def test_nothing_changes_before_the_day_named_and_what_is_still_to_come_changes_nothing() -> None:
    ahead = [relapse("2025-05-01"), scan("2025-05-10", 4, 1), edss("2025-05-10", 6)]
    for events in ([*YEARLY, *SCORED], [*YEARLY[:1], *SCORED[:1]], [relapse("2023-01-02")]):
        now = found(*events, on="2024-06-01")
        assert found(*events, *ahead, on="2024-06-01") == now
        assert now.changes_on is not None
        before, after = now.changes_on.toordinal() - 1, now.changes_on
        assert _said(found(*events, on=str(date.fromordinal(before)))) == _said(now)
        assert _said(found(*events, on=str(after))) != _said(now)


def _said(answer: Activity) -> object:
    assert answer.whole is not None
    return answer.whole.neida, answer.whole.neda_3, answer.whole.why_not, answer.years


# --- courses of scales ---


def fatigue(on: str, scale: str, score: float) -> Event:
    return {"kind": "fatigue", "on": on, "scale": scale, "score": score}


def test_each_scale_has_its_course_from_the_last_score_at_the_start() -> None:
    events = [
        edss("2021-01-01", 1),
        edss("2022-01-10", 3),
        edss("2022-06-01", 2.5),
        edss("2022-05-20", 2),
        edss("2024-01-02", 1.5),
        fatigue("2022-01-09", "mfis ", 50),
        fatigue("2024-01-02", "MFIS", 41.5),
        fatigue("2022-01-11", "FSS", 4),
    ]
    first, fss, mfis = scale_courses(course(*events))
    assert first.at_start is not None
    assert first.at_rebaseline is not None
    assert (first.scale, first.at_start.score, first.at_rebaseline.score, first.latest.score) == ("EDSS", 3, 2, 1.5)
    assert first.change == -1.5
    assert (fss.scale, fss.at_start, fss.at_rebaseline, fss.change) == ("FSS", None, None, None)
    assert (mfis.scale, mfis.change) == ("MFIS", -8.5)


def test_a_course_without_start_or_later_score_has_no_change() -> None:
    assert scale_courses(course()) == ()
    (only,) = scale_courses(course(edss("2022-01-10", 3)))
    assert (only.change, only.at_rebaseline) == (None, None)
    (before,) = scale_courses(course(edss("2022-01-10", 3), start=False))
    assert (before.at_start, before.at_rebaseline, before.change) == (None, None, None)
