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

from natalizumab.pharmacology.frames import ENOUGH, Found, Frame, Kind, Side, everybody, first_frame, weighed
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.likelihood import log_likelihood
from natalizumab.pharmacology.modes import modes, modes_of
from natalizumab.pharmacology.predictor import Predictor, people_with, predictor
from natalizumab.pharmacology.rules import Rule, rule
from natalizumab.pharmacology.washout import log_concentration
from natalizumab.pharmacology.weighing import carry

__all__ = ["Part", "Predictor", "alike", "log_concentration", "modes", "parts", "people_with", "predictor"]

Numbers = NDArray[np.float64]

COARSE, MIDDLING, FINE = (6, 256, 4, 256), (8, 256, 4, 256), (10, 2048, 8, 2048)
"""Degree, lines, points on each, and points elsewhere: to find where the posterior lives, and to weigh its parts, small
and large. Points on one line share most of the work, and many lines are worth more than many points on each.
"""

LOOKED_AT, MISSED, MATTERS = 48, 0.015, 1e-6
"""Of so many people the log-likelihood is looked at; where it is off by more than that, everybody is solved who weighs
more than that beside the heaviest.
"""

MOST_ROUNDS = 4
"""So often a frame that does not fit is drawn anew around what was found in it."""

SMALL, TINY = 0.05, 0.01
"""A part that is less probable than this beside the likeliest is weighed less finely, or only as it was found."""

NOT_WORTH = 1e-9
"""Hypotheses whose normal approximation is so improbable beside the best are left out unseen."""

ALIKE = 5e-3
"""Hypotheses that move no concentration by more than this share of it have their people in common."""


@dataclass(frozen=True, slots=True)
class Part:
    """Plausible people under ``members``, hypotheses that the levels can't tell apart, with each one's share.

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
    mode: Numbers

    def nodes(self) -> Numbers:
        """The effects at the nodes (M, 3)."""
        return self.frame.z(self.rule.nodes)

    def carried(self, values: Numbers) -> Numbers:
        """Values (M, n) at the nodes, carried to the points (n, P)."""
        used = self.rule
        return carry(self.places, used.polynomial(values), used.degree, used.lines, used.turns)


@dataclass(frozen=True, slots=True)
class _Group:
    """Hypotheses that the levels cannot tell apart, and the most probable effects."""

    members: NDArray[np.int64]
    log_prior: float
    first: int
    mode: Numbers


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the people of a group are looked for; of two heaps only on one side."""

    group: _Group
    frame: Frame
    side: Side | None = None


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
    seen = _settled(model, levels, _in_heaps(model, levels, _first_places(model, levels, log_prior)), COARSE)
    evidence = np.array([one.log_evidence + place.group.log_prior for place, one in seen])
    tiny, small, large = (
        [one for one, share in zip(seen, np.exp(evidence - evidence.max()), strict=True) if above < share <= most]
        for above, most in ((least, TINY), (TINY, SMALL), (SMALL, 1.0))
    )
    solved = [_solved_if_missed(model, levels, one) for one in _closer(model, levels, large, FINE)]
    return _normalised([*solved, *_closer(model, levels, small, MIDDLING), *tiny], log_prior)


def _in_heaps(model: Predictor, levels: Sequence[Level], places: Sequence[_Place]) -> list[_Weighed]:
    """Weighed roughly; where what is found lies in two heaps, there is one for each."""
    whole, heaps = [], []
    for place, found in _weighed(model, levels, places, COARSE):
        sides = found.heaps()
        heaps += [replace(place, frame=side.this, side=side) for side in sides]
        whole += [] if sides else [(place, found)]
    return [*whole, *_weighed(model, levels, heaps, COARSE)]


def _first_places(model: Predictor, levels: Sequence[Level], log_prior: Numbers) -> list[_Place]:
    """Hypotheses that could be true, with frames in which to look for their people."""
    members = _alike(model, levels, len(log_prior))
    first = np.array([one[np.argmax(log_prior[one])] for one in members])
    prior = np.array([_together(log_prior[one]) for one in members])
    mode, information, height = modes_of(model, levels, prior, first)
    approximate = height - 0.5 * np.linalg.slogdet(information)[1]
    likely = np.flatnonzero(approximate > approximate.max() + math.log(NOT_WORTH))
    return [
        _Place(_Group(members[n], float(prior[n]), int(first[n]), mode[n]), first_frame(mode[n], information[n]))
        for n in likely
    ]


def _closer(model: Predictor, levels: Sequence[Level], seen: Sequence[_Weighed], kind: Kind) -> list[_Weighed]:
    """Weighed once more, in frames around what was found, until each fits."""
    return _settled(model, levels, _around(model, levels, seen, kind), kind)


def _around(model: Predictor, levels: Sequence[Level], seen: Sequence[_Weighed], kind: Kind) -> list[_Weighed]:
    """Weighed once more, in frames around what was found."""
    return _weighed(model, levels, [replace(place, frame=one.around()) for place, one in seen], kind)


def _settled(model: Predictor, levels: Sequence[Level], weighed_once: Sequence[_Weighed], kind: Kind) -> list[_Weighed]:
    """The same, in other frames around what was found until each fits."""
    found = list(weighed_once)
    for _ in range(MOST_ROUNDS):
        badly = [number for number, (_, one) in enumerate(found) if one.share < ENOUGH]
        if not badly:
            break
        again = _around(model, levels, [found[number] for number in badly], kind)
        for number, better in zip(badly, again, strict=True):
            found[number] = better
    return found


def _weighed(model: Predictor, levels: Sequence[Level], places: Sequence[_Place], kind: Kind) -> list[_Weighed]:
    """All of them with one solution."""
    if not places:
        return []
    used = rule(*kind)
    nodes = np.stack([place.frame.z(used.nodes) for place in places])
    which = np.array([place.group.first for place in places])[:, None]
    values = model.straightened(nodes, which, [level.day for level in levels])
    return [
        (place, weighed(levels, place.frame, used, value, place.side))
        for place, value in zip(places, values, strict=True)
    ]


def _solved_if_missed(model: Predictor, levels: Sequence[Level], weighed_so_far: _Weighed) -> _Weighed:
    """The same; where polynomials miss the likelihood of people who matter, all who matter are solved themselves."""
    place, found = weighed_so_far
    reached = np.cumsum(found.weight)
    some = np.searchsorted(reached, (np.arange(LOOKED_AT) + 0.5) / LOOKED_AT * reached[-1])
    if np.std(_missed(model, levels, place, found, some)[0]) < MISSED:
        return weighed_so_far
    who = np.flatnonzero(found.weight > MATTERS * found.weight.max())
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
            one.places, one.z, one.at_levels, weight / total, place.group.mode,
        )
        for (place, one), weight in zip(found, weights, strict=True)
    ]  # fmt: skip


def _together(logs: Numbers) -> float:
    return float(np.log(np.exp(logs - logs.max()).sum()) + logs.max())


def _alike(model: Predictor, levels: Sequence[Level], count: int) -> list[NDArray[np.int64]]:
    """The hypotheses in groups, within which they give the same levels to three quite different people."""
    people = np.array([[0.0, 0.0, 0.0], [-2.0, 0.0, -2.0], [1.5, 0.0, 1.5]])
    there = model.straightened(
        np.broadcast_to(people, (count, 3, 3)), np.arange(count)[:, None], [level.day for level in levels]
    )
    return alike(there.reshape(count, -1))


def alike(rows: Numbers) -> list[NDArray[np.int64]]:
    """Numbers of rows of straightened concentrations that are the same to within ``ALIKE``, in groups."""
    logs = log_concentration(rows)
    left, found = list(range(len(rows))), []
    while left:
        group = [row for row in left if (np.abs(logs[row] - logs[left[0]]) < ALIKE).all()]
        found.append(np.array(group))
        left = [row for row in left if row not in group]
    return found
