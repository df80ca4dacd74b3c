"""From a dose to a concentration in the blood and to the saturation of alpha-4 integrin.

Units throughout: mg, L, days, mg/L. The numbers come from ``evidence`` and are of secondary status.
"""

from natalizumab.pharmacology.history import AntibodyPeriod, History, Removal, Start
from natalizumab.pharmacology.population import People, draw, typical
from natalizumab.pharmacology.regimen import Input, Regimen, Route
from natalizumab.pharmacology.saturation import SaturationCurve, curve, saturation
from natalizumab.pharmacology.simulation import (
    Curve,
    Outcome,
    simulate_course,
    simulate_population,
)
from natalizumab.pharmacology.solver import Solution, Window, concentrations, solve
from natalizumab.pharmacology.summary import Summary, summarise, targets

__all__ = [
    "AntibodyPeriod",
    "History",
    "Removal",
    "Solution",
    "Start",
    "Window",
    "concentrations",
    "solve",
    "Curve",
    "Input",
    "Outcome",
    "People",
    "Regimen",
    "Route",
    "SaturationCurve",
    "Summary",
    "curve",
    "draw",
    "saturation",
    "simulate_course",
    "simulate_population",
    "summarise",
    "targets",
    "typical",
]
