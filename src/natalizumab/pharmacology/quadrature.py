"""The exact posterior of the three effects between people, by quadrature along the lines that the data bend.

The effects are z, standard normal a priori: log CL, log Vp and log Vmax in units of their omegas. A few levels pin down
one combination of them sharply and leave the others as wide as before, and the sharp one bends as the others change; a
level below the limit of quantification only cuts a part off, and a doubtful one leaves two heaps. So the equations are
solved at a few nodes, and polynomials carry the concentration between them, as days of a washout (``washout``), not the
density. From it the density is evaluated as it is, without any normal approximation, at thousands of points: most lie
on lines along the sharp axis, each of which is walked where its density lives (``frames``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.beyond import beyond, together
from natalizumab.pharmacology.frames import ENOUGH, Found, Frame, Kind, Side, everybody, first_frame, weighed
from natalizumab.pharmacology.going_on import Standing
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood
from natalizumab.pharmacology.modes import AROUND, modes, modes_of
from natalizumab.pharmacology.predictor import Predictor, people_with, predictor
from natalizumab.pharmacology.rules import Rule, rule
from natalizumab.pharmacology.washout import log_concentration
from natalizumab.pharmacology.weighing import carry

__all__ = ["Part", "Predictor", "alike", "log_concentration", "modes", "parts", "people_with", "predictor"]

Numbers = NDArray[np.float64]

COARSE, FINE = (6, 256, 4, 256), (10, 2048, 8, 2048)
"""Degree, lines, points on each, and points elsewhere: to find where the posterior lives, and to weigh its large parts.
Points on one line share most of the work, and many lines are worth more than many points on each.
"""

LOOKED_AT, MISSED, MATTERS = 48, 0.015, 1e-6
"""Of so many people the log-likelihood is looked at; where it is off by more than that, everybody is solved who weighs
more than that beside the heaviest.
"""

MOST_ROUNDS = 4
"""So often a frame that does not fit is drawn anew around what was found in it."""

SMALL, TINY = 0.05, 0.005
"""A part that is less probable than this beside the likeliest is weighed as roughly as it was found, but around what
was found; if tiny, as it was found.
"""

NOT_WORTH = 1e-9
"""Hypotheses whose normal approximation is so improbable beside the best are left out unseen."""

ALIKE = 5e-3
"""Hypotheses that move no concentration by more than this share of it have their people in common."""


@dataclass(frozen=True, slots=True)
class Part:
    """Plausible people under ``members``, hypotheses that the levels can't tell apart, with each one's share.

    Those numbered ``alone`` matter and lie where polynomials say nothing. ``at_nodes`` are the people at the rule's
    nodes on the day of the last level, if there is one.
    ``places`` (P, 3) are those of the points within the frame, ``effects`` (P, 3) theirs, and ``weight`` (P,) how
    probable each of them is: over all parts it sums to 1. ``at_levels`` (levels, P) are their straightened
    concentrations. ``mode`` are the most probable effects.
    """

    members: NDArray[np.int64]
    shares: Numbers
    rule: Rule
    frame: Frame
    places: Numbers
    effects: Numbers
    at_levels: Numbers
    weight: Numbers
    alone: NDArray[np.int64]
    at_nodes: Standing | None
    mode: Numbers

    def nodes(self) -> Numbers:
        """The effects at the nodes, and of those who stand alone (M, 3)."""
        return np.concatenate([self.frame.z(self.rule.nodes), self.effects[self.alone]])

    def carried(self, values: Numbers) -> Numbers:
        """Values (M, n) of these, carried to all points (n, P)."""
        used, nodes = self.rule, len(self.rule.nodes)
        found = carry(self.places, used.polynomial(values[:nodes]), used.degree, used.lines, used.turns)
        found[:, self.alone] = values[nodes:].T
        return found


@dataclass(frozen=True, slots=True)
class _Group:
    """Hypotheses that the levels cannot tell apart, and the most probable effects."""

    members: NDArray[np.int64]
    log_prior: float
    first: int
    mode: Numbers


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the people of a group are looked for, and how finely; of two heaps only on one side."""

    group: _Group
    frame: Frame
    kind: Kind = COARSE
    side: Side | None = None

    def around(self, found: Found) -> _Place:
        """The place around what was found."""
        return replace(self, frame=found.around())

    def closer(self, found: Found) -> _Place:
        """The same, to be weighed finely."""
        return replace(self.around(found), kind=FINE)


_Weighed = tuple[_Place, Found]


def parts(
    model: Predictor, levels: Sequence[Level], log_prior: Numbers, least: float, *, rough: bool = False
) -> list[Part]:
    """The posterior given the levels, where hypothesis n has the log prior probability ``log_prior[n]``.

    Parts that are less probable than ``least`` beside the likeliest are left out. Without levels it can be ``rough``.
    """
    if not levels:
        all_ = _Group(np.arange(len(log_prior)), _together(log_prior), 0, np.zeros(3))
        found = everybody(COARSE if rough else FINE)
        return _normalised([(_Place(all_, found.frame), found)], log_prior)
    seen = _settled(model, levels, _in_heaps(model, levels, _first_places(model, levels, log_prior)))
    evidence = _evidence(seen)
    shares = np.exp(evidence - evidence.max())
    tiny = [one for one, share in zip(seen, shares, strict=True) if least < share <= TINY]
    again = [
        place.closer(found) if share > SMALL else place.around(found)
        for (place, found), share in zip(seen, shares, strict=True)
        if share > TINY
    ]
    settled = _settled(model, levels, _weighed(model, levels, again))
    return _normalised([*_exactly(model, levels, settled), *tiny], log_prior)


def _evidence(seen: Sequence[_Weighed]) -> Numbers:
    """How probable each one's group is: of a group in two heaps both together."""
    each = np.array([one.log_evidence + place.group.log_prior for place, one in seen])
    first = np.array([place.group.first for place, _ in seen])
    return np.array([np.logaddexp.reduce(each[first == its]) for its in first])


def _in_heaps(model: Predictor, levels: Sequence[Level], places: Sequence[_Place]) -> list[_Weighed]:
    """Weighed roughly; where what is found lies in two heaps, there is one for each."""
    whole, heaps = [], []
    for place, found in _weighed(model, levels, places):
        sides = found.heaps()
        heaps += [replace(place, frame=side.this, side=side) for side in sides]
        whole += [] if sides else [(place, found)]
    return [*whole, *_weighed(model, levels, heaps)]


def _first_places(model: Predictor, levels: Sequence[Level], log_prior: Numbers) -> list[_Place]:
    """Hypotheses that could be true, with frames in which to look for their people."""
    there = _of_different_people(model, levels, len(log_prior))
    members = alike(there.reshape(len(log_prior), -1))
    first = np.array([one[np.argmax(log_prior[one])] for one in members])
    prior = np.array([_together(log_prior[one]) for one in members])
    mode, information, height = modes_of(model, levels, prior, first, there[first, : len(AROUND)])
    approximate = height - 0.5 * np.linalg.slogdet(information)[1]
    likely = np.flatnonzero(approximate > approximate.max() + math.log(NOT_WORTH))
    return [
        _Place(_Group(members[n], float(prior[n]), int(first[n]), mode[n]), first_frame(mode[n], information[n]))
        for n in likely
    ]


def _settled(model: Predictor, levels: Sequence[Level], weighed_once: Sequence[_Weighed]) -> list[_Weighed]:
    """The same, where a frame does not fit in others around what was found, until each fits.

    It is looked for people solved themselves: a polynomial's mistake far out is no heap to go to.
    """
    found = list(weighed_once)
    for _ in range(MOST_ROUNDS):
        for number, one in enumerate(found):
            found[number] = one if _fits(one) else _solved(model, levels, [one])[0]
        badly = [number for number, one in enumerate(found) if not _fits(one)]
        if not badly:
            break
        again = [place.around(one) for place, one in (found[number] for number in badly)]
        for number, better in zip(badly, _weighed(model, levels, again), strict=True):
            found[number] = better
    return found


def _fits(weighed_so_far: _Weighed) -> bool:
    return weighed_so_far[1].share >= ENOUGH


def _weighed(model: Predictor, levels: Sequence[Level], places: Sequence[_Place]) -> list[_Weighed]:
    """All of them with one solution."""
    if not places:
        return []
    used = [rule(*place.kind) for place in places]
    nodes = [(place.frame.z(its.nodes), place.group.first) for place, its in zip(places, used, strict=True)]
    each = model.each(nodes, [level.day for level in levels])
    return [
        (place, weighed(levels, place.frame, its, values, known, place.side))
        for place, its, (values, known) in zip(places, used, each, strict=True)
    ]


def _exactly(model: Predictor, levels: Sequence[Level], found: Sequence[_Weighed]) -> list[_Weighed]:
    """The same with as many people solved themselves as it takes; heaps of one group become one sample."""
    whole = [_solved_if_missed(model, levels, one) for one in found if one[0].side is None]
    groups: dict[int, list[_Weighed]] = {}
    for one in found:
        if one[0].side:
            groups.setdefault(one[0].group.first, []).append(one)
    for first, heaps in groups.items():
        both = together(model, levels, first, [one for _, one in heaps])
        whole += _solved(model, levels, [(place, one) for (place, _), one in zip(heaps, both, strict=True)])
    return whole


def _solved_if_missed(model: Predictor, levels: Sequence[Level], weighed_so_far: _Weighed) -> _Weighed:
    """The same; where polynomials miss the likelihood of people who matter, all who matter are solved themselves."""
    place, found = weighed_so_far
    reached = np.cumsum(found.weight)
    some = np.searchsorted(reached, (np.arange(LOOKED_AT) + 0.5) / LOOKED_AT * reached[-1])
    if np.std(_missed(model, levels, place, found, some)[0]) < MISSED:
        return weighed_so_far
    return _solved(model, levels, [weighed_so_far])[0]


def _solved(model: Predictor, levels: Sequence[Level], weighed_so_far: Sequence[_Weighed]) -> list[_Weighed]:
    """The same, with all solved themselves who matter beside the heaviest of them all.

    So nobody weighs much by a polynomial's mistake. Once a few who weighed far too much are corrected, others matter.
    """
    found = list(weighed_so_far)
    left = [np.ones(len(one.log_weight), dtype=bool) for _, one in found]
    while True:
        least = max(one.log_weight.max() for _, one in found) + math.log(MATTERS)
        matter = [np.flatnonzero(some & (one.log_weight > least)) for some, (_, one) in zip(left, found, strict=True)]
        if not any(len(who) for who in matter):
            return found
        for number, who in enumerate(matter):
            found[number] = _corrected(model, levels, found[number], who)
            left[number][who] = False


def _corrected(model: Predictor, levels: Sequence[Level], weighed_so_far: _Weighed, who: NDArray[np.int64]) -> _Weighed:
    """The same, with some solved themselves."""
    place, found = weighed_so_far
    missed, there = _missed(model, levels, place, found, who)
    log_weight, at_levels = found.log_weight.copy(), found.at_levels.copy()
    log_weight[who] += missed
    at_levels[:, who] = there
    return place, replace(found, log_weight=log_weight, at_levels=at_levels)


def _missed(
    model: Predictor, levels: Sequence[Level], place: _Place, found: Found, who: NDArray[np.int64]
) -> tuple[Numbers, Numbers]:
    """By how much the log-likelihood of some is too small, and what they have at the levels (levels, n)."""
    z = found.z[who]
    there = model.straightened(z, np.array(place.group.first), [level.day for level in levels])
    carried = log_likelihood(levels, log_concentration(found.at_levels[:, who].T))
    return log_likelihood(levels, log_concentration(there)) - carried, there.T


def _normalised(found: Sequence[_Weighed], log_prior: Numbers) -> list[Part]:
    logs = [one.log_weight + place.group.log_prior for place, one in found]
    top = max(log.max() for log in logs)
    weights = [np.exp(log - top) for log in logs]
    total = sum(weight.sum() for weight in weights)
    return [
        Part(
            place.group.members, np.exp(log_prior[place.group.members] - place.group.log_prior), one.used, one.frame,
            one.places, one.z, one.at_levels, weight / total,
            np.flatnonzero(beyond(one.places) & (weight > MATTERS * weight.max())), one.nodes,
            place.group.mode,
        )
        for (place, one), weight in zip(found, weights, strict=True)
    ]  # fmt: skip


def _together(logs: Numbers) -> float:
    return float(np.log(np.exp(logs - logs.max()).sum()) + logs.max())


def _of_different_people(model: Predictor, levels: Sequence[Level], count: int) -> Numbers:
    """Under each hypothesis the levels of those around the typical person, and of two quite different people.

    Shape (hypotheses, people, levels).
    """
    people = np.concatenate([AROUND, [[-2.0, 0.0, -2.0], [1.5, 0.0, 1.5]]])
    return model.straightened(
        np.broadcast_to(people, (count, *people.shape)), np.arange(count)[:, None], [level.day for level in levels]
    )


def alike(rows: Numbers) -> list[NDArray[np.int64]]:
    """Numbers of rows of straightened concentrations that are the same to within ``ALIKE``, in groups."""
    logs = log_concentration(rows)
    left, found = list(range(len(rows))), []
    while left:
        group = [row for row in left if (np.abs(logs[row] - logs[left[0]]) < ALIKE).all()]
        found.append(np.array(group))
        left = [row for row in left if row not in group]
    return found
