"""Whom a clinic looks after."""

from __future__ import annotations

import uuid

from django.db import models

from natalizumab.clinic.models.accounts import Clinic


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
