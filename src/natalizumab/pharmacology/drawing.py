"""A chart: what a notebook shows, a command writes and a page draws, together with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from natalizumab.errors import ModelError
from natalizumab.pharmacology import look
from natalizumab.pharmacology.extras import package
from natalizumab.pharmacology.tables import Table

PAGE: dict[str, Any] = {
    "width": "container",
    "background": "transparent",
    "padding": 5,
    "autosize": {"type": "fit-x", "contains": "padding"},
}
"""What a page sets otherwise: the chart is as wide as its place, and lies on the page's own ground."""

TOP_LEVEL = ("$schema", "background", "config", "datasets", "description", "padding")
"""What a specification says once for all its parts."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Chart:
    """A drawn answer. A notebook shows it; ``table()`` has its numbers; ``altair()`` is the chart to build upon.

    ``spec`` is Vega-Lite whose colours are names of ``look``; ``tables`` are the numbers by name, the main ones first.
    """

    title: str
    description: str
    spec: dict[str, Any]
    tables: dict[str, Table]

    def __repr__(self) -> str:
        return f"Chart({self.title}; tables: {', '.join(self.tables)})"

    def table(self, name: str | None = None) -> Table:
        """The numbers drawn, or another of ``tables``. Raises KeyError for an unknown name."""
        return self.tables[next(iter(self.tables)) if name is None else name]

    def painted(self, theme: look.Theme = "light") -> dict[str, Any]:
        """The Vega-Lite specification with the theme's colours in it."""
        if theme not in look.COLOURS:
            raise ModelError(f"chart: the theme {theme!r} is not one of {', '.join(look.COLOURS)}")
        spec: dict[str, Any] = look.painted(self.spec, theme)
        return spec

    def altair(self, theme: look.Theme = "light") -> Any:
        """An Altair chart in the theme's colours. Raises ModelError where Altair is not installed."""
        return altair().Chart.from_dict(self.painted(theme))

    def for_page(self, panel: int = 0) -> dict[str, Any]:
        """The specification as a web page takes it: without title and with names of colours.

        ``panel`` counts the parts of a chart of several. Raises IndexError where there are fewer.
        """
        spec = deepcopy(self.spec)
        panels = spec.pop("vconcat", [{}])
        spec |= panels[panel] | PAGE
        spec.pop("title", None)
        return spec

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        """What a notebook shows, by way of Altair's own renderers."""
        return self.altair()._repr_mimebundle_(include, exclude)


def altair() -> Any:
    """Altair, which takes a second to load: only who draws pays for it. Raises ModelError where it is missing."""
    return package("altair", "a chart", "altair")


def finished(drawn: Any, title: str, subtitle: Sequence[str], description: str, tables: dict[str, Table]) -> Chart:
    """The chart of what Altair drew, with title, description for those who don't see it, and the common look."""
    heading = {"text": title, "subtitle": list(subtitle)}
    spec: dict[str, Any] = drawn.properties(title=heading, description=description, background=look.PAPER).to_dict()
    spec |= {"config": look.CONFIG, "padding": look.PADDING}
    return Chart(title, description, spec, tables)


def stacked(*charts: Chart) -> Chart:
    """The charts one below the other as one. Its tables are theirs, numbered. ModelError for none, or no charts."""
    if not charts or not all(isinstance(chart, Chart) for chart in charts):
        raise ModelError("stacked: give charts, such as those of a simulation's chart()")
    panels = [{name: part for name, part in chart.spec.items() if name not in TOP_LEVEL} for chart in charts]
    shared = {name: charts[0].spec[name] for name in TOP_LEVEL}
    spec = shared | {"vconcat": panels, "spacing": look.SPACING}
    spec["datasets"] = {name: rows for chart in charts for name, rows in chart.spec["datasets"].items()}
    spec["description"] = " ".join(chart.description for chart in charts)
    tables = {
        f"{number} {name}": table
        for number, chart in enumerate(charts, start=1)
        for name, table in chart.tables.items()
    }
    return Chart("; ".join(chart.title for chart in charts), spec["description"], spec, tables)
