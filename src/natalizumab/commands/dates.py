"""A date as it is typed on the command line."""

from __future__ import annotations

from datetime import date

from natalizumab.errors import Refusal


def day(text: str, option: str = "--on") -> date:
    """The date of an option. Raises Refusal for another spelling, and for years that no record may have."""
    from natalizumab.record.limits import FIRST_YEAR, LAST_YEAR

    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:  # other spellings of a date are too easily another date
        raise Refusal(f"{option}: {text!r} is not a date; allowed: YYYY-MM-DD, for example 2026-11-02")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refusal(f"{option}: {text} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return found
