"""A clinic's own levels against the model: the one check that every site should do first.

Every level is predicted twice: from weight and doses alone, and from that person's earlier levels too. The normalised
error of a level is its place among all that were to be expected just before it was measured; if model and assay are
right, these errors are independent and standard normal, so their mean and standard deviation have exact intervals.
The factor that would remove a bias is the most probable one given all levels, with the likelihood ratio's interval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.estimates import Estimate, FactorProfile, factor_profile, mean_estimate, sd_estimate
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.measured import REASONS_SHOWN, Measured, Uncompared, assay_key, comparable
from natalizumab.pharmacology.plausible import Cloud, Scores, cloud
from natalizumab.pharmacology.verdict import Signs, Verdict, overall_verdict, verdict
from natalizumab.record.level_assays import UNNAMED

Numbers = NDArray[np.float64]

ALL = "all"
"""What the group of all levels is called."""

SHOWN = (0.05, 0.5, 0.95)
"""The quantiles that are given of a prediction."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One level beside its predictions, in mg/L: ``measured`` is what the laboratory said, ``corrected`` the same
    divided by the assay factor, on the model's scale, as are all predictions.

    ``expected`` with ``p5`` to ``p95`` is the concentration from weight and doses alone; ``expected_after_earlier``
    takes the person's earlier levels into account (None for the first). ``score`` is the normalised error; of a level
    ``below`` the limit, what it is on average for those below. ``extreme``: no plausible person has such a level.
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
    speaks for another. ``score_mean`` and ``score_sd`` are of the normalised errors, but for the ``extreme`` ones.
    ``below`` and ``below_expected`` count levels under the limit of quantification. ``factor``: how many times as high
    as expected the levels read, beyond the assay factor in use.
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


@dataclass(frozen=True, slots=True)
class _Member:
    """One person's cloud at the levels of a group."""

    name: str
    person: Measured
    cloud: Cloud


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
    members, others = [], []
    for done, (name, person) in enumerate(sorted(people.items()), start=1):
        levels, left_out = comparable(name, person)
        others += left_out
        if levels:
            members.append(_Member(name, person, cloud(person, levels, bioavailability)))
        if progress:
            progress(done)
    if not members:
        raise ModelError(f"Cannot say: there is no level to compare{_reasons(others)}.")
    keys = _keys(members)
    verdicts = len(keys) + (len(keys) > 1)
    groups = [_group(key, _within(key, members), verdicts) for key in keys]
    groups.sort(key=lambda group: -group.levels)
    return Evaluation(tuple(groups), _overall(groups, members, verdicts), _compared(members), tuple(others))


def _reasons(others: Sequence[Uncompared]) -> str:
    """Why the levels that there are can't be compared; not everything where there are many."""
    said = [f"{one.person}, {one.on or f'day {one.day:g}'}: {one.why}" for one in others]
    more = len(said) - REASONS_SHOWN
    return (": " if said else "") + "; ".join(said[:REASONS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _overall(groups: Sequence[Group], members: Sequence[_Member], verdicts: int) -> Group:
    """All levels together; what a single group says of itself counts also in the verdict on everything."""
    if len(groups) == 1:
        return replace(groups[0], assay=ALL, route=ALL)
    together = _group((ALL, ALL), members, verdicts)
    parts = [(f"{group.assay}, {group.route}", group.verdict) for group in groups]
    alike = not any(group.factor.excludes(together.factor.value) for group in groups)
    return replace(together, verdict=overall_verdict(together.verdict, parts, alike))


def _group(key: tuple[str, str], members: Sequence[_Member], verdicts: int) -> Group:
    """What those levels say; there are so many ``verdicts``, which together may raise few false alarms."""
    clouds = [member.cloud for member in members]
    levels = [level for one in clouds for level in one.levels]
    factor = factor_profile(clouds)
    scores = _scores(members, 1.0)
    extreme = _is_extreme(scores, levels)
    usual = scores.mean[~extreme], scores.square[~extreme]
    error, rmse, _ = _errors([(one, one.mean(), 0) for one in clouds])
    error_after, rmse_after, count_after = _errors([(one, one.mean_after_earlier(), 1) for one in clouds])
    return Group(
        assay=_name(key[0], levels),
        route=key[1],
        people=len(members),
        levels=len(levels),
        error_percent=error,
        rmse=rmse,
        levels_after_earlier=count_after,
        error_percent_after_earlier=error_after,
        rmse_after_earlier=rmse_after,
        score_mean=mean_estimate(*usual),
        score_sd=sd_estimate(*usual),
        extreme=int(extreme.sum()),
        below=sum(level.below for level in levels),
        below_expected=_below_expected(clouds),
        factor=factor.estimate(),
        verdict=verdict(_signs(key[1], members, factor, verdicts)),
    )


def _signs(route: str, members: Sequence[_Member], profile: FactorProfile, verdicts: int) -> Signs:
    """What the verdict rests on: the spread and the extreme levels that are left once the factor is taken out."""
    factor, false_alarms = profile.estimate(), float(value("evaluation.false_alarms").value) / 100
    levels = [level for member in members for level in member.cloud.levels]
    mended = _scores(members, factor.value)
    extreme = _is_extreme(mended, levels)
    in_use = {(assay_key(level), level.factor) for level in levels}
    return Signs(
        people=len(members),
        factor=factor,
        sure=profile.estimate(1 - false_alarms / verdicts),
        spread=sd_estimate(mended.mean[~extreme], mended.square[~extreme]),
        levels=len(levels),
        extreme=int(extreme.sum()),
        in_use=in_use.pop()[1] if len(in_use) == 1 else None,
        route=route,
    )


def _keys(members: Sequence[_Member]) -> list[tuple[str, str]]:
    """Assay and route of every group."""
    return sorted({_key(member, level) for member in members for level in member.cloud.levels})


def _within(key: tuple[str, str], members: Sequence[_Member]) -> list[_Member]:
    """The people with levels of that group, each with those alone."""
    found = []
    for member in members:
        places = [place for place, level in enumerate(member.cloud.levels) if _key(member, level) == key]
        if places:
            found.append(_Member(member.name, member.person, member.cloud.only(places)))
    return found


def _key(member: _Member, level: Level) -> tuple[str, str]:
    return assay_key(level), member.person.route(level)


def _name(key: str, levels: Sequence[Level]) -> str:
    """The assay as it is spelled, or all of them."""
    return ALL if key == ALL else levels[0].assay or UNNAMED


def _scores(members: Sequence[_Member], factor: float) -> Scores:
    """The normalised errors of all levels, if the assay reads ``factor`` times as high as was thought."""
    each = [one.cloud.read_as(factor).scores() for one in members]
    return Scores(*(np.concatenate([getattr(one, name) for one in each]) for name in ("mean", "square", "nearest")))


def _is_extreme(scores: Scores, levels: Sequence[Level]) -> NDArray[np.bool_]:
    """A level below the limit is extreme only where so low a limit is; it can't be too high."""
    farthest = float(value("evaluation.extreme_score").value)
    below = np.array([level.below for level in levels])
    return np.asarray((scores.nearest < -farthest) | ((scores.nearest > farthest) & ~below))


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


def _compared(members: Sequence[_Member]) -> tuple[Compared, ...]:
    return tuple(row for member in members for row in _rows(member))


def _rows(member: _Member) -> list[Compared]:
    one = member.cloud
    scores, after = one.scores(), one.mean_after_earlier()
    extreme = _is_extreme(scores, one.levels)
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
            score=float(scores.mean[place]),
            extreme=bool(extreme[place]),
        )
        for place, level in enumerate(one.levels)
    ]
