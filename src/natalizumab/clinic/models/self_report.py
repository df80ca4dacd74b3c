"""What people tell their clinic from their own page, what the clinic answers, and what it has released to them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from natalizumab.clinic.models.accounts import User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.people import Person


class ReportLevel(models.IntegerChoices):
    EMERGENCY = 0, "Emergency"
    TODAY = 1, "Today"
    SOON = 2, "Soon"


class SelfReport(models.Model):
    """Something that the clinic must look at: ``level`` and ``gravity`` put the gravest first.

    ``signs`` are the keys of what was ticked, ``words`` the person's own. Only claim and answer ever change.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reports")
    told_at = models.DateTimeField(default=timezone.now)
    level = models.PositiveSmallIntegerField(choices=ReportLevel)
    gravity = models.PositiveSmallIntegerField()
    signs = models.JSONField(default=list)
    words = models.TextField(blank=True)
    claimed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-told_at"], name="reports_of_a_person"),
            models.Index(fields=["answered_at", "level", "gravity"], name="reports_that_wait"),
        ]
        constraints = [models.CheckConstraint(condition=Q(level__in=ReportLevel.values), name="report_level_is_known")]

    def __str__(self) -> str:
        return f"{self.told_at:%Y-%m-%d %H:%M} {self.get_level_display()}"

    @property
    def last_answer(self) -> ReportAnswer | None:
        """Of answers that are at hand."""
        return max(self.answers.all(), key=lambda answer: answer.pk, default=None)


class ReportAnswer(AppendOnlyModel):
    """What somebody of the team answered; the person reads exactly these words."""

    report = models.ForeignKey(SelfReport, on_delete=models.PROTECT, related_name="answers")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField()

    objects = AppendOnlyQuerySet["ReportAnswer"].as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="answer_has_words")]

    def __str__(self) -> str:
        return self.words[:40]


class PlanRelease(AppendOnlyModel):
    """That the team lets the person see a hold or a stop, in these words, for one state of the plan and no other."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="releases")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField()
    words = models.TextField()

    objects = AppendOnlyQuerySet["PlanRelease"].as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="release_has_words")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.words[:40]}"
