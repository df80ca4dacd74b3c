"""The picture of saturation on a person's page, below that of the concentration (``pharmacology.band_chart``).

It is drawn as all charts are. Colours are names that chart.js replaces by those of the page, so that one specification
serves light and dark. Importing it loads the solver.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import altair as alt
import numpy as np

from natalizumab.pharmacology import Table, look, marks, saturation
from natalizumab.pharmacology.band_chart import SHORT_SPAN_DAYS
from natalizumab.pharmacology.drawing import PAGE
from natalizumab.pharmacology.marks import Band
from natalizumab.pharmacology.scales import share_scale

_HEIGHT = 130


def saturation_picture(course: Table, on: date, target: float) -> dict[str, Any]:
    """Median and 5–95 % of the saturation, from those of the concentration: the one rises with the other.

    ``course`` has columns date and day, and p5, p50 and p95 in mg/L. Behind ``on`` the line is dashed.
    ``target`` (mg/L) is not drawn, but takes as much room at the right as its label does in the picture above.
    """
    places = [{"time": time} for time in _times(course)]
    band = Band(*(saturation(np.asarray(course[f"{end}_mg_per_l"])) for end in ("p5", "p50", "p95")))
    scale = share_scale("saturation", _HEIGHT)
    days = np.asarray(course["day"])
    form = "%d %b %Y" if days[-1] - days[0] < SHORT_SPAN_DAYS else "%b %Y"
    axis = alt.Axis(format=form, labelOverlap=True, labelSeparation=look.LABEL_GAP, grid=False, tickCount=6)
    x = alt.X("time:T", title=None, axis=axis, scale=alt.Scale(nice=False))
    noon = on.isoformat() + "T12:00"
    turn = sum(place["time"] <= noon for place in places)
    past, ahead = slice(0, turn), slice(max(turn - 1, 0), None)
    layers = [
        *marks.area(scale, x, places, band),
        marks.median(scale, x, places[past], band.middle[past]),
        marks.median(scale, x, places[ahead], band.middle[ahead], strokeDash=look.AHEAD),
        alt.Chart(marks.data([{"time": noon}])).mark_rule(color=look.MUTED, strokeDash=look.TODAY).encode(x=x),
    ]
    room = alt.Chart(marks.data([{"label": f"target {target:g}"}])).mark_text(align="left", dx=6, opacity=0)
    layers.append(room.encode(x=alt.value("width"), y=alt.value(0), text="label:N"))
    spec: dict[str, Any] = alt.layer(*layers).properties(height=_HEIGHT).to_dict()
    return spec | PAGE | {"config": look.CONFIG}


def _times(course: Table) -> list[str]:
    """The local time of every row, to the minute."""
    rows = zip(course["date"], np.asarray(course["day"]).tolist(), strict=True)
    moments = (datetime.fromisoformat(when) + timedelta(days=day % 1) for when, day in rows)
    return [moment.isoformat(timespec="minutes") for moment in moments]
