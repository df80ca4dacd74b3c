"""The living picture: the chain as cards with a chart each, two moments with a hundred lymphocytes, and a table.

What is finished is kept, and there are so few pictures that all of them can be: nobody's questions cost much.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from natalizumab.clinic import solver_ready
from natalizumab.clinic.glance.asked import Asked, all_weeks, all_weights
from natalizumab.clinic.kept import Kept

if TYPE_CHECKING:
    from natalizumab.clinic.glance.drawing import Drawing

CROWD, PER_ROW, SPACING = 100, 20, 16
"""So many lymphocytes are drawn on their way to the brain, in rows of so many, each in a square of that side."""

MOST_KEPT = 400
"""More than there are pictures; a test says so."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many of a hundred lymphocytes do one thing: the places of full rows, and of those who stand in one more."""

    count: int

    @property
    def full_height(self) -> int:
        """Of the full rows."""
        return self.count // PER_ROW * SPACING

    @property
    def rest_width(self) -> int:
        """Of the last row, which is not full."""
        return self.count % PER_ROW * SPACING


@dataclass(frozen=True, slots=True)
class Moment:
    """What it is like at one time: of a hundred lymphocytes so many are kept out, and the others come through.

    ``spread``: how many are kept out in nine of ten people.
    """

    id: str
    title: str
    level: float
    covered: float
    kept_out: Crowd
    through: Crowd
    spread: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Card:
    """One link of the chain: ``now`` is what it is just before the next dose, ``basis`` what it was computed with."""

    id: str
    title: str
    now: str
    says: str
    basis: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table as it is written: the typical person's, and the range of nine of ten (may be empty)."""

    label: str
    typical: str
    spread: str


@dataclass(frozen=True, slots=True)
class Row:
    """All links of the chain in one week, just before that week's dose."""

    week: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn and told for one question; ``cards`` lead to the brain, ``sides`` are what comes of it."""

    asked: Asked
    standing: str
    moments: tuple[Moment, Moment]
    cards: tuple[Card, ...]
    sides: tuple[Card, ...]
    rows: tuple[Row, ...]
    could_be: tuple[float, float]


_pictures: Kept[Picture] = Kept(MOST_KEPT)


def picture(asked: Asked, patience_seconds: float) -> Picture | None:
    """The picture; None while the solver is not ready, which is never waited for longer than so many seconds.

    Nor is it drawn where the solver could not be prepared: a stranger's question never compiles anything.
    """
    if not solver_ready.ready(patience_seconds) or not _solver_is_there():
        return None
    return _pictures.get(asked, lambda: _made(asked))


def how_many() -> int:
    """How many pictures there can be."""
    return len(all_weeks()) * len(all_weights()) * 2


def _solver_is_there() -> bool:
    from natalizumab.pharmacology.machine_code import are_linked

    return are_linked("march")


def _made(asked: Asked) -> Picture:
    from natalizumab.clinic.glance import making

    return making.picture(asked)
