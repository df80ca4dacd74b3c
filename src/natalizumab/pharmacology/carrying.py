"""What plausible people have on other days and with other doses: solved at the nodes of each part, then carried on.

Where elimination leaves saturation the concentration falls so fast that even a small error of what is carried moves a
quantile. So a few people around some shares of the weight are solved themselves, and what was carried is shifted by how
far they are off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.going_on import Standing
from natalizumab.pharmacology.predictor import Predictor, people_with
from natalizumab.pharmacology.quadrature import Part, alike
from natalizumab.pharmacology.quantiles import Weighted, weighted_quantiles
from natalizumab.pharmacology.schedule import Schedule, joined
from natalizumab.pharmacology.solver import solve
from natalizumab.pharmacology.washout import straightened

Numbers = NDArray[np.float64]
Days = Sequence[Sequence[float]]

ANCHORS, SOLVED = (0.05, 0.27, 0.5, 0.73, 0.95), (112, 24, 48, 24, 48)
"""Shares of the weight around which so many people are solved, most where the concentration falls most steeply; between
two shares the shift changes evenly.
"""

WITHIN = 0.02
"""They are of that share of the weight on both sides."""

_ENDS = list(accumulate(SOLVED))


@dataclass(frozen=True, slots=True)
class _Group:
    """The people of a part under hypotheses that come to the same in one model: the number of a history, a share."""

    model: int
    part: Part
    history: int
    share: float


@dataclass(frozen=True, slots=True)
class _Everyone:
    """All people of one model: values carried (days, P), effects (P, 3), history (P,) and weight (P,)."""

    values: Numbers
    z: Numbers
    history: NDArray[np.int64]
    weight: Numbers


def carried(models: Sequence[Predictor], days: Days, parts: Sequence[Part]) -> list[list[Weighted]]:
    """For each model and each of its own days what plausible people have, straightened.

    All models need the same number of hypotheses.
    """
    changes, weight_kg = joined([model.changes for model in models]), models[0].weight_kg
    groups, at_nodes = _groups(changes, weight_kg, days, parts, len(models[0].changes))
    values = _carried(groups, at_nodes)
    everyone = [
        _everyone([(group, value) for group, value in zip(groups, values, strict=True) if group.model == number])
        for number in range(len(models))
    ]
    return _shifted(changes, weight_kg, days, everyone)


def _carried(groups: Sequence[_Group], at_nodes: Sequence[Numbers]) -> list[Numbers]:
    """Values (days, P) of each group, from those at its part's nodes; all groups of a part at once."""
    found: dict[int, Numbers] = {}
    for part in {id(group.part): group.part for group in groups}.values():
        its = [number for number, group in enumerate(groups) if group.part is part]
        together = part.carried(np.concatenate([at_nodes[number] for number in its], axis=1))
        ends = np.cumsum([at_nodes[number].shape[1] for number in its])[:-1]
        found |= zip(its, np.split(together, ends), strict=True)
    return [found[number] for number in range(len(groups))]


def _everyone(groups: Sequence[tuple[_Group, Numbers]]) -> _Everyone:
    return _Everyone(
        np.concatenate([value for _, value in groups], axis=1),
        np.concatenate([group.part.effects for group, _ in groups]),
        np.concatenate([np.full(len(group.part.weight), group.history) for group, _ in groups]),
        np.concatenate([group.part.weight * group.share for group, _ in groups]),
    )


def _shifted(changes: Schedule, weight_kg: float, days: Days, everyone: Sequence[_Everyone]) -> list[list[Weighted]]:
    """Solve people around the anchors of each day, and shift what was carried by how far they are off."""
    there = [[weighted_quantiles(values, one.weight) for values in one.values] for one in everyone]
    chosen = [[_around(weighted) for weighted in of_days] for of_days in there]
    flat = [
        (day, one, who)
        for its_days, one, of_days in zip(days, everyone, chosen, strict=True)
        for day, who in zip(its_days, of_days, strict=True)
    ]
    z = np.concatenate([one.z[who] for _, one, who in flat])
    history = np.concatenate([one.history[who] for _, one, who in flat])
    times = np.repeat([day for day, _, _ in flat], [len(who) for _, _, who in flat])[:, None]
    exact = solve(changes.of(history), people_with(z, weight_kg), times, accuracy="rough").concentration[:, 0]
    numbers = iter(straightened(exact).reshape(len(flat), -1))
    return [
        [
            _moved(weighted, next(numbers) - values[who])
            for weighted, values, who in zip(of_days, one.values, whos, strict=True)
        ]
        for one, of_days, whos in zip(everyone, there, chosen, strict=True)
    ]


def _around(weighted: Weighted) -> NDArray[np.int64]:
    """Who are solved, evenly spread around each of the anchors."""
    places = np.searchsorted(weighted.below, _looked_at()).clip(max=len(weighted.below) - 1)
    return np.asarray(weighted.order[places])


@cache
def _looked_at() -> Numbers:
    """The shares of the weight at which people are solved."""
    windows = [anchor + np.linspace(-WITHIN, WITHIN, many) for anchor, many in zip(ANCHORS, SOLVED, strict=True)]
    return np.concatenate(windows)


def _moved(weighted: Weighted, off: Numbers) -> Weighted:
    """By the mean around each of the anchors."""
    mean = np.add.reduceat(off, [0, *_ENDS[:-1]]) / SOLVED
    values = weighted.values + np.interp(weighted.below, ANCHORS, mean)
    return Weighted(np.maximum.accumulate(values), weighted.below, weighted.order)


def _groups(
    changes: Schedule, weight_kg: float, days: Days, parts: Sequence[Part], count: int
) -> tuple[list[_Group], list[Numbers]]:
    """Hypotheses of a part that give its middle the same are one; with what each group has at the part's nodes.

    In the usual case there is one group for each part: so the nodes of the first are solved with the middles.
    """
    asked = [(model, part) for model in range(len(days)) for part in parts]
    middles = [
        _Wanted(model, np.broadcast_to(part.frame.centre, (1, 3)), model * count + int(member))
        for model, part in asked
        for member in part.members
    ]
    firsts = [_Group(model, part, model * count + int(part.members[0]), 1.0) for model, part in asked]
    solved = _solved(changes, weight_kg, days, [*middles, *map(_nodes, firsts)])
    rows, at_firsts = iter(solved[: len(middles)]), iter(solved[len(middles) :])
    found, others, at_nodes = [], [], []
    for first in firsts:
        part = first.part
        together = np.concatenate([next(rows) for _ in part.members])
        for number, group in enumerate(alike(together)):
            history = first.model * count + int(part.members[group[0]])
            its = _Group(first.model, part, history, float(part.shares[group].sum()))
            if number == 0:  # it begins with the first member
                found.append(its)
                at_nodes.append(next(at_firsts))
            else:
                others.append(its)
    return [*found, *others], [*at_nodes, *_solved(changes, weight_kg, days, list(map(_nodes, others)))]


def _nodes(group: _Group) -> _Wanted:
    part = group.part
    return _Wanted(group.model, part.nodes(), group.history, None if len(part.alone) else part.at_nodes)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """People to be solved: the number of their days, effects (n, 3), the number of their history, and perhaps what is
    known of them on a day of the history with which they were weighed.
    """

    model: int
    z: Numbers
    history: int
    known: Standing | None = None


def _solved(changes: Schedule, weight_kg: float, days: Days, wanted: Sequence[_Wanted]) -> list[Numbers]:
    """Straightened values (people, days) for each; whoever can goes on from what is known."""
    if not wanted:
        return []
    most = max(len(one) for one in days)
    times = np.array([[*one, *[one[-1]] * (most - len(one))] for one in days])
    lengths = [len(one.z) for one in wanted]
    people = people_with(np.concatenate([one.z for one in wanted]), weight_kg)
    asked = np.repeat([one.model for one in wanted], lengths)
    courses = _courses(changes, days, wanted)
    there = straightened(solve(courses, people, times[asked], accuracy="rough").concentration)
    each = np.split(there, np.cumsum(lengths)[:-1])
    return [values[:, : len(days[one.model])] for one, values in zip(wanted, each, strict=True)]


def _courses(changes: Schedule, days: Days, wanted: Sequence[_Wanted]) -> Schedule:
    """Of all people wanted, in their order."""
    schedules, numbers, count = [changes], [], len(changes)
    for one in wanted:
        course = None
        if one.known and min(days[one.model]) > one.known.day:
            course = one.known.courses(changes.of(np.array([one.history])))
        if course:
            schedules.append(course)
            numbers.append(count + np.arange(len(course)))
            count += len(course)
        else:
            numbers.append(np.full(len(one.z), one.history))
    return joined(schedules).of(np.concatenate(numbers))
