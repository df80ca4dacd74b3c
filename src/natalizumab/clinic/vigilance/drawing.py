"""Places and lengths for the pictures of the clinic's page. The numbers stand in tables beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from natalizumab.clinic.vigilance.adding_up import Month
from natalizumab.clinic.vigilance.measuring import Measured, Result
from natalizumab.clinic.vigilance.signals import PERCENT

HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a picture."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A label at a place along an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One kind of test by month: the line, its points, and published audits at the right."""

    kind: str
    title: str
    last: str
    words: str
    line: str
    points: Sequence[Point]
    audits: Sequence[Mark]
    across: Sequence[Mark]
    up: Sequence[Mark]

    width, height = 340, 150
    left, right, top, bottom = 34, 242, 12, 122


@dataclass(frozen=True, slots=True)
class Whisker:
    """What was seen with its interval, and the published figures, on one line from nought."""

    low: float
    high: float
    seen: float
    published: Sequence[tuple[float, float]]
    end: str

    width, height = 300, 58
    left, right = 78, 286


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a row of a table, 0 to 100, with its interval where it has one."""

    length: float
    low: float | None = None
    high: float | None = None

    @property
    def width(self) -> float | None:
        return None if self.low is None or self.high is None else round(self.high - self.low, 1)


def panel(kind: str, title: str, months: Sequence[Month], audits: Sequence[tuple[float, str]]) -> Panel | None:
    """None where nobody was on treatment in any of the months."""
    there = [(place, month) for place, month in enumerate(months) if month.treated]
    if not there:
        return None
    shares = [HUNDRED * month.in_time[kind] / month.treated for _, month in there]
    points = [Point(_month_at(place, len(months)), _up(share)) for (place, _), share in zip(there, shares, strict=True)]
    first, last = there[0][1].day, there[-1][1].day
    return Panel(
        kind=kind,
        title=title,
        last=f"{shares[-1]:.0f} %",
        words=f"{title}: from {shares[0]:.0f} % in {_name(first)} to {shares[-1]:.0f} % in {_name(last)}, between "
        f"{min(shares):.0f} and {max(shares):.0f} %",
        line="M" + "L".join(f"{point.x:g},{point.y:g}" for point in points),
        points=points,
        audits=[Mark(_up(share), f"{text} {share:.0f} %".replace("< ", "<")) for share, text in audits],
        across=_names(months),
        up=[Mark(_up(share), f"{share:.0f} %") for share in (0.0, HUNDRED / 2, HUNDRED)],
    )


def _names(months: Sequence[Month]) -> list[Mark]:
    """The first, the middle and the last month."""
    places = sorted({0, (len(months) - 1) // 2, len(months) - 1})
    return [Mark(_month_at(place, len(months)), _name(months[place].day)) for place in places]


def _name(day: date) -> str:
    return date_format(day, "SHORT_MONTH")


def _month_at(place: int, count: int) -> float:
    return round(Panel.left + 10 + (Panel.right - Panel.left - 20) * place / max(count - 1, 1), 1)


def _up(share: float) -> float:
    return round(Panel.bottom - (Panel.bottom - Panel.top) * share / HUNDRED, 1)


def whisker(found: Result) -> Whisker | None:
    """None where nothing can be said yet."""
    measured = found.measured
    if measured.low is None or measured.high is None or measured.seen is None:
        return None
    most = _end(max([measured.high, *(one.high for one in found.published)]))
    if found.unit == PERCENT:
        most = min(most, HUNDRED)
    return Whisker(
        low=_along(measured.low, most),
        high=_along(measured.high, most),
        seen=_along(measured.seen, most),
        published=[(_along(one.low, most), _along(one.high, most)) for one in found.published],
        end=f"{most:g}{' %' if found.unit == PERCENT else ''}",
    )


def _along(number: float, most: float) -> float:
    return round(Whisker.left + (Whisker.right - Whisker.left) * number / most, 1)


def _end(number: float) -> float:
    """A round number a little above."""
    step = 10.0 ** (len(str(int(number))) - 1) if number >= 1 else 0.1
    return round((number // step + 1) * step, 10)


def bar(number: int, of: int) -> Bar:
    """A part of a whole, as long as its share."""
    return Bar(round(HUNDRED * number / of, 1) if of else 0.0)


def interval_bar(measured: Measured, most: float) -> Bar | None:
    """A share with its interval, where ``most`` (in percent) fills the row."""
    if measured.seen is None or measured.low is None or measured.high is None:
        return None
    length, low, high = (
        min(HUNDRED, round(HUNDRED * part / most, 1)) for part in (measured.seen, measured.low, measured.high)
    )
    return Bar(length, low, high)
