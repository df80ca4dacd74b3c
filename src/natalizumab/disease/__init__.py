"""What a record shows of the disease itself: activity since the rebaseline scan, disability, brain volume, fatigue."""

from natalizumab.disease.activity import Activity, Period, activity
from natalizumab.disease.brain_volume import BrainVolume, brain_volume
from natalizumab.disease.courses import ScaleCourse, scale_courses
from natalizumab.disease.disability import Worsening, worsenings
from natalizumab.disease.lesions import Reading, readings
from natalizumab.disease.rebaseline import began, rebaseline

__all__ = [
    "Activity",
    "BrainVolume",
    "Period",
    "Reading",
    "ScaleCourse",
    "Worsening",
    "activity",
    "began",
    "brain_volume",
    "readings",
    "rebaseline",
    "scale_courses",
    "worsenings",
]
