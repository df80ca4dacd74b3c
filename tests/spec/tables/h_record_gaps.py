"""What a plan assumes where the record says nothing, and what it leaves to a clinician. These rules are ours."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, dose, event

FOUR = event("interval", "2026-01-10", weeks=4)

SPECS = [
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
