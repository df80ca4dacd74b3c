"""A thousand people as dots: how many of them a published figure speaks of."""

from __future__ import annotations

import math
from dataclasses import dataclass

PEOPLE = 1000
COLUMNS = 40
SPACING = 10


@dataclass(frozen=True)
class Dot:
    """The centre of one person's dot."""

    x: int
    y: int


@dataclass(frozen=True)
class Pictogram:
    """``whole`` people are filled dots; ``part``, what is left of a figure below a whole person, is a ring."""

    per_1000: float
    whole: list[Dot]
    part: Dot | None

    width = COLUMNS * SPACING
    height = PEOPLE // COLUMNS * SPACING


def pictogram(per_1000: float) -> Pictogram:
    """The dots for a figure per 1,000 people."""
    whole = math.floor(per_1000)
    return Pictogram(per_1000, [_dot(place) for place in range(whole)], _dot(whole) if whole < per_1000 else None)


def _dot(place: int) -> Dot:
    row, column = divmod(place, COLUMNS)
    return Dot(column * SPACING + SPACING // 2, row * SPACING + SPACING // 2)
