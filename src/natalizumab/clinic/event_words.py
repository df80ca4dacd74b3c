"""One line in plain words for an entry of the timeline, from its payload."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from natalizumab.clinic.words import KINDS, ROUTES

_FIRST = "name substance test protocol result dose_mg given_mg route mg_per_l index new_t2".split()
_HANDLED = {"kind", "on", "planned", "note", "id", "corrects", "entered"}
_UNITS = {
    "dose_mg": "{} mg ordered",
    "given_mg": "{} mg given",
    "minutes": "over {} minutes",
    "second_injection_minutes": "second injection after {} minutes",
    "interval_weeks": "every {} weeks",
    "weeks": "every {} weeks",
    "doses": "{} doses",
    "first_dose": "first dose {}",
    "kg": "{} kg",
    "mg_per_l": "{} mg/L",
    "index": "index {}",
    "new_t2": "{} new T2",
    "gd": "{} enhancing",
    "jcv_pcr": "JC virus PCR {}",
    "copies_per_ml": "{} copies per mL",
    "gestation_weeks": "{} weeks pregnant",
    "days": "for {} days",
    "grade": "grade {}",
    "until": "until {}",
    "ended": "ended {}",
    "batch": "batch {}",
    "upper_limit": "upper limit {}",
    "score": "score {}",
    "by": "by {}",
    "choice": "{}",
    "rule": "rule {}",
    "compared_with": "compared with {}",
    "brain_volume_change_percent": "brain volume {} %",
    "place": "at {}",
    "cvx": "code {}",
}
_FLAGS = {
    ("suspicious_for_pml", True): "suspicious for PML",
    ("suspicious_for_pml", False): "not suspicious for PML",
    ("below", True): "below the limit of quantification",
    ("completed", False): "not completed",
    ("tolerated", True): "tolerated",
    ("tolerated", False): "not tolerated",
    ("hypersensitivity", True): "hypersensitivity",
    ("hypersensitivity", False): "not a hypersensitivity",
    ("worsening", True): "worsening",
    ("worsening", False): "not worsening",
    ("accelerated_elimination", True): "accelerated elimination",
}
# A reaction's minutes count from the start of the dose; everywhere else they are a duration.
_BY_KIND = {("reaction", "minutes"): "{} minutes after the start", ("dose", "dose_mg"): "{} mg"}


def title(kind: str) -> str:
    """The heading of an entry of that kind."""
    return KINDS.get(kind, kind)


def details(payload: Mapping[str, Any]) -> str:
    """Everything the entry says beside its kind, day and note; what matters most comes first."""
    kind = payload["kind"]
    parts = [_part(kind, field, value) for field, value in _in_order(payload) if field not in _HANDLED]
    if kind == "lab":
        parts = [f"{payload['test']} {payload['value']} {payload['unit']}", *_limit(payload)]
    return ", ".join(part for part in parts if part)


def read(payload: str) -> dict[str, Any]:
    """The payload as a dict."""
    found: dict[str, Any] = json.loads(payload)
    return found


def _in_order(payload: Mapping[str, Any]) -> list[tuple[str, Any]]:
    told = [(field, payload[field]) for field in _FIRST if field in payload]
    return told + [(field, value) for field, value in payload.items() if field not in _FIRST]


def _part(kind: str, field: str, value: Any) -> str:
    if isinstance(value, bool):
        return _FLAGS.get((field, value), "")
    if field == "answers":
        return _answers(kind, value)
    if isinstance(value, list):
        return ", ".join(str(entry) for entry in value)
    if field == "route":
        return ROUTES[value].lower()
    if field == "jcv_pcr":
        value = value.replace("_", " ")
    pattern = _BY_KIND.get((kind, field)) or _UNITS.get(field, "{}")
    return pattern.format(value)


def _answers(kind: str, answers: Any) -> str:
    if kind == "decision":
        return ""  # the reasons it answers are named by the rule
    said_yes = [question.replace("_", " ") for question, answer in answers.items() if answer == "yes"]
    return f"yes to {', '.join(said_yes)}" if said_yes else f"no to all {len(answers)} questions"


def _limit(payload: Mapping[str, Any]) -> list[str]:
    return [f"upper limit {payload['upper_limit']}"] if "upper_limit" in payload else []
