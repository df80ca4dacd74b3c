"""The chain of hashes that makes tampering visible: each entry's hash has that of the entry before in it.

It covers a salted hash of each payload, not the payload: so a payload that must be erased can go, and the chain still
holds. SHA-256 over canonical JSON, in UTF-8; what is hashed stands in ``Link``.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST = "0" * 64
"""What stands for the hash before the first."""

VERSION = 1

_written = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def canonical(of: Mapping[str, object]) -> str:
    """The one text of some values: keys sorted, no spaces, numbers as written. Raises ValueError for NaN."""
    return _written(of)


def new_salt() -> str:
    """Random, so that nobody can guess an erased payload from its hash."""
    return secrets.token_hex(16)


def seal(salt: str, payload: str) -> str:
    """The hash of a payload with its salt."""
    return hashlib.sha256(f"{salt}:{payload}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """All of an entry that must never change, as text."""

    id: str
    person: str
    sequence: int
    sealed: str
    entered_at: str
    entered_by: str | None
    source: str
    corrects: str | None
    previous: str

    @property
    def hash(self) -> str:
        """Of all of it."""
        # Each field by its name, as `asdict` takes longer than the hash: loading or proving a clinic asks for millions.
        return hashed(
            {
                "version": VERSION,
                "id": self.id,
                "person": self.person,
                "sequence": self.sequence,
                "sealed": self.sealed,
                "entered_at": self.entered_at,
                "entered_by": self.entered_by,
                "source": self.source,
                "corrects": self.corrects,
                "previous": self.previous,
            }
        )


def moment(at: datetime) -> str:
    """The same text for the same instant, whatever zone it was written in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def day_hash(clinic: str, day: str, heads: Mapping[str, Sequence[object]], previous: str) -> str:
    """The seal of a day: of the ends of a clinic's chains that have moved, and of the seal before."""
    return hashed({"version": VERSION, "clinic": clinic, "day": day, "heads": dict(heads), "previous": previous})


def hashed(of: Mapping[str, object]) -> str:
    """SHA-256 of canonical JSON."""
    return hashlib.sha256(canonical(of).encode()).hexdigest()


def broken_at(links: Sequence[Link], hashes: Sequence[str]) -> int | None:
    """The place of the first link that does not fit the one before, or its own hash; None where all do."""
    before = FIRST
    for place, (link, known) in enumerate(zip(links, hashes, strict=True)):
        if link.previous != before or link.sequence != place + 1 or link.hash != known:
            return place
        before = known
    return None
