"""Sentences of the core in another language: which form a text has, and what is left alone."""

from __future__ import annotations

import pytest

from natalizumab.languages import german, reading, said
from natalizumab.languages.forms import Form, Forms
from natalizumab.languages.reading import LONGEST, Reading, read, told

PAIRS = [
    ("Repeat within {1} days.", "Innerhalb von {1} Tagen wiederholen."),
    ("{1} Not before {2}.", "{1} Nicht vor dem {2}."),
    ("{1} until {2}: {3}.", "{1} bis {2}: {3}."),
    ("{1} is suspected: no dose until it is excluded.", "Verdacht auf {1}: keine Gabe, bis er ausgeschlossen ist."),
    ("The result is by {1}{2}: the table holds for {3} only.", "Stammt von {1}{2}: Die Tabelle gilt nur für {3}."),
    (", index {1} in its own band", ", Index {1} im eigenen Bereich"),
    ("The last day of {1} is not on record.{2}", "Der letzte Tag von {1} ist nicht eingetragen.{2}"),
    (" The wait of {1} runs from it.", " Ab da läuft die Wartezeit ({1})."),
    ("{1} relapses", "{1} Schübe"),
    ("no relapses", "keine Schübe"),
    ("{1} new T2 lesions", "{1} neue T2-Herde"),
    ("no new T2 lesions", "keine neuen T2-Herde"),
    ("{1} on {2}", "{1} am {2}"),
    ("{1} weeks", "{1} Wochen"),
    ("by {1}", "bis {1:day}"),
    ("by {1}", "von {1}"),
    ("months", "Monate"),
    ("weakness", "Schwäche"),
    ("headache", "Kopfschmerzen"),
    ("dose", "Gabe"),
    ("no", "nein"),
    ("MRI", "MRT"),
    ("three forms: {1} and {2}", "drei Formen: {2} und {1}"),
    ("{1} is no answer.", "{1} ist keine Antwort."),
    ("“{1}” is no time; write {2}.", "„{1}“ ist keine Uhrzeit; schreiben Sie {2}."),
]
FORMS = Forms([Form(*pair) for pair in PAIRS], german.number_or_day, german.in_the_singular, german.JOINING)


def in_german(text: str) -> str:
    """The text by the forms above."""
    return read(text, FORMS).text


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("Repeat within 14 days.", "Innerhalb von 14 Tagen wiederholen."),
        ("Repeat within 1 days.", "Innerhalb von 1 Tag wiederholen."),
        ("repeat within 14 days.", "Innerhalb von 14 Tagen wiederholen."),
        ("Weakness", "Schwäche"),
        ("weakness, headache and weakness", "Schwäche, Kopfschmerzen und Schwäche"),
        ("weakness; headache or weakness", "Schwäche; Kopfschmerzen oder Schwäche"),
        ("no relapses, no new T2 lesions", "keine Schübe, keine neuen T2-Herde"),
        ("3 relapses, 2 new T2 lesions", "3 Schübe, 2 neue T2-Herde"),
        ("dose 2026-11-02: weakness", "Gabe 2. Nov. 2026: Schwäche"),
        ("MRI 2026-03-02 (weakness)", "MRT 2. März 2026 (Schwäche)"),
        ("1.5 months", "1,5 Monate"),
        ("weakness on 2026-11-02", "Schwäche am 2. Nov. 2026"),
        ("by 2026-11-02", "bis 2. Nov. 2026"),
        ("by weakness", "von Schwäche"),
    ],
)
def test_a_text_is_said_by_the_form_that_it_has(english: str, other: str) -> None:
    assert read(english, FORMS) == Reading(other)


@pytest.mark.parametrize(
    ("english", "other", "left"),
    [
        ("Zeposia until 2026-01-15: 1.5 months. Not before 2026-02-15.",
         "Zeposia bis 15. Jan. 2026: 1,5 Monate. Nicht vor dem 15. Feb. 2026.", ("Zeposia",)),
        ("Blue ears is suspected: no dose until it is excluded.",
         "Verdacht auf Blue ears: keine Gabe, bis er ausgeschlossen ist.", ("Blue ears",)),
        ("blue ears, weakness", "blue ears, Schwäche", ("blue ears",)),
        ("blue ears on 2026-01-15", "blue ears am 15. Jan. 2026", ("blue ears",)),
        ("The result is by Elisa, index 0.9 in its own band: the table holds for Straty only.",
         "Stammt von Elisa, Index 0,9 im eigenen Bereich: Die Tabelle gilt nur für Straty.", ("Elisa", "Straty")),
    ],
)  # fmt: skip
def test_a_name_inside_a_sentence_stays_and_is_named(english: str, other: str, left: tuple[str, ...]) -> None:
    found = read(english, FORMS)
    assert (found.text, tuple(part.rstrip(",") for part in found.left)) == (other, left)


@pytest.mark.parametrize("wait", ["", " The wait of 3 weeks runs from it."])
def test_a_value_that_follows_a_word_at_once_may_be_nothing(wait: str) -> None:
    found = in_german(f"The last day of dose is not on record.{wait}")
    after = " Ab da läuft die Wartezeit (3 Wochen)." if wait else ""
    assert found == f"Der letzte Tag von Gabe ist nicht eingetragen.{after}"


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ('"weakness"', '"weakness"'),
        ("'2.5 months' is no answer.", "'2.5 months' ist keine Antwort."),
        ("“1a weakness” is no answer.", "“1a weakness” ist keine Antwort."),
        (r"'weakness\'s dose' is no answer.", r"'weakness\'s dose' ist keine Antwort."),
        ("“No. Weakness” is no time; write weakness.", "„No. Weakness“ ist keine Uhrzeit; schreiben Sie Schwäche."),
        ("“dose” weakness", "“dose” Schwäche"),
        ("'dose' and 'weakness'", "'dose' und 'weakness'"),
        ('"2026-11-02" is no answer.', '"2. Nov. 2026" ist keine Antwort.'),
    ],
)
def test_what_somebody_typed_is_said_again_as_it_is_but_for_a_day(english: str, other: str) -> None:
    assert read(english, FORMS) == Reading(other)


def test_values_change_places_where_the_other_language_wants_it() -> None:
    assert in_german("three forms: weakness and headache") == "drei Formen: Kopfschmerzen und Schwäche"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "She went to the sea, 1,250 miles on foot, on 2026-01-02.",
        "Rang an, 1,250 mg oder 2.5?",
        "went to hospital on Friday",
        "salt and pepper",
        "\x000\x00 \x001\x00",
        "{1} {2} {3}",
        "٢٠٢٦-١١-٠٢ خمسة",
        "e.g. this_name=x",
    ],
)
def test_what_nobody_knows_comes_back_as_it_was(text: str) -> None:
    assert in_german(text) == text


def test_what_nobody_knows_is_named() -> None:
    assert read("went to hospital", FORMS).left == ("went to hospital",)
    assert read("2.5 mL/h, PML", FORMS).left == ()


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("0.9", "0,9"),
        ("-0.30 %", "-0,30 %"),
        ("−0.5", "−0,5"),
        ("1,000", "1.000"),
        ("12,345.6", "12.345,6"),
        ("1,234,567", "1.234.567"),
        ("1 in 10,000.", "1 in 10.000."),
        ("0.06, 0.01", "0,06, 0,01"),
        ("2026-11-02", "2. Nov. 2026"),
        ("2026-02-30", "2026-02-30"),
        ("2024-02-28T09:30+01:00", "2024-02-28T09:30+01:00"),
        ("1.1.0", "1.1.0"),
        ("v1.2", "v1.2"),
        ("0,125", "0,125"),
        ("1,2,3", "1,2,3"),
        ("007.5", "007.5"),
        ("10:30", "10:30"),
        ("MRI-04.5", "MRI-04.5"),
        ("5-10.5", "5-10,5"),
    ],
)
def test_numbers_and_days_are_written_as_in_german_and_versions_are_not(english: str, other: str) -> None:
    assert german.number_or_day(english) == other


@pytest.mark.parametrize(
    ("several", "one"),
    [("1 Tage", "1 Tag"), ("seit 1 Monaten", "seit 1 Monat"), ("1 Wochen oder mehr", "1 Woche oder mehr")],
)
def test_one_of_something_is_said_in_the_singular(several: str, one: str) -> None:
    assert german.in_the_singular(several) == one


@pytest.mark.parametrize("text", ["21 Tage", "0,1 Tage", "1.001 Tage", "1 Tagebuch", "0–1 Tage"])
def test_more_or_less_than_one_keeps_its_plural(text: str) -> None:
    assert german.in_the_singular(text) == text


@pytest.mark.parametrize(("text", "words"), [("weakness", True), ("mL/h", False), ("PML", False), ("LFT-03", False)])
def test_units_and_codes_are_no_words(text: str, words: bool) -> None:
    assert told(text) is words


HOSTILE = {
    "a place that comes again": "on of " * 700,
    "one sentence after another": "Repeat within 1 days. " * 190,
    "a list": "weakness, " * 400,
    "the start of a form": "weakness is suspected: " * 180,
    "the end of a form": ": no dose until it is excluded." * 130,
    "line breaks": "dose\n" * 800,
    "brackets": "(" * 2000 + ")" * 2000,
    "quotation marks": '"' * 4000,
    "one word": "dose" * 1000,
    "digits": "1,2" * 1300,
    "blanks": " " * 4000,
    "blanks between words": "weakness" + " " * 3900 + "headache",
    "places": "{1}" * 1300,
}


class Counting(Forms):
    """Forms that count the characters that are searched for them."""

    searched = 0

    def shaped(self, text: str) -> list[Form]:
        found = super().shaped(text)
        self.searched += len(text) * (len(found) + 1)
        return found


@pytest.mark.parametrize("what", HOSTILE)
def test_what_somebody_typed_to_be_slow_costs_no_more_than_a_fixed_amount_of_work(what: str) -> None:
    forms = Counting([Form(*pair) for pair in PAIRS], german.number_or_day)
    text = HOSTILE[what][:LONGEST]
    assert read(text, forms).text
    assert forms.searched < 1_500_000


def test_a_text_that_is_too_long_is_left_alone() -> None:
    text = "weakness, " * (LONGEST // 10 + 1)
    assert read(text, FORMS) == Reading(text, (text,), len(text) - 2 * text.count(", "), known=False, sure=False)


def test_english_is_never_looked_at() -> None:
    assert said("Repeat within 14 days.", "en") == "Repeat within 14 days."


def test_a_language_that_nobody_has_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        said("Repeat within 14 days.", "xx")


def test_the_catalogues_hold_what_a_plan_says() -> None:
    found = reading("21 days after the last dose: early (up to 25 days). Unverified: local policy needed.", "de")
    assert found == Reading("21 Tage nach der letzten Gabe: früh (bis 25 Tage). Ungeprüft: örtliche Regelung nötig.")
