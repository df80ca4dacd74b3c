"""Do the worklist's tables always say what the plans say: at once, on later days, and after being made anew?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import events
from tests.web.people import ADA, BEN, doses, enter, member, person

from natalizumab.care import load_protocol, plan
from natalizumab.care.ending import DAY_COUNT
from natalizumab.clinic import projection
from natalizumab.clinic.entries import append_all
from natalizumab.clinic.erasing import erase
from natalizumab.clinic.models import Clinic, Entry, Handling, Person, Role, User, Work, WorkItem
from natalizumab.clinic.plans import person_plan
from natalizumab.clinic.work import program, ticking
from natalizumab.clinic.work.handling import Change, handle
from natalizumab.clinic.worklist import Asked, worklist
from natalizumab.errors import Refusal
from natalizumab.record import event_from_dict

ON = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 9, tzinfo=timezone.get_fixed_timezone(0))

WHEN = {"made_at", "claim", "claimed_until"}
"""Columns of a row that say when it was made, not what it says."""


def tables(*, but: set[str] = frozenset()) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:  # type: ignore[assignment]
    """Both tables whole, without the columns that say when; with ``but``, without those too and without day counts."""

    def told(row: dict[str, Any], leave: set[str]) -> dict[str, Any]:
        kept = {name: value for name, value in row.items() if name not in leave | but}
        return kept | {"text": DAY_COUNT.sub("some days", kept["text"])} if but else kept

    rows = [told(dict(row), WHEN) for row in Work.objects.order_by("pk").values()]
    items = [told(dict(row), {"id"}) for row in WorkItem.objects.order_by("person_id", "place").values()]
    return rows, items


def valid(some: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The events that a form would let through, without what an entry has in columns."""
    found = []
    for event in some:
        bare = {key: value for key, value in event.items() if key not in ("id", "corrects", "entered")}
        try:
            event_from_dict(bare)
        except Refusal:
            continue
        found.append(bare)
    return found


SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=15, deadline=None, suppress_health_check=SLOW)
@given(some=st.lists(st.lists(events(), max_size=6), min_size=1, max_size=2), days=st.integers(0, 200))
def test_making_everything_anew_gives_what_the_refreshes_gave(
    db: None, some: list[list[dict[str, Any]]], days: int
) -> None:
    with transaction.atomic():
        clinic = Clinic.objects.create(name="Random clinic (invented)")
        for number, random_events in enumerate(some):
            usual = [*ADA, *BEN] if number % 2 else ADA
            person(clinic, f"R-{number}", "Random Invented", [*usual[:4], *valid(random_events), *usual[4:]])
        at_once = tables()
        projection.rebuild(ON)
        assert tables() == at_once
        later = ON + timedelta(days=days)
        ticking.until_done(lambda: later, lambda: AT)
        ticked = tables(but={"made_on"})
        projection.rebuild(later)
        assert tables(but={"made_on"}) == ticked
        transaction.set_rollback(True)


def test_what_holds_on_a_later_day_is_what_would_be_made_on_it(ada: Person) -> None:
    enter(ada, doses("2026-10-12")[0] | {"product": "Tyruko"})  # a second dose that day: the record can't be read
    later = ON + timedelta(days=30)
    assert not Work.objects.filter(projection.stale(later)).exists()
    before = tables(but={"made_on"})
    projection.rebuild(later)
    assert tables(but={"made_on"}) == before


def test_an_entry_and_its_row_are_one_transaction(clinic: Clinic, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("killed")

    before = Entry.objects.count()
    monkeypatch.setattr(projection, "put", broken)
    with pytest.raises(RuntimeError):
        append_all(ada, doses("2026-11-01"), by=None, source="form")
    assert Entry.objects.count() == before


def test_an_entry_is_kept_though_a_rule_breaks_and_nobody_is_dosed(
    ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(projection, "person_plan", broken)
    entry = enter(ada, {"kind": "weight", "on": "2026-10-20", "kg": 70})
    assert Entry.objects.filter(pk=entry.pk).exists()
    row = Work.objects.get(person=ada)
    assert (row.decision, row.rules) == ("hold", ["record"])
    assert "mistake in this program" in row.text


def test_the_row_says_from_which_entries_and_by_which_protocol_it_was_made(clinic: Clinic, ada: Person) -> None:
    row = Work.objects.get(person=ada)
    assert (row.last_sequence, row.erased) == (len(ADA), 0)
    assert (row.protocol, row.protocol_version) == ("eu", load_protocol("eu").version)
    entry = Entry.objects.get(person=ada, kind="mri")
    two = [member(clinic, name, Role.ADMINISTRATOR) for name in ("ann", "bob")]
    before = row.rules
    erase([entry], asked_by=two[0], confirmed_by=two[1], reason="of somebody else")
    row.refresh_from_db()
    assert (row.last_sequence, row.erased) == (len(ADA), 1)
    assert row.rules != before


def test_a_corrected_date_of_birth_counts_at_once(ada: Person) -> None:
    ada.born = date(2024, 2, 2)
    ada.save()
    assert Work.objects.get(person=ada).refused  # born after what happened


def test_every_item_of_the_plan_has_its_row_and_its_status_can_be_asked_for_any_day(ada: Person, ben: Person) -> None:
    for who in (ada, ben):
        made = person_plan(who, list(Entry.objects.filter(person=who).order_by("sequence")), ON)
        wanted = {(item["rule"], item["action"], item["due"]): item["status"] for item in made.today["items"]}
        rows = WorkItem.objects.filter(person=who).exclude(rule="")
        assert {(row.rule, row.action, row.due.isoformat()) for row in rows} == set(wanted)
        for status, condition in (("overdue", WorkItem.overdue_on(ON)), ("due", WorkItem.due_on(ON))):
            said = {(row.rule, row.action, row.due.isoformat()) for row in rows.filter(condition)}
            assert said == {key for key, value in wanted.items() if value == status}


@pytest.mark.parametrize("days", [1, 7, 20, 60, 200, 500])
def test_a_later_day_shows_what_the_plan_of_that_day_says(clinic: Clinic, ada: Person, ben: Person, days: int) -> None:
    later = ON + timedelta(days=days)
    for row in worklist(clinic, later, Asked()).rows:
        entries = list(Entry.objects.filter(person=row.person).order_by("sequence"))
        wanted = person_plan(row.person, entries, later)
        assert (row.decision, row.work.state) == (wanted.decision, wanted.today["state"])
        assert row.work.text == (wanted.reasons[0]["text"] if wanted.reasons else "")
        overdue = [item for item in wanted.today["items"] if item["status"] == "overdue"]
        shown = {task.key: task.days_late for task in row.tasks if not task.is_dose}
        late = {
            item.key: item for item in WorkItem.objects.filter(person=row.person).filter(WorkItem.overdue_on(later))
        }
        assert len([item for item in late.values() if item.rule]) == len(overdue)
        assert all((later - late[key].last_day).days == days for key, days in shown.items() if days)


def test_until_it_ends_a_row_needs_no_new_making_and_from_then_on_it_does(clinic: Clinic, ben: Person) -> None:
    row = Work.objects.get(person=ben)
    assert ON < row.valid_until < date.max
    day_before = row.valid_until - timedelta(days=1)
    assert not Work.objects.filter(projection.stale(day_before)).exists()
    assert not projection.is_stale(row, day_before)
    assert Work.objects.filter(projection.stale(row.valid_until)).exists()
    assert projection.is_stale(row, row.valid_until)


def test_another_program_or_protocol_makes_every_row_stale(
    ada: Person, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    assert not Work.objects.filter(projection.stale(ON)).exists()
    with monkeypatch.context() as other:
        other.setattr(program, "_program", lambda: "another")
        program._mark.cache_clear()
        assert Work.objects.filter(projection.stale(ON)).count() == 1
    program._mark.cache_clear()
    settings.NATALIZUMAB_PROTOCOL = "us"
    assert Work.objects.filter(projection.stale(ON)).count() == 1


def test_a_page_works_out_what_is_stale_in_view_and_says_how_many_wait(
    as_nora: Client, clinic: Clinic, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        person(clinic, f"N-{number:02d}", f"Person {number} Invented", BEN)
    plain: Any = Work.objects.all()
    plain.update(made_by="another", decision="stop", text="An old text that nobody may see")
    with django_assert_max_num_queries(12):
        response = as_nora.get("/")
    said = response.content.decode()
    assert "An old text" not in said
    assert [row.decision for row in response.context["found"].rows] == ["allow"] * 25
    assert "5 people wait" in said
    second = as_nora.get("/?page=2").content.decode()
    assert "An old text" not in second
    assert "to be worked out" not in second


# --- ticks ---


def test_a_tick_works_out_what_waits_and_then_there_is_nothing_to_do(clinic: Clinic, ada: Person, ben: Person) -> None:
    Work.objects.update(made_by="another")
    assert ticking.tick(ON, AT, most=1) == ticking.Ticked(made=1, waiting=1)
    assert ticking.tick(ON, AT) == ticking.Ticked(made=1, waiting=0)
    assert ticking.tick(ON, AT) == ticking.Ticked(made=0, waiting=0)
    assert not Work.objects.exclude(claim=None).exists()


def test_two_ticks_never_work_out_the_same_row(clinic: Clinic, ada: Person, ben: Person) -> None:
    Work.objects.update(made_by="another")
    first = ticking.claim(ON, AT, most=1)
    second, third = ticking.claim(ON, AT), ticking.claim(ON, AT)
    assert first
    assert second
    assert third is None
    assert (ticking.work_out(first, ON), ticking.work_out(second, ON)) == (1, 1)
    assert ticking.work_out(first, ON) == 0


def test_two_ticks_that_chose_the_same_rows_share_them(
    clinic: Clinic, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a tick's question and its update another one takes the row."""
    Work.objects.update(made_by="another")
    taken: list[object] = []

    def ask_again(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and not taken:
            taken.append("being taken")
            taken.append(ticking.claim(ON, AT))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask_again):
        late = ticking.claim(ON, AT)
    assert late is None
    assert taken[1] is not None


def test_the_claim_of_a_tick_that_was_killed_ends(clinic: Clinic, ada: Person) -> None:
    Work.objects.update(made_by="another")
    killed = ticking.claim(ON, AT)
    assert killed
    assert ticking.tick(ON, AT + timedelta(seconds=30)).made == 0
    assert ticking.tick(ON, AT + timedelta(minutes=3)).made == 1
    assert ticking.work_out(killed, ON) == 0


def test_people_who_were_added_in_bulk_get_their_rows(clinic: Clinic) -> None:
    Person.objects.bulk_create([Person(clinic=clinic, number="B-1", name="Bulk Invented")])
    assert not Work.objects.exists()
    assert ticking.tick(ON, AT).made == 1
    assert [row.person.name for row in worklist(clinic, ON, Asked()).rows] == ["Bulk Invented"]


def test_what_people_did_survives_making_everything_anew(clinic: Clinic, ada: Person, nora: User) -> None:
    item = WorkItem.objects.filter(WorkItem.overdue_on(ON), person=ada).exclude(rule="")[0]
    ordered = Change(owner=nora, ordered=(date(2026, 11, 1), "RX-7"))
    handle(ada, item.key, ordered, by=nora, form="one", seen=0, on=ON)
    before = tables()
    Work.objects.all().delete()
    WorkItem.objects.all().delete()
    projection.rebuild(ON)
    assert tables() == before
    again = WorkItem.objects.get(person=ada, key=item.key)
    assert (again.owner, again.ordered_on, again.reference) == (nora, date(2026, 11, 1), "RX-7")
    assert Handling.objects.count() == 1


def test_a_plan_made_for_the_core_agrees_with_the_row(ada: Person) -> None:
    from natalizumab.clinic.records import record_of

    record = record_of(ada, Entry.objects.filter(person=ada).order_by("sequence"))
    core = plan(record, ON, load_protocol("eu"))
    row = Work.objects.get(person=ada)
    assert row.state == core.state
    assert core.valid_until is None or row.valid_until <= core.valid_until
