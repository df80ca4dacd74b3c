"""Does the worklist say who needs what, the gravest first, and does it narrow, count and search truly?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.web.people import BEN, doses, enter, person

from natalizumab.clinic.models import Clinic, Person, User
from natalizumab.clinic.worklist import Asked, Task, worklist

ON = date(2026, 11, 2)


def chosen(name: str, value: str) -> Asked:
    one: dict[str, Any] = {name: value}
    return replace(Asked(), **one)


def names(response: Any) -> list[str]:
    return [row.person.name for row in response.context["found"].rows]


def test_the_gravest_come_first(as_nora: Client, ada: Person, ben: Person, clinic: Clinic) -> None:
    cora = person(clinic, "C-3", "Cora Invented", BEN)
    enter(cora, {"kind": "symptom", "on": "2026-10-30", "name": "word-finding difficulty"})
    response = as_nora.get("/")
    assert names(response) == ["Cora Invented", "Ada Invented", "Ben Invented"]


def test_within_a_decision_an_emergency_comes_before_what_is_later(clinic: Clinic, ada: Person) -> None:
    enter(ada, {"kind": "diagnosis", "on": "2026-06-01", "name": "melanoma", "id": "the-cancer"})
    cora = person(clinic, "C-3", "Cora Invented", BEN)
    enter(cora, {"kind": "symptom", "on": "2026-11-01", "name": "word-finding difficulty"})
    enter(cora, {"kind": "therapy", "on": "2026-10-01", "name": "azathioprine"})
    first, second = worklist(clinic, ON, Asked()).rows
    assert [(row.person, row.decision) for row in (first, second)] == [(cora, "hold"), (ada, "hold")]
    assert max(task.days_late for task in first.tasks) < max(task.days_late for task in second.tasks)
    assert first.work.rules[:2] == ["PML-01", "CON-04"]
    assert first.tasks[0].word == "MRI"


def test_what_an_emergency_asks_for_comes_before_what_is_later(clinic: Clinic, ada: Person) -> None:
    enter(ada, {"kind": "symptom", "on": "2026-11-01", "name": "red eye"})
    (row,) = worklist(clinic, ON, Asked()).rows
    assert (row.tasks[0].word, row.tasks[0].days_late) == ("Examination", 1)
    assert row.tasks[1].days_late > 1


def test_a_task_without_a_kind_of_its_own_is_called_by_what_is_to_be_done() -> None:
    assert Task("k", "other", "ring the person", ON, 0).word == "Ring the person"
    assert Task("k", "review", "review of benefit", ON, 0).word == "Review"


def test_after_a_gap_no_day_is_shown_as_that_of_the_next_dose(clinic: Clinic, as_nora: Client) -> None:
    gone = person(clinic, "G-7", "Gap Invented", BEN[:-1])
    on = date(2026, 11, 30)
    assert worklist(clinic, on, Asked()).rows[0].work.gap is False
    assert [task.word for task in worklist(clinic, on, Asked()).rows[0].tasks if task.kind == "dose"] == ["Dose"]
    later = worklist(clinic, date(2026, 12, 1), Asked()).rows[0]
    assert later.work.gap
    assert "Decide on a restart" in [task.word for task in later.tasks]
    long_gone = person(clinic, "H-8", "Hal Invented", [*BEN[:-3], *doses("2026-08-03")])
    assert "A restart<small>was due 31 Aug 2026</small>" in as_nora.get("/").content.decode()
    assert "was not given" in as_nora.get(f"/people/{long_gone.pk}/").content.decode()
    assert "was not given" not in as_nora.get(f"/people/{gone.pk}/").content.decode()


def test_the_decision_stands_beside_the_date_it_is_for(as_nora: Client, clinic: Clinic) -> None:
    person(clinic, "D-4", "Dora Invented", [*BEN, *doses("2026-10-26")])
    page = as_nora.get("/").content.decode()
    assert "for 21 Nov 2026" in page  # the first day that is neither too soon (21 days) nor early (25 days)


def test_a_dose_due_before_today_is_decided_for_today(clinic: Clinic, ada: Person) -> None:
    enter(ada, {"kind": "interval", "on": "2026-10-12", "weeks": 3})
    (row,) = worklist(clinic, ON, Asked()).rows
    assert row.decision_for == ON


def test_an_order_on_hold_is_not_hidden_by_a_later_date(clinic: Clinic) -> None:
    dora = person(clinic, "D-4", "Dora Invented", [*BEN, *doses("2026-10-26")])
    enter(dora, {"kind": "vaccine", "on": "2026-11-05", "name": "yellow fever", "planned": True})
    (row,) = worklist(clinic, ON, Asked()).rows
    assert row.decision == "confirm"
    assert "CON-09" in row.work.rules


def test_a_decision_is_said_as_a_word_and_a_picture(as_nora: Client, ada: Person) -> None:
    page = as_nora.get("/").content.decode()
    assert '<span class="decision confirm"><svg class="icon"' in page
    assert "<span>Confirm</span>" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?search=ada", ["Ada Invented"]),
        ("?search=invented+A-1", ["Ada Invented"]),
        ("?search=b-2", ["Ben Invented"]),
        ("?decision=allow", ["Ben Invented"]),
        ("?decision=confirm", ["Ada Invented"]),
        ("?need=overdue", ["Ada Invented"]),
        ("?kind=mri", ["Ada Invented"]),
        ("?kind=jcv", []),
        ("?route=sc", []),
        ("?kind=serology", []),
        ("?need=unowned", ["Ada Invented"]),
        ("?need=mine", []),
        ("?need=week", ["Ben Invented"]),
        ("?sort=name", ["Ada Invented", "Ben Invented"]),
        ("?sort=next", ["Ben Invented", "Ada Invented"]),
        ("?sort=nonsense", ["Ada Invented", "Ben Invented"]),
        ("?page=0", ["Ada Invented", "Ben Invented"]),
        ("?page=%C2%B2", ["Ada Invented", "Ben Invented"]),
        ("?page=99999999999999999999", ["Ada Invented", "Ben Invented"]),
        ("?search=%00", ["Ada Invented", "Ben Invented"]),
        ("?search=%25", []),
        ("?search=_", []),
        ("?route=iv&decision=allow", ["Ben Invented"]),
        ("?decision=nonsense", ["Ada Invented", "Ben Invented"]),
        ("?page=99", ["Ada Invented", "Ben Invented"]),
        ("?search=nobody", []),
    ],
)
def test_the_list_narrows_to_what_was_asked_for(
    as_nora: Client, ada: Person, ben: Person, query: str, found: list[str]
) -> None:
    assert names(as_nora.get("/" + query)) == found


def test_a_count_is_what_choosing_it_would_show(clinic: Clinic, ada: Person, ben: Person) -> None:
    everybody = worklist(clinic, ON, Asked())
    for name, counts in everybody.counts.items():
        for value, count in counts.items():
            assert len(worklist(clinic, ON, chosen(name, value)).rows) == count
    assert everybody.counts["decision"] == {"confirm": 1, "allow": 1}


def test_someone_who_stopped_and_needs_nothing_comes_last(clinic: Clinic, ada: Person, ben: Person) -> None:
    gone = person(clinic, "G-7", "Gone Invented", [])
    enter(gone, {"kind": "followup", "on": "2026-01-05", "status": "died"})
    assert [row.person for row in worklist(clinic, ON, Asked()).rows] == [ada, ben, gone]


def test_a_record_that_can_not_be_read_holds_and_says_why(clinic: Clinic, as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "dose", "on": "2026-10-12", "dose_mg": 300, "route": "iv", "product": "Tyruko"})
    (row,) = worklist(clinic, ON, Asked()).rows
    assert (row.decision, row.work.refused) == ("hold", True)
    assert "second dose on 12 Oct 2026" in as_nora.get("/").content.decode()
    assert "The record cannot be read" not in as_nora.get("/").content.decode()


def test_many_people_are_shown_page_by_page(as_nora: Client, clinic: Clinic) -> None:
    for number in range(30):
        Person.objects.create(clinic=clinic, number=f"N-{number:02d}", name=f"Person {number} Invented")
    first, second = as_nora.get("/"), as_nora.get("/?page=2")
    assert (len(names(first)), len(names(second))) == (25, 5)
    assert 'rel="next"' in first.content.decode()


def test_htmx_gets_the_results_without_the_page_around_them(as_nora: Client, ada: Person) -> None:
    part = as_nora.get("/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section id="results"')
    assert "<html" not in part
    assert "<html" in as_nora.get("/").content.decode()


def test_the_same_query_without_javascript_is_an_ordinary_form(as_nora: Client, ada: Person) -> None:
    page = as_nora.get("/").content.decode()
    assert '<form id="filters" class="filters" method="get" action="/"' in page
    assert '<button type="submit">Show</button>' in page


def test_a_new_entry_changes_the_plan_at_once(clinic: Clinic, ada: Person) -> None:
    assert worklist(clinic, ON, Asked()).rows[0].overdue
    enter(ada, {"kind": "mri", "on": "2026-10-30", "protocol": "full", "new_t2": 0, "gd": 0})
    assert not any(task.kind == "mri" for task in worklist(clinic, ON, Asked()).rows[0].tasks)


@pytest.mark.parametrize("people", [1, 40])
def test_the_number_of_queries_does_not_grow_with_the_clinic(
    as_nora: Client, clinic: Clinic, people: int, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        person(clinic, f"N-{number:02d}", f"Person {number} Invented", BEN)
    with django_assert_max_num_queries(7):
        as_nora.get("/")


def test_finding_a_number_leads_to_the_person(as_nora: Client, ada: Person) -> None:
    assert as_nora.get("/people/?number=a-1").headers["Location"] == f"/people/{ada.pk}/"


def test_finding_anything_else_narrows_the_worklist(as_nora: Client, ada: Person) -> None:
    assert as_nora.get("/people/?number=Inv").headers["Location"] == "/?search=Inv"


def test_a_name_is_found_whatever_its_case_in_any_alphabet(as_nora: Client, clinic: Clinic) -> None:
    Person.objects.create(clinic=clinic, number="\u00c5-1", name="\u00d8ystein Stra\u00dfe Invented")
    for search in ("\u00f8YSTEIN", "STRASSE", "\u00e5-1"):
        assert names(as_nora.get("/", {"search": search})) == ["\u00d8ystein Stra\u00dfe Invented"]


def test_a_corrected_name_is_found_at_once(as_nora: Client, ada: Person) -> None:
    ada.name = "Augusta Invented"
    ada.save()
    assert names(as_nora.get("/?search=augusta")) == ["Augusta Invented"]
    assert names(as_nora.get("/?search=ada")) == []


def test_another_clinics_people_count_for_nothing_here(clinic: Clinic, ada: Person, zoe: Person, nora: User) -> None:
    found = worklist(clinic, ON, Asked(user=nora))
    assert (found.total, found.count, sum(found.counts["decision"].values())) == (1, 1, 1)


@pytest.mark.parametrize("query", ["", "?page=2", "?need=mine", "?kind=serology&search=n", "?sort=next&page=7"])
def test_no_way_to_narrow_the_list_asks_more_questions(
    as_nora: Client, clinic: Clinic, query: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        Person.objects.create(clinic=clinic, number=f"N-{number:02d}", name=f"Person {number} Invented")
    with django_assert_max_num_queries(6):
        as_nora.get(f"/{query}")
