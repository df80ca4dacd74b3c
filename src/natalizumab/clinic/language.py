"""What the code says in English, in the language of whoever reads the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.formats import get_format
from django.utils.translation import get_language

from natalizumab.languages import ENGLISH, said


def language() -> str:
    """The reader's language by its two letters; English where nobody has chosen."""
    return (get_language() or ENGLISH)[:2]


def in_their_language(text: str) -> str:
    """An English text of the code in the reader's language; English where no catalogue has it."""
    return said(text, language())


def unbroken(text: str) -> str:
    """A text for a file: without the marks that say where a narrow page may break a long word."""
    return text.replace("\N{SOFT HYPHEN}", "")


def choices_said(choices: Iterable[tuple[str, str]]) -> Callable[[], list[tuple[str, str]]]:
    """A form's choices, each time it is shown, with their words in the reader's language."""
    return lambda: [(value, in_their_language(word)) for value, word in choices]


def written_number(text: str) -> str:
    """A number's digits as the reader's language writes them: 0.1 is 0,1 in German."""
    return said(text, language())


def decimal_mark() -> str:
    """What stands before decimals in the reader's language: a point in English, a comma in German."""
    return str(get_format("DECIMAL_SEPARATOR"))


def to_be_typed(number: float) -> str:
    """A number as the reader would type it into a form: all its digits, with the decimal mark of their language."""
    return str(number).replace(".", decimal_mark())
