"""From a dose to a concentration in the blood and to the saturation of alpha-4 integrin.

Units throughout: mg, L, days, mg/L. The numbers come from ``evidence`` and are of secondary status.
"""

from natalizumab.pharmacology.parameters import Person, typical
from natalizumab.pharmacology.population import People, draw
from natalizumab.pharmacology.regimen import Input, Regimen, Route
from natalizumab.pharmacology.saturation import SaturationCurve, curve, saturation
from natalizumab.pharmacology.simulation import (
    Curve,
    Outcome,
    simulate_course,
    simulate_population,
    simulate_regimen,
)
from natalizumab.pharmacology.summary import Summary, summarise, targets

__all__ = [
    "Curve",
    "Input",
    "Outcome",
    "People",
    "Person",
    "Regimen",
    "Route",
    "SaturationCurve",
    "Summary",
    "curve",
    "draw",
    "saturation",
    "simulate_course",
    "simulate_population",
    "simulate_regimen",
    "summarise",
    "targets",
    "typical",
]
