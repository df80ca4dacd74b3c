"""The two pictures of a person's page as Vega-Lite specifications: concentration with doses and levels, saturation.

They look as all charts do (``pharmacology.look``). Colours are names that chart.js replaces by those of the page, so
that one specification serves light and dark.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from natalizumab.clinic.curve import TypicalCurve
from natalizumab.pharmacology import look
from natalizumab.pharmacology.drawing import PAGE

_HEIGHTS = {"concentration": 230, "saturation": 130}
PANELS = tuple(_HEIGHTS)


def chart(curve: TypicalCurve, panel: str) -> dict[str, Any]:
    """The specification of one panel, its data inside it."""
    # Altair takes a second to load, so only the request that draws pays for it.
    import altair as alt

    lines = [_line(alt, curve, panel), _today(alt, curve)]
    if panel == "concentration" and curve.doses:
        lines.append(_doses(alt, curve))
    if panel == "concentration" and curve.measured:
        lines.append(_measured(alt, curve))
    spec: dict[str, Any] = alt.layer(*lines).properties(height=_HEIGHTS[panel]).to_dict()
    return spec | PAGE | {"config": look.CONFIG}


def _line(alt: Any, curve: TypicalCurve, panel: str) -> Any:
    values = [{"time": _time(curve, p.day), "value": _value(p, panel), "part": _part(p.ahead)} for p in curve.points]
    title, form = ("mg/L", "d") if panel == "concentration" else ("saturation", ".0%")
    axis = alt.Axis(format=form, tickCount=5, minExtent=look.AXIS_WIDTH)
    scale = alt.Scale(zero=True) if panel == "concentration" else alt.Scale(domain=[0, 1])
    return (
        alt.Chart(alt.Data(values=values))
        .mark_line(color=look.LINE, strokeWidth=2)
        .encode(
            x=alt.X("time:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, grid=False, tickCount=6)),
            y=alt.Y("value:Q", title=title, scale=scale, axis=axis),
            strokeDash=alt.StrokeDash(
                "part:N", legend=None, scale=alt.Scale(domain=["so far", "ahead"], range=[[1, 0], look.AHEAD])
            ),
        )
    )


def _today(alt: Any, curve: TypicalCurve) -> Any:
    values = [{"time": curve.on.isoformat() + "T12:00:00"}]
    return alt.Chart(alt.Data(values=values)).mark_rule(color=look.MUTED, strokeDash=look.TODAY).encode(x="time:T")


def _doses(alt: Any, curve: TypicalCurve) -> Any:
    """A small triangle on the axis for every dose."""
    values = [{"time": day.isoformat() + "T00:00:00", "value": 0} for day in curve.doses]
    return alt.Chart(alt.Data(values=values)).mark_point(**look.DOSE).encode(x="time:T", y="value:Q")


def _measured(alt: Any, curve: TypicalCurve) -> Any:
    values = [{"time": m.date.isoformat() + "T00:00:00", "value": m.mg_per_l} for m in curve.measured]
    return alt.Chart(alt.Data(values=values)).mark_point(**look.LEVEL).encode(x="time:T", y="value:Q")


def _time(curve: TypicalCurve, day: float) -> str:
    """The local time of a point, to the minute."""
    return (datetime.combine(curve.origin, datetime.min.time()) + timedelta(days=day)).isoformat(timespec="minutes")


def _value(point: Any, panel: str) -> float:
    return float(f"{point.concentration if panel == 'concentration' else point.saturation:.4g}")


def _part(ahead: bool) -> str:
    return "ahead" if ahead else "so far"
