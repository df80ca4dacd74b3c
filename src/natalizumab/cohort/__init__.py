"""Virtual trials: arms on the same virtual people, and what becomes of them; exploratory, and no rule uses it."""

from natalizumab.cohort.arms import Arm, Stop
from natalizumab.cohort.equivalence import Alike, Equivalence, alike
from natalizumab.cohort.guided import Guided
from natalizumab.cohort.outcomes import COUNTED, WHAT
from natalizumab.cohort.population import Population, population
from natalizumab.cohort.rows import Row, alike_arms, counts, rows
from natalizumab.cohort.running import Found, run
from natalizumab.cohort.summary import Mean, mean
from natalizumab.cohort.trial import Costs, Trial

__all__ = [
    "COUNTED",
    "WHAT",
    "Alike",
    "Arm",
    "Costs",
    "Equivalence",
    "Found",
    "Guided",
    "Mean",
    "Population",
    "Row",
    "Stop",
    "Trial",
    "alike",
    "alike_arms",
    "counts",
    "mean",
    "population",
    "rows",
    "run",
]
