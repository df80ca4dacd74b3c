"""A line of a benchmark's table: what was found, what was asked, and whether it holds."""

from __future__ import annotations

HEADINGS = ("measure", "found", "asked", "")


def at_most(measure: str, found: float, bound: float, unit: str = "", goal: float | None = None) -> tuple[str, ...]:
    """A number that must not be larger than ``bound``; ``goal`` is where it should come one day."""
    hoped = f", goal {_written(goal)}" if goal is not None else ""
    return measure, _with(found, unit), f"≤ {_written(bound)}{hoped}", "hit" if found <= bound else "MISS"


def at_least(measure: str, found: float, bound: float, unit: str = "") -> tuple[str, ...]:
    """A number that must not be smaller than ``bound``."""
    return measure, _with(found, unit), f"≥ {_written(bound)}", "hit" if found >= bound else "MISS"


def shown(measure: str, found: float, unit: str = "") -> tuple[str, ...]:
    """A number of which nothing is asked."""
    return measure, _with(found, unit), "", ""


def said(measure: str, words: str) -> tuple[str, ...]:
    """Words in the place of a number."""
    return measure, words, "", ""


def _with(number: float, unit: str) -> str:
    return f"{_written(number)} {unit}".rstrip()


def _written(number: float) -> str:
    """Three digits, as people write them: 12300, 4.56, 0.05, 1e-05."""
    if number and not 1e-3 <= abs(number) < 1e6:
        return f"{number:.1e}".replace(".0e", "e")
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.3g}"
