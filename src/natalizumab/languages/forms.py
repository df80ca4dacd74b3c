"""The forms of sentences: "Repeat within {1} days." fits "Repeat within 14 days." with 14.

A text is laid against the fixed words of a form by looking for them from the left and from the right: no search tries
again, so that the longest text that somebody typed costs no more than its length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

PLACE = re.compile(r"\{(\d+)(?::day)?\}")
"""Where a form has a value; ``{1:day}`` in the other language says that it is a day and nothing else."""

_A_DAY = re.compile(r"\{(\d+):day\}")
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_SIDE_BY_SIDE = re.compile(r"\{(\d+)\}\{(\d+)\}")
_WORDS = re.compile(r"[^\W\d_]+")
_NEXT_SENTENCE = re.compile(r"\s+[A-Z]")
_MARK = re.compile("[.,:;!?]")
QUOTES = {"“": "”", '"': '"', "‘": "’", "'": "'"}
"""What stands between these is what somebody typed: it is said again as it is."""
_MOST_WAYS = 8
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Form:
    """One sentence's form in English and in the other language."""

    english: str
    other: str

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The fixed words around and between the values."""
        return tuple(PLACE.split(self.english)[::2])

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        return tuple(PLACE.findall(self.english))

    @cached_property
    def fixed(self) -> int:
        """How many letters stand fast."""
        return letters("".join(self.pieces))

    @cached_property
    def days(self) -> frozenset[str]:
        """The values that are days: "by {1}" is another form with a day than with a person."""
        return frozenset(_A_DAY.findall(self.other))

    @cached_property
    def no_sentences(self) -> frozenset[str]:
        """The values that are no several sentences: those in the middle of one."""
        return frozenset(
            number
            for number, after in zip(self.numbers, self.pieces[1:], strict=True)
            if after and not _NEXT_SENTENCE.match(after)
        )

    @cached_property
    def typed(self) -> frozenset[str]:
        """The values that stand in quotation marks."""
        ends = zip(self.numbers, self.pieces, self.pieces[1:], strict=False)
        return frozenset(number for number, before, after in ends if QUOTES.get(before[-1:]) == after[:1])

    @cached_property
    def _least(self) -> tuple[int, ...]:
        """How long each value is at least: one that follows a word without a space may be nothing."""
        return tuple(int(not piece or piece[-1].isspace()) for piece in self.pieces[:-1])

    @cached_property
    def lists_nothing(self) -> frozenset[str]:
        """The values that are no list: a form without a mark is a phrase, and in "a, b of c" only b is of c."""
        if _MARK.search(self.english):
            return frozenset()
        return frozenset(
            number for number, after in zip(self.numbers, self.pieces[1:], strict=True) if after[:1] != ")"
        )

    def fitted(self, text: str) -> Iterator[dict[str, str]]:
        """The values of a text that has this form: with the first ones as short as can be, and as long.

        Where the form has most of the text's letters, some of the ways in between come too.
        """
        if not (text.startswith(self.pieces[0]) and text.endswith(self.pieces[-1])):
            return
        shortest, longest = self._from_the_left(text), self._from_the_right(text)
        if shortest is None or longest is None:
            return
        between = islice(self._ways(text, len(self.pieces[0]), 1), _MOST_WAYS) if 2 * self.fixed > len(text) else ()
        for values in dict.fromkeys([tuple(shortest), *between, tuple(longest)]):
            found = dict(zip(self.numbers, values, strict=True))
            if all(ISO_DAY.fullmatch(found[number]) for number in self.days):
                yield found

    def _ways(self, text: str, at: int, place: int) -> Iterator[tuple[str, ...]]:
        """Every way to lay the pieces from ``place`` on against the text from ``at`` on."""
        end, least = len(text) - len(self.pieces[-1]), self._least[place - 1]
        if place == len(self.numbers):
            if end - at >= least:
                yield (text[at:end],)
            return
        found = text.find(self.pieces[place], at + least, end)
        while found >= 0:
            later = list(islice(self._ways(text, found + len(self.pieces[place]), place + 1), _MOST_WAYS))
            if not later:
                return  # nor from any later place
            yield from ((text[at:found], *values) for values in later)
            found = text.find(self.pieces[place], found + 1, end)

    def _from_the_left(self, text: str) -> list[str] | None:
        values, at, end = [], len(self.pieces[0]), len(text) - len(self.pieces[-1])
        for piece, least in zip(self.pieces[1:-1], self._least[:-1], strict=True):
            found = text.find(piece, at + least, end)
            if found < 0:
                return None
            values.append(text[at:found])
            at = found + len(piece)
        return [*values, text[at:end]] if end - at >= self._least[-1] else None

    def _from_the_right(self, text: str) -> list[str] | None:
        values: list[str] = []
        start, at = len(self.pieces[0]), len(text) - len(self.pieces[-1])
        for piece, least in zip(self.pieces[-2:0:-1], self._least[:0:-1], strict=True):
            found = text.rfind(piece, start, max(at - least, 0))
            if found < 0:
                return None
            values.append(text[found + len(piece) : at])
            at = found
        return [text[start:at], *reversed(values)] if at - start >= self._least[0] else None

    def filled(self, values: Mapping[str, str]) -> str:
        return PLACE.sub(lambda place: values[place[1]], self.other)


@dataclass
class Forms:
    """Every form of a language, found by its rarest word.

    ``leaf`` writes what has no words, days and numbers, and ``finish`` looks over a sentence that values were put into.
    ``words`` are the small ones that join lists: "and", "or".
    """

    forms: Iterable[Form]
    leaf: Callable[[str], str] = str
    finish: Callable[[str], str] = str
    words: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {(form.english, form.days): form for form in map(_merged, self.forms)}
        self._whole = {form.english: form.other for form in known.values() if not form.numbers}
        self._words = {word.lower() for english, _ in known for word in _WORDS.findall(english)} | set(self.words)
        shaped = [form for form in known.values() if form.numbers and form.fixed]
        shaped.sort(key=lambda form: (-form.fixed, -len(form.days), form.english))
        self.shaped_forms = tuple(shaped)
        self._loose: list[tuple[int, Form]] = []
        self._by_word: dict[str, list[tuple[int, Form]]] = {}
        common = Counter(word for form in shaped for word in set(_whole_words(form)))
        for place, form in enumerate(shaped):
            rarest = min(_whole_words(form), key=lambda word: (common[word], word), default=None)
            (self._loose if rarest is None else self._by_word.setdefault(rarest, [])).append((place, form))

    def knows_a_word(self, text: str) -> bool:
        """Whether any word of a text stands in any form."""
        return any(word.lower() in self._words for word in _WORDS.findall(text))

    def whole(self, text: str) -> str | None:
        """A text without values, as it stands or with its first letter the other way."""
        found = self._whole.get(text)
        if found is None and text[:1].isalpha():
            found = self._whole.get(text[:1].swapcase() + text[1:])
            if found is not None and text[:1].isupper():
                found = capital(found)
        return found

    def shaped(self, text: str) -> list[Form]:
        """The forms with values that a text may have, those with the most fixed letters first."""
        words = {word.lower() for word in _WORDS.findall(text)}
        found = [one for word in words for one in self._by_word.get(word, ())]
        return [form for _, form in sorted([*found, *self._loose], key=lambda one: one[0])]


def letters(text: str) -> int:
    """How many letters of words a text has; a single letter is no word."""
    return sum(map(len, _LETTERS.findall(text)))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _merged(form: Form) -> Form:
    """The form without blanks around it or a comma before it; values side by side in both languages are one."""
    english, other = (text.strip().removeprefix(", ").removeprefix("; ") for text in (form.english, form.other))
    while found := next((one for one in _SIDE_BY_SIDE.finditer(english) if one[0] in other), None):
        english, other = (text.replace(found[0], f"{{{found[1]}}}") for text in (english, other))
    return Form(english, other)


def _whole_words(form: Form) -> Iterator[str]:
    """The fixed words that no value can lengthen: those that do not touch one."""
    last = len(form.pieces) - 1
    for number, piece in enumerate(form.pieces):
        for found in _WORDS.finditer(piece):
            touches = (number > 0 and found.start() == 0) or (number < last and found.end() == len(piece))
            if not touches:
                yield found[0].lower()
