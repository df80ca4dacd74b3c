"""What must hold of the evidence for any choice of statuses, names and spellings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from natalizumab.evidence import STATUSES, vocabulary, weakest
from natalizumab.evidence.vocabulary import fold

BOOKS = ("assays", "diagnoses", "features", "procedures", "symptoms", "therapies", "vaccines")
SPELLINGS = sorted((book, spelling) for book in BOOKS for spelling in vocabulary(book)._by_spelling)


@given(st.lists(st.sampled_from(STATUSES), min_size=1))
def test_the_weakest_status_is_among_them_and_none_is_weaker(statuses: list[str]) -> None:
    found = weakest(*statuses)
    assert found in statuses
    assert all(STATUSES.index(status) <= STATUSES.index(found) for status in statuses)


@given(st.lists(st.sampled_from(STATUSES), min_size=1), st.lists(st.sampled_from(STATUSES), min_size=1))
def test_what_is_computed_in_two_steps_is_as_weak_as_in_one(some: list[str], others: list[str]) -> None:
    assert weakest(weakest(*some), weakest(*others)) == weakest(*some, *others)


@given(st.sampled_from(SPELLINGS), st.sampled_from([" ", "-", "/", " - ", "  ", "."]), st.booleans())
def test_a_name_is_found_however_its_words_are_joined_and_cased(
    entry: tuple[str, str], joint: str, shouted: bool
) -> None:
    book, spelling = entry
    written = joint.join(spelling.split(" "))
    assert vocabulary(book).find(written.upper() if shouted else written) is vocabulary(book).find(spelling)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
