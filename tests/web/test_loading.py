"""Is a clinic that is loaded the same as one that was entered, whatever stops the loading, and is nobody mixed up?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, models
from django.test import Client
from tests.web.counted import ON, kept_facts
from tests.web.people import ADA, BEN, enter, person

from natalizumab.clinic.auditing import verify
from natalizumab.clinic.entries import append_all
from natalizumab.clinic.loading import running
from natalizumab.clinic.loading.lots import Incoming, Loaded, LoadRefused, ordered_id
from natalizumab.clinic.loading.running import load
from natalizumab.clinic.models import Clinic, Entry, Person, Source, User, Work, WorkItem
from natalizumab.clinic.vigilance.counting import counted
from natalizumab.clinic.vigilance.keeping import refresh_stale

BORN = date(1988, 3, 2)
CORRECTED: list[dict[str, Any]] = [
    *ADA,
    {"kind": "weight", "on": "2026-10-01", "kg": 77, "id": "typed wrong"},
    {"kind": "weight", "on": "2026-10-01", "kg": 70, "corrects": "typed wrong"},
]
OF_THEIR_OWN = {"person", "person_id", "number", "name", "searched", "made_at", "id", "_state"}


def incoming(number: str, events: list[dict[str, Any]], name: str = "Ida Invented") -> Incoming:
    return Incoming(number, name, events, BORN, "female")


def loaded(clinic: Clinic, *people: Incoming, by: User | None = None) -> Loaded:
    return load(clinic, people, by=by, source=Source.IMPORT, on=ON)


def same_of(row: Work) -> dict[str, Any]:
    """All that two people with the same record have alike; the key of a thing rests on the ids of entries."""
    tasks = [{**task, "key": ""} for task in row.tasks]
    return {name: value for name, value in vars(row).items() if name not in OF_THEIR_OWN} | {"tasks": tasks}


def things_of(who: Person) -> list[tuple[Any, ...]]:
    return list(WorkItem.objects.filter(person=who).order_by("place").values_list("action", "due", "kind", "text"))


def chain_of(who: Person) -> list[tuple[Any, ...]]:
    """What the entries say, with what is corrected by its place."""
    entries = list(who.entries.order_by("sequence"))
    places: dict[UUID | None, int] = {entry.pk: entry.sequence for entry in entries}
    return [
        (e.sequence, e.kind, e.day, e.payload, e.source, e.entered_by_id, places.get(e.corrects_id)) for e in entries
    ]


def test_what_is_loaded_is_what_saving_entry_by_entry_gives(clinic: Clinic, nora: User) -> None:
    by_hand = person(clinic, "H-1", "Ida Invented", [])
    append_all(by_hand, CORRECTED[:-1], by=nora, source=Source.IMPORT)
    wrong = by_hand.entries.get(sequence=len(CORRECTED) - 1)
    append_all(by_hand, CORRECTED[-1:], by=nora, source=Source.IMPORT, corrects=wrong)
    refresh_stale(clinic, ON)
    assert loaded(clinic, incoming("L-1", CORRECTED), by=nora) == Loaded(1, len(CORRECTED), 0)
    of_load = Person.objects.get(number="L-1")
    assert chain_of(of_load) == chain_of(by_hand)
    assert same_of(Work.objects.get(person=of_load)) == same_of(Work.objects.get(person=by_hand))
    assert things_of(of_load) == things_of(by_hand) != []
    mine, theirs = kept_facts(clinic)
    assert mine == theirs
    assert counted(clinic, ON, most=0).waiting == 0
    found = verify()
    assert (found.entries, found.problems) == (2 * len(CORRECTED), ())


def test_what_was_loaded_can_not_be_changed_either(clinic: Clinic) -> None:
    loaded(clinic, incoming("L-1", BEN))
    with pytest.raises(DatabaseError, match="append-only"):
        models.QuerySet(Entry).update(payload="{}")


def test_somebody_loaded_stands_on_the_list_and_has_a_page_and_takes_entries(as_nora: Client, clinic: Clinic) -> None:
    loaded(clinic, incoming("L-1", ADA))
    assert "Ida Invented" in as_nora.get("/").content.decode()
    who = Person.objects.get()
    enter(who, {"kind": "weight", "on": "2026-10-30", "kg": 69})
    assert "13 days late" in as_nora.get(f"/people/{who.pk}/").content.decode()
    assert verify().problems == ()


def test_a_load_that_was_stopped_goes_on_where_it_was(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "TOGETHER", 2)
    people = [incoming(f"L-{number}", BEN, f"Person {number} Invented") for number in range(5)]

    def stopped() -> Iterator[Incoming]:
        yield from people[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(clinic, stopped(), by=None, source=Source.IMPORT, on=ON)
    assert sorted(Person.objects.values_list("number", flat=True)) == ["L-0", "L-1"]  # the lot that was whole
    said: list[Loaded] = []
    done = load(clinic, people, by=None, source=Source.IMPORT, on=ON, said=said.append)
    assert done == said[-1] == Loaded(3, 3 * len(BEN), 2)
    assert [one.people + one.there for one in said] == [2, 4, 5]
    assert (Person.objects.count(), Entry.objects.count(), verify().problems) == (5, 5 * len(BEN), ())
    assert loaded(clinic, *people) == Loaded(0, 0, 5)


def test_a_lot_is_written_whole_or_not_at_all(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("natalizumab.clinic.loading.lots.keep", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        loaded(clinic, incoming("L-1", BEN))
    assert [model.objects.count() for model in (Person, Entry, Work)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ([incoming("a-1", ADA)], "number a-1: somebody else has it already"),
        ([incoming("A-1", ADA, "Another Invented")], "number A-1: somebody else has it already"),
        ([incoming("L-1", BEN), incoming("l-1", BEN)], "number l-1: it comes twice"),
        ([incoming("", BEN)], "number ''.*This is needed"),
        ([incoming("L-1", BEN, "x" * 201)], "This is too long: 201 characters, at most 200"),
        ([incoming("L-1", [{"kind": "relapse", "on": "2026-13-01"}])], "number L-1: .*2026-13-01"),
        ([incoming("L-1", [{"kind": "weight", "on": "2026-01-01", "kg": "much"}])], r"number L-1: events\[0\]"),
        ([incoming("L-1", [{"kind": "relapse"}])], r"number L-1: events\[0\].on"),
        ([incoming("L-1", [{"on": "2026-01-01"}])], r"number L-1: events\[0\].kind"),
        ([incoming("L-1", CORRECTED[-1:])], r"events\[0\].corrects: 'typed wrong' is the id of no event before it"),
    ],
)
def test_whoever_can_not_be_taken_is_refused_with_the_place_and_nobody_of_the_lot_is_written(
    clinic: Clinic, ada: Person, people: list[Incoming], why: str
) -> None:
    with pytest.raises(LoadRefused, match=why):
        loaded(clinic, incoming("L-0", BEN), *people)
    assert list(Person.objects.all()) == [ada]


def test_the_same_person_with_more_entries_since_is_there_and_with_others_is_refused(clinic: Clinic) -> None:
    loaded(clinic, incoming("L-1", BEN))
    enter(Person.objects.get(), {"kind": "weight", "on": "2026-10-30", "kg": 69})
    assert loaded(clinic, incoming("L-1", BEN)) == Loaded(0, 0, 1)
    with pytest.raises(LoadRefused, match="number L-1: somebody else has it already, or the same with other entries"):
        loaded(clinic, incoming("L-1", BEN[1:]))


def test_two_clinics_have_their_own_numbers(clinic: Clinic, other_clinic: Clinic) -> None:
    for one in (clinic, other_clinic):
        assert loaded(one, incoming("L-1", BEN)).people == 1


def test_ids_are_random_and_in_the_order_of_their_making() -> None:
    made = [ordered_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {one.version for one in made} == {7}
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)
    assert len({one.int & (2**62 - 1) for one in made}) == 1000
