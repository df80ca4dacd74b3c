"""Scans that everybody has: the rebaseline and the annual one."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, event, mri

SPECS = [
    Spec(
        "MRI-01",
        "first dose on 2026-01-10: rebaseline from 2026-04-10 to 2026-07-10",
        [dose("2026-01-10", id="first")],
        [
            Row("the day of the first dose", "2026-01-10", "upcoming 2026-07-10"),
            Row("the day before three months", "2026-04-09", "upcoming 2026-07-10"),
            Row("three months", "2026-04-10", "due 2026-07-10"),
            Row("the day after", "2026-04-11", "due 2026-07-10"),
            Row("the day before six months", "2026-07-09", "due 2026-07-10"),
            Row("six months", "2026-07-10", "due 2026-07-10"),
            Row("the day after", "2026-07-11", "confirm, overdue 2026-07-10 +1"),
            Row("the day after, in the United Kingdom", "2026-07-11", "confirm, overdue 2026-07-10 +1", protocol="uk"),
            Row("the day after, in the United States", "2026-07-11", "confirm, overdue 2026-07-10 +1", protocol="us"),
            Row(
                "full scan the day before three months: too early",
                "2026-07-11",
                "confirm, overdue 2026-07-10 +1",
                [mri("2026-04-09")],
            ),
            Row("full scan at three months", "2026-07-11", "-", [mri("2026-04-10")]),
            Row("full scan late, at seven months", "2026-08-10", "-", [mri("2026-08-10")]),
            Row(
                "abbreviated scan at four months is not enough",
                "2026-07-11",
                "confirm, overdue 2026-07-10 +1",
                [mri("2026-05-10", "abbreviated")],
            ),
            Row(
                "a scan that is only planned",
                "2026-07-11",
                "confirm, overdue 2026-07-10 +1",
                [mri("2026-07-20", planned=True)],
            ),
            Row(
                "acknowledged",
                "2026-07-11",
                "overdue 2026-07-10 +1, note",
                [answered("2026-07-11", "MRI-01", "acknowledged", "first")],
            ),
            Row("natalizumab stopped", "2026-07-11", "-", [event("stop", "2026-03-01")]),
            Row("follow-up ended", "2026-07-11", "-", [event("followup", "2026-03-01", status="lost")]),
        ],
    ),
    Spec(
        "MRI-01",
        "first dose on 31 August 2025: months end with their last day",
        [dose("2025-08-31")],
        [
            Row("the day before three months", "2025-11-29", "upcoming 2026-02-28"),
            Row("three months", "2025-11-30", "due 2026-02-28"),
            Row("six months", "2026-02-28", "due 2026-02-28"),
            Row("the day after", "2026-03-01", "confirm, overdue 2026-02-28 +1"),
        ],
    ),
    Spec(
        "MRI-01",
        "no dose yet",
        [],
        [
            Row("any day", "2026-07-11", "-"),
            Row(
                "started elsewhere on 2026-01-10",
                "2026-07-11",
                "confirm, overdue 2026-07-10 +1",
                [event("earlier_treatment", "2026-05-01", first_dose="2026-01-10")],
            ),
            Row("started elsewhere, nobody knows when", "2026-07-11", "-", [event("earlier_treatment", "2026-05-01")]),
        ],
    ),
    Spec(
        "MRI-02",
        "first dose on 2025-01-10; full scan on 2025-06-10",
        [dose("2025-01-10"), mri("2025-06-10", id="scan")],
        [
            Row("29 days before it is a year old", "2026-05-12", "upcoming 2026-06-10"),
            Row("28 days before", "2026-05-13", "due 2026-06-10"),
            Row("the day before", "2026-06-09", "due 2026-06-10"),
            Row("a year after the scan", "2026-06-10", "due 2026-06-10"),
            Row("the day after", "2026-06-11", "confirm, overdue 2026-06-10 +1"),
            Row("the day after, in the United Kingdom", "2026-06-11", "confirm, overdue 2026-06-10 +1", protocol="uk"),
            Row("the day after, in the United States", "2026-06-11", "confirm, overdue 2026-06-10 +1", protocol="us"),
            Row(
                "an abbreviated scan since is not enough",
                "2026-06-11",
                "confirm, overdue 2026-06-10 +1",
                [mri("2026-05-10", "abbreviated")],
            ),
            Row("a full scan since", "2026-06-11", "upcoming 2027-05-10", [mri("2026-05-10")]),
            Row(
                "acknowledged",
                "2026-06-11",
                "overdue 2026-06-10 +1, note",
                [answered("2026-06-11", "MRI-02", "acknowledged", "scan")],
            ),
            Row("follow-up ended", "2026-06-11", "-", [event("followup", "2026-03-01", status="transferred")]),
        ],
    ),
    Spec(
        "MRI-02",
        "first dose on 2027-09-10; full scan on the leap day of 2028",
        [dose("2027-09-10"), mri("2028-02-29")],
        [
            Row("the day before", "2029-02-27", "due 2029-02-28"),
            Row("the last day of February", "2029-02-28", "due 2029-02-28"),
            Row("the first of March", "2029-03-01", "confirm, overdue 2029-02-28 +1"),
        ],
    ),
    Spec(
        "MRI-02",
        "no dose yet",
        [],
        [
            Row("no scan (that is BAS-01)", "2026-06-11", "-"),
            Row("a scan two years ago", "2026-06-11", "-", [mri("2024-06-11")]),
        ],
    ),
    Spec(
        "MRI-02",
        "first dose on 2025-01-31, no scan on record",
        [dose("2025-01-31")],
        [
            Row("a year after the first dose", "2026-01-31", "due 2026-01-31"),
            Row("the day after", "2026-02-01", "confirm, overdue 2026-01-31 +1"),
        ],
    ),
]
