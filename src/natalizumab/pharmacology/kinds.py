"""What may happen to a person, as numbers that the compiled code and the schedule share."""

from __future__ import annotations

(
    CLEARANCE_SCALE,
    VOLUME_SCALE,
    CLEARANCE_FACTOR,
    CENTRAL_SET,
    PERIPHERAL_SET,
    WATCH,
    UNWATCH,
    CENTRAL_KEPT,
    DEPOT_ADDED,
    INFUSION_SET,
) = range(10)
"""Kinds of change, in the order in which they happen at one time."""

PUT_DRUG_IN = (CENTRAL_SET, PERIPHERAL_SET, DEPOT_ADDED, INFUSION_SET)
"""Before the first of these there is nothing to be solved."""

FROM_MG_PER_L = 0.05
"""The accuracy is relative, and stated for concentrations from here on; lower ones have an error below it in mg/L."""
