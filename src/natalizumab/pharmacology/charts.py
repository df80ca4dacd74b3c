"""The charts: a regimen's course, one person's own band, and the intervals that would suit.

Each has a title, units, a description for those who don't see it, signs beside its colours, and a table of its numbers.
"""

from natalizumab.pharmacology.band_chart import band_chart
from natalizumab.pharmacology.course_chart import course_chart
from natalizumab.pharmacology.drawing import Chart, stacked
from natalizumab.pharmacology.interval_chart import interval_chart

__all__ = ["Chart", "band_chart", "course_chart", "interval_chart", "stacked"]
