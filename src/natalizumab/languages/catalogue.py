"""The catalogues of each language, one for each folder that speaks, as gettext keeps them."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from natalizumab.languages import german
from natalizumab.languages.forms import Form, Forms
from natalizumab.languages.reading import Reading, read

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch"}
"""The languages that pages and letters have, each by its own name."""

FOLDER = Path(__file__).resolve().parent / "catalogues"
PAGES = "django"
"""The catalogue of the page templates, which Django reads itself."""
LETTER_PAGES = "letter_pages"
"""The catalogue of the letters' templates: their words are no forms, or a letter's "Day" would be everybody's."""

_KEPT, _LONGEST_KEPT = 4096, 1000
"""So many texts are remembered, and none longer than so many characters: some megabytes at most."""


def said(text: str, language: str) -> str:
    """An English text of the core in the language; unchanged in English, and where no form fits.

    KeyError for a language that nobody has.
    """
    return text if language == ENGLISH or not text else reading(text, language).text


def reading(text: str, language: str) -> Reading:
    """The same, with the parts that stayed English."""
    return _remembered(text, language) if len(text) <= _LONGEST_KEPT else read(text, forms(language))


@lru_cache(maxsize=_KEPT)
def _remembered(text: str, language: str) -> Reading:
    return read(text, forms(language))


@cache
def forms(language: str) -> Forms:
    """Every form of a language from its catalogues; KeyError for a language that nobody has."""
    grammar = _GRAMMARS[language]
    return Forms(list(_entries(language)), grammar.number_or_day, grammar.in_the_singular, grammar.JOINING)


def templates(name: str, language: str) -> gettext.NullTranslations:
    """The words of a catalogue of templates; English needs none. FileNotFoundError where it was not compiled."""
    if language == ENGLISH:
        return gettext.NullTranslations()
    with (FOLDER / language / "LC_MESSAGES" / f"{name}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def _entries(language: str) -> Iterator[Form]:
    for path in sorted((FOLDER / language / "LC_MESSAGES").glob("*.mo")):
        if path.stem not in (PAGES, LETTER_PAGES):
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)
            entries: dict[str, str] = catalogue._catalog  # type: ignore[attr-defined]
            yield from (Form(english, other) for english, other in entries.items() if english and other)


_GRAMMARS = {"de": german}
"""What a language needs beside its catalogues."""
