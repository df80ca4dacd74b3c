"""Who a person is said to be: every change of their details, and which two turned out to be one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from natalizumab.clinic.models.accounts import User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.people import Person


class PersonChange(AppendOnlyModel):
    """That somebody added a person or changed their details; ``changed`` has the old and the new value of each.

    ``key`` came with the form: sent again, it changes nothing more.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    changed = models.JSONField()
    key = models.CharField(max_length=64, unique=True)

    objects = AppendOnlyQuerySet["PersonChange"].as_manager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {', '.join(self.changed)}"


class Merge(AppendOnlyModel):
    """That two people are one: ``merged`` is read as part of ``survivor``, and no entry is touched.

    ``number`` counts how often somebody was merged, so that nobody can be merged twice at once.
    """

    survivor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_into")
    number = models.PositiveIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500)

    objects = AppendOnlyQuerySet["Merge"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["merged", "number"], name="merged_once_at_a_time"),
            models.CheckConstraint(condition=~Q(survivor=F("merged")), name="two_people_to_merge"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"


class Unmerge(AppendOnlyModel):
    """That a merge was a mistake: from then on the two are read apart again."""

    merge = models.OneToOneField(Merge, on_delete=models.PROTECT, related_name="undone")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500)

    objects = AppendOnlyQuerySet["Unmerge"].as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="unmerge_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"
