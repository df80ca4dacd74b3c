"""The course of a regimen: one person's line, or the median and the band of many people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from natalizumab.pharmacology import look, marks
from natalizumab.pharmacology.drawing import Chart, altair, finished
from natalizumab.pharmacology.marks import Band, Numbers
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK
from natalizumab.pharmacology.scales import Scale, concentration_scale, share_scale
from natalizumab.pharmacology.summary import targets as published_targets
from natalizumab.pharmacology.tables import Table

if TYPE_CHECKING:
    from natalizumab.pharmacology.simulated import Simulation

Quantity = Literal["concentration", "saturation"]
COLUMNS: dict[Quantity, str] = {"concentration": "concentration_mg_per_l", "saturation": "saturation"}

MOST_WEEK_LABELS = 14


def course_chart(
    simulation: Simulation,
    quantity: Quantity = "concentration",
    *,
    log: bool = False,
    targets: Sequence[float] | None = None,
) -> Chart:
    """The course of one person as a line, or of many as their median and the band of 5 to 95 %.

    ``log``: with a logarithmic axis from 0.1 mg/L. ``targets`` are the trough targets to draw, in mg/L: those of the
    evidence, unless others or none are given; saturation has none. Raises ModelError where Altair is not installed.
    """
    table = simulation.table("spread" if simulation.many else "people")
    band = _band(table, quantity, simulation.many)
    scale = _scale(band, quantity, log)
    wanted = _targets(quantity, targets)
    weeks = np.asarray(table["day"]) / DAYS_PER_WEEK
    x = _weeks_axis(weeks, simulation.interval_weeks)
    places = [{"week": week} for week in weeks.tolist()]
    layers = [
        *marks.targets(scale, wanted),
        *(marks.area(scale, x, places, band) if simulation.many else []),
        marks.median(scale, x, places, band.middle),
        *marks.events(simulation.history, simulation.times, lambda day: {"week": day / DAYS_PER_WEEK}, x),
    ]
    return finished(
        altair().layer(*layers).properties(width=look.WIDTH, height=look.HEIGHT),
        simulation.title,
        [simulation.people_words, _signs(simulation, bool(wanted))],
        _description(simulation, quantity, band),
        {"course": table},
    )


def _band(table: Table, quantity: Quantity, many: bool) -> Band:
    name = COLUMNS[quantity]
    return Band(*(np.asarray(table[f"{end}_{name}" if many else name]) for end in ("p5", "p50", "p95")))


def _scale(band: Band, quantity: Quantity, log: bool) -> Scale:
    if quantity == "saturation":
        return share_scale("saturation of α4-integrin")
    return concentration_scale(band.high.tolist(), log)


def _targets(quantity: Quantity, targets: Sequence[float] | None) -> list[float]:
    if quantity == "saturation":
        return []
    return sorted(published_targets() if targets is None else targets)


def _weeks_axis(weeks: Numbers, interval_weeks: float | None) -> Any:
    """Labels at the doses of a regimen, at every second or fourth where they are many."""
    alt = altair()
    first, last, step = float(weeks[0]), float(weeks[-1]), interval_weeks or 4.0
    while (last - first) / step > MOST_WEEK_LABELS:
        step *= 2
    labels = np.arange(np.ceil(first / step), np.floor(last / step) + 1) * step
    axis = alt.Axis(values=labels.tolist(), grid=False, labelFlush=False, format=".4~r")
    return alt.X("week:Q", title="weeks", axis=axis, scale=alt.Scale(domain=[first, last], nice=False))


def _signs(simulation: Simulation, targets: bool) -> str:
    """What is what, in words."""
    lines = ["Line: median, band: 5–95 % of people"] if simulation.many else []
    aims = ["dashed: trough targets"] if targets else []
    return ", ".join([*lines, *marks.event_words(simulation.history), *aims])


def _description(simulation: Simulation, quantity: Quantity, band: Band) -> str:
    form, unit = (".3g", " mg/L") if quantity == "concentration" else (".0%", "")
    low, middle, high = (f"{line[-1]:{form}}" for line in band)
    spread = f" (5–95 %: {low} to {high})" if simulation.many else ""
    weeks = np.ptp(simulation.times) / DAYS_PER_WEEK
    return (
        f"{simulation.title}. {simulation.people_words}. {quantity.capitalize()} over {weeks:.3g} weeks; "
        f"at the end {middle}{unit}{spread}."
    )
