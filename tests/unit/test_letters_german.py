"""Letters in German: no English left, the same facts, and days and numbers as one writes them."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import debian
import pytest
from tests.letters import ON, ROOT, record, text, written

from natalizumab.errors import Refusal
from natalizumab.languages import Reading, said
from natalizumab.letters import KINDS, Asked, ClinicDetails, pdf, rendering, wording
from natalizumab.letters.adverse_event import reportable
from natalizumab.letters.letter import Letter, body_of
from natalizumab.letters.printing import document as laid_out
from natalizumab.letters.questions import german_form, sections

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.json"))
DAYS = (ON, date(2025, 3, 1))
HEAD = ClinicDetails("⟦a⟧", "⟦b⟧", "⟦c⟧", "⟦d⟧", "⟦e⟧")
NAME = "⟦n⟧"
HOSTILE = '%(name)s %s 100 % <script>alert("x")</script> {{ 7*7 }}'

OURS = re.compile(
    r"\b(PEI|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|bis|mg|kg|ALT|AST"
    r"|PML|UK|Tysabri|Tyruko|STRATIFY|ImmunoWELL|[A-HJ-Z]\.[a-zA-Z0-9.]+(, )?)\b"
)
"""Data that is the same in every language, days, and the names of forms' elements."""

needs_pango = pytest.mark.skipif(not debian.here("letters"), reason=f"Pango is missing: {debian.advice('letters')}")


core_speaks_german = pytest.mark.skipif(
    not said("Annual full MRI.", "de").startswith("Jähr"), reason="the core's sentences have no German yet"
)


def everything(kind: str, **asked: Any) -> Iterator[Letter]:
    """A letter of that kind about every example, on two days, with and without what the person may be told."""
    for name in EXAMPLES:
        for on in DAYS:
            for tells in (False, True) if kind == "person" else (False,):
                events = tuple(event.ref for event in reportable(record(name).course(on)))
                chosen = {"events": events if kind == "adverse-event" else (), "tell_holds": tells, **asked}
                try:
                    yield written(kind, name, on=on, language="de", **chosen)
                except Refusal:
                    continue


class _Marked(gettext.NullTranslations):
    """A language whose every text stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return f"⟦{singular if n == 1 else plural}⟧"


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever passes through a catalogue is marked."""
    rendering.environment.cache_clear()
    monkeypatch.setattr(rendering, "templates", lambda name, language: _Marked())
    monkeypatch.setattr(wording, "reading", lambda words, language: Reading(f"⟦{words}⟧"))
    yield
    rendering.environment.cache_clear()


def unmarked(page: str) -> str:
    """What of a letter passed through no catalogue, without the titles of sources, days and names."""
    found = re.sub(r'<span lang="en">.*?</span>', "", page)
    found = re.sub(r"<[^>]+>", " ", found)
    while "⟦" in found:
        found, before = re.sub(r"⟦[^⟦⟧]*⟧", " ", found), found
        assert found != before
    return " ".join(re.findall(r"[^\W\d_]{2,}", OURS.sub(" ", found)))


@pytest.mark.usefixtures("marked")
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_letter_comes_from_a_catalogue(kind: str) -> None:
    letters = list(everything(kind, head=HEAD, name=NAME, number=NAME))
    assert len(letters) > 5
    assert {unmarked(letter.body) for letter in letters} == {""}


def test_a_word_that_came_from_no_catalogue_would_be_seen() -> None:
    assert unmarked('<p>⟦Dose ⟦x⟧⟧ on 2. November 2026 <span lang="en">Fox</span></p>') == "on"


@core_speaks_german
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_the_plan_stays_english_but_names_and_what_somebody_typed(kind: str) -> None:
    warnings = {warning for letter in everything(kind) for warning in letter.warnings if "no translation" in warning}
    left = {words for warning in warnings for words in warning.partition(": ")[2].split("; ")}
    assert left <= {"clumsy right hand", "Gilenya", "Aubagio"}


def test_the_person_reads_in_german_when_the_next_dose_is_and_how_likely_pml_is() -> None:
    said = text(written("person", language="de"))
    assert "Ihre nächste Gabe ist am 9. November 2026 fällig; Sie bekommen sie alle 4 Wochen." in said
    assert "Von 10.000 Menschen, die so behandelt werden wie Sie, bekommt" in said
    assert "innerhalb eines Jahres etwa 1 Mensch eine PML. Etwa 9.999 bekommen keine." in said
    assert "Wir haben diese Zahl noch nicht an ihrer Quelle geprüft." in said
    assert "Ihr jährliches MRT des Kopfes, bis zum 6. Juli 2027: um zu sehen, ob die MS ruhig geblieben ist." in said


@pytest.mark.parametrize("name", ["suspected-pml", "high-index", "reaction", "from-fingolimod"])
def test_the_person_reads_of_no_hold_and_no_suspicion_in_german_either(name: str) -> None:
    said = text(written("person", name, language="de"))
    assert "Ihr Team wird Ihnen Ihre nächste Gabe bestätigen." in said
    assert "Gabe ist am" not in said
    for word in ("verdacht", "verdächtig", "ausgesetzt", "aussetzen", "liquor", "beendet"):
        assert word not in said.lower()


def test_the_talk_has_natural_frequencies_with_german_numbers() -> None:
    said = text(written("risk", "high-index", language="de"))
    assert "37 bis 48 (jetzt) 8 von 1.000 [ungeprüft] 13 7 von 1.000 [ungeprüft] 11" in said
    assert "25 bis 36 4 von 1.000 [ungeprüft] 4,7 3 von 1.000 [sekundär] 4,1" in said
    assert "Hazard Ratio 0,06; 0,01 bis 0,22 – oder 0,12; 0,05 bis 0,29" in said
    assert "10,4 von 100 hatten innerhalb eines Jahres einen Schub" in said


def test_the_report_names_the_german_form_and_eudravigilance_and_no_other() -> None:
    said = text(written("adverse-event", "reaction", language="de"))
    assert "Beobachtete unerwünschte Wirkung, aufgetreten am PEI · E.i.1.1, E.i.4" in said
    assert "Am Tag der letzten Gabe; 12 Minuten nach ihrem Beginn" in said
    assert "PEI · G.k.4.r.1 bis 3 300 mg verordnet, 60 mg gegeben" in said
    assert "YC" not in said
    assert german_form() <= {field["key"] for section in sections() for field in section["field"]}


@pytest.mark.parametrize("kind", KINDS)
def test_a_german_letter_takes_the_same_from_the_record_and_notes_the_same_sources(kind: str) -> None:
    english, german = (written(kind, "reaction", language=language) for language in ("en", "de"))
    assert german.facts_hash == english.facts_hash
    named = re.compile(r"et al\. \d{4}|European Medicines Agency|pubmed \d+")
    assert named.findall(german.body) == named.findall(english.body)
    assert (german.body.count("<li"), german.body.count("<tr")) == (
        english.body.count("<li"),
        english.body.count("<tr"),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_german_letter_has_the_same_bytes_each_time_and_its_body_can_be_found_again(kind: str) -> None:
    one, two = (written(kind, "reaction", language="de") for _ in range(2))
    assert one.document == two.document
    assert body_of(one.document) == one.body
    assert '<html lang="de">' in one.document


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_typed_is_text_in_german_too(kind: str) -> None:
    head = ClinicDetails(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    words = dict.fromkeys(("opening", "closing", "matters", "narrative", "salutation", "batch"), HOSTILE)
    found = written(
        kind, "reaction", head=head, name=HOSTILE, number=HOSTILE, recipient=HOSTILE, words=words, language="de"
    )
    assert "<script" not in found.body
    assert "%(name)s %s 100 % &lt;script&gt;" in found.body
    assert "{{ 7*7 }}" in found.body


def test_the_writer_is_told_of_words_that_have_no_translation() -> None:
    event = next(e for e in record("suspected-pml").course(ON).of("symptom"))
    told = written("adverse-event", "suspected-pml", events=(event.ref,), language="de").warnings
    assert [one for one in told if one.startswith("These words have no translation") and "clumsy right hand" in one]
    assert not any("no translation" in one for one in written("gp", "suspected-pml").warnings)


def test_a_language_that_nobody_has_is_refused() -> None:
    with pytest.raises(Refusal, match="'fr' is no language of letters; allowed: en, de"):
        Asked("gp", ON, "Ada", language="fr")


def test_a_letter_is_refused_where_its_words_are_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str, language: str) -> Any:
        raise FileNotFoundError

    rendering.environment.cache_clear()
    monkeypatch.setattr(rendering, "templates", none)
    with pytest.raises(Refusal, match="the words for Deutsch are not installed"):
        written("gp", language="de")
    rendering.environment.cache_clear()


@needs_pango
@pytest.mark.parametrize(
    ("kind", "name"),
    [("gp", "suspected-pml"), ("person", "stable"), ("risk", "high-index"), ("adverse-event", "reaction")],
)
def test_a_german_pdf_says_its_language_and_fits_on_two_pages(kind: str, name: str) -> None:
    document = written(kind, name, language="de").document
    assert pdf(document) == pdf(document)
    pages = laid_out(document).render(pdf_variant="pdf/ua-1").pages
    assert len(pages) <= 2
    content = laid_out(document).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    assert b"/Lang (de)" in content


@needs_pango
def test_long_german_words_are_hyphenated() -> None:
    found = _lines(laid_out(written("risk", "high-index", language="de").document))
    assert [line for line in found if re.search(r"[a-zäöüß]‐$", line)]


def _lines(document: Any) -> Iterator[str]:
    for page in document.render().pages:
        for box in page._page_box.descendants():
            if type(box).__name__ == "LineBox":
                yield "".join(one.text for one in box.descendants() if type(one).__name__ == "TextBox")
