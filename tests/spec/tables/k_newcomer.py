"""What a newcomer saw on the pages: the next drug is no prior one, a stop silences the rest, longer intervals, men."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, diagnosis, dose, event, jcv

LONG = event("earlier_treatment", "2025-11-01", first_dose="2022-06-10", doses=42)
OCRELIZUMAB = event("therapy", "2026-01-20", name="Ocrevus")

SPECS = [
    Spec(
        "RSK-04",
        "antibody-positive, index 0.5, more than two years on treatment, last dose 2025-12-20",
        [LONG, dose("2025-12-20"), jcv("2025-12-01", "positive", 0.5)],
        [
            Row("no prior immunosuppressant", "2026-01-10", "-"),
            Row(
                "mitoxantrone before",
                "2026-01-10",
                "confirm",
                [event("therapy", "2019-05-01", name="mitoxantrone", until="2020-05-01")],
            ),
            Row("ocrelizumab after the last dose is not prior", "2026-01-25", "-", [OCRELIZUMAB]),
        ],
    ),
    Spec(
        "DOS-09",
        "last dose 2025-12-20, stopped on 2026-01-02",
        [dose("2025-12-20"), event("stop", "2026-01-02")],
        [
            Row("stopped", "2026-01-10", "confirm"),
            Row("PML on record: no word of a restart", "2026-01-10", "-", [diagnosis("2026-01-02", "PML")]),
        ],
    ),
    Spec(
        "DOS-03",
        "last dose 2025-12-20",
        [dose("2025-12-20")],
        [
            Row("10 days later", "2025-12-30", "hold(until 2026-01-10)"),
            Row(
                "10 days later, hypersensitivity: no day is named",
                "2025-12-30",
                "-",
                [event("reaction", "2025-12-20", features=["hives"])],
            ),
            Row("25 days later, 6-weekly", "2026-01-14", "confirm", [event("interval", "2025-12-20", weeks=6)]),
            Row(
                "26 days later, 6-weekly: sooner than prescribed",
                "2026-01-15",
                "note",
                [event("interval", "2025-12-20", weeks=6)],
            ),
            Row("the day before it is due, 6-weekly", "2026-01-30", "note", [event("interval", "2025-12-20", weeks=6)]),
            Row("the day it is due, 6-weekly", "2026-01-31", "-", [event("interval", "2025-12-20", weeks=6)]),
        ],
    ),
    Spec(
        "PML-01",
        "a confirmed PML, and the symptom that led to it",
        [dose("2025-12-20"), event("symptom", "2026-01-02", name="weakness")],
        [
            Row("before it is confirmed", "2026-01-03", "hold, overdue 2026-01-02 +1, overdue 2026-01-02 +1"),
            Row("confirmed: no longer suspected", "2026-01-10", "-", [diagnosis("2026-01-09", "PML")]),
        ],
    ),
    Spec(
        "MRI-03",
        "a high index for years; a scan on 2025-12-15",
        [LONG, dose("2025-12-20"), event("mri", "2025-12-15", protocol="full"), jcv("2025-12-01", "positive", 2.5)],
        [
            Row("on treatment", "2026-01-10", "upcoming 2026-06-15"),
            Row("PML on record: no routine surveillance", "2026-01-10", "-", [diagnosis("2026-01-09", "PML")]),
        ],
    ),
    Spec(
        "EDU-01",
        "last dose 2025-12-20",
        [dose("2025-12-20")],
        [
            Row("sex not stated", "2026-01-10", "due 2025-12-20"),
            Row("breast cancer on record", "2026-01-10", "-", [diagnosis("2026-01-02", "breast cancer")]),
        ],
    ),
]
