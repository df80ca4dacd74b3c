"""The pictures of a trial: every difference with its uncertainties, and benefit against harm."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from natalizumab.commands.trial_report.lead import MAIN, difference
from natalizumab.commands.trial_report.lines import Line, by_outcome, label
from natalizumab.commands.trial_report.words import capital, named
from natalizumab.pharmacology import look, marks
from natalizumab.pharmacology.drawing import Chart, altair, finished
from natalizumab.pharmacology.tables import Table

BENEFITS, HARM = ("new_t2", "relapses"), "pml_per_1000"

STRIP, PAPER = 52, 920
"""Pixels: what a strip takes beside its arms, and what a page of paper has room for."""

NAMES, PLACES, ROW, MARGIN = 150, 320, 24, 60
"""Pixels: for the arms' names, for what is drawn beside them, for each of them from top to bottom; and on the right,
where a font that is wider than the drawer's takes more room.
"""

SQUARE = (300, 240)
"""Pixels of each panel of benefit against harm."""

SHAPES = ("circle", "square", "diamond", "triangle-up", "cross", "triangle-down", "triangle-right", "triangle-left")
"""One for each arm, as many as a trial may have: no arm is told by its colour alone."""

AROUND = {"color": look.LINE, "strokeWidth": 9, "opacity": 0.3}
CHANCE = {"color": look.LINE, "strokeWidth": 1.8, "opacity": 1}
POINT = {"shape": "circle", "filled": True, "color": look.LINE, "size": 60, "opacity": 1}
NOUGHT = {"color": look.INK, "strokeDash": [6, 3], "strokeWidth": 1, "opacity": 0.55}
"""The range of the model, the Monte Carlo interval, the difference itself, and no difference."""

SIGNS = "Point: the difference. Thin line: Monte Carlo, 95 %. Broad band: range of the model. Dashes: no difference."

ROOM = 1.12
"""By how much an axis goes beyond what is drawn."""


def pictures(every: Sequence[Line], reference: str) -> tuple[list[Chart], Chart] | None:
    """The differences in one picture or several, and benefit against harm; None where there is nothing to compare.

    Raises ModelError where Altair is not installed.
    """
    found = [line for line in every if line.difference and line.known]
    if not found:
        return None
    return differences_charts(found, reference), trade_off_chart(found, reference)


def differences_charts(found: Sequence[Line], reference: str) -> list[Chart]:
    """A strip for each outcome, on a scale of its own. Those that are the same in every arm are left out; a picture has
    as many as a page of paper takes.
    """
    strips = {name: lines for name, lines in by_outcome(found) if any(line.mean or line.error for line in lines)}
    parts = _parted(list(strips), _room(found))
    title = f"Differences from “{named(reference)}”"
    return [
        _differences_chart(
            f"{title}, part {number} of {len(parts)}" if len(parts) > 1 else title,
            {name: strips[name] for name in names},
        )
        for number, names in enumerate(parts, start=1)
    ]


def _room(found: Sequence[Line]) -> int:
    """How many strips a picture takes."""
    arms = len({line.arm for line in found})
    return max(PAPER // (STRIP + ROW * arms), 1)


def _parted(names: Sequence[str], room: int) -> list[Sequence[str]]:
    """The names in as few parts as there must be, all about as long; no part where there are no names."""
    parts = math.ceil(len(names) / room)
    ends = [number * len(names) // max(parts, 1) for number in range(parts + 1)]
    return [names[first:last] for first, last in pairwise(ends)]


def _differences_chart(title: str, strips: Mapping[str, Sequence[Line]]) -> Chart:
    found = [line for lines in strips.values() for line in lines]
    drawn = altair().vconcat(*(_strip(name, lines) for name, lines in strips.items()), spacing=16)
    chart = finished(drawn, title, [SIGNS], _description(title, found), {"differences": table(found)})
    chart.spec["padding"] = dict.fromkeys(("left", "top", "bottom"), look.PADDING) | {"right": MARGIN}
    return chart


def _strip(name: str, lines: Sequence[Line]) -> Any:
    alt = altair()
    arms = [named(line.arm) for line in lines]
    labels = alt.Axis(labelLimit=NAMES - 10, minExtent=NAMES, maxExtent=NAMES, ticks=False, domain=False, grid=False)
    y = alt.Y("arm:N", sort=arms, title=None, axis=labels, scale=alt.Scale(type="band", domain=arms))
    rows = alt.Chart(marks.data(_row(line) for line in lines))
    ends = _ends([end for line in lines for end in (*line.chance, *(line.range or ()))])

    def x(field: str) -> Any:
        axis = alt.Axis(
            tickCount=5, format=",.4~r", labelFlush=False, labelOverlap=True, labelSeparation=look.LABEL_GAP
        )
        return alt.X(f"{field}:Q", title=None, axis=axis, scale=alt.Scale(domain=ends, nice=False))

    layers = [
        alt.Chart(marks.data([{"at": 0}])).mark_rule(**NOUGHT).encode(x=x("at")),
        rows.mark_rule(**AROUND).encode(x=x("low"), x2="high", y=y),
        rows.mark_rule(**CHANCE).encode(x=x("chance_low"), x2="chance_high", y=y),
        rows.mark_point(**POINT).encode(x=x("mean"), y=y),
        rows.mark_text(align="left", dx=14).encode(x=alt.value(PLACES), y=y, text="text:N"),
    ]
    heading = alt.TitleParams(text=name, fontSize=look.FONT_SIZE, offset=4)
    return alt.layer(*layers).properties(width=PLACES, height=ROW * len(lines), title=heading)


def _row(line: Line) -> marks.Row:
    (low, high), (chance_low, chance_high) = line.range or (line.mean, line.mean), line.chance
    numbers = {"mean": line.mean, "low": low, "high": high, "chance_low": chance_low, "chance_high": chance_high}
    text = f"{line.number(line.mean, signed=True)} ({line.span(line.chance, signed=True)})"
    return {"arm": named(line.arm), "text": text, **{name: marks.short(one) for name, one in numbers.items()}}


def _ends(numbers: Iterable[float]) -> list[float]:
    """An axis that holds the numbers and nought."""
    low, high = min(0.0, *(known := [*numbers])), max(0.0, *known)
    room = (high - low or 1.0) * (ROOM - 1) / 2
    return [low - room, high + room]


def trade_off_chart(found: Sequence[Line], reference: str) -> Chart:
    """PML against lesions, and against relapses: each arm beside the first, which lies where the dashes cross."""
    alt = altair()
    arms = list(dict.fromkeys(line.arm for line in found))
    panels = [_panel(found, [reference, *arms], benefit) for benefit in BENEFITS]
    title = f"Benefit against harm, beside “{named(reference)}”"
    words = ["Upwards: more PML. To the right: more activity of the disease. Dashes cross at the first arm."]
    told = [line for line in found if line.outcome in (*BENEFITS, HARM)]
    return finished(
        alt.hconcat(*panels, spacing=look.SPACING), title, words, _description(title, told), {"trade-off": table(told)}
    )


def _panel(found: Sequence[Line], arms: Sequence[str], benefit: str) -> Any:
    alt = altair()
    by_name = {(line.arm, line.outcome): line for line in found}
    data = [_point(by_name[arm, benefit], by_name[arm, HARM]) for arm in arms[1:]]
    rows = alt.Chart(marks.data(data))
    first = {"arm": named(arms[0]), "x": 0, "y": 0}
    x, y = (_axis(side, outcome, data) for side, outcome in (("x", benefit), ("y", HARM)))
    sign = alt.Shape("arm:N", title=None, scale=_shapes(arms), legend=_legend())
    points = alt.Chart(marks.data([first, *data]))
    layers = [
        *_cross(x, y),
        rows.mark_rule(**AROUND).encode(x=x("x_low"), x2="x_high", y=y("y")),
        rows.mark_rule(**AROUND).encode(y=y("y_low"), y2="y_high", x=x("x")),
        rows.mark_rule(**CHANCE).encode(x=x("x_chance_low"), x2="x_chance_high", y=y("y")),
        rows.mark_rule(**CHANCE).encode(y=y("y_chance_low"), y2="y_chance_high", x=x("x")),
        points.mark_point(filled=True, size=110, opacity=1, color=look.MARK).encode(x=x("x"), y=y("y"), shape=sign),
    ]
    return alt.layer(*layers).properties(width=SQUARE[0], height=SQUARE[1])


def _cross(x: Any, y: Any) -> list[Any]:
    """The dashes through the first arm, and in which corners an arm is better or worse in both."""
    alt = altair()
    origin = alt.Chart(marks.data([{"at": 0}]))
    corner = alt.Chart(marks.data([{}]))
    width, height = SQUARE
    better = {"x": alt.value(6), "y": alt.value(height - 8), "text": alt.value("less of both")}
    worse = {"x": alt.value(width - 6), "y": alt.value(10), "text": alt.value("more of both")}
    return [
        origin.mark_rule(**NOUGHT).encode(x=x("at")),
        origin.mark_rule(**NOUGHT).encode(y=y("at")),
        corner.mark_text(align="left", color=look.MUTED).encode(**better),
        corner.mark_text(align="right", color=look.MUTED).encode(**worse),
    ]


def _axis(side: str, outcome: str, data: Sequence[marks.Row]) -> Any:
    """An axis with nought in its middle, so that all four corners are seen."""
    alt = altair()
    most = max(abs(number) for row in data for name, number in row.items() if name[0] == side) or 1.0
    scale = alt.Scale(domain=[-ROOM * most, ROOM * most], nice=False)
    unit = MAIN[outcome].partition(" per ")[2]
    what = "PML" if outcome == HARM else capital(MAIN[outcome].partition(" per ")[0])
    title = f"{what}, difference per {unit}"
    upright = {**look.UPRIGHT_TITLE, "minExtent": look.AXIS_WIDTH} if side == "y" else {}
    axis = alt.Axis(tickCount=5, format=".4~r", **upright)
    channel = alt.X if side == "x" else alt.Y
    return lambda field: channel(f"{field}:Q", title=title, axis=axis, scale=scale)


def _point(benefit: Line, harm: Line) -> marks.Row:
    row: dict[str, Any] = {"arm": named(benefit.arm)}
    for side, line in (("x", benefit), ("y", harm)):
        (low, high), (chance_low, chance_high) = line.range or (line.mean, line.mean), line.chance
        ends = {"_low": low, "_high": high, "_chance_low": chance_low, "_chance_high": chance_high}
        row |= {f"{side}{end}": marks.short(number) for end, number in {"": line.mean, **ends}.items()}
    return row


def _shapes(arms: Sequence[str]) -> Any:
    names = [named(arm) for arm in arms]
    return altair().Scale(domain=names, range=list(SHAPES[: len(names)]))


def _legend() -> Any:
    """Below, so that long names have room."""
    return altair().Legend(
        orient="bottom", direction="horizontal", columns=4, labelLimit=140, labelColor=look.INK,
        labelFontSize=look.FONT_SIZE, symbolFillColor=look.MARK, symbolStrokeColor=look.MARK, symbolSize=90,
    )  # fmt: skip


def _description(title: str, found: Sequence[Line]) -> str:
    """For those who don't see it: the differences that matter most; the table below has all."""
    main = (line for line in found if line.outcome in MAIN and not math.isnan(line.mean))
    told = " ".join(f"{named(line.arm)}: {difference(line)}." for line in main)
    return capital(f"{title}. {told} Every number stands in the table below.")


def table(found: Sequence[Line]) -> Table:
    """A row for each difference, unrounded."""
    columns: dict[str, Any] = {
        "arm": [line.arm for line in found],
        "outcome": [label(line.outcome) for line in found],
        "difference": [line.mean for line in found],
        "error": [line.error for line in found],
    }
    for name, ends in (("chance", [line.chance for line in found]), ("range", [line.range for line in found])):
        for number, end in enumerate(("low", "high")):
            columns[f"{name}_{end}"] = [pair[number] if pair else None for pair in ends]
    return Table(columns, "Differences from the first arm")
