"""What a German reader is shown of an answer of the core, and what of it stayed English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from natalizumab.evidence import vocabulary
from natalizumab.languages import reading

_BOOKS = ("diagnoses", "features", "forms", "procedures", "symptoms", "therapies", "vaccines")

NOT_READ = frozenset(
    {
        *("person", "on", "protocol", "rule", "rules", "facts", "sources", "signed_off", "key", "model", "id", "entry"),
        *(
            "valid_until",
            "due",
            "window_from",
            "not_before",
            "changes_on",
            "earliest",
            "latest",
            "asked",
            "groups",
            "counts",
        ),
    }
)
"""The parts of an answer that hold no words of ours: names, dates, keys."""


def shown(answer: Any, name: str = "") -> Iterator[str]:
    """Every text of an answer, the same one as often as it comes."""
    if name in NOT_READ:
        return
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, Mapping):
        for inner, value in answer.items():
            yield from shown(value, inner)
    elif isinstance(answer, list | tuple):
        for value in answer:
            yield from shown(value, name)


def english_left(texts: Iterable[str], record: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What stays English and is no name that somebody wrote, each with the text around it."""
    own = {word for text in _strings(record) for word in _words(text)}
    found = [(part, text) for text in dict.fromkeys(texts) for part in reading(text, "de").left]
    return [(part, text) for part, text in found if not (set(_words(part)) <= own or _is_a_spelling(part))]


def _is_a_spelling(part: str) -> bool:
    """Whether it is a name that somebody may write; the plan proposes one where another lies near."""
    return any(vocabulary(book).find(part.strip(" ,;:")) for book in _BOOKS)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text.casefold())


def _strings(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Mapping):
        for name, value in found.items():
            yield str(name)
            yield from _strings(value)
    elif isinstance(found, list | tuple):
        for value in found:
            yield from _strings(value)
