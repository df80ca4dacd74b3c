"""What every event has, whatever its kind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, cached_property
from typing import Annotated, Any, get_args

import msgspec

from natalizumab.record.limits import FreeText, Name
from natalizumab.record.moments import (
    DAY_PATTERN,
    INSTANT_PATTERN,
    YEARS_ALLOWED,
    day_of,
    in_years,
    read_instant,
    read_moment,
)
from natalizumab.record.words import shown

Moment = Annotated[str, msgspec.Meta(pattern=f"^({DAY_PATTERN}|{INSTANT_PATTERN})$")]
Instant = Annotated[str, msgspec.Meta(pattern=f"^{INSTANT_PATTERN}$")]

_NOT_CONTENT = ("id", "note", "entered")
_LAST = ("planned", "corrects", "entered", "note")


class Impossible(ValueError):
    """A value that contradicts the rest of its event: the field, and what is wrong with it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
    dict=True,
):
    """Something that happened to a person, or is planned. All fields but ``on`` and the kind's own may be unknown.

    ``on_text`` and ``entered_text`` hold the moment exactly as written ("Z" stays "Z"); ``on``, ``day`` and
    ``entered`` are what they mean.
    """

    on_text: Moment = msgspec.field(name="on")
    id: Name | None = None
    note: FreeText | None = None
    planned: bool | None = None
    corrects: Name | None = None
    entered_text: Instant | None = msgspec.field(name="entered", default=None)

    def __post_init__(self) -> None:
        # What every question about a record asks of every event is kept beside the fields, read once.
        known = self.__dict__
        known["kind"] = self.__struct_config__.tag
        known["on"] = on = self._read("on", self.on_text, read_moment)
        known["day"] = day_of(on)
        known["entered"] = self._read("entered", self.entered_text, read_instant) if self.entered_text else None
        if self.id is not None:
            known["ref"] = self.id
        for name in _dates(type(self)):
            value = getattr(self, name)
            if value is not None and not in_years(value):
                raise Impossible(name, f'"{value}" {YEARS_ALLOWED}')
        self.check()

    def check(self) -> None:
        """Raise Impossible where fields of one event contradict each other."""

    def _read(self, field: str, value: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(value)
        except ValueError as error:
            raise Impossible(field, f"{shown(str(value))} {error}") from None

    @cached_property
    def kind(self) -> str:
        """The kind as written in the record, for example "dose"."""
        return str(self.__struct_config__.tag)

    @cached_property
    def on(self) -> date | datetime:
        """The date, or date-time with its offset."""
        return read_moment(self.on_text)

    @cached_property
    def day(self) -> date:
        """The date that was written, never converted to another zone."""
        return day_of(self.on)

    @property
    def at(self) -> datetime | None:
        """The instant, or None where only the day is known."""
        return self.on if isinstance(self.on, datetime) else None

    @cached_property
    def entered(self) -> datetime | None:
        """When it became known; None where nobody said."""
        return read_instant(self.entered_text) if self.entered_text else None

    @cached_property
    def ref(self) -> str:
        """The event's id, or one derived from its content: the same wherever it stands, with or without a note."""
        if self.id is not None:
            return self.id
        text = json.dumps(self._content(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return f"{self.kind}-{self.day}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"

    def fields(self) -> dict[str, Any]:
        """What is known of the event as plain values, in the order in which the record is written."""
        known: dict[str, Any] = msgspec.to_builtins(self)
        first: dict[str, Any] = {name: known.pop(name) for name in ("kind", "id", "on") if name in known}
        last = {name: known.pop(name) for name in _LAST if name in known}
        return {**first, **known, **last}

    def _content(self) -> dict[str, Any]:
        """What makes this event this event. 68 and 68.0 are one number; not planned is the same as done."""
        known = {name: value for name, value in self.fields().items() if name not in _NOT_CONTENT}
        if not known.get("planned"):
            known.pop("planned", None)
        whole = {k: int(v) for k, v in known.items() if isinstance(v, float) and v.is_integer()}
        return {**known, **whole}


@cache
def _dates(kind: type[Event]) -> tuple[str, ...]:
    """The fields of a kind that hold a date."""
    found = msgspec.structs.fields(kind)
    return tuple([field.name for field in found if field.type is date or date in get_args(field.type)])


def not_before(event: Event, field: str, end: date | None) -> None:
    """Refuse an end that lies before the event's own day."""
    if end is not None and end < event.day:
        raise Impossible(field, f'"{end}" is before the event itself ({event.day})')


def not_planned(event: Event, why: str) -> None:
    """Refuse ``planned`` for what can't be intended: a fact hidden as a plan would count for nothing."""
    if event.planned:
        raise Impossible("planned", f"true is not allowed for {event.kind}: {why}")
