"""How long a plan stays true: the first later day on which it says something else, without a new entry.

While it is made, every comparison with a day still to come is remembered (``Case.reached``), so the earliest of those
days is the first on which anything can change. Whether it does is then looked up, by making the plan of that day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from natalizumab.care.shape import Plan

DAY_COUNT = re.compile(r"\b\d+ days?\b")

MOST_DAYS_LOOKED_AT = 400
"""A plan that stays the same for longer is called true until then, and looked at again."""

OnDay = Callable[[date], tuple[Plan, date | None]]


def first_change(made: Plan, changes: date | None, on_day: OnDay) -> date | None:
    """The day on which the plan first says something else; None where nothing ahead can change it."""
    for _ in range(MOST_DAYS_LOOKED_AT):
        if changes is None:
            return None
        later, next_change = on_day(changes)
        if said(later) != said(made):
            return changes
        changes = next_change
    return changes


def said(made: Plan) -> dict[str, Any]:
    """What a plan says, but for what moves on every day: its date, how late things are, and counts of days in texts."""
    plain = made.to_dict()
    del plain["on"], plain["valid_until"]
    for item in plain["items"]:
        del item["days_late"]
    for finding in (*plain["reasons"], *plain["items"], *plain["notes"]):
        finding["text"] = DAY_COUNT.sub("some days", finding["text"])
    return plain
