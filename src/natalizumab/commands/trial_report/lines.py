"""What a trial found, as a reader wants it: per 100 people or in per cent, no more digits than chance lets stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from natalizumab.cohort import WHAT, Found, Row, rows
from natalizumab.commands.trial_report.words import capital

PEOPLE = (100, "per 100 people")
SHARE = (100, "%")
PERSON = (1, "per person")

SHOWN = {
    **dict.fromkeys(("new_t2", "contrast", "new_contrast", "relapses", "progression", "reactions"), PEOPLE),
    **dict.fromkeys(("neida", "neda_3"), SHARE),
    **dict.fromkeys(("doses", "chair_hours", "cost"), PERSON),
}
"""By how much a mean is multiplied, and what it is then; any other outcome stands as it is, and says its own unit."""

NORMAL_95 = 1.96
"""So many standard deviations on both sides hold 95 % of a normal distribution."""

ERROR_DIGITS, MEAN_DIGITS, MOST_DECIMALS = 2, 4, 6


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome of one arm, or its difference from the first: the mean with its Monte Carlo error (one standard
    deviation), and its range over sets of parameters.
    """

    arm: str
    outcome: str
    difference: bool
    mean: float
    error: float
    range: tuple[float, float] | None
    decimals: int

    @property
    def label(self) -> str:
        """The outcome, with its unit."""
        return label(self.outcome)

    @property
    def chance(self) -> tuple[float, float]:
        """The Monte Carlo interval of 95 %."""
        return self.mean - NORMAL_95 * self.error, self.mean + NORMAL_95 * self.error

    @property
    def known(self) -> bool:
        """Whether anybody took part."""
        return math.isfinite(self.mean)

    def number(self, number: float, *, signed: bool = False) -> str:
        """A number of this line, as exact as it deserves; a dash where nobody took part."""
        if not math.isfinite(number):
            return "–"
        text = f"{abs(number):,.{self.decimals}f}"
        if not text.strip("0.,"):
            return text
        return f"{'−' if number < 0 else '+' if signed else ''}{text}"

    def span(self, ends: tuple[float, float] | None, *, signed: bool = False) -> str:
        """Both ends of an interval of this line, or one number where they are the same."""
        if ends is None or not all(map(math.isfinite, ends)):
            return "–"
        return " to ".join(dict.fromkeys(self.number(end, signed=signed) for end in ends))

    @property
    def told_error(self) -> str:
        """The Monte Carlo error."""
        return self.number(self.error)


def label(outcome: str) -> str:
    """An outcome's name and unit."""
    unit = SHOWN.get(outcome, (1, ""))[1]
    return capital(f"{WHAT[outcome]}, {unit}" if unit else WHAT[outcome])


def lines(found: Found) -> tuple[Line, ...]:
    """In the order of ``cohort.rows``; what stands below each other in a table has as many decimals."""
    every = list(rows(found))
    return tuple(_line(row, _decimals([one for one in every if _kind(one) == _kind(row)])) for row in every)


def _kind(row: Row) -> tuple[str, bool]:
    return row.outcome, row.difference


def by_outcome(every: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The lines of each outcome, under its label."""
    for outcome in dict.fromkeys(line.outcome for line in every):
        yield label(outcome), [line for line in every if line.outcome == outcome]


def _line(row: Row, decimals: int) -> Line:
    times = _times(row)
    around = (times * row.ensemble[0], times * row.ensemble[1]) if row.ensemble else None
    mean, error = times * row.average.mean, times * row.average.error
    return Line(row.arm, row.outcome, row.difference, mean, error, around, decimals)


def _times(row: Row) -> int:
    return SHOWN.get(row.outcome, (1, ""))[0]


def _decimals(alike: Sequence[Row]) -> int:
    """So many that the largest error shows two digits, or the largest mean four where those would be fewer."""
    errors, means = (
        [_times(row) * abs(number) for row, number in zip(alike, numbers, strict=True) if math.isfinite(number)]
        for numbers in ([row.average.error for row in alike], [row.average.mean for row in alike])
    )
    wanted = [_after_point(max(errors, default=0.0), ERROR_DIGITS), _after_point(max(means, default=0.0), MEAN_DIGITS)]
    return min((number for number in wanted if number is not None), default=0)


def _after_point(number: float, digits: int) -> int | None:
    """How many decimals show so many digits of a number; None for nought."""
    if not number:
        return None
    return min(max(digits - 1 - math.floor(math.log10(number)), 0), MOST_DECIMALS)
