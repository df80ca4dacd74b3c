"""An exploratory model from integrin saturation to lesions, relapses, disability and brain volume; no rule uses it."""

from natalizumab.disease.model.course import Course, Untreated, course, untreated
from natalizumab.disease.model.disability import edss, scores_at_start
from natalizumab.disease.model.fatigue import fatigue
from natalizumab.disease.model.neda import Neda, neda, relapse_counts
from natalizumab.disease.model.parameters import Parameters, start_values
from natalizumab.disease.model.people import Block, Susceptibility
from natalizumab.disease.model.scans import Scans, scans

__all__ = [
    "Block",
    "Course",
    "Neda",
    "Parameters",
    "Scans",
    "Susceptibility",
    "Untreated",
    "course",
    "edss",
    "fatigue",
    "neda",
    "relapse_counts",
    "scans",
    "scores_at_start",
    "start_values",
    "untreated",
]
