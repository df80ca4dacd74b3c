"""Whatever stands in a sentence of ours: it is read back into its form, and whatever somebody typed breaks nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import texts

from natalizumab.languages import reading, said
from natalizumab.languages.catalogue import forms
from natalizumab.languages.forms import ISO_DAY, Form
from natalizumab.languages.german import in_the_singular, number_or_day
from natalizumab.languages.reading import LONGEST

GERMAN = forms("de")
SURE = [form for form in GERMAN.shaped_forms if form.fixed >= 20]
SENTENCES = [form for form in SURE if form.english.endswith(".")]

names = st.sampled_from(["Zelbarin", "Quorvix forte", "Oblonsky", "Ütz-Brül"])
numbers = st.one_of(st.integers(2, 99_999), st.floats(0.01, 99, allow_nan=False).map(lambda one: round(one, 2)))
days = st.dates().map(str)
values = st.one_of(names, numbers.map("{:,}".format), days)


@st.composite
def filled(draw: st.DrawFn, among: list) -> tuple[str, str]:  # type: ignore[type-arg]
    """A form's English with values put in, and its German with the same."""
    form = draw(st.sampled_from(among))
    drawn = {number: draw(values) for number in form.numbers}
    english = form.english
    for number, value in drawn.items():
        english = english.replace(f"{{{number}}}", value)
    own = {number: number_or_day(value) if _written(form, number, value) else value for number, value in drawn.items()}
    return english, in_the_singular(form.filled(own))


def _written(form: Form, number: str, value: str) -> bool:
    """Whether a value is written as in German: no name, and no number in quotation marks, which somebody typed."""
    return bool(ISO_DAY.fullmatch(value)) or (number not in form.typed and not any(map(str.isalpha, value)))


@given(filled(SURE))
def test_a_form_filled_with_values_is_said_with_the_same_values(pair: tuple[str, str]) -> None:
    english, other = pair
    assert said(english, "de") == other


@given(st.lists(filled(SENTENCES), min_size=2, max_size=4))
def test_sentences_one_after_the_other_are_each_said_by_their_form(pairs: list[tuple[str, str]]) -> None:
    assert said(" ".join(english for english, _ in pairs), "de") == " ".join(other for _, other in pairs)


WORDS = st.sampled_from(
    [*'dose mri on of until no {1} a, ; : . ? ( ) " 1,5 1.5 2026-11-02 PML weakness'.split(), "\n", " "]
)


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join), texts))
def test_no_text_breaks_the_reader_and_english_stays_as_it_is(text: str) -> None:
    found = reading(text, "de")
    assert found.text or not text
    assert said(text, "en") == text
    assert "\0" not in found.text or "\0" in text


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs"]), min_size=1, max_size=LONGEST // 40))
def test_what_is_left_of_a_text_stands_in_it_as_it_was_typed(text: str) -> None:
    found = reading(text, "de")
    assert all(part in found.text for part in found.left)
    assert all(part.casefold() in text.casefold() for part in found.left)
