"""A dose after a gap or a stop: few doses before it, half a year without one, antibodies."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, doses, event, lab, mri

TWO = doses("2025-12-13", 2)  # the last on 2026-01-10
MANY = doses("2025-01-11", 14)  # the last on 2026-01-10
POSITIVE = event("antibody", "2026-04-01", result="positive", id="found")
STOP = event("stop", "2026-01-20")

SPECS = [
    Spec(
        "DOS-06",
        "two doses, the last on 2026-01-10: three months end on 2026-04-10",
        [TWO[0], {**TWO[1], "id": "second"}],
        [
            Row("the day before", "2026-04-09", "-"),
            Row("three months", "2026-04-10", "confirm"),
            Row("the day after", "2026-04-11", "confirm"),
            Row("in the United Kingdom", "2026-04-10", "confirm", protocol="uk"),
            Row("in the United States (12 weeks are DOS-09's)", "2026-04-10", "-", protocol="us"),
            Row("a third dose in time", "2026-04-10", "-", [dose("2026-02-07")]),
            Row("dosed again", "2026-04-12", "-", [dose("2026-04-11")]),
            Row("stopped in between", "2026-04-10", "confirm", [STOP]),
            Row("acknowledged", "2026-04-10", "note", [answered("2026-04-10", "DOS-06", "acknowledged", "second")]),
            Row("PML since: it is never given again", "2026-04-10", "-", [diagnosis("2026-04-01", "PML")]),
        ],
    ),
    Spec("DOS-06", "one dose, on 2026-01-10", [dose("2026-01-10")], [Row("three months", "2026-04-10", "confirm")]),
    Spec("DOS-06", "three doses, the last on 2026-01-10", doses("2025-11-15", 3), [Row("late", "2026-04-10", "-")]),
    Spec(
        "DOS-06",
        "started elsewhere; one dose here, on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row(
                "nobody knows how many doses: that counts as few",
                "2026-04-10",
                "confirm",
                [event("earlier_treatment", "2026-01-02", first_dose="2025-11-01")],
            ),
            Row(
                "two doses elsewhere",
                "2026-04-10",
                "-",
                [event("earlier_treatment", "2026-01-02", first_dose="2025-11-01", doses=2)],
            ),
        ],
    ),
    Spec("DOS-06", "no dose yet", [], [Row("any day", "2026-04-10", "-")]),
    Spec(
        "DOS-07",
        "doses every 4 weeks, the last on 2026-01-10: six months end on 2026-07-10",
        MANY,
        [
            Row("the day before", "2026-07-09", "-"),
            Row("six months: the scan is DOS-09's", "2026-07-10", "confirm"),
            Row("the day after", "2026-07-11", "confirm"),
            Row("in the United Kingdom", "2026-07-10", "confirm", protocol="uk"),
            Row("in the United States", "2026-07-10", "confirm", protocol="us"),
            Row(
                "a short scan since: no baseline",
                "2026-07-10",
                "confirm, due 2026-07-10",
                [mri("2026-07-01", "abbreviated")],
            ),
            Row("a full scan three months ago", "2026-07-10", "confirm", [mri("2026-04-10")]),
            Row("a full scan a day older", "2026-07-10", "confirm, due 2026-07-10", [mri("2026-04-09")]),
            Row(
                "a full scan before the last dose, a short one since",
                "2026-07-10",
                "confirm, due 2026-07-10",
                [mri("2026-01-05"), mri("2026-07-01", "abbreviated")],
            ),
            Row(
                "a restart planned for 2026-08-01",
                "2026-07-10",
                "confirm, due 2026-08-01",
                [mri("2026-07-01", "abbreviated"), dose("2026-08-01", planned=True)],
            ),
            Row(
                "stopped, and nobody plans a restart", "2026-07-10", "confirm", [STOP, mri("2026-07-01", "abbreviated")]
            ),
            Row("dosed again", "2026-07-11", "-", [dose("2026-07-10")]),
        ],
    ),
    Spec("DOS-07", "no dose yet", [], [Row("any day", "2026-07-10", "-")]),
    Spec(
        "DOS-08",
        "doses every 4 weeks, the last on 2026-01-10; antibodies found on 2026-04-01",
        [*MANY, POSITIVE],
        [
            Row("12 weeks after the last dose: late, no restart", "2026-04-04", "-"),
            Row("the day after", "2026-04-05", "hold"),
            Row("in the United Kingdom", "2026-04-05", "hold", protocol="uk"),
            Row("in the United States", "2026-04-05", "hold", protocol="us"),
            Row("stopped", "2026-04-02", "hold", [STOP]),
            Row("negative since", "2026-05-20", "-", [event("antibody", "2026-05-15", result="negative")]),
            Row("negative before", "2026-04-05", "hold", [event("antibody", "2026-03-01", result="negative")]),
            Row("released", "2026-04-06", "note", [answered("2026-04-06", "DOS-08", "released", "found")]),
            Row("PML since: it is never given again", "2026-04-05", "-", [diagnosis("2026-04-01", "PML")]),
        ],
    ),
    Spec("DOS-08", "no test", MANY, [Row("a restart (that is DOS-09)", "2026-04-05", "-")]),
    Spec(
        "DOS-09",
        "doses every 4 weeks, the last on 2026-01-10, stopped on 2026-01-20",
        [*MANY, STOP],
        [
            Row(
                "a restart planned for 2026-05-02",
                "2026-04-05",
                "confirm, due 2026-05-02, due 2026-05-02, due 2026-05-02",
                [dose("2026-05-02", planned=True)],
            ),
            Row(
                "a restart planned, everything done",
                "2026-04-05",
                "confirm",
                [
                    dose("2026-05-02", planned=True),
                    mri("2026-04-01"),
                    event("antibody", "2026-04-01", result="negative"),
                    lab("2026-04-01", "lymphocytes", 2, "10*9/L"),
                    lab("2026-04-01", "ALT", 20),
                ],
            ),
            Row(
                "a restart planned, liver tests missing",
                "2026-04-05",
                "confirm, due 2026-05-02",
                [
                    dose("2026-05-02", planned=True),
                    mri("2026-04-01"),
                    event("antibody", "2026-04-01", result="negative"),
                    lab("2026-04-01", "lymphocytes", 2, "10*9/L"),
                ],
            ),
            Row("PML since: it is never given again", "2026-04-05", "-", [diagnosis("2026-04-01", "PML")]),
        ],
    ),
    Spec(
        "DOS-09",
        "started elsewhere and stopped there, no dose here",
        [event("earlier_treatment", "2025-12-01", first_dose="2024-01-01"), STOP],
        [
            Row("a dose would be a restart", "2026-04-05", "confirm"),
            Row(
                "planned, with a scan whenever",
                "2026-04-05",
                "confirm, due 2026-05-02, due 2026-05-02",
                [dose("2026-05-02", planned=True), mri("2026-03-01")],
            ),
        ],
    ),
]
