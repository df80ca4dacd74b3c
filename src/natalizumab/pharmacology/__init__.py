"""From a dose to a concentration in the blood and to the saturation of alpha-4 integrin.

Units throughout: mg, L, days, mg/L. The numbers come from ``evidence`` and are of secondary status.
"""

from typing import TYPE_CHECKING, Any

from natalizumab.pharmacology.charts import Chart, course_chart, stacked
from natalizumab.pharmacology.history import AntibodyPeriod, History, Removal, Start
from natalizumab.pharmacology.population import People, draw, typical
from natalizumab.pharmacology.regimen import Input, Regimen, Route
from natalizumab.pharmacology.saturation import SaturationCurve, curve, saturation
from natalizumab.pharmacology.simulated import Simulation, simulate
from natalizumab.pharmacology.simulation import (
    Curve,
    Outcome,
    simulate_course,
    simulate_population,
)
from natalizumab.pharmacology.solver import Solution, Window, concentrations, solve
from natalizumab.pharmacology.summary import Summary, summarise, targets
from natalizumab.pharmacology.tables import Table

if TYPE_CHECKING:
    from natalizumab.pharmacology.individualised import Individual, individualise

__all__ = [
    "AntibodyPeriod",
    "Chart",
    "Curve",
    "History",
    "Individual",
    "Input",
    "Outcome",
    "People",
    "Regimen",
    "Removal",
    "Route",
    "SaturationCurve",
    "Simulation",
    "Solution",
    "Start",
    "Summary",
    "Table",
    "Window",
    "concentrations",
    "course_chart",
    "curve",
    "draw",
    "individualise",
    "saturation",
    "simulate",
    "simulate_course",
    "simulate_population",
    "solve",
    "stacked",
    "summarise",
    "targets",
    "typical",
]

_OF_RECORDS = ("Individual", "individualise")
"""They bring the record, which nobody pays for who only simulates."""


def __getattr__(name: str) -> Any:
    if name in _OF_RECORDS:
        from natalizumab.pharmacology import individualised

        return getattr(individualised, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
