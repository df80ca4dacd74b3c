"""What templates need beside Django's own: ISO dates, the house's words, icons, sources."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

from natalizumab.clinic import words
from natalizumab.errors import Refusal
from natalizumab.evidence import Value, source

register = template.Library()

_LONG, _SHORT = "j F Y", "j M Y"
_ALMOST_NEVER = 0.01
_UNBROKEN = "\N{NO-BREAK SPACE}"
_LEAST_SAID, _SAID_WHOLE = 0.1, 9.95
_TIMES = ("day", "week", "month", "year")
_UNITS = {"1": "", "1/1000": "per 1,000"}
_ISO = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


_NAMES = {"us": "US", "eu": "EU", "aan": "AAN", "top": "TOP", "mcguigan": "McGuigan"}


@register.filter
def day(value: Any) -> str:
    """2 November 2026."""
    return _written(value, _LONG)


@register.filter
def short_day(value: Any) -> str:
    """2 Nov 2026."""
    return _written(value, _SHORT)


@register.filter
def sentence(text: str) -> str:
    """A text of the plan as one reads it: a capital first, dates as 2 Nov 2026."""
    written = written_days(text)
    return written[:1].upper() + written[1:]


@register.filter
def written_days(text: str) -> str:
    """A text with its dates as 2 Nov 2026."""
    return _ISO.sub(lambda found: _written(found[0], _SHORT), text)


@register.filter
def decision_word(value: str) -> str:
    return words.DECISIONS.get(value, value)


@register.filter
def decision_means(value: str) -> str:
    return words.DECISION_MEANS.get(value, "")


@register.filter
def state_word(value: str) -> str:
    return words.STATES.get(value, value)


@register.filter
def route_word(value: str | None) -> str:
    return words.ROUTES.get(value, value) if value else ""


@register.filter
def model_word(value: str) -> str:
    """A model's key as a reader writes it: "ho_2017" is "Ho 2017"."""
    first, _, rest = value.partition("_")
    return f"{_NAMES.get(first, first[:1].upper() + first[1:])} {rest.replace('_', ' ')}".strip()


@register.filter
def number(value: float | None) -> str:
    """A number as briefly as it can be said: 0.1, 3, 26.4."""
    return "" if value is None else f"{value:.3g}"


@register.filter
def signed(value: float) -> str:
    """A change with its sign: +1.5, −8, 0."""
    return f"{value:+.3g}".replace("-", "−") if value else "0"


@register.filter
def with_unit(value: Value) -> str:
    """A value of the evidence as one writes it: "3 months", "0.8 per 1,000", "15 mL/h"."""
    number = value.value
    shown = ", ".join(str(part) for part in number) if isinstance(number, list) else str(number)
    if value.unit in _TIMES:
        return f"{shown} {value.unit}{'' if number == 1 else 's'}"
    return f"{shown} {_UNITS.get(value.unit, value.unit)}".strip()


@register.filter
def percent(value: float) -> str:
    """A share 0–1 as a whole percentage."""
    return f"{100 * value:.0f} %"


@register.filter
def chance(share: float) -> str:
    """A modelled probability 0–1 as a whole percentage that is never broken from its sign, and never a certainty."""
    if share < _ALMOST_NEVER:
        return f"less than 1{_UNBROKEN}%"
    if share > 1 - _ALMOST_NEVER:
        return f"more than 99{_UNBROKEN}%"
    return f"{100 * share:.0f}{_UNBROKEN}%"


@register.filter
def short_chance(share: float) -> str:
    """The same for a table."""
    return chance(share).replace("less than ", "<").replace("more than ", ">")


@register.filter
def concentration(mg_per_l: float) -> str:
    """A modelled concentration, no more exact than it is: 24, 4.1, below 0.1."""
    if mg_per_l < _LEAST_SAID:
        return f"<{_LEAST_SAID}"
    return f"{mg_per_l:.0f}" if mg_per_l >= _SAID_WHOLE else f"{mg_per_l:.1f}"


@register.filter
def one_in(per_1000: float) -> str:
    """0.1 per 1,000 as "1 in 10,000"."""
    return f"1 in {round(1000 / per_1000):,}" if per_1000 else ""


@register.filter
def cited(key: str) -> Any:
    """The source called ``key``, or None if nobody knows it."""
    try:
        return source(key)
    except Refusal:
        return None


@register.simple_tag(takes_context=True)
def query_with(context: dict[str, Any], **changes: Any) -> str:
    """This page's query with some parts changed; empty ones are dropped, and so is the page number."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.inclusion_tag("clinic/parts/sources.html")
def sources(used: list[dict[str, str]]) -> dict[str, Any]:
    """The sources of a finding, one click away."""
    return {"used": used}


@register.inclusion_tag("clinic/parts/icon.html")
def icon(name: str) -> dict[str, str]:
    """The picture of a decision; always beside its word, so hidden from screen readers."""
    return {"name": name}


def _written(value: Any, form: str) -> str:
    if not value:
        return ""
    return date_format(date.fromisoformat(value) if isinstance(value, str) else value, form)
