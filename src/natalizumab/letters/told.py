"""What a person is told of what is due: only what has plain words, so that no suspicion is told by a list."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

Facts = dict[str, Any]

LUMBAR = "csf"
"""The beginning of actions about spinal fluid, which a person hears of from a clinician first."""


@cache
def plain_words() -> dict[str, tuple[str, str]]:
    """By rule, what is to be done and why."""
    text = (files("natalizumab.letters") / "items.toml").read_text(encoding="utf-8")
    return {rule: (one["what"], one["why"]) for one in tomllib.loads(text)["told"] for rule in one["rules"]}


def told_items(made: Facts) -> list[Facts]:
    """The plan's items that may be told, each with its plain words, in the plan's order; the same thing once."""
    found: dict[tuple[str, str], Facts] = {}
    for item in made["items"]:
        if may_be_told(item):
            what, why = plain_words()[item["rule"]]
            one = {key: item[key] for key in ("rule", "action", "window_from", "due", "not_before", "status")}
            found.setdefault((what, item["due"]), {"what": what, "why": why, **one})
    return list(found.values())


def untold_items(made: Facts) -> list[Facts]:
    """The items that are left out; prompts are told elsewhere."""
    return [item for item in made["items"] if not item["prompt"] and not may_be_told(item)]


def may_be_told(item: Facts) -> bool:
    """Whether an item has plain words, and is no prompt and no puncture."""
    return item["rule"] in plain_words() and not item["prompt"] and not item["action"].startswith(LUMBAR)
