"""A thousand people as dots: how many of them the published figure speaks of."""

from __future__ import annotations

import math
from dataclasses import dataclass

PEOPLE = 1000
COLUMNS = 50
SPACING = 10


@dataclass(frozen=True)
class Dot:
    x: int
    y: int


@dataclass(frozen=True)
class Pictogram:
    """``within`` are the people of the coming year, ``beyond`` the further ones up to the end of this stage.

    ``part`` is a last dot for less than a whole person, drawn as a ring.
    """

    within: list[Dot]
    beyond: list[Dot]
    part: Dot | None

    @property
    def width(self) -> int:
        return COLUMNS * SPACING

    @property
    def height(self) -> int:
        return PEOPLE // COLUMNS * SPACING


def pictogram(per_1000: float, cumulative: float) -> Pictogram:
    """The dots for an annual and a cumulative figure per 1,000; the annual ones lie inside the cumulative ones."""
    within, beyond = math.floor(per_1000), math.floor(max(cumulative, per_1000))
    part = _dot(beyond) if beyond < max(cumulative, per_1000) else None
    return Pictogram(
        within=[_dot(position) for position in range(within)],
        beyond=[_dot(position) for position in range(within, beyond)],
        part=part,
    )


def _dot(position: int) -> Dot:
    row, column = divmod(position, COLUMNS)
    return Dot(column * SPACING + SPACING // 2, row * SPACING + SPACING // 2)
