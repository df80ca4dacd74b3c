"""A relapse on treatment: somebody thinks of PML before the next dose."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, diagnosis, dose, event, jcv, mri

POSITIVE = jcv("2026-01-05", "positive", 1.2)
RELAPSE = event("relapse", "2026-05-04")
START = event("earlier_treatment", "2026-01-02", first_dose="2025-01-04", doses=13)

SEIZURE = event("symptom", "2026-05-04", name="seizure")

SPECS = [
    Spec(
        "PML-01",
        "doses until 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before a seizure", "2026-05-03", "-", [SEIZURE]),
            Row("a seizure", "2026-05-04", "hold, due 2026-05-04, due 2026-05-04", [SEIZURE]),
            Row("the day after", "2026-05-05", "hold, overdue 2026-05-04 +1, overdue 2026-05-04 +1", [SEIZURE]),
            Row(
                "a seizure, and PML excluded since",
                "2026-05-06",
                "-",
                [SEIZURE, diagnosis("2026-05-06", "PML", "excluded")],
            ),
            Row("noted before the first dose", "2026-05-05", "-", [event("symptom", "2026-04-19", name="seizure")]),
            Row(
                "several signs in one entry, in everyday words: one suspicion",
                "2026-05-04",
                "hold, due 2026-05-04, due 2026-05-04",
                [event("symptom", "2026-05-04", name="clumsy right hand and can't find words")],
            ),
        ],
    ),
    Spec(
        "PML-04",
        "antibody-positive, doses until 2026-04-20, a relapse on 2026-05-04",
        [dose("2026-03-23"), dose("2026-04-20"), POSITIVE, RELAPSE],
        [
            Row("the day before the relapse", "2026-05-03", "-"),
            Row("the day of the relapse", "2026-05-04", "confirm"),
            Row("the day after", "2026-05-05", "confirm"),
            Row("time alone does not end it", "2027-05-04", "confirm"),
            Row("in the United Kingdom", "2026-05-05", "confirm", protocol="uk"),
            Row("in the United States", "2026-05-05", "confirm", protocol="us"),
            Row("a dose on the day of the relapse", "2026-05-05", "confirm", [dose("2026-05-04")]),
            Row("a dose on a later day: whoever gave it had answered it", "2026-05-05", "-", [dose("2026-05-05")]),
            Row("a scan of the day before", "2026-05-05", "confirm", [mri("2026-05-03")]),
            Row("a scan of the same day", "2026-05-05", "-", [mri("2026-05-04", "abbreviated")]),
            Row("a scan of the day after", "2026-05-05", "-", [mri("2026-05-05")]),
            Row(
                "a suspicious scan since: PML-01 holds",
                "2026-05-05",
                "-",
                [mri("2026-05-05", suspicious_for_pml=True)],
            ),
            Row(
                "a suspicious scan, and PML excluded after the relapse",
                "2026-05-07",
                "-",
                [mri("2026-05-05", suspicious_for_pml=True), diagnosis("2026-05-06", "PML", "excluded")],
            ),
            Row("PML excluded before it", "2026-05-05", "confirm", [diagnosis("2026-05-03", "PML", "excluded")]),
            Row("PML excluded since", "2026-05-06", "-", [diagnosis("2026-05-06", "PML", "excluded")]),
            Row("PML on record", "2026-05-06", "-", [diagnosis("2026-05-06", "PML")]),
            Row(
                "a symptom like PML: PML-01 holds", "2026-05-05", "-", [event("symptom", "2026-05-05", name="weakness")]
            ),
            Row("stopped", "2026-05-06", "-", [event("stop", "2026-05-06")]),
            Row("a second relapse", "2026-05-20", "confirm, confirm", [event("relapse", "2026-05-18")]),
        ],
    ),
    Spec(
        "PML-04",
        "doses until 2026-04-20, a relapse on 2026-05-04",
        [dose("2026-04-20"), RELAPSE],
        [
            Row("antibody status not known", "2026-05-05", "confirm"),
            Row("indeterminate", "2026-05-05", "confirm", [jcv("2026-01-05", "indeterminate")]),
            Row("antibody-negative", "2026-05-05", "-", [jcv("2026-01-05", "negative", 0.1)]),
        ],
    ),
    Spec(
        "PML-04",
        "antibody-positive, started elsewhere, no dose here; a relapse on 2026-05-04",
        [START, POSITIVE, RELAPSE],
        [Row("the day of the relapse", "2026-05-04", "confirm")],
    ),
    Spec(
        "PML-04",
        "antibody-positive, the first dose on 2026-05-04",
        [dose("2026-05-04"), POSITIVE],
        [
            Row("a relapse the day before it", "2026-05-05", "-", [event("relapse", "2026-05-03")]),
            Row("a relapse on its day", "2026-05-05", "confirm", [RELAPSE]),
        ],
    ),
]
