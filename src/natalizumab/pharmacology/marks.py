"""What several charts draw: a line, a band, the doses and the trough targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology import look
from natalizumab.pharmacology.drawing import altair
from natalizumab.pharmacology.scales import Scale

if TYPE_CHECKING:
    from natalizumab.pharmacology.history import History

Row = Mapping[str, Any]
Numbers = NDArray[np.float64]


class Band(NamedTuple):
    """5, 50 and 95 % of people, or of what is plausible in one; each of shape (times,)."""

    low: Numbers
    middle: Numbers
    high: Numbers

    def part(self, here: slice) -> Band:
        """The band at some of its times."""
        return Band(self.low[here], self.middle[here], self.high[here])


def data(rows: Iterable[Row]) -> Any:
    """Rows as data inside the specification, where equal ones are kept once."""
    return altair().InlineData(values=[dict(row) for row in rows])


def short(number: float) -> float:
    """Four digits are more than a picture shows, and keep it small."""
    return float(f"{number:.4g}")


def line(scale: Scale, x: Any, places: Sequence[Row], numbers: Numbers, **mark: Any) -> Any:
    """A line through the numbers; ``places`` hold what the horizontal axis reads."""
    rows = [{**place, "y": short(scale.drawable(y))} for place, y in zip(places, numbers.tolist(), strict=True)]
    return altair().Chart(data(rows)).mark_line(clip=True, **mark).encode(x=x, y=scale.y("y"))


def median(scale: Scale, x: Any, places: Sequence[Row], numbers: Numbers, **mark: Any) -> Any:
    """The line that matters most."""
    return line(scale, x, places, numbers, color=look.LINE, strokeWidth=2, **mark)


def area(scale: Scale, x: Any, places: Sequence[Row], band: Band) -> list[Any]:
    """A light area between two thin lines, so that its edges are seen without colour."""
    ends = zip(places, band.low.tolist(), band.high.tolist(), strict=True)
    rows = [
        {**place, "low": short(scale.drawable(low)), "high": short(scale.drawable(high))} for place, low, high in ends
    ]
    chart = altair().Chart(data(rows))
    filled = chart.mark_area(color=look.LINE, opacity=0.2, clip=True).encode(x=x, y=scale.y("low"), y2="high")
    edges = [
        chart.mark_line(color=look.LINE, strokeWidth=1, opacity=0.6, clip=True).encode(x=x, y=scale.y(end))
        for end in ("low", "high")
    ]
    return [filled, *edges]


def events(history: History, times: Numbers, place: Callable[[float], Row], x: Any) -> list[Any]:
    """A small triangle on the axis for every dose, a cross for every plasma exchange, within the times drawn.

    ``place`` makes of a day what the horizontal axis reads.
    """
    alt = altair()
    given, taken = ([event.day for event in kind] for kind in (history.inputs, history.removals))
    layers = []
    for days, sign in ((given, look.DOSE), (taken, look.REMOVAL)):
        rows = [place(day) for day in days if times[0] <= day <= times[-1]]
        if rows:
            layers.append(alt.Chart(data(rows)).mark_point(**sign).encode(x=x, y=alt.value("height")))
    return layers


def event_words(history: History) -> list[str]:
    """What those signs mean."""
    return ["▲ dose", *(["cross: plasma exchange"] if history.removals else [])]


def targets(scale: Scale, wanted: Sequence[float]) -> list[Any]:
    """A dashed line at every trough target (mg/L, lowest first), labelled at its right end."""
    if not wanted:
        return []
    alt = altair()
    labels = zip(wanted, scale.apart(wanted), strict=True)
    rule = alt.Chart(data({"target": target} for target in wanted))
    label = alt.Chart(data({"label": f"target {target:g}", "place": place} for target, place in labels))
    return [
        rule.mark_rule(**look.TARGET).encode(y=scale.y("target")),
        label.mark_text(align="left", baseline="middle", dx=6).encode(
            x=alt.value("width"), y=scale.y("place"), text="label:N"
        ),
    ]
