"""What plausible people have on other days and with other doses: solved at the nodes of each part, then carried on.

Where elimination leaves saturation the concentration falls so fast that even a small error of what is carried moves a
quantile. So a few people around some shares of the weight are solved themselves, and what was carried is shifted by how
far they are off. Where some are off by much more than others, more are solved, and put in their true order.
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

UNEVEN = 0.2
"""Days of a washout. Where people around a share are off by amounts that scatter more than that, a shift won't do."""

PUT_IN_ORDER, AS_FAR_AS = 2048, 0.05
"""So many are solved there, of that share of the weight on both sides."""

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
    places = [
        _Place(day, one, values, weighted_quantiles(values, one.weight))
        for its_days, one in zip(days, everyone, strict=True)
        for day, values in zip(its_days, one.values, strict=True)
    ]
    chosen = [(place, place.at(_looked_at())) for place in places]
    off = [
        its - place.values[who]
        for its, (place, who) in zip(_themselves(changes, weight_kg, chosen), chosen, strict=True)
    ]
    found = [_moved(place.carried, its) for place, its in zip(places, off, strict=True)]
    uneven = [(n, share) for n, its in enumerate(off) for share in _uneven(its)]
    closer = [(places[n], places[n].at(_closer_to(share))) for n, share in uneven]
    for (n, share), its in zip(uneven, _themselves(changes, weight_kg, closer), strict=True):
        found[n] = _in_order(found[n], share, its)
    rows = iter(found)
    return [[next(rows) for _ in its_days] for its_days in days]


@dataclass(frozen=True, slots=True)
class _Place:
    """What was carried to one day: in the order of people, and of size."""

    day: float
    everyone: _Everyone
    values: Numbers
    carried: Weighted

    def at(self, shares: Numbers) -> NDArray[np.int64]:
        """Who stand there, when all are put in order: each as often as they weigh."""
        reached = np.cumsum(self.everyone.weight[self.carried.order])
        return np.asarray(self.carried.order[np.searchsorted(reached, shares.clip(0, 1) * reached[-1])])


def _themselves(
    changes: Schedule, weight_kg: float, chosen: Sequence[tuple[_Place, NDArray[np.int64]]]
) -> list[Numbers]:
    """What those chosen have on the day of their place, solved and straightened; all at once."""
    if not chosen:
        return []
    z = np.concatenate([place.everyone.z[who] for place, who in chosen])
    history = np.concatenate([place.everyone.history[who] for place, who in chosen])
    lengths = [len(who) for _, who in chosen]
    times = np.repeat([place.day for place, _ in chosen], lengths)[:, None]
    exact = solve(changes.of(history), people_with(z, weight_kg), times, accuracy="rough").concentration[:, 0]
    return np.split(straightened(exact), np.cumsum(lengths)[:-1])


def _uneven(off: Numbers) -> list[float]:
    """Around which anchors people are off by amounts that scatter."""
    each = np.split(off, _ENDS[:-1])
    return [anchor for anchor, its in zip(ANCHORS, each, strict=True) if its.std() > UNEVEN]


def _closer_to(share: float) -> Numbers:
    return share + np.linspace(-AS_FAR_AS, AS_FAR_AS, PUT_IN_ORDER)


def _in_order(weighted: Weighted, share: float, solved: Numbers) -> Weighted:
    """With the values of those who were solved near that share; towards the ends fewer would truly stand there."""
    there = np.interp(weighted.below, _closer_to(share), np.sort(solved))
    counts = ((AS_FAR_AS - np.abs(weighted.below - share)) / (AS_FAR_AS / 2)).clip(0, 1)
    values = counts * there + (1 - counts) * weighted.values
    return Weighted(np.maximum.accumulate(values), weighted.below, weighted.order)


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
