"""One line in plain words for an entry of the timeline, from its payload.

It mixes our words with what somebody typed, so it is said in the reader's language here: what was typed stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from natalizumab.clinic.language import in_their_language
from natalizumab.clinic.words import KINDS, ROUTES_INSIDE
from natalizumab.clinic.written_days import written_days

_FIRST = "name substance test protocol result dose_mg given_mg route mg_per_l index new_t2".split()
_HANDLED = {"kind", "on", "planned", "note", "id", "corrects", "entered"}
_UNITS = {
    "dose_mg": "{1} mg ordered",
    "given_mg": "{1} mg given",
    "minutes": "over {1} minutes",
    "second_injection_minutes": "second injection after {1} minutes",
    "doses": "{1} doses",
    "first_dose": "first dose {1}",
    "kg": "{1} kg",
    "mg_per_l": "{1} mg/L",
    "index": "index {1}",
    "new_t2": "{1} new T2",
    "gd": "{1} enhancing",
    "copies_per_ml": "{1} copies per mL",
    "gestation_weeks": "{1} weeks pregnant",
    "days": "for {1} days",
    "grade": "grade {1}",
    "until": "until {1}",
    "ended": "ended {1}",
    "batch": "batch {1}",
    "upper_limit": "upper limit {1}",
    "score": "score {1}",
    "choice": "{1}",
    "rule": "rule {1}",
    "compared_with": "compared with {1}",
    "brain_volume_change_percent": "brain volume {1} %",
    "cvx": "code {1}",
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
_BY_KIND = {("reaction", "minutes"): "{1} minutes after the start", ("dose", "dose_mg"): "{1} mg"}


_PCR = {"detected": "JC virus PCR detected", "not_detected": "JC virus PCR not detected"}
_PLACES = {"clinic": "at clinic", "home": "at home"}
QUESTIONS = {
    "new_or_worsening": "new or worsening",
    "immune_condition": "immune condition",
    "other_drug": "other drug",
    "infection": "infection",
    "mood": "mood",
    "speech": "speech",
    "vision": "vision",
    "breast": "breast",
    "skin": "skin",
}
"""What was asked, in short, by the name of its answer."""
_TYPED = frozenset({"reason", "by", "batch", "product", "assay", "label", "source", "received"})
"""Fields that hold what somebody typed, or a name that has no other."""


def title(kind: str) -> str:
    """The heading of an entry of that kind."""
    return KINDS.get(kind, kind)


def details(payload: Mapping[str, Any]) -> str:
    """Everything the entry says beside its kind, day and note, for the reader; what matters most comes first."""
    kind = payload["kind"]
    parts = [_part(kind, field, value) for field, value in _in_order(payload) if field not in _HANDLED]
    if kind == "lab":
        measured = in_their_language(f"{payload['value']} {payload['unit']}")
        parts = [f"{in_their_language(payload['test'])} {measured}", *_limit(payload)]
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
        return in_their_language(_FLAGS.get((field, value), ""))
    if field == "answers":
        return _answers(kind, value)
    if isinstance(value, list):
        return ", ".join(in_their_language(str(entry)) for entry in value)
    if field == "route":
        return in_their_language(ROUTES_INSIDE[value])
    if field == "place":
        return in_their_language(_PLACES[value])
    if field == "jcv_pcr":
        return in_their_language(_PCR.get(value, f"JC virus PCR {value}"))
    pattern = _BY_KIND.get((kind, field)) or _UNITS.get(field, "{1}")
    # These two have other words elsewhere ("by" a day, "Every" in a table): the pages' own catalogue tells them apart.
    if field == "by":
        return gettext("by %(who)s") % {"who": value}
    if field in ("weeks", "interval_weeks"):
        return gettext("every %(weeks)s weeks") % {"weeks": in_their_language(str(value))}
    if field in _TYPED:
        return in_their_language(pattern).replace("{1}", str(value))
    return written_days(in_their_language(pattern.replace("{1}", str(value))))


def _answers(kind: str, answers: Any) -> str:
    if kind == "decision":
        return ""  # the reasons it answers are named by the rule
    yes = [QUESTIONS.get(name, name.replace("_", " ")) for name, answer in answers.items() if answer == "yes"]
    return in_their_language(f"yes to {', '.join(yes)}" if yes else f"no to all {len(answers)} questions")


def _limit(payload: Mapping[str, Any]) -> list[str]:
    return [in_their_language(f"upper limit {payload['upper_limit']}")] if "upper_limit" in payload else []
