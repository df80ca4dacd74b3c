"""Contraindications that rest on one fact: age, PML, hypersensitivity."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, event, withdrawn

PML = diagnosis("2026-05-04", "PML", id="pml")
ALLERGY = event("allergy", "2026-05-04", substance="natalizumab", id="allergy")
HIVES = event("reaction", "2026-05-04", features=["urticaria"], id="hives")

SPECS = [
    Spec(
        "CON-01",
        "born on 2008-11-02",
        [],
        [
            Row("the day before the 18th birthday", "2026-11-01", "hold(until 2026-11-02)"),
            Row("the 18th birthday", "2026-11-02", "-"),
            Row("the day after", "2026-11-03", "-"),
            Row("the day before, in the United Kingdom", "2026-11-01", "hold(until 2026-11-02)", protocol="uk"),
            Row("the day before, in the United States", "2026-11-01", "hold(until 2026-11-02)", protocol="us"),
            Row("the day before, doses already given", "2026-11-01", "hold(until 2026-11-02)", [dose("2026-09-01")]),
        ],
        born="2008-11-02",
    ),
    Spec(
        "CON-01",
        "born on 29 February 2008: the birthday falls on the last day of February",
        [],
        [
            Row("the day before", "2026-02-27", "hold(until 2026-02-28)"),
            Row("the last day of February", "2026-02-28", "-"),
            Row("the day after", "2026-03-01", "-"),
        ],
        born="2008-02-29",
    ),
    Spec(
        "CON-01",
        "date of birth unknown",
        [],
        [
            Row("any day", "2026-11-02", "confirm"),
            Row("age confirmed on that day", "2026-11-02", "note", [answered("2026-11-02", "CON-01", "acknowledged")]),
            Row("28 days after the answer", "2026-11-30", "note", [answered("2026-11-02", "CON-01", "acknowledged")]),
            Row("29 days after", "2026-12-01", "confirm", [answered("2026-11-02", "CON-01", "acknowledged")]),
        ],
        born=None,
    ),
    Spec(
        "CON-02",
        "nothing else",
        [],
        [
            Row("the day before PML is confirmed", "2026-05-03", "-", [PML]),
            Row("the day", "2026-05-04", "stop", [PML]),
            Row("the day after", "2026-05-05", "stop", [PML]),
            Row("ten years later", "2036-05-04", "stop", [PML]),
            Row("the day, in the United Kingdom", "2026-05-04", "stop", [PML], "uk"),
            Row("the day, in the United States", "2026-05-04", "stop", [PML], "us"),
            Row(
                "written out",
                "2026-05-04",
                "stop",
                [diagnosis("2026-05-04", "Progressive Multifocal Leukoencephalopathy")],
            ),
            Row("PML in the past", "2026-05-04", "stop", [diagnosis("2026-05-04", "PML", "history")]),
            Row("only suspected (that is PML-01)", "2026-05-04", "-", [diagnosis("2026-05-04", "PML", "suspected")]),
            Row("excluded", "2026-05-04", "-", [diagnosis("2026-05-04", "PML", "excluded")]),
            Row(
                "confirmed, later 'excluded': only a correction ends a stop",
                "2026-06-01",
                "stop",
                [PML, diagnosis("2026-06-01", "PML", "excluded")],
            ),
            Row("entered in error and withdrawn", "2026-05-05", "-", [PML, withdrawn("2026-05-05", "pml")]),
            Row(
                "corrected to a migraine",
                "2026-05-05",
                "-",
                [PML, diagnosis("2026-05-04", "migraine", corrects="pml", id="right")],
            ),
            Row(
                "released by a prescriber: not possible",
                "2026-05-05",
                "stop",
                [PML, answered("2026-05-05", "CON-02", "released", "pml")],
            ),
            Row("after natalizumab was stopped", "2026-06-01", "stop", [PML, event("stop", "2026-05-04")]),
            Row("another diagnosis", "2026-05-04", "-", [diagnosis("2026-05-04", "multiple sclerosis")]),
        ],
    ),
    Spec(
        "CON-03",
        "nothing else",
        [],
        [
            Row("the day before the allergy is known", "2026-05-03", "-", [ALLERGY]),
            Row("the day", "2026-05-04", "stop", [ALLERGY]),
            Row("the day after", "2026-05-05", "stop", [ALLERGY]),
            Row("ten years later", "2036-05-04", "stop", [ALLERGY]),
            Row("in the United Kingdom", "2026-05-04", "stop", [ALLERGY], "uk"),
            Row("in the United States", "2026-05-04", "stop", [ALLERGY], "us"),
            Row("by a brand name", "2026-05-04", "stop", [event("allergy", "2026-05-04", substance="TYSABRI")]),
            Row(
                "in the past",
                "2026-05-04",
                "stop",
                [event("allergy", "2026-05-04", substance="Tyruko", status="history")],
            ),
            Row(
                "excluded",
                "2026-05-04",
                "-",
                [event("allergy", "2026-05-04", substance="natalizumab", status="excluded")],
            ),
            Row(
                "only suspected",
                "2026-05-04",
                "hold",
                [event("allergy", "2026-05-04", substance="natalizumab", status="suspected")],
            ),
            Row(
                "suspected, then excluded",
                "2026-05-20",
                "-",
                [
                    event("allergy", "2026-05-04", substance="natalizumab", status="suspected"),
                    event("allergy", "2026-05-20", substance="natalizumab", status="excluded"),
                ],
            ),
            Row(
                "to its excipient polysorbate 80",
                "2026-05-04",
                "stop",
                [event("allergy", "2026-05-04", substance="Tween 80")],
            ),
            Row("hives after a dose", "2026-05-05", "stop", [HIVES]),
            Row("headache after a dose", "2026-05-05", "-", [event("reaction", "2026-05-04", features=["headache"])]),
            Row("to penicillin", "2026-05-04", "-", [event("allergy", "2026-05-04", substance="penicillin")]),
            Row("withdrawn", "2026-05-05", "-", [ALLERGY, withdrawn("2026-05-05", "allergy")]),
            Row(
                "released by a prescriber: not possible",
                "2026-05-05",
                "stop",
                [ALLERGY, answered("2026-05-05", "CON-03", "released", "allergy")],
            ),
        ],
    ),
    Spec(
        "HYP-01",
        "one dose on 2026-05-04",
        [dose("2026-05-04")],
        [
            Row("the day before", "2026-05-03", "-", [HIVES]),
            Row("hives on the day of the dose", "2026-05-04", "stop, due 2026-05-04", [HIVES]),
            Row("the day after", "2026-05-05", "stop, overdue 2026-05-04 +1", [HIVES]),
            Row("ten years later", "2036-05-04", "stop", [HIVES, event("antibody", "2026-05-20", result="negative")]),
            Row("in the United Kingdom", "2026-05-05", "stop, overdue 2026-05-04 +1", [HIVES], "uk"),
            Row("in the United States", "2026-05-05", "stop, overdue 2026-05-04 +1", [HIVES], "us"),
            *[
                Row(
                    f"{feature}",
                    "2026-05-05",
                    "stop, overdue 2026-05-04 +1",
                    [event("reaction", "2026-05-04", features=[feature])],
                )
                for feature in ("wheeze", "angioedema", "hypotension", "anaphylactic shock")
            ],
            Row(
                "hives of the lowest grade",
                "2026-05-05",
                "stop, overdue 2026-05-04 +1",
                [event("reaction", "2026-05-04", features=["hives"], grade=1)],
            ),
            Row("headache alone", "2026-05-05", "-", [event("reaction", "2026-05-04", features=["headache"], grade=2)]),
            Row(
                "headache, nausea and dizziness, called hypersensitivity by the clinician",
                "2026-05-05",
                "stop, overdue 2026-05-04 +1",
                [event("reaction", "2026-05-04", features=["headache", "nausea", "dizziness"], hypersensitivity=True)],
            ),
            Row(
                "a feature nobody knows (that is REC-02)",
                "2026-05-05",
                "-",
                [event("reaction", "2026-05-04", features=["blue ears"])],
            ),
            Row("withdrawn", "2026-05-05", "-", [HIVES, withdrawn("2026-05-05", "hives")]),
            Row(
                "antibodies tested on the day",
                "2026-05-05",
                "stop",
                [HIVES, event("antibody", "2026-05-04", result="negative")],
            ),
            Row(
                "called no hypersensitivity by the clinician",
                "2026-05-05",
                "confirm",
                [event("reaction", "2026-05-04", features=["hives"], hypersensitivity=False)],
            ),
            Row(
                "tightness in the chest alone: nobody said what it was",
                "2026-05-05",
                "confirm",
                [event("reaction", "2026-05-04", features=["chest tightness"])],
            ),
            Row(
                "tightness in the chest within two hours",
                "2026-05-05",
                "confirm",
                [event("reaction", "2026-05-04", features=["chest tightness"], minutes=120)],
            ),
            Row(
                "serum sickness a week later",
                "2026-05-12",
                "confirm",
                [event("reaction", "2026-05-11", features=["serum sickness"], minutes=10080)],
            ),
            Row(
                "tightness in the chest, called no hypersensitivity by the clinician",
                "2026-05-05",
                "-",
                [event("reaction", "2026-05-04", features=["chest tightness"], hypersensitivity=False)],
            ),
            Row(
                "headache of grade 3",
                "2026-05-05",
                "confirm",
                [event("reaction", "2026-05-04", features=["headache"], grade=3)],
            ),
            Row(
                "released by a prescriber: not possible",
                "2026-05-05",
                "stop, overdue 2026-05-04 +1",
                [HIVES, answered("2026-05-05", "HYP-01", "released", "hives")],
            ),
            Row(
                "after natalizumab was stopped",
                "2026-06-01",
                "stop, overdue 2026-05-04 +28",
                [HIVES, event("stop", "2026-05-04")],
            ),
        ],
    ),
]
