"""The tables: who works where, whom they look after, and what was entered about each person."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from natalizumab.errors import Refusal


class AppendOnly(Refusal):
    """Somebody tried to change or delete an entry."""


class User(AbstractUser):
    """Somebody who signs in. Someone with MS is a Person, never a user here."""


class Clinic(models.Model):
    """One team and its people; nothing of one clinic is visible from another."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    NURSE = "nurse", "Nurse"
    PRESCRIBER = "prescriber", "Prescriber"
    PHARMACIST = "pharmacist", "Pharmacist"
    ADMINISTRATOR = "administrator", "Administrator"
    AUDITOR = "auditor", "Auditor"


class Membership(models.Model):
    """What somebody is in a clinic."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "clinic"], name="one_role_per_clinic"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.clinic}"


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not recorded"


class Person(models.Model):
    """Someone with MS in the care of a clinic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="people")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    born = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, choices=Sex, default=Sex.UNKNOWN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "number"], name="number_unique_in_clinic")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Source(models.TextChoices):
    FORM = "form", "Form"
    IMPORT = "import", "Import"
    SELF = "self", "Self-report"
    DEMO = "demo", "Invented"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Refuses in plain words what the database triggers would refuse anyway."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("an entry is never changed: correct it with a new entry")

    def delete(self) -> NoReturn:
        raise AppendOnly("an entry is never deleted: withdraw it with a new entry")


class Entry(models.Model):
    """One event of a person's record, exactly as it was entered. Written once; see ``entries.append``.

    ``payload`` is the event as canonical JSON text without id, corrects and entered, which are columns here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    day = models.DateField()
    payload = models.TextField()
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="entries")
    source = models.CharField(max_length=10, choices=Source)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "sequence"], name="sequence_unique_per_person"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="source_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("an entry is never changed: correct it with a new entry")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("an entry is never deleted: withdraw it with a new entry")
