"""The upright axes of the charts: concentration, linear or logarithmic, and shares."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from natalizumab.pharmacology import look
from natalizumab.pharmacology.drawing import altair

STEPS = 5
"""An axis has about so many steps."""

SHARE_TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
LOG_TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Where a logarithmic axis has its labels. It begins at the first: no assay is asked for less."""


@dataclass(frozen=True, slots=True)
class Scale:
    """An upright axis: its title, its ends in the data's unit, how its labels are written and where they stand.

    ``height`` is in pixels.
    """

    title: str
    lowest: float
    highest: float
    form: str
    ticks: tuple[float, ...]
    log: bool = False
    height: int = look.HEIGHT

    def y(self, field: str) -> Any:
        """Altair's encoding of a field on this axis."""
        alt = altair()
        ticks = list(self.ticks)
        axis = alt.Axis(format=self.form, values=ticks, minExtent=look.AXIS_WIDTH, **look.UPRIGHT_TITLE)
        ends = alt.Scale(domain=[self.lowest, self.highest], nice=False, type="log" if self.log else "linear")
        return alt.Y(field, type="quantitative", title=self.title, scale=ends, axis=axis)

    def drawable(self, number: float) -> float:
        """The number, or where a logarithmic axis has no place for it, one a little below its end."""
        return max(number, self.lowest / 2) if self.log else number

    def apart(self, values: Sequence[float]) -> list[float]:
        """Where to write the labels of these values, lowest first, so that none covers another."""
        wanted = [self._pixel(value) for value in values]
        places: list[float] = []
        for pixel in wanted:
            places.append(max(pixel, places[-1] + look.LINE_HEIGHT) if places else pixel)
        # Pushed up from the lowest; half of the push goes to those that stayed.
        risen = sum(places) - sum(wanted)
        return [self._value(place - risen / len(values)) for place in places]

    def _pixel(self, value: float) -> float:
        """Its distance from the axis's lower end."""
        low, high, here = (self._along(number) for number in (self.lowest, self.highest, value))
        return (here - low) / (high - low) * self.height

    def _value(self, pixel: float) -> float:
        low, high = self._along(self.lowest), self._along(self.highest)
        place = low + pixel / self.height * (high - low)
        return math.exp(place) if self.log else place

    def _along(self, value: float) -> float:
        return math.log(max(value, self.lowest)) if self.log else value


def concentration_scale(numbers: Iterable[float], log: bool, height: int = look.HEIGHT) -> Scale:
    """An axis in mg/L that has room for the largest of the numbers."""
    largest = max(numbers, default=0.0)
    title = "concentration, mg/L"
    if log:
        highest = 1.3 * max(largest, 10 * LOG_TICKS[0])
        ticks = tuple(tick for tick in LOG_TICKS if tick <= highest)
        return Scale(title, LOG_TICKS[0], highest, ".4~r", ticks, log=True, height=height)
    ticks = _round_steps(largest or 1.0)
    return Scale(title, 0.0, ticks[-1], ".4~r", ticks, height=height)


def share_scale(title: str, height: int = look.HEIGHT, highest: float = 1.0) -> Scale:
    """An axis from nil to 100 %; ``highest`` above 1 leaves room for labels."""
    return Scale(title, 0.0, highest, ".0%", SHARE_TICKS, height=height)


def _round_steps(largest: float) -> tuple[float, ...]:
    """From nil in steps of 1, 2, 2.5 or 5 (or ten times that, and so on) to just above the largest."""
    rough = largest / STEPS
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * part for part in (1, 2, 2.5, 5, 10) if size * part >= rough)
    return tuple(step * number for number in range(math.ceil(largest / step) + 1))
