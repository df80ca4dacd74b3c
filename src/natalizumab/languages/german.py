"""Numbers, days and singulars as German writes them."""

from __future__ import annotations

import re
from datetime import date

JOINING = {"and": "und", "or": "oder"}
"""The words that join a list."""

_MONTHS = ("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.")
_DAY_OR_NUMBER = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?!\w)"
    r"|(?<![\w.,])(?<![A-Za-z]-)(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?P<part>\.[0-9]+)?(?![.,]?\w)"
)
_SINGULAR = {
    "Tage": "Tag",
    "Tagen": "Tag",
    "Wochen": "Woche",
    "Monate": "Monat",
    "Monaten": "Monat",
    "Jahre": "Jahr",
    "Jahren": "Jahr",
    "Stunden": "Stunde",
    "Minuten": "Minute",
    "Gaben": "Gabe",
    "Infusionen": "Infusion",
    "Injektionen": "Injektion",
    "Personen": "Person",
    "Entnahmen": "Entnahme",
}
_ONE_OF = re.compile(rf"(?<![\w.,])(?<!–)1 ({'|'.join(_SINGULAR)})\b")


def day(iso: str) -> str:
    """2026-11-02 as 2. Nov. 2026; what only looks like a day stays as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day}. {_MONTHS[found.month - 1]} {found.year}"


def number_or_day(text: str) -> str:
    """Numbers with a decimal comma and points between thousands, days as 2. Nov. 2026; versions stay as they are."""
    return _DAY_OR_NUMBER.sub(_written, text)


def in_the_singular(text: str) -> str:
    """1 Tag, where a form for several has said "1 Tage"."""
    return _ONE_OF.sub(lambda found: f"1 {_SINGULAR[found[1]]}", text)


def _written(found: re.Match[str]) -> str:
    if found["day"]:
        return day(found["day"])
    return found["whole"].replace(",", ".") + (found["part"] or "").replace(".", ",")
