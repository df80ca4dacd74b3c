"""What becomes of a block of people in each arm of a trial: one number per person and outcome."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from natalizumab.cohort.arms import WEEK, Arm, Dosing, Span, dosing
from natalizumab.cohort.guided import chosen_weeks
from natalizumab.cohort.harms import pml, reactions, scenario
from natalizumab.cohort.population import People, people
from natalizumab.cohort.trial import Trial
from natalizumab.disease.model import (
    Block,
    Course,
    Parameters,
    Untreated,
    course,
    neda,
    relapse_counts,
    scans,
    untreated,
)
from natalizumab.disease.model.bodies import antibodies, bodies
from natalizumab.disease.model.chance import keys, uniform
from natalizumab.pharmacology import concentrations
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.schedule import schedule_of_doses

Numbers = NDArray[np.float64]
Outcomes = Mapping[str, Numbers]

RUN_IN_WEEKS = 4.0

LOWEST = 0.01
"""No level is measured lower than this share of the truth."""

WHAT = {
    "new_t2": "new or enlarging T2 lesions",
    "contrast": "lesions with contrast on the last scan",
    "relapses": "relapses",
    "progression": "people with confirmed progression",
    "neida": "people without activity (NEIDA)",
    "neda_3": "people without activity or progression (NEDA-3)",
    "brain_volume": "change of brain volume, %",
    "trough": "trough before the last dose, mg/L",
    "pml_per_1000": "PML, per 1,000 people (expected)",
    "reactions": "hypersensitivity reactions",
    "doses": "doses",
    "chair_hours": "hours in the chair",
    "cost": "cost of drug and chair",
}
"""Every outcome, per person over the trial's weeks."""


@dataclass(frozen=True)
class Lot:
    """A block of people before the arms part."""

    trial: Trial
    who: People
    before: Untreated


def lot(trial: Trial, parameters: Parameters, block: Block) -> Lot:
    """Draw the people and all that no arm changes."""
    who = people(block, trial.population)
    used = parameters.with_values({"lesion_rate": parameters.lesion_rate * trial.population.activity})
    return Lot(trial, who, untreated(block, used, who.age, 0.0, trial.end))


def outcomes(of: Lot, arm: Arm) -> Outcomes:
    """All of ``WHAT`` for each person (people,) in one arm."""
    trial, who = of.trial, of.who
    given = _given(of, arm)
    level = _levels(of, arm, given)
    happened = course(of.before, level[:, :-1])
    counted = given.days >= trial.counted_from
    doses = counted.sum(axis=1).astype(float)
    hours = doses * (trial.costs.hours_iv if arm.route == "iv" else trial.costs.hours_sc)
    ratio = scenario(trial.pml_scenario).ratio
    return {
        **_disease(of, happened),
        "trough": level[:, -1],
        "pml_per_1000": 1000 * pml(who, given.stop, given.extended_from, trial.counted_from, trial.end, ratio),
        "reactions": (reactions(who, given.days) & counted).sum(axis=1).astype(float),
        "doses": doses,
        "chair_hours": hours,
        "cost": doses * trial.costs.dose + hours * trial.costs.chair_hour,
    }


def _disease(of: Lot, happened: Course) -> Outcomes:
    trial, count = of.trial, of.who.block.count
    days = trial.start + WEEK * np.array(trial.scan_weeks or (trial.weeks,))
    since = trial.counted_from
    shown = scans(happened.lesions, count, days, since)
    quiet = neda(happened, since, days, trial.end)
    return {
        "new_t2": shown.new_t2.sum(axis=1).astype(float),
        "contrast": shown.contrast[:, -1].astype(float),
        "relapses": relapse_counts(happened, since, trial.end).astype(float),
        "progression": happened.progressions.between(since, trial.end, count).astype(float),
        "neida": quiet.neida.astype(float),
        "neda_3": quiet.neda_3.astype(float),
        "brain_volume": happened.brain.measured(trial.end) - happened.brain.measured(since),
    }


def takes_part(of: Lot) -> NDArray[np.bool_]:
    """Who (people,) does: everybody, or those who were stable in the run-in."""
    trial = of.trial
    if not trial.stable:
        return np.ones(of.who.block.count, dtype=np.bool_)
    run_in = Arm("run-in", weeks=RUN_IN_WEEKS)
    given = _given(of, run_in)
    happened = course(of.before, _levels(of, run_in, given)[:, :-1])
    shown = scans(happened.lesions, of.who.block.count, np.array([trial.start]), 0.0)
    ever = antibodies(of.who.block, given.days).start < trial.start
    return np.asarray((relapse_counts(happened, 0.0, trial.start) == 0) & (shown.contrast[:, 0] == 0) & ~ever)


def _given(of: Lot, arm: Arm) -> Dosing:
    trial = of.trial
    span = Span(trial.start, trial.end, RUN_IN_WEEKS, trial.extended_weeks)
    return dosing(arm, of.who, trial.population, span, _own_weeks(of, arm, span) if arm.guided else None)


def _own_weeks(of: Lot, arm: Arm, span: Span) -> Numbers:
    """The intervals that a clinic chooses by two troughs, measured before the last two doses of the run-in."""
    assert arm.guided
    who, run_in = of.who, Arm("run-in", weeks=RUN_IN_WEEKS)
    given = dosing(run_in, who, of.trial.population, span).days
    number = math.ceil(span.start / (RUN_IN_WEEKS * WEEK))
    planned = RUN_IN_WEEKS * WEEK * np.arange(number - 2, number)
    days = np.where(np.isfinite(given[:, number - 2 : number]), given[:, number - 2 : number], planned)
    doses = schedule_of_doses(given, run_in.mg, antibodies=antibodies(who.block, given))
    true = concentrations(doses, bodies(who.block, who.kg), days)
    key = keys(who.block.seed, "measured levels", who.block.first, who.block.count)[:, None]
    measured = true * np.maximum(1 + residual_error() * ndtri(uniform(key, np.arange(2))), LOWEST)
    return chosen_weeks(arm.guided, measured, who.kg, number, arm.route, arm.mg)


def _levels(of: Lot, arm: Arm, given: Dosing) -> Numbers:
    """Concentrations (people, days + 1) on the middles of cells, and just before each one's last dose."""
    count = of.who.block.count
    if not np.isfinite(given.days).any():
        return np.zeros((count, len(of.before.days) + 1))
    last = np.max(np.where(np.isfinite(given.days), given.days, 0.0), axis=1)[:, None]
    days, number = of.before.days, np.arange(len(of.before.days) + 1)
    place = np.searchsorted(days, last)  # in order of time: to sort them for everybody takes longer
    times = np.where(number < place, days[number.clip(max=len(days) - 1)], days[(number - 1).clip(0)])
    times = np.where(number == place, last, times)
    doses = schedule_of_doses(given.days, arm.mg or 300.0, arm.route, antibodies=antibodies(of.who.block, given.days))
    found = concentrations(doses, bodies(of.who.block, of.who.kg), times)
    on_cells = found[number != place].reshape(count, len(days))
    return np.concatenate([on_cells, np.take_along_axis(found, place, axis=1)], axis=1)
