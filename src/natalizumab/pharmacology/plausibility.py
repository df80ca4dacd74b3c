"""What is to be doubted about a person's levels, in plain words: no number is changed by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value
from natalizumab.pharmacology.antibodies import come_first
from natalizumab.pharmacology.individual import Posterior, posterior
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.likelihood import normal_cdf, standardised
from natalizumab.pharmacology.quantiles import Weighted
from natalizumab.pharmacology.washout import log_concentration

Numbers = NDArray[np.float64]

MANY = 8
"""Of more levels, one alone moves what is known of a person little."""

MATTERS = 1e-6
"""People who weigh less than this beside the heaviest are not asked."""

BEYOND_DOUBT = 5.0
"""A level that so many times as many people have as decides is not doubted; nearer to that, it is looked at exactly."""


_CHECK_TIMES = "Check the times of the samples and of the doses."
_CHECK_SAMPLE = (
    "Check the time of the sample, whether it was taken before or after the dose, the unit, and that it is this "
    "person's."
)


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A level that is so high, or so low, that hardly any plausible person with these doses would have it; or, where it
    ``contradicts``, none who has the other levels.
    """

    level: Level
    said: Literal["high", "low"]
    contradicts: bool = False

    def statement(self, date_of: Callable[[float], date]) -> str:
        """The level, its date and what is doubtful, as a sentence."""
        level, high = _words(self.level, date_of), self.said == "high"
        if self.contradicts:
            if high:
                return f"{level} contradicts the other levels: for them it is far too high."
            return f"{level} contradicts the other levels: for them it is far too low."
        if high:
            return f"{level} is so high that hardly any plausible person with these doses would have it."
        return f"{level} is so low that hardly any plausible person with these doses would have it."

    def sentence(self, date_of: Callable[[float], date]) -> str:
        """The same with what to look at."""
        return " ".join((self.statement(date_of), _CHECK_TIMES if self.contradicts else _CHECK_SAMPLE))


@dataclass(frozen=True, slots=True)
class Doubts:
    """``sentences`` are whole ones, the gravest first; ``unlikely`` are the levels that nothing should rest on."""

    sentences: tuple[str, ...]
    unlikely: tuple[Unlikely, ...]


def doubts_about(
    known: Posterior, date_of: Callable[[float], date], antibody_results: Sequence[AntibodyResult] = ()
) -> Doubts:
    """Levels that no plausible person has, levels that contradict each other, and a person unlike the population.

    ``date_of`` turns a day of the history into a date. A level is not called too low where tests (``antibody_results``)
    make antibodies so probable that they come before any advice. Beside a level that nobody has the others would
    contradict that one; so it is left out when they are held against each other.
    """
    levels = known.levels
    if not levels:
        return Doubts((), ())
    unlikely = [
        Unlikely(level, said)
        for level, share in zip(levels, _in_everybody(known), strict=True)
        if (said := _too(level, share)) and not (said == "low" and _explained(known, level, antibody_results))
    ]
    unlikely += _contradictions(without(known, unlikely, antibody_results), antibody_results)
    return Doubts((*(one.sentence(date_of) for one in unlikely), *_conflict(known)), tuple(unlikely))


def without(known: Posterior, unlikely: Sequence[Unlikely], results: Sequence[AntibodyResult]) -> Posterior:
    """The same person without the levels that are doubted; ``results`` are of the tests for antibodies."""
    if not unlikely:
        return known
    doubted = [one.level for one in unlikely]
    kept = [level for level in known.levels if level not in doubted]
    return posterior(known.history, known.weight_kg, kept, results, bioavailability=known.bioavailability)


def share_below(known: Posterior, level: Level) -> float:
    """The probability of measuring no more than that level, its error included, in these plausible people."""
    return shares_below(known, [level])[0]


def shares_below(known: Posterior, levels: Sequence[Level]) -> list[float]:
    """The same for several levels, which cost little more than one."""
    found = known.predict([level.day for level in levels]).weighted if levels else ()
    return [_share_below(weighted, level) for weighted, level in zip(found, levels, strict=True)]


def _share_below(weighted: Weighted, level: Level) -> float:
    weights = np.diff(np.concatenate([[0.0], weighted.below]))
    return _share(level, log_concentration(weighted.values), weights)


def _share(level: Level, log_concentrations: Numbers, weights: Numbers) -> float:
    """Of measuring no more, where people of those weights have those concentrations."""
    matter = weights > MATTERS * weights.max()
    there = weights[matter]
    return float(there @ normal_cdf(standardised(level, log_concentrations[matter])) / there.sum())


def _in_everybody(known: Posterior) -> list[float]:
    """The share below each level if nothing had been measured: exact only where it decides anything."""
    shares = shares_below(known.unmeasured(rough=True), known.levels)
    if all(min(share, 1 - share) > BEYOND_DOUBT * _limit() / 2 for share in shares):
        return shares
    return shares_below(known.unmeasured(), known.levels)


def _in_this_person(known: Posterior) -> list[float]:
    """The share below each level in those people whom all levels leave."""
    weight = np.concatenate([part.weight for part in known.parts])
    there = log_concentration(np.concatenate([part.at_levels for part in known.parts], axis=1))
    return [_share(level, logs, weight) for level, logs in zip(known.levels, there, strict=True)]


def _limit() -> float:
    return float(value("individual.implausible").value) / 100


def _explained(known: Posterior, level: Level, results: Sequence[AntibodyResult]) -> bool:
    """Whether the tests for antibodies, without any level, make them so probable that they explain a low one."""
    if not any(result.positive for result in results):
        return False
    tested = posterior(known.history, known.weight_kg, (), results, bioavailability=known.bioavailability)
    return come_first(tested.antibodies_on(level.day))


def _contradictions(known: Posterior, results: Sequence[AntibodyResult]) -> Iterator[Unlikely]:
    """Levels that hardly anybody would have of those who have the others. It is looked closely only where some level is
    unusual in the people whom all of them leave; of many levels only at those, as a single one then moves little.
    """
    limit = float(value("individual.unusual").value) / 100
    unusual = [min(share, 1 - share) <= limit for share in _in_this_person(known)]
    if len(known.levels) < 2 or not any(unusual):
        return
    for level, stands_out in zip(known.levels, unusual, strict=True):
        if len(known.levels) > MANY and not stands_out:
            continue
        others = without(known, [Unlikely(level, "low")], results)
        if said := _too(level, share_below(others, level)):
            yield Unlikely(level, said, contradicts=True)


def _too(level: Level, share: float) -> Literal["high", "low"] | None:
    """A level below the limit of quantification is never too high."""
    limit = _limit()
    if share < limit / 2:
        return "low"
    return "high" if share > 1 - limit / 2 and not level.below else None


def _conflict(known: Posterior) -> Iterator[str]:
    """The squared distance of the likeliest person from the typical one, in standard deviations of three effects."""
    likeliest = max(known.parts, key=lambda part: float(part.weight.sum()))
    distance = float((likeliest.mode**2).sum())
    if _share_beyond(distance) < float(value("individual.conflict").value) / 100:
        yield (
            "The levels and the population disagree: these levels need a body, or antibodies, as fewer than "
            f"{value('individual.conflict').value:g} % of people have. Check doses, times, weight and assay before "
            "relying on the curve; think of antibodies if the levels are low."
        )


def _share_beyond(squared: float) -> float:
    """Of three independent standard normal numbers: how often the sum of their squares is larger (chi-square, 3)."""
    root = np.sqrt(squared)
    density = root * np.sqrt(2 / np.pi) * np.exp(-squared / 2)
    return float(2 * normal_cdf(np.asarray(-root)) + density)


def _words(level: Level, date_of: Callable[[float], date]) -> str:
    below = "below " if level.below else ""
    return f"The level of {below}{level.mg_per_l:g} mg/L on {date_of(level.day)}"
