"""The daily seal of every clinic; its head goes into the log, which whoever writes to the database can't change."""

from __future__ import annotations

import logging
from datetime import date

from natalizumab.clinic.auditing import seal_day
from natalizumab.clinic.models import Clinic, SealedDay

_log = logging.getLogger("natalizumab.seal")


def seal_all(day: date) -> list[SealedDay]:
    """Seal the day for every clinic, where it is not sealed yet; all seals of that day."""
    sealed = [seal_day(clinic, day) for clinic in Clinic.objects.order_by("pk")]
    for seal in sealed:
        fields = {"clinic": seal.clinic_id, "day": seal.day.isoformat(), "head": seal.hash, "entries": seal.entries}
        _log.info("sealed", extra={"fields": fields})
    return sealed
