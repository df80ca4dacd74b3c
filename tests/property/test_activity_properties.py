"""What holds for disease activity in every record: more of it never looks like less, and the future says nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import Plain, days, records

from natalizumab.disease import Activity, activity, brain_volume, scale_courses
from natalizumab.record import Record

KINDS = ("mri", "mri", "mri", "relapse", "edss", "fatigue")
START = date(2014, 3, 3)
some = settings(max_examples=150)


def treated() -> st.SearchStrategy[Plain]:
    """Records with a first dose, a rebaseline scan, and scans, relapses and scores at random; nothing is corrected."""
    return records(kinds=KINDS).map(_with_start)


def _with_start(plain: Plain) -> Plain:
    given: list[dict[str, Any]] = [
        {"kind": "dose", "on": str(START), "dose_mg": 300, "route": "iv"},
        {"kind": "mri", "on": "2014-07-03", "protocol": "full", "note": "rebaseline"},
    ]
    return {**plain, "events": given + [event for event in plain["events"] if "corrects" not in event]}


def seen(plain: Plain, on: date) -> Activity:
    return activity(Record.from_dict(plain).course(on))


def graver(neida: bool | None) -> int:
    """No activity, nobody knows, activity."""
    return {True: 0, None: 1, False: 2}[neida]


@some
@given(treated(), days)
def test_neda_3_never_claims_more_than_neida_and_false_always_shows_its_finding(plain: Plain, on: date) -> None:
    found = seen(plain, on)
    for period in [*found.years, *([found.whole] if found.whole else [])]:
        assert graver(period.neda_3) >= graver(period.neida)
        assert (period.neida is False) == bool(period.active)
        assert (period.why_not is not None) == (period.neida is None or period.neda_3 is None)
        assert all(period.start < event.day <= period.end for event in period.active)


@some
@given(treated(), days, st.integers(1, 2000))
def test_another_relapse_never_makes_activity_look_like_less(plain: Plain, on: date, after: int) -> None:
    found = seen(plain, on)
    if found.rebaseline is not None:
        day = found.rebaseline.day + timedelta(days=after)
        more = seen({**plain, "events": [*plain["events"], {"kind": "relapse", "on": f"{day}T23:59+14:00"}]}, on)
        assert found.whole is not None
        assert more.whole is not None
        assert graver(more.whole.neida) >= graver(found.whole.neida)
        assert more.whole.neida is False or day > on


@some
@given(treated(), days, st.data(), st.sampled_from(["new_t2", "gd"]))
def test_more_lesions_on_a_scan_never_make_activity_look_like_less(
    plain: Plain, on: date, data: st.DataObject, field: str
) -> None:
    scans = [number for number, event in enumerate(plain["events"]) if field in event]
    if scans:
        chosen = data.draw(st.sampled_from(scans))
        events = [*plain["events"]]
        events[chosen] = {**events[chosen], field: events[chosen][field] + 1, "id": f"more-{chosen}"}
        found, more = seen(plain, on).whole, seen({**plain, "events": events}, on).whole
        assert (found is None) == (more is None)
        assert found is None or more is None or graver(more.neida) >= graver(found.neida)


@some
@given(treated(), days)
def test_what_is_dated_later_changes_nothing(plain: Plain, on: date) -> None:
    course = Record.from_dict(plain).course(on)
    upto = {**plain, "events": [event for event in plain["events"] if event["on"][:10] <= str(on)]}
    before = Record.from_dict(upto).course(on)
    assert activity(before) == activity(course)
    assert brain_volume(before) == brain_volume(course)
    assert scale_courses(before) == scale_courses(course)


@some
@given(treated(), days, st.integers(1, 1000))
def test_until_the_day_named_time_alone_changes_nothing(plain: Plain, on: date, later: int) -> None:
    upto = {**plain, "events": [event for event in plain["events"] if event["on"][:10] <= str(on)]}
    found = seen(upto, on)
    if found.whole is not None and found.changes_on is not None:
        again = seen(upto, min(on + timedelta(days=later), found.changes_on - timedelta(days=1)))
        assert again.whole is not None
        assert again.years == found.years
        assert (again.whole.neida, again.whole.neda_3, again.whole.why_not) == (
            found.whole.neida,
            found.whole.neda_3,
            found.whole.why_not,
        )


@some
@given(treated(), days)
def test_a_yearly_change_of_brain_volume_lies_between_those_of_its_parts(plain: Plain, on: date) -> None:
    found = brain_volume(Record.from_dict(plain).course(on))
    if found.change_per_year is not None and found.start is not None and found.end is not None:
        assert found.start >= START + timedelta(days=89)
        assert (found.end - found.start).days >= 330
        losing = [float(scan.brain_volume_change_percent or 0) < 0 for scan in found.scans]
        assert found.change_per_year < 1e-12 or not all(losing)
        assert found.change_per_year >= 0 or any(losing)
