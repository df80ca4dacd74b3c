"""Is an entry really never changed? Every way that Django or SQL offers is tried, on whichever database is in use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, models, transaction
from tests.web.people import enter

from natalizumab.clinic import triggers
from natalizumab.clinic.entries import EntryRefused, Head, append
from natalizumab.clinic.models import AppendOnly, Entry, Person, Source


def change(entry: Entry) -> None:
    entry.day = "2020-01-01"
    entry.save()


def sql(statement: str) -> Callable[[Entry], None]:
    def run(entry: Entry) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [entry.pk.hex if connection.vendor == "sqlite" else str(entry.pk)])

    return run


def plain(entry: Entry) -> models.QuerySet[Entry]:
    """A query set without our own refusals, so that only the database is left to refuse."""
    return models.QuerySet(Entry).filter(pk=entry.pk)


def update_conflicts(entry: Entry) -> None:
    Entry.objects.bulk_create(
        [Entry(pk=entry.pk, person=entry.person, sequence=99, kind="dose", day=entry.day, payload="{}", source="form")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["payload"],
    )


@pytest.mark.parametrize(
    "attempt",
    [
        change,
        lambda entry: entry.delete(),
        lambda entry: Entry.objects.filter(pk=entry.pk).update(payload="{}"),
        lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
        lambda entry: Entry.objects.bulk_update([entry], ["payload"]),
    ],
)
def test_the_model_refuses_to_change_or_delete_an_entry(ada: Person, attempt: Callable[[Entry], None]) -> None:
    entry = Entry.objects.filter(person=ada).first()
    assert entry is not None
    with pytest.raises(AppendOnly):
        attempt(entry)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda entry: plain(entry).update(payload="{}"),
        lambda entry: plain(entry)._raw_delete(using="default"),
        lambda entry: models.Model.save(entry, force_update=True),
        update_conflicts,
        sql("UPDATE clinic_entry SET payload = '{}' WHERE id = %s"),
        sql("DELETE FROM clinic_entry WHERE id = %s"),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(ada: Person, attempt: Callable[[Entry], None]) -> None:
    entry = Entry.objects.filter(person=ada).order_by("sequence").first()
    assert entry is not None
    before = entry.payload
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempt(entry)
    assert Entry.objects.get(pk=entry.pk).payload == before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's own word")
def test_sqlite_refuses_to_replace_an_entry(ada: Person) -> None:
    columns = ", ".join(field.column for field in Entry._meta.concrete_fields)
    statement = f"INSERT OR REPLACE INTO clinic_entry ({columns}) SELECT {columns} FROM clinic_entry"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's own word")
def test_postgresql_refuses_to_truncate_the_entries(ada: Person) -> None:
    with connection.cursor() as cursor:
        # Otherwise it would refuse for another reason: foreign keys of this very transaction still to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE clinic_entry CASCADE")


def test_without_its_triggers_the_database_would_allow_it(ada: Person) -> None:
    """Shows that it is the triggers that refuse, and that installing them again restores the refusal."""
    triggers.remove(connection)
    models.QuerySet(Entry).filter(person=ada).update(source=Source.IMPORT)
    triggers.install(connection)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        models.QuerySet(Entry).filter(person=ada).update(source=Source.FORM)


def test_a_person_with_entries_can_not_be_deleted(ada: Person) -> None:
    with pytest.raises(models.ProtectedError):
        ada.delete()


def test_entries_are_numbered_in_the_order_in_which_they_were_entered(ada: Person) -> None:
    numbers = list(Entry.objects.filter(person=ada).order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_two_entries_never_share_a_number(ada: Person) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(person=ada, sequence=1, kind="weight", day="2026-01-01", payload="{}", source="form")


def test_a_number_taken_meanwhile_is_asked_for_again(ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    last = Entry.objects.filter(person=ada).order_by("-sequence").first()
    assert last is not None
    answers = iter([Head(last.sequence - 1, last.previous), Head(last.sequence, last.hash)])
    monkeypatch.setattr("natalizumab.clinic.entries.head_of", lambda person: next(answers))
    assert enter(ada, {"kind": "relapse", "on": "2026-10-20"}).sequence == last.sequence + 1


def test_a_correction_names_an_entry_of_the_same_person(ada: Person, ben: Person) -> None:
    entry = Entry.objects.filter(person=ben).first()
    with pytest.raises(EntryRefused):
        append(ada, {"kind": "weight", "on": "2026-10-20", "kg": 70}, by=None, source=Source.FORM, corrects=entry)
