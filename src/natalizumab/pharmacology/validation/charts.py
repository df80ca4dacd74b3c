"""The calibration's ranks and the reliability of the hidden antibodies as one chart."""

from __future__ import annotations

from math import sqrt
from typing import Any

from natalizumab.errors import ModelError
from natalizumab.pharmacology import look, marks
from natalizumab.pharmacology.drawing import Chart, altair, finished, stacked
from natalizumab.pharmacology.scales import Scale, share_scale
from natalizumab.pharmacology.tables import Table
from natalizumab.pharmacology.validation.calibration import BINS, Calibration
from natalizumab.pharmacology.validation.reliability import Reliability
from natalizumab.pharmacology.validation.whole import Validation

HEIGHT = 240

CHANCE = 1.96
"""Standard deviations on both sides within which 95 of 100 counts fall."""


def validation_chart(found: Validation) -> Chart:
    """Ranks above, reliability below, or the one that there is. Raises ModelError for neither, or without Altair."""
    drawn = [
        *([ranks_chart(found.calibration)] if found.calibration else []),
        *([reliability_chart(found.reliability)] if found.reliability else []),
    ]
    if not drawn:
        raise ModelError("plot: neither calibration nor reliability was asked for")
    return stacked(*drawn) if len(drawn) > 1 else drawn[0]


def ranks_chart(found: Calibration) -> Chart:
    """How many truths have which rank, beside what chance alone gives to equal bins."""
    alt = altair()
    counts = found.counts.tolist()
    expected = len(found) / BINS
    spread = CHANCE * sqrt(expected * (1 - 1 / BINS))
    highest = 1.2 * max(*counts, expected + spread)
    scale = Scale("people", 0.0, highest, ".0f", (0.0, round(expected / 2), round(expected)), height=HEIGHT)
    x = alt.X("rank:Q", title="rank of the true next trough", scale=alt.Scale(domain=[0, 1], nice=False))
    bars = alt.Chart(
        marks.data({"rank": n / BINS, "to": (n + 1) / BINS, "y": y, "low": 0} for n, y in enumerate(counts))
    )
    lines = alt.Chart(marks.data({"y": end} for end in (max(0.0, expected - spread), expected, expected + spread)))
    layers = [
        bars.mark_bar(color=look.LINE, opacity=0.6, binSpacing=1).encode(x=x, x2="to", y=scale.y("y"), y2="low"),
        lines.mark_rule(**look.TARGET).encode(y=scale.y("y")),
    ]
    return finished(
        alt.layer(*layers).properties(width=look.WIDTH, height=HEIGHT),
        "Ranks of the truth within the posterior",
        ["Dashed: what equal bins have, and where 95 of 100 of them lie"],
        f"Ranks of {len(found)} people's true next trough in {BINS} bins: {min(counts)} to {max(counts)} in each, "
        f"{expected:g} expected.",
        {"ranks": Table({"from": [n / BINS for n in range(BINS)], "people": counts}, "People by rank of the truth")},
    )


def reliability_chart(found: Reliability) -> Chart:
    """How often there were antibodies, by how probable they were said to be."""
    alt = altair()
    bins = found.bins
    scale = share_scale("had antibodies", HEIGHT)
    rows = [{"stated": one.stated, "y": one.observed, "low": one.interval[0], "high": one.interval[1]} for one in bins]
    axis = alt.Axis(format=".0%", grid=False)
    x: Any = alt.X("stated:Q", title="stated", axis=axis, scale=alt.Scale(domain=[0, 1], nice=False))
    points, ideal = alt.Chart(marks.data(rows)), alt.Chart(marks.data({"stated": end, "y": end} for end in (0, 1)))
    layers = [
        ideal.mark_line(**look.TARGET).encode(x=x, y=scale.y("y")),
        points.mark_rule(color=look.LINE, strokeWidth=2).encode(x=x, y=scale.y("low"), y2="high"),
        points.mark_point(filled=True, size=70, color=look.LINE, opacity=1).encode(x=x, y=scale.y("y")),
    ]
    return finished(
        alt.layer(*layers).properties(width=look.WIDTH, height=HEIGHT),
        "Stated probability of antibodies, and how often they were there",
        ["Dashed: exactly right. Upright lines: 95 % intervals"],
        "; ".join(f"stated {one.stated:.0%}, there in {one.observed:.0%} of {one.people}" for one in bins) + ".",
        {
            "reliability": Table(
                {
                    "stated": [one.stated for one in bins],
                    "observed": [one.observed for one in bins],
                    "low": [one.interval[0] for one in bins],
                    "high": [one.interval[1] for one in bins],
                    "people": [one.people for one in bins],
                },
                "Antibodies by stated probability",
            )
        },
    )
