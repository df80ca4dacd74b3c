"""A clinic's own levels against the model: the one check that every site should do first.

Every level is predicted twice: from weight and doses alone, and from that person's earlier levels too. The normalised
error of a level is its place among all that were to be expected just before it was measured; if model and assay are
right, these errors are independent and standard normal, so their mean and standard deviation have exact intervals.
The factor that would remove a bias is the most probable one given all levels, with the likelihood ratio's interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.estimates import Estimate, factor_profile, factors, normal_estimates
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.measured import REASONS_SHOWN, Measured, Uncompared, assay_key, comparable
from natalizumab.pharmacology.plausible import Cloud, Scores, cloud
from natalizumab.pharmacology.verdict import Signs, Verdict, overall_verdict, verdict
from natalizumab.record.level_assays import UNNAMED

Numbers = NDArray[np.float64]

ALL = "all"
"""What the group of all levels is called."""

Key = tuple[str, str]
"""Assay and route of a group."""

ALL_OF_THEM: Key = (ALL, ALL)

SHOWN = (0.05, 0.5, 0.95)
"""The quantiles that are given of a prediction."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One level beside its predictions, in mg/L: ``measured`` is what the laboratory said, ``corrected`` the same
    divided by the assay factor, on the model's scale, as are all predictions.

    ``expected`` with ``p5`` to ``p95`` is the concentration from weight and doses alone; ``expected_after_earlier``
    takes the person's earlier levels into account (None for the first). ``score`` is the normalised error; of a level
    ``below`` the limit, what it is on average for those below. ``extreme``: no plausible person has such a level, even
    if all of its assay and route read as many times as high as they seem to.
    """

    person: str
    day: float
    on: date | None
    assay: str
    factor: float
    route: str
    measured: float
    corrected: float
    below: bool
    expected: float
    p5: float
    p50: float
    p95: float
    expected_after_earlier: float | None
    score: float
    extreme: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What levels of one assay and route say (or of ``ALL``).

    ``error_percent`` is the mean of measured minus expected, in per cent of the mean expected; ``rmse`` its root mean
    square in mg/L; both of quantified levels, and again for predictions from earlier levels too, of those
    ``levels_after_earlier`` that have any in this group: levels of others are not taken into account, so that no assay
    speaks for another. ``score_mean`` and ``score_sd`` are of the normalised errors, but for the ``extreme`` levels'.
    ``below`` and ``below_expected`` count levels under the limit of quantification. ``factor``: how many times as high
    as expected the levels read, beyond the assay factor in use; ``sure``: with the wider interval that all verdicts
    together need.
    """

    assay: str
    route: str
    people: int
    levels: int
    error_percent: float | None
    rmse: float | None
    levels_after_earlier: int
    error_percent_after_earlier: float | None
    rmse_after_earlier: float | None
    score_mean: Estimate
    score_sd: Estimate
    extreme: int
    below: int
    below_expected: float | None
    factor: Estimate
    sure: Estimate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The groups, the largest first, and all levels together with the verdict on everything; every level; and the
    levels that were not compared.
    """

    groups: tuple[Group, ...]
    overall: Group
    compared: tuple[Compared, ...]
    uncompared: tuple[Uncompared, ...]


Named = tuple[str, int]
"""A person and the place of a level among that person's."""


@dataclass(frozen=True, slots=True)
class _Member:
    """One person's cloud at the levels of a group: which ``places`` those have among all of the person's, and their
    log probability at each of the ``factors``.
    """

    name: str
    person: Measured
    cloud: Cloud
    places: tuple[int, ...]
    evidence: Numbers

    def named(self) -> list[Named]:
        """The levels, so that they can be told apart."""
        return [(self.name, place) for place in self.places]


def evaluate(
    people: Mapping[str, Measured],
    *,
    bioavailability: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> Evaluation:
    """Compare the levels of those people, by name, with the model. The order of people, and of levels, plays no part.

    ``bioavailability`` replaces the label's share of a subcutaneous dose. Raises ModelError where there is no level to
    compare.
    """
    groups: dict[Key, list[_Member]] = defaultdict(list)
    everybody, others = [], []
    for done, (name, person) in enumerate(sorted(people.items()), start=1):
        levels, left_out = comparable(name, person)
        others += left_out
        if levels:
            parts = _parts(name, person, cloud(person, levels, bioavailability))
            everybody.append(parts.pop(ALL_OF_THEM))
            for key, part in parts.items():
                groups[key].append(part)
        if progress:
            progress(done)
    if not everybody:
        raise ModelError(f"Cannot say: there is no level to compare{_reasons(others)}.")
    verdicts = len(groups) + (len(groups) > 1)
    found = [_group(key, members, verdicts) for key, members in sorted(groups.items())]
    extreme = frozenset[Named]().union(*(named for _, named in found))
    overall = _overall([group for group, _ in found], everybody, verdicts, extreme)
    ordered = sorted((group for group, _ in found), key=lambda group: -group.levels)
    return Evaluation(tuple(ordered), overall, _compared(everybody, extreme), tuple(others))


def _parts(name: str, person: Measured, its: Cloud) -> dict[Key, _Member]:
    """The person with all levels, and with those of each assay and route."""
    places: dict[Key, list[int]] = {ALL_OF_THEM: list(range(len(its.levels)))}
    for place, level in enumerate(its.levels):
        places.setdefault((assay_key(level), person.route(level)), []).append(place)
    clouds = {key: its.only(those) for key, those in places.items()}
    evidence = {tuple(those): clouds[key].log_evidence(factors()) for key, those in places.items()}
    return {
        key: _Member(name, person, clouds[key], tuple(those), evidence[tuple(those)]) for key, those in places.items()
    }


def _reasons(others: Sequence[Uncompared]) -> str:
    """Why the levels that there are can't be compared; not everything where there are many."""
    said = [f"{one.person}, {one.on or f'day {one.day:g}'}: {one.why}" for one in others]
    more = len(said) - REASONS_SHOWN
    return (": " if said else "") + "; ".join(said[:REASONS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _overall(groups: Sequence[Group], everybody: Sequence[_Member], verdicts: int, extreme: frozenset[Named]) -> Group:
    """All levels together; what a single group says of itself counts also in the verdict on everything."""
    if len(groups) == 1:
        return replace(groups[0], assay=ALL, route=ALL)
    together, _ = _group(ALL_OF_THEM, everybody, verdicts, extreme)
    parts = [(f"{group.assay}, {group.route}", group.verdict) for group in groups]
    alike = not any(group.sure.excludes(together.factor.value) for group in groups)
    return replace(together, verdict=overall_verdict(together.verdict, parts, alike))


def _group(
    key: Key, members: Sequence[_Member], verdicts: int, named: frozenset[Named] | None = None
) -> tuple[Group, frozenset[Named]]:
    """What those levels say, and which of them are extreme (``named``: where that is known).

    There are so many ``verdicts``, which together may raise few false alarms.
    """
    clouds = [member.cloud for member in members]
    levels = [level for one in clouds for level in one.levels]
    each = [one for member in members for one in member.named()]
    profile = factor_profile(np.sum([member.evidence for member in members], axis=0))
    factor, false_alarms = profile.estimate(), float(value("evaluation.false_alarms").value) / 100
    scores, mended = _scores(members, 1.0), _scores(members, factor.value)
    extreme = _is_extreme(mended) if named is None else np.array([one in named for one in each])
    mean, sd = normal_estimates(scores.only(~extreme))
    error, rmse, _ = _errors([(one, one.mean(), 0) for one in clouds])
    error_after, rmse_after, count_after = _errors([(one, one.mean_after_earlier(), 1) for one in clouds])
    signs = Signs(
        people=len(members),
        levels=len(levels),
        factor=factor,
        sure=profile.estimate(1 - false_alarms / verdicts),
        spread=normal_estimates(mended.only(~extreme))[1],
        extreme=int(extreme.sum()),
        in_use=_in_use(levels),
        route=key[1],
    )
    group = Group(
        assay=_name(key[0], levels),
        route=key[1],
        people=len(members),
        levels=len(levels),
        error_percent=error,
        rmse=rmse,
        levels_after_earlier=count_after,
        error_percent_after_earlier=error_after,
        rmse_after_earlier=rmse_after,
        score_mean=mean,
        score_sd=sd,
        extreme=signs.extreme,
        below=sum(level.below for level in levels),
        below_expected=_below_expected(clouds),
        factor=factor,
        sure=signs.sure,
        verdict=verdict(signs),
    )
    return group, frozenset(one for one, its in zip(each, extreme, strict=True) if its)


def _in_use(levels: Sequence[Level]) -> float | None:
    """The assay factor, where all levels are by one assay."""
    found = {(assay_key(level), level.factor) for level in levels}
    return found.pop()[1] if len(found) == 1 else None


def _name(key: str, levels: Sequence[Level]) -> str:
    """The assay as it is spelled, or all of them."""
    return ALL if key == ALL else levels[0].assay or UNNAMED


def _scores(members: Sequence[_Member], factor: float) -> Scores:
    """The normalised errors of all levels, if the assay reads ``factor`` times as high as was thought."""
    each = [one.cloud.read_as(factor).scores() for one in members]
    return Scores(np.concatenate([one.number for one in each]), np.concatenate([one.below for one in each]))


def _is_extreme(scores: Scores) -> NDArray[np.bool_]:
    """A level below the limit is extreme only where so low a limit is; it can't be too high."""
    farthest = float(value("evaluation.extreme_score").value)
    return np.asarray((scores.number < -farthest) | ((scores.number > farthest) & ~scores.below))


def _errors(predicted: Sequence[tuple[Cloud, Numbers, int]]) -> tuple[float | None, float | None, int]:
    """Mean error in per cent and root mean square error of quantified levels, without the first few of each person;
    and how many levels those are.
    """
    pairs = [
        (level.on_the_models_scale, expected)
        for one, mean, first in predicted
        for level, expected in zip(one.levels[first:], mean[first:].tolist(), strict=True)
        if not level.below
    ]
    if not pairs:
        return None, None, 0
    measured, expected = np.array(pairs).T
    return (
        float(100 * (measured - expected).sum() / expected.sum()),
        float(np.sqrt(np.mean((measured - expected) ** 2))),
        len(pairs),
    )


def _below_expected(clouds: Sequence[Cloud]) -> float | None:
    """How many levels were to be expected below the limit. None where no level says what an assay's limit is, or they
    say different ones: nobody knows then which holds for the levels that lie above it.
    """
    levels = [level for one in clouds for level in one.levels]
    limits = {(assay_key(level), level.on_the_models_scale) for level in levels if level.below}
    of_assay = dict(limits)
    if len(of_assay) < len(limits) or {assay_key(level) for level in levels} != set(of_assay):
        return None
    return float(sum(one.below(np.array([of_assay[assay_key(level)] for level in one.levels])).sum() for one in clouds))


# --- Every level ---


def _compared(everybody: Sequence[_Member], extreme: frozenset[Named]) -> tuple[Compared, ...]:
    return tuple(row for member in everybody for row in _rows(member, extreme))


def _rows(member: _Member, extreme: frozenset[Named]) -> list[Compared]:
    one = member.cloud
    scores, after = one.scores().mean, one.mean_after_earlier()
    mean, quantiles = one.mean(), one.quantiles(SHOWN)
    return [
        Compared(
            person=member.name,
            day=level.day,
            on=member.person.when(level),
            assay=level.assay or UNNAMED,
            factor=level.factor,
            route=member.person.route(level),
            measured=level.mg_per_l,
            corrected=level.on_the_models_scale,
            below=level.below,
            expected=float(mean[place]),
            p5=float(quantiles[0, place]),
            p50=float(quantiles[1, place]),
            p95=float(quantiles[2, place]),
            expected_after_earlier=float(after[place]) if place else None,
            score=float(scores[place]),
            extreme=(member.name, place) in extreme,
        )
        for place, level in enumerate(one.levels)
    ]
