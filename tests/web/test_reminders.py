"""Are reminders stored, sent once whoever sends, and silent about diseases and holds?"""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from tests.web.people import BEN, enter, member, person

from natalizumab.clinic.erasing import erase
from natalizumab.clinic.models import Clinic, Entry, Person, Reminder, ReminderAddress, Role
from natalizumab.clinic.operation.delivery import Log
from natalizumab.clinic.operation.forgetting import forget
from natalizumab.clinic.operation.reminding import claim, remind
from natalizumab.clinic.reminder_addresses import addresses_of
from natalizumab.clinic.reminder_words import TEXTS, TITLE
from natalizumab.clinic.settings.mail import mail as mail_settings

ON = date(2026, 11, 1)
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
UNTOLD = ("sclerosis", "natalizumab", "tysabri", "pml", "jc virus", "jcv", "ms ", "hold", "stop", "brain", "infus")


class Recording:
    """A way out that remembers, and refuses so many times."""

    name = "recording"

    def __init__(self, refuse: int = 0) -> None:
        self.sent: list[Reminder] = []
        self.refuse = refuse

    def takes(self, reminder: Reminder) -> bool:
        return True

    def send(self, reminder: Reminder) -> None:
        if self.refuse:
            self.refuse -= 1
            raise OSError("the mail server is away")
        self.sent.append(reminder)


def kinds(who: Person) -> set[str]:
    return set(Reminder.objects.filter(person=who).values_list("kind", flat=True))


def test_what_is_due_soon_is_stored_and_sent_once(ben: Person) -> None:
    way = Recording()
    first, second = (remind(ON, AT, WEEK, [way]) for _ in range(2))
    assert (first.made, first.sent, second.made, second.sent) == (1, 1, 0, 0)
    (sent,) = way.sent
    assert (sent.kind, sent.due) == ("dose", date(2026, 11, 2))
    assert "2 November 2026" in sent.text
    stored = Reminder.objects.get()
    assert (stored.state, stored.way, stored.finished_at, stored.tries) == ("sent", "recording", AT, 1)


def test_what_is_due_later_is_not_told_yet(ben: Person) -> None:
    assert remind(date(2026, 10, 20), AT, WEEK, [Recording()]).made == 0
    assert remind(date(2026, 10, 26), AT, WEEK, [Recording()]).made == 1


def test_no_title_or_text_names_a_disease_a_drug_or_a_hold() -> None:
    for words in (TITLE, *TEXTS.values()):
        assert not [word for word in UNTOLD if word in words.lower()]


HELD: list[dict[str, Any]] = [
    {"kind": "symptom", "on": "2026-10-26", "name": "word-finding difficulty", "days": 3, "worsening": True},
    {"kind": "diagnosis", "on": "2026-10-26", "name": "PML", "status": "suspected"},
    {"kind": "lab", "on": "2026-10-26", "test": "ALT", "value": 900, "unit": "U/L", "upper_limit": 45},
    {"kind": "stop", "on": "2026-10-20", "reason": "her wish"},
    {"kind": "followup", "on": "2026-10-20", "status": "died"},
]


@pytest.mark.parametrize("event", HELD, ids=lambda event: str(event["kind"]))
def test_whoever_is_on_hold_or_has_ended_is_told_nothing(ada: Person, ben: Person, event: dict[str, Any]) -> None:
    for who in (ada, ben):
        enter(who, event)
    assert remind(ON, AT, timedelta(days=60), [Recording()]).made == 0


def test_somebody_who_is_overdue_hears_of_the_test_though_it_is_too_soon_for_a_dose(ada: Person) -> None:
    remind(ON, AT, WEEK, [Recording()])
    assert "mri" in kinds(ada)
    text = Reminder.objects.get(person=ada, kind="mri").text
    assert text.startswith("A scan is due by ")


def test_two_processes_never_send_the_same(ben: Person) -> None:
    remind(ON, AT, WEEK, [Recording(refuse=1)])
    one, other = Reminder.objects.get(), Reminder.objects.get()
    assert claim(one, AT)
    assert not claim(other, AT)
    assert Reminder.objects.get().state == "claimed"


def test_one_whose_sender_died_is_counted_and_not_sent_again(ben: Person) -> None:
    remind(ON, AT, WEEK, [Recording(refuse=1)])
    assert claim(Reminder.objects.get(), AT)
    way = Recording()
    done = remind(ON, AT, WEEK, [way])
    assert (done.sent, done.unsure, way.sent) == (0, 1, [])


def test_what_could_not_be_sent_is_tried_again_a_few_times(ben: Person) -> None:
    way = Recording(refuse=99)
    rounds = [remind(ON, AT, WEEK, [way]) for _ in range(7)]
    assert [done.failed for done in rounds] == [1, 1, 1, 1, 1, 0, 0]
    assert Reminder.objects.get().state == "failed"


def test_one_thing_has_one_reminder_whatever_the_program_does(ben: Person) -> None:
    remind(ON, AT, WEEK, [Recording()])
    row = Reminder.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Reminder.objects.create(person=ben, kind=row.kind, due=row.due, title="t", text="t")


def test_mail_goes_to_the_address_that_somebody_gave(ben: Person, settings: Any) -> None:
    settings.NATALIZUMAB_MAIL = True
    ReminderAddress.objects.create(person=ben, email="ben@home.example", consent="told")
    assert remind(ON, AT, WEEK).sent == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["ben@home.example"], TITLE)
    assert not [word for word in (*UNTOLD, "ben invented") if word in str(letter.body).lower()]
    assert Reminder.objects.get().way == "e-mail"


def test_without_mail_it_goes_into_the_outbox_without_a_name(ben: Person, settings: Any, tmp_path: Path) -> None:
    settings.NATALIZUMAB_OUTBOX = str(tmp_path / "outbox.jsonl")
    assert remind(ON, AT, WEEK).sent == 1
    told = json.loads((tmp_path / "outbox.jsonl").read_text())
    assert told["person"] == str(ben.pk)
    assert "Ben" not in json.dumps(told)
    assert (tmp_path / "outbox.jsonl").stat().st_mode & 0o777 == 0o600


def test_an_outbox_that_can_not_be_written_keeps_the_reminder(ben: Person, settings: Any, tmp_path: Path) -> None:
    settings.NATALIZUMAB_OUTBOX = str(tmp_path / "no" / "outbox.jsonl")
    assert remind(ON, AT, WEEK).failed == 1
    settings.NATALIZUMAB_OUTBOX = str(tmp_path / "outbox.jsonl")
    assert remind(ON, AT, WEEK).sent == 1


def test_the_log_is_told_the_kind_alone(ben: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="natalizumab")
    remind(ON, AT, WEEK, [Log()])
    assert [record.fields["kind"] for record in caplog.records] == ["dose"]  # type: ignore[attr-defined]


def test_every_clinic_reminds_its_own_people(clinic: Clinic, other_clinic: Clinic) -> None:
    people = [person(place, "X-1", "Xenia Invented", BEN) for place in (clinic, other_clinic)]
    assert remind(ON, AT, WEEK, [Recording()]).made == 2
    assert [kinds(who) for who in people] == [{"dose"}, {"dose"}]


def test_half_the_settings_of_mail_are_refused() -> None:
    from django.core.exceptions import ImproperlyConfigured

    assert mail_settings({}) == {}
    good = {"NATALIZUMAB_MAIL_SERVER": "mail.example:587", "NATALIZUMAB_MAIL_FROM": "clinic@clinic.example"}
    assert mail_settings(good)["EMAIL_USE_TLS"] is True
    assert mail_settings(good | {"NATALIZUMAB_MAIL_SERVER": "mail.example:465"})["EMAIL_USE_SSL"] is True
    for name, content in (("NATALIZUMAB_MAIL_FROM", ""), ("NATALIZUMAB_MAIL_SERVER", "mail.example")):
        with pytest.raises(ImproperlyConfigured, match="both, or neither"):
            mail_settings(good | {name: content})


def test_of_somebody_who_was_erased_no_reminder_stays(clinic: Clinic, ben: Person) -> None:
    ReminderAddress.objects.create(person=ben, email="ben@home.example", consent="told")
    remind(ON, AT, WEEK, [Recording()])
    alma, axel = (member(clinic, name, Role.ADMINISTRATOR) for name in ("alma", "axel"))
    erase(Entry.objects.filter(person=ben), asked_by=alma, confirmed_by=axel, reason="end of retention")
    forget(ben)
    assert (Reminder.objects.count(), addresses_of(ben).now) == (0, "")
