"""The solver always arrives. In a process of its own: a solver that stands still can't be stopped from within."""

from __future__ import annotations

import subprocess
import sys

STOOD_STILL = """
import numpy as np
from natalizumab.pharmacology import History, People, Regimen, concentrations

numbers = (111.46337923855248, 1.0767191543497907, 0.4415817630226293, 2.060558426724805)
somebody = People(*(np.array([number]) for number in numbers))
history, days = History(Regimen("iv", 6, 6).inputs), [105.0, 168.0, 189.0]
rough, right = (concentrations(history, somebody, days, accuracy=accuracy)[0] for accuracy in ("rough", "standard"))
assert (np.abs(rough / right - 1) < 0.01).all(), (rough, right)
"""
"""Steps as long as the rough accuracy allows lead this person below nought, and back to where a step has no length."""


def test_whoever_left_the_truth_is_solved_again_and_does_not_stand_still() -> None:
    subprocess.run([sys.executable, "-c", STOOD_STILL], check=True, timeout=120)
