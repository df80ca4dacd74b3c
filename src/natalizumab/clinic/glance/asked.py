"""What the picture is asked to show: interval, route and weight, each within what the model was made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from natalizumab.errors import Refusal
from natalizumab.evidence import value

Route = Literal["iv", "sc"]

ROUTES: dict[Route, str] = {"iv": "into a vein", "sc": "under the skin"}

STEP_KG = 5
"""Weights are drawn in steps: a picture hardly changes within one, and all there are can be kept."""

_LONGEST_ECHO = 20


class NotAllowed(Refusal):
    """Something was asked for that can't be shown; ``problems`` are whole sentences that say what can."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Asked:
    """``typed_kg`` is the weight as it was asked for, before the step was taken; it makes no other picture."""

    weeks: int
    route: Route
    weight_kg: int
    typed_kg: float = field(compare=False)

    @property
    def rounded(self) -> bool:
        """Whether another weight is shown than was asked for."""
        return self.typed_kg != self.weight_kg

    @property
    def route_words(self) -> str:
        """As one says it."""
        return ROUTES[self.route]


def all_weeks() -> range:
    """The intervals that can be asked for."""
    return range(int(value("interval.shortest").value), int(value("interval.longest").value) + 1)


def all_weights() -> range:
    """The weights (kg) that are drawn."""
    lightest, heaviest = (int(value(f"pk.population_weight_{end}").value) for end in ("min", "max"))
    return range(lightest, heaviest + 1, STEP_KG)


def usual() -> Asked:
    """What is shown when nothing is asked for: the label's interval, into a vein, in the model's reference weight."""
    weight = int(value("pk.reference_weight").value)
    return Asked(int(value("dosing.interval").value), "iv", weight, weight)


def read(query: Mapping[str, str]) -> Asked:
    """What an address asks for; what is absent or empty is as usual. Raises NotAllowed."""
    problems: list[str] = []
    plain = usual()
    weeks = _weeks(query.get("interval", "").strip(), plain.weeks, problems)
    route = _route(query.get("route", "").strip(), plain.route, problems)
    weight = _weight(query.get("weight", "").strip(), plain.typed_kg, problems)
    if problems:
        raise NotAllowed(problems)
    return Asked(weeks, route, _stepped(weight), weight)


def _weeks(text: str, usual: int, problems: list[str]) -> int:
    allowed = all_weeks()
    number = _float(text) if text else usual
    if number in allowed:
        return int(number)
    problems.append(
        f"The interval {_echo(text)} can't be shown: choose a whole number of weeks from {allowed[0]} to {allowed[-1]}."
    )
    return usual


def _route(text: str, usual: Route, problems: list[str]) -> Route:
    for route in ROUTES:
        if text.lower() == route:
            return route
    if text:
        choices = " or ".join(f"{route} ({words})" for route, words in ROUTES.items())
        problems.append(f"The route {_echo(text)} is not known: choose {choices}.")
    return usual


def _weight(text: str, usual: float, problems: list[str]) -> float:
    allowed = all_weights()
    number = _float(text) if text else usual
    if allowed[0] <= number <= allowed[-1]:
        return number
    problems.append(f"The weight {_echo(text)} can't be shown: choose from {allowed[0]} to {allowed[-1]} kg.")
    return usual


def _stepped(weight: float) -> int:
    """The nearest weight that is drawn; halfway it is the heavier one."""
    allowed = all_weights()
    return allowed[int((weight - allowed[0]) / STEP_KG + 0.5)]


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _echo(text: str) -> str:
    """As it was typed, in quotation marks, and no longer than one reads."""
    return f"“{text if len(text) <= _LONGEST_ECHO else text[:_LONGEST_ECHO] + '…'}”"
