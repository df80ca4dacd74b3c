"""What the record itself makes somebody look at. These rules are ours."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, event, jcv, withdrawn

BLUE = diagnosis("2026-02-01", "blue ears", id="blue")
FOREIGN = event("unmapped", "2026-02-01", source="another hospital", label="JCV-Ak", id="foreign")


def ended(status: str) -> dict[str, object]:
    """The end of follow-up on 2026-02-01."""
    return event("followup", "2026-02-01", status=status, id="end")


SPECS = [
    Spec(
        "REC-01",
        "one dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("the day before the person died", "2026-01-31", "-", [ended("died")]),
            Row("the day the person died", "2026-02-01", "stop", [ended("died")]),
            Row("the day after", "2026-02-02", "stop", [ended("died")]),
            Row("moved to another clinic", "2026-02-01", "confirm", [ended("transferred")]),
            Row("lost from sight", "2026-02-01", "confirm", [ended("lost")]),
            Row("lost, in the United Kingdom", "2026-02-01", "confirm", [ended("lost")], "uk"),
            Row("died, in the United States", "2026-02-01", "stop", [ended("died")], "us"),
            Row(
                "entered for the wrong person and withdrawn",
                "2026-02-02",
                "-",
                [ended("died"), withdrawn("2026-02-02", "end")],
            ),
            Row(
                "lost, acknowledged",
                "2026-02-02",
                "note",
                [ended("lost"), answered("2026-02-02", "REC-01", "acknowledged", "end")],
            ),
        ],
    ),
    Spec(
        "REC-02",
        "one dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("the day before the diagnosis 'blue ears'", "2026-01-31", "-", [BLUE]),
            Row("the day", "2026-02-01", "confirm", [BLUE]),
            Row("the day after", "2026-02-02", "confirm", [BLUE]),
            Row("in the United Kingdom", "2026-02-01", "confirm", [BLUE], "uk"),
            Row("in the United States", "2026-02-01", "confirm", [BLUE], "us"),
            Row("a drug nobody knows", "2026-02-02", "confirm", [event("therapy", "2026-02-01", name="bluearicin")]),
            Row("a symptom nobody knows", "2026-02-02", "confirm", [event("symptom", "2026-02-01", name="blue ears")]),
            Row(
                "a procedure nobody knows", "2026-02-02", "confirm", [event("procedure", "2026-02-01", name="blueing")]
            ),
            Row(
                "a feature of a reaction nobody knows",
                "2026-02-02",
                "confirm",
                [event("reaction", "2026-02-01", features=["blue ears"])],
            ),
            Row(
                "a known name in capitals, with a hyphen",
                "2026-02-02",
                "-",
                [diagnosis("2026-02-01", "MULTIPLE-SCLEROSIS")],
            ),
            Row("a known name by its abbreviation", "2026-02-02", "-", [diagnosis("2026-02-01", "RRMS")]),
            Row("acknowledged", "2026-02-02", "note", [BLUE, answered("2026-02-02", "REC-02", "acknowledged", "blue")]),
            Row(
                "28 days after the answer",
                "2026-03-02",
                "note",
                [BLUE, answered("2026-02-02", "REC-02", "acknowledged", "blue")],
            ),
            Row(
                "29 days after the answer",
                "2026-03-03",
                "confirm",
                [BLUE, answered("2026-02-02", "REC-02", "acknowledged", "blue")],
            ),
            Row(
                "corrected to a known name",
                "2026-02-02",
                "-",
                [BLUE, diagnosis("2026-02-01", "migraine", corrects="blue", id="right")],
            ),
        ],
    ),
    Spec(
        "REC-03",
        "one dose on 2026-01-10; a weight on 2026-03-01",
        [dose("2026-01-10"), event("weight", "2026-03-01", kg=68)],
        [
            Row("the day before the weighing", "2026-02-28", "note"),
            Row("the day", "2026-03-01", "-"),
            Row("the day after", "2026-03-02", "-"),
            Row("two entries lie ahead: one note names both", "2026-02-28", "note", [event("relapse", "2026-04-01")]),
            Row("a planned one is no entry ahead", "2026-02-28", "note", [dose("2026-04-01", planned=True)]),
        ],
    ),
    Spec(
        "REC-04",
        "one dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("the day before a foreign result", "2026-01-31", "-", [FOREIGN]),
            Row("the day", "2026-02-01", "confirm", [FOREIGN]),
            Row("the day after", "2026-02-02", "confirm", [FOREIGN]),
            Row(
                "matched by a correction",
                "2026-02-02",
                "-",
                [FOREIGN, jcv("2026-02-01", "negative", corrects="foreign", id="right")],
            ),
            Row(
                "acknowledged",
                "2026-02-02",
                "note",
                [FOREIGN, answered("2026-02-02", "REC-04", "acknowledged", "foreign")],
            ),
        ],
    ),
]
