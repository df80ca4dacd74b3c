"""From what a form says to a change: whatever is wrong is said in plain words, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from natalizumab.clinic.models import User
from natalizumab.clinic.work.handling import Change, HandlingRefused

LONGEST_REFERENCE, LONGEST_REASON, LONGEST_MARK = 100, 300, 64
_NOBODY, _LONGEST_NUMBER = "nobody", 9


def change_of(form: Mapping[str, str], team: Sequence[User]) -> Change:
    """What the form asks for; HandlingRefused says what is allowed instead. ``team``: who may own something."""
    what = form.get("what", "")
    if what == "own":
        return Change(owner=_owner(form.get("owner", ""), team))
    if what == "order":
        reference = _text(form.get("reference", ""), LONGEST_REFERENCE, "reference")
        return Change(ordered=(_day(form, "ordered_on", "ordered on"), reference))
    if what == "snooze":
        reason = _text(form.get("reason", ""), LONGEST_REASON, "reason")
        return Change(snoozed=(_day(form, "until", "put off until"), reason))
    if what == "unorder":
        return Change(ordered=(None, ""))
    if what == "unsnooze":
        return Change(snoozed=(None, ""))
    raise HandlingRefused("choose what to do: take it, order it or put it off")


def mark_of(form: Mapping[str, str]) -> str:
    """The form's own mark."""
    mark = _text(form.get("form", ""), LONGEST_MARK, "form")
    if not mark:
        raise HandlingRefused("the form came without its mark: open it again")
    return mark


def seen_by(form: Mapping[str, str]) -> int:
    """The number of what the form was opened on."""
    text = form.get("seen", "")
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise HandlingRefused("the form does not say what it was opened on: open it again")
    return int(text)


def _owner(text: str, team: Sequence[User]) -> User | int:
    if text == _NOBODY:
        return 0
    found = [user for user in team if str(user.pk) == text]
    if not found:
        raise HandlingRefused("taken by: choose somebody of the team, or nobody")
    return found[0]


def _day(form: Mapping[str, str], name: str, called: str) -> date:
    text = form.get(name, "").strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        said = f'"{text[:20]}" is not a date' if text else "a date is missing"
        raise HandlingRefused(f"{called}: {said} (allowed: YYYY-MM-DD)") from None


def _text(text: str, longest: int, called: str) -> str:
    """One line that can be kept."""
    text = text.strip()
    if len(text) > longest:
        raise HandlingRefused(f"{called}: {len(text)} characters (allowed: up to {longest})")
    if not text.isprintable():
        raise HandlingRefused(f"{called}: holds a sign that can't be shown; write plain text on one line")
    return text
