"""A symptom in the words that somebody used, read as terms of the vocabulary: several at once, with sides and degrees.

What is only a near match is never acted on: it is named, and somebody decides. A word that makes a complaint more than
the one that is listed (a side, a degree, "new") is passed over only where the listed one is a sign of something: so
nothing becomes silent by being read more kindly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from natalizumab.evidence import Term, fold, vocabulary
from natalizumab.record.words import suggestion

BOOK = "symptoms"

_JOINTS = tuple(
    re.compile(joint, re.IGNORECASE) for joint in (r"[,;+&/]", r"\b(?:and|plus|also|then|but)\b", r"\b(?:with|or)\b")
)
"""Where an entry that tells of several is taken apart; the later ones only where a part is not known as it stands."""

_HARMLESS = frozenset("a an the my her his their some mild mildly slight slightly minor occasional".split())

_GRAMMAR = _HARMLESS | frozenset(
    "in of on at to down around over is are was has have had having been being i am im he she they it its".split()
)

_QUALIFIERS = frozenset(
    "left right both bilateral bilaterally one sided side l r upper lower "
    "moderate severe severely marked bad badly very quite really much more "
    "new newly recent recently sudden suddenly acute subacute gradual gradually progressive progressively onset "
    "worse worsening increasing increased persistent constant ongoing continuous intermittent transient "
    "unexplained again today yesterday episode attack getting get got".split()
)

_BODY = frozenset("arm leg hand foot feet face eye limb finger toe body shoulder knee hip ankle wrist".split())

_BEFORE_A_TIME = ("since", "for")

_SPELLED = {"\N{RIGHT SINGLE QUOTATION MARK}": "'", "cannot": "can't", "can not": "can't", "cant": "can't"}

NAMES_KEPT = 4096
_SHORTEST_PLURAL = 4


@dataclass(frozen=True, slots=True)
class Told:
    """What a name says: the terms that it spells, and the parts of it that nobody knows."""

    terms: tuple[Term, ...]
    unknown: tuple[str, ...]


@lru_cache(maxsize=NAMES_KEPT)
def read(name: str) -> Told:
    """The terms in a symptom's name: all of it as one, else its parts between commas, "and", "with" …"""
    found = list(_parts(name, _JOINTS))
    terms = dict.fromkeys(term for _, term in found if term is not None)
    if not terms:
        return Told((), (name,))
    return Told(
        tuple(terms), tuple(part for part, term in found if term is None and not _says_only_where(part.split()))
    )


def _parts(name: str, joints: Sequence[re.Pattern[str]]) -> Iterator[tuple[str, Term | None]]:
    """A name, or the parts of it, each with its term; undivided where no part is known either."""
    term = _term(name)
    if term is None and joints:
        pieces = [piece.strip() for piece in joints[0].split(name) if piece.strip()]
        found = [part for piece in pieces for part in _parts(piece, joints[1:])]
        if any(known for _, known in found):
            yield from found
            return
    yield name, term


@lru_cache(maxsize=NAMES_KEPT)
def near(book: str, name: str) -> str:
    """`` (did you mean …?)`` where a listed name lies near; nothing acts on it."""
    listed = vocabulary(book)
    return suggestion(fold(name), [spelling for term in listed.terms for spelling in listed.spellings(term)])


def _term(written: str) -> Term | None:
    """The one term that a part spells, the plainest reading first."""
    text = fold(written)
    for mark, plain in _SPELLED.items():
        text = re.sub(rf"(?<!\w){re.escape(mark)}(?!\w)" if mark.isascii() else mark, plain, text)
    words = text.split()
    exact = _listed(words) or _listed(_without(words, _HARMLESS))
    return exact or next((term for term in _readings(words) if term is not None and _is_a_sign(term)), None)


def _readings(words: list[str]) -> Iterator[Term | None]:
    """In whatever order, beside sides and degrees; without the place behind it, or the time since when."""
    yield _by_its_words(_bag(words))
    for number, word in enumerate(words):
        if number and (word in _BEFORE_A_TIME or _says_only_where(words[number:])):
            yield _term(" ".join(words[:number]))


def _by_its_words(words: frozenset[str]) -> Term | None:
    """The sign of which most words are there, and beside them nothing but sides and degrees."""
    fitting = {bag: term for bag, term in _by_words().items() if bag <= words and words - bag <= _QUALIFIERS}
    return fitting[max(fitting, key=len)] if fitting else None


def _listed(words: list[str]) -> Term | None:
    return vocabulary(BOOK).find(" ".join(words))


def _is_a_sign(term: Term) -> bool:
    return bool(term.attributes.get("suggests"))


def _without(words: Iterable[str], passed_over: frozenset[str]) -> list[str]:
    return [word for word in words if word not in passed_over]


def _says_only_where(words: Iterable[str]) -> bool:
    """Whether a part is nothing but a side, a degree or a part of the body."""
    return all(_single(fold(word)) in _BODY | _QUALIFIERS | _GRAMMAR for word in words)


@cache
def _by_words() -> dict[frozenset[str], Term]:
    """The terms that are signs of something, by the words of each spelling in whatever order; none where two share."""
    listed = vocabulary(BOOK)
    found: dict[frozenset[str], set[Term]] = {}
    for term in filter(_is_a_sign, listed.terms):
        for spelling in listed.spellings(term):
            found.setdefault(_bag(spelling.split()), set()).add(term)
    return {bag: next(iter(terms)) for bag, terms in found.items() if len(terms) == 1}


def _bag(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(_single, _without(words, _GRAMMAR)))


def _single(word: str) -> str:
    """A word without the s of its plural."""
    plural = len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word
