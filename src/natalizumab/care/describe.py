"""An event of the record in one short line, as the plan shows the facts behind a finding."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter
from typing import Any

_FIELDS = {
    "dose": ("{dose_mg:g} mg", "{route}", "{product}"),
    "earlier_treatment": ("first dose {first_dose}", "{doses} doses", "every {interval_weeks:g} weeks"),
    "interval": ("{weeks:g} weeks",),
    "stop": ("{reason}",),
    "jcv": ("{result}", "index {index:g}", "{assay}"),
    "antibody": ("{result}",),
    "concentration": ("{mg_per_l:g} mg/L",),
    "lab": ("{test}", "{value:g} {unit}"),
    "serology": ("{test}", "{result}"),
    "mri": ("{protocol}", "new T2 {new_t2}", "Gd {gd}", "brain volume {brain_volume_change_percent:+g} %"),
    "edss": ("{score:g}",),
    "fatigue": ("{scale}", "{score:g}"),
    "csf": ("JC virus PCR {jcv_pcr}",),
    "diagnosis": ("{name}", "{status}"),
    "allergy": ("{substance}", "{status}"),
    "therapy": ("{name}", "until {until}"),
    "symptom": ("{name}",),
    "vaccine": ("{name}",),
    "reaction": ("{features}", "grade {grade}"),
    "procedure": ("{name}",),
    "pregnancy": ("{gestation_weeks:g} weeks", "ended {ended}"),
    "breastfeeding": ("ended {ended}",),
    "form": ("{name}",),
    "authorisation": ("{status}", "until {until}"),
    "followup": ("{status}",),
    "unmapped": ("{source}", "{label}"),
}
_ONE_WEEK = {"1 weeks": "1 week", "every 1 weeks": "every 1 week"}

_LISTS = (list, tuple)

_CODES = {"not_detected": "not detected"}
"""Values of the record that are no words yet."""

_WORDS = {
    "jcv": "JC virus antibody",
    "mri": "MRI",
    "csf": "spinal fluid",
    "edss": "EDSS",
    "earlier_treatment": "earlier treatment",
}


def describe(event: Any) -> str:
    """Kind, date and the telling fields that are there, for example ``dose 2026-01-05: 300 mg, iv, Tysabri``."""
    parts = []
    for field, pattern, others in _patterns(event.kind):
        value = getattr(event, field)
        if value is not None:
            part = pattern.format(_shown(value), *[_shown(getattr(event, other)) for other in others])
            parts.append(_ONE_WEEK.get(part, part))
    told = ", ".join([part for part in parts if part])
    planned = " (planned)" if event.planned else ""
    head = f"{_WORDS.get(event.kind, event.kind)} {event.day}{planned}"
    return f"{head}: {told}" if told else head


@cache
def _patterns(kind: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The field that each pattern of a kind tells of, the pattern with places for names, and what it names beside."""
    found = []
    for pattern in _FIELDS.get(kind, ()):
        first, *others = (name for _, name, _, _ in Formatter().parse(pattern) if name)
        found.append((first, re.sub(r"\{\w+", "{", pattern), tuple(others)))
    return tuple(found)


def _shown(value: Any) -> Any:
    """Lists as one text, codes as words."""
    if isinstance(value, _LISTS):
        return ", ".join(map(str, value))
    return _CODES.get(value, value)
