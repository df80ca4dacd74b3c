"""Who signs in, and what they are where."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac


class User(AbstractUser):
    """Somebody who signs in: one of a clinic's team, or someone with MS or a carer who was invited.

    ``sessions`` is part of what every session proves: counted up, all sessions of this user end at once.
    ``language`` is the last one that was chosen at the foot of a page, by its two letters; empty while nobody knows.
    """

    sessions = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=5, blank=True)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        content = f"{self.password}{self.sessions}"
        salt = "natalizumab.clinic.models.User.session"
        return salted_hmac(salt, content, secret=secret, algorithm="sha256").hexdigest()


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
    """What somebody is in a clinic. ``locked``: they may do nothing there until an administrator unlocks them."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    locked = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "clinic"], name="one_role_per_clinic"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.clinic}"
