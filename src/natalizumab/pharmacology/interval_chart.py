"""The intervals that would suit: how likely each keeps the target, and the troughs that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from natalizumab.pharmacology import look, marks
from natalizumab.pharmacology.drawing import Chart, altair, finished
from natalizumab.pharmacology.interval import STANDING_WORDS
from natalizumab.pharmacology.interval_words import short_reached
from natalizumab.pharmacology.scales import concentration_scale, share_scale
from natalizumab.pharmacology.tables import Table

if TYPE_CHECKING:
    from natalizumab.pharmacology.interval import Advice, Interval

TOP, BOTTOM = 130, 220
"""The heights of the two panels, pixels."""

HIGHEST = 1.15
"""Up to which probability the upper panel goes: there is room for the number of a full bar."""

LABEL = 18
"""The height of a bar's number with the room around it, pixels."""

BESIDE = 7
"""The sustained and the next trough stand so many pixels left and right of their week."""


def interval_chart(advice: Advice, *, log: bool = True) -> Chart:
    """For each whole number of weeks the probability of a trough at or above the target, and the troughs themselves.

    ``log``: the troughs' axis is logarithmic from 0.1 mg/L. The table has a row for each interval. Raises ModelError
    where Altair is not installed.
    """
    alt = altair()
    weeks = [interval.weeks for interval in advice.intervals]
    places = alt.Scale(type="band", domain=weeks, paddingInner=0.3, paddingOuter=0.2)
    x = alt.X("weeks:O", title="weeks between doses", axis=alt.Axis(labelAngle=0, grid=False), scale=places)
    panels = alt.vconcat(_chances(advice, x), _troughs(advice, x, log), spacing=20)
    return finished(
        panels,
        _title(advice),
        [
            f"Above: probability that troughs stay at or above {advice.target:g} mg/L. Full bar: enough, pale: too low",
            "Below: median and 5–95 % of the trough. Circle: interval kept up. Open diamond: the next dose only",
            _standings(advice),
        ],
        _description(advice),
        {"intervals": _table(advice.intervals)},
    )


def _chances(advice: Advice, x: Any) -> Any:
    """A bar for each interval with its per cent, and the probability that is wanted as a dashed line.

    A number that the line would cross stands inside its bar, all others above theirs.
    """
    alt = altair()
    scale = share_scale(f"probability of {advice.target:g} mg/L or more", TOP, highest=HIGHEST)
    enough = [one for one in advice.intervals if one.probability_at_target >= advice.probability]
    short = [one for one in advice.intervals if one not in enough]
    inside = [one for one in short if advice.probability - one.probability_at_target < LABEL / TOP * HIGHEST]
    above = [one for one in advice.intervals if one not in inside]
    advised = alt.Chart(marks.data([{"weeks": advice.weeks, "label": "advised"}] if advice.weeks else []))
    wanted = alt.Chart(marks.data([{"y": advice.probability, "label": f"{100 * advice.probability:g} %"}]))
    layers = [
        _bars(scale, x, enough, fillOpacity=1),
        _bars(scale, x, short, fillOpacity=0.2, stroke=look.LINE, strokeWidth=1),
        _numbers(scale, x, above, baseline="bottom", dy=-3),
        _numbers(scale, x, inside, baseline="top", dy=4),
        advised.mark_text(baseline="bottom", dy=-6, color=look.PAPER).encode(x=x, y=alt.value(TOP), text="label:N"),
        wanted.mark_rule(**look.TARGET).encode(y=scale.y("y")),
        wanted.mark_text(align="left", dx=6).encode(x=alt.value("width"), y=scale.y("y"), text="label:N"),
    ]
    return alt.layer(*layers).properties(width=look.WIDTH, height=TOP)


def _numbers(scale: Any, x: Any, intervals: Sequence[Interval], **mark: Any) -> Any:
    rows = [{**_chance(one), "label": short_reached(one.probability_at_target)} for one in intervals]
    chart = altair().Chart(marks.data(rows)).mark_text(**mark)
    return chart.encode(x=x, y=scale.y("y"), text="label:N")


def _chance(interval: Interval) -> marks.Row:
    return {"weeks": interval.weeks, "y": interval.probability_at_target}


def _bars(scale: Any, x: Any, intervals: Sequence[Interval], **mark: Any) -> Any:
    chart = altair().Chart(marks.data(map(_chance, intervals))).mark_bar(color=look.LINE, **mark)
    return chart.encode(x=x, y=scale.y("y"))


def _troughs(advice: Advice, x: Any, log: bool) -> Any:
    """Two upright bars of 5–95 % with their median for each interval, on both sides of its week."""
    alt = altair()
    highest = [trough.p95 for i in advice.intervals for trough in (i.trough, i.next_trough)]
    scale = concentration_scale(highest, log, BOTTOM)
    circle = {"shape": "circle", "filled": True, "color": look.LINE, "size": 70, "opacity": 1}
    diamond = {"shape": "diamond", "filled": False, "color": look.MARK, "size": 70, "opacity": 1, "strokeWidth": 1.8}
    layers = marks.targets(scale, [advice.target])
    for offset, sign, name in ((-BESIDE, circle, "trough"), (BESIDE, diamond, "next_trough")):
        rows = [_row(scale, interval, name) for interval in advice.intervals]
        chart = alt.Chart(marks.data(rows))
        bar = chart.mark_rule(color=sign["color"], strokeWidth=2, xOffset=offset, clip=True)
        layers.append(bar.encode(x=x, y=scale.y("low"), y2="high"))
        layers.append(chart.mark_point(**sign, xOffset=offset, clip=True).encode(x=x, y=scale.y("middle")))
        foot = alt.Chart(marks.data({"weeks": row["weeks"]} for row in rows if row["middle"] < scale.lowest))
        under = {**sign, "shape": "triangle-down", "xOffset": offset, "yOffset": -4}
        layers.append(foot.mark_point(**under).encode(x=x, y=alt.value(BOTTOM)))
    return alt.layer(*layers).properties(width=look.WIDTH, height=BOTTOM)


def _row(scale: Any, interval: Interval, name: str) -> marks.Row:
    trough = getattr(interval, name)
    ends = {"low": trough.p5, "middle": trough.p50, "high": trough.p95}
    return {"weeks": interval.weeks, **{end: marks.short(scale.drawable(number)) for end, number in ends.items()}}


def _title(advice: Advice) -> str:
    if advice.unchecked and advice.weeks is None:
        return "Check the levels first: no interval can be advised"
    if advice.unchecked:
        return f"Check the levels first; without the doubtful ones, every {advice.weeks} weeks"
    if advice.weeks is None:
        return "No interval can be advised"
    if advice.longest is not None and advice.longest > advice.weeks:
        return f"Every {advice.weeks} weeks: the concentration alone would allow {advice.longest}"
    return f"Every {advice.weeks} weeks: the longest interval with enough certainty"


def _standings(advice: Advice) -> str:
    """Which weeks rest on what."""
    weeks: dict[str, list[str]] = {}
    for one in advice.intervals:
        weeks.setdefault(STANDING_WORDS[one.standing], []).append(f"{one.weeks}")
    return ". ".join(f"{words[0].upper()}{words[1:]}: {_span(its)} weeks" for words, its in weeks.items())


def _span(weeks: Sequence[str]) -> str:
    return weeks[0] if len(weeks) == 1 else f"{weeks[0]} to {weeks[-1]}"


def _description(advice: Advice) -> str:
    chances = ", ".join(f"{i.weeks} weeks {short_reached(i.probability_at_target)}" for i in advice.intervals)
    return f"{advice.text} Probability that troughs stay at or above {advice.target:g} mg/L: {chances}."


def _table(intervals: Sequence[Interval]) -> Table:
    columns: dict[str, Any] = {"weeks": [interval.weeks for interval in intervals]}
    for name in ("trough", "next_trough"):
        for end in ("p5", "p50", "p95"):
            columns[f"{name}_{end}_mg_per_l"] = [float(getattr(getattr(i, name), end)) for i in intervals]
    columns["probability_at_target"] = [float(interval.probability_at_target) for interval in intervals]
    return Table(columns, "trough: the interval kept up; next_trough: the next dose only")
