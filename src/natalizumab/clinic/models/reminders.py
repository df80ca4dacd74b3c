"""Reminders of what is due: each is stored before it is sent, and sent once."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from natalizumab.clinic.models.accounts import User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.people import Person


class ReminderState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Being sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"


class Consent(models.TextChoices):
    TOLD = "told", "They said so to the team"
    WROTE = "wrote", "They wrote so, and it is kept with the letters"
    OWN = "own", "On their own page"


class ReminderAddress(AppendOnlyModel):
    """That somebody agreed to be reminded at an address, or, without an address, that they are no longer.

    The last row of a person counts; without one, their reminders are left in the outbox of the clinic. An erasure
    of everything about the person empties the address. ``key`` came with the form: sent again, it adds nothing.
    Rows of before the history was kept have neither key nor consent.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reminder_addresses")
    email = models.EmailField(blank=True)
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=64, blank=True)

    objects = AppendOnlyQuerySet["ReminderAddress"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(consent__in=["", *Consent.values]), name="consent_is_known"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="one_address_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"of {self.person_id}, {self.at:%Y-%m-%d}"


class Reminder(models.Model):
    """That something is due on a day. ``kind`` is one of the worklist's; neither it nor the text names a disease.

    One that is being sent stays so if the sender dies: nobody knows whether it went, and it is not sent twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=20)
    due = models.DateField()
    title = models.CharField(max_length=100)
    text = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=ReminderState, default=ReminderState.WAITING)
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "due"], name="one_reminder_of_a_thing"),
            models.CheckConstraint(condition=Q(state__in=ReminderState.values), name="reminder_state_is_known"),
        ]
        indexes = [models.Index(fields=["state"], name="reminder_state")]

    def __str__(self) -> str:
        return f"{self.due} {self.kind} {self.state}"
