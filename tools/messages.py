"""Bring the catalogues of every language up to the code: `make messages`.

New texts come in without a translation, texts that the code no longer has go, and the compiled catalogues are written.
A folder of Python has a catalogue of its own (care.po, clinic.po …): the form of every sentence there, {1} where the
code puts a value in. The page templates share django.po, those of the letters letter_pages.po. A text of one word, or
one of the evidence files, is never found by itself, only kept: `tools/messages.py add care "overdue"` puts it in. A
text that nobody outside ever reads is marked by a translator's comment, `# not shown`.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from letter_texts import letter_template_texts, letter_texts
from sentences import FOLDERS, Text, all_texts, evidence_texts
from template_texts import template_texts

from natalizumab.languages.catalogue import ENGLISH, FOLDER, LANGUAGES, LETTER_PAGES, PAGES

TEXTS = {
    PAGES: template_texts,
    LETTER_PAGES: letter_template_texts,
    "letters": letter_texts,
    "evidence": evidence_texts,
}
"""Where the texts of a catalogue come from, if not from the Python of the folder alone."""
NOT_SHOWN = "not shown"
_ANY_DAY = datetime(2026, 1, 1, tzinfo=UTC)


def main(arguments: list[str]) -> int:
    """Write every catalogue anew; with "add FOLDER TEXT …" put texts in first."""
    others = [language for language in LANGUAGES if language != ENGLISH]
    added: dict[str, list[str]] = {arguments[1]: arguments[2:]} if arguments[:1] == ["add"] else {}
    for language in others:
        for name in (PAGES, LETTER_PAGES, *FOLDERS):
            catalogue = brought_up(name, read(language, name), added.get(name, ()))
            write(language, name, catalogue)
            open_ones = [message for message in catalogue if message.id and not done(message)]
            print(f"{language} {name}: {len(catalogue)} texts, {len(open_ones)} without a translation")
    return 0


def read(language: str, name: str) -> Catalog:
    """The catalogue as it is; an empty one where there is none."""
    path = _place(language, name, "po")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def brought_up(name: str, old: Catalog, added: Sequence[str] = ()) -> Catalog:
    """The catalogue with exactly the texts that the code has: those found, and the single words that were put in."""
    every = {text.english: text for text in texts_of(name)}
    kept = {message.id for message in old if message.id}
    new = Catalog(locale=old.locale, charset="utf-8", fuzzy=False)
    for english in sorted(every, key=str):
        text = every[english]
        if text.found or english in kept or english in set[object](added):
            message = old.get(english)
            comments = message.user_comments if message else ()
            flags = ["python-format"] if name in (PAGES, LETTER_PAGES) and "%(" in _singular(english) else []
            new.add(
                english,
                message.string if message else None,
                locations=[(place, 0) for place in text.places],
                flags=flags,
                auto_comments=list(text.values),
                user_comments=comments,
            )
    return new


def texts_of(name: str) -> list[Text]:
    """Every text that a catalogue may hold."""
    return TEXTS[name]() if name in TEXTS else all_texts(name)


def done(message: Message) -> bool:
    """Whether a text is translated, or nobody reads it."""
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(strings) or NOT_SHOWN in message.user_comments


def write(language: str, name: str, catalogue: Catalog) -> None:
    """The catalogue, and what programs read of it."""
    _place(language, name, "po").write_bytes(written(catalogue))
    _place(language, name, "mo").write_bytes(compiled(read(language, name)))


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, without a day or a version that would change with nothing else."""
    catalogue.header_comment = "# Written by `make messages`, but for the translations and the comments beside them."
    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, include_lineno=False, omit_header=False, ignore_obsolete=True)
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    passing = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Last-Translator',
        '"Generated-By',
        '"Project-Id',
        '"Report-',
    )
    return "".join(line for line in lines if not line.startswith((*passing, '"Language-Team'))).encode()


def compiled(catalogue: Catalog) -> bytes:
    """What gettext reads: the texts that have a translation. The same texts always give the same bytes."""
    catalogue.creation_date = catalogue.revision_date = _ANY_DAY
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _place(language: str, name: str, kind: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{name}.{kind}"


def _singular(english: object) -> str:
    return str(english[0]) if isinstance(english, tuple | list) else str(english)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
