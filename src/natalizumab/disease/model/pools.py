"""Lymphocytes that reach the brain, and two pools of effector cells there that follow them, fast and slowly.

    T = T0 + (1 - T0) (1 - S)^h        trafficking at saturation S; T0 is what full saturation leaves
    dF/dt = (T - F) / tau_fast         dR/dt = (T - R) / tau_slow
    E = (1 - phi) F + phi R            what drives new lesions; everything is 1 without treatment

Time runs in equal cells. Within one trafficking is taken as it is in the middle, and the pools are solved exactly:
where doses fall on the ends of cells, as weekly ones do, no cell holds a jump.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.parameters import Parameters

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

CELL_DAYS = 3.5
"""Half a week."""


@dataclass(frozen=True, slots=True)
class Pools:
    """``fast`` and ``slow`` at the ends of cells, shape (cells + 1, people); cells begin on day ``start``."""

    start: float
    fast: Numbers
    slow: Numbers
    slow_share: float

    def drive(self) -> Numbers:
        """What drives new lesions at the ends of cells, shape (cells + 1, people)."""
        return (1 - self.slow_share) * self.fast + self.slow_share * self.slow


def middles(start: float, days: float) -> Numbers:
    """The days in the middle of the cells that cover so many days from ``start`` on."""
    return np.asarray(start + CELL_DAYS * (np.arange(cells(days)) + 0.5))


def cells(days: float) -> int:
    """How many cells cover so many days."""
    return max(1, math.ceil(days / CELL_DAYS - 1e-9))


def trafficking(saturation: Numbers, least: Numbers, steepness: float) -> Numbers:
    """The share of the untreated, at saturations (cells, people) in people with those least shares (people,)."""
    return least + (1 - least) * (1 - saturation) ** steepness


def pools(traffic: Numbers, start: float, parameters: Parameters) -> Pools:
    """Both pools under trafficking (cells, people) in the middle of cells, of people untreated until day ``start``."""
    full = np.ones(traffic.shape[1])
    fast, slow = (follow(traffic, full, days) for days in (parameters.fast_days, parameters.slow_days))
    return Pools(start, fast, slow, parameters.slow_share)


def follow(goal: Numbers, begun: Numbers, tau_days: float) -> Numbers:
    """What follows ``goal`` (cells, people), constant within a cell, with a time constant: at the ends of cells."""
    kept = math.exp(-CELL_DAYS / tau_days)
    found = np.empty((len(goal) + 1, goal.shape[1]))
    found[0] = begun
    gained = (1 - kept) * goal
    for cell in range(len(goal)):
        np.multiply(found[cell], kept, out=found[cell + 1])
        found[cell + 1] += gained[cell]
    return found


def at(values: Numbers, start: float, days: Numbers, people: Indices) -> Numbers:
    """Values at the ends of cells (cells + 1, people), read off on somebody's days; both of shape (n,)."""
    place = np.clip((days - start) / CELL_DAYS, 0, len(values) - 1)
    low = np.minimum(place.astype(np.int64), len(values) - 2)
    before, after = values[low, people], values[low + 1, people]
    return np.asarray(before + (place - low) * (after - before))
