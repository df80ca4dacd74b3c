"""What a group of levels says about model and assay: fits, biased, does not fit, or too few to say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from natalizumab.evidence import value
from natalizumab.pharmacology.estimates import Estimate, factor_words
from natalizumab.record.words import joined

Answer = Literal["fits", "biased", "does not fit", "too few levels to say"]

GRAVE: tuple[Answer, ...] = ("does not fit", "biased")
"""The answers that call for something to be done, the gravest first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``answer`` in a word, and the whole of it in a sentence."""

    answer: Answer
    text: str


@dataclass(frozen=True, slots=True)
class Signs:
    """What the verdict rests on.

    ``factor``: how many times as high as the model expects the levels read, beyond the assay factor ``in_use`` (None
    where there are several); ``sure``: the same with the wider interval that a bias must leave to be said.
    ``spread``: standard deviation of the normalised errors once that factor is taken out. ``extreme``: how many of the
    ``levels`` no plausible person has, even then.
    """

    people: int
    levels: int
    factor: Estimate
    sure: Estimate
    spread: Estimate
    extreme: int
    in_use: float | None
    route: str


def verdict(signs: Signs) -> Verdict:
    """The verdict, by the thresholds of the evidence (``evaluation``).

    A fit is said only where the data would have shown the bias that some assays have (``pk.assay_factor_alternative``);
    else there are too few levels, however good they look.
    """
    if signs.people < _value("fewest_people"):
        of, read = _people(signs.people), factor_words(signs.factor)
        said = f"too few levels to say: they are of {of} only. They may read {read} times as high as the model expects."
        return Verdict("too few levels to say", said + _to_be_checked(signs))
    misfit = _misfit(signs)
    if misfit is not None:
        said = f"does not fit: {misfit} Check dates, doses and units first.{_less_absorbed(signs)}"
        return Verdict("does not fit", said)
    if not _spread_is_the_models(signs):
        return Verdict("too few levels to say", _too_few(signs) + _to_be_checked(signs))
    large = abs(signs.factor.value - 1) > _value("tolerated_bias") / 100
    if large and signs.sure.excludes(1) and not signs.factor.open:
        return Verdict("biased", _biased(signs) + _to_be_checked(signs))
    other = float(value("pk.assay_factor_alternative").value)
    if signs.factor.excludes(other) and signs.factor.excludes(1 / other) and not (large and signs.factor.excludes(1)):
        said = f"fits: the levels read {factor_words(signs.factor)} times as high as the model expects."
        return Verdict("fits", said + _to_be_checked(signs))
    return Verdict("too few levels to say", _too_few(signs) + _to_be_checked(signs))


def overall_verdict(together: Verdict, parts: Sequence[tuple[str, Verdict]], alike: bool) -> Verdict:
    """The verdict on everything: the gravest that all levels together, or a named part of them, give.

    Where one part fits and another does not, or they are not ``alike``, the parts are named: what holds on average
    holds for neither. A part that has too few levels to say is named too, unless all together speak for it.
    """
    by_answer = {answer: [name for name, part in parts if part.answer == answer] for answer in get_args(Answer)}
    fit, unsure = by_answer["fits"], by_answer["too few levels to say"]
    if together.answer == "does not fit" and (alike or by_answer["does not fit"]):
        return together
    for answer in GRAVE:
        if by_answer[answer] and (fit or not alike or together.answer != answer):
            return Verdict(answer, f"{answer}, as to {joined(by_answer[answer])}: see there.")
    if together.answer == "does not fit" or not unsure or (alike and not fit):
        return together
    if alike and together.answer == "fits":
        return Verdict("fits", f"{together.text} Too few levels to say as to {joined(unsure)}: see there.")
    others = f" For {joined(fit)}: fits." if fit else ""
    return Verdict("too few levels to say", f"too few levels to say, as to {joined(unsure)}: see there.{others}")


def _misfit(signs: Signs) -> str | None:
    """Why no assay factor explains the levels."""
    low, high = _value_pair("spread_tolerated")
    largest = _value("largest_factor")
    if signs.sure.low > largest or signs.sure.high < 1 / largest:
        read = factor_words(signs.factor)
        return f"the levels read {read} times as high as the model expects, more than an assay explains."
    if signs.extreme >= _value("fewest_extreme") and signs.extreme > signs.levels * _value("extreme_share") / 100:
        return (
            f"{signs.extreme} of {signs.levels} levels are such as no plausible person has, whatever the assay factor."
        )
    if signs.spread.low > high or signs.spread.high < low:
        return f"the levels scatter {signs.spread.words} times as widely as the model says, whatever the assay factor."
    return None


def _spread_is_the_models(signs: Signs) -> bool:
    low, high = _value_pair("spread_tolerated")
    return low <= signs.spread.value <= high


def _biased(signs: Signs) -> str:
    factor = factor_words(signs.factor)
    read = f"the levels read {factor} times as high as the model expects, and fit once that is taken out."
    if signs.in_use is None:
        return f"biased: consider the assay factors: with those in use, {read}{_less_absorbed(signs)}"
    total = signs.factor.value * signs.in_use
    said = f"biased: consider the assay factor (about {total:.2g}): {read}"
    if signs.in_use != 1:
        said += f" The factor in use is {signs.in_use:g}."
    return said + _less_absorbed(signs)


def _less_absorbed(signs: Signs) -> str:
    """The other reason why levels under the skin may read low."""
    if signs.route != "sc" or signs.factor.value >= 1 or not signs.sure.excludes(1):
        return ""
    other = value("pk.sc_bioavailability_alternative").value
    return f" Or less is absorbed from under the skin: one cohort suggests a share of {other:.2f} (--f {other:.2f})."


def _too_few(signs: Signs) -> str:
    read = f"too few levels to say: they may read {factor_words(signs.factor)} times as high as the model expects"
    if math.isnan(signs.spread.value):
        return f"{read}, and nobody knows how widely they scatter."
    return f"{read}, and scatter {signs.spread.words} times as widely."


def _to_be_checked(signs: Signs) -> str:
    """What is said of a few slips beside the verdict."""
    if not signs.extreme:
        return ""
    return f" Check the levels that no plausible person has: {signs.extreme} of {signs.levels}."


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _value(name: str) -> float:
    return float(value(f"evaluation.{name}").value)


def _value_pair(name: str) -> tuple[float, float]:
    low, high = value(f"evaluation.{name}").value
    return float(low), float(high)
