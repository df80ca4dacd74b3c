"""A second, independent way to the same numbers: the model typed out anew from its description, solved by SciPy.

Nothing here comes from the package: the parameters are those of van den Berg 2025 as the evidence notes give them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

CL, VC, VP, Q, VMAX, KM, KA, LAG = 0.164, 3.48, 3.48, 0.4, 2.86, 0.875, 0.25, 3 / 24


@dataclass(frozen=True)
class Given:
    """A dose on a day: mg, into a vein over some hours or under the skin with a share that arrives."""

    day: float
    mg: float
    route: str
    hours: float = 1.0
    share: float = 0.84


def troughs(doses: list[Given], days: list[float], weight_kg: float, clearance: float = 1.0) -> NDArray[np.float64]:
    """Concentrations (mg/L) on the given days; every event and every day asked for starts the solution anew."""
    cl = CL * (weight_kg / 75) ** 0.60 * clearance
    vc = VC * (weight_kg / 75) ** 0.26
    infusions = [(dose.day, dose.day + dose.hours / 24, dose.mg) for dose in doses if dose.route == "iv"]
    arrivals = [(dose.day + LAG, dose.share * dose.mg) for dose in doses if dose.route == "sc"]
    events = {day for start, end, _ in infusions for day in (start, end)} | {day for day, _ in arrivals} | set(days)
    y, found = np.zeros(3), {}
    points = sorted(events)
    for now, later in zip(points, [*points[1:], None], strict=True):
        found[now] = y[1] / vc
        y[0] += sum(mg for day, mg in arrivals if day == now)
        if later is not None:
            flow = sum(mg / (end - start) for start, end, mg in infusions if start <= now < end)
            y = between(y, later - now, flow, cl, vc)
    return np.array([found[day] for day in days])


def between(y: NDArray[np.float64], length: float, flow: float, cl: float, vc: float) -> NDArray[np.float64]:
    """Depot, central and peripheral amounts (mg) ``length`` days later, by Radau at 1e-10."""

    def slope(_: float, y: NDArray[np.float64]) -> list[float]:
        depot, central, peripheral = y
        c, back = central / vc, peripheral / VP
        return [-KA * depot, flow + KA * depot - cl * c - VMAX * c / (KM + c) - Q * (c - back), Q * (c - back)]

    def jacobian(_: float, y: NDArray[np.float64]) -> NDArray[np.float64]:
        out = (cl + VMAX * KM / (KM + y[1] / vc) ** 2 + Q) / vc
        return np.array([[-KA, 0, 0], [KA, -out, Q / VP], [0, Q / vc, -Q / VP]])

    first = min(1e-7, length)
    solved = solve_ivp(slope, (0, length), y, "Radau", jac=jacobian, rtol=1e-10, atol=1e-12, first_step=first)
    return np.asarray(solved.y[:, -1])
