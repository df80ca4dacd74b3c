"""A line of the table: what was published, what is accepted, what the model gives, and how sure that number is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from natalizumab.evidence import value

Bounds = tuple[float | None, float | None]
"""The lowest and the highest accepted number; None where there is no such end."""

Published = float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """``row`` is the question's number; a question about two quantities has two lines.

    All numbers are in ``unit``, but for ``published``, which is in ``published_unit`` where that is given.
    ``monte_carlo_error`` is the standard error of ``ours`` from the number of people drawn.
    """

    row: int
    quantity: str
    unit: str
    published: Published
    accepted: Bounds
    ours: float
    monte_carlo_error: float
    published_unit: str = ""

    @property
    def hit(self) -> bool:
        """Whether the model's number lies within the accepted range."""
        low, high = self.accepted
        return (low is None or self.ours >= low) and (high is None or self.ours <= high)

    @property
    def close(self) -> bool:
        """Whether other people, drawn as often, might well have decided otherwise."""
        return any(abs(self.ours - end) < 2 * self.monte_carlo_error for end in self.accepted if end is not None)

    def as_json(self) -> dict[str, Any]:
        """Plain data, unrounded; ranges are lists of two, with null for an open end."""
        return {
            "row": self.row,
            "quantity": self.quantity,
            "unit": self.unit,
            "published": list(self.published) if isinstance(self.published, tuple) else self.published,
            "published_unit": self.published_unit or self.unit,
            "accepted": list(self.accepted),
            "ours": self.ours,
            "monte_carlo_error": self.monte_carlo_error,
            "hit": self.hit,
        }


def published(key: str) -> Published:
    """The published number or range of that name (``validation.<key>``)."""
    found = value(f"validation.{key}").value
    return (float(found[0]), float(found[1])) if isinstance(found, Sequence) else float(found)


def accepted(key: str) -> Bounds:
    """The accepted range of that name."""
    low, high = value(f"validation.{key}").value
    return float(low), float(high)


def around(name: str) -> Bounds:
    """The accepted range where evidence states a deviation from the published figure, in its unit or per cent of it."""
    middle, deviation = value(f"validation.{name}.published"), value(f"validation.{name}.accept_within")
    relative = deviation.unit == "%" and middle.unit != "%"
    by = float(deviation.value) * (middle.value / 100 if relative else 1)
    return middle.value - by, middle.value + by


def up_to(key: str) -> Bounds:
    """An accepted range without a lower end."""
    return None, float(value(f"validation.{key}").value)


def from_(key: str) -> Bounds:
    """An accepted range without an upper end."""
    return float(value(f"validation.{key}").value), None
