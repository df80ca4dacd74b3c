"""What was seen in a clinic, held against what was published: never more certain than the numbers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from natalizumab.clinic.vigilance.intervals import count_interval, share_interval
from natalizumab.evidence import Value

EXPECTED = "expected"
"""The unit of a signal that is a number of cases beside the number expected."""

HELD, MORE, FEWER = "held", "more", "fewer"

_WHOLE_FROM, _TWO_PLACES_BELOW = 10, 1


def figure(number: float) -> str:
    """No more exact than it is: 0.42, 3.9, 24."""
    if number == 0 or number >= _WHOLE_FROM:
        return f"{number:.0f}"
    return f"{number:.2f}" if number < _TWO_PLACES_BELOW else f"{number:.1f}"


@dataclass(frozen=True, slots=True)
class Measured:
    """``cases`` of ``base`` people, person-years, or expected cases; ``seen``, ``low``, ``high`` in the unit told."""

    cases: int
    base: float
    seen: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Held:
    """A published figure (``low`` and ``high`` where it is a range), and where it lies: inside our interval, or not.

    ``place`` is what the clinic has: as published as far as one can tell (``held``), ``more`` or ``fewer``.
    """

    said: str
    low: float
    high: float
    place: str
    status: str
    sources: Sequence[str] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One signal as it stands: what was seen, and every published figure beside it.

    ``of_all``: how many people there are among whom the cases are at least so many, where not all were asked.
    """

    slug: str
    title: str
    unit: str
    measured: Measured
    published: Sequence[Held]
    means: str
    doubts: str
    among: str
    of_all: int | None = None


def share(cases: int, people: int) -> Measured:
    """Percent of people."""
    if people == 0:
        return Measured(cases, people, None, None, None)
    low, high = share_interval(cases, people)
    return Measured(cases, people, 100 * cases / people, 100 * low, 100 * high)


def rate(cases: int, years: float, per: float) -> Measured:
    """Cases in so many person-years."""
    if years <= 0:
        return Measured(cases, years, None, None, None)
    low, high = count_interval(cases)
    return Measured(cases, years, per * cases / years, per * low / years, per * high / years)


def count(cases: int, expected: float) -> Measured:
    """Cases beside the number that published figures let expect."""
    low, high = count_interval(cases)
    return Measured(cases, expected, float(cases), low, high)


def place(measured: Measured, low: float, high: float) -> str:
    """Whether the clinic's interval and the published figure (or range) meet."""
    if measured.low is None or measured.high is None or (measured.low <= high and low <= measured.high):
        return HELD
    return FEWER if low > measured.high else MORE


def held(measured: Measured, figure: Value, said: str) -> Held:
    """A value of the evidence beside what was measured in the same unit."""
    low, high = figure.value if isinstance(figure.value, list) else (figure.value, figure.value)
    where = place(measured, low, high)
    notes = tuple(filter(None, (figure.about, figure.note)))
    return Held(said, low, high, where, figure.status, figure.sources, notes)
