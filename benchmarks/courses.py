"""The courses that are timed, and the references that the answers are held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from natalizumab.pharmacology import Input, People, Regimen
from natalizumab.pharmacology.equations import rates
from natalizumab.pharmacology.kinds import FROM_MG_PER_L
from natalizumab.pharmacology.parameters import published

Numbers = NDArray[np.float64]

plain_rates: Callable[..., tuple[float, ...]] = cast(Any, rates).py_func
"""The project's equations as ordinary Python, which SciPy and JAX can take."""

REGIMEN = Regimen("iv", 4, 26)
INTERVAL_DAYS = REGIMEN.last_interval[1] - REGIMEN.last_interval[0]
TROUGHS = np.arange(1, REGIMEN.doses + 1) * INTERVAL_DAYS
"""The days of all troughs: an instant before the next dose, and one interval after the last."""

EVERY_DAY = np.arange(1, TROUGHS[-1] + 1)

EARLY_OR_LATE_DAYS = 7
"""So far an appointment may lie from its day, to the minute."""

MISSED = 0.1
"""The share of appointments that people with irregular courses miss."""


def irregular(count: int, seed: int = 1) -> tuple[Numbers, Numbers]:
    """Invented days of doses, each person's own, and the days of their troughs; both of shape (count, doses).

    As many doses as the regimen's, at its interval, but every appointment early or late by up to a week, and one in ten
    missed, so that two intervals join.
    """
    source = np.random.default_rng(seed)
    appointments = np.arange(2 * REGIMEN.doses) * INTERVAL_DAYS
    days, troughs = np.empty((count, REGIMEN.doses)), np.empty((count, REGIMEN.doses))
    for person in range(count):
        shifted = appointments + source.uniform(-EARLY_OR_LATE_DAYS, EARLY_OR_LATE_DAYS, len(appointments))
        kept = shifted[source.random(len(shifted)) >= MISSED][: REGIMEN.doses + 1]
        days[person], troughs[person] = kept[:-1], kept[1:]
    return days, troughs


def bodies(people: People) -> tuple[Numbers, ...]:
    """Everybody's cl (L/day), vc, vp (L) and vmax (mg/day), without antibodies; arrays of shape (people,)."""
    known = published()
    scale_of_cl, scale_of_vc = known.scale_of_cl, known.scale_of_vc
    weights = people.weight_kg.tolist()
    cl = people.cl * [known.cl * scale_of_cl(kg) for kg in weights]
    vc = np.array([known.vc * scale_of_vc(kg) for kg in weights])
    return cl, vc, known.vp * people.vp, known.vmax * people.vmax


def constants() -> tuple[float, float, float]:
    """What is alike in everybody: q (L/day), km (mg/L) and ka (1/day)."""
    known = published()
    return known.q, known.km, known.ka


def radau(inputs: Sequence[Input], body: Sequence[float], until: float) -> Numbers:
    """One person's troughs (mg/L) by SciPy's Radau at 1e-9 with the project's equations, restarted at every event.

    The troughs are those just before the second dose and later ones, and the one at ``until``. Radau at 1e-10 and two
    other methods at 1e-11 agree with it to 4e-12, so it serves for an accuracy of 1e-8.
    """
    cl, vc, vp, vmax = body
    alike = (cl, 1 / vc, 1 / vp, vmax, *constants())
    amounts, found = np.zeros(3), []
    for dose, end in zip(inputs, [*(later.day for later in inputs[1:]), until], strict=True):
        infusion = dose.end - dose.day
        for rate, length in ((dose.amount_mg / infusion, infusion), (0.0, end - dose.end)):
            amounts = _solved(lambda _, y, rate=rate: plain_rates(*y.tolist(), rate, *alike), length, amounts)
        found.append(amounts[1] / vc)
    return np.array(found)


def _solved(slope: Callable[..., tuple[float, ...]], length: float, amounts: Numbers) -> Numbers:
    found = solve_ivp(slope, (0, length), amounts, "Radau", rtol=1e-9, atol=1e-11, first_step=1e-6)
    return cast(Numbers, found.y[:, -1])


def worst_error(found: Numbers, exact: Numbers) -> float:
    """The largest relative error wherever the exact concentration is one for which an accuracy is stated."""
    stated = exact >= FROM_MG_PER_L
    return float(np.abs(found[stated] / exact[stated] - 1).max())
