"""Which numbers of the evidence stand behind a simulation, how good they are, and where the model is known to fail."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from natalizumab.evidence import value, weakest
from natalizumab.pharmacology.parameters import TYPICAL
from natalizumab.pharmacology.regimen import Regimen

if TYPE_CHECKING:
    from natalizumab.pharmacology.patient import Patient

BODY = tuple(f"pk.{name}" for name in TYPICAL if name != "ka")
WEIGHT = ("pk.reference_weight", "pk.weight_on_cl", "pk.weight_on_vc")
ROUTE = {"iv": ("pk.infusion_duration",), "sc": ("pk.ka", "pk.sc_bioavailability", "pk.sc_lag")}
SATURATION = ("saturation.e0", "saturation.emax", "saturation.ec50", "saturation.h")
PEOPLE = ("pk.cv_cl", "pk.cv_vp", "pk.cv_vmax")
WEIGHTS = tuple(f"pk.population_weight{part}" for part in ("", "_sd", "_min", "_max"))

TESTED = ("ada.test_sensitivity", "ada.test_specificity", "ada.persistence_apart")
MEASURED = ("pk.residual", "pk.assay_factor", "levels.hour_when_undated")
ANTIBODIES = (
    "ada.clearance_factor",
    "ada.persistent_share",
    "ada.transient_share",
    *(f"ada.first_positive_after_{number}" for number in (1, 2, 3)),
    "ada.onset_delay",
    "ada.transient_duration",
)
DOUBTED = (
    *(f"individual.{name}" for name in ("implausible", "conflict", "unusual", "weight_old")),
    *(f"pk.population_weight_{end}" for end in ("min", "max")),
    *(f"interval.studied_{end}" for end in ("shortest", "longest")),
)
ADVISED = ("interval.shortest", "interval.longest", "interval.antibodies_first", "interval.heavy_above")

WEAK_POINTS = ("pk.km", "pk.vc", "pk.cl", "saturation.emax")
"""The values whose notes say what the model gets wrong."""


def keys_behind(
    regimen: Regimen,
    *,
    population: bool = False,
    drawn_weights: bool = False,
    antibodies: bool = False,
    own_share: bool = False,
) -> tuple[str, ...]:
    """The keys of all evidence that such a simulation rests on; ``own_share``: F was given, not taken from there."""
    keys = (
        "dosing.dose",
        *BODY,
        *WEIGHT,
        *ROUTE[regimen.route],
        *SATURATION,
        *(PEOPLE if population else ()),
        *(WEIGHTS if drawn_weights else ()),
        *(("ada.clearance_factor",) if antibodies else ()),
    )
    return tuple(key for key in keys if not (own_share and key == "pk.sc_bioavailability"))


def keys_behind_person(patient: Patient) -> tuple[str, ...]:
    """The keys of all evidence that a person's own curve rests on."""
    routes = dict.fromkeys(dose.route for dose in patient.history.inputs)
    by_route = (key for route in routes for key in ROUTE[route])
    measured, tested = MEASURED if patient.levels else (), TESTED if patient.antibody_results else ()
    return ("dosing.dose", *BODY, *WEIGHT, *by_route, *PEOPLE, *measured, *ANTIBODIES, *tested)


def keys_behind_advice(patient: Patient, target: float, probability: float) -> tuple[str, ...]:
    """Those, and what an interval that suits the person is chosen by: a target or probability of one's own is none."""
    chosen = (("pk.target_trough", target), ("interval.probability", 100 * probability))
    ours = (key for key, asked in chosen if math.isclose(float(value(key).value), asked))
    return (*keys_behind_person(patient), *DOUBTED, *ADVISED, *ours)


def status_of(keys: tuple[str, ...]) -> str:
    """The weakest status among those values: that of whatever is computed from them."""
    return weakest(*(value(key).status for key in keys))


def by_status(keys: tuple[str, ...]) -> dict[str, list[str]]:
    """The keys grouped by the status of their values, the weakest group first."""
    left, groups = list(keys), {}
    while left:
        status = weakest(*(value(key).status for key in left))
        groups[status] = [key for key in left if value(key).status == status]
        left = [key for key in left if key not in groups[status]]
    return groups


def weaknesses() -> list[str]:
    """What the model is known to get wrong, in the evidence's own words, each after the value that it concerns."""
    return [f"{key}: {value(key).note.removeprefix('Bootstrap interval. ')}" for key in WEAK_POINTS]
