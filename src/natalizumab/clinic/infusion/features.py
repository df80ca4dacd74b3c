"""What may be seen in a reaction, from the vocabulary, and what to think of and do when it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from natalizumab.care.triage import Danger, danger, think_of
from natalizumab.clinic.entering.proposed import as_listed, listed
from natalizumab.evidence import vocabulary


@dataclass(frozen=True)
class Group:
    """Features that weigh alike. ``folded``: it stands behind a line that opens."""

    title: str
    names: tuple[str, ...]
    folded: bool


@cache
def groups() -> tuple[Group, ...]:
    """What alone makes a reaction hypersensitivity, what may belong to one, and all else."""
    terms = vocabulary("features").terms
    sure = tuple(term.name for term in terms if term.attributes.get("hypersensitivity"))
    unclear = tuple(term.name for term in terms if term.attributes.get("unclear"))
    other = tuple(term.name for term in terms if term.name not in {*sure, *unclear})
    return (
        Group("Any of these makes it hypersensitivity", sure, folded=False),
        Group("These may belong to hypersensitivity", unclear, folded=False),
        Group("Others", other, folded=True),
    )


def written(text: str) -> list[str]:
    """What was written between commas, semicolons or line ends; a listed name in any language as the list has it."""
    for mark in ";\n":
        text = text.replace(mark, ",")
    return [as_listed(listed("features"), part.strip()) for part in text.split(",") if part.strip()]


def at_once() -> Danger:
    """What to do about any reaction to a dose."""
    return danger("hypersensitivity")


def to_think_of(features: Iterable[str]) -> tuple[Danger, ...]:
    """The dangers that the features suggest, gravest first."""
    return think_of(features).dangers
