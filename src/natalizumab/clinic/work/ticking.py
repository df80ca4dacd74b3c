"""The loop beside the pages: works out what went stale, some rows at a time, claimed so that nobody does it twice."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from natalizumab.clinic.models import Work
from natalizumab.clinic.projection import add_rows, lock, people_without_rows, remake, to_make

AT_ONCE = 50
"""So many rows are claimed at a time; a page that wants one of them waits no longer than these take."""

CLAIM = timedelta(minutes=2)
"""After so long a claim counts for nothing: whoever made it was killed."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """How many rows a tick worked out, and how many wait still."""

    made: int
    waiting: int


def tick(on: date, at: datetime, most: int = AT_ONCE) -> Ticked:
    """Claim up to ``most`` stale rows of any clinic and work them out."""
    add_rows(people_without_rows())
    mine = claim(on, at, most)
    made = work_out(mine, on) if mine else 0
    return Ticked(made, waiting(on))


def waiting(on: date) -> int:
    """How many rows are stale on a day, or would be put in other words."""
    return Work.objects.filter(to_make(on)).count()


def claim(on: date, at: datetime, most: int = AT_ONCE) -> UUID | None:
    """Mark stale rows as mine; None where there is none, or others have them all.

    The update asks again whether each is free: of two ticks that chose the same rows, one gets each.
    """
    free = Q(claim=None) | Q(claimed_until__lte=at)
    # The stale first, then those that only want other words, each by how soon the day is over.
    chosen = list(
        Work.objects.filter(to_make(on) & free).order_by("valid_until", "pk").values_list("pk", flat=True)[:most]
    )
    mine = uuid.uuid4()
    taken = Work.objects.filter(free, pk__in=chosen).update(claim=mine, claimed_until=at + CLAIM) if chosen else 0
    return mine if taken else None


def work_out(mine: UUID, on: date) -> int:
    """Work out the rows that I claimed and still hold; writing them ends the claim."""
    with transaction.atomic():
        held = Work.objects.filter(to_make(on), claim=mine).values_list("pk", flat=True)
        made = len(remake(lock(list(held)), on))
        Work.objects.filter(claim=mine).update(claim=None, claimed_until=None)
    return made


def until_done(on: Callable[[], date], at: Callable[[], datetime], said: Callable[[Ticked], None] | None = None) -> int:
    """Tick until nothing waits, or nothing more can be claimed; how many rows were worked out."""
    total = 0
    while True:
        done = tick(on(), at())
        total += done.made
        if said:
            said(done)
        if not done.waiting or not done.made:
            return total
