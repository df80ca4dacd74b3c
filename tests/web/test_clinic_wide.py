"""Are the clinic's figures those of its people, for whoever may see them, in few queries, and never with names?"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.counted import EU, EVERY_FOUR_WEEKS, ON, antibody, diagnosis, enter_then, jcv, reaction
from tests.web.people import doses, enter, member, person, signed_in

from natalizumab.care import plan
from natalizumab.care.case import Case
from natalizumab.clinic.demo.cast import SEED, characters
from natalizumab.clinic.demo.seed import make_clinic
from natalizumab.clinic.models import Clinic, Entry, Person, Role, User
from natalizumab.clinic.records import record_of
from natalizumab.clinic.vigilance import counting
from natalizumab.clinic.vigilance.beside_published import result
from natalizumab.clinic.vigilance.counting import MOST, counted
from natalizumab.clinic.vigilance.keeping import refresh_stale
from natalizumab.clinic.vigilance.signals import BY_SLUG, SIGNALS
from natalizumab.clinic.vigilance.tables import TABLES
from natalizumab.clinic.words import due_kind
from natalizumab.record import Record


def table(client: Client, name: str) -> list[dict[str, str]]:
    """The rows of a file, by the names of its columns."""
    response = client.get(f"/clinic/tables/{name}.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}-2026-11-02.csv"'
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def page(client: Client) -> str:
    response = client.get("/clinic/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture(scope="module")
def some_of_the_cast() -> list[Any]:
    return characters(ON, SEED)[::4]


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.max.time()))


def test_every_month_is_what_asking_each_person_s_plan_of_that_day_gives(db: None, some_of_the_cast: list[Any]) -> None:
    clinic = make_clinic(ON, some_of_the_cast)
    refresh_stale(clinic, ON)
    records = [record_of(p, Entry.objects.filter(person=p).order_by("sequence")) for p in Person.objects.all()]
    rows = table(signed_in(User.objects.get(username="demo-nurse")), "tests-in-time")
    assert (rows[0]["Month's end"], rows[-1]["Month's end"], len(rows)) == ("2025-10-31", "2026-10-31", 13)
    for row in rows:
        late = [late_then(of, date.fromisoformat(row["Month's end"])) for of in records]
        treated = [kinds for kinds in late if kinds is not None]
        assert int(row["People on treatment"]) == len(treated)
        assert int(row["Nothing overdue"]) == sum(not kinds for kinds in treated)
        for column, kind in (("MRI", "mri"), ("JCV test", "jcv"), ("Blood tests", "labs")):
            assert int(row[column]) == sum(kind not in kinds for kinds in treated), (row["Month's end"], kind)
    assert {row["People on treatment"] for row in rows} != {"0"}


def late_then(of: Record, day: date) -> set[str] | None:
    """The kinds that were overdue; None for somebody who was not on treatment, or followed no longer."""
    made = plan(of, day, EU, end_of(day))
    ended = Case(of.course(day, end_of(day)), EU).follow_up_ended
    if made.state not in ("on treatment", "held") or ended:
        return None
    return {due_kind(item.action) for item in made.items if item.status == "overdue" and not item.prompt}


def test_the_mix_is_what_counting_the_plans_of_today_gives(db: None, some_of_the_cast: list[Any]) -> None:
    clinic = make_clinic(ON, some_of_the_cast)
    refresh_stale(clinic, ON)
    client = signed_in(User.objects.get(username="demo-nurse"))
    records = [record_of(p, Entry.objects.filter(person=p).order_by("sequence")) for p in Person.objects.all()]
    cases = [(plan(of, ON, EU), Case(of.course(ON), EU)) for of in records]
    states = Counter("followed no longer" if case.follow_up_ended else made.state for made, case in cases)
    assert {row["State"].lower(): int(row["People"]) for row in table(client, "states")} == states
    treated = [
        (made, case) for made, case in cases if made.state in ("on treatment", "held") and not case.follow_up_ended
    ]
    weeks = Counter(f"Every {case.interval_weeks:g} weeks" for _, case in treated if case.last_dose)
    assert {row["Interval"]: int(row["People"]) for row in table(client, "regimens")} == weeks
    negative = sum(case.antibody.positive is False for _, case in treated)
    assert (
        next(int(row["People"]) for row in table(client, "jcv") if row["Last valid result"] == "Negative") == negative
    )
    risks = table(client, "pml-risk")
    smallest = sum(made.pml.per_1000 is not None and made.pml.per_1000 <= 0.1 for made, _ in treated)
    none = sum(made.pml.per_1000 is None for made, _ in treated)
    assert int(risks[0]["People"]) == smallest
    assert sum(int(row["People"]) for row in risks if row["A year, per 1,000 people"].startswith("No figure")) == none
    assert sum(int(row["People"]) for row in risks) == len(treated)


@pytest.fixture
def three(clinic: Clinic) -> list[Person]:
    """One with a reaction and antibodies, one who became positive, one with PML; all treated since June."""
    own: list[list[dict[str, Any]]] = [
        [reaction("2026-06-29", "urticaria"), reaction("2026-06-30", "headache"), antibody("2026-07-10", "positive")],
        [jcv("2026-05-20", "negative"), jcv("2026-09-01", "positive", index=0.7), antibody("2026-07-10", "negative")],
        [jcv("2026-05-20", "positive", index=2.1), diagnosis("2026-10-20", "PML")],
    ]
    names = ("Rea", "Sara", "Paula")
    return [
        person(clinic, f"{name[0]}-1", f"{name} Invented", [*EVERY_FOUR_WEEKS, *events])
        for name, events in zip(names, own, strict=True)
    ]


def test_every_signal_counts_its_people(clinic: Clinic, three: list[Person]) -> None:
    sums = counted(clinic, ON).sums
    found = {slug: result(signal, sums).measured for slug, signal in BY_SLUG.items()}
    assert {slug: measured.cases for slug, measured in found.items()} == {
        "reactions": 1,
        "hypersensitivity": 1,
        "anaphylaxis": 0,
        "antibodies": 1,
        "lasting-antibodies": 0,
        "seroconversion": 1,
        "infections": 0,
        "pml": 1,
        "pml-expected": 1,
    }
    assert (found["reactions"].base, found["antibodies"].base) == (3, 2)
    assert found["seroconversion"].base == pytest.approx(92 / 365.25)  # from the first dose on 1 June to 1 September
    assert found["pml"].base == pytest.approx(3 * 154 / 365.25)


def test_a_dose_with_two_reactions_counts_once(as_nora: Client, three: list[Person]) -> None:
    rows = {row["Dose"]: row for row in table(as_nora, "reactions")}
    assert (rows["2"]["Given here"], rows["2"]["With a reaction"], rows["2"]["Hypersensitivity"]) == ("3", "1", "1")
    assert (rows["5 to 7"]["Given here"], rows["5 to 7"]["With a reaction"]) == ("6", "0")


def test_the_page_says_what_was_seen_what_was_published_and_how_sure_that_is(
    as_nora: Client, three: list[Person]
) -> None:
    text = page(as_nora)
    assert "1 of 3 people who had a dose here: 33 % (95 % interval 0.84 to 91 %)." in text
    assert '<strong>4 %</strong> <span class="status primary">primary</span>' in text
    assert "The interval holds the published figure: nothing here speaks for a difference, or against one." in text
    assert "Of all 3 who had a dose here, tested or not: 33 %, the least that it can be." in text
    assert "With so few, each person moves a share visibly" in text
    assert '<span class="status recalled">recalled</span>' in text  # the European table


def test_every_signal_leads_to_its_people_and_they_to_their_pages(as_nora: Client, three: list[Person]) -> None:
    text = page(as_nora)
    for slug in ("hypersensitivity", "seroconversion", "pml"):
        assert f'href="/clinic/vigilance/{slug}/"' in text
    assert 'href="/clinic/vigilance/infections/"' not in text  # nobody is behind it
    behind = as_nora.get("/clinic/vigilance/pml/").content.decode()
    assert f'<a href="/people/{three[2].pk}/">Paula Invented</a>' in behind
    assert "Rea Invented" not in behind
    assert "Nobody." in as_nora.get("/clinic/vigilance/infections/").content.decode()


def test_a_table_names_nobody_and_a_list_does_so_on_asking(as_nora: Client, three: list[Person]) -> None:
    for name in TABLES:
        assert "Invented" not in as_nora.get(f"/clinic/tables/{name}.csv").content.decode()
    assert "Invented" not in page(as_nora).replace("Demo", "").split("<main", 1)[1]
    listed = as_nora.get("/clinic/vigilance/seroconversion.csv").content.decode("utf-8-sig")
    assert listed.splitlines() == ["Number,Name,Day", "S-1,Sara Invented,2026-09-01"]


def test_a_name_that_looks_like_a_formula_is_written_as_text(as_nora: Client, clinic: Clinic) -> None:
    person(clinic, "F-1", "=cmd Invented", [*EVERY_FOUR_WEEKS, diagnosis("2026-10-20", "PML")])
    assert "F-1,'=cmd Invented,2026-10-20" in as_nora.get("/clinic/vigilance/pml.csv").content.decode()


@pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.PHARMACIST, Role.AUDITOR])
def test_an_auditor_sees_figures_and_no_people(clinic: Clinic, three: list[Person], role: str) -> None:
    client = signed_in(member(clinic, "somebody", role))
    assert ("/clinic/vigilance/pml/" in page(client)) == (role != Role.AUDITOR)


def test_an_administrator_sees_no_figure(clinic: Clinic, three: list[Person]) -> None:
    client = signed_in(member(clinic, "adam", Role.ADMINISTRATOR))
    for place in ("/clinic/", "/clinic/tables/states.csv", "/clinic/vigilance/pml/", "/clinic/vigilance/pml.csv"):
        assert client.get(place).status_code == 403


def test_nothing_of_another_clinic_is_counted_or_listed(as_olga: Client, zoe: Person, three: list[Person]) -> None:
    assert "1 person, 1 of them on treatment." in page(as_olga)
    assert {row["Signal"]: row["Cases"] for row in table(as_olga, "vigilance")} == {s.title: "0" for s in SIGNALS}
    for slug in BY_SLUG:
        assert "Nobody." in as_olga.get(f"/clinic/vigilance/{slug}/").content.decode()


def test_whoever_waits_is_said(as_nora: Client, clinic: Clinic) -> None:
    for number in range(MOST + 2):
        Person.objects.create(clinic=clinic, number=f"N-{number:02d}", name=f"Person {number} Invented")
    assert "2 people are not counted yet." in page(as_nora)
    assert "not counted yet" not in page(as_nora)


def test_a_large_clinic_is_counted_beside_its_pages_which_say_who_waits(
    as_nora: Client, clinic: Clinic, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counted(clinic, ON).waiting == 0
    monkeypatch.setattr(counting, "LARGE", 1)
    enter(ada, {"kind": "weight", "on": "2026-10-30", "kg": 69})
    for _ in range(2):
        assert "1 person is counted as of an earlier day or entry. They are counted by themselves" in page(as_nora)
    refresh_stale(clinic, ON)
    assert "an earlier day or entry" not in page(as_nora)


def test_a_record_that_can_not_be_read_is_said_and_counted_apart(as_nora: Client, ada: Person, ben: Person) -> None:
    enter(ada, {**doses("2026-10-12")[0], "product": "Tyruko"})
    assert "The record of 1 person cannot be read" in page(as_nora)
    assert {row["State"]: row["People"] for row in table(as_nora, "states")} == {
        "On treatment": "1",
        "Record cannot be read": "1",
    }


def test_a_clinic_without_anybody_has_a_page_and_tables(as_nora: Client) -> None:
    text = page(as_nora)
    assert "0 people, 0 of them on treatment." in text
    assert "None of it can be counted yet" in text
    for name in TABLES:
        assert as_nora.get(f"/clinic/tables/{name}.csv").status_code == 200


@pytest.mark.parametrize(
    "place", ["/clinic/tables/nonsense.csv", "/clinic/vigilance/nonsense/", "/clinic/vigilance/nonsense.csv"]
)
def test_what_does_not_exist_is_not_found(as_nora: Client, place: str) -> None:
    assert as_nora.get(place).status_code == 404


PLACES = ("/clinic/", "/clinic/tables/tests-in-time.csv", "/clinic/vigilance/reactions/", "/clinic/vigilance/pml.csv")


def queries(client: Client, place: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(place)
    return len(asked)


@pytest.mark.parametrize("place", PLACES)
def test_three_people_and_sixty_take_the_same_few_queries(clinic: Clinic, place: str) -> None:
    client, numbers = signed_in(member(clinic, "nora", Role.NURSE)), []
    for size in (3, 60):
        for number in range(Person.objects.count(), size):
            one = Person.objects.create(clinic=clinic, number=f"N-{number:02d}", name=f"Person {number} Invented")
            enter_then(one, [*doses("2026-10-05"), reaction("2026-10-05", "urticaria")])
        stale = queries(client, place)  # a few are made anew
        refresh_stale(clinic, ON)
        numbers.append((stale, queries(client, place)))
    assert numbers[0] == numbers[1]
    assert max(numbers[0]) <= 12


def test_every_picture_has_its_numbers_in_a_table(as_nora: Client, clinic: Clinic, ada: Person) -> None:
    enter_then(person(clinic, "C-3", "Cora Invented", []), EVERY_FOUR_WEEKS)
    text = page(as_nora)
    assert text.count('class="month-panel"') == 4
    for caption in (
        "People on treatment with nothing overdue",
        "People by state",
        "JC virus antibodies",
        "What was seen here",
        "Doses given",
    ):
        assert f"<caption>{caption}" in text
