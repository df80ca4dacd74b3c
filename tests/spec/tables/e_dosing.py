"""The dose, its second injection, and the time since the last one."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, doses, event, withdrawn

LAST = dose("2026-01-10", id="last")
SIX_WEEKLY = event("interval", "2026-01-10", weeks=6)
LATE_SECOND = dose("2026-01-10", route="sc", second_injection_minutes=31, id="late")

SPECS = [
    Spec(
        "DOS-01",
        "one dose on 2026-01-10",
        [LAST],
        [
            Row("nothing planned", "2026-02-06", "-"),
            Row("300 mg into a vein planned", "2026-02-06", "-", [dose("2026-02-07", planned=True)]),
            Row("299 mg planned", "2026-02-06", "hold", [dose("2026-02-07", dose_mg=299, planned=True)]),
            Row("301 mg planned", "2026-02-06", "hold", [dose("2026-02-07", dose_mg=301, planned=True)]),
            Row(
                "600 mg planned, in the United Kingdom",
                "2026-02-06",
                "hold",
                [dose("2026-02-07", dose_mg=600, planned=True)],
                "uk",
            ),
            Row(
                "600 mg planned, in the United States",
                "2026-02-06",
                "hold",
                [dose("2026-02-07", dose_mg=600, planned=True)],
                "us",
            ),
            Row(
                "two injections of 150 mg planned",
                "2026-02-06",
                "-",
                [dose("2026-02-07", dose_mg=150, route="sc", planned=True, id=side) for side in ("left", "right")],
            ),
            Row(
                "one injection of 150 mg planned",
                "2026-02-06",
                "hold",
                [dose("2026-02-07", dose_mg=150, route="sc", planned=True)],
            ),
            Row(
                "600 mg under the skin planned",
                "2026-02-06",
                "hold",
                [dose("2026-02-07", dose_mg=600, route="sc", planned=True)],
            ),
            Row(
                "the order put right",
                "2026-02-06",
                "-",
                [
                    dose("2026-02-07", dose_mg=600, planned=True, id="wrong"),
                    dose("2026-02-07", planned=True, corrects="wrong"),
                ],
            ),
            Row(
                "the order withdrawn",
                "2026-02-06",
                "-",
                [dose("2026-02-07", dose_mg=600, planned=True, id="wrong"), withdrawn("2026-02-06", "wrong")],
            ),
        ],
    ),
    Spec(
        "DOS-01",
        "the last dose on 2026-01-10 was of 600 mg",
        [dose("2026-01-10", dose_mg=600, id="last")],
        [
            Row("four weeks later", "2026-02-07", "hold"),
            Row("put right: it was 300 mg", "2026-02-07", "-", [dose("2026-01-10", corrects="last", id="right")]),
            Row("released", "2026-02-07", "note", [answered("2026-02-07", "DOS-01", "released", "last")]),
        ],
    ),
    Spec(
        "DOS-02",
        "under the skin",
        [],
        [
            Row(
                "second injection after 29 minutes",
                "2026-01-11",
                "-",
                [dose("2026-01-10", route="sc", second_injection_minutes=29)],
            ),
            Row("after 30 minutes", "2026-01-11", "-", [dose("2026-01-10", route="sc", second_injection_minutes=30)]),
            Row("after 31 minutes", "2026-01-11", "confirm", [LATE_SECOND]),
            Row("the day before the dose", "2026-01-09", "-", [LATE_SECOND]),
            Row("after 31 minutes, in the United States (not licensed there)", "2026-01-11", "-", [LATE_SECOND], "us"),
            Row("nobody said when", "2026-01-11", "-", [dose("2026-01-10", route="sc")]),
            Row(
                "acknowledged",
                "2026-01-11",
                "note",
                [LATE_SECOND, answered("2026-01-11", "DOS-02", "acknowledged", "late")],
            ),
            Row(
                "after 31 minutes, then a dose in time",
                "2026-02-08",
                "-",
                [LATE_SECOND, dose("2026-02-07", route="sc", second_injection_minutes=10)],
            ),
        ],
    ),
    Spec(
        "DOS-03",
        "last dose on 2026-01-10: no dose before 2026-01-31",
        [LAST],
        [
            Row("10 days after", "2026-01-20", "hold(until 2026-01-31)"),
            Row("20 days after", "2026-01-30", "hold(until 2026-01-31)"),
            Row("21 days after", "2026-01-31", "confirm"),
            Row("22 days after", "2026-02-01", "confirm"),
            Row("25 days after", "2026-02-04", "confirm"),
            Row("26 days after", "2026-02-05", "-"),
            Row("27 days after", "2026-02-06", "-"),
            Row("20 days after, in the United Kingdom", "2026-01-30", "hold(until 2026-01-31)", protocol="uk"),
            Row("20 days after, in the United States", "2026-01-30", "hold(until 2026-01-31)", protocol="us"),
            Row("the last dose was withdrawn", "2026-01-30", "-", [withdrawn("2026-01-11", "last")]),
            Row("the last dose was not given", "2026-01-30", "-", [dose("2026-01-10", given_mg=0, corrects="last")]),
            Row("the next dose planned 28 days after", "2026-02-05", "-", [dose("2026-02-07", planned=True)]),
            Row(
                "two doses planned 10 days apart",
                "2026-02-05",
                "hold(order, until 2026-02-28)",
                [dose("2026-02-07", planned=True), dose("2026-02-17", planned=True)],
            ),
            Row(
                "22 days after, acknowledged",
                "2026-02-01",
                "note",
                [answered("2026-02-01", "DOS-03", "acknowledged", "last")],
            ),
        ],
    ),
    Spec("DOS-03", "no dose yet", [], [Row("any day", "2026-01-30", "-")]),
    Spec(
        "DOS-05",
        "last dose on 2026-01-10: 4 weeks end on 2026-02-07, 12 weeks on 2026-04-04",
        doses("2025-10-18", 4),
        [
            Row("the day before it is due", "2026-02-06", "-"),
            Row("the day it is due", "2026-02-07", "-"),
            Row("the day after", "2026-02-08", "note"),
            Row("12 weeks after the last dose", "2026-04-04", "note"),
            Row("the day after 12 weeks (that is DOS-09)", "2026-04-05", "-"),
            Row("6 weeks prescribed, the last day", "2026-02-21", "-", [SIX_WEEKLY]),
            Row("6 weeks prescribed, the day after", "2026-02-22", "note", [SIX_WEEKLY]),
            Row("natalizumab stopped", "2026-02-08", "-", [event("stop", "2026-01-20")]),
        ],
    ),
    Spec(
        "DOS-09",
        "last dose on 2026-01-10: 12 weeks end on 2026-04-04",
        doses("2025-10-18", 4),
        [
            Row("the day before 12 weeks", "2026-04-03", "-"),
            Row("12 weeks", "2026-04-04", "-"),
            Row(
                "the day after",
                "2026-04-05",
                "confirm, due 2026-04-05, due 2026-04-05, due 2026-04-05",
            ),
            Row(
                "the day after, in the United Kingdom",
                "2026-04-05",
                "confirm, due 2026-04-05, due 2026-04-05, due 2026-04-05",
                protocol="uk",
            ),
            Row(
                "the day after, in the United States",
                "2026-04-05",
                "confirm, due 2026-04-05, due 2026-04-05, due 2026-04-05",
                protocol="us",
            ),
            Row(
                "natalizumab stopped, the day after: a dose would be a restart",
                "2026-01-21",
                "confirm",
                [event("stop", "2026-01-20")],
            ),
            Row("dosed again on that day", "2026-04-05", "-", [dose("2026-04-05")]),
        ],
    ),
    Spec("DOS-09", "no dose yet", [], [Row("any day", "2026-04-05", "-")]),
]
