"""The answer of the switch planner as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from natalizumab.care.coming_in import ComingIn
from natalizumab.care.leaving import Leaving
from natalizumab.care.leaving_steps import Step
from natalizumab.care.switching import Switch
from natalizumab.care.waiting import span
from natalizumab.evidence import Value

_REACHED = {
    "none": "Neither is reached yet.",
    "amber": "Amber is reached.",
    "red": "Red is reached.",
    None: "Another drug has followed.",
}


@dataclass(frozen=True)
class Row:
    """One line of a table: what, from when, until when, and what it rests on."""

    what: str
    window_from: date | None
    due: date | None
    status: str
    about: str = ""
    sources: tuple[dict[str, str], ...] = ()


@dataclass(frozen=True)
class SwitchShown:
    """The parts of the page; ``body`` is the core's own answer, for what needs no other words."""

    switch: Switch
    body: Any
    starts: list[Row]
    steps: list[Row]
    reached: str
    waits: list[tuple[Any, str]]
    known: list[Row]

    @property
    def protocol(self) -> str:
        """Whose rules, and their version."""
        used = self.switch.plan.protocol
        return f"{used.name.upper()} {used.version}"


def shown(answer: Switch) -> SwitchShown:
    """The answer, direction by direction."""
    body = answer.answer
    if isinstance(body, Leaving):
        return SwitchShown(
            answer, body, _starts(body), [_step(step) for step in body.steps], _reached(body), [], _known(body)
        )
    return SwitchShown(answer, body, [], [], "", _waits(body), [])


def _starts(body: Leaving) -> list[Row]:
    return [
        Row(span(side.says), side.earliest, side.latest, side.says.status, side.says.about, _cited(side.says))
        for side in body.sides
    ]


def _step(step: Step) -> Row:
    status = "done" if step.done else "ask" if step.consider else "to do"
    return Row(step.text, step.window_from, step.done.day if step.done else step.due, status, step.status)


def _reached(body: Leaving) -> str:
    return _REACHED[body.reached]


def _waits(body: ComingIn) -> list[tuple[Any, str]]:
    return [(washout, span(washout.wait) if washout.wait else "no agreed waiting time") for washout in body.washouts]


def _known(body: Leaving) -> list[Row]:
    return [Row(_amount(found), None, None, found.status, found.about, _cited(found)) for found in body.evidence]


def _amount(found: Value) -> str:
    numbers = found.value if isinstance(found.value, list) else [found.value]
    return ", ".join(f"{number:g}" if isinstance(number, (int, float)) else str(number) for number in numbers)


def _cited(found: Value) -> tuple[dict[str, str], ...]:
    return tuple({"key": key, "status": found.status} for key in found.sources)
