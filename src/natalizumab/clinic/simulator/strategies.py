"""The fixed list of strategies that can be compared, each in words and as what is given when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from natalizumab.evidence import value, values

AT_LEAST, AT_MOST = 2, 3
"""So many strategies are compared at a time."""


@dataclass(frozen=True)
class Strategy:
    """``weeks`` between doses, ``later_weeks`` once they have been given for a while; or the longest interval that
    keeps a measured level at ``target`` (mg/L). ``stops``: at a high index; ``drug``: whether there is any.
    """

    key: str
    words: str
    weeks: float
    route: Literal["iv", "sc"] = "iv"
    later_weeks: float | None = None
    target: float | None = None
    stops: bool = False
    drug: bool = True


@cache
def strategies() -> dict[str, Strategy]:
    """All of them by their keys, in the order in which they are offered."""
    often, seldom = number("dosing.interval"), number("dosing.extended_interval")
    months = number("simulator.stop_after")
    return {
        one.key: one
        for one in (
            Strategy("iv-standard", f"Every {often:g} weeks, into a vein", often),
            Strategy("iv-extended", f"Every {seldom:g} weeks, into a vein", seldom),
            Strategy("sc-standard", f"Every {often:g} weeks, under the skin", often, route="sc"),
            Strategy("sc-extended", f"Every {seldom:g} weeks, under the skin", seldom, route="sc"),
            Strategy("later", f"Every {often:g} weeks, after a year every {seldom:g}", often, later_weeks=seldom),
            *(
                Strategy(f"level-{target:g}", f"By measured level, {target:g} mg/L or more", often, target=target)
                for target in targets()
            ),
            Strategy("stop", f"Stop after {months:g} months at a high index", often, stops=True),
            Strategy("none", "No drug", often, drug=False),
        )
    }


def targets() -> tuple[float, ...]:
    """The troughs (mg/L) that an interval can keep up, lowest first."""
    return (number("pk.target_trough"), *map(float, value("pk.target_trough_alternatives").value))


def number(key: str) -> float:
    """That of the evidence."""
    return float(value(key).value)


def pml_keys(jcv: str, prior: bool) -> list[str]:
    """The keys of the published table that the risk of such people rests on."""
    if jcv == "negative":
        # Whoever gets antibodies meanwhile has a low index, or the row of those with an earlier immunosuppressant.
        rows = ["negative", "prior_immunosuppressant" if prior else "low"]
    else:
        rows = ["prior_immunosuppressant" if prior else jcv]
    return [found.key for row in rows for found in values(f"pml.eu.{row}")]
