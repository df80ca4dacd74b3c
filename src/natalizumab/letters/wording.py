"""How one letter says what comes as data: days, numbers and the plan's texts, in its language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from natalizumab.languages import ENGLISH, long_day, long_days, reading
from natalizumab.letters.questions import german_form

_ELEMENT = re.compile(r"[A-Z]\.")
_SAID_WHOLE = 10
_UP_TO = {ENGLISH: " to ", "de": " bis "}
_SIGNS = {ENGLISH: str.maketrans({}), "de": str.maketrans(",.", ".,")}


class Wording:
    """One letter's way to say things; ``left`` is what no catalogue had, and what thus stands in English."""

    def __init__(self, language: str = ENGLISH) -> None:
        self.language = language
        self.left: list[str] = []

    def day(self, iso: str | date) -> str:
        """2 November 2026."""
        return long_day(iso if isinstance(iso, date) else date.fromisoformat(iso), self.language)

    def said(self, text: str) -> str:
        """A text of the plan, with its dates as one writes them."""
        if self.language != ENGLISH and text:
            found = reading(text, self.language)
            self.left += [part for part in found.left if part not in self.left] if found.cost else []
            text = found.text
        return long_days(text, self.language)

    def sentence(self, text: str) -> str:
        """A text of the plan as one reads it: a capital first, dates written out."""
        written = self.said(text)
        return written[:1].upper() + written[1:]

    def brief(self, number: float) -> str:
        """A number as one says it: 0.06, 3, 12, 1,386; 0,06 and 1.386 in German."""
        return self._signs(f"{number:,.0f}" if number == round(number) else f"{number:g}")

    def crowd(self, per_1000: float) -> str:
        """What adds up, per 1,000: no more exact than it is."""
        return self._signs(f"{per_1000:.0f}" if per_1000 >= _SAID_WHOLE else f"{per_1000:.1f}")

    def range(self, ends: Iterable[float]) -> str:
        """From the first number to the last: 3 to 4."""
        return _UP_TO[self.language].join(map(self.brief, ends))

    def asked_by(self, question: dict[str, Any]) -> str:
        """Which forms ask it: in German those of Germany and of EudraVigilance, and not the other countries'."""
        asked: str = question["asked"]
        if self.language != "de":
            return asked
        elements = [part.replace(" to ", _UP_TO["de"]) for part in asked.split(" · ") if _ELEMENT.match(part)]
        return " · ".join([*(["PEI"] if question["key"] in german_form() else []), *elements])

    def _signs(self, number: str) -> str:
        return number.translate(_SIGNS[self.language])
