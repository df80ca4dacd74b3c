"""How every chart looks, in light and in dark: in a notebook, in a picture and on the clinic's pages.

Specifications name colours ("--chart-line"); ``painted`` puts real ones in their place here, and the clinic's
``chart.js`` does it there with those of the page. A test holds the clinic's style sheet to the colours below.
"""

from __future__ import annotations

from typing import Any, Literal

Theme = Literal["light", "dark"]

INK, MUTED, LINE, MARK, GRID, PAPER = (f"--chart-{name}" for name in ("ink", "muted", "line", "mark", "grid", "paper"))

COLOURS: dict[Theme, dict[str, str]] = {
    "light": {
        INK: "#1c2a2e",
        MUTED: "#66777d",
        LINE: "#0f6e84",
        MARK: "#a3340b",
        GRID: "#e3eaec",
        PAPER: "#ffffff",
    },
    "dark": {
        INK: "#d6e0e3",
        MUTED: "#93a5ab",
        LINE: "#6fc3d6",
        MARK: "#ffab82",
        GRID: "#263236",
        PAPER: "#12191c",
    },
}

WIDTH, HEIGHT, PADDING, SPACING = 720, 320, 12, 28
"""Pixels."""

AXIS_WIDTH = 40
"""Wide enough for "100%", so that charts stand exactly below each other."""

FONT = "system-ui, sans-serif"
FONT_SIZE = 12
LINE_HEIGHT = 14
"""Labels one above the other need so many pixels."""

LABEL_GAP = 10
"""At least so many pixels lie between the dates under a chart; where there is no room, every other one is left out."""

AHEAD = [4, 3]
"""Dashes of what lies ahead, if nothing more is given."""

DOTS = [1, 3]
"""Dots of what was plausible before anything was measured."""

TODAY = [2, 3]
"""Dashes of the line at today."""

LEVEL = {"shape": "diamond", "filled": True, "color": MARK, "size": 90, "opacity": 1}
"""A measured level."""

BELOW_LIMIT = {"shape": "triangle-down", "filled": False, "color": MARK, "size": 80, "opacity": 1, "strokeWidth": 1.8}
"""A level below the limit of quantification, drawn open at the limit."""

DOSE = {"shape": "triangle-up", "filled": True, "color": MUTED, "size": 36, "opacity": 1, "yOffset": -4}
"""A dose, on the axis."""

REMOVAL = {"shape": "cross", "filled": True, "color": MARK, "size": 60, "opacity": 1, "yOffset": -5}
"""A plasma exchange, on the axis."""

TARGET = {"color": INK, "strokeDash": [6, 3], "strokeWidth": 1, "opacity": 0.55}
"""The line of a trough target."""

UPRIGHT_TITLE = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -AXIS_WIDTH, "titleY": -10}
"""The title of an upright axis lies above it, where it is read without turning the head."""

CONFIG: dict[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": FONT_SIZE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "domainColor": MUTED,
        "tickColor": MUTED,
        "gridColor": GRID,
    },
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "fontSize": 16,
        "fontWeight": 600,
        "subtitleColor": INK,
        "subtitleFontSize": FONT_SIZE,
        "subtitleLineHeight": 17,
        "subtitlePadding": 6,
        "offset": 14,
    },
    "text": {"color": INK, "fontSize": FONT_SIZE},
}
"""Vega-Lite's ``config`` of every chart."""


def painted(part: Any, theme: Theme = "light") -> Any:
    """A specification, or a part of one, with real colours for the names."""
    if isinstance(part, str):
        return COLOURS[theme].get(part, part)
    if isinstance(part, list):
        return [painted(inner, theme) for inner in part]
    if isinstance(part, dict):
        return {name: painted(inner, theme) for name, inner in part.items()}
    return part
