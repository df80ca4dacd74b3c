"""The lines of a small chart as an SVG wants them: points in a frame. Importing it loads the solver."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from natalizumab.clinic.glance.chain import SHOWN_WEEKS, Chain, Link, Numbers
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK

WIDTH, HEIGHT = 360, 168
LEFT, RIGHT, TOP, BOTTOM = 44, 352, 12, 128
"""The frame within which curves run; the rest is for the words of the axes."""

TICK_WEEKS = 13


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what stands there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart: ``line`` and ``band`` are paths, ``doses`` the places of the doses along the axis of time."""

    line: str
    band: str
    doses: tuple[float, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]

    width, height = WIDTH, HEIGHT
    left, right, top, bottom = LEFT, RIGHT, TOP, BOTTOM


def drawing(chain: Chain, link: Link, top: float, ticks: Iterable[tuple[float, str]]) -> Drawing:
    """A link of the chain from 0 to ``top``, in the link's unit, with ``ticks`` at numbers of that unit."""
    across = _across(link.days.tolist())
    upper, lower = (list(zip(across, _up(ends, top), strict=True)) for ends in (link.high, link.low))
    return Drawing(
        line=_path(zip(across, _up(link.typical, top), strict=True)),
        band=_path([*upper, *reversed(lower)]) + "Z",
        doses=tuple(_across(chain.doses)),
        across=_weeks(),
        up=tuple(Tick(round(_height(number, top), 1), text) for number, text in ticks),
    )


def _weeks() -> tuple[Tick, ...]:
    weeks = range(0, SHOWN_WEEKS + 1, TICK_WEEKS)
    places = _across(week * DAYS_PER_WEEK for week in weeks)
    return tuple(Tick(place, str(week)) for place, week in zip(places, weeks, strict=True))


def _across(days: Iterable[float]) -> list[float]:
    whole = SHOWN_WEEKS * DAYS_PER_WEEK
    return [round(LEFT + (RIGHT - LEFT) * day / whole, 1) for day in days]


def _up(numbers: Numbers, top: float) -> list[float]:
    return [round(_height(number, top), 1) for number in numbers.tolist()]


def _height(number: float, top: float) -> float:
    """From the top of the picture down; what is higher than the frame ends at its edge."""
    return BOTTOM - (BOTTOM - TOP) * min(number / top, 1.0)


def _path(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in points)
