"""What the record itself makes somebody look at. These rules are ours."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, event, jcv, lab, withdrawn

FOUR = event("interval", "2026-01-10", weeks=4)
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
            Row("two entries lie ahead", "2026-02-28", "note, note", [event("relapse", "2026-04-01")]),
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
    Spec(
        "REC-05",
        "nothing given here yet",
        [],
        [
            Row(
                "started elsewhere, nobody knows when",
                "2026-02-01",
                "confirm, confirm",
                [event("earlier_treatment", "2026-02-01", id="before")],
            ),
            Row("the day before that entry", "2026-01-31", "-", [event("earlier_treatment", "2026-02-01")]),
            Row(
                "started elsewhere on a known day",
                "2026-02-01",
                "confirm",
                [event("earlier_treatment", "2026-02-01", first_dose="2025-01-10")],
            ),
            Row("started here", "2026-02-01", "-", [dose("2026-01-10")]),
            Row("nothing at all", "2026-02-01", "-"),
            Row(
                "the start found out",
                "2026-02-02",
                "confirm",
                [
                    event("earlier_treatment", "2026-02-01", id="before"),
                    event("earlier_treatment", "2026-02-01", first_dose="2025-01-10", corrects="before", id="right"),
                ],
            ),
        ],
    ),
    Spec(
        "REC-06",
        "one dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("no interval prescribed", "2026-02-01", "note"),
            Row("4 weeks prescribed", "2026-02-01", "-", [FOUR]),
            Row(
                "the day before 6 weeks are prescribed",
                "2026-01-31",
                "note",
                [event("interval", "2026-02-01", weeks=6)],
            ),
            Row("the day they are", "2026-02-01", "-", [event("interval", "2026-02-01", weeks=6)]),
        ],
    ),
    Spec(
        "REC-07",
        "one dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row(
                "antibodies against natalizumab",
                "2026-02-02",
                "confirm",
                [event("antibody", "2026-02-01", result="positive")],
            ),
            Row("the day before", "2026-01-31", "-", [event("antibody", "2026-02-01", result="positive")]),
            Row(
                "no antibodies against natalizumab",
                "2026-02-02",
                "-",
                [event("antibody", "2026-02-01", result="negative")],
            ),
            Row("ALT above its upper limit", "2026-02-02", "confirm", [lab("2026-02-01", "ALT", 51, upper_limit=50)]),
            Row("ALT at its upper limit", "2026-02-02", "-", [lab("2026-02-01", "ALT", 50, upper_limit=50)]),
            Row(
                "ALT above, then within its limit",
                "2026-02-12",
                "-",
                [lab("2026-02-01", "ALT", 51, upper_limit=50), lab("2026-02-11", "ALT", 40, upper_limit=50)],
            ),
            Row("pregnant", "2026-02-02", "confirm", [event("pregnancy", "2026-02-01", gestation_weeks=8)]),
            Row(
                "pregnant until the day before",
                "2026-02-12",
                "-",
                [event("pregnancy", "2026-02-01", gestation_weeks=8, ended="2026-02-11")],
            ),
            Row(
                "a 'yes' on the checklist",
                "2026-02-02",
                "confirm",
                [event("checklist", "2026-02-01", answers={"new_or_worsening": "yes"})],
            ),
            Row(
                "only 'no' on the checklist",
                "2026-02-02",
                "-",
                [event("checklist", "2026-02-01", answers={"new_or_worsening": "no"})],
            ),
            Row("nothing else", "2026-02-02", "-"),
        ],
    ),
    Spec(
        "REC-08",
        "one dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row(
                "a level with its assay, between doses",
                "2026-02-02",
                "-",
                [event("concentration", "2026-02-01", mg_per_l=20, assay="ELISA")],
            ),
            Row("a level without its assay", "2026-02-02", "note", [event("concentration", "2026-02-01", mg_per_l=20)]),
            Row("the day before that level", "2026-01-31", "-", [event("concentration", "2026-02-01", mg_per_l=20)]),
            Row(
                "a level on the day of the dose, no time: taken before it",
                "2026-01-11",
                "note",
                [event("concentration", "2026-01-10", mg_per_l=20, assay="ELISA")],
            ),
            Row(
                "neither assay nor time",
                "2026-01-11",
                "note, note",
                [event("concentration", "2026-01-10", mg_per_l=20)],
            ),
            Row(
                "a level timed on the day of the dose",
                "2026-01-11",
                "-",
                [event("concentration", "2026-01-10T08:00:00+01:00", mg_per_l=20, assay="ELISA")],
            ),
        ],
    ),
]
