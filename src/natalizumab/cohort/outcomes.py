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
from natalizumab.cohort.harms import MONTH, pml, reactions, scenario
from natalizumab.cohort.population import People, people
from natalizumab.cohort.trial import Trial
from natalizumab.cohort.unknowns import Unknowns, best
from natalizumab.disease.model import (
    Block,
    Course,
    Parameters,
    Untreated,
    course,
    edss,
    fatigue,
    neda,
    relapse_counts,
    scans,
    scores_at_start,
    untreated,
)
from natalizumab.disease.model.blood import lymphocytes
from natalizumab.disease.model.bodies import antibodies, bodies
from natalizumab.disease.model.chance import keys, uniform
from natalizumab.disease.model.pools import CELL_DAYS
from natalizumab.evidence import value
from natalizumab.pharmacology import concentrations
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.schedule import DosesOfMany, Schedule, schedule_of_doses

Numbers = NDArray[np.float64]
Outcomes = Mapping[str, Numbers]

FORGOTTEN = 40
"""Time constants after which nothing is left of where a course began."""

LOWEST = 0.01
"""No level is measured lower than this share of the truth."""

WHAT = {
    "new_t2": "new or enlarging T2 lesions",
    "contrast": "lesions with contrast on the last scan",
    "new_contrast": "new lesions with contrast on all scans",
    "relapses": "relapses",
    "progression": "people with confirmed progression",
    "edss": "change of the EDSS",
    "fatigue": "change of fatigue (VAS-F, 0 to 100)",
    "neida": "people without activity (NEIDA)",
    "neda_3": "people without activity or progression (NEDA-3)",
    "brain_volume": "change of brain volume, %",
    "lymphocytes": "blood lymphocytes at the end, 10⁹/L",
    "trough": "trough before the last dose, mg/L",
    "pml_per_1000": "PML, per 1,000 people (expected)",
    "pml_early_per_1000": "of it found by a scan before it has symptoms",
    "pml_deaths_per_1000": "deaths from PML, per 1,000 people (expected)",
    "reactions": "hypersensitivity reactions",
    "doses": "doses",
    "chair_hours": "hours in the chair",
    "cost": "cost of drug and chair",
}
"""Every outcome, per person over the trial's weeks."""

COUNTED = ("new_t2", "contrast", "new_contrast", "relapses", "reactions", "doses")
"""Those that are whole numbers of everybody."""


@dataclass(frozen=True)
class Lot:
    """A block of people before the arms part."""

    trial: Trial
    who: People
    before: Untreated
    unknowns: Unknowns


def lot(trial: Trial, parameters: Parameters, block: Block, unknowns: Unknowns | None = None) -> Lot:
    """Draw the people and all that no arm changes; ``unknowns`` of None are the best guesses."""
    who = people(block, trial.population)
    used = parameters.with_values({"lesion_rate": parameters.lesion_rate * trial.population.activity})
    guess = unknowns or best(scenario(trial.pml_scenario))
    return Lot(trial, who, untreated(block, used, who.age, 0.0, trial.end), guess)


def outcomes(of: Lot, arm: Arm) -> Outcomes:
    """All of ``WHAT`` for each person (people,) in one arm."""
    trial, who = of.trial, of.who
    given = _given(of, arm)
    level = _levels(of, arm, given)
    happened = course(of.before, level[:, :-1])
    counted = given.days >= trial.counted_from
    doses = counted.sum(axis=1).astype(float)
    hours = doses * (trial.costs.hours_iv if arm.route == "iv" else trial.costs.hours_sc)
    ratio, scan_days = of.unknowns.hazard_ratio, _pml_scans(trial, arm)
    ill = pml(who, given.stop, given.extended_from, trial.counted_from, trial.end, ratio, scan_days)
    return {
        **_disease(of, happened),
        "trough": level[:, -1],
        "pml_per_1000": 1000 * ill.chance,
        "pml_early_per_1000": 1000 * ill.without_symptoms,
        "pml_deaths_per_1000": 1000 * ill.deaths,
        "reactions": (reactions(who, given.days) & counted).sum(axis=1).astype(float),
        "doses": doses,
        "chair_hours": hours,
        "cost": doses * trial.costs.dose + hours * trial.costs.chair_hour,
    }


def _scan_days(trial: Trial) -> Numbers:
    return trial.start + WEEK * np.array(trial.scan_weeks or (trial.weeks,))


def _pml_scans(trial: Trial, arm: Arm) -> list[float]:
    """The days of scans that would show PML: the first is the reference of all others."""
    if arm.pml_scan_months is None:
        return [trial.counted_from, *_scan_days(trial).tolist()]
    return list(np.arange(trial.start, trial.end, arm.pml_scan_months * MONTH))


def _disease(of: Lot, happened: Course) -> Outcomes:
    trial, count = of.trial, of.who.block.count
    days, since, until = _scan_days(trial), trial.counted_from, trial.end
    begun = scores_at_start(of.who.block)
    share = of.unknowns.fatigue_share
    shown = scans(happened.lesions, count, days, since)
    quiet = neda(happened, since, days, until)
    return {
        "new_t2": shown.new_t2.sum(axis=1).astype(float),
        "contrast": shown.contrast[:, -1].astype(float),
        "new_contrast": shown.new_contrast.sum(axis=1).astype(float),
        "relapses": relapse_counts(happened, since, until).astype(float),
        "progression": happened.progressions.between(since, until, count).astype(float),
        "edss": edss(happened, begun, until) - edss(happened, begun, since),
        "fatigue": fatigue(happened, share, until) - fatigue(happened, share, since),
        "neida": quiet.neida.astype(float),
        "neda_3": quiet.neda_3.astype(float),
        "brain_volume": happened.brain.measured(until) - happened.brain.measured(since),
        "lymphocytes": value("ada.lymphocytes_untreated").value * _lymphocytes_at_end(happened),
    }


def _lymphocytes_at_end(happened: Course) -> Numbers:
    """Multiples of the untreated count (people,); what was long before the end has no say in it."""
    parameters = happened.untreated.parameters
    cells = math.ceil(FORGOTTEN * parameters.lymphocyte_days / CELL_DAYS)
    return np.asarray(lymphocytes(happened.saturation[-cells:], parameters)[-1])


def takes_part(of: Lot) -> NDArray[np.bool_]:
    """Who (people,) does: everybody, or those who were stable in the run-in."""
    trial = of.trial
    if not trial.stable:
        return np.ones(of.who.block.count, dtype=np.bool_)
    run_in = Arm("run-in")
    given = _given(of, run_in)
    happened = course(of.before, _levels(of, run_in, given)[:, :-1])
    shown = scans(happened.lesions, of.who.block.count, np.array([trial.start]), 0.0)
    ever = antibodies(of.who.block, given.days).start < trial.start
    return np.asarray((relapse_counts(happened, 0.0, trial.start) == 0) & (shown.contrast[:, 0] == 0) & ~ever)


def _given(of: Lot, arm: Arm) -> Dosing:
    trial = of.trial
    span = Span(trial.start, trial.end, Arm("run-in").weeks, trial.extended_weeks)
    return dosing(arm, of.who, trial.population, span, _own_weeks(of, arm, span) if arm.guided else None)


def _own_weeks(of: Lot, arm: Arm, span: Span) -> Numbers:
    """The intervals that a clinic chooses by two troughs, measured before the last two doses of the run-in."""
    assert arm.guided
    who, run_in = of.who, Arm("run-in")
    dosed = dosing(run_in, who, of.trial.population, span)
    given = dosed.days
    number = math.ceil(span.start / (run_in.weeks * WEEK))
    planned = run_in.weeks * WEEK * np.arange(number - 2, number)
    days = np.where(np.isfinite(given[:, number - 2 : number]), given[:, number - 2 : number], planned)
    true = concentrations(_schedule(who, run_in, dosed), bodies(who.block, who.kg), days)
    key = keys(who.block.seed, "measured levels", who.block.first, who.block.count)[:, None]
    measured = true * np.maximum(1 + residual_error() * ndtri(uniform(key, np.arange(2))), LOWEST)
    return chosen_weeks(arm.guided, measured, who.kg, number, arm.route, arm.mg)


def _levels(of: Lot, arm: Arm, given: Dosing) -> Numbers:
    """Concentrations (people, days + 1) on the middles of cells, and just before each one's last dose."""
    count = of.who.block.count
    if not np.isfinite(given.days).any():
        return np.zeros((count, len(of.before.days) + 1))
    last = np.max(np.where(np.isfinite(given.days), given.days, 0.0), axis=1)
    days, everybody = of.before.days, np.arange(count)
    on_cells = np.ones((count, len(days) + 1), dtype=np.bool_)
    on_cells[everybody, np.searchsorted(days, last)] = False  # in order of time
    times = np.empty(on_cells.shape)
    times[on_cells], times[~on_cells] = np.tile(days, count), last
    doses = _schedule(of.who, arm, given)
    found = concentrations(doses, bodies(of.who.block, of.who.kg), times)
    return np.column_stack([found[on_cells].reshape(count, len(days)), found[~on_cells]])


def _schedule(who: People, arm: Arm, given: Dosing) -> Schedule:
    """Everybody's infusions of the run-in, and then what the arm gives."""
    before, own = given.days[:, : given.run_in], given.days[:, given.run_in :]
    doses = [DosesOfMany(before, float(value("trials.dose_mg").value)), DosesOfMany(own, arm.mg, arm.route)]
    return schedule_of_doses(*doses, antibodies=antibodies(who.block, given.days))
