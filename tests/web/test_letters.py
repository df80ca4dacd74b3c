"""A person's letters on the clinic's pages: looked at, added to, kept for good, shown again as they were sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import debian
import pytest
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.urls import reverse
from tests.web.people import BEN, LETTERHEAD, enter, kept_letter, letterhead, member, person, signed_in

from natalizumab.clinic.clock import now
from natalizumab.clinic.erasing import erase
from natalizumab.clinic.letter_desk import LONGEST_RECIPIENT
from natalizumab.clinic.merging import merge, unmerge
from natalizumab.clinic.models import AppendOnly, Clinic, ClinicDetails, Entry, Letter, Person, Role, User
from natalizumab.errors import ModelError

MOST_QUERIES = 12
NEW_SCAN = {"kind": "mri", "on": "2026-10-30", "protocol": "full", "new_t2": 1, "gd": 0}

needs_pango = pytest.mark.skipif(not debian.here("letters"), reason=f"Pango is missing: {debian.advice('letters')}")


@pytest.fixture
def head(clinic: Clinic, nora: User) -> ClinicDetails:
    return letterhead(clinic, nora)


@pytest.fixture(autouse=True)
def _no_paper(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper takes a second to make: only tests about it do."""

    def none(document: str) -> bytes:
        raise ModelError("a letter as PDF needs Pango")

    if "paper" not in request.keywords:
        monkeypatch.setattr("natalizumab.letters.pdf", none)


def place(who: Person, kind: str = "gp") -> str:
    return reverse("new-letter", args=[who.pk, kind])


def send(client: Client, who: Person, kind: str = "gp", **form: Any) -> Any:
    words = {key.replace("__", "."): text for key, text in form.items()}
    return client.post(place(who, kind), {"do": "keep", "key": "one", **words})


def kept(who: Person) -> Letter:
    return Letter.objects.get(person=who)


def test_a_letter_is_looked_at_before_it_is_kept(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    page = as_nora.get(place(ada)).content.decode()
    assert "Ada Invented is treated with natalizumab here since 15 January 2024." in page
    assert LETTERHEAD["phone"] in page
    assert Letter.objects.count() == 0


def test_what_was_typed_stands_in_the_letter_and_still_in_the_form(as_nora: Client, ada: Person) -> None:
    form = {"do": "preview", "words.opening": "Thank you.\n\n<b>Truly</b>", "recipient": "Dr George\nThe Surgery"}
    page = as_nora.post(place(ada), form).content.decode()
    assert "<p>Thank you.</p><p>&lt;b&gt;Truly&lt;/b&gt;</p>" in page
    assert "Dr George<br>The Surgery" in page
    assert "Dr George\nThe Surgery</textarea>" in page
    assert Letter.objects.count() == 0


def test_a_letter_is_kept_as_it_was_and_leads_to_itself(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    answer = send(as_nora, ada, recipient="Dr George\nThe Surgery", words__opening="Thank you.")
    found = kept(ada)
    assert answer["Location"] == reverse("letter", args=[ada.pk, found.pk])
    assert (found.kind, found.to, found.by.username) == ("gp", "Dr George", "nora")
    assert found.last_sequence == Entry.objects.filter(person=ada).count()
    assert found.hash == hashlib.sha256(found.document.encode()).hexdigest()
    page = as_nora.get(answer["Location"]).content.decode()
    assert "Thank you." in page
    assert "It agrees with the record; nothing was entered since." in page


def test_a_form_that_is_sent_twice_keeps_one_letter(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    places = {send(as_nora, ada)["Location"], send(as_nora, ada)["Location"]}
    assert len(places) == Letter.objects.count() == 1


def test_a_form_of_one_person_is_not_sent_for_another(
    as_nora: Client, ada: Person, ben: Person, head: ClinicDetails
) -> None:
    send(as_nora, ada)
    page = send(as_nora, ben).content.decode()
    assert "this form was sent before, for another letter" in page
    assert Letter.objects.count() == 1


def test_without_a_letterhead_the_letter_says_what_is_missing_and_is_not_kept(as_nora: Client, ada: Person) -> None:
    page = send(as_nora, ada, words__opening="Not lost").content.decode()
    assert "This letter can&#x27;t be sent yet. Missing: the clinic&#x27;s name, the clinic&#x27;s address" in page
    assert "Not lost</textarea>" in page
    assert Letter.objects.count() == 0
    assert "Missing: the clinic&#x27;s name" in as_nora.get(reverse("letters", args=[ada.pk])).content.decode()


def test_what_does_not_fit_is_said_and_not_lost(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    long = "x" * (LONGEST_RECIPIENT + 1)
    page = send(as_nora, ada, recipient=long).content.decode()
    assert f"An address has at most {LONGEST_RECIPIENT} characters" in page or "address has at most" in page
    assert long in page
    page = send(as_nora, ada, words__opening="y" * 4001).content.decode()
    assert "at most 4000 characters" in page
    assert "y" * 4001 in page
    assert Letter.objects.count() == 0


def test_what_can_not_be_stored_is_left_out(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    send(as_nora, ada, recipient="Dr\x00 George\x07", words__opening="Tab\there", key="a\x00b")
    assert kept(ada).recipient == "Dr George"
    assert "Tab here" in kept(ada).document


def test_the_person_is_told_of_a_hold_only_where_the_writer_chooses_it(
    as_nora: Client, ada: Person, head: ClinicDetails
) -> None:
    enter(ada, {"kind": "symptom", "on": "2026-10-30", "name": "clumsy right hand", "days": 10, "worsening": True})
    page = as_nora.get(place(ada, "person")).content.decode()
    letter = page.split('<article class="letter')[1]
    assert "suspected" in page.split('<article class="letter')[0]
    assert "suspected" not in letter
    assert "Your team will confirm your next dose." in letter
    send(as_nora, ada, "person", tell_holds="yes")
    assert "PML is suspected" in kept(ada).document


def test_a_report_offers_what_can_be_reported(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    page = as_nora.get(place(ada, "adverse-event")).content.decode()
    assert "Report: no reaction is on record; enter it first, or choose what is to be reported" in page
    entry = enter(ada, {"kind": "symptom", "on": "2026-10-30", "name": "headache"})
    send(as_nora, ada, "adverse-event", event=str(entry.pk), words__outcome="Recovered")
    assert "headache" in kept(ada).document
    assert "Recovered" in kept(ada).document


def test_what_is_no_event_of_the_person_is_refused(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    page = send(as_nora, ada, "adverse-event", event="<b>nothing</b>").content.decode()
    assert "&lt;b&gt;nothing&lt;/b&gt; is nothing that can be reported" in page
    assert Letter.objects.count() == 0


def test_a_record_that_can_not_be_read_gives_no_letter(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    enter(ada, {"kind": "weight", "on": "2026-10-30", "kg": -5})
    for kind in ("gp", "person", "risk", "adverse-event"):
        page = as_nora.get(place(ada, kind))
        assert page.status_code == 200
        assert "The record can&#x27;t be read" in page.content.decode()
    assert send(as_nora, ada).status_code == 200
    assert Letter.objects.count() == 0


def test_an_unknown_kind_of_letter_is_not_found(as_nora: Client, ada: Person) -> None:
    assert as_nora.get(place(ada, "postcard")).status_code == 404


def test_letters_are_listed_with_date_kind_and_whom_they_went_to(
    as_nora: Client, ada: Person, head: ClinicDetails
) -> None:
    send(as_nora, ada, recipient="Dr George")
    send(as_nora, ada, "person", key="two")
    page = as_nora.get(reverse("letters", args=[ada.pk])).content.decode()
    assert page.index(">Letter to the person</a>", page.index("Letters that were kept")) < page.rindex(
        "Letter to the GP"
    )
    assert "Dr George" in page


def test_a_letter_that_no_longer_agrees_says_so_and_what_came_since(
    as_nora: Client, ada: Person, head: ClinicDetails
) -> None:
    send(as_nora, ada)
    enter(ada, NEW_SCAN)
    page = as_nora.get(reverse("letter", args=[ada.pk, kept(ada).pk])).content.decode()
    assert "This letter no longer agrees with the record." in page
    assert "MRI, 30 Oct 2026" in page


def test_entries_that_change_nothing_of_its_day_are_only_counted(
    as_nora: Client, ada: Person, head: ClinicDetails
) -> None:
    send(as_nora, ada)
    enter(ada, {"kind": "fatigue", "on": "2026-10-30", "scale": "FSS", "score": 3})
    page = as_nora.get(reverse("letter", args=[ada.pk, kept(ada).pk])).content.decode()
    assert "1 entry was made since and changes nothing that it says of its day." in page


def test_a_new_letterhead_leaves_kept_letters_as_they_were(
    as_nora: Client, nora: User, ada: Person, head: ClinicDetails
) -> None:
    send(as_nora, ada)
    before = kept(ada).document
    letterhead(ada.clinic, nora, phone="09999 999 999")
    page = as_nora.get(reverse("letter", args=[ada.pk, kept(ada).pk])).content.decode()
    assert LETTERHEAD["phone"] in page
    assert "It agrees with the record" in page
    assert kept(ada).document == before
    assert "09999 999 999" in as_nora.get(place(ada)).content.decode()


def test_the_page_is_kept_byte_for_byte_and_downloaded_under_a_name_that_tells_nothing(
    as_nora: Client, ada: Person, head: ClinicDetails
) -> None:
    send(as_nora, ada)
    answer = as_nora.get(reverse("letter-file", args=[ada.pk, kept(ada).pk, "html"]))
    assert hashlib.sha256(answer.content).hexdigest() == kept(ada).hash
    assert answer["Content-Disposition"] == 'attachment; filename="letter-2026-11-02.html"'
    for form in ("pdf", "docx"):
        assert as_nora.get(reverse("letter-file", args=[ada.pk, kept(ada).pk, form])).status_code == 404


@needs_pango
@pytest.mark.paper
def test_the_paper_is_kept_byte_for_byte(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    send(as_nora, ada)
    answer = as_nora.get(reverse("letter-file", args=[ada.pk, kept(ada).pk, "pdf"]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert hashlib.sha256(answer.content).hexdigest() == kept(ada).pdf_hash


def test_without_pango_the_page_alone_is_kept_and_says_so(as_nora: Client, ada: Person, head: ClinicDetails) -> None:
    page = as_nora.get(send(as_nora, ada)["Location"]).content.decode()
    assert kept(ada).pdf is None
    assert "No PDF was made" in page
    assert "Download the PDF" not in page


def test_a_letter_of_another_person_is_not_found(as_nora: Client, ada: Person, ben: Person) -> None:
    found = kept_letter(ben)
    assert as_nora.get(reverse("letter", args=[ada.pk, found.pk])).status_code == 404
    assert as_nora.get(reverse("letter-file", args=[ada.pk, found.pk, "html"])).status_code == 404


def test_an_auditor_reads_letters_and_writes_none(clinic: Clinic, ada: Person, head: ClinicDetails) -> None:
    auditor = signed_in(member(clinic, "aud", Role.AUDITOR))
    assert auditor.get(reverse("letter", args=[ada.pk, kept_letter(ada).pk])).status_code == 200
    assert send(auditor, ada).status_code == 403
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda letter: models.QuerySet(Letter).filter(pk=letter.pk).update(document="other"),
        lambda letter: models.QuerySet(Letter).filter(pk=letter.pk).delete(),
        lambda letter: (
            models.QuerySet(Letter)
            .filter(pk=letter.pk)
            .update(recipient="", document="", pdf=None, asked="", hash="", pdf_hash="", facts_hash="")
        ),
    ],
)
def test_the_database_refuses_to_change_a_letter(ada: Person, change: Callable[[Letter], Any]) -> None:
    letter = kept_letter(ada)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(letter)


def test_the_models_refuse_too(ada: Person, head: ClinicDetails) -> None:
    for row in (kept_letter(ada), head):
        with pytest.raises(AppendOnly):
            row.save()
        with pytest.raises(AppendOnly):
            row.delete()


def test_plain_sql_can_not_change_a_letterhead(head: ClinicDetails) -> None:
    for statement in ("UPDATE clinic_clinicdetails SET phone = '1'", "DELETE FROM clinic_clinicdetails"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_an_erasure_empties_the_letters_that_were_made_from_the_entry(
    clinic: Clinic, as_nora: Client, ada: Person, ben: Person, head: ClinicDetails
) -> None:
    send(as_nora, ada)
    kept_letter(ben)
    alma, axel = (member(clinic, name, Role.ADMINISTRATOR) for name in ("alma", "axel"))
    first = Entry.objects.filter(person=ada).order_by("sequence").first()
    assert first is not None
    later = enter(ada, NEW_SCAN)
    erase([later], asked_by=alma, confirmed_by=axel, reason="entered under the wrong person")
    assert not kept(ada).emptied
    erase([first], asked_by=alma, confirmed_by=axel, reason="asked for")
    assert kept(ada).emptied
    assert (kept(ada).asked, kept(ada).recipient, kept(ada).hash) == ("", "", "")
    assert not kept(ben).emptied
    page = as_nora.get(reverse("letter", args=[ada.pk, kept(ada).pk])).content.decode()
    assert "What this letter said was erased" in page


def test_an_erasure_empties_the_letter_about_whoever_the_person_was_read_as_part_of(
    clinic: Clinic, nora: User, ada: Person, ben: Person
) -> None:
    zoe = person(clinic, "Z-9", "Zoe Invented", BEN)
    before = kept_letter(ada)
    first = merge(ada, ben, by=nora, reason="one passport")
    during = letter_of(ada, "during")
    unmerge(first, by=nora, reason="two passports")
    after = letter_of(ada, "after")
    others = letter_of(zoe, "another")
    two = [member(clinic, name, "administrator") for name in ("anna", "otto")]
    erase([ben.entries.order_by("sequence")[0]], asked_by=two[0], confirmed_by=two[1], reason="asked to be forgotten")
    emptied = [Letter.objects.get(pk=letter.pk).emptied for letter in (before, during, after, others)]
    assert emptied == [False, True, False, False]


def letter_of(person: Person, key: str) -> Letter:
    """One more letter about somebody, written now."""
    fields = {field.name: getattr(kept_letter(person), field.name) for field in Letter._meta.fields}
    return Letter.objects.create(**{**fields, "id": uuid4(), "key": key, "at": now()})


@pytest.mark.parametrize("many", [0, 30])
def test_no_page_of_letters_asks_more_often_however_many_there_are(
    as_nora: Client, nora: User, clinic: Clinic, head: ClinicDetails, many: int, django_assert_max_num_queries: Any
) -> None:
    who = person(clinic, "M-1", "Mia Invented", [])
    for number in range(many):
        enter(who, {"kind": "weight", "on": f"2026-09-{number + 1:02}", "kg": 70})
        made = kept_letter(who)
        values = {f.attname: getattr(made, f.attname) for f in Letter._meta.fields if f.attname not in ("id", "key")}
        Letter(**{**values, "key": f"more {number}", "at": made.at + timedelta(minutes=number)}).save()
    letter = kept_letter(who)
    for address in (
        reverse("letters", args=[who.pk]),
        place(who),
        reverse("letter", args=[who.pk, letter.pk]),
        reverse("letter-file", args=[who.pk, letter.pk, "html"]),
        reverse("appointments", args=[who.pk]),
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert as_nora.get(address).status_code == 200


def test_letters_of_people_who_are_one_are_listed_under_both_and_say_for_whom_they_were_written(
    as_nora: Client, nora: User, clinic: Clinic, ada: Person, head: ClinicDetails
) -> None:
    twin = person(clinic, "A-11", "Ada Twice (invented)", [{"kind": "weight", "on": "2026-01-05", "kg": 70}])
    send(as_nora, ada)
    send(as_nora, twin, "person", key="two")
    own, theirs = kept(ada), kept(twin)
    made = merge(ada, twin, by=nora, reason="the same birthday and address")
    for who in (ada, twin):
        page = as_nora.get(f"/people/{who.pk}/letters/").content.decode()
        assert [f"/letters/{letter.pk}/" in page for letter in (own, theirs)] == [True, True]
        assert page.count("written for A-11, Ada Twice (invented)") == 1
    shown = as_nora.get(f"/people/{ada.pk}/letters/{theirs.pk}/").content.decode()
    assert "It was written for number A-11" in shown
    file = as_nora.get(f"/people/{twin.pk}/letters/{theirs.pk}/letter.html")
    assert file.content == theirs.document.encode()
    assert "It was written for" not in as_nora.get(f"/people/{ada.pk}/letters/{own.pk}/").content.decode()
    unmerge(made, by=nora, reason="cousins")
    assert as_nora.get(f"/people/{ada.pk}/letters/{theirs.pk}/").status_code == 404
    assert str(theirs.pk) not in as_nora.get(f"/people/{ada.pk}/letters/").content.decode()


def test_a_letter_about_two_who_are_one_says_what_was_entered_since_about_either(
    as_nora: Client, nora: User, clinic: Clinic, ada: Person, head: ClinicDetails
) -> None:
    twin = person(clinic, "A-11", "Ada Twice (invented)", [{"kind": "weight", "on": "2026-01-05", "kg": 70}])
    merge(ada, twin, by=nora, reason="the same birthday and address")
    send(as_nora, ada)
    letter = kept(ada)
    assert letter.last_sequence == Entry.objects.filter(person=ada).count()
    place_of = f"/people/{ada.pk}/letters/{letter.pk}/"
    assert "nothing was entered since" in as_nora.get(place_of).content.decode()
    enter(twin, NEW_SCAN)
    assert [one.person for one in as_nora.get(place_of).context["agreement"].newer] == [twin]
    assert letter.person == ada
