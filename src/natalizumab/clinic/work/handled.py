"""What people did with a thing to do, as the worklist keeps it: who owns it, whether it is ordered, until when put off.

Only the newest of the history counts; it is kept beside a person's row as plain JSON by the thing's key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from natalizumab.clinic.models import Handling


@dataclass(frozen=True, slots=True)
class Handled:
    """The state of one thing; ``number`` is that of its newest entry in the history, 0 before the first."""

    number: int = 0
    owner: int | None = None
    owner_name: str = ""
    ordered_on: date | None = None
    reference: str = ""
    snoozed_until: date | None = None
    snooze_reason: str = ""

    def snoozed(self, on: date) -> bool:
        """Whether it is put off on that day."""
        return self.snoozed_until is not None and on < self.snoozed_until

    def plain(self) -> dict[str, Any]:
        """As JSON, without what is not known."""
        found = asdict(self)
        days = {name: day.isoformat() for name in ("ordered_on", "snoozed_until") if (day := found[name])}
        return {name: value for name, value in (found | days).items() if value}


NOTHING = Handled()


def from_plain(known: dict[str, Any]) -> Handled:
    """The state that ``plain`` wrote."""
    days: dict[str, Any] = {
        name: date.fromisoformat(known[name]) for name in ("ordered_on", "snoozed_until") if name in known
    }
    return Handled(**{**known, **days})


def state_of(row: Handling) -> Handled:
    """What an entry of the history says."""
    name = row.owner.get_full_name() or row.owner.username if row.owner else ""
    own = {field.name: getattr(row, field.name) for field in fields(Handled) if hasattr(row, field.name)}
    return Handled(**(own | {"owner": row.owner_id, "owner_name": name}))


def newest(rows: Iterable[Handling]) -> dict[str, dict[str, Any]]:
    """From a person's history in the order of its numbers: by key, what counts now, as JSON."""
    return {row.key: state_of(row).plain() for row in rows}
