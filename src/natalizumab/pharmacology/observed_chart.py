"""A clinic's levels against the model: measured beside expected, with the line on which they would be equal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from typing import Any

from natalizumab.pharmacology import look, marks
from natalizumab.pharmacology.drawing import Chart, altair, finished
from natalizumab.pharmacology.evaluation import Compared, Evaluation, Group
from natalizumab.pharmacology.scales import Scale, concentration_scale
from natalizumab.pharmacology.tables import Table

SIDE = 330
"""Pixels of a panel, which is square, so that the line of equal numbers is its diagonal."""

SHAPES = {"circle": "●", "square": "■", "diamond": "◆", "triangle-up": "▲"}
COLOURS = (look.LINE, look.MARK, look.MUTED)
"""Each group has a shape and a colour of its own, up to twelve of them."""

COLUMNS = {
    "day": "day",
    "on": "date",
    "factor": "assay_factor",
    "measured": "measured_mg_per_l",
    "corrected": "corrected_mg_per_l",
    "below": "below_limit",
    "expected": "expected_mg_per_l",
    "p5": "p5_mg_per_l",
    "p50": "p50_mg_per_l",
    "p95": "p95_mg_per_l",
    "expected_after_earlier": "expected_from_earlier_levels_too_mg_per_l",
    "score": "normalised_error",
}
"""Names with units, where the fields' own lack them."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """How the levels of a group are drawn, and their words."""

    assay: str
    route: str
    shape: str
    colour: str

    @property
    def words(self) -> str:
        return f"{SHAPES[self.shape]} {self.assay}, {self.route}"


def observed_chart(found: Evaluation) -> Chart:
    """Measured against expected concentration, on the model's scale, with a sign for each assay and route.

    On the left expected from weight and doses alone, on the right from that person's earlier levels too. The table has
    a row for each level. Raises ModelError where Altair is not installed.
    """
    scale = _scale(found.compared)
    signs = _signs(found.groups)
    panels = altair().hconcat(
        _panel(scale, signs, found.compared, "expected", "from weight and doses alone"),
        _panel(scale, signs, found.compared, "expected_after_earlier", "from earlier levels too"),
        spacing=look.SPACING,
    )
    return finished(
        panels,
        f"Measured levels and the model: {found.overall.verdict.answer}",
        [
            ", ".join(sign.words for sign in signs),
            _words(found.compared, scale),
        ],
        _description(found),
        {"levels": table_of(found.compared)},
    )


def table_of(compared: Sequence[Compared]) -> Table:
    """A row for each level, its numbers unrounded."""
    rows = zip(*(astuple(one) for one in compared), strict=True)
    names = (COLUMNS.get(field.name, field.name) for field in fields(Compared))
    columns: dict[str, Any] = {name: list(column) for name, column in zip(names, rows, strict=True)}
    columns["date"] = [on and on.isoformat() for on in columns["date"]]
    return Table(columns, "corrected: measured divided by the assay's factor; of a level below the limit, the limit")


def _words(compared: Sequence[Compared], scale: Scale) -> str:
    words = ["Line: measured as expected"]
    if any(one.below for one in compared):
        words.append("Open: below the limit, drawn at it")
    if any(number < scale.lowest for one in compared for number in _drawn(one)):
        words.append(f"At the edge: less than {scale.lowest:g}")
    return ". ".join(words)


def _drawn(one: Compared) -> list[float]:
    return [one.corrected, one.expected, *([] if one.expected_after_earlier is None else [one.expected_after_earlier])]


def _signs(groups: Iterable[Group]) -> list[_Sign]:
    shapes = list(SHAPES)
    return [
        _Sign(group.assay, group.route, shapes[number % len(shapes)], COLOURS[number % len(COLOURS)])
        for number, group in enumerate(groups)
    ]


def _scale(compared: Sequence[Compared]) -> Scale:
    numbers = [number for one in compared for number in _drawn(one)]
    divided = "" if all(one.factor == 1 for one in compared) else ", divided by the assay's factor"
    return replace(concentration_scale(numbers, log=True, height=SIDE), title=f"measured{divided}, mg/L")


def _panel(scale: Scale, signs: Sequence[_Sign], compared: Sequence[Compared], field: str, words: str) -> Any:
    alt = altair()
    axis = alt.Axis(format=scale.form, values=list(scale.ticks))
    ends = alt.Scale(domain=[scale.lowest, scale.highest], nice=False, type="log")
    x = alt.X("x:Q", title=f"expected {words}, mg/L", axis=axis, scale=ends)
    equal = alt.Chart(marks.data({"x": end, "y": end} for end in (scale.lowest, scale.highest)))
    layers = [equal.mark_line(color=look.INK, strokeWidth=1, opacity=0.7).encode(x=x, y=scale.y("y"))]
    for sign in signs:
        for below in (False, True):
            rows = [
                {"x": _at(scale, getattr(one, field)), "y": _at(scale, one.corrected)}
                for one in compared
                if (one.assay, one.route, one.below) == (sign.assay, sign.route, below)
                and getattr(one, field) is not None
            ]
            if rows:
                look_of_it = {"shape": sign.shape, "color": sign.colour, "filled": not below}
                mark = alt.Chart(marks.data(rows)).mark_point(size=45, opacity=0.8, strokeWidth=1.6, **look_of_it)
                layers.append(mark.encode(x=x, y=scale.y("y")))
    return alt.layer(*layers).properties(width=SIDE, height=SIDE)


def _at(scale: Scale, number: float) -> float:
    """Where a number is drawn: what is smaller than the axes go, at their edge."""
    return marks.short(max(number, scale.lowest))


def _description(found: Evaluation) -> str:
    said = f"{found.overall.levels} levels of {found.overall.people} people: {found.overall.verdict.text}"
    parts = [f"{group.assay}, {group.route}: {group.verdict.text}" for group in found.groups]
    return " ".join([said, *(parts if len(parts) > 1 else [])])
