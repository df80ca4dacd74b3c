"""Blood lymphocytes, which the drug keeps from leaving the blood.

dL/dt = (L0 / (1 - I S) - L) / tau
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.parameters import Parameters
from natalizumab.disease.model.pools import follow

Numbers = NDArray[np.float64]


def lymphocytes(saturation: Numbers, parameters: Parameters) -> Numbers:
    """As multiples of those untreated, at the ends of cells (cells + 1, people), for saturations in their middle."""
    goal = 1 / (1 - parameters.lymphocytes_kept_in * saturation)
    return follow(goal, np.ones(saturation.shape[1]), parameters.lymphocyte_days)
