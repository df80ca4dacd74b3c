"""Is what is kept of each person always what the entries say, and is it said where it is not yet?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.web.counted import EVERY_FOUR_WEEKS, ON, enter_then, facts_now, jcv, kept_facts, reaction
from tests.web.people import doses, enter, member

from natalizumab.clinic import projection
from natalizumab.clinic.erasing import erase
from natalizumab.clinic.merging import merge, unmerge
from natalizumab.clinic.models import Clinic, ClinicTally, Person, PersonFacts, Role, Work
from natalizumab.clinic.vigilance import keeping
from natalizumab.clinic.vigilance.counting import counted
from natalizumab.clinic.vigilance.keeping import forget, read, refresh_stale
from natalizumab.clinic.vigilance.months import month_end
from natalizumab.clinic.vigilance.shape import SHAPE, Facts, MonthEnd
from natalizumab.record import Record

OCTOBER = date(2026, 10, 31)


@pytest.fixture
def cora(clinic: Clinic) -> Person:
    """Treated since June, each thing entered on its day."""
    made = Person.objects.create(clinic=clinic, number="C-3", name="Cora Invented", born=date(1988, 3, 2))
    enter_then(made, EVERY_FOUR_WEEKS)
    return made


def rebuilt(person: Person, on: date = ON) -> Facts:
    forget([person.pk])
    (made,) = facts_now(person.clinic, on)
    return made


def test_a_person_is_counted_once_and_then_kept(clinic: Clinic, cora: Person) -> None:
    first = counted(clinic, ON)
    assert (first.people, first.waiting, first.sums.of_signal("pml", "days")) == (1, 0, 154)
    kept = PersonFacts.objects.get()
    assert (kept.last_sequence, kept.erased, kept.day) == (6, 0, ON)
    assert kept_facts(clinic) == [read(kept)]


def test_nobody_who_is_up_to_date_is_made_anew(clinic: Clinic, cora: Person, monkeypatch: Any) -> None:
    counted(clinic, ON)
    monkeypatch.setattr(keeping, "readable", lambda *_: pytest.fail("a record was read"))
    assert counted(clinic, ON).waiting == 0


def changed(person: Person, **details: Any) -> None:
    for name, value in details.items():
        setattr(person, name, value)
    person.save()


@pytest.mark.parametrize(
    "change",
    [
        lambda person: enter(person, reaction("2026-10-20", "urticaria")),
        lambda person: changed(person, born=date(1950, 1, 1)),
        lambda person: changed(person, sex="male"),
    ],
)
def test_whoever_has_changed_is_made_anew_and_equals_a_rebuild(
    clinic: Clinic, cora: Person, change: Callable[[Person], object]
) -> None:
    before = facts_now(clinic)
    change(cora)
    waiting = counted(clinic, ON, most=0)
    assert (waiting.never, waiting.older, kept_facts(clinic)) == (0, 1, before)
    assert counted(clinic, ON).waiting == 0
    after = kept_facts(clinic)
    assert after == [rebuilt(cora)]


def test_the_next_day_and_other_rules_make_everybody_stale(clinic: Clinic, cora: Person, settings: Any) -> None:
    counted(clinic, ON)
    assert counted(clinic, ON + timedelta(days=1), most=0).older == 1
    settings.NATALIZUMAB_PROTOCOL = "uk"
    assert counted(clinic, ON, most=0).older == 1


def test_facts_of_another_shape_are_not_read_but_made_anew(clinic: Clinic, cora: Person) -> None:
    before = facts_now(clinic)
    PersonFacts.objects.update(shape=0, facts="[]")
    ClinicTally.objects.update(shape=0)
    Work.objects.update(counted_for="2026-11-02 by another program")
    found = counted(clinic, ON, most=0)
    assert (found.never, found.older, found.sums.people) == (1, 0, 0)
    assert facts_now(clinic) == before
    assert not ClinicTally.objects.exclude(shape=SHAPE).exists()  # exactly what was added was taken away


def test_a_past_month_is_made_only_once(clinic: Clinic, cora: Person, monkeypatch: Any) -> None:
    counted(clinic, ON)
    asked: list[date] = []

    def noting(record: Record, day: date, *rest: Any) -> MonthEnd:
        asked.append(day)
        return month_end(record, day, *rest)

    monkeypatch.setattr(keeping, "month_end", noting)
    enter_then(cora, [jcv("2026-10-30", "negative")], day=ON)
    counted(clinic, date(2026, 12, 1))
    assert asked == [date(2026, 11, 30)]


def test_a_late_entry_leaves_past_months_as_they_were(clinic: Clinic, cora: Person) -> None:
    before = facts_now(clinic)[0].months
    assert before[OCTOBER] == MonthEnd(treated=True, overdue=before[OCTOBER].overdue)
    assert "jcv" in before[OCTOBER].overdue
    enter_then(cora, [jcv("2026-06-01", "negative")], day=ON)
    assert facts_now(clinic)[0].months == before == rebuilt(cora).months


def test_an_entry_known_before_the_end_of_a_month_changes_it(clinic: Clinic, cora: Person) -> None:
    before = facts_now(clinic)[0].months
    enter_then(cora, [jcv("2026-10-20", "negative")], day=date(2026, 10, 20))
    after = facts_now(clinic)[0].months
    assert "jcv" not in after[OCTOBER].overdue
    assert {day for day in after if after[day] != before[day]} == {OCTOBER}
    assert after == rebuilt(cora).months


def test_a_record_that_can_not_be_read_now_leaves_its_past_months(clinic: Clinic, cora: Person) -> None:
    before = facts_now(clinic)[0].months
    enter_then(cora, [{**doses("2026-10-19")[0], "product": "Tyruko"}], day=ON)
    found = facts_now(clinic)
    assert (found[0].readable, found[0].months) == (False, before)
    assert found == [rebuilt(cora)]


def test_a_few_are_made_for_a_page_and_the_others_wait(clinic: Clinic, cora: Person) -> None:
    for number in range(4):
        Person.objects.create(clinic=clinic, number=f"N-{number}", name=f"Person {number} Invented")
    found = counted(clinic, ON, most=2)
    assert (found.people, found.sums.people, found.never, found.older) == (5, 2, 3, 0)
    assert refresh_stale(clinic, ON, most=1) == 2
    assert refresh_stale(clinic, ON) == 0
    assert counted(clinic, ON, most=0).waiting == 0


def test_two_clinics_are_counted_apart(clinic: Clinic, other_clinic: Clinic, cora: Person, zoe: Person) -> None:
    assert counted(clinic, ON).sums.people == 1
    assert PersonFacts.objects.get().person == cora
    assert counted(other_clinic, ON).sums.people == 1
    assert set(PersonFacts.objects.values_list("person", flat=True)) == {cora.pk, zoe.pk}


def test_what_is_erased_is_kept_nowhere_and_no_longer_counted(clinic: Clinic, cora: Person) -> None:
    (entry,) = enter_then(cora, [reaction("2026-06-29", "urticaria")])
    assert facts_now(clinic)[0].reactions
    one, other = (member(clinic, name, Role.ADMINISTRATOR) for name in ("adam", "alma"))
    erase([entry], asked_by=one, confirmed_by=other, reason="entered for somebody else")
    assert (PersonFacts.objects.exists(), kept_facts(clinic), counted(clinic, ON, most=0).never) == (False, [], 1)
    (after,) = facts_now(clinic)
    assert (after.reactions, PersonFacts.objects.get().erased) == ((), 1)
    assert counted(clinic, ON, most=0).waiting == 0


def test_two_who_are_merged_are_counted_as_one_and_apart_again_afterwards(clinic: Clinic, cora: Person) -> None:
    twin = Person.objects.create(clinic=clinic, number="C-4", name="Cora Invented", born=date(1988, 3, 2))
    enter_then(twin, [reaction("2026-06-29", "urticaria")])
    nora, before = member(clinic, "nora", Role.NURSE), facts_now(clinic)
    made = merge(cora, twin, by=nora, reason="the same number of insurance")
    found = counted(clinic, ON, most=0)
    assert (found.people, found.sums.people, found.never, found.older) == (1, 0, 1, 0)
    (together,) = facts_now(clinic)
    assert (together.treated_days, len(together.reactions)) == (154, 1)
    unmerge(made, by=nora, reason="two people after all")
    assert facts_now(clinic) == before


def test_an_entry_makes_somebody_wait_and_a_tick_does_not(clinic: Clinic, cora: Person) -> None:
    facts_now(clinic)
    mark = Work.objects.get(pk=cora.pk).counted_for
    handled = projection.refresh_rows(list(Work.objects.all()), ON)  # a tick: nothing was entered
    assert handled[0].row.counted_for == mark
    enter(cora, jcv("2026-10-20", "negative"))
    assert Work.objects.get(pk=cora.pk).counted_for == ""
    assert counted(clinic, ON, most=0).older == 1


def test_sums_that_are_nought_are_cleared_away(clinic: Clinic, cora: Person) -> None:
    facts_now(clinic)
    enter(cora, {"kind": "followup", "on": "2026-10-30", "status": "transferred"})
    facts_now(clinic)
    assert not ClinicTally.objects.filter(count=0).exists()
    assert ClinicTally.objects.get(name="state|followed no longer").count == 1
