"""One person's own concentration: the band of what is plausible, with and without the measured levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from natalizumab.errors import ModelError
from natalizumab.pharmacology import look, marks
from natalizumab.pharmacology.band import Course, course
from natalizumab.pharmacology.drawing import Chart, altair, finished
from natalizumab.pharmacology.marks import Numbers
from natalizumab.pharmacology.scales import Scale, concentration_scale
from natalizumab.pharmacology.simulated import default_times
from natalizumab.pharmacology.summary import targets as published_targets
from natalizumab.pharmacology.tables import Table

if TYPE_CHECKING:
    from natalizumab.pharmacology.individualised import Individual
    from natalizumab.pharmacology.levels import Level
    from natalizumab.pharmacology.patient import Patient

BACK, AHEAD = timedelta(days=365), timedelta(days=84)
"""What is drawn around the date asked about, unless other dates are given."""

SHORT_SPAN_DAYS = 120
"""A shorter chart has days on its axis, a longer one months."""


def band_chart(
    individual: Individual,
    *,
    start: date | None = None,
    end: date | None = None,
    target: float | None = None,
    log: bool = True,
    without_levels: bool = True,
) -> Chart:
    """The person's median and 5–95 % band, doses and levels, from a year before the date asked about to 12 weeks after.

    After that date the course goes on as if nothing more were given. ``without_levels`` adds what doses and weight
    alone say. Levels that need checking first are shown, and left out of the band. ``target`` is the trough target to
    draw (mg/L; default: the evidence's). ``log``: the axis is logarithmic from 0.1 mg/L, which shows the troughs. It
    is drawn from plausible people (``band``), while the words of the description are the posterior's own. Tables:
    "course", "levels" and "doses". Raises ModelError for dates in the wrong order and where Altair is not installed.
    """
    patient, on = individual.patient, individual.on
    wanted = published_targets()[0] if target is None else target
    days = _days(patient, *_ends(individual, start, end))
    known = individual.relied_on
    found = course(known, days)
    alone = course(individual.without_levels, days) if without_levels and known.levels else None
    levels = [level for level in patient.levels if days[0] <= level.day <= days[-1]]
    scale = _scale([found, *([alone] if alone else [])], [level.on_the_models_scale for level in levels], log)
    view = _View(patient.origin, days)
    now = patient.day(on)
    layers = [
        *marks.targets(scale, [wanted]),
        *(_alone(scale, view, alone) if alone else []),
        *marks.area(scale, view.x, view.places, found.band),
        *_median(scale, view, found.band.middle, now),
        *([_today(view, now, on)] if days[0] <= now <= days[-1] else []),
        *marks.events(patient.history, days, lambda day: {"time": view.time(day)}, view.x),
        *_levels(scale, view, levels),
    ]
    return finished(
        altair().layer(*layers).properties(width=look.WIDTH, height=look.HEIGHT),
        "Natalizumab concentration of this person" + (": check the levels first" if individual.unlikely else ""),
        _signs(individual, alone is not None, levels),
        _description(individual, wanted),
        {
            "course": _course(view, found, alone, wanted),
            "levels": _levels_table(view, levels),
            "doses": _doses_table(view, patient),
        },
    )


class _View:
    """The days drawn, as the local times that the axis reads."""

    def __init__(self, origin: date, days: Numbers) -> None:
        self._start = datetime.combine(origin, time.min)
        self.days = days
        self.places = [{"time": self.time(day)} for day in days.tolist()]
        form = "%d %b %Y" if days[-1] - days[0] < SHORT_SPAN_DAYS else "%b %Y"
        alt = altair()
        axis = alt.Axis(format=form, labelOverlap=True, labelSeparation=look.LABEL_GAP, grid=False, tickCount=6)
        self.x = alt.X("time:T", title=None, axis=axis, scale=alt.Scale(nice=False))

    def time(self, day: float) -> str:
        """The local time of a day of the history, to the minute."""
        return (self._start + timedelta(days=day)).isoformat(timespec="minutes")

    def dates(self, days: Sequence[float]) -> list[str]:
        """The dates of days of the history."""
        return [(self._start + timedelta(days=day)).date().isoformat() for day in days]


def _ends(individual: Individual, start: date | None, end: date | None) -> tuple[float, float]:
    """The first and the last day to draw. The course begins with the first dose."""
    patient, on = individual.patient, individual.on
    first = float(((start or on - BACK) - patient.origin).days)
    last = float(((end or on + AHEAD) - patient.origin).days)
    first = max(first, min((dose.day for dose in patient.history.inputs), default=first))
    if not first < last:
        raise ModelError("chart: its last day must lie after its first, and after the first dose")
    return first, last


def _days(patient: Patient, first: float, last: float) -> Numbers:
    return default_times(patient.history, last, first)


def _scale(found: Sequence[Course], levels: Sequence[float], log: bool) -> Scale:
    return concentration_scale([*(float(one.band.high.max()) for one in found), *levels], log)


def _median(scale: Scale, view: _View, numbers: Numbers, now: float) -> list[Any]:
    """A full line up to the date asked about, dashes after it."""
    turn = int(np.searchsorted(view.days, now, side="right"))
    past, ahead = slice(0, turn), slice(max(turn - 1, 0), None)
    return [
        marks.median(scale, view.x, view.places[past], numbers[past]),
        marks.median(scale, view.x, view.places[ahead], numbers[ahead], strokeDash=look.AHEAD),
    ]


def _alone(scale: Scale, view: _View, found: Course) -> list[Any]:
    """Dotted grey lines: what was plausible before anything was measured."""
    return [
        marks.line(scale, view.x, view.places, numbers, color=look.MUTED, strokeDash=look.DOTS, strokeWidth=width)
        for numbers, width in zip(found.band, (1, 1.6, 1), strict=True)
    ]


def _today(view: _View, now: float, on: date) -> Any:
    alt = altair()
    chart = alt.Chart(marks.data([{"time": view.time(now), "label": _day(on)}]))
    rule = chart.mark_rule(color=look.MUTED, strokeDash=look.TODAY).encode(x=view.x)
    label = chart.mark_text(align="left", dx=5, dy=4, baseline="top").encode(x=view.x, y=alt.value(0), text="label:N")
    return alt.layer(rule, label)


def _levels(scale: Scale, view: _View, levels: Sequence[Level]) -> list[Any]:
    """Diamonds; an open triangle that points down where the level lies below the limit at its upper edge."""
    layers = []
    for below, sign in ((False, look.LEVEL), (True, look.BELOW_LIMIT)):
        rows = [
            {"time": view.time(level.day), "y": scale.drawable(level.on_the_models_scale)}
            for level in levels
            if level.below == below
        ]
        if rows:
            layers.append(altair().Chart(marks.data(rows)).mark_point(**sign).encode(x=view.x, y=scale.y("y")))
    return layers


def _signs(individual: Individual, alone: bool, levels: Sequence[Level]) -> list[str]:
    """What is what, in words: few fonts have every sign, and one that lacks it draws the whole line in another."""
    first = f"Line and band: median and 5–95 %, from {_known(individual)}"
    signs = ["diamond: level"] if any(not level.below for level in levels) else []
    signs += ["open triangle: below the limit of quantification"] if any(level.below for level in levels) else []
    signs += ["levels divided by their assay's factor"] if any(level.factor != 1 for level in levels) else []
    signs += ["what needs checking first is left out of the band"] if individual.unlikely else []
    signs += marks.event_words(individual.patient.history)
    last = f"dashed: if nothing more is given after {_day(individual.on)}"
    return [first + (". Dotted: without the levels" if alone else ""), _sentence([*signs, last])]


def _known(individual: Individual) -> str:
    """What the band rests on."""
    patient, count = individual.patient, len(individual.relied_on.levels)
    levels = [f"{count} measured level{'s' if count > 1 else ''}"] if count else []
    tests = ["antibody tests"] if patient.antibody_results else []
    *all_but_last, last = ["doses", "weight", *levels, *tests]
    return f"{', '.join(all_but_last)} and {last}"


def _description(individual: Individual, target: float) -> str:
    now = individual.relied_on.predict([individual.patient.day(individual.on)])
    low, middle, high = (f"{float(line[0]):.3g}" for line in (now.p5, now.p50, now.p95))
    return (
        f"Natalizumab concentration of this person. On {_day(individual.on)} {middle} mg/L (5–95 %: "
        f"{low} to {high}), at or above the target of {target:g} mg/L with a probability of "
        f"{float(now.at_least(target)[0]):.0%}."
    )


def _course(view: _View, found: Course, alone: Course | None, target: float) -> Table:
    columns: dict[str, Any] = {"date": view.dates(view.days.tolist()), "day": view.days}
    columns |= {f"{name}_mg_per_l": line for name, line in zip(("p5", "p50", "p95"), found.band, strict=True)}
    columns[f"probability_at_least_{target:g}_mg_per_l"] = found.at_least(target)
    if alone:
        names = ("p5", "p50", "p95")
        columns |= {f"{name}_without_levels_mg_per_l": line for name, line in zip(names, alone.band, strict=True)}
    return Table(columns, "Concentration of this person; day counts from the history's origin")


def _levels_table(view: _View, levels: Sequence[Level]) -> Table:
    columns: Mapping[str, Any] = {
        "date": view.dates([level.day for level in levels]),
        "day": [level.day for level in levels],
        "measured_mg_per_l": [level.mg_per_l for level in levels],
        "below_limit": [level.below for level in levels],
        "assay": [level.assay for level in levels],
        "assay_factor": [level.factor for level in levels],
        "corrected_mg_per_l": [level.on_the_models_scale for level in levels],
    }
    return Table(
        columns, "Levels as measured, and divided by the assay's factor; where below_limit, the limit of quantification"
    )


def _doses_table(view: _View, patient: Patient) -> Table:
    doses = patient.history.inputs
    columns: Mapping[str, Any] = {
        "date": view.dates([dose.day for dose in doses]),
        "day": [dose.day for dose in doses],
        "amount_mg": [dose.amount_mg for dose in doses],
        "route": [dose.route for dose in doses],
    }
    return Table(columns, "Doses")


def _sentence(parts: Sequence[str]) -> str:
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def _day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"
