"""Liver tests, observation after a dose, the talk at two years, self-checks."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, doses, event, lab

STOP = event("stop", "2026-01-20")

SPECS = [
    Spec(
        "LFT-01",
        "first dose on 2026-01-10; ALT on the same day: 90 days end on 2026-04-10",
        [dose("2026-01-10"), lab("2026-01-10", "ALT", 20, id="alt")],
        [
            Row("29 days before the last day", "2026-03-12", "upcoming 2026-04-10"),
            Row("28 days before the last day", "2026-03-13", "due 2026-04-10"),
            Row("the day before the last day", "2026-04-09", "due 2026-04-10"),
            Row("the last day", "2026-04-10", "due 2026-04-10"),
            Row("the day after", "2026-04-11", "confirm, overdue 2026-04-10 +1"),
            Row("the day after, in the United Kingdom", "2026-04-11", "confirm, overdue 2026-04-10 +1", protocol="uk"),
            Row("the day after, in the United States", "2026-04-11", "confirm, overdue 2026-04-10 +1", protocol="us"),
            Row("tested on the last day", "2026-04-11", "upcoming 2026-07-09", [lab("2026-04-10", "ALT", 25)]),
            Row(
                "a blood count is no liver test",
                "2026-04-11",
                "confirm, overdue 2026-04-10 +1",
                [lab("2026-04-10", "lymphocytes", 2, "10*9/L")],
            ),
            Row(
                "acknowledged",
                "2026-04-11",
                "overdue 2026-04-10 +1, note",
                [answered("2026-04-11", "LFT-01", "acknowledged", "alt")],
            ),
            Row("natalizumab stopped", "2026-04-11", "-", [STOP]),
            Row("follow-up ended", "2026-04-11", "-", [event("followup", "2026-03-01", status="transferred")]),
        ],
    ),
    Spec(
        "LFT-01",
        "first dose on 2025-01-10, so the first year is over; ALT on 2026-01-31: 180 days end on 2026-07-30",
        [dose("2025-01-10"), dose("2026-01-20"), lab("2026-01-31", "ALT", 20)],
        [
            Row("the last day", "2026-07-30", "due 2026-07-30"),
            Row("the day after", "2026-07-31", "confirm, overdue 2026-07-30 +1"),
        ],
    ),
    Spec(
        "LFT-01",
        "first dose on 2026-01-10, no liver test on record",
        [dose("2026-01-10")],
        [
            Row("90 days after the first dose", "2026-04-10", "due 2026-04-10"),
            Row("the day after", "2026-04-11", "confirm, overdue 2026-04-10 +1"),
        ],
    ),
    Spec("LFT-01", "no dose yet", [], [Row("any day (that is BAS-04)", "2026-07-31", "-")]),
    Spec(
        "OBS-01",
        "infusions every 4 weeks from 2025-01-04",
        [],
        [
            Row("11 given: the 12th is due on 2025-11-08", "2025-11-08", "due 2025-11-08", doses("2025-01-04", 11)),
            Row("11 given, late: a prompt is never overdue", "2025-11-09", "due 2025-11-08", doses("2025-01-04", 11)),
            Row("12 given", "2025-12-06", "-", doses("2025-01-04", 12)),
            Row("11 given, in the United States", "2025-11-08", "due 2025-11-08", doses("2025-01-04", 11), "us"),
            Row(
                "started elsewhere, nobody knows how many doses: that counts as few",
                "2026-02-07",
                "due 2026-02-07",
                [event("earlier_treatment", "2025-01-01", first_dose="2024-01-01"), dose("2026-01-10")],
            ),
            Row("natalizumab stopped", "2026-01-25", "-", [*doses("2025-01-04", 3), STOP]),
            Row(
                "12 given elsewhere",
                "2025-01-10",
                "-",
                [event("earlier_treatment", "2025-01-01", first_dose="2024-01-01", doses=12), dose("2025-01-04")],
            ),
        ],
    ),
    Spec(
        "OBS-01",
        "under the skin every 4 weeks from 2025-01-04",
        [],
        [
            Row(
                "5 given: the 6th is due on 2025-05-24",
                "2025-05-24",
                "due 2025-05-24",
                doses("2025-01-04", 5, route="sc"),
            ),
            Row("6 given", "2025-06-21", "-", doses("2025-01-04", 6, route="sc")),
        ],
    ),
    Spec(
        "REV-02",
        "first dose on 2024-01-31, so two years on 2026-01-31",
        [event("earlier_treatment", "2025-11-01", first_dose="2024-01-31", doses=24), dose("2026-01-10")],
        [
            Row("29 days before", "2026-01-02", "upcoming 2026-01-31"),
            Row("28 days before", "2026-01-03", "due 2026-01-31"),
            Row("the day before", "2026-01-30", "due 2026-01-31"),
            Row("two years", "2026-01-31", "due 2026-01-31"),
            Row("the day after", "2026-02-01", "confirm, overdue 2026-01-31 +1"),
            Row("the day after, in the United Kingdom", "2026-02-01", "confirm, overdue 2026-01-31 +1", protocol="uk"),
            Row("the day after, in the United States", "2026-02-01", "-", protocol="us"),
            Row(
                "form signed seven months before: too early",
                "2026-02-01",
                "confirm, overdue 2026-01-31 +1",
                [event("form", "2025-06-30", name="continuation")],
            ),
            Row("form signed six months before", "2026-02-01", "-", [event("form", "2025-07-31", name="continuation")]),
            Row("form signed on the day", "2026-02-01", "-", [event("form", "2026-01-31", name="continuation form")]),
            Row(
                "another form",
                "2026-02-01",
                "confirm, overdue 2026-01-31 +1",
                [event("form", "2026-01-31", name="alert card")],
            ),
            Row("natalizumab stopped", "2026-02-01", "-", [STOP]),
        ],
    ),
    Spec(
        "REV-02",
        "first dose on the leap day of 2024",
        [event("earlier_treatment", "2025-11-01", first_dose="2024-02-29"), dose("2026-02-10")],
        [
            Row("the last day of February", "2026-02-28", "due 2026-02-28"),
            Row("the first of March", "2026-03-01", "confirm, overdue 2026-02-28 +1"),
        ],
    ),
    Spec(
        "REV-02",
        "start unknown, or no start",
        [],
        [
            Row("started elsewhere, nobody knows when", "2026-02-01", "-", [event("earlier_treatment", "2025-11-01")]),
            Row("no dose yet", "2026-02-01", "-"),
        ],
    ),
    Spec(
        "EDU-01",
        "first dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row(
                "checked on 2026-01-15: 30 days after",
                "2026-02-14",
                "due 2026-02-14",
                [event("selfcheck", "2026-01-15", answers={"breast": "no"})],
            ),
            Row(
                "31 days after: a prompt is never overdue",
                "2026-02-15",
                "due 2026-02-14",
                [event("selfcheck", "2026-01-15", answers={"breast": "no"})],
            ),
            Row("no dose yet", "2026-01-09", "-"),
            Row("follow-up ended", "2026-02-15", "-", [event("followup", "2026-02-01", status="lost")]),
        ],
    ),
]
