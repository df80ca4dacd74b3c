"""What a record shows of the disease itself: activity since the rebaseline scan, and how fast the brain shrinks."""

from natalizumab.disease.activity import Activity, Period, activity
from natalizumab.disease.brain_volume import BrainVolume, brain_volume
from natalizumab.disease.disability import Worsening, worsening
from natalizumab.disease.rebaseline import rebaseline

__all__ = ["Activity", "BrainVolume", "Period", "Worsening", "activity", "brain_volume", "rebaseline", "worsening"]
