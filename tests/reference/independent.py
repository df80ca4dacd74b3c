"""A second, independent way to the same numbers: the model typed out anew from its description, solved by SciPy.

Nothing here comes from the package: the parameters are those of van den Berg 2025 as the evidence notes give them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

CL, VC, VP, Q, VMAX, KM, KA, LAG = 0.164, 3.48, 3.48, 0.4, 2.86, 0.875, 0.25, 3 / 24
REFERENCE_KG, ON_CL, ON_VC = 75, 0.60, 0.26

Method = Literal["Radau", "DOP853"]
Way = Callable[[float], NDArray[np.float64]]
"""Depot, central and peripheral amounts (mg), so many days after the start of a stretch."""

SETTINGS: dict[Method, tuple[float, float]] = {"Radau": (1e-10, 1e-12), "DOP853": (1e-13, 1e-14)}
"""Relative and absolute tolerance. On drawn stories the second method is exact to about 1e-11."""


@dataclass(frozen=True)
class Given:
    """A dose on a day: mg, into a vein over some minutes or under the skin with a share that arrives."""

    day: float
    mg: float
    route: str
    minutes: float = 60.0
    share: float = 0.84


@dataclass(frozen=True)
class Story:
    """All that happens to a person. ``cl``, ``vp`` and ``vmax`` are multiples of the typical person's.

    ``weights``: (day, kg), the first one also before its day. ``antibodies``: (start, end, factor on clearance).
    ``exchanges``: (day, share of the central amount that goes). ``known``: (day, central mg/L, peripheral mg/L).
    """

    given: Sequence[Given] = ()
    weights: Sequence[tuple[float, float]] = ((0.0, 75.0),)
    antibodies: Sequence[tuple[float, float, float]] = ()
    exchanges: Sequence[tuple[float, float]] = ()
    known: tuple[float, float, float] | None = None
    cl: float = 1.0
    vp: float = 1.0
    vmax: float = 1.0

    def weight(self, day: float) -> float:
        """The last weight up to that day, or the first of all."""
        so_far = [kg for since, kg in sorted(self.weights) if since <= day]
        return so_far[-1] if so_far else min(self.weights)[1]

    def factor(self, day: float) -> float:
        """What antibodies do to clearance: the last period to have begun decides, the strongest of several."""
        there = [(start, factor) for start, end, factor in self.antibodies if start <= day < end]
        return max(there)[1] if there else 1.0

    def infusions(self) -> list[tuple[float, float, float]]:
        """Start, end and mg of every infusion."""
        return [(dose.day, dose.day + dose.minutes / 1440, dose.mg) for dose in self.given if dose.route == "iv"]

    def arrivals(self) -> list[tuple[float, float]]:
        """Day and mg of what comes to lie under the skin."""
        return [(dose.day + LAG, dose.share * dose.mg) for dose in self.given if dose.route == "sc"]

    def days(self) -> set[float]:
        """Every day on which something happens."""
        found = {day for start, end, _ in self.infusions() for day in (start, end)} | {
            day for day, _ in self.arrivals()
        }
        found |= {day for day, _ in self.weights} | {day for day, _ in self.exchanges}
        found |= {day for start, end, _ in self.antibodies for day in (start, end)}
        return found | ({self.known[0]} if self.known else set())


def concentrations(story: Story, days: Sequence[float], method: Method = "Radau") -> NDArray[np.float64]:
    """Concentrations (mg/L) just before those days, on that of a known start the known one; every event and every day
    asked for starts the solution anew.
    """
    points = sorted(day for day in story.days() | set(days) if day <= max(days))
    y, found = np.zeros(3), {}
    for now, later in zip(points, [*points[1:], None], strict=True):
        # Amounts stay what they are when a weight, and so the volume, changes at this very moment.
        found[now] = y[1] / (VC * (_weight_before(story, now) / REFERENCE_KG) ** ON_VC)
        y = happen(story, y, now)
        if story.known and story.known[0] == now:
            found[now] = story.known[1]
        if later is not None:
            y = way(story, y, now, later, method)(later - now)
    return np.array([found[day] for day in days])


def troughs(doses: Sequence[Given], days: Sequence[float], weight_kg: float = 75) -> NDArray[np.float64]:
    """The same of somebody typical who is only given doses."""
    return concentrations(Story(doses, [(0.0, weight_kg)]), days)


def _weight_before(story: Story, day: float) -> float:
    return story.weight(float(np.nextafter(day, -np.inf)))


def happen(story: Story, y: NDArray[np.float64], day: float) -> NDArray[np.float64]:
    """The amounts after everything that happens on that day."""
    depot, central, peripheral = y
    if story.known and story.known[0] == day:
        central = story.known[1] * VC * (story.weight(day) / REFERENCE_KG) ** ON_VC
        peripheral = story.known[2] * VP * story.vp
    for when, share in story.exchanges:
        central *= 1 - share if when == day else 1
    depot += sum(mg for when, mg in story.arrivals() if when == day)
    return np.array([depot, central, peripheral])


def way(story: Story, y: NDArray[np.float64], now: float, later: float, method: Method) -> Way:
    """Depot, central and peripheral amounts (mg) at each time from ``now``, until ``later``; nothing happens within."""
    size = story.weight(now) / REFERENCE_KG
    cl, vc = CL * size**ON_CL * story.cl * story.factor(now), VC * size**ON_VC
    vp, vmax = VP * story.vp, VMAX * story.vmax
    flow = sum(mg / (end - start) for start, end, mg in story.infusions() if start <= now < end)
    if not (y.any() or flow):
        return lambda _: y

    def slope(_: float, y: NDArray[np.float64]) -> list[float]:
        depot, central, peripheral = y.tolist()
        c, back = central / vc, peripheral / vp
        return [-KA * depot, flow + KA * depot - cl * c - vmax * c / (KM + c) - Q * (c - back), Q * (c - back)]

    def jacobian(_: float, y: NDArray[np.float64]) -> NDArray[np.float64]:
        out = (cl + vmax * KM / (KM + y[1] / vc) ** 2 + Q) / vc
        return np.array([[-KA, 0, 0], [KA, -out, Q / vp], [0, Q / vc, -Q / vp]])

    (rtol, atol), length = SETTINGS[method], later - now
    options: dict[str, Any] = {"jac": jacobian} if method == "Radau" else {}
    first = min(1e-7, length)
    solved = solve_ivp(
        slope, (0, length), y, method, rtol=rtol, atol=atol, first_step=first, dense_output=True, **options
    )
    assert solved.success
    assert solved.sol is not None
    inside = solved.sol
    end = np.asarray(solved.y[:, -1])
    return lambda t: end if t >= length else np.asarray(inside(t))
