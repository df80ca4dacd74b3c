"""An answer's numbers as they are written, once for the words, the picture and the table alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from natalizumab.clinic.simulator import phrases
from natalizumab.clinic.simulator.phrases import Phrases

if TYPE_CHECKING:
    from natalizumab.clinic.simulator.answer import Answer, Estimate

PEOPLE = 1000
"""Frequencies are said of so many people."""

CLEAR = 2.0
"""Monte Carlo errors beyond which a difference is more than chance among virtual people."""

PML = "pml_per_1000"


@dataclass(frozen=True)
class Outcome:
    """``factor`` turns a mean per person into what is shown; ``decimals`` None: by size. Without ``phrases`` it stands
    in the table alone.
    """

    key: str
    label: str
    unit: str
    factor: float = 1.0
    decimals: int | None = None
    phrases: Phrases | None = None


def _of_people(key: str, label: str, phrases: Phrases | None = None) -> Outcome:
    return Outcome(key, label, f"of {PEOPLE:,} people", PEOPLE, 0, phrases)


OUTCOMES = (
    Outcome("relapses", "Relapses", f"in {PEOPLE:,} people", PEOPLE, 0, phrases.RELAPSES),
    _of_people("progression", "People whose disability gets worse and stays so", phrases.WORSE),
    _of_people("neida", "People without a relapse or a new lesion (NEIDA)", phrases.WITHOUT),
    _of_people("neda_3", "The same, and no worsening (NEDA-3)"),
    Outcome(PML, "Cases of PML to be expected", f"in {PEOPLE:,} people", phrases=phrases.PML),
    Outcome("doses", "Doses", "per person", decimals=1, phrases=phrases.DOSES),
    Outcome("chair_hours", "Hours in the chair", "per person", decimals=0),
    Outcome("reactions", "Hypersensitivity reactions", f"in {PEOPLE:,} people", PEOPLE, 0),
    Outcome("new_t2", "New or enlarging T2 lesions", "per person", decimals=2),
    Outcome("brain_volume", "Change of brain volume", "per cent", decimals=2),
    Outcome("trough", "Level before the last dose", "mg/L", decimals=1),
)
"""What is shown, the gravest first."""


@dataclass(frozen=True)
class Number:
    """A number with its Monte Carlo error and its range, all written; empty where there is none."""

    value: float
    said: str
    error: str
    around: str


@dataclass(frozen=True)
class Line:
    """One outcome of one strategy; ``apart`` is its difference from the first, None for the first itself."""

    outcome: Outcome
    strategy: str
    itself: Number
    apart: Number | None
    ends: tuple[float, float] | None
    words: str
    apart_words: str


def lines(answer: Answer) -> list[list[Line]]:
    """By outcome, and within it by strategy."""
    return [_row(answer, outcome) for outcome in OUTCOMES]


def _row(answer: Answer, outcome: Outcome) -> list[Line]:
    decimals = outcome.decimals if outcome.decimals is not None else _decimals(answer, outcome)
    found = []
    for one in answer.question.chosen:
        where = (one.key, outcome.key)
        itself = _number(answer.itself[where], outcome, decimals)
        apart = _difference(answer.difference, where, outcome, decimals)
        ends = answer.itself[where].around
        scaled = (ends[0] * outcome.factor, ends[1] * outcome.factor) if ends else None
        words = outcome.phrases.count(itself.said) if outcome.phrases else ""
        beside = answer.difference.get(where)
        said = _apart_words(outcome, outcome.phrases, beside, decimals) if beside and outcome.phrases else ""
        found.append(Line(outcome, one.words, itself, apart, scaled, words, said))
    return found


def _difference(
    found: Mapping[tuple[str, str], Estimate], where: tuple[str, str], outcome: Outcome, decimals: int
) -> Number | None:
    return _number(found[where], outcome, decimals, signed=True) if where in found else None


def _decimals(answer: Answer, outcome: Outcome) -> int:
    """One where there is a whole case among so many people, and two below."""
    most = max(answer.itself[one.key, outcome.key].mean for one in answer.question.chosen)
    return 1 if most * outcome.factor >= 1 else 2


def _number(estimate: Estimate, outcome: Outcome, decimals: int, *, signed: bool = False) -> Number:
    factor = outcome.factor
    ends = estimate.around
    low, high = (written(end * factor, decimals, signed=signed) for end in ends or (0.0, 0.0))
    error = estimate.error * factor
    least = 10.0 ** -(decimals + 1)
    small = f"below {least:g}" if 0 < error < least else f"{error:,.{decimals + 1}f}"
    mean = estimate.mean * factor
    return Number(
        mean, written(mean, decimals, signed=signed), small if error else "0", f"{low} to {high}" if ends else ""
    )


def written(number: float, decimals: int, *, signed: bool = False) -> str:
    """With a real minus sign, never as minus nought; ``signed``: with a plus too."""
    text = f"{abs(number):,.{decimals}f}"
    if not float(text.replace(",", "")):
        return text
    return f"{'−' if number < 0 else '+' if signed else ''}{text}"


def _apart_words(outcome: Outcome, phrases: Phrases, beside: Estimate, decimals: int) -> str:
    """How much more or fewer than the first strategy, or that there is no telling."""
    mean, error = beside.mean * outcome.factor, beside.error * outcome.factor
    said = written(abs(mean), decimals)
    if not float(said.replace(",", "")) or abs(mean) <= CLEAR * error:
        return phrases.unclear if error > abs(mean) / CLEAR else phrases.none
    whole = phrases.apart(said, mean > 0)
    if not beside.around:
        return whole
    low, high = (end * outcome.factor for end in beside.around)
    if low < 0 < high and written(low, decimals).startswith("−"):
        return f"{whole}, though the model leaves open which has more"
    near, far = sorted((abs(low), abs(high)))
    return f"{whole} ({written(near, decimals)} to {written(far, decimals)})"
