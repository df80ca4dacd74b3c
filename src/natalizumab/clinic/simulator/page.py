"""What the simulator's page shows: the form with what was chosen, and an answer in words, pictures and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from natalizumab.clinic.pictogram import Pictogram, pictogram
from natalizumab.clinic.simulator.assumptions import Assumption, assumptions, in_short
from natalizumab.clinic.simulator.figures import PML, Line, lines
from natalizumab.clinic.simulator.picture import Picture, pictures
from natalizumab.clinic.simulator.question import LABELS, Asked, Question, choices
from natalizumab.clinic.simulator.strategies import AT_MOST, strategies

if TYPE_CHECKING:
    from natalizumab.clinic.simulator.answer import Answer

SLOTS = ("First, to compare with", "Second", "Third, if you like")
OFFERED_FIRST = ("iv-standard", "iv-extended")


@dataclass(frozen=True)
class Option:
    """One of a choice."""

    value: str
    word: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A choice of the form; ``optional``: none of them may be chosen."""

    id: str
    name: str
    label: str
    options: list[Option]
    optional: bool = False


@dataclass(frozen=True)
class Card:
    """One strategy of an answer; ``apart`` is empty for the first, with which the others are compared."""

    name: str
    words: list[str]
    apart: list[str]
    picture: Picture
    dots: Pictogram
    pml: str


@dataclass(frozen=True)
class Shown:
    """An answer as the page shows it; ``rows`` are by outcome, and within it by strategy."""

    question: Question
    people: str
    beside: str
    sets: int
    cards: list[Card]
    rows: list[list[Line]]
    assumptions: list[Assumption]
    scenario: Assumption | None


def strategy_fields(asked: Asked) -> list[Field]:
    """As many choices as strategies can be compared; before anything is asked the first two are made."""
    chosen = [*(asked.strategies or OFFERED_FIRST), "", "", ""][:AT_MOST]
    words = {one.key: one.words for one in strategies().values()}
    return [
        Field(f"strategy-{place + 1}", "strategy", label, _options(words, chosen[place]), optional=place == AT_MOST - 1)
        for place, label in enumerate(SLOTS)
    ]


def kind_fields(asked: Asked, names: tuple[str, ...]) -> list[Field]:
    """The other choices of those names."""
    return [Field(name, name, LABELS[name], _options(choices()[name], asked.chosen[name])) for name in names]


def shown(answer: Answer) -> Shown:
    """The answer, its numbers written once for everything."""
    rows = lines(answer)
    cards = [_card([row[place] for row in rows], picture) for place, picture in enumerate(pictures(rows))]
    return Shown(
        answer.question,
        f"{answer.people:,}",
        f"{answer.beside:,}",
        answer.sets,
        cards,
        rows,
        assumptions(answer.question),
        in_short(answer.question),
    )


def _card(found: list[Line], picture: Picture) -> Card:
    (pml,) = (line for line in found if line.outcome.key == PML)
    return Card(
        found[0].strategy,
        [line.words for line in found if line.words],
        [line.apart_words for line in found if line.apart_words],
        picture,
        pictogram(float(pml.itself.said)),
        pml.itself.said,
    )


def _options(words: dict[str, str], chosen: str) -> list[Option]:
    return [Option(value, word, value == chosen) for value, word in words.items()]
