"""In which language does what leaves the clinic come: letters, reminders, calendars, tables?"""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from tests.letters import record
from tests.web.people import LETTERHEAD, carer_account, kept_letter, letterhead, member, own_account, signed_in
from tests.web.test_calendar_file import SOMEBODY, ZONE
from tests.web.test_reminders import Recording

from natalizumab.care import load_protocol
from natalizumab.clinic.calendar_file import TELLING, TitleRefused, calendar_file, neutral
from natalizumab.clinic.models import Clinic, ClinicDetails, Letter, Person, Reminder, Role, User
from natalizumab.clinic.operation.reminding import remind
from natalizumab.clinic.reminder_words import TEXTS, TITLE, text, title
from natalizumab.clinic.vigilance.tables import TABLES
from natalizumab.errors import ModelError
from natalizumab.letters.treatment import seen

ON = date(2026, 11, 2)
WEEK = timedelta(days=7)
UNTOLD = (
    "sklerose",
    "natalizumab",
    "tysabri",
    "pml",
    "jc",
    "ausgesetzt",
    "beend",
    "hirn",
    "infus",
    "gabe",
    "mrt",
)


@pytest.fixture(autouse=True)
def _no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(document: str) -> bytes:
        raise ModelError("a letter as PDF needs Pango")

    monkeypatch.setattr("natalizumab.letters.pdf", none)


@pytest.fixture
def german_clinic(clinic: Clinic, nora: User) -> ClinicDetails:
    return letterhead(clinic, nora, language="de")


def place(who: Person, kind: str = "gp") -> str:
    return reverse("new-letter", args=[who.pk, kind])


def chosen_on_the_page(answer: Any) -> str:
    field: str = answer.content.decode().split('<select id="language"')[1].split(" selected>")[0]
    return field.rsplit('value="', 1)[1][:2]


def in_german(user: User) -> Client:
    client = signed_in(user)
    client.cookies["language"] = "de"
    return client


def choose(client: Client, language: str) -> None:
    client.post(reverse("language"), {"language": language, "next": "/"})


def test_a_letter_is_written_in_the_clinics_language(
    as_nora: Client, ada: Person, german_clinic: ClinicDetails
) -> None:
    page = as_nora.get(place(ada))
    assert chosen_on_the_page(page) == "de"
    assert "Ada Invented wird hier seit dem 15. Januar 2024 mit Natalizumab behandelt." in page.content.decode()


def test_without_a_letterhead_it_is_english(as_nora: Client, ada: Person) -> None:
    assert chosen_on_the_page(as_nora.get(place(ada))) == "en"


def test_a_letter_that_the_person_reads_comes_in_the_language_that_the_person_chose(
    as_nora: Client, ada: Person, nora: User
) -> None:
    letterhead(ada.clinic, nora)
    choose(signed_in(own_account(ada, "ada")), "de")
    assert [chosen_on_the_page(as_nora.get(place(ada, kind))) for kind in ("gp", "person", "risk")] == [
        "en",
        "de",
        "de",
    ]


def test_what_a_carer_or_a_colleague_chose_says_nothing_of_the_person(as_nora: Client, ada: Person, nora: User) -> None:
    choose(signed_in(carer_account(ada, "kim")), "de")
    choose(as_nora, "de")
    assert chosen_on_the_page(as_nora.get(place(ada, "person"))) == "en"
    nora.refresh_from_db()
    assert nora.language == "de"


def test_an_unknown_language_and_a_choice_without_signing_in_are_noted_nowhere(ada: Person) -> None:
    user = own_account(ada, "ada")
    choose(signed_in(user), "tlh")
    choose(Client(), "de")
    assert set(User.objects.values_list("language", flat=True)) == {""}


def test_the_writer_may_choose_another_language_and_nothing_typed_is_lost(
    as_nora: Client, ada: Person, german_clinic: ClinicDetails
) -> None:
    form = {"do": "preview", "language": "en", "words.opening": "Thank you."}
    page = as_nora.post(place(ada), form)
    assert chosen_on_the_page(page) == "en"
    assert "is treated with natalizumab here since" in page.content.decode()
    assert "Thank you.</textarea>" in page.content.decode()


def test_a_language_that_nobody_has_is_refused_and_nothing_typed_is_lost(
    as_nora: Client, ada: Person, german_clinic: ClinicDetails
) -> None:
    form = {"do": "keep", "language": "<b>fr", "words.opening": "Thank you.", "key": "one"}
    page = as_nora.post(place(ada), form).content.decode()
    assert "is no language of letters; allowed: en, de" in page
    assert "<b>fr" not in page
    assert "Thank you.</textarea>" in page
    assert Letter.objects.count() == 0


@pytest.mark.parametrize("kind", ["gp", "person", "risk"])
def test_a_letter_is_kept_and_shown_in_its_language_whoever_reads_it(
    as_nora: Client, nora: User, ada: Person, german_clinic: ClinicDetails, kind: str
) -> None:
    as_nora.post(place(ada, kind), {"do": "keep", "key": "one"})
    found = Letter.objects.get()
    letterhead(ada.clinic, nora)  # from now on the clinic writes in English
    assert (found.language, json.loads(found.asked)["language"]) == ("de", "de")
    assert '<html lang="de">' in found.document
    for client in (as_nora, in_german(nora)):
        page = client.get(reverse("letter", args=[ada.pk, found.pk])).content.decode()
        assert 'tabindex="0" lang="de"' in page
        assert "Mit freundlichen Grüßen" in page or kind == "risk"
        assert "no longer agrees" not in page
    sent = as_nora.get(reverse("letter-file", args=[ada.pk, found.pk, "html"])).content
    assert hashlib.sha256(sent).hexdigest() == found.hash


def test_a_letter_of_before_there_were_languages_is_english(as_nora: Client, ada: Person) -> None:
    old = kept_letter(ada)
    assert "language" not in json.loads(old.asked)
    page = as_nora.get(reverse("letter", args=[ada.pk, old.pk])).content.decode()
    assert 'tabindex="0" lang="en"' in page


def test_the_letterhead_has_a_language(clinic: Clinic) -> None:
    client = signed_in(member(clinic, "alma", Role.ADMINISTRATOR))
    client.post("/clinic/details/", {**LETTERHEAD, "language": "de"})
    client.post("/clinic/details/", LETTERHEAD)  # a form without the field changes nothing
    assert [row.language for row in ClinicDetails.objects.all()] == ["de"]
    assert "Deutsch" in client.get("/clinic/details/").content.decode()
    page = client.post("/clinic/details/", {**LETTERHEAD, "language": "fr"}).content.decode()
    assert "Choose one of these: English, Deutsch." in page
    assert ClinicDetails.objects.count() == 1


def calendar(name: str, on: date = ON) -> bytes:
    look = seen(record(name), on, load_protocol("uk"))
    return calendar_file(SOMEBODY, look, "Termin", 60, ZONE, "de")


@pytest.mark.parametrize("name", ["stable", "high-index", "suspected-pml", "starting", "stopped", "transferred"])
def test_a_german_calendar_names_no_disease_and_no_drug(name: str) -> None:
    content = calendar(name).replace(b"\r\n ", b"").decode().lower()
    assert [word for word in (*UNTOLD, "blut", "klinik", "zentrum") if word in content] == []
    assert not set(content.split()) & TELLING
    assert "please" not in content
    assert "any day" not in content


def test_a_german_calendar_has_german_notes_and_the_same_events() -> None:
    notes = {str(event["description"]) for event in events(calendar("suspected-pml")) if "description" in event}
    assert "An einem Tag bis zum 31. Dezember 2026; er wird mit Ihnen vereinbart." in notes
    assert "Bitte vereinbaren Sie bald einen Termin." in calendar("transferred").replace(b"\r\n ", b"").decode()
    english = calendar_file(SOMEBODY, seen(record("stable"), ON, load_protocol("uk")), "Termin", 60, ZONE)
    assert [event["uid"] for event in events(calendar("stable"))] == [event["uid"] for event in events(english)]


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize(
    "title",
    [
        *("MRT", "MRT-Termin", "Infusionstag", "Meine Infusion", "Blutabnahme", "Multiple Sklerose", "Hirnscan"),
        *(
            "Neurologin",
            "Nervenarzt",
            "Krankenhaus",
            "Weiterbehandlung",
            "Antikörpertest",
            "Ru\u0308ckenmark",
            "Medikamente",
        ),
    ],
)
def test_a_german_title_that_tells_something_is_refused(title: str) -> None:
    with pytest.raises(TitleRefused, match="would tell others"):
        neutral(title)


@pytest.mark.parametrize("title", ["Termin", "Besuch", "Kaffee mit Kim", "Zahnarzt", "Community visit", "Kontrolle"])
def test_a_title_that_tells_nothing_in_either_language_is_taken(title: str) -> None:
    assert neutral(title) == title


def test_appointments_are_called_as_the_person_would_unless_the_clinic_chose_a_name(
    as_nora: Client, nora: User, ada: Person, german_clinic: ClinicDetails
) -> None:
    assert 'value="Termin"' in as_nora.get(reverse("letters", args=[ada.pk])).content.decode()
    content = as_nora.get(reverse("appointments", args=[ada.pk])).content
    assert {str(event["summary"]) for event in events(content)} == {"Termin"}
    letterhead(ada.clinic, nora, language="de", calendar_title="Rendez-vous")
    content = as_nora.get(reverse("appointments", args=[ada.pk])).content
    assert {str(event["summary"]) for event in events(content)} == {"Rendez-vous"}


def reminded(who: Person) -> Reminder:
    remind(date(2026, 11, 1), datetime(2026, 11, 1, 9, tzinfo=UTC), WEEK, [Recording()])
    return Reminder.objects.get(person=who)


def test_a_reminder_comes_in_the_clinics_language(ben: Person, german_clinic: ClinicDetails) -> None:
    found = reminded(ben)
    assert found.title == "Eine Erinnerung Ihres Zentrums"
    assert found.text.startswith("Ihr nächster Termin ist am 2. November 2026 fällig.")


@pytest.mark.parametrize(("chosen", "begins"), [("en-gb", "Your next appointment"), ("de", "Ihr nächster Termin")])
def test_a_reminder_comes_in_the_language_that_the_person_chose(
    ben: Person, german_clinic: ClinicDetails, chosen: str, begins: str
) -> None:
    choose(signed_in(own_account(ben, "ben")), chosen)
    assert reminded(ben).text.startswith(begins)


@pytest.mark.parametrize("kind", TEXTS)
def test_no_german_reminder_names_a_disease_a_drug_or_a_hold(kind: str) -> None:
    told = f"{title('de')} {text(kind, ON, 'de')}"
    assert "2. November 2026" in told
    assert TITLE not in told
    assert "please call your clinic" not in told
    assert [word for word in UNTOLD if word in told.lower()] == []


def test_the_worklists_table_has_german_words_and_numbers_that_a_program_reads(nora: User, ada: Person) -> None:
    content = b"".join(in_german(nora).get("/worklist.csv")).decode("utf-8-sig")
    assert "\N{SOFT HYPHEN}" not in content
    (row,) = csv.DictReader(content.splitlines())
    assert (row["Nummer"], row["Nächste Gabe"]) == ("A-1", "2026-11-09")
    assert set(row) >= {"Name", "Entscheidung", "Warum", "Überfällig", "Fällig", "Übernommen von", "Alle (Wochen)"}


def test_the_worklists_calendar_has_the_readers_title(nora: User, ben: Person) -> None:
    content = in_german(nora).get("/worklist.ics").content
    assert {str(event["summary"]) for event in events(content)} == {"Termin"}


@pytest.mark.parametrize("table", TABLES)
def test_the_clinics_tables_have_the_same_numbers_and_days_in_german(
    nora: User, ada: Person, ben: Person, table: str
) -> None:
    place = reverse("clinic-wide-file", args=[table])
    english, german = (
        list(csv.reader(c.get(place).content.decode("utf-8-sig").splitlines()))
        for c in (signed_in(nora), in_german(nora))
    )

    def figures(rows: list[list[str]]) -> list[list[str]]:
        return [[cell for cell in row if cell and not any(map(str.isalpha, cell))] for row in rows]

    assert "\N{SOFT HYPHEN}" not in str(german)
    assert figures(german) == figures(english)
    assert list(map(len, german)) == list(map(len, english))
