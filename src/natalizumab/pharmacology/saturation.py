"""From a concentration to the share of alpha-4 integrin that is occupied, and back.

No published curve for natalizumab was found: ``saturation.toml`` holds a calibration of ours and four alternatives
that say how much an answer depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.parameters import Amount

ALTERNATIVES = (None, "a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class SaturationCurve:
    """E0 + Emax * C^h / (EC50^h + C^h), with E0 and Emax as shares (0-1) and EC50 in mg/L."""

    e0: float
    emax: float
    ec50: float
    h: float

    def at(self, concentration_mg_per_l: Amount) -> Amount:
        """The saturation, 0-1, at a concentration of 0 or more; arrays keep their shape."""
        risen = concentration_mg_per_l**self.h
        share: Amount = self.e0 + self.emax * risen / (self.ec50**self.h + risen)
        return share

    def concentration(self, saturation: float) -> float:
        """The concentration (mg/L) with that saturation. Raises ModelError where the curve never reaches it."""
        effect = (saturation - self.e0) / self.emax
        if not 0 <= effect < 1:
            raise ModelError(
                f"saturation: {saturation:g} is not on the curve, which runs from {self.e0:g} to below "
                f"{self.e0 + self.emax:g}"
            )
        return float(self.ec50 * (effect / (1 - effect)) ** (1 / self.h))


@cache
def curve(alternative: str | None = None) -> SaturationCurve:
    """The calibrated curve, or the sensitivity set "a", "b", "c" or "d". Raises ModelError for another name."""
    if alternative not in ALTERNATIVES:
        raise ModelError(f"saturation: there is no alternative {alternative!r}; give None, a, b, c or d")
    stem = "saturation" if alternative is None else f"saturation.sensitivity.{alternative}"
    return SaturationCurve(
        e0=value(f"{stem}.e0").value / 100,
        emax=value(f"{stem}.emax").value / 100,
        ec50=float(value(f"{stem}.ec50").value),
        h=float(value(f"{stem}.h").value),
    )


def saturation(concentration_mg_per_l: Amount, alternative: str | None = None) -> Amount:
    """The share of integrin occupied (0-1) at a concentration in mg/L; arrays keep their shape."""
    return curve(alternative).at(concentration_mg_per_l)
