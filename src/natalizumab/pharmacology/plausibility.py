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
from natalizumab.pharmacology.likelihood import normal_cdf, residual_error
from natalizumab.pharmacology.quantiles import Weighted
from natalizumab.pharmacology.washout import log_concentration

Numbers = NDArray[np.float64]

MATTERS = 1e-6
"""People who weigh less than this beside the heaviest are not asked."""

BEYOND_DOUBT = 5.0
"""A level that so many times as many people have as decides is not doubted; nearer to that, it is looked at exactly."""


@dataclass(frozen=True, slots=True)
class Unlikely:
    """A level that is so high, or so low, that hardly any plausible person with these doses would have it."""

    level: Level
    said: Literal["high", "low"]

    def words(self, date_of: Callable[[float], date]) -> str:
        """The level, its date and what is doubtful, without a full stop."""
        level = _words(self.level, date_of)
        return (
            f"{level} is so {'high' if self.said == 'high' else 'low'} that hardly any plausible person with these "
            "doses would have it"
        )

    def sentence(self, date_of: Callable[[float], date]) -> str:
        """The same with what to look at."""
        return (
            f"{self.words(date_of)}. Check the time of the sample, whether it was taken before or after the dose, the "
            "unit, and that it is this person's."
        )


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
    make antibodies so probable that they come before any advice.
    """
    levels = known.levels
    if not levels:
        return Doubts((), ())
    unlikely = [
        Unlikely(level, said)
        for level, share in zip(levels, _in_everybody(known), strict=True)
        if (said := _too(level, share)) and not (said == "low" and _explained(known, level, antibody_results))
    ]
    sentences = [one.sentence(date_of) for one in unlikely] or list(_contradictions(known, date_of))
    return Doubts((*sentences, *_conflict(known)), tuple(unlikely))


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
    ratio = level.on_the_models_scale * np.exp(-log_concentrations[matter])
    there = weights[matter]
    return float(there @ normal_cdf((ratio - 1) / residual_error()) / there.sum())


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


def _contradictions(known: Posterior, date_of: Callable[[float], date]) -> Iterator[str]:
    """Levels unlike the others. Beside one that nobody has this says nothing: the others would contradict that one."""
    for level, share in zip(known.levels, _in_this_person(known), strict=True):
        if _too(level, share):
            yield (
                f"{_words(level, date_of)} contradicts the other levels. Check the times of the samples and of the "
                "doses."
            )


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
