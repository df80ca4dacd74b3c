"""What was entered about each person, what was erased of it by right, and which form wrote it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.base import ModelState
from django.utils import timezone

from natalizumab.clinic.models.accounts import User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.people import Person

ERASED = "erased"
"""The kind of an entry whose payload was erased."""

PROOF = ("salt", "sealed", "previous", "hash")
"""What only a proof needs of an entry: whoever reads a record leaves it where it is."""

HEX = 64
"""Letters of a SHA-256 hash."""


class Source(models.TextChoices):
    FORM = "form", "Form"
    IMPORT = "import", "Import"
    SELF = "self", "Self-report"
    DEMO = "demo", "Invented"


class Entry(AppendOnlyModel):
    """One event of a person's record, exactly as it was entered. Written once; see ``entries.append``.

    ``payload`` is the event as canonical JSON text without id, corrects and entered, which are columns here. ``sealed``
    is a hash of salt and payload, and ``hash`` one of all that must never change (``chain``), with that of the entry
    before in it. An erased entry keeps both, and has neither payload nor salt nor day any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    day = models.DateField(null=True)
    payload = models.TextField()
    entered_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="entries")
    source = models.CharField(max_length=10, choices=Source)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    salt = models.CharField(max_length=32)
    sealed = models.CharField(max_length=HEX)
    previous = models.CharField(max_length=HEX)
    hash = models.CharField(max_length=HEX)

    objects = AppendOnlyQuerySet["Entry"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "sequence"], name="sequence_unique_per_person"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="source_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        """As Django makes it, without asking the fields one by one: a page reads hundreds, a proof millions."""
        made = cls.__new__(cls)
        made.__dict__.update(zip(field_names, values, strict=True))
        made._state = ModelState()
        made._state.adding, made._state.db = False, db
        return made

    @property
    def ref(self) -> str:
        """The id of the event that it makes, in the record."""
        return str(self.pk)

    @property
    def erased(self) -> bool:
        """Whether its payload is gone for good."""
        return self.kind == ERASED


class Erasure(AppendOnlyModel):
    """That two administrators erased the payload of an entry, and why: the only thing that lets the database do it."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="erasure")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    objects = AppendOnlyQuerySet["Erasure"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("confirmed_by")), name="two_administrators"),
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"


class Submission(AppendOnlyModel):
    """A form that was saved: sent again, it writes nothing more. ``key`` came with the form."""

    key = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    entries = models.JSONField()

    objects = AppendOnlyQuerySet["Submission"].as_manager()

    def __str__(self) -> str:
        return self.key
