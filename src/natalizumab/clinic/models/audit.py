"""What proves later what was done: who read whose page, and each day's seal over all entries."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from natalizumab.clinic.models.accounts import Clinic, User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.entries import HEX
from natalizumab.clinic.models.people import Person


class Reading(AppendOnlyModel):
    """That somebody saw something of a person: ``what`` is the name of the page."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="readings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="readings")
    what = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["Reading"].as_manager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user} {self.what}"


class ListReading(AppendOnlyModel):
    """That somebody read, or took along, a list of many people: which, how many stood in it, what it was narrowed to.

    ``narrowed`` holds no name: that somebody was searched for is said, and not who.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="list_readings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="list_readings")
    what = models.CharField(max_length=60)
    people = models.PositiveIntegerField()
    narrowed = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["ListReading"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["clinic", "-at"], name="lists_of_a_clinic")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user} {self.what}"


class SealedDay(AppendOnlyModel):
    """The last hash of everybody in a clinic on a day, hashed together with the seal before.

    ``heads`` are those that have moved since: by person, the number and the hash of the last entry.
    """

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="sealed_days")
    day = models.DateField()
    people = models.PositiveIntegerField()
    entries = models.PositiveIntegerField()
    heads = models.JSONField()
    previous = models.CharField(max_length=HEX)
    hash = models.CharField(max_length=HEX)

    objects = AppendOnlyQuerySet["SealedDay"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "day"], name="one_seal_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.hash[:12]}"
