"""Virtual trials: arms on the same virtual people, and what becomes of them; exploratory, and no rule uses it."""

from natalizumab.cohort.arms import Arm, Stop
from natalizumab.cohort.guided import Guided
from natalizumab.cohort.outcomes import WHAT
from natalizumab.cohort.population import Population, population
from natalizumab.cohort.running import Found, run
from natalizumab.cohort.summary import Mean, mean
from natalizumab.cohort.trial import Costs, Trial

__all__ = [
    "WHAT",
    "Arm",
    "Costs",
    "Found",
    "Guided",
    "Mean",
    "Population",
    "Stop",
    "Trial",
    "mean",
    "population",
    "run",
]
