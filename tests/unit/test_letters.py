"""What letters say, held against the record and the plan that they are made of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import debian
import pytest
from tests.letters import HEAD, ON, ROOT, record, text, written

from natalizumab.care import RULES, load_protocol, plan
from natalizumab.care.pml_risk import as_people
from natalizumab.errors import Refusal
from natalizumab.letters import KINDS, Asked, ClinicDetails, pdf
from natalizumab.letters.letter import body_of
from natalizumab.letters.printing import document as laid_out
from natalizumab.letters.questions import sections
from natalizumab.letters.told import plain_words
from natalizumab.letters.wording import Wording

EXAMPLES = sorted(path.stem for path in (ROOT / "examples").glob("*.json"))
day, sentence = Wording().day, Wording().sentence
HOSTILE = '<script>alert("x")</script> & O\'Brien {{ 7*7 }}'

needs_pango = pytest.mark.skipif(not debian.here("letters"), reason=f"Pango is missing: {debian.advice('letters')}")


def planned(name: str) -> dict[str, Any]:
    return plan(record(name), ON, load_protocol("uk")).to_dict()


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_gp_reads_everything_that_is_due_with_the_days_of_the_plan(name: str) -> None:
    said = text(written("gp", name))
    items = [item for item in planned(name)["items"] if not item["prompt"]]
    for item in items:
        assert sentence(item["text"]) in said
        assert day(item["due"]) in said
    assert ("Nothing is due." in said) == (not items)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_gp_reads_the_risk_in_the_words_of_the_plan(name: str) -> None:
    words = planned(name)["pml"]["words"]
    assert sentence(words)[1:] in text(written("gp", name))


def test_the_gp_reads_what_was_given_and_when_the_next_dose_is() -> None:
    said = text(written("gp"))
    assert "Natalizumab (Tysabri), 300 mg into a vein every 4 weeks" in said
    assert "23 doses, the last on 12 October 2026" in said
    assert "Next dose Due on 9 November 2026" in said


def test_the_gp_reads_why_a_dose_is_held() -> None:
    said = text(written("gp", "suspected-pml"))
    assert "Next dose Held, for the reasons below" in said
    assert "PML is suspected: clumsy right hand, noted on 26 October 2026" in said


def test_the_gp_reads_the_last_result_of_each_kind() -> None:
    said = text(written("gp"))
    assert "MRI of the brain 6 July 2026 full scan, new T2 lesions: 0, enhancing: 0" in said
    assert "JC virus antibodies 13 July 2026 negative, index 0.13 (STRATIFY)" in said
    assert "ALT 22 June 2026 24 U/L (upper limit 40)" in said


def test_everybody_reads_whom_to_call() -> None:
    for kind in ("gp", "person", "risk"):
        said = text(written(kind))
        assert "01234 567 890" in said
        assert "In an emergency: call 999" in said


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_person_reads_what_is_due_in_plain_words(name: str) -> None:
    said = text(written("person", name))
    for item in planned(name)["items"]:
        told = plain_words().get(item["rule"])
        if told and not item["prompt"] and not item["action"].startswith("csf"):
            assert told[0] in said
            assert day(item["due"]) in said
        else:
            assert sentence(item["text"]) not in said


def test_the_person_reads_when_the_next_dose_is() -> None:
    said = text(written("person"))
    assert "Your next dose is due on 9 November 2026" in said
    assert "you have it every 4 weeks" in said


@pytest.mark.parametrize("name", ["suspected-pml", "high-index", "reaction", "from-fingolimod"])
def test_the_person_reads_of_no_hold_and_no_suspicion_unless_chosen(name: str) -> None:
    found = written("person", name)
    said = text(found)
    assert "Your team will confirm your next dose." in said
    assert "next dose is due" not in said
    for reason in planned(name)["reasons"]:
        assert sentence(reason["text"]) not in said
    for word in ("suspect", "held", "hold", "spinal fluid", "stopped for good"):
        assert word not in said.lower()
    assert found.warnings


def test_a_suspicion_of_pml_leaves_the_risk_for_a_talk() -> None:
    said = text(written("person", "suspected-pml"))
    assert "your team will talk it over with you" in said
    assert " of 1,000" not in said.replace("Of", "of")


def test_the_writer_may_tell_the_person_and_is_warned() -> None:
    found = written("person", "suspected-pml", tell_holds=True)
    assert "PML is suspected: clumsy right hand" in text(found)
    assert "Spinal fluid for JC virus PCR" in text(found)
    assert "only once they have heard it from you" in found.warnings[0]
    assert "no day is given" in written("person", "suspected-pml").warnings[0]


def test_without_a_hold_the_writer_is_not_warned() -> None:
    assert written("person").warnings == ()


def test_the_person_reads_the_risk_as_people_of_a_crowd() -> None:
    said = text(written("person"))
    assert "Of 10,000 people treated as you are, about 1 gets PML within a year" in said
    assert "About 9,999 do not." in said
    assert "We have not yet checked this figure against its source." in said


@pytest.mark.parametrize(
    ("per_1000", "people", "of"), [(0.1, 1, 10_000), (1, 1, 1_000), (0.02, 2, 100_000), (0.001, 0.1, 100_000)]
)
def test_a_risk_is_said_of_the_smallest_crowd_with_a_whole_person(per_1000: float, people: float, of: int) -> None:
    found = as_people(per_1000)
    assert found[0] == pytest.approx(people)
    assert found[1] == of


def test_somebody_who_has_stopped_reads_until_when_to_look_out() -> None:
    said = text(written("person", "stopped"))
    assert "You have finished treatment with natalizumab; your last dose was on 20 July 2026" in said
    assert "until 20 January 2027" in said
    assert "Your next dose" not in said


def test_only_rules_that_are_there_have_plain_words() -> None:
    assert set(plain_words()) <= {rule.id for rule in RULES}


def test_what_follows_from_a_suspicion_has_no_plain_words() -> None:
    grave = ("PML", "GCN", "HSV", "ARN", "OI", "CAN", "HYP", "CON", "MRI-06", "MRI-07", "LFT-02", "LFT-03", "FBC")
    assert [rule for rule in plain_words() if rule.startswith(grave)] == []


def test_the_talk_shows_every_stage_of_both_columns_and_where_the_person_is() -> None:
    found = written("risk", "high-index")
    said = text(found)
    for stage in ("1 to 12", "13 to 24", "25 to 36", "37 to 48 (now)", "49 to 60", "61 to 72"):
        assert stage in said
    assert "37 to 48 (now) 8 of 1,000 [recalled] 13 7 of 1,000 [recalled] 11" in said
    assert "Antibody-positive, prior immunosuppressant" in said
    assert "azathioprine, 10 October 2016 to 30 April 2019" in said
    assert "a prescriber confirms that the benefit outweighs it" in said


def test_the_talk_has_the_options_with_their_evidence() -> None:
    said = text(written("risk"))
    assert "hazard ratio 0.06, 0.01 to 0.22; or 0.12, 0.05 to 0.29" in said
    assert "2.8 against 2.1 % [recalled]" in said
    assert "10.4 of 100 had a relapse within a year; fingolimod 31.5 of 100" in said
    assert "Zhovtis Ryerson L et al. 2019" in said


def test_without_a_believable_antibody_result_the_talk_says_why_there_is_no_table() -> None:
    said = text(written("risk", "subcutaneous"))
    assert "No table can be given" in said


@pytest.mark.parametrize("name", ["suspected-pml"])
def test_no_talk_about_risk_while_pml_is_suspected(name: str) -> None:
    with pytest.raises(Refusal, match="a suspicion of PML is on record"):
        written("risk", name)


def test_no_talk_about_two_years_before_the_first_dose() -> None:
    with pytest.raises(Refusal, match="no dose of natalizumab is on record"):
        written("risk", "starting")


def test_the_report_has_what_the_record_knows() -> None:
    said = text(written("adverse-event", "reaction"))
    assert "On the day of the last dose; 12 minutes" in said
    for known in ("urticaria, chest tightness, 14 September 2026", "12 minutes after its start", "Grade 2 as recorded"):
        assert known in said
    assert "300 mg ordered, 60 mg given" in said
    assert "14 September 2026, dose number 2" in said
    assert "A.E." in said
    assert "26 years" in said
    assert "79 kg" in said


def test_the_report_invents_nothing() -> None:
    found = written("adverse-event", "reaction")
    open_places = {place.key for place in found.places}
    assert {"batch", "expiry", "outcome", "narrative", "causality", "ethnicity", "serious.0"} <= open_places
    assert "brand" not in open_places
    assert found.body.count('class="tick"') == 8
    assert 'class="tick ticked"' not in found.body
    asked = text(found)
    for section in sections():
        for field in section["field"]:
            assert field["label"] in asked


def test_what_the_writer_adds_stands_where_the_record_was_silent() -> None:
    said = {"batch": "B-123", "outcome": "Recovered", "serious.2": "yes"}
    found = written("adverse-event", "reaction", words=said)
    assert "B-123" in text(found)
    assert "Recovered" in text(found)
    assert found.body.count('class="tick ticked"') == 1


def test_another_event_can_be_reported() -> None:
    chosen = next(e for e in record("suspected-pml").course(ON).of("symptom"))
    assert "clumsy right hand" in text(written("adverse-event", "suspected-pml", events=(chosen.ref,)))


def test_a_symptom_that_had_lasted_began_before_it_was_noted() -> None:
    chosen = next(e for e in record("suspected-pml").course(ON).of("symptom") if e.days)  # type: ignore[attr-defined]
    began = chosen.day - timedelta(days=chosen.days)  # type: ignore[attr-defined]
    said = text(written("adverse-event", "suspected-pml", events=(chosen.ref,)))
    assert f"{day(began)} (noted on {day(chosen.day)})" in said


def test_a_report_needs_something_to_report() -> None:
    with pytest.raises(Refusal, match="no reaction is on record"):
        written("adverse-event")
    with pytest.raises(Refusal, match="nothing that can be reported"):
        written("adverse-event", events=("weight-of-somebody-else",))


def test_an_unknown_kind_and_too_many_words_are_refused() -> None:
    with pytest.raises(Refusal, match="allowed: gp, person, risk, adverse-event"):
        Asked("postcard", ON, "Ada")
    with pytest.raises(Refusal, match="opening: at most 4000 characters"):
        Asked("gp", ON, "Ada", words={"opening": "x" * 4001})


@pytest.mark.parametrize("kind", KINDS)
def test_what_somebody_typed_is_text_and_nothing_else(kind: str) -> None:
    head = ClinicDetails(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    words = dict.fromkeys(("opening", "closing", "plan", "matters", "narrative", "salutation", "batch"), HOSTILE)
    found = written(kind, "reaction", head=head, name=HOSTILE, number=HOSTILE, recipient=HOSTILE, words=words)
    assert "<script" not in found.document
    assert "&lt;script&gt;" in found.body
    assert "{{ 7*7 }}" in found.body


def test_a_letter_says_what_of_the_letterhead_is_missing() -> None:
    found = written("gp", head=ClinicDetails(name="Harbour clinic"))
    assert "(telephone missing)" in found.body
    assert found.missing == (
        "the clinic's address",
        "the clinic's telephone number",
        "whom to call in an emergency, in words",
        "who signs: name and profession",
    )
    assert written("gp").missing == ()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_letter_has_the_same_bytes_and_its_body_can_be_found_again(kind: str) -> None:
    one, two = written(kind, "reaction"), written(kind, "reaction")
    assert one.document == two.document
    assert one.facts_hash == two.facts_hash
    assert body_of(one.document) == one.body


def test_what_it_takes_from_the_record_changes_with_the_record_and_not_with_words() -> None:
    same = written("gp", words={"opening": "Thank you."}, head=ClinicDetails(), recipient="Dr George")
    assert same.facts_hash == written("gp").facts_hash
    assert written("gp", on=date(2026, 10, 1)).facts_hash != written("gp").facts_hash
    assert written("gp", name="Ada Married").facts_hash != written("gp").facts_hash


def test_a_letter_ends_with_its_sources_and_how_well_they_are_known() -> None:
    said = text(written("gp"))
    assert "Where the numbers come from" in said
    assert "Tysabri package leaflet (electronic product information of 2022) [primary]" in said
    assert "[recalled]" in said


def test_the_clinics_words_are_not_taken_for_a_source() -> None:
    assert HEAD.name not in text(written("gp")).split("Where the numbers come from")[1]


@needs_pango
@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("gp", "stable"),
        ("gp", "suspected-pml"),
        ("person", "stable"),
        ("risk", "high-index"),
        ("adverse-event", "reaction"),
    ],
)
def test_a_pdf_is_tagged_the_same_each_time_and_no_longer_than_two_pages(kind: str, name: str) -> None:
    document = written(kind, name).document
    paper = pdf(document)
    assert paper.startswith(b"%PDF-")
    assert paper == pdf(document)
    assert len(laid_out(document).render(pdf_variant="pdf/ua-1").pages) <= 2
    content = laid_out(document).write_pdf(pdf_variant="pdf/ua-1", uncompressed_pdf=True)
    for mark in (b"/MarkInfo", b"/Marked true", b"/StructTreeRoot", b"/Lang (en-GB)", b"pdfuaid:part", b"/H1"):
        assert mark in content
