"""What the worklist shows: one row for each person, one for each thing to do, and what people did with those things.

The first two are worked out from entries (``projection``) and may be thrown away; the third is history and may not.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from natalizumab.clinic.models.accounts import Clinic, User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.people import Person

NEVER = date.max
"""Stands for the end of what has none, so that days can be compared and sorted."""


class Work(models.Model):
    """The decision about one person and what the worklist says beside it.

    It holds on every day from ``made_on`` and before ``valid_until``, as long as ``made_by`` (program, protocol) is the
    one that runs; ``last_sequence`` and ``erased`` say which entries it was made from, and ``members`` who was merged
    into the person. ``needs`` and ``kinds`` are bits (``work.bits``). ``tasks`` are the due and overdue things as the
    list shows them, ``handled`` the newest of what people did with any. ``decision_for`` is None where the decision is
    about the day itself. ``counts_days``: the text counts days until ``made_on``, and is put in new words each day.
    ``counted_for`` says for which day and rules the clinic's figures count the person as they are (``vigilance``);
    it is empty where something was entered since.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="work")
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    searched = models.TextField()
    decision = models.CharField(max_length=10, default="")
    rank = models.BigIntegerField(default=0)
    state = models.CharField(max_length=20, default="")
    decision_for = models.DateField(null=True)
    text = models.TextField(default="")
    rules = models.JSONField(default=list)
    route = models.CharField(max_length=5, default="")
    interval_weeks = models.FloatField(null=True)
    next_due = models.DateField(default=NEVER)
    gap = models.BooleanField(default=False)
    ended = models.BooleanField(default=False)
    refused = models.BooleanField(default=False)
    needs = models.PositiveSmallIntegerField(default=0)
    kinds = models.PositiveIntegerField(default=0)
    tasks = models.JSONField(default=list)
    handled = models.JSONField(default=dict)
    members = models.JSONField(default=list)
    last_sequence = models.PositiveIntegerField(default=0)
    erased = models.PositiveIntegerField(default=0)
    protocol = models.CharField(max_length=200, default="")
    protocol_version = models.CharField(max_length=80, default="")
    made_by = models.CharField(max_length=32, default="")
    made_on = models.DateField(default=date.min)
    made_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField(default=NEVER)
    counts_days = models.BooleanField(default=False)
    counted_for = models.CharField(max_length=40, default="")
    claim = models.UUIDField(null=True)
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "rank", "number"], name="work_by_rank"),
            models.Index(fields=["clinic", "number"], name="work_by_number"),
            models.Index(fields=["clinic", "name", "number"], name="work_by_name"),
            models.Index(fields=["clinic", "next_due", "number"], name="work_by_next_due"),
            # All that counting needs, in the order in which it groups: the table itself is not read.
            models.Index(
                fields=[
                    *("clinic", "decision", "route", "needs", "kinds"),
                    *("next_due", "gap", "person", "made_by", "made_on", "valid_until"),
                ],
                name="work_counted",
            ),
            models.Index(fields=["valid_until"], name="work_by_end"),
            models.Index(fields=["clinic", "counted_for"], name="work_by_counting"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.decision}"


class WorkItem(models.Model):
    """One thing to do of somebody's plan. ``key`` is the same for the same thing, whenever it is worked out.

    On a day it is blocked before ``not_before``, upcoming before ``first_day``, due until ``last_day`` and overdue
    after it; a prompt is never overdue. The last fields repeat what was done with it last (``Handling``).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="work_items", db_index=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=20)
    action = models.TextField()
    kind = models.CharField(max_length=20)
    text = models.TextField()
    due = models.DateField()
    window_from = models.DateField(null=True)
    not_before = models.DateField(null=True)
    first_day = models.DateField()
    last_day = models.DateField()
    prompt = models.BooleanField()
    urgent = models.BooleanField()
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    ordered_on = models.DateField(null=True)
    reference = models.CharField(max_length=100, default="")
    snoozed_until = models.DateField(null=True)
    snooze_reason = models.CharField(max_length=300, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="work_item_once")]
        indexes = [
            models.Index(fields=["owner", "clinic", "person"], name="work_item_owned"),
            models.Index(fields=["clinic", "kind", "last_day"], name="work_item_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.action} {self.due}"

    @classmethod
    def overdue_on(cls, on: date) -> Q:
        """Which are overdue on a day."""
        return Q(prompt=False, last_day__lt=on)

    @classmethod
    def due_on(cls, on: date) -> Q:
        """Which are due on a day: neither upcoming nor blocked nor overdue."""
        begun = Q(first_day__lte=on) & (Q(not_before=None) | Q(not_before__lte=on))
        return begun & (Q(prompt=True) | Q(last_day__gte=on))


class Handling(AppendOnlyModel):
    """That somebody took, ordered, put off or gave back a thing to do, and all that holds of it since.

    The newest ``number`` of a thing counts. ``rule``, ``action`` and ``due`` say what it was, when the plan no longer
    does. ``form`` came with the form: sent again, it writes nothing more.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="handlings")
    key = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    rule = models.CharField(max_length=20)
    action = models.TextField()
    due = models.DateField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    form = models.CharField(max_length=64, unique=True)
    owner = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ordered_on = models.DateField(null=True)
    reference = models.CharField(max_length=100, default="")
    snoozed_until = models.DateField(null=True)
    snooze_reason = models.CharField(max_length=300, default="")

    objects = AppendOnlyQuerySet["Handling"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key", "number"], name="handling_number_once"),
            models.CheckConstraint(
                condition=Q(snoozed_until=None) | ~Q(snooze_reason=""), name="snoozing_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="handling_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.action}, {self.number}"
