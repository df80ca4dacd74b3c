"""Whom a person calls: their clinic, and in an emergency the number that everybody knows."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from natalizumab.clinic.letter_desk import details_of
from natalizumab.clinic.models import Clinic


@dataclass(frozen=True, slots=True)
class Contact:
    """``telephone`` is empty where the clinic has given none."""

    name: str
    telephone: str
    emergency: str

    @property
    def how(self) -> str:
        """How to reach the team, in words."""
        return f"on {self.telephone}" if self.telephone else "on the number of your appointment letter"


def clinic_contact(clinic: Clinic) -> Contact:
    """How the clinic is reached: by the number of its letterhead, where an administrator has entered one."""
    details = details_of(clinic)
    return Contact(clinic.name, details.phone if details else "", settings.NATALIZUMAB_EMERGENCY_NUMBER)
