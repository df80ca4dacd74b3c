"""The places of the bars that show a strategy's numbers: one scale for all strategies, so that lengths compare."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from natalizumab.clinic.simulator.figures import Line

DRAWN = ("relapses", "progression", "neida")
WIDTH, ROW, TOP, THICK = 320.0, 46.0, 18.0, 12.0
CAP = 3.0
ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
SHORT = {
    "relapses": ("Relapses", "fewer is better"),
    "progression": ("Worse disability that stays", "fewer is better"),
    "neida": ("No relapse or new lesion", "more is better"),
}


@dataclass(frozen=True)
class Bar:
    """``y`` is the line of the label; a bar of ``length`` begins below it, with the range from ``low`` to ``high``."""

    label: str
    hint: str
    said: str
    good: bool
    y: float
    top: float
    middle: float
    length: float
    low: float
    high: float
    cap_top: float
    cap_end: float


@dataclass(frozen=True)
class Picture:
    """The bars of one strategy."""

    bars: list[Bar]
    title: str

    width = WIDTH
    height = ROW * len(DRAWN)
    thick = THICK


def pictures(by_outcome: Sequence[Sequence[Line]]) -> list[Picture]:
    """One for each strategy, in their order."""
    rows = [row for row in by_outcome if row[0].outcome.key in DRAWN]
    most = _nice(max(_far(line) for row in rows for line in row))
    return [_picture([row[place] for row in rows], most) for place in range(len(rows[0]))]


def _picture(found: Sequence[Line], most: float) -> Picture:
    bars = [_bar(line, ROW * place + TOP, WIDTH / most) for place, line in enumerate(found)]
    said = "; ".join(f"{line.words}{f', range {line.itself.around}' if line.itself.around else ''}" for line in found)
    return Picture(bars, f"{found[0].strategy}. Of 1,000 people: {said}.")


def _bar(line: Line, y: float, scale: float) -> Bar:
    low, high = line.ends or (line.itself.value, line.itself.value)
    key, top = line.outcome.key, y + 6
    middle = top + THICK / 2
    return Bar(
        *SHORT[key], line.itself.said, key == "neida", y, top, middle,
        round(line.itself.value * scale, 1), round(low * scale, 1), round(high * scale, 1), middle - CAP, middle + CAP,
    )  # fmt: skip


def _far(line: Line) -> float:
    return max(line.itself.value, line.ends[1] if line.ends else 0.0)


def _nice(number: float) -> float:
    """The next round number above, so that a little change of the question does not change every length."""
    step = 10.0 ** math.floor(math.log10(max(number, 1.0)))
    return step * next(times for times in ROUND if times * step >= number)
