"""Which day it is for the clinic. Web views ask here and hand the day down; nothing below has a clock."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Today in the clinic's time zone, or the day that the demo was told to show."""
    chosen: date | None = settings.NATALIZUMAB_ON
    return chosen or timezone.localdate()
