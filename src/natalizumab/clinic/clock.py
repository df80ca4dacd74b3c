"""Which day it is for the clinic. Web views ask here and hand the day down; nothing below has a clock."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment: when an entry is made."""
    return timezone.now()


def today() -> date:
    """Today in the clinic's time zone, or the day that the demo was told to show."""
    chosen: date | None = settings.NATALIZUMAB_ON
    return chosen or timezone.localdate()


def moment() -> datetime:
    """This moment in the clinic's time zone, on the day that ``today`` says: what a nurse's watch shows."""
    current = timezone.localtime()
    return timezone.make_aware(datetime.combine(today(), current.time().replace(microsecond=0)))
