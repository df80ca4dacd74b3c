"""From the published population to one person's parameters."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Generic

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.equations import Amount, Body

HOURS_PER_DAY = 24.0

LIGHTEST_KG, HEAVIEST_KG = 20.0, 300.0
"""Outside of this a weight is a typing error. The model itself was built on adults; see pk.population_weight_min."""

LARGEST_CLEARANCE_FACTOR = 100.0
"""Beyond this a factor on clearance is a typing error; antibodies multiply it by two or three."""


@dataclass(frozen=True, slots=True)
class Person(Generic[Amount]):
    """A body with its parameters, and what becomes of a dose under the skin: the share that arrives, and when."""

    body: Body[Amount]
    bioavailability: float
    lag_days: float


@dataclass(frozen=True, slots=True)
class Population:
    """The published typical values and the standard deviations (omega) of the log-normal effects between people."""

    typical: Body[float]
    reference_weight_kg: float
    weight_on_cl: float
    weight_on_vc: float
    omega_cl: float
    omega_vp: float
    omega_vmax: float
    bioavailability: float
    lag_days: float


@cache
def published() -> Population:
    """The population of the evidence file ``pk.toml`` (van den Berg 2025, Table 2; label for the skin)."""
    typical = Body(**{name: _number(f"pk.{name}") for name in Body._fields})
    return Population(
        typical=typical,
        reference_weight_kg=_number("pk.reference_weight"),
        weight_on_cl=_number("pk.weight_on_cl"),
        weight_on_vc=_number("pk.weight_on_vc"),
        omega_cl=_omega("pk.cv_cl"),
        omega_vp=_omega("pk.cv_vp"),
        omega_vmax=_omega("pk.cv_vmax"),
        bioavailability=_number("pk.sc_bioavailability"),
        lag_days=_number("pk.sc_lag") / HOURS_PER_DAY,
    )


def person(
    weight_kg: Amount,
    *,
    cl: Amount,
    vp: Amount,
    vmax: Amount,
    clearance_factor: float = 1.0,
    bioavailability: float | None = None,
) -> Person[Amount]:
    """A person, or people, of that weight whose CL, Vp and Vmax are so many times the typical one's.

    ``clearance_factor`` multiplies the linear clearance: 1 without anti-drug antibodies, ``ada.clearance_factor`` with
    persistent ones. ``bioavailability`` replaces the label's share of a subcutaneous dose. All factors and the weight
    are numbers, or arrays of one shape. Raises ModelError for a factor outside its bounds.
    """
    check_bounds("clearance factor", clearance_factor, 0.0, LARGEST_CLEARANCE_FACTOR)
    known = published()
    share = known.bioavailability if bioavailability is None else bioavailability
    check_bounds("bioavailability F", share, 0.0, 1.0)
    relative = weight_kg / known.reference_weight_kg
    usual = known.typical
    body = Body(
        cl=usual.cl * relative**known.weight_on_cl * clearance_factor * cl,
        vc=usual.vc * relative**known.weight_on_vc,
        vp=usual.vp * vp,
        vmax=usual.vmax * vmax,
        q=usual.q,
        km=usual.km,
        ka=usual.ka,
    )
    return Person(body, share, known.lag_days)


def typical(weight_kg: float, clearance_factor: float = 1.0, bioavailability: float | None = None) -> Person[float]:
    """The typical person of that weight: all effects between people are nil. Raises ModelError for an absurd weight."""
    check_weight(weight_kg)
    return person(
        weight_kg, cl=1.0, vp=1.0, vmax=1.0, clearance_factor=clearance_factor, bioavailability=bioavailability
    )


def check_weight(weight_kg: float) -> None:
    """Raise ModelError unless the weight can be a person's."""
    if not LIGHTEST_KG <= weight_kg <= HEAVIEST_KG:
        raise ModelError(f"weight: {weight_kg:g} kg is outside {LIGHTEST_KG:g} to {HEAVIEST_KG:g} kg")


def check_bounds(name: str, number: float, above: float, at_most: float) -> None:
    """Raise ModelError unless ``above < number <= at_most``; NaN is outside of everything."""
    if not above < number <= at_most:
        raise ModelError(f"{name}: {number:g} must be above {above:g} and at most {at_most:g}")


def _number(key: str) -> float:
    return float(value(key).value)


def _omega(key: str) -> float:
    """Standard deviation of the logarithm, from a coefficient of variation in per cent."""
    share = _number(key) / 100
    return math.sqrt(math.log1p(share**2))
