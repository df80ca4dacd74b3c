"""What a second reader asked: silent dangers, a fall of the index, answers taken back, samples that had to wait."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, event, jcv

LONG = event("earlier_treatment", "2025-11-01", first_dose="2023-01-10", doses=38)
HIGH = jcv("2025-06-01", "positive", 2.5, id="high")
FALLEN = jcv("2025-12-01", "positive", 0.5, id="fallen")

SPECS = [
    Spec(
        "CON-03",
        "hypersensitivity recorded as a diagnosis",
        [dose("2025-11-03")],
        [
            Row("allergy to natalizumab", "2025-12-01", "stop", [diagnosis("2025-11-04", "allergy to natalizumab")]),
            Row("its history", "2025-12-01", "stop", [diagnosis("2015-11-04", "Tysabri allergy", status="history")]),
            Row("suspected", "2025-12-01", "hold", [diagnosis("2025-11-04", "Tysabri allergy", status="suspected")]),
            Row(
                "suspected, then excluded",
                "2025-12-01",
                "-",
                [
                    diagnosis("2025-11-04", "Tysabri allergy", status="suspected"),
                    diagnosis("2025-11-20", "natalizumab allergy", status="excluded"),
                ],
            ),
        ],
    ),
    Spec(
        "ELI-01",
        "the indication recorded as a diagnosis",
        [],
        [
            Row("multiple sclerosis, no more", "2025-12-01", "confirm", [diagnosis("2025-01-04", "MS")]),
            Row(
                "rapidly evolving severe",
                "2025-12-01",
                "-",
                [diagnosis("2025-01-04", "rapidly evolving severe multiple sclerosis")],
            ),
        ],
    ),
    Spec(
        "RSK-04",
        "more than two years on treatment; index 2.5, then 0.5",
        [LONG, dose("2025-11-10"), HIGH],
        [
            Row("before the fall", "2025-11-30", "confirm"),
            Row("one lower result relaxes nothing", "2025-12-01", "confirm", [FALLEN]),
            Row("a repeat confirms it", "2026-01-05", "-", [FALLEN, jcv("2026-01-05", "positive", 0.6)]),
            Row("a repeat contradicts it", "2026-01-05", "confirm", [FALLEN, jcv("2026-01-05", "positive", 2.4)]),
        ],
    ),
    Spec(
        "JCV-06",
        "dose on 2025-11-10, so that the next is due on 2025-12-08; index 2.5 before",
        [LONG, dose("2025-11-10"), HIGH],
        [
            Row("changed before the next dose", "2025-12-01", "confirm, due 2025-12-08", [FALLEN]),
            Row(
                "changed when the dose is already late: due at once",
                "2025-12-20",
                "confirm, due 2025-12-20",
                [jcv("2025-12-20", "positive", 0.5)],
            ),
        ],
    ),
    Spec(
        "JCV-01",
        "negative on 2026-01-02, due on 2026-07-02; plasma exchange on 2026-07-10",
        [
            dose("2026-01-05"),
            dose("2026-06-20"),
            jcv("2026-01-02", "negative"),
            event("procedure", "2026-07-10", name="PLEX"),
        ],
        [
            Row("the day before the exchange", "2026-07-09", "confirm, overdue 2026-07-02 +7"),
            Row("the 13th day after it", "2026-07-23", "blocked 2026-07-02"),
            Row("the first day for a valid sample", "2026-07-24", "due 2026-07-02"),
            Row("the day after", "2026-07-25", "confirm, overdue 2026-07-02 +1"),
        ],
    ),
    Spec(
        "DOS-03",
        "last dose 22 days ago",
        [dose("2025-11-10", id="last")],
        [
            Row("acknowledged", "2025-12-02", "note", [answered("2025-12-01", "DOS-03", "acknowledged", "last")]),
            Row(
                "acknowledged, then declined",
                "2025-12-02",
                "confirm",
                [
                    answered("2025-12-01", "DOS-03", "acknowledged", "last"),
                    answered("2025-12-02", "DOS-03", "declined", "last"),
                ],
            ),
        ],
    ),
    Spec(
        "DOS-05",
        "last dose 2025-11-10, five weeks ago",
        [dose("2025-11-10")],
        [
            Row("late", "2025-12-15", "note"),
            Row("transferred meanwhile", "2025-12-15", "-", [event("followup", "2025-12-10", status="transferred")]),
            Row(
                "late while PML is suspected: nobody is told to hurry",
                "2025-12-15",
                "-",
                [diagnosis("2025-12-10", "PML", status="suspected")],
            ),
        ],
    ),
    Spec(
        "REC-07",
        "last dose 2025-11-10",
        [dose("2025-11-10")],
        [
            Row("immune to VZV", "2025-12-01", "-", [event("serology", "2025-11-20", test="VZV", result="positive")]),
        ],
    ),
]
