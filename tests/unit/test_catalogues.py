"""The catalogues of translations: what the code says and nothing else, all of it said, with the same values."""

from __future__ import annotations

import re

import messages
import pytest
from babel.messages import Message
from sentences import FOLDERS

from natalizumab.evidence import vocabulary
from natalizumab.languages import reading
from natalizumab.languages.catalogue import ENGLISH, FOLDER, LANGUAGES, LETTER_PAGES, PAGES

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
EVERY = (PAGES, LETTER_PAGES, *FOLDERS)
BOOKS = ("diagnoses", "features", "forms", "procedures", "serology_tests", "symptoms", "therapies", "vaccines")


def texts(language: str, name: str) -> list[Message]:
    """The texts of a catalogue."""
    return [message for message in messages.read(language, name) if message.id]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", EVERY)
def test_a_catalogue_is_what_make_messages_writes(name: str, language: str) -> None:
    path = FOLDER / language / "LC_MESSAGES" / f"{name}.po"
    written = messages.written(messages.brought_up(name, messages.read(language, name)))
    assert path.read_bytes() == written, f"{path.name} is not what the code says: run make messages"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", EVERY)
def test_what_programs_read_of_a_catalogue_is_compiled_from_it(name: str, language: str) -> None:
    path = FOLDER / language / "LC_MESSAGES" / f"{name}.mo"
    assert path.read_bytes() == messages.compiled(messages.read(language, name)), f"{path.name}: run make messages"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", EVERY)
def test_every_text_is_translated_or_marked_as_not_shown(name: str, language: str) -> None:
    assert [message.id for message in texts(language, name) if not messages.done(message)] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", FOLDERS)
def test_both_sides_of_a_form_have_the_same_values(name: str, language: str) -> None:
    for message in texts(language, name):
        if message.string:
            places = [sorted(set(re.findall(r"\{(\d+)", str(text)))) for text in (message.id, message.string)]
            assert places[0] == places[1], message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_says_the_same_in_every_catalogue(language: str) -> None:
    said: dict[tuple[str, bool], tuple[str, str]] = {}
    for name in FOLDERS:
        for message in texts(language, name):
            if message.string:
                key = (str(message.id).strip(), ":day}" in message.string)  # a form with a day is one of its own
                other, where = said.setdefault(key, (str(message.string).strip(), name))
                assert str(message.string).strip() == other, f"{message.id!r} in {where} and {name}"


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("book", BOOKS)
def test_every_name_of_a_vocabulary_is_translated(book: str, language: str) -> None:
    assert [term.name for term in vocabulary(book).terms if reading(term.name, language).left] == []
