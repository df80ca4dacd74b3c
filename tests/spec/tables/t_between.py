"""What stands between two rows of other tables: days that coincide, entries that only look alike, a second opinion."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, diagnosis, dose, event, jcv, lab, mri

STARTED = dose("2026-01-10")
POSITIVE = jcv("2026-01-05", "positive", 1.7)


def therapy(name: str, on: str, **fields: str) -> Event:
    """A drug."""
    return event("therapy", on, name=name, **fields)


def ended(on: str, status: str) -> Event:
    """Follow-up here has ended."""
    return event("followup", on, status=status, id="end")


SPECS = [
    Spec(
        "CON-05",
        "one dose on 2026-01-10; prednisolone from 2026-01-12",
        [STARTED],
        [
            Row("a course of 28 days", "2026-01-20", "-", [therapy("prednisolone", "2026-01-12", until="2026-02-09")]),
            Row("a day more", "2026-01-20", "hold", [therapy("prednisolone", "2026-01-12", until="2026-02-10")]),
        ],
    ),
    Spec(
        "CON-09",
        "a vaccine planned for 2026-03-01",
        [],
        [
            Row(
                "the initiation form is signed: it is decided",
                "2026-01-05",
                "hold(order)",
                [
                    event("form", "2026-01-03", name="initiation form"),
                    event("vaccine", "2026-03-01", name="MMR", planned=True),
                ],
            ),
            Row(
                "name of a dead one, code of a live one: the graver counts",
                "2026-01-15",
                "hold(order)",
                [STARTED, event("vaccine", "2026-03-01", name="hepatitis B vaccine", cvx="03", planned=True)],
            ),
            Row(
                "name of a dead one, code that nobody knows: asked",
                "2026-01-15",
                "confirm(order)",
                [STARTED, event("vaccine", "2026-03-01", name="hepatitis B vaccine", cvx="999", planned=True)],
            ),
        ],
    ),
    Spec(
        "ELI-01",
        "two relapses within the year, before a first dose",
        [event("relapse", "2025-06-01"), event("relapse", "2025-10-01")],
        [
            Row("new lesions, none enhancing", "2026-01-05", "-", [mri("2025-12-01", new_t2=2, gd=0)]),
            Row("an enhancing lesion, none new", "2026-01-05", "-", [mri("2025-12-01", new_t2=0, gd=1)]),
            Row("neither", "2026-01-05", "confirm", [mri("2025-12-01", new_t2=0, gd=0)]),
        ],
    ),
    Spec(
        "BAS-02",
        "before a first dose",
        [],
        [
            Row(
                "two doses are planned: by the first of them",
                "2026-01-05",
                "confirm, due 2026-01-10",
                [dose("2026-01-10", planned=True), dose("2026-02-07", planned=True)],
            ),
        ],
    ),
    Spec(
        "BAS-04",
        "a first dose planned for 2026-01-10",
        [dose("2026-01-10", planned=True)],
        [
            Row("AST alone", "2026-01-05", "-", [lab("2026-01-02", "AST", 20)]),
            Row("ALT alone", "2026-01-05", "-", [lab("2026-01-02", "ALT", 20)]),
            Row(
                "bilirubin alone",
                "2026-01-05",
                "confirm, due 2026-01-10",
                [lab("2026-01-02", "bilirubin", 9, "umol/L")],
            ),
        ],
    ),
    Spec(
        "JCV-07",
        "first dose on 2026-01-10; immunoglobulins as a drug from 2026-02-01",
        [STARTED],
        [
            Row(
                "they go on: six months from today",
                "2026-02-20",
                "hold(order, until 2026-08-20)",
                [therapy("IVIg", "2026-02-01"), jcv("2026-03-14", "negative", planned=True)],
            ),
            Row(
                "they ended: six months from their last day",
                "2026-02-20",
                "hold(order, until 2026-08-10)",
                [therapy("IVIg", "2026-02-01", until="2026-02-10"), jcv("2026-03-14", "negative", planned=True)],
            ),
            Row(
                "planned for the day of the sample",
                "2026-02-20",
                "hold(order, until 2026-03-28)",
                [
                    event("procedure", "2026-03-14", name="plasma exchange", planned=True),
                    jcv("2026-03-14", "negative", planned=True),
                ],
            ),
            Row(
                "planned for the day after the sample",
                "2026-02-20",
                "-",
                [
                    event("procedure", "2026-03-15", name="plasma exchange", planned=True),
                    jcv("2026-03-14", "negative", planned=True),
                ],
            ),
        ],
    ),
    Spec(
        "LFT-01",
        "first dose on 2026-01-10: the first year ends on 2027-01-10",
        [STARTED],
        [
            Row(
                "90 days later still lie in the year",
                "2026-11-01",
                "upcoming 2027-01-09",
                [lab("2026-10-11", "ALT", 20)],
            ),
            Row("90 days later the year is over", "2026-11-01", "upcoming 2027-04-10", [lab("2026-10-12", "ALT", 20)]),
        ],
    ),
    Spec(
        "LFT-02",
        "first dose on 2026-01-10; yellow skin on 2026-03-01, over the next day: stopped, and the liver is tested",
        [STARTED, event("symptom", "2026-03-01", name="jaundice", ended="2026-03-02", id="yellow")],
        [
            Row(
                "liver tests of the same day",
                "2026-03-05",
                "stop",
                [lab("2026-03-01", "ALT", 20, upper_limit=40)],
            ),
            Row(
                "liver tests of the day before answer nothing",
                "2026-03-05",
                "stop, overdue 2026-03-01 +4",
                [lab("2026-02-28", "ALT", 20, upper_limit=40)],
            ),
        ],
    ),
    Spec(
        "FBC-01",
        "one dose on 2026-04-20; bruises on 2026-05-04",
        [dose("2026-04-20"), event("symptom", "2026-05-04", name="bruises")],
        [
            Row(
                "platelets counted the day before do not answer",
                "2026-05-04",
                "confirm, due 2026-05-04",
                [lab("2026-05-03", "platelets", 150, "10*9/L")],
            ),
            Row(
                "lymphocytes counted since do not answer",
                "2026-05-04",
                "confirm, due 2026-05-04",
                [lab("2026-05-04", "lymphocytes", 2, "10*9/L")],
            ),
            Row(
                "one count enough, a later one low",
                "2026-05-06",
                "hold, confirm",
                [lab("2026-05-04", "platelets", 150, "10*9/L"), lab("2026-05-06", "platelets", 90, "10*9/L")],
            ),
        ],
    ),
    Spec(
        "HYP-01",
        "two doses, the last on 2026-02-07",
        [STARTED, dose("2026-02-07")],
        [
            Row(
                "hives, recorded as no hypersensitivity: somebody decides",
                "2026-02-08",
                "confirm",
                [event("reaction", "2026-02-07", features=["urticaria"], hypersensitivity=False)],
            ),
        ],
    ),
    Spec(
        "CON-03",
        "one dose on 2026-01-10",
        [STARTED],
        [
            Row(
                "allergy to the drug, confirmed as a diagnosis",
                "2026-01-20",
                "stop",
                [diagnosis("2026-01-15", "Tysabri allergy", status="confirmed")],
            ),
        ],
    ),
    Spec(
        "CON-06",
        "one dose on 2026-01-10",
        [STARTED],
        [
            Row(
                "confirmed, then called history",
                "2026-03-01",
                "-",
                [diagnosis("2026-01-15", "breast cancer"), diagnosis("2026-02-20", "breast cancer", status="history")],
            ),
            Row(
                "suspected, then excluded",
                "2026-03-01",
                "-",
                [
                    diagnosis("2026-01-15", "breast cancer", status="suspected"),
                    diagnosis("2026-02-20", "breast cancer", status="excluded"),
                ],
            ),
        ],
    ),
    Spec(
        "NAB-01",
        "doses on 2026-01-10, 2026-02-07 and 2026-03-07; relapses on 2026-05-10 and 2026-06-10",
        [
            STARTED,
            dose("2026-02-07"),
            dose("2026-03-07"),
            event("relapse", "2026-05-10"),
            event("relapse", "2026-06-10"),
        ],
        [
            Row("due since the first of them", "2026-05-12", "confirm, overdue 2026-05-10 +2"),
            Row("after both, since the first", "2026-06-12", "confirm, overdue 2026-05-10 +33"),
        ],
    ),
    Spec(
        "RSK-01",
        "antibody-positive; first dose on 2026-01-10",
        [POSITIVE, STARTED],
        [
            Row(
                "azathioprine before: it counts",
                "2026-03-01",
                "note",
                [therapy("azathioprine", "2024-01-01", until="2025-01-01")],
            ),
            Row(
                "cladribine before: no table says, so that is said too",
                "2026-03-01",
                "note, note",
                [therapy("cladribine", "2024-01-01", until="2024-02-01")],
            ),
        ],
    ),
    Spec(
        "REC-01",
        "follow-up here ended on 2026-02-01",
        [STARTED],
        [
            Row(
                "transferred, and a dose the same day",
                "2026-02-03",
                "confirm",
                [ended("2026-02-01", "transferred"), dose("2026-02-01")],
            ),
            Row(
                "transferred, and a dose the day after",
                "2026-02-03",
                "-",
                [ended("2026-02-01", "transferred"), dose("2026-02-02")],
            ),
            Row(
                "died: a dose entered for later changes nothing",
                "2026-02-03",
                "stop",
                [ended("2026-02-01", "died"), dose("2026-02-02")],
            ),
        ],
    ),
    Spec(
        "REC-02",
        "one dose on 2026-01-10",
        [STARTED],
        [
            Row(
                "a vaccine nobody knows by name, with its code",
                "2026-02-02",
                "-",
                [event("vaccine", "2026-02-01", name="blue vaccine", cvx="03")],
            ),
            Row(
                "the same without a code",
                "2026-02-02",
                "confirm",
                [event("vaccine", "2026-02-01", name="blue vaccine")],
            ),
            Row(
                "a drug entered as a procedure",
                "2026-02-02",
                "-",
                [event("procedure", "2026-02-01", name="alemtuzumab")],
            ),
        ],
    ),
    Spec(
        "SWI-05",
        "first dose on 2026-01-10",
        [STARTED],
        [Row("azathioprine before", "2026-03-01", "note", [therapy("azathioprine", "2024-01-01", until="2025-01-01")])],
    ),
    Spec(
        "INF-01",
        "a chest infection on 2026-01-15, after the dose of 2026-01-10",
        [STARTED, diagnosis("2026-01-15", "chest infection")],
        [
            Row("the day before", "2026-01-14", "-"),
            Row("the day", "2026-01-15", "confirm"),
            Row("the day after", "2026-01-16", "confirm"),
            Row("after the next dose", "2026-02-08", "-", [dose("2026-02-07")]),
        ],
    ),
    Spec(
        "ACT-04",
        "fatigue scored at the start and on 2026-07-01",
        [
            STARTED,
            event("fatigue", "2026-01-10", scale="FSMC", score=50),
            event("fatigue", "2026-07-01", scale="FSMC", score=42),
        ],
        [
            Row("the day before the second score", "2026-06-30", "-"),
            Row("the day", "2026-07-01", "note"),
            Row("the day after", "2026-07-02", "note"),
        ],
    ),
    Spec(
        "REC-09",
        "a decision of 2026-01-20 about no rule there is",
        [
            STARTED,
            event("decision", "2026-01-20", rule="XXX-01", choice="acknowledged", answers=["last"], by="prescriber"),
        ],
        [
            Row("the day before", "2026-01-19", "-"),
            Row("the day", "2026-01-20", "note"),
            Row("the day after", "2026-01-21", "note"),
        ],
    ),
]
