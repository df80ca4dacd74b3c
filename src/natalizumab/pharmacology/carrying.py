"""What plausible people have on other days and with other doses: solved at the nodes of each part, then carried on.

Where elimination leaves saturation the concentration falls so fast that even a small error of what is carried moves a
quantile. So the few people around each quantile that is asked for are solved themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.quadrature import Part, Predictor, alike, people_with
from natalizumab.pharmacology.quantiles import Weighted, weighted_quantiles
from natalizumab.pharmacology.schedule import Schedule, joined
from natalizumab.pharmacology.solver import solve
from natalizumab.pharmacology.summary import targets
from natalizumab.pharmacology.washout import straightened

Numbers = NDArray[np.float64]
Days = Sequence[Sequence[float]]

AROUND_DAYS = 0.25
"""Who is carried to within so many days of a quantile, on the scale of the washout, is solved."""

MOST_SOLVED = 400
"""So many around each quantile at most: where people are that close together they decide nothing."""


@dataclass(frozen=True, slots=True)
class _Group:
    """The people of a part under hypotheses that come to the same in one model: the number of a history, a share."""

    model: int
    part: Part
    history: int
    share: float


def carried(
    models: Sequence[Predictor], days: Days, parts: Sequence[Part], shares: Sequence[float]
) -> list[list[Weighted]]:
    """For each model and each of its own days what plausible people have, straightened; exact around the ``shares``.

    All models need the same number of hypotheses.
    """
    changes, weight_kg = joined([model.changes for model in models]), models[0].weight_kg
    groups = _groups(changes, weight_kg, days, parts, len(models[0].changes))
    wanted = [(group.model, group.part.nodes(), group.history) for group in groups]
    values = _solved(changes, weight_kg, days, wanted)
    found = []
    for number in range(len(models)):
        here = [(group, value) for group, value in zip(groups, values, strict=True) if group.model == number]
        there = np.concatenate([group.part.carried(value) for group, value in here])
        z = np.concatenate([group.part.effects() for group, _ in here])
        history = np.concatenate([np.full(len(group.part.weight), group.history) for group, _ in here])
        weight = np.concatenate([group.part.weight * group.share for group, _ in here])
        for day, column in enumerate(there.T):
            who = _around(column, weight, shares)
            people = people_with(z[who], weight_kg)
            column[who] = straightened(solve(changes.of(history[who]), people, [days[number][day]]).concentration)[:, 0]
        found.append([weighted_quantiles(column, weight) for column in there.T])
    return found


def _around(values: Numbers, weight: Numbers, shares: Sequence[float]) -> NDArray[np.int64]:
    """Who lies around those quantiles or around a target, and matters."""
    chosen = np.zeros(len(values), dtype=bool)
    quantiles = weighted_quantiles(values, weight).quantiles(shares)
    for quantile in (*quantiles, *straightened(np.array(targets()))):
        near = np.flatnonzero((np.abs(values - quantile) < AROUND_DAYS) & (weight > 0))
        chosen[near[np.argsort(-weight[near])[:MOST_SOLVED]]] = True
    return np.flatnonzero(chosen)


def _groups(changes: Schedule, weight_kg: float, days: Days, parts: Sequence[Part], count: int) -> list[_Group]:
    """Hypotheses of a part that give its middle the same are one."""
    asked = [(model, part) for model in range(len(days)) for part in parts]
    wanted = [
        (model, np.broadcast_to(part.frame.centre, (1, 3)), model * count + int(member))
        for model, part in asked
        for member in part.members
    ]
    rows = iter(_solved(changes, weight_kg, days, wanted))
    found = []
    for model, part in asked:
        together = np.concatenate([next(rows) for _ in part.members])
        for group in alike(together):
            share = float(part.shares[group].sum())
            found.append(_Group(model, part, model * count + int(part.members[group[0]]), share))
    return found


def _solved(
    changes: Schedule, weight_kg: float, days: Days, wanted: Sequence[tuple[int, Numbers, int]]
) -> list[Numbers]:
    """Straightened values (people, days) for each: the number of its days, effects (people, 3), and its history."""
    most = max(len(one) for one in days)
    times = np.array([[*one, *[one[-1]] * (most - len(one))] for one in days])
    lengths = [len(z) for _, z, _ in wanted]
    people = people_with(np.concatenate([z for _, z, _ in wanted]), weight_kg)
    histories = np.repeat([history for _, _, history in wanted], lengths)
    asked = np.repeat([number for number, _, _ in wanted], lengths)
    there = straightened(solve(changes.of(histories), people, times[asked]).concentration)
    ends = np.cumsum(lengths)[:-1]
    return [one[:, : len(days[number])] for (number, _, _), one in zip(wanted, np.split(there, ends), strict=True)]
