"""The texts of the letters: what their templates mark, as Jinja finds it, and what their TOML files say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

from sentences import PACKAGE, Text, all_texts

from natalizumab.letters.rendering import environment

LETTERS = PACKAGE / "letters"


def letter_template_texts() -> list[Text]:
    """Every marked text of a letter's template, the same one once; one with a plural is a pair."""
    texts: dict[str | tuple[str, str], Text] = {}
    for path in sorted((LETTERS / "templates").glob("*.html")):
        for _, function, found in environment().extract_translations(path.read_text(encoding="utf-8")):
            # Beside the texts stand the values, as None.
            first, *more = [found] if isinstance(found, str) else found
            english = (first, more[0]) if function == "ngettext" else first
            text = texts.setdefault(english, Text(english, found=True))
            text.places = sorted({*text.places, path.relative_to(PACKAGE).as_posix()})
    return list(texts.values())


def letter_texts() -> list[Text]:
    """What the letters' Python says, the questions of a report, and what is due in plain words."""
    texts = {str(text.english): text for text in all_texts("letters")}
    for name, words in (("adverse_event.toml", _questions()), ("items.toml", _plain_words())):
        for english in words:
            text = texts.setdefault(english, Text(english, found=True))
            text.found = True
            text.places = sorted({*text.places, f"letters/{name}"})
    return list(texts.values())


def _questions() -> Iterable[str]:
    for section in tomllib.loads((LETTERS / "adverse_event.toml").read_text(encoding="utf-8"))["section"]:
        yield section["title"]
        for field in section["field"]:
            yield field["label"]
            yield from field.get("ticks", ())


def _plain_words() -> Iterable[str]:
    for told in tomllib.loads((LETTERS / "items.toml").read_text(encoding="utf-8"))["told"]:
        yield from (told["what"], told["why"])
