"""One person of an event table: what was given, what was measured, and the weight over time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.parameters import HOURS_PER_DAY
from natalizumab.pharmacology.regimen import MINUTES_PER_DAY, Input

MINUTES_PER_HOUR = MINUTES_PER_DAY / HOURS_PER_DAY

MISSING = frozenset({"", ".", "NA"})
"""How tables write that there is nothing: an empty cell, NONMEM's full stop, R's NA."""

UNREADABLE = re.compile(r"[@#].*|C|(?i:[+-]?(nan|inf|infinity))")
"""What stands in a first cell for a comment, or for a number that is none."""

A_NAME = "a number, or printable text other than C, that does not start with # or @"


@dataclass(frozen=True, slots=True)
class Subject:
    """A person: the history, and the measured concentrations. Raises ModelError for an id that no table can hold."""

    id: str
    history: History
    observations: tuple[Level, ...] = ()

    def __post_init__(self) -> None:
        if not names_a_person(self.id):
            raise ModelError(f"id: {self.id!r} cannot name a person in an event table. Allowed: {A_NAME}.")

    @property
    def weights(self) -> tuple[tuple[float, float], ...]:
        """(day, kg): each holds from its day on, the first one also before."""
        return self.history.weights


def subject_from(
    id: str,  # noqa: A002 - the column's name
    history: History,
    levels: Iterable[Level] = (),
    *,
    weight_kg: float | None = None,
) -> Subject:
    """A person in the form that a table gives back: a history said in the one way in which a table says it.

    Doses, levels and weights come in the order of their days; a dose of 0 mg is left out; every infusion has its
    duration (absent: the label's), no injection has one; a weight that repeats the one before it is left out, and the
    first one stands on the first day of all. Nothing of this changes a concentration. ``weight_kg`` is for a history
    without weights. Raises ModelError for two doses or two weights at one time, and where no weight is known.
    """
    inputs = tuple(_whole(dose) for dose in sorted(history.inputs, key=lambda dose: dose.day) if dose.amount_mg)
    observations = tuple(sorted(levels, key=lambda level: level.day))
    weights = sorted(set(history.weights) or ([] if weight_kg is None else [(_first(inputs, observations), weight_kg)]))
    if not weights:
        raise ModelError(f"{id}: no weight is known. Allowed: a history with weights, or weight_kg.")
    _refuse_doubles(id, "doses", [dose.day for dose in inputs])
    _refuse_doubles(id, "weights", [day for day, _ in weights])
    first = min(_first(inputs, observations, weights[0][0]), weights[0][0])
    changes = _changes([(first, weights[0][1]), *weights[1:]])
    return Subject(id, replace(history, inputs=inputs, weights=changes), observations)


def names_a_person(text: str) -> bool:
    """Whether it can stand as an ID: not as a missing value, a comment, or a number that is none."""
    return fits_a_cell(text) and not UNREADABLE.fullmatch(text)


def fits_a_cell(text: str) -> bool:
    """Whether a cell with this text is read back as it is."""
    return text.isprintable() and text == text.strip() and text.upper() not in MISSING


def _whole(dose: Input) -> Input:
    minutes = None if dose.route == "sc" else dose.minutes
    if dose.route == "iv" and minutes is None:
        minutes = float(value("pk.infusion_duration").value) * MINUTES_PER_HOUR
    return replace(dose, minutes=minutes)


def _first(inputs: tuple[Input, ...], observations: tuple[Level, ...], otherwise: float = 0.0) -> float:
    return min([dose.day for dose in inputs] + [level.day for level in observations], default=otherwise)


def _changes(weights: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    before = [None, *(kg for _, kg in weights)]
    return tuple(weight for weight, last in zip(weights, before, strict=False) if weight[1] != last)


def _refuse_doubles(person: str, what: str, days: list[float]) -> None:
    double = next((day for day, following in pairwise(days) if day == following), None)
    if double is not None:
        raise ModelError(f"{person}: two {what} on day {double:g}. Allowed: one at a time; add doses up.")
