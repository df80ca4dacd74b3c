"""What is kept of each person for the clinic's page, and what they add up to, so that it need not read any record.

Nothing here proves anything: every row can be made again from the entries, and is when they, the day or the rules
change.
"""

from __future__ import annotations

from django.db import models

from natalizumab.clinic.models.accounts import Clinic
from natalizumab.clinic.models.people import Person


class PersonFacts(models.Model):
    """``facts`` (JSON of ``vigilance.shape.Facts``) as they were on ``day``, by the entries up to ``last_sequence``.

    ``erased`` of these entries had been erased. ``made_for`` says under which rules, by which program, and for which
    date of birth and sex; ``shape`` which version of the facts the text holds, for another one can't be read.
    ``signals`` are bits: of which signals the person is a case. ``added`` is what the person added to the clinic's
    tally (JSON, numbers by name), so that exactly that can be taken away. ``Work.counted_for`` says whether it is true
    today.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="counted")
    last_sequence = models.PositiveIntegerField()
    erased = models.PositiveIntegerField()
    day = models.DateField()
    made_for = models.CharField(max_length=200)
    shape = models.PositiveSmallIntegerField()
    signals = models.PositiveIntegerField()
    added = models.TextField()
    facts = models.TextField()

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"


class ClinicTally(models.Model):
    """One number of a clinic: what all rows of ``PersonFacts`` of one shape ``added`` under a name."""

    clinic = models.ForeignKey(Clinic, on_delete=models.CASCADE, related_name="+", db_index=False)
    shape = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    count = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "shape", "name"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
