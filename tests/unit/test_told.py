"""A symptom in somebody's own words: what is read in it, what never is, and that nothing becomes silent by it."""

from __future__ import annotations

from datetime import date

import pytest
from tests.invented import Plain, dose, event, record

from natalizumab.care import load_protocol, plan
from natalizumab.care.told import _bag, _by_words, _says_only_where, near, read
from natalizumab.care.triage import think_of

READ = [
    ("left arm weakness", "weakness"),
    ("Mild left-sided weakness", "weakness"),
    ("new weakness", "weakness"),
    ("weakness of the left side", "weakness"),
    ("weakness in my right hand", "weakness"),
    ("weakness in left arm and leg", "weakness"),
    ("weakness right knee", "weakness"),
    ("blurred vision both eyes", "blurred vision"),
    ("weakness since Monday", "weakness"),
    ("headache for 3 days", "headache"),
    ("my arms are weak", "weakness"),
    ("left arm is weak", "weakness"),
    ("clumsy right hand", "limb clumsiness"),
    ("hand clumsy", "limb clumsiness"),
    ("can't see well", "vision loss"),
    ("can\N{RIGHT SINGLE QUOTATION MARK}t see well", "vision loss"),
    ("cannot see well", "vision loss"),
    ("can not see well", "vision loss"),
    ("cant see well", "vision loss"),
    ("loss of vision in left eye", "vision loss"),
    ("pain in my left eye", "eye pain"),
    ("pain in head", "headache"),
    ("fever and headache", "fever, headache"),
    ("headache with fever", "headache, fever"),
    ("headache, fever", "headache, fever"),
    ("fever; stiff neck + vomiting & rash / seizure", "fever, stiff neck, vomiting, rash, seizure"),
    ("fatigue and tingling", "fatigue, numbness"),
    ("mild tingling", "numbness"),
    ("slurred words, words slurred", "slurred speech"),
    ("worse balance of the left leg", "balance problem"),
    ("trouble with buttons, eye pain", "limb clumsiness, eye pain"),
    ("fatigue, severe or persistent diarrhoea", "fatigue, severe or persistent diarrhoea"),
    ("fever or rash", "fever, rash"),
    ("weakness of the left leg but also aphasia", "weakness, word-finding difficulty"),
]


@pytest.mark.parametrize(("name", "terms"), READ)
def test_sides_degrees_places_and_several_at_once_are_read(name: str, terms: str) -> None:
    told = read(name)
    assert ", ".join(term.name for term in told.terms) == terms
    assert told.unknown == ()


NOT_READ = [
    "no weakness",
    "weakness resolved",
    "weakness is gone",
    "denies headache",
    "without fever",
    "history of seizure",
    "fear of falling",
    "feels fit",
    "aphasiaa",
    "severe numbness",
    "numbness in left hand",
    "new tremor",
    "weakness of character",
    "left arm",
    "the",
]


@pytest.mark.parametrize("name", NOT_READ)
def test_what_is_denied_over_misspelled_or_more_than_what_is_listed_is_asked_about(name: str) -> None:
    assert read(name).terms == ()
    assert read(name).unknown == (name,)


def test_a_part_that_nobody_knows_is_named_beside_those_that_are_known() -> None:
    told = read("confusion, wobbly aura and no fever")
    assert [term.name for term in told.terms] == ["confusion"]
    assert told.unknown == ("wobbly aura and no fever",)
    assert think_of(["confusion, wobbly aura"]).unknown == ("wobbly aura",)


def test_a_part_is_not_taken_apart_where_none_of_its_pieces_is_known() -> None:
    assert read("confusion, trouble with left hand").unknown == ("trouble with left hand",)


def test_of_two_signs_that_fit_the_one_with_more_of_the_words_is_read() -> None:
    (term,) = read("left can't see on one side").terms
    assert term.name == "visual field loss"


def test_a_side_or_a_part_of_the_body_alone_is_no_part_of_its_own() -> None:
    assert _says_only_where(["left", "Arms"])
    assert not _says_only_where(["left", "aura"])


def test_words_are_held_against_each_other_without_plural_and_order() -> None:
    assert _bag(["the", "legs", "weakness", "loss", "its"]) == {"leg", "weakness", "loss"}
    assert _by_words()[frozenset({"arm", "weak"})].name == "weakness"
    assert frozenset({"tingling"}) not in _by_words()  # nothing that is no sign is found by its words


def test_a_near_match_is_named() -> None:
    assert near("symptoms", "aphasiaa") == " (did you mean aphasia?)"
    assert near("symptoms", "qqqq") == ""
    assert near("therapies", "fingolimodd") == " (did you mean fingolimod?)"


def reasons(*events: Plain) -> list[tuple[str, str, str]]:
    made = plan(record(dose("2026-04-20"), *events, born="1990-01-01"), date(2026, 5, 5), load_protocol("eu"))
    wanted = ("PML-01", "HSV-01", "LFT-02", "REC-02")
    return [(found.rule, found.effect.word, found.text) for found in made.reasons if found.rule in wanted]


def symptom(name: str) -> Plain:
    return event("symptom", "2026-05-04", name=name)


def test_two_common_signs_in_one_entry_hold_as_they_do_in_two_and_are_said_once() -> None:
    ((rule, effect, text),) = reasons(symptom("fever and headache"))
    assert (rule, effect) == ("HSV-01", "hold")
    assert text.startswith("Fever and headache, noted on 2026-05-04: think of")
    ((_, alone, _),) = reasons(symptom("fever"))
    assert alone == "confirm"


def test_an_entry_with_two_signs_of_one_danger_raises_it_once() -> None:
    assert [found[:2] for found in reasons(symptom("weakness and aphasia"))] == [("PML-01", "hold")]


def test_what_ends_treatment_does_so_beside_another_sign() -> None:
    assert ("LFT-02", "stop") in [found[:2] for found in reasons(symptom("fatigue and yellow eyes"))]


def test_a_symptom_that_is_not_recognised_is_read_by_a_clinician_today() -> None:
    brain = "if it could come from the brain, the eyes or an infection, a clinician reads it today."
    near_one = f"symptom 'aphasiaa' of 2026-05-04 is not recognised (did you mean aphasia?): {brain}"
    assert reasons(symptom("aphasiaa")) == [("REC-02", "confirm", near_one)]
    ((_, _, text),) = (found for found in reasons(symptom("confusion, qqqq")) if found[0] == "REC-02")
    assert text == f"symptom 'qqqq' in 'confusion, qqqq' of 2026-05-04 is not recognised: {brain}"


def test_another_name_that_is_not_recognised_is_decided_upon() -> None:
    diagnosis = event("diagnosis", "2026-05-04", name="qqqq")
    reaction = event("reaction", "2026-05-04", features=["urticariaa"])
    said = [found[2] for found in reasons(diagnosis, reaction)]
    assert "diagnosis 'qqqq' of 2026-05-04 is not recognised: decide what it means." in said
    misspelled = (
        "reaction 'urticariaa' of 2026-05-04 is not recognised (did you mean urticaria?): decide what it means."
    )
    assert misspelled in said


def test_of_two_signs_of_one_danger_in_one_entry_the_graver_weighs() -> None:
    for name in ("loose stools and severe diarrhoea", "severe diarrhoea and loose stools"):
        made = plan(record(dose("2026-04-20"), symptom(name), born="1990-01-01"), date(2026, 5, 5), load_protocol("eu"))
        assert [found.effect.word for found in made.reasons if found.rule == "OI-02"] == ["hold"]
