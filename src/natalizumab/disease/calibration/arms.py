"""The virtual arms that calibration looks at: AFFIRM, the phase 2 trial, and people who stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model import Block, Course, Parameters, Untreated, course, untreated
from natalizumab.disease.model.bodies import ages as drawn_ages
from natalizumab.disease.model.bodies import antibodies, bodies, weights
from natalizumab.disease.model.pools import middles
from natalizumab.disease.model.processes import DAYS_PER_YEAR
from natalizumab.evidence import value
from natalizumab.pharmacology import concentrations
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK
from natalizumab.pharmacology.schedule import DosesOfMany, schedule_of_doses

Numbers = NDArray[np.float64]

WEEK, YEAR = DAYS_PER_WEEK, DAYS_PER_YEAR


@dataclass(frozen=True, slots=True)
class Arm:
    """Infusions so many weeks apart, each of ``mg``, or of so many mg per kg; none at all: placebo."""

    days: float
    doses: int = 0
    mg: float = 0.0
    mg_per_kg: float = 0.0
    weeks: float = 4.0
    phase_2: bool = False


def arms() -> dict[str, Arm]:
    """By name; doses stand in the evidence as ``trials``."""
    two_years = 2 * YEAR
    affirm, phase_2, stopped = (int(value(f"trials.{name}_doses").value) for name in ("affirm", "phase_2", "stopped"))
    low, high = value("trials.phase_2_mg_per_kg").value
    mg = float(value("trials.dose_mg").value)
    half_year = 6 * 4 * WEEK
    return {
        "placebo": Arm(two_years),
        "natalizumab": Arm(two_years, affirm, mg),
        "phase 2 placebo": Arm(half_year, phase_2=True),
        "phase 2 low": Arm(half_year, phase_2, mg_per_kg=low, phase_2=True),
        "phase 2 high": Arm(half_year, phase_2, mg_per_kg=high, phase_2=True),
        "stopped": Arm((4 * stopped + 20) * WEEK, stopped, mg),
    }


@cache
def levels(block: Block, name: str) -> Numbers | None:
    """Concentrations (people, days) in an arm. No parameter of the disease changes them, so they are kept."""
    arm = arms()[name]
    if not arm.doses:
        return None
    kg = weights(block)
    days = np.broadcast_to(arm.weeks * WEEK * np.arange(arm.doses), (block.count, arm.doses))
    amount = arm.mg_per_kg * kg if arm.mg_per_kg else arm.mg
    doses = schedule_of_doses(DosesOfMany(days, amount), antibodies=antibodies(block, days))
    return concentrations(doses, bodies(block, kg), middles(0.0, arm.days))


@cache
def ages(block: Block) -> Numbers:
    """In years on the first day, of people in such trials."""
    return drawn_ages(block, *(float(value(f"trials.age{end}").value) for end in ("", "_sd", "_min", "_max")))


def courses(block: Block, parameters: Parameters) -> Mapping[str, Course]:
    """What happens in each arm; the same people in all, those of the phase 2 trial with a more active disease."""
    found = {}
    before: dict[tuple[float, bool], Untreated] = {}
    for name, arm in arms().items():
        group = (arm.days, arm.phase_2)
        if group not in before:
            active = parameters.phase_2_activity if arm.phase_2 else 1.0
            used = parameters.with_values({"lesion_rate": active * parameters.lesion_rate})
            before[group] = untreated(block, used, ages(block), 0.0, arm.days)
        found[name] = course(before[group], levels(block, name))
    return found
