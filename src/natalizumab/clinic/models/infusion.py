"""The days on which doses are given: who comes when, what became of it, and who is being observed after a dose.

Nothing here is changed: an appointment that moves, or a person who arrives, is a new state. The newest one counts.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from natalizumab.clinic.models.accounts import Clinic, User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.entries import Entry
from natalizumab.clinic.models.people import Person


class Route(models.TextChoices):
    IV = "iv", "Intravenous"
    SC = "sc", "Under the skin"


class AppointmentStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    ARRIVED = "arrived", "Arrived"
    GIVEN = "given", "Given"
    WITHHELD = "withheld", "Withheld"
    MISSED = "missed", "Did not come"
    CANCELLED = "cancelled", "Cancelled"


class ObservationOutcome(models.TextChoices):
    WELL = "well", "Well"
    REACTION = "reaction", "With a reaction"
    LEFT = "left", "Left early"


class Appointment(AppendOnlyModel):
    """That a person comes for a dose; when, and what became of it, stands in its states. ``key`` came with the form."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    key = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet["Appointment"].as_manager()

    def __str__(self) -> str:
        return f"{self.person}, made {self.made_at:%Y-%m-%d}"


class AppointmentState(AppendOnlyModel):
    """How an appointment stands from now on: the whole of it, so that the newest state alone tells."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="states")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=AppointmentStatus)
    day = models.DateField(db_index=True)
    time = models.TimeField(null=True)
    chair = models.CharField(max_length=40, blank=True)
    route = models.CharField(max_length=2, choices=Route)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["AppointmentState"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "number"], name="state_number_unique"),
            models.CheckConstraint(condition=Q(status__in=AppointmentStatus.values), name="status_is_known"),
            models.CheckConstraint(condition=Q(route__in=Route.values), name="route_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.status}"


class Observation(AppendOnlyModel):
    """That somebody is observed while a dose is given and after it: the dose takes until ``dose_ends``."""

    dose = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="observation")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="observations")
    began = models.DateTimeField(db_index=True)
    dose_ends = models.DateTimeField()
    until = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["Observation"].as_manager()

    def __str__(self) -> str:
        return f"{self.began:%Y-%m-%d %H:%M} to {self.until:%H:%M}"


class ObservationEnd(AppendOnlyModel):
    """That an observation ended, when, and how; there is one end."""

    observation = models.OneToOneField(Observation, on_delete=models.PROTECT, related_name="end")
    outcome = models.CharField(max_length=10, choices=ObservationOutcome)
    ended = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["ObservationEnd"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=ObservationOutcome.values), name="outcome_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ended:%Y-%m-%d %H:%M} {self.outcome}"
