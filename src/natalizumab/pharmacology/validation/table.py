"""All rows of the table, and what becomes of those that rest on a doubtful number when another one is put in its place.

The questions and accepted ranges are those of ``validation`` in the evidence. Nothing is tuned to reach them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from natalizumab.evidence import value
from natalizumab.pharmacology.saturation import curve
from natalizumab.pharmacology.validation import integrin, intravenous, subcutaneous
from natalizumab.pharmacology.validation.adults import Adults
from natalizumab.pharmacology.validation.parallel import Progress
from natalizumab.pharmacology.validation.personal import personal_interval
from natalizumab.pharmacology.validation.row import Row

Question = Callable[[Adults], Sequence[Row]]

QUESTIONS: tuple[Question, ...] = (
    intravenous.peak,
    intravenous.trough,
    intravenous.share_with_enough,
    intravenous.fall,
    intravenous.time_to_steady_state,
    personal_interval,
    integrin.saturation_at_trough,
    integrin.saturation_below_1,
    subcutaneous.first_peak,
    subcutaneous.trough_ratio,
)
"""Rows 1 to 10. Row 11, which needs a posterior for each person, is in ``prediction``."""

CURVES = ("a", "b", "c", "d")

ON_CURVE: tuple[Question, ...] = (integrin.saturation_at_trough, integrin.saturation_below_1)
ON_LEVELS: tuple[Question, ...] = (
    intravenous.peak,
    intravenous.trough,
    intravenous.share_with_enough,
    personal_interval,
    integrin.saturation_below_1,
)
ON_CLEARANCE: tuple[Question, ...] = (
    intravenous.peak,
    intravenous.trough,
    intravenous.share_with_enough,
    intravenous.fall,
    integrin.saturation_at_trough,
)


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number that could be another one: in words, what is assumed then, and which questions depend on it."""

    words: str
    instead: dict[str, Any]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A line of the table under another assumption; ``usual`` is the same line without it."""

    assumption: str
    row: Row
    usual: Row


def rows(adults: Adults, progress: Progress | None = None) -> list[Row]:
    """Rows 1 to 10 for these people."""
    found: list[Row] = []
    for done, question in enumerate(QUESTIONS, start=1):
        found += question(adults)
        if progress:
            progress("rows 1 to 10", done, len(QUESTIONS))
    return found


def variants(adults: Adults, progress: Progress | None = None) -> list[Variant]:
    """The lines that depend on each of the doubtful numbers, with the other choice."""
    others = list(assumptions(len(adults.people)))
    found: list[Variant] = []
    for done, other in enumerate(others, start=1):
        changed = adults.assuming(**other.instead)
        for question in other.questions:
            pairs = zip(question(changed), question(adults), strict=True)
            found += [Variant(other.words, row, usual) for row, usual in pairs if row.ours != usual.ours]
        if progress:
            progress("other assumptions", done, len(others))
    return found


def assumptions(people: int) -> Iterator[Assumption]:
    """The four other saturation curves, the lower F, the other assay, and antibodies in some of so many people."""
    for name in CURVES:
        other = curve(name)
        words = f"saturation curve {name}: E0 {other.e0:.1%}, Emax {other.emax:.1%}, EC50 {other.ec50:g}, h {other.h:g}"
        yield Assumption(words, {"saturation_curve": other}, ON_CURVE)
    lower = float(value("pk.sc_bioavailability_alternative").value)
    yield Assumption(
        f"F {lower:.2f} instead of {value('pk.sc_bioavailability').value:.2f}",
        {"bioavailability": lower},
        (subcutaneous.first_peak, subcutaneous.trough_ratio),
    )
    factor = float(value("pk.assay_factor_alternative").value)
    yield Assumption(f"the published assays read {factor:g} times as high", {"assay_factor": factor}, ON_LEVELS)
    share = value("ada.persistent_share")
    affected = round(people * share.value / 100)
    for key in ("ada.clearance_factor", "ada.clearance_factor_alternative"):
        times = float(value(key).value)
        yield Assumption(
            f"{share.value:g} % of people have antibodies, clearance × {times:g}",
            {"with_antibodies": affected, "clearance_factor": times},
            ON_CLEARANCE,
        )
