"""The texts that the Python code of a folder can say: string constants, and f-strings as forms with {1}, {2} …

What an f-string decides between (``{'day' if n == 1 else 'days'}``) becomes one form for each choice.
"""

from __future__ import annotations

import ast
import math
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "natalizumab"

FOLDERS = ("evidence", "record", "pharmacology", "disease", "care", "cohort", "letters", "clinic", "commands")
"""The folders that have a catalogue of their own."""

IN_OTHER_LANGUAGES = ("plan.py", "plan_page.py", "switch.py", "switch_page.py", "dose.py", "dose_page.py")
"""The commands that speak other languages than English; all others are for whoever runs a clinic, and researchers."""

NEVER_SHOWN = ("clinic/migrations/", "clinic/operation/", "clinic/demo/", "clinic/settings/", "clinic/triggers.py")
"""Code that says nothing on a page: it speaks to whoever runs the service, or to the database."""

SHOWN_OF_FILES = ("title", "lead", "text", "doubt", "words", "asks")
"""Under these names the clinic's own files (TOML) hold what a page says; a name in braces stands for a value."""

MOST_CHOICES = 64
_SENTENCE = re.compile(r"[^\W\d_]{2,}.*\s.*[^\W\d_]{2,}|[^\W\d_]{2,}\s|\s[^\W\d_]{2,}", re.DOTALL)
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_FIELD = re.compile(r"\{((?:[a-z]\w*)?)(?::[^{}]*)?\}")
"""A place, by name or by its turn, which ``str.format`` fills."""


@dataclass
class Text:
    """One text: where it stands, what its values are in the code, and whether it is surely a sentence."""

    english: str | tuple[str, str]
    found: bool
    places: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)


def all_texts(folder: str) -> list[Text]:
    """Every text of a folder's code, the same one once."""
    texts: dict[str, Text] = {}
    for path in sorted((PACKAGE / folder).rglob("*.py")):
        if folder == "commands" and path.name not in IN_OTHER_LANGUAGES:
            continue
        place = path.relative_to(PACKAGE).as_posix()
        if not place.startswith(NEVER_SHOWN):
            for english, values in forms_in(path.read_text(encoding="utf-8")):
                text = texts.setdefault(english, Text(english, _is_sentence(english)))
                text.places = sorted({*text.places, place})
                text.values = text.values or values
    for english, place in _of_files(folder):
        texts.setdefault(english, Text(english, True)).places.append(place)
    return list(texts.values())


def _of_files(folder: str) -> Iterator[tuple[str, str]]:
    """The texts of the clinic's own files, with the place of each."""
    for path in sorted((PACKAGE / folder).rglob("*.toml")) if folder == "clinic" else ():
        for text in _named(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield _numbered(text), path.relative_to(PACKAGE).as_posix()


def _numbered(text: str) -> str:
    """The text with a number for each value that it names in braces."""
    numbers = count(1)
    return _IN_BRACES.sub(lambda _: f"{{{next(numbers)}}}", text)


def _named(found: object) -> Iterator[str]:
    if isinstance(found, dict):
        for name, value in found.items():
            if isinstance(value, str) and name in SHOWN_OF_FILES:
                yield value
            else:
                yield from _named(value)
    elif isinstance(found, list):
        for value in found:
            yield from _named(value)


def evidence_texts() -> list[Text]:
    """The names of the vocabularies, and what the evidence files say in words of each value."""
    texts = {str(text.english): text for text in all_texts("evidence")}
    for path in sorted((PACKAGE / "evidence" / "data").rglob("*.toml")):
        place = path.relative_to(PACKAGE).as_posix()
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        names = written if path.parent.name == "vocabulary" else ()
        found = [(name, True) for name in names] + [
            (text, key in _IN_WORDS) for key, whole in _strings(written, "") for text in _sentences(whole)
        ]
        for english, shown in found if path.name not in _NOT_OURS else ():
            text = texts.setdefault(english, Text(english, False))
            text.found = text.found or (shown and bool(_LETTERS.search(english)))
            text.places = sorted({*text.places, place})
    return list(texts.values())


_IN_WORDS = ("about", "note", "value", "words", "today", "who")
"""The fields of the evidence files that pages and plans show; every other is for the code, or for those who look up."""

_NOT_OURS = ("sources.toml",)
"""The titles of sources stay as their authors wrote them."""


_APART = "Bootstrap interval. "
"""Said of many numbers; what follows it is shown without it too."""


def _sentences(text: str) -> list[str]:
    return [_APART.strip(), text.removeprefix(_APART)] if text.startswith(_APART) else [text]


def _strings(found: object, key: str) -> Iterator[tuple[str, str]]:
    """Each text with the name of the field that it stands in."""
    if isinstance(found, str):
        yield key, found
    elif isinstance(found, dict):
        for name, value in found.items():
            yield from _strings(value, name)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value, f"{key}[]")


def forms_in(source: str) -> Iterator[tuple[str, list[str]]]:
    """Each text of a module with the expressions behind its values."""
    tree = ast.parse(source)
    passed = _not_said(tree)
    for node in ast.walk(tree):
        if id(node) in passed:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from _constant(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from _forms(node)


def _constant(written: str) -> Iterator[tuple[str, list[str]]]:
    """A text as it stands; one that ``str.format`` fills has its places numbered, as an f-string's are."""
    names: list[str] = []

    def numbered(found: re.Match[str]) -> str:
        names.append(found[1])
        return f"{{{len(names)}}}"

    english = _FIELD.sub(numbered, written)
    if _LETTERS.search(re.sub(r"\{\d+\}", "", english)):
        yield english, [f"{{{number}}} = {name}" for number, name in enumerate(names, start=1)]


def _not_said(tree: ast.Module) -> set[int]:
    """Docstrings, annotations, and the pieces inside f-strings."""
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            passed |= {id(piece) for piece in node.values if isinstance(piece, ast.Constant)}
            passed |= {id(inner) for piece in node.values if isinstance(piece, ast.FormattedValue) and piece.format_spec
                       for inner in ast.walk(piece.format_spec)}  # fmt: skip
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if part is not None:
                passed |= {id(inner) for inner in ast.walk(part)} - _words_of_a_field(part)
    return passed


def _words_of_a_field(annotation: ast.AST) -> set[int]:
    """The words that a field may hold: those in ``Literal``."""
    chosen = [node for node in ast.walk(annotation) if isinstance(node, ast.Subscript)]
    return {id(inner) for node in chosen if ast.unparse(node.value) == "Literal" for inner in ast.walk(node.slice)}


def _forms(node: ast.JoinedStr) -> Iterator[tuple[str, list[str]]]:
    """Every form that an f-string can take."""
    choices = [_choices(piece) for piece in node.values]
    if math.prod(map(len, choices)) > MOST_CHOICES:
        raise SystemExit(f"a text has more than {MOST_CHOICES} forms: {ast.unparse(node)[:120]}")
    for pieces in product(*choices):
        english, values = "", []
        for piece in (inner for chosen in pieces for inner in chosen):
            if isinstance(piece, str):
                english += piece
            else:
                values.append(ast.unparse(piece))
                english += f"{{{len(values)}}}"
        if _LETTERS.search(re.sub(r"\{\d+\}", "", english)):
            yield english, [f"{{{number}}} = {value}" for number, value in enumerate(values, start=1)]


def _choices(piece: ast.expr) -> list[list[str | ast.expr]]:
    """What may stand at one place of an f-string: fixed words, a value, or one of several of these."""
    if isinstance(piece, ast.Constant):
        return [[str(piece.value)]]
    if isinstance(piece, ast.JoinedStr):
        return [[inner for part in chosen for inner in part] for chosen in product(*map(_choices, piece.values))]
    if isinstance(piece, ast.FormattedValue):
        return (
            _choices(piece.value)
            if isinstance(piece.value, ast.IfExp | ast.JoinedStr | ast.Constant)
            else [[piece.value]]
        )
    if isinstance(piece, ast.IfExp):
        return [*_choices(piece.body), *_choices(piece.orelse)]
    return [[piece]]


def _is_sentence(english: str) -> bool:
    """Whether a text has words with a space: nothing that only the code reads looks so, or it is marked."""
    return bool(_SENTENCE.search(re.sub(r"\{\d+\}", "0", english)))
