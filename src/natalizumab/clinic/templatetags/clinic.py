"""What templates need beside Django's own: ISO dates, the house's words, icons, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context, Node, Variable
from django.template.base import Parser, Token
from django.template.loader import get_template
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from natalizumab.clinic import words
from natalizumab.clinic.language import in_their_language, language, written_number
from natalizumab.clinic.timeline import Line
from natalizumab.clinic.timeline_html import facts_html
from natalizumab.clinic.written_days import LONG, SHORT, written_day, written_days
from natalizumab.errors import Refusal
from natalizumab.evidence import Value, source
from natalizumab.languages import ENGLISH
from natalizumab.pharmacology.interval_words import rounded_down

register = template.Library()
register.filter(rounded_down)

FIXED: dict[tuple[str | None, str], str] = {}
"""What fixed words of the templates are in each language, once they were said."""

_ALMOST_NEVER = 0.01
_UNBROKEN = "\N{NO-BREAK SPACE}"
_TIMES = ("day", "week", "month", "year")
_UNITS = {"1": "", "1/1000": "per 1,000", "1/1000/year": "per 1,000 a year", "1/year": "a year", "%/year": "% a year"}
_MODELS = {"us_label": "US label"}
_NAMES = {"us": "US", "eu": "EU", "aan": "AAN", "top": "TOP", "mcguigan": "McGuigan"}


@register.filter
def day(value: Any) -> str:
    """2 November 2026."""
    return _written(value, LONG)


@register.filter
def short_day(value: Any) -> str:
    """2 Nov 2026."""
    return _written(value, SHORT)


@register.filter
def translated(text: Any) -> str:
    """A text of the code in the reader's language, and in English exactly as it stands."""
    return in_their_language(str(text))


@register.filter
def said(text: Any) -> str:
    """A text of the code in the reader's language, with its dates as 2 Nov 2026."""
    return written_days(in_their_language(str(text)))


@register.filter
def sentence(text: str) -> str:
    """The same as one begins a sentence with it: a capital first."""
    written = said(text)
    return written[:1].upper() + written[1:]


@register.filter
def inside(text: str) -> str:
    """The same within a sentence: English begins it small, where German keeps the capitals of its nouns."""
    return text.lower() if language() == ENGLISH else said(text)


register.filter(written_days)


@register.filter
def decision_word(value: str) -> str:
    return in_their_language(words.DECISIONS.get(value, value))


@register.filter
def decision_means(value: str) -> str:
    return in_their_language(words.DECISION_MEANS.get(value, ""))


@register.filter
def state_word(value: str) -> str:
    return in_their_language(words.STATES.get(value, value))


@register.filter
def route_word(value: str | None) -> str:
    return in_their_language(words.ROUTES.get(value, value)) if value else ""


@register.filter
def route_inside(value: str) -> str:
    """A route as one writes it within a sentence: under the skin."""
    return in_their_language(words.ROUTES_INSIDE.get(value, value))


@register.filter
def kind_word(value: str) -> str:
    return in_their_language(words.KINDS.get(value, value))


@register.filter
def got(typed: Mapping[str, str], name: str) -> str:
    """What a form was sent with at that place, so that nothing typed is lost."""
    return typed.get(name, "")


@register.filter
def model_word(value: str) -> str:
    """A model's key as a reader writes it: "ho_2017" is "Ho 2017"."""
    if value in _MODELS:
        return _MODELS[value]
    first, _, rest = value.partition("_")
    return f"{_NAMES.get(first, first[:1].upper() + first[1:])} {rest.replace('_', ' ')}".strip()


@register.filter
def number(value: float | None) -> str:
    """A number as briefly as it can be said: 0.1, 3, 26.4."""
    return "" if value is None else written_number(f"{value:.3g}")


@register.filter
def signed(value: float) -> str:
    """A change with its sign: +1.5, −8, 0."""
    return written_number(f"{value:+.3g}".replace("-", "−")) if value else "0"


@register.filter
def with_unit(value: Value) -> str:
    """A value of the evidence as one writes it: "3 months", "0.8 per 1,000", "15 mL/h"."""
    number = value.value
    shown = ", ".join(str(part) for part in number) if isinstance(number, list) else str(number)
    if value.unit in _TIMES:
        return in_their_language(f"{shown} {value.unit}{'' if number == 1 else 's'}")
    return in_their_language(f"{shown} {_UNITS.get(value.unit, value.unit)}".strip())


@register.filter
def percent(value: float) -> str:
    """A share 0–1 as a whole percentage."""
    return f"{100 * value:.0f} %"


@register.filter
def chance(share: float) -> str:
    """A modelled probability 0–1 as a whole percentage that is never broken from its sign, and never a certainty."""
    if share < _ALMOST_NEVER:
        return in_their_language(f"less than 1{_UNBROKEN}%")
    if share > 1 - _ALMOST_NEVER:
        return in_their_language(f"more than 99{_UNBROKEN}%")
    return f"{100 * share:.0f}{_UNBROKEN}%"


@register.filter
def short_chance(share: float) -> str:
    """The same for a table."""
    if share < _ALMOST_NEVER:
        return f"<1{_UNBROKEN}%"
    return f">99{_UNBROKEN}%" if share > 1 - _ALMOST_NEVER else chance(share)


@register.filter
def reached(share: float) -> str:
    """The same of a probability that is asked for: rounded down, so that what falls short never reads as enough."""
    return short_chance(rounded_down(share))


@register.filter
def concentration(mg_per_l: float) -> str:
    """A modelled concentration, no more exact than it is: 24, 4.1, below 0.1."""
    return written_number(words.concentration(mg_per_l))


@register.filter
def one_in(per_1000: float) -> str:
    """0.1 per 1,000 as "1 in 10,000"."""
    return in_their_language(f"1 in {round(1000 / per_1000):,}") if per_1000 else ""


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


@register.simple_tag
def sources(used: list[dict[str, str]]) -> SafeString:
    """The sources of a finding, one click away."""
    return _sources(tuple((use["key"], use["status"]) for use in used), get_language())


@lru_cache(maxsize=1000)
def _sources(used: tuple[tuple[str, str], ...], language: str | None) -> SafeString:
    """The same few stand on every page: each is written once in a language."""
    shown = [{"key": key, "status": status} for key, status in used]
    return mark_safe(get_template("clinic/parts/sources.html").render({"used": shown}))  # noqa: S308 - a template made it


@register.simple_tag(takes_context=True)
def facts(context: Mapping[str, Any], lines: Iterable[Line]) -> str:
    """The lines of the timeline that a finding rests on; those of earlier years stand on a page of their own."""
    page = context.get("page")
    earlier = page.earlier.last if page and page.earlier else date.min.year
    elsewhere = reverse("earlier", args=[page.person.pk]) if page and page.earlier else ""
    return facts_html(lines, elsewhere, earlier)


class _Fixed(TranslateNode):
    """A ``{% translate "…" %}`` of fixed words, said once in each language: a page has more than a hundred of them."""

    def render(self, context: Context) -> str:
        key = get_language(), str(self.filter_expression.var.literal)
        found = FIXED.get(key)
        if found is None:
            found = FIXED[key] = super().render(context)
        return found


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    """Django's own tag; what is said with a variable, or kept for later, is left to it."""
    node = do_translate(parser, token)
    said = node.filter_expression
    fixed = isinstance(said.var, Variable) and isinstance(said.var.literal, str)
    plain = fixed and not (said.filters or node.asvar or node.noop or node.message_context)
    return _Fixed(said, node.noop) if plain else node


@register.simple_tag
@lru_cache(maxsize=10)
def icon(name: str) -> SafeString:
    """The picture of a decision; always beside its word, so hidden from screen readers."""
    return mark_safe(get_template("clinic/parts/icon.html").render({"name": name}).strip())  # noqa: S308 - a template made it


def _written(value: Any, form: str) -> str:
    if not value:
        return ""
    return written_day(date.fromisoformat(value) if isinstance(value, str) else value, form)
