"""What somebody found who saw only the command: words of results, hours of a day, plans for a restart, overdoses."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, answered, diagnosis, dose, event, jcv


def hiv(on: str, result: str) -> Event:
    return event("serology", on, test="HIV", result=result)


def vaccine(on: str, **fields: object) -> Event:
    return event("vaccine", on, name="MMR", **fields)


GONE = [dose("2024-08-19"), event("stop", "2024-09-01")]
RELAPSE = event("relapse", "2025-10-20")

SPECS = [
    Spec(
        "CON-04",
        "words for an HIV result",
        [],
        [
            Row("negative", "2025-12-01", "-", [hiv("2025-11-20", "Negative")]),
            Row("non-reactive", "2025-12-01", "-", [hiv("2025-11-20", "non-reactive")]),
            Row("not detected", "2025-12-01", "-", [hiv("2025-11-20", "not detected")]),
            Row("pos", "2025-12-01", "hold", [hiv("2025-11-20", "pos")]),
            Row("+", "2025-12-01", "hold", [hiv("2025-11-20", "+")]),
            Row("HIV-1 positive", "2025-12-01", "hold", [hiv("2025-11-20", "HIV-1 positive")]),
            Row("both words", "2025-12-01", "confirm", [hiv("2025-11-20", "positive (previously negative)")]),
            Row("no word at all", "2025-12-01", "confirm", [hiv("2025-11-20", "_")]),
            Row("weakly reactive", "2025-12-01", "confirm", [hiv("2025-11-20", "weakly reactive")]),
            Row("pending", "2025-12-01", "confirm", [hiv("2025-11-20", "pending")]),
            Row(
                "positive, then pending: nothing is lifted",
                "2025-12-01",
                "hold",
                [hiv("2025-11-20", "positive"), hiv("2025-11-28", "pending")],
            ),
            Row(
                "positive, then negative: a clinician decides",
                "2025-12-01",
                "confirm",
                [hiv("2025-11-20", "positive"), hiv("2025-11-28", "negative")],
            ),
        ],
    ),
    Spec(
        "PML-01",
        "excluded at 09:00 on 2026-08-17",
        [dose("2026-08-01"), diagnosis("2026-08-17T09:00+01:00", "PML", status="excluded")],
        [
            Row(
                "suspected at 08:00: ended",
                "2026-08-18",
                "-",
                [diagnosis("2026-08-17T08:00+01:00", "PML", status="suspected")],
            ),
            Row(
                "suspected at 15:00: stands",
                "2026-08-18",
                "hold, overdue 2026-08-17 +1, overdue 2026-08-17 +1",
                [diagnosis("2026-08-17T15:00+01:00", "PML", status="suspected")],
            ),
        ],
    ),
    Spec(
        "CON-09",
        "last dose 2024-08-19, stopped on 2024-09-01; MMR",
        GONE,
        [
            Row("planned, long after the last dose", "2026-02-01", "-", [vaccine("2026-02-10", planned=True)]),
            Row(
                "planned a week before a planned restart",
                "2026-02-01",
                "hold(order)",
                [vaccine("2026-02-10", planned=True), dose("2026-02-17", planned=True)],
            ),
            Row("given within six months of the last dose", "2025-02-01", "confirm", [vaccine("2025-01-10")]),
            Row("given eight months after the last dose", "2025-06-01", "-", [vaccine("2025-05-01")]),
        ],
    ),
    Spec(
        "CON-09",
        "last dose 2024-08-19, nobody entered a stop",
        [dose("2024-08-19")],
        [
            Row("MMR in 2026", "2026-02-01", "-", [vaccine("2026-02-10", planned=True)]),
            Row("MMR while still treated", "2024-09-01", "hold(order)", [vaccine("2025-03-10", planned=True)]),
        ],
    ),
    Spec(
        "CON-05",
        "last dose 2026-09-01; a course of prednisolone from 2026-09-10",
        [dose("2026-09-01")],
        [
            Row(
                "known to last three months",
                "2026-09-14",
                "hold",
                [event("therapy", "2026-09-10", name="prednisolone", until="2026-12-10")],
            ),
            Row(
                "known to last five days",
                "2026-09-14",
                "-",
                [event("therapy", "2026-09-10", name="prednisolone", until="2026-09-14")],
            ),
            Row(
                "ocrelizumab planned after a planned stop",
                "2026-09-14",
                "-",
                [
                    event("stop", "2026-09-25", planned=True),
                    event("therapy", "2026-10-25", name="Ocrevus", planned=True),
                ],
            ),
        ],
    ),
    Spec(
        "DOS-01",
        "300 mg ordered",
        [],
        [
            Row("600 mg given", "2025-12-01", "hold", [dose("2025-11-10", given_mg=600)]),
            Row(
                "120 mg given, then broken off", "2025-12-01", "-", [dose("2025-11-10", given_mg=120, completed=False)]
            ),
        ],
    ),
    Spec(
        "DOS-02",
        "two injections with their times",
        [event("dose", "2025-11-10T10:00+00:00", dose_mg=150, route="sc")],
        [
            Row(
                "30 minutes apart",
                "2025-12-01",
                "-",
                [event("dose", "2025-11-10T10:30+00:00", dose_mg=150, route="sc")],
            ),
            Row(
                "31 minutes apart",
                "2025-12-01",
                "confirm",
                [event("dose", "2025-11-10T10:31+00:00", dose_mg=150, route="sc")],
            ),
        ],
    ),
    Spec(
        "DOS-03",
        "an interval shorter than the shortest",
        [dose("2025-11-03")],
        [
            Row("three weeks", "2025-12-01", "-", [event("interval", "2025-11-03", weeks=3)]),
            Row("two weeks", "2025-12-01", "confirm", [event("interval", "2025-11-03", weeks=2)]),
        ],
    ),
    Spec(
        "DOS-04",
        "6-weekly asked for on 2025-11-10, in the second year; a relapse on 2025-10-20",
        [
            event("earlier_treatment", "2025-10-01", first_dose="2024-01-10"),
            dose("2025-11-10"),
            event("mri", "2025-09-01", protocol="full", gd=0),
            event("interval", "2025-11-10", weeks=6, id="six"),
            RELAPSE | {"id": "relapse"},
        ],
        [
            Row("asked", "2025-11-11", "confirm"),
            Row(
                "acknowledged",
                "2025-11-11",
                "note",
                [answered("2025-11-10", "DOS-04", "acknowledged", "six", "relapse")],
            ),
            Row(
                "acknowledged, then a missed dose turns up: that is another reason",
                "2025-11-11",
                "confirm, note",
                [answered("2025-11-10", "DOS-04", "acknowledged", "six", "relapse"), dose("2025-09-01")],
            ),
        ],
    ),
    Spec(
        "DOS-09",
        "stopped on 2024-09-01",
        GONE,
        [
            Row("nobody plans a restart", "2026-02-01", "confirm"),
            Row(
                "a restart is planned",
                "2026-02-01",
                "confirm, upcoming 2026-03-17, upcoming 2026-03-17, upcoming 2026-03-17",
                [dose("2026-03-17", planned=True)],
            ),
        ],
    ),
    Spec(
        "JCV-07",
        "a JC virus test planned for 2026-09-25",
        [dose("2026-09-01"), jcv("2026-09-25", "negative", planned=True)],
        [
            Row("nothing in its way", "2026-09-14", "-"),
            Row(
                "plasma exchange planned five days before",
                "2026-09-14",
                "hold(order, until 2026-10-04)",
                [event("procedure", "2026-09-20", name="plasma exchange", planned=True)],
            ),
            Row(
                "plasma exchange planned for the day after",
                "2026-09-14",
                "-",
                [event("procedure", "2026-09-26", name="plasma exchange", planned=True)],
            ),
        ],
    ),
    Spec(
        "HSV-01",
        "before the first dose",
        [],
        [
            Row(
                "cryptococcal meningitis suspected",
                "2025-12-01",
                "hold, overdue 2025-11-01 +30",
                [diagnosis("2025-11-01", "cryptococcal meningitis", status="suspected")],
            ),
            Row(
                "suspected and excluded",
                "2025-12-01",
                "-",
                [
                    diagnosis("2025-11-01", "cryptococcal meningitis", status="suspected"),
                    diagnosis("2025-11-05", "cryptococcal meningitis", status="excluded"),
                ],
            ),
        ],
    ),
    Spec(
        "REC-09",
        "last dose 22 days ago",
        [dose("2025-11-10", id="last")],
        [
            Row(
                "a decision about that dose",
                "2025-12-02",
                "-",
                [answered("2025-12-01", "DOS-03", "acknowledged", "last")],
            ),
            Row(
                "a decision about an unknown entry",
                "2025-12-02",
                "note",
                [answered("2025-12-01", "DOS-03", "acknowledged", "lost")],
            ),
            Row(
                "a decision about no rule",
                "2025-12-02",
                "note",
                [answered("2025-12-01", "dos-03", "acknowledged", "last")],
            ),
        ],
    ),
]
