"""What must hold of a symptom in whatever words: nothing is passed over, and a sign stays one beside other words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from natalizumab.care.told import read
from natalizumab.evidence import vocabulary

SYMPTOMS = vocabulary("symptoms")
SIGNS = sorted(
    (spelling, term.name)
    for term in SYMPTOMS.terms
    if term.attributes.get("suggests")
    for spelling in SYMPTOMS.spellings(term)
)
PIECES = st.sampled_from(
    ["no", "left", "weak", "arm", "and", "with", "in", "since", ",", "severe", "numb", "eye", "not"]
)


@given(st.one_of(st.text(min_size=1), st.lists(PIECES, min_size=1).map(" ".join)))
def test_a_name_is_read_or_asked_about_and_never_neither(name: str) -> None:
    told = read(name)
    assert told.terms or told.unknown
    assert all(part in name for part in told.unknown)


@given(st.sampled_from(SIGNS), st.sampled_from(["left", "Right", "mild", "severe", "new", "a", "worsening"]))
def test_a_sign_stays_one_beside_a_side_or_a_degree(sign: tuple[str, str], word: str) -> None:
    spelling, name = sign
    told = read(f"{word} {spelling}")
    assert told.unknown == ()
    assert [term.attributes["suggests"] != [] for term in told.terms] == [True]
    if not SYMPTOMS.find(f"{word} {spelling}"):
        assert told.terms[0].name == name


@given(st.sampled_from(SIGNS), st.sampled_from(SIGNS))
def test_two_signs_in_one_entry_are_both_read(one: tuple[str, str], other: tuple[str, str]) -> None:
    told = read(f"{one[0]}, {other[0]}")
    assert {term.name for term in told.terms} >= {one[1], other[1]}


@given(st.sampled_from(SIGNS), st.sampled_from(["no", "denies", "without", "never"]))
def test_what_is_denied_is_asked_about(sign: tuple[str, str], word: str) -> None:
    spelling, _ = sign
    if SYMPTOMS.find(f"{word} {spelling}") is None:
        assert read(f"{word} {spelling}").unknown
