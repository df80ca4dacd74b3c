"""A clinic's letterhead with its history, and every letter that was sent, as it was sent."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from natalizumab import letters
from natalizumab.clinic.models.accounts import Clinic, User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.entries import HEX
from natalizumab.clinic.models.people import Person
from natalizumab.languages import ENGLISH

TITLE = "Appointment"
"""What an appointment is called in a calendar where nobody chose another name."""


class ClinicDetails(AppendOnlyModel):
    """Who writes, in which language, and whom to call. A clinic's newest row counts; the older ones are its history."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="details")
    name = models.CharField(max_length=120)
    address = models.TextField(max_length=400)
    phone = models.CharField(max_length=60)
    emergency = models.TextField(max_length=400)
    sender = models.TextField(max_length=200)
    calendar_title = models.CharField(max_length=60, default=TITLE)
    language = models.CharField(max_length=5, default=ENGLISH)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["ClinicDetails"].as_manager()

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d}"

    @property
    def letterhead(self) -> letters.ClinicDetails:
        """The same as the letters take it."""
        return letters.ClinicDetails(self.name, self.address, self.phone, self.emergency, self.sender)


class LetterKind(models.TextChoices):
    GP = "gp", letters.KINDS["gp"]
    PERSON = "person", letters.KINDS["person"]
    RISK = "risk", letters.KINDS["risk"]
    ADVERSE_EVENT = "adverse-event", letters.KINDS["adverse-event"]


class Letter(AppendOnlyModel):
    """A letter as it was finished, byte for byte; what it was made from says later whether it still agrees.

    ``document`` is its page, ``pdf`` its paper (None where none could be made), ``asked`` what the writer said, as
    JSON. ``facts_hash`` is of what it took from the record when ``last_sequence`` was the last entry. An erasure of
    such an entry empties it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=20, choices=LetterKind)
    language = models.CharField(max_length=5, default=ENGLISH)
    day = models.DateField()
    recipient = models.TextField(blank=True)
    document = models.TextField()
    pdf = models.BinaryField(null=True)
    asked = models.TextField()
    hash = models.CharField(max_length=HEX)
    pdf_hash = models.CharField(max_length=HEX, blank=True)
    facts_hash = models.CharField(max_length=HEX)
    last_sequence = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet["Letter"].as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_is_known")]
        indexes = [models.Index(fields=["person", "-at"], name="letters_of_a_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.day}"

    @property
    def emptied(self) -> bool:
        """Whether what it said is gone for good."""
        return self.document == ""

    @property
    def to(self) -> str:
        """The first line of whom it went to."""
        return next(iter(self.recipient.splitlines()), "")
