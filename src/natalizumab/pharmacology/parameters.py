"""The published population: typical values, what weight does to them, and how far people differ."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.regimen import check_numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Amount = TypeVar("Amount", "float", "NDArray[np.float64]")
"""One person's number, or one for each of many: the same lines of code serve both."""

HOURS_PER_DAY = 24.0

LIGHTEST_KG, HEAVIEST_KG = 20.0, 350.0
"""Outside of this a weight is a typing error, as in the record; a test holds the two alike. The model itself was built
on adults; see pk.population_weight_min.
"""

LARGEST_CLEARANCE_FACTOR = 100.0
"""Beyond this a factor on clearance is a typing error; antibodies multiply it by two or three."""

TYPICAL = ("cl", "vc", "vp", "vmax", "q", "km", "ka")
"""The names of the typical values in the evidence: ``pk.cl`` and so on."""


@dataclass(frozen=True, slots=True)
class Population:
    """Typical values at the reference weight, and the standard deviations (omega) of the log-normal effects.

    cl (L/day) is the linear clearance; vc and vp (L) are the central and the peripheral volume; vmax (mg/day) is the
    most that the saturable way removes; q (L/day) is the exchange between the volumes; km (mg/L) is the concentration
    at which the saturable way works at half of vmax; ka (1/day) is the rate of absorption from under the skin.
    """

    cl: float
    vc: float
    vp: float
    vmax: float
    q: float
    km: float
    ka: float
    reference_weight_kg: float
    weight_on_cl: float
    weight_on_vc: float
    omega_cl: float
    omega_vp: float
    omega_vmax: float
    bioavailability: float
    lag_days: float

    def scale_of_cl(self, weight_kg: Amount) -> Amount:
        """How many times the clearance of somebody of the reference weight; arrays keep their shape."""
        scale: Amount = (weight_kg / self.reference_weight_kg) ** self.weight_on_cl
        return scale

    def scale_of_vc(self, weight_kg: Amount) -> Amount:
        """How many times the central volume of somebody of the reference weight; arrays keep their shape."""
        scale: Amount = (weight_kg / self.reference_weight_kg) ** self.weight_on_vc
        return scale

    @property
    def omegas(self) -> tuple[float, float, float]:
        """Those of CL, Vp and Vmax."""
        return self.omega_cl, self.omega_vp, self.omega_vmax


@cache
def published() -> Population:
    """The population of the evidence file ``pk.toml`` (van den Berg 2025, Table 2; label for the skin)."""
    return Population(
        **{name: _number(f"pk.{name}") for name in TYPICAL},
        reference_weight_kg=_number("pk.reference_weight"),
        weight_on_cl=_number("pk.weight_on_cl"),
        weight_on_vc=_number("pk.weight_on_vc"),
        omega_cl=_omega("pk.cv_cl"),
        omega_vp=_omega("pk.cv_vp"),
        omega_vmax=_omega("pk.cv_vmax"),
        bioavailability=_number("pk.sc_bioavailability"),
        lag_days=_number("pk.sc_lag") / HOURS_PER_DAY,
    )


def check_weight(weight_kg: float) -> None:
    """Raise ModelError unless the weight can be a person's."""
    check_numbers("weight", weight_kg)
    if not LIGHTEST_KG <= weight_kg <= HEAVIEST_KG:
        raise ModelError(f"weight: {weight_kg:g} kg is outside {LIGHTEST_KG:g} to {HEAVIEST_KG:g} kg")


def check_bioavailability(share: float | None) -> None:
    """Raise ModelError unless it can be the share of a subcutaneous dose that arrives; None is the label's."""
    if share is not None:
        check_bounds("bioavailability F", share, 0.0, 1.0)


def check_bounds(name: str, number: float, above: float, at_most: float) -> None:
    """Raise ModelError unless it is a number with ``above < number <= at_most``; NaN is outside of everything."""
    check_numbers(name, number)
    if not above < number <= at_most:
        raise ModelError(f"{name}: {number:g} must be above {above:g} and at most {at_most:g}")


def _number(key: str) -> float:
    return float(value(key).value)


def _omega(key: str) -> float:
    """Standard deviation of the logarithm, from a coefficient of variation in per cent."""
    share = _number(key) / 100
    return math.sqrt(math.log1p(share**2))
