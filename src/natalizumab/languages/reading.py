"""Sentences read back into their forms: "Repeat within 14 days." is "Repeat within {1} days." with 14.

Of several readings the one that leaves the fewest letters untranslated counts, then the one with the most fixed words.
A value is read like a sentence: it may be one itself, a list, a day, a number, or a name that stays as it is. What
stands in quotation marks is what somebody typed, and stays. A record holds what people typed too, so no text costs more
than a fixed amount of work: what it does not reach stays English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from natalizumab.languages.forms import ISO_DAY, QUOTES, Form, Forms, capital, letters

LONGEST = 4000
"""A text of more characters is left as it is."""

_WORK = 80_000
"""How many characters are looked at for one text, those of its parts counted each time."""
_DEEPEST = 40
_STRONG, _WEAK = 5, 5
_LONGEST_NAME = 60

_FULL_STOP = re.compile(r"(?<=[.!?…])\s+(?=\S)|(?<=[.!?…][”’\"')])\s+(?=\S)|\n+")
_PAUSE = re.compile(r"(?<=[:;,)])\s+(?=\S)|(?<=\S)\s+(?=[(–—])|(?<=[–—])\s+")
_JOINTS = (", ", "; ", " and ", " or ", " / ", "/")
_ROUND = (".", ":", ";", ",", "!", "?", "…")
_PAIRS = {"(": ")", "[": "]"} | QUOTES
_LIST = re.compile("[,:;](?: |$)")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)+"|'(?:[^'\\]|\\.)+'|“[^”]+”|‘[^’]+’""")
_RUN = re.compile(r"[^\W_]+")
_CODE = re.compile(r"[\[\]_=]|\w\.\w|^--")
_UNITS = frozenset(("mg", "kg", "ml", "ng", "umol", "mmol", "mm", "cm"))
_HOLDS_SENTENCES = re.compile(r"[.:!?]")
_NO_NAME = re.compile(r"[.,:;!?](?:\s|$)|[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in the other language, and the parts of it that no form and no word fitted."""

    text: str
    left: tuple[str, ...] = ()
    cost: int = 0
    """How many letters and digits are left."""
    known: bool = True
    """Whether a form or a word of the catalogues was found in it."""
    sure: bool = True
    """Whether no other reading need be looked for: nothing is left, or only names in a form with many fixed words."""


def read(text: str, forms: Forms) -> Reading:
    """The text in the language of the forms; as it is where nothing of it is known."""
    if len(text) > LONGEST:
        return _unread(text)
    return _Reader(forms).read(text)


def told(text: str) -> bool:
    """Whether a text has words: runs of letters that are no unit, code or abbreviation (PML, mL, LFT-03, events[3])."""
    return any(_is_word(run) for part in text.split() if not _CODE.search(part) for run in _RUN.findall(part))


def _is_word(run: str) -> bool:
    return bool(letters(run)) and run.isalpha() and run[1:] == run[1:].lower() and run not in _UNITS


def _is_a_name(part: str) -> bool:
    """Whether what is left of a text can be a name: it is short, no sentence, no list, and holds no day."""
    return len(part) <= _LONGEST_NAME and not _NO_NAME.search(part)


def _closed(value: str) -> bool:
    """Whether every bracket and quotation mark of a value is closed in it."""
    return value.count("(") == value.count(")") and value.count('"') % 2 == 0


def _settled(value: Reading) -> bool:
    return value.sure or (not value.known and _is_a_name(value.text))


def _unread(text: str, *, sure: bool = False) -> Reading:
    return Reading(text, (text,), letters(text) + sum(map(str.isdigit, text)), known=False, sure=sure)


class _Reader:
    """One text being read; parts that come again are read once."""

    def __init__(self, forms: Forms) -> None:
        self.forms = forms
        self.known: dict[str, Reading] = {}
        self.work = _WORK
        self.depth = 0

    def read(self, text: str) -> Reading:
        found = self.known.get(text)
        if found is not None:
            return found
        self.work -= len(text)
        if self.work < 0 or self.depth >= _DEEPEST:
            return _unread(text)
        nothing = self.known[text] = _unread(text)  # a text inside itself is no reading of it
        self.depth += 1
        found = self._best(text, nothing)
        if found.cost and not found.known:
            found = nothing  # nobody's words keep their numbers and their "and"
        self.known[text] = found
        self.depth -= 1
        return found

    def _best(self, text: str, best: Reading) -> Reading:
        """The reading that leaves the least, of the surest ways first; names that a sure form leaves end the search."""
        if _FULL_STOP.search(text):
            ways = [self._as_it_stands, self._by_sentences, self._by_form, self._around, self._in_parts]
        else:
            ways = [self._as_it_stands, self._by_form, self._around, self._in_parts, self._as_a_list, self._beside]
        for way in ways:
            for reading in way(text):
                if reading.cost < best.cost or not reading.cost:
                    best = reading
                if not best.cost:
                    return best
            if best.sure:
                return best
        return best

    def _as_it_stands(self, text: str) -> Iterator[Reading]:
        whole = self.forms.whole(text)
        if whole is not None:
            yield Reading(whole)
        elif _QUOTED.fullmatch(text):
            yield Reading(text[0] + self._as_typed(text[1:-1]) + text[-1])
        elif not told(text):
            written = " ".join(self.forms.whole(part) or part for part in text.split(" "))  # MRI 2026-03-02
            yield Reading(self.forms.leaf(written), known=written != text)
        elif _is_a_name(text) and not self.forms.knows_a_word(text):
            yield _unread(text, sure=True)

    def _by_form(self, text: str) -> Iterator[Reading]:
        candidates = self.forms.shaped(text)
        if _FULL_STOP.search(text):
            candidates = [form for form in candidates if _HOLDS_SENTENCES.search(form.english)]
        self.work -= len(text) * len(candidates) // 8  # looking for a fixed word is quick
        plain = next((form for form in candidates if self._plain(form, text)), None)
        for form in candidates if plain is None else (plain,):
            if self.work < 0:
                return
            reading = self._by_this(form, text)
            if reading is not None:
                yield reading
                if reading.sure and 2 * form.fixed > len(text):
                    return

    def _plain(self, form: Form, text: str) -> bool:
        """Whether the values are words as they stand, days or numbers: nothing has to be tried."""
        return any(
            all(self.forms.whole(value) is not None or not told(value) for value in values.values())
            for values in form.fitted(_as_it_begins(text, form))
        )

    def _by_this(self, form: Form, text: str) -> Reading | None:
        """The best reading of a text by one form."""
        written = _as_it_begins(text, form)
        best: Reading | None = None
        for values in form.fitted(written):
            found = self._filled(form, values)
            if found is not None and (best is None or (found.cost, not found.sure) < (best.cost, not best.sure)):
                best = found
            if best is not None and not best.cost:
                break
        return best if best is None or written == text else replace(best, text=capital(best.text))

    def _filled(self, form: Form, values: dict[str, str]) -> Reading | None:
        """The form with its values read; None where too few fixed letters hold too much that is left."""
        lists = (values[number] for number in form.lists_nothing if _LIST.search(values[number]))
        if any(self.forms.whole(one) is None for one in lists):
            return None
        asked = (values[number] for number in form.no_sentences - form.typed)
        if any(_FULL_STOP.search(one) and not _QUOTED.fullmatch(one) for one in asked):
            return None
        parts = {
            number: Reading(self._as_typed(value)) if number in form.typed else self.read(value)
            for number, value in values.items()
        }
        left = tuple(piece for part in parts.values() for piece in part.left)
        if left and form.fixed < _WEAK and sum(map(told, values.values())) > 1:
            return None
        filled = form.filled({number: part.text for number, part in parts.items()})
        cost = sum(part.cost for part in parts.values())
        understood = form.fixed + sum(letters(values[number]) for number, part in parts.items() if not part.cost)
        closed = all(map(_closed, values.values()))
        sure = not left or (closed and understood >= _STRONG and all(map(_settled, parts.values())))
        return Reading(self.forms.finish(filled), left, cost, sure=sure)

    def _around(self, text: str) -> Iterator[Reading]:
        """A text without its last mark, or without the signs around it."""
        inner = text.strip()
        if inner and inner != text:
            before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
            yield self._framed(before, inner, after)
        elif text[-1:] in _ROUND and len(text) > 1:
            yield self._framed("", text[:-1], text[-1])
        elif text[:2] in (", ", "; "):
            yield self._framed(text[:2], text[2:], "")
        elif len(text) > len("()") and _PAIRS.get(text[0]) == text[-1]:
            yield self._framed(text[0], text[1:-1], text[-1])

    def _in_parts(self, text: str) -> Iterator[Reading]:
        """Two sentences or halves, one after the other: the shortest first part that is surely read, with the rest."""
        ends = list(_FULL_STOP.finditer(text)) or list(_PAUSE.finditer(text))
        for number, end in enumerate(ends):
            if self.work < 0:
                return
            head = self.read(text[: end.start()])
            if head.sure or number == 0:
                joined = self._joined(head, end[0], self.read(text[end.end() :]))
                yield joined
                if joined.sure:
                    return

    def _by_sentences(self, text: str) -> Iterator[Reading]:
        """Sentences that each are in good part a form's own: the quick way for what was put together from several."""
        whole = self._by_its_form(text)
        if whole is not None:
            yield whole
            return
        for end in _FULL_STOP.finditer(text):
            if self.work < 0:
                return
            head = self._by_its_form(text[: end.start()])
            if head is not None:
                joined = self._joined(head, end[0], self.read(text[end.end() :]))
                yield joined
                if joined.sure and not head.left:
                    return

    def _by_its_form(self, text: str) -> Reading | None:
        """A text by a form that a good part of its letters belong to."""
        whole = self.forms.whole(text)
        if whole is not None:
            return Reading(whole)
        self.work -= len(text)
        readings = (self._by_this(form, text) for form in self.forms.shaped(text) if 3 * form.fixed > len(text))
        return next((one for one in readings if one is not None and one.sure), None)

    def _as_a_list(self, text: str) -> Iterator[Reading]:
        for joint in _JOINTS:
            head, found, tail = text.partition(joint)
            if found and head and tail:
                word = joint.strip()
                said = joint.replace(word, self.forms.words.get(word, word))
                yield self._joined(self.read(head), said, self.read(tail))

    def _beside(self, text: str) -> Iterator[Reading]:
        """A word beside what is no word: "dose 2026-05-06", "3 months"; and what is quoted, with the rest."""
        quoted = _QUOTED.match(text)
        for cut in (quoted.end() if quoted else -1, text.rfind(" "), text.find(" ")):
            head, tail = text[:cut], text[cut + 1 :]
            if cut > 0 and text[cut : cut + 1] == " " and tail and (quoted or told(head) != told(tail)):
                yield self._joined(self.read(head), " ", self.read(tail))

    def _as_typed(self, text: str) -> str:
        """What somebody typed, as it is; a day alone as the other language writes it."""
        return self.forms.leaf(text) if ISO_DAY.fullmatch(text) else text

    def _framed(self, before: str, inner: str, after: str) -> Reading:
        reading = self.read(inner)
        return replace(reading, text=f"{before}{reading.text}{after}")

    @staticmethod
    def _joined(head: Reading, between: str, tail: Reading) -> Reading:
        known = head.known or tail.known
        text, left, cost = f"{head.text}{between}{tail.text}", head.left + tail.left, head.cost + tail.cost
        return Reading(text, left, cost, known, sure=not cost or (known and head.sure and tail.sure))


def _as_it_begins(text: str, form: Form) -> str:
    """The text with its first letter as the form has it, where the form begins with a word."""
    first = form.pieces[0][:1]
    return first + text[1:] if first and text[0].swapcase() == first else text
