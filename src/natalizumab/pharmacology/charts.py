"""The charts: a regimen's course, one person's own band, and the intervals that would suit.

Each has a title, units, a description for those who don't see it, signs beside its colours, and a table of its numbers.
"""

from natalizumab.pharmacology.course_chart import course_chart
from natalizumab.pharmacology.drawing import Chart, stacked

__all__ = ["Chart", "course_chart", "stacked"]
