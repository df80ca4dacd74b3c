"""Whom a clinic looks after: everybody but those who were merged into somebody else."""

from __future__ import annotations

from django.db.models import Count, Max, Q, QuerySet

from natalizumab.clinic.merging import standing
from natalizumab.clinic.models import ERASED, Clinic, Person


def people_of(clinic: Clinic) -> QuerySet[Person]:
    """The clinic's people, each with what ``plans.plans_for`` needs of their entries."""
    erased = Count("entries", filter=Q(entries__kind=ERASED))
    people = Person.objects.filter(clinic=clinic).exclude(pk__in=standing().values("merged"))
    return people.annotate(last_sequence=Max("entries__sequence"), erased=erased).order_by("number")
