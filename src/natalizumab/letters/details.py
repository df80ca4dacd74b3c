"""Who writes: what stands at the head of a letter and whom to call. Without it a letter can be looked at, not sent."""

from __future__ import annotations

from dataclasses import dataclass, fields

WORDS = {
    "name": "the clinic's name",
    "address": "the clinic's address",
    "phone": "the clinic's telephone number",
    "emergency": "whom to call in an emergency, in words",
    "sender": "who signs: name and profession",
}
"""By field, what it is; all of them are needed."""


@dataclass(frozen=True, slots=True)
class ClinicDetails:
    """A clinic's letterhead; ``address`` and ``sender`` may have several lines."""

    name: str = ""
    address: str = ""
    phone: str = ""
    emergency: str = ""
    sender: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """What is not there yet, in words."""
        return tuple(WORDS[field.name] for field in fields(self) if not getattr(self, field.name).strip())
