"""Is every change visible that was made behind our back, and does the chain hold where payloads were erased?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from tests.web.people import ADA, enter, member

from natalizumab.clinic import triggers
from natalizumab.clinic.auditing import seal_day, verify
from natalizumab.clinic.chain import FIRST, broken_at
from natalizumab.clinic.entries import EntryRefused, append_all, link_of
from natalizumab.clinic.erasing import ErasureRefused, empty, erase
from natalizumab.clinic.models import Clinic, Entry, Erasure, Person, Reading, Role, SealedDay, Source, Submission, User
from natalizumab.clinic.records import record_of
from natalizumab.clinic.timeline import timeline

DAY, HOUR = date(2026, 11, 2), timedelta(hours=1)


@pytest.fixture
def administrators(clinic: Clinic) -> tuple[User, User]:
    return member(clinic, "alma", Role.ADMINISTRATOR), member(clinic, "axel", Role.ADMINISTRATOR)


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Somebody who holds the database itself, and takes the triggers away."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def entries_of(person: Person) -> list[Entry]:
    return list(Entry.objects.filter(person=person).order_by("sequence"))


def plain(entry: Entry) -> models.QuerySet[Entry]:
    return models.QuerySet(Entry).filter(pk=entry.pk)


def test_every_entry_follows_the_one_before_it(ada: Person) -> None:
    entries = entries_of(ada)
    assert entries[0].previous == FIRST
    assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert len({entry.salt for entry in entries}) == len(entries)
    assert broken_at([link_of(entry) for entry in entries], [entry.hash for entry in entries]) is None
    found = verify()
    assert (found.people, found.entries, found.problems) == (1, len(ADA), ())


def same_payload_other_salt(entry: Entry) -> None:
    plain(entry).update(salt="0" * 32)


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (lambda entry: plain(entry).update(payload=entry.payload.replace("300", "30")), "its payload was changed"),
        (same_payload_other_salt, "its payload was changed"),
        (
            lambda entry: plain(entry).update(entered_at=entry.entered_at + timedelta(seconds=1)),
            "its hash does not fit",
        ),
        (lambda entry: plain(entry).update(source=Source.IMPORT), "its hash does not fit"),
        (lambda entry: plain(entry).update(previous="0" * 64), "does not follow the entry before"),
        (lambda entry: plain(entry)._raw_delete(using="default"), "an entry is missing, or added"),
        (lambda entry: plain(entry).update(payload="", salt="", kind="erased", day=None), "no erasure is on record"),
    ],
)
def test_what_was_changed_behind_our_back_is_found(
    ada: Person, unguarded: None, tamper: Callable[[Entry], None], said: str
) -> None:
    victim = entries_of(ada)[4]
    tamper(victim)
    assert said in " ".join(problem.what for problem in verify().problems)


def test_a_chain_that_was_forged_whole_does_not_fit_its_seal(clinic: Clinic, ada: Person, unguarded: None) -> None:
    seal_day(clinic, DAY)
    last = entries_of(ada)[-1]
    plain(last)._raw_delete(using="default")
    assert [problem.what for problem in verify().problems] == ["not what was sealed on 2026-11-02"]
    enter(ada, {"kind": "relapse", "on": "2026-10-20"})
    assert [problem.what for problem in verify().problems] == ["not what was sealed on 2026-11-02"]


def test_each_day_is_sealed_once_and_holds_what_has_moved_since(clinic: Clinic, ada: Person, ben: Person) -> None:
    first = seal_day(clinic, DAY)
    assert seal_day(clinic, DAY) == first
    assert set(first.heads) == {str(ada.pk), str(ben.pk)}
    enter(ada, {"kind": "relapse", "on": "2026-10-20"})
    second = seal_day(clinic, DAY + timedelta(days=1))
    assert set(second.heads) == {str(ada.pk)}
    assert second.previous == first.hash
    assert seal_day(clinic, DAY + timedelta(days=2)).heads == {}
    found = verify()
    assert (found.days, found.problems) == (3, ())


def test_a_seal_that_was_changed_is_found(clinic: Clinic, ada: Person, unguarded: None) -> None:
    seal_day(clinic, DAY)
    models.QuerySet(SealedDay).update(heads={})
    assert [problem.what for problem in verify().problems] == ["the seal of 2026-11-02 does not fit"]


def test_an_erased_entry_leaves_a_tombstone_and_the_chain_holds(ada: Person, administrators: tuple[User, User]) -> None:
    chosen = entries_of(ada)[3]
    alma, axel = administrators
    erase([chosen], asked_by=alma, confirmed_by=axel, reason="entered under the wrong person")
    entries = entries_of(ada)
    gone = entries[3]
    assert (gone.payload, gone.salt, gone.kind, gone.day, gone.hash) == ("", "", "erased", None, chosen.hash)
    assert verify().problems == ()
    record = record_of(ada, entries)
    assert len(record.events) == len(ADA) - 1
    assert [line.title for line in timeline(entries, record) if line.id == gone.pk] == ["Erased"]
    assert Erasure.objects.get(entry=gone).reason == "entered under the wrong person"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clinic_entry WHERE payload LIKE '%%2026-04-20%%'")
        assert cursor.fetchone() == (0,)


def test_an_entry_and_its_corrections_are_erased_together(ada: Person, administrators: tuple[User, User]) -> None:
    first = enter(ada, {"kind": "weight", "on": "2026-10-20", "kg": 86})
    second = enter(ada, {"kind": "weight", "on": "2026-10-20", "kg": 68}, corrects=first)
    enter(ada, {"kind": "weight", "on": "2026-10-20", "kg": 69}, corrects=second)
    alma, axel = administrators
    assert len(erase([second], asked_by=alma, confirmed_by=axel, reason="her wish")) == 3
    assert len(record_of(ada, entries_of(ada)).events) == len(ADA)


def test_nothing_is_erased_without_two_administrators_and_a_reason(
    ada: Person, nora: User, other_clinic: Clinic, administrators: tuple[User, User]
) -> None:
    alma, axel = administrators
    stranger = member(other_clinic, "otto", Role.ADMINISTRATOR)
    entry = entries_of(ada)[0]
    for asked, confirmed, reason, said in (
        (alma, alma, "why", "it takes two administrators"),
        (alma, nora, "why", "nora is no administrator"),
        (stranger, alma, "why", "otto is no administrator"),
        (alma, axel, "  ", "say why"),
    ):
        with pytest.raises(ErasureRefused, match=said):
            erase([entry], asked_by=asked, confirmed_by=confirmed, reason=reason)
    with pytest.raises(ErasureRefused, match="nothing to erase"):
        erase([], asked_by=alma, confirmed_by=axel, reason="why")
    assert not entries_of(ada)[0].erased


def test_the_database_erases_nothing_without_an_erasure_on_record(
    ada: Person, administrators: tuple[User, User]
) -> None:
    alma, axel = administrators
    first, second = entries_of(ada)[:2]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        empty([first])
    erase([first], asked_by=alma, confirmed_by=axel, reason="why")
    for change in ({"payload": "x"}, {"kind": "dose"}, {"hash": "0" * 64}, {"day": DAY}, {"person": second.person_id}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            plain(first).update(**({"sequence": 99} if "person" in change else change))
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure(entry=second, asked_by=alma, confirmed_by=alma, reason="why").save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Erasure(entry=second, asked_by=alma, confirmed_by=axel, reason="").save()


@pytest.mark.parametrize("model", [Erasure, Submission, Reading, SealedDay])
def test_what_proves_is_append_only_too(
    model: type[models.Model], clinic: Clinic, ada: Person, administrators: tuple[User, User]
) -> None:
    alma, axel = administrators
    rows: dict[type[models.Model], models.Model] = {
        Erasure: Erasure(entry=entries_of(ada)[0], asked_by=alma, confirmed_by=axel, reason="why"),
        Submission: Submission(key="k", person=ada, entries=[]),
        Reading: Reading(person=ada, user=alma, what="person"),
        SealedDay: SealedDay(clinic=clinic, day=DAY, people=1, entries=1, heads={}, previous="", hash=""),
    }
    row = rows[model]
    row.save()
    one: models.QuerySet[models.Model] = models.QuerySet(model).filter(pk=row.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        one.update(id=99)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        one._raw_delete(using="default")


def test_a_trigger_that_is_missing_is_named(ada: Person) -> None:
    assert triggers.missing(connection) == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER clinic_entry_no_delete")
            assert triggers.missing(connection) == ["clinic_entry_no_delete"]
            cursor.execute(
                "CREATE TRIGGER clinic_entry_no_delete BEFORE DELETE ON clinic_entry WHEN 0 BEGIN SELECT 1; END"
            )
            assert triggers.missing(connection) == ["clinic_entry_no_delete"]
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE clinic_entry DISABLE TRIGGER clinic_entry_no_change")
            assert triggers.missing(connection) == ["clinic_entry_no_change"]
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_a_form_sent_twice_writes_once(ada: Person, ben: Person) -> None:
    events: list[dict[str, Any]] = [
        {"kind": "weight", "on": "2026-10-20", "kg": 70},
        {"kind": "relapse", "on": "2026-10-20"},
    ]
    first = append_all(ada, events, by=None, source=Source.FORM, key="form-1")
    again = append_all(ada, events, by=None, source=Source.FORM, key="form-1")
    assert [entry.pk for entry in again] == [entry.pk for entry in first]
    assert Entry.objects.filter(person=ada).count() == len(ADA) + 2
    with pytest.raises(EntryRefused, match="for somebody else"):
        append_all(ben, events, by=None, source=Source.FORM, key="form-1")


def test_of_several_events_all_are_written_or_none(ada: Person) -> None:
    events: list[dict[str, Any]] = [{"kind": "relapse", "on": "2026-10-20"}, {"kind": "relapse"}]
    with pytest.raises(KeyError):
        append_all(ada, events, by=None, source=Source.FORM)
    assert Entry.objects.filter(person=ada).count() == len(ADA)
