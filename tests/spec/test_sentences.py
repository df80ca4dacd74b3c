"""Where a sentence says one thing of two, it says the right one: the figure, the day, the drug, the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.spec.spec import Event, Row, Spec, diagnosis, dose, doses, event, jcv, lab, made, mri

from natalizumab.care.shape import PlannedItem, PlannedNote, PlannedReason
from natalizumab.care.waiting import span
from natalizumab.evidence import value

FIRST = dose("2026-01-10")
GIVEN = [FIRST, dose("2026-02-07")]
POSITIVE = jcv("2025-12-01", "positive", 1.2)
STOP = event("stop", "2026-02-10")


def said(rule: str, on: str, events: Sequence[Event], protocol: str = "eu") -> str:
    """Everything that one rule says, a sentence after the other."""
    plan = made(Spec(rule, "", events, []), Row("", on, "", protocol=protocol))
    everything: list[PlannedReason | PlannedItem | PlannedNote] = [*plan.reasons, *plan.items, *plan.notes]
    return " ".join(found.text for found in everything if found.rule == rule)


def symptom(on: str, name: str, **fields: object) -> Event:
    """Something that somebody noticed."""
    return event("symptom", on, name=name, **fields)


def syringes(on: str, **fields: object) -> list[Event]:
    """The two injections of a dose under the skin."""
    return [dose(on, dose_mg=150, route="sc", id=f"{on}-{number}", **fields) for number in (1, 2)]


def alt(on: str, number: float, limit: float | None = 40) -> Event:
    """A liver test, with the laboratory's limit unless it is not known."""
    known: dict[str, Any] = {} if limit is None else {"upper_limit": limit}
    return lab(on, "ALT", number, **known)


LATELY = [*GIVEN, dose("2026-06-05")]
RELAPSE = event("relapse", "2026-02-15")
DARK = [mri("2026-05-20", new_t2=0, gd=0), mri("2026-07-01", new_t2=1, gd=1, suspicious_for_pml=True)]
CLEAR = diagnosis("2026-07-20", "PML", "excluded")
CHECKED = event("selfcheck", "2026-02-19", answers={"breast": "no"})
SCAN, ANTIBODIES = "a full MRI within 3 months", "a test for antibodies against natalizumab"
BLOODS = "a full blood count with liver tests"
TESTED = [
    event("antibody", "2026-07-01", result="negative"),
    lab("2026-07-01", "ALT", 20, upper_limit=40),
    lab("2026-07-01", "lymphocytes", 3.0, "10*9/L"),
]

SENTENCES: list[tuple[str, str, list[Event], str]] = [
    # rule, date, events, what must be said
    ("BAS-05", "2026-01-05", [event("form", "2026-01-02", name="initiation form")], "Alert card not given before"),
    ("BAS-05", "2026-01-05", [event("form", "2026-01-02", name="alert card")], "Initiation form not signed before"),
    ("JCV-05", "2026-02-10", [*GIVEN, jcv("2026-02-09", "positive", None, "House test")], "by House test: the PML"),
    (
        "JCV-06",
        "2026-02-10",
        [*GIVEN, jcv("2026-01-05", "negative"), jcv("2026-02-09", "positive", 1.7)],
        "changed from negative to an index above 1.5: repeat it",
    ),
    (
        "DOS-01",
        "2026-02-10",
        [FIRST, dose("2026-02-07", given_mg=600)],
        "600 mg given on 2026-02-07: the dose is 300 mg.",
    ),
    ("DOS-01", "2026-02-10", [FIRST, dose("2026-02-07", dose_mg=600, given_mg=300)], "600 mg given on 2026-02-07"),
    ("DOS-01", "2026-02-10", [FIRST, dose("2026-03-07", dose_mg=150, planned=True)], "150 mg planned for 2026-03-07"),
    (
        "DOS-01",
        "2026-02-10",
        [FIRST, dose("2026-02-07", dose_mg=150, route="sc")],
        "150 mg given on 2026-02-07: the dose is 300 mg, as two injections of 150 mg.",
    ),
    ("DOS-05", "2026-03-08", GIVEN, "The dose is 1 day late"),
    ("DOS-05", "2026-03-09", GIVEN, "The dose is 2 days late"),
    (
        "DOS-06",
        "2026-06-01",
        [event("earlier_treatment", "2026-01-05", first_dose="2025-12-01"), FIRST],
        "A number of doses that nobody knows, and then none for 3 months",
    ),
    ("DOS-06", "2026-06-01", GIVEN, "Doses given: 2, and then none for 3 months"),
    (
        "DOS-09",
        "2026-06-01",
        GIVEN,
        "Anti-natalizumab antibody test before a restart. MRI before a restart. Blood tests",
    ),
    (
        "RSK-03",
        "2026-02-10",
        [*GIVEN, event("interval", "2026-02-08", weeks=6)],
        (
            "less often, by 94 % (hazard ratio 0.06, 0.01 to 0.22) or 88 % (hazard ratio 0.12, 0.05 to 0.29) depending "
            "on the definition"
        ),
    ),
    (
        "NAB-01",
        "2026-05-12",
        [*doses("2026-01-10", 5), event("relapse", "2026-05-10")],
        ": relapse of 2026-05-10 despite",
    ),
    (
        "NAB-01",
        "2026-05-12",
        [*doses("2026-01-10", 5), mri("2026-05-10", gd=1)],
        ": active scan of 2026-05-10 despite treatment",
    ),
    (
        "NAB-02",
        "2026-03-16",
        [*doses("2026-01-10", 3), event("antibody", "2026-02-01", result="positive")],
        "Overdue by 1 day (due 2026-03-15): Repeat the antibody test",
    ),
    (
        "JCV-01",
        "2026-07-17",
        [
            *doses("2026-01-10", 7),
            jcv("2026-01-05", "negative"),
            event("procedure", "2026-07-01", name="plasma exchange"),
        ],
        "Overdue by 2 days (due 2026-07-05, possible from 2026-07-15): The last JC virus antibody test was negative",
    ),
    (
        "OBS-02",
        "2026-02-10",
        [*GIVEN, dose("2026-03-07", place="home", planned=True)],
        "The dose of 2026-03-07 outside the clinic: only injections under the skin",
    ),
    (
        "OBS-02",
        "2026-02-10",
        [*syringes("2026-01-10"), *syringes("2026-02-07"), *syringes("2026-03-07", place="home", planned=True)],
        "only after 6 tolerated injections, the last one included; on record are 2.",
    ),
    ("MRI-01", "2026-07-11", doses("2026-01-10", 7), "Overdue by 1 day (due 2026-07-10): Full rebaseline MRI"),
    ("MRI-01", "2026-07-12", doses("2026-01-10", 7), "Overdue by 2 days (due 2026-07-10): Full rebaseline MRI"),
    ("ARN-01", "2026-02-20", [*GIVEN, symptom("2026-02-20", "red eye")], "Red eye, noted on 2026-02-20: think of"),
    (
        "OI-02",
        "2026-02-20",
        [*GIVEN, diagnosis("2026-02-19", "PCP", "suspected")],
        "PCP is suspected: no dose until it is",
    ),
    ("OI-02", "2026-02-20", [*GIVEN, diagnosis("2026-02-19", "PCP", "history")], "PCP is on record as past"),
    (
        "OI-02",
        "2026-02-20",
        [*GIVEN, event("serology", "2026-02-19", test="cryptosporidium", result="positive")],
        "confirmed or excluded. No dose before that; tell the prescriber today.",
    ),
    (
        "HYP-01",
        "2026-02-08",
        [*GIVEN, event("reaction", "2026-02-07", features=["hives", "wheeze"])],
        "Hypersensitivity on 2026-02-07 (hives, wheeze): stopped for good",
    ),
    (
        "HYP-01",
        "2026-02-08",
        [*GIVEN, event("reaction", "2026-02-07", features=[], hypersensitivity=True)],
        "Hypersensitivity on 2026-02-07 (no features given): stopped for good",
    ),
    ("LFT-03", "2026-02-20", [*GIVEN, alt("2026-02-19", 150)], "The highest was grade 2."),
    ("LFT-03", "2026-02-20", [*GIVEN, alt("2026-02-19", 201)], "The highest was grade 3."),
    ("LFT-03", "2026-02-20", [*GIVEN, alt("2026-02-19", 801)], "The highest was grade 4."),
    (
        "LFT-03",
        "2026-02-20",
        [*GIVEN, alt("2026-02-19", 100, None)],
        "The laboratory's upper limit is missing: enter it.",
    ),
    (
        "LFT-03",
        "2026-02-20",
        [*GIVEN, alt("2026-02-18", 150), alt("2026-02-19", 300, None)],
        "The laboratory's upper limit is missing: enter it.",
    ),
    (
        "FBC-02",
        "2026-02-20",
        [*GIVEN, lab("2026-02-19", "lymphocytes", 2, "cells per field")],
        "the unit is not known here, so it can't be judged. Enter it as 10*9/L.",
    ),
    (
        "FBC-02",
        "2026-02-20",
        [*GIVEN, lab("2026-02-19", "lymphocytes", 0.7, "10*9/L")],
        "0.7 10*9/L on 2026-02-19: low.",
    ),
    (
        "SWI-05",
        "2026-02-20",
        [
            *GIVEN,
            event("therapy", "2015-01-01", name="azathioprine", until="2016-01-01"),
            event("therapy", "2017-01-01", name="azathioprine", until="2018-01-01"),
            event("therapy", "2019-01-01", name="Mavenclad", until="2019-02-01"),
        ],
        "azathioprine: a prior immunosuppressant, for ever. Mavenclad: no table says whether it counts",
    ),
    (
        "SWI-02",
        "2026-01-05",
        [event("therapy", "2024-01-01", name="Gilenya", until="2025-12-20")],
        "Gilenya until 2025-12-20: 1 to 2 months, and then",
    ),
    (
        "SWI-03",
        "2026-01-05",
        [event("therapy", "2024-01-01", name="Aubagio", until="2025-12-20")],
        "Aubagio until 2025-12-20: 3.5 months;",
    ),
    (
        "REC-08",
        "2026-02-20",
        [*GIVEN, *(event("concentration", day, mg_per_l=20) for day in ("2026-01-10", "2026-02-07"))],
        "drawn before that day's dose: 2026-01-10, 2026-02-07.",
    ),
    (
        "ACT-01",
        "2026-08-01",
        [FIRST, mri("2026-04-10", new_t2=0), mri("2026-06-01", new_t2=0), mri("2026-07-01", gd=0), mri("2026-07-20")],
        "(last scan 2026-07-01)",
    ),
    (
        "ACT-01",
        "2026-08-01",
        [FIRST, mri("2026-04-10", new_t2=0), mri("2026-06-01", gd=0), mri("2026-07-01", new_t2=0)],
        "(last scan 2026-07-01)",
    ),
    ("PML-04", "2026-02-20", [*GIVEN, POSITIVE, RELAPSE], "Relapse of 2026-02-15, JC virus antibodies: think of PML"),
    ("PML-04", "2026-02-20", [*GIVEN, RELAPSE], "Relapse of 2026-02-15, JC virus antibody status not known: think of"),
    ("NAB-01", "2026-08-01", [*LATELY, *DARK], "active scan of 2026-07-01 despite treatment (suspected of PML: settle"),
    (
        "NAB-01",
        "2026-08-01",
        [*LATELY, *DARK, CLEAR],
        "now, not only with the next dose: active scan of 2026-07-01 desp",
    ),
    ("NAB-01", "2026-08-01", [*LATELY, *DARK, CLEAR], "active scan of 2026-07-01 despite treatment."),
    ("REV-03", "2026-08-01", [*LATELY, *DARK], "(2026-07-01 (a scan suspected of PML: settle that first)): review"),
    ("REV-03", "2026-08-01", [*LATELY, *DARK, CLEAR], "Disease activity despite treatment (2026-07-01): review"),
    ("ACT-01", "2026-08-01", [*GIVEN, *DARK], "The scan of 2026-07-01 is suspected of PML: what it shows may be no"),
    (
        "RSK-01",
        "2026-08-01",
        [*GIVEN, POSITIVE, *DARK],
        "PML is suspected: this figure does not apply until it is exclud",
    ),
    ("DOS-07", "2026-08-07", GIVEN, f"again. Missing so far: {SCAN}, {ANTIBODIES}, {BLOODS}."),
    ("DOS-07", "2026-08-07", [*GIVEN, mri("2026-05-07")], f"again. Missing so far: {ANTIBODIES}, {BLOODS}."),
    ("DOS-07", "2026-08-07", [*GIVEN, mri("2026-05-06")], f"Missing so far: {SCAN}, {ANTIBODIES}, {BLOODS}."),
    ("DOS-07", "2026-08-07", [*GIVEN, *TESTED[:2]], f"Missing so far: {SCAN}, {BLOODS}."),
    ("DOS-07", "2026-08-07", [*GIVEN, *TESTED], f"Missing so far: {SCAN}."),
    ("EDU-01", "2026-02-20", GIVEN, "Monthly breast check (self-check); none is on record."),
    ("EDU-01", "2026-02-20", [*GIVEN, CHECKED], "Monthly breast check (self-check)."),
]


@pytest.mark.parametrize(
    ("rule", "events", "words"),
    [
        ("ACT-01", [*DARK, CLEAR], "suspected of PML"),
        ("RSK-01", [POSITIVE, *DARK, CLEAR], "PML is suspected"),
        ("RSK-01", [POSITIVE], "PML is suspected"),
        ("DOS-07", [*TESTED, mri("2026-07-01")], "Missing so far"),
        ("EDU-01", [CHECKED], "none is on record"),
    ],
)
def test_a_sentence_leaves_out_what_is_not_so(rule: str, events: list[Event], words: str) -> None:
    found = said(rule, "2026-08-07", [*GIVEN, *events])
    assert found
    assert words not in found


@pytest.mark.parametrize(("rule", "on", "events", "words"), SENTENCES, ids=[f"{row[0]}: {row[3]}" for row in SENTENCES])
def test_a_sentence_says_which_of_two_it_is(rule: str, on: str, events: list[Event], words: str) -> None:
    assert words in said(rule, on, events)


@pytest.mark.parametrize(
    ("results", "words"),
    [([POSITIVE], "index not above the upper cut-off"), ([jcv("2025-12-01", "positive")], "index not known")],
)
def test_why_a_positive_test_is_repeated_is_said_with_what_is_known_of_its_index(
    results: list[Event], words: str
) -> None:
    assert f"{words}: repeat the test." in said("JCV-03", "2026-02-10", [*GIVEN, *results], "uk")


def test_early_in_a_pregnancy_nothing_is_said_of_its_weeks() -> None:
    pregnant = event("pregnancy", "2026-02-08", gestation_weeks=8)
    assert said("CON-07", "2026-02-10", [*GIVEN, pregnant]).endswith("tell the obstetric team.")


def test_a_result_with_its_limit_asks_for_no_limit() -> None:
    assert "limit is missing" not in said("LFT-03", "2026-02-20", [*GIVEN, alt("2026-02-19", 150)])


def test_a_result_that_is_not_plain_asks_for_the_diagnosis_and_holds_nothing() -> None:
    text = said(
        "OI-02", "2026-02-20", [*GIVEN, event("serology", "2026-02-19", test="cryptosporidium", result="pending")]
    )
    assert text.endswith("enter the diagnosis, confirmed or excluded.")


@pytest.mark.parametrize(
    ("numbers", "unit", "words"),
    [
        (1, "month", "1 month"),
        (2, "month", "2 months"),
        ([1, 2], "week", "1 to 2 weeks"),
        (3.5, "month", "3.5 months"),
        (0, "day", "no wait"),
    ],
)
def test_a_wait_is_said_in_its_own_unit(numbers: float | list[float], unit: str, words: str) -> None:
    assert span(replace(value("switching.to.fingolimod"), value=numbers, unit=unit)) == words
