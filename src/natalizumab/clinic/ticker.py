"""What ``natalizumab tick`` does: everything that waits, of every clinic."""

from __future__ import annotations

from collections.abc import Callable

from natalizumab.clinic import projection
from natalizumab.clinic.clock import now, today
from natalizumab.clinic.models import Clinic
from natalizumab.clinic.vigilance.keeping import refresh_stale
from natalizumab.clinic.work.ticking import Ticked, until_done


def look(say: Callable[[str], None]) -> int:
    """Work out what waits now; how many rows of the worklist."""

    def said(done: Ticked) -> None:
        if done.made:
            say(f"Worked out {done.made}, {done.waiting} waiting.")

    made = until_done(today, now, said)
    for clinic in Clinic.objects.order_by("pk"):
        refresh_stale(clinic, today())
    return made


def rebuild() -> int:
    """Work out everybody's row of the worklist anew, from entries alone; how many."""
    return projection.rebuild(today())
