"""What the writer of a letter says beside the record: whom it is for, what to leave in, and words at marked places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from natalizumab.errors import Refusal
from natalizumab.languages import ENGLISH, LANGUAGES

KINDS: Mapping[str, str] = {
    "gp": "Letter to the GP",
    "person": "Letter to the person",
    "risk": "Risk discussion at two years",
    "adverse-event": "Adverse event report",
}
"""Every kind of letter, and what it is called."""

LONGEST = 4000
"""Letters that one place takes."""


@dataclass(frozen=True, slots=True)
class Place:
    """A marked place: the writer may add words there, or a tick. Empty, it is left out, or stays a line to fill in."""

    key: str
    label: str
    how: Literal["line", "text", "tick"] = "text"


@dataclass(frozen=True, slots=True)
class Asked:
    """One letter as it was asked for.

    ``name`` and ``number`` are the person's as the letter has them. ``words`` are what the writer typed, by the key of
    its place. ``tell_holds``: the person is told what holds a dose. ``events`` are the references of what is reported.
    ``language`` is the letter's, by its two letters; what the writer typed stays as it is.
    """

    kind: str
    on: date
    name: str
    number: str = ""
    recipient: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    tell_holds: bool = False
    events: tuple[str, ...] = ()
    language: str = ENGLISH

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise Refusal(f"letter: {self.kind!r} is no kind of letter; allowed: {', '.join(KINDS)}")
        if self.language not in LANGUAGES:
            raise Refusal(f"letter: {self.language!r} is no language of letters; allowed: {', '.join(LANGUAGES)}")
        long = [key for key, words in self.words.items() if len(words) > LONGEST]
        if long:
            raise Refusal(f"letter: {', '.join(long)}: at most {LONGEST} characters fit at one place")
