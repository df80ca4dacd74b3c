"""Scans that look for PML, more often where the risk is high."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, event, jcv, mri

LONG = [
    event("earlier_treatment", "2025-11-01", first_dose="2024-01-10", doses=24, id="start"),
    dose("2025-12-20"),
    mri("2025-12-15", id="full"),
]
HIGH = jcv("2025-12-01", "positive", 1.51, id="high")
MIDDLE = jcv("2025-12-01", "positive", 1.5)
NEGATIVE = jcv("2025-12-01", "negative")
AZATHIOPRINE = event("therapy", "2018-01-01", name="azathioprine", until="2019-01-01")
MIDTERM = [
    event("earlier_treatment", "2025-11-01", first_dose="2024-07-10", doses=17),
    dose("2025-12-20"),
    mri("2025-12-31", id="full"),
]

SPECS = [
    Spec(
        "MRI-03",
        "first dose on 2024-01-10, more than two years ago from 2026-01-11; full scan on 2025-12-15",
        LONG,
        [
            Row("index 1.51, the day before two years", "2026-01-09", "-", [HIGH]),
            Row("index 1.51, the day after two years", "2026-01-11", "upcoming 2026-06-15", [HIGH]),
            Row("index 1.51, the day before three months after the scan", "2026-03-14", "upcoming 2026-06-15", [HIGH]),
            Row("index 1.51, three months after the scan", "2026-03-15", "due 2026-06-15", [HIGH]),
            Row("index 1.51, six months after the scan", "2026-06-15", "due 2026-06-15", [HIGH]),
            Row("index 1.51, the day after", "2026-06-16", "confirm, overdue 2026-06-15 +1", [HIGH]),
            Row("index 1.51, in the United Kingdom (that is MRI-04)", "2026-06-16", "-", [HIGH], "uk"),
            Row("index 1.51, in the United States (that is MRI-05)", "2026-06-16", "-", [HIGH], "us"),
            Row(
                "index 1.51, an abbreviated scan since",
                "2026-06-16",
                "upcoming 2026-10-01",
                [HIGH, mri("2026-04-01", "abbreviated")],
            ),
            Row(
                "index 1.51, a full scan since counts too",
                "2026-06-16",
                "upcoming 2026-10-01",
                [HIGH, mri("2026-04-01")],
            ),
            Row("index 1.5", "2026-06-16", "-", [MIDDLE]),
            Row(
                "index 0.5 and azathioprine in the past",
                "2026-06-16",
                "confirm, overdue 2026-06-15 +1",
                [jcv("2025-12-01", "positive", 0.5), AZATHIOPRINE],
            ),
            Row("negative and azathioprine in the past", "2026-06-16", "-", [NEGATIVE, AZATHIOPRINE]),
            Row(
                "acknowledged",
                "2026-06-16",
                "overdue 2026-06-15 +1, note",
                [HIGH, answered("2026-06-16", "MRI-03", "acknowledged", "full", "start", "high")],
            ),
        ],
    ),
    Spec(
        "MRI-04",
        "first dose on 2024-07-10, 18 months on 2026-01-10; full scan on 2025-12-31",
        MIDTERM,
        [
            Row("index 1.51, the day before 18 months", "2026-01-09", "-", [HIGH], "uk"),
            Row("index 1.51, the day after 18 months", "2026-01-11", "upcoming 2026-04-30", [HIGH], "uk"),
            Row(
                "index 1.51, the day before three months after the scan",
                "2026-03-30",
                "upcoming 2026-04-30",
                [HIGH],
                "uk",
            ),
            Row("index 1.51, three months after the scan", "2026-03-31", "due 2026-04-30", [HIGH], "uk"),
            Row("index 1.51, four months after the scan", "2026-04-30", "due 2026-04-30", [HIGH], "uk"),
            Row("index 1.51, the day after", "2026-05-01", "confirm, overdue 2026-04-30 +1", [HIGH], "uk"),
            Row("index 1.51, in the European Union", "2026-05-01", "-", [HIGH]),
            Row("index 1.51, in the United States (that is MRI-05)", "2026-05-01", "-", [HIGH], "us"),
            Row("index 1.5, six months after the scan", "2026-06-30", "due 2026-06-30", [MIDDLE], "uk"),
            Row("index 1.5, the day after", "2026-07-01", "confirm, overdue 2026-06-30 +1", [MIDDLE], "uk"),
            Row(
                "positive, index unknown: counts as above 1.5",
                "2026-05-01",
                "confirm, overdue 2026-04-30 +1",
                [jcv("2025-12-01", "positive")],
                "uk",
            ),
            Row("negative", "2026-07-01", "-", [NEGATIVE], "uk"),
            Row(
                "index 1.51, an abbreviated scan since",
                "2026-05-01",
                "upcoming 2026-08-01",
                [HIGH, mri("2026-04-01", "abbreviated")],
                "uk",
            ),
        ],
    ),
    Spec(
        "MRI-05",
        "first dose on 2024-07-10, 18 months on 2026-01-10; full scan on 2025-12-31",
        MIDTERM,
        [
            Row("positive, the day before 18 months", "2026-01-09", "-", [MIDDLE], "us"),
            Row("positive, 18 months", "2026-01-10", "upcoming 2026-06-30", [MIDDLE], "us"),
            Row(
                "positive, the day before three months after the scan",
                "2026-03-30",
                "upcoming 2026-06-30",
                [MIDDLE],
                "us",
            ),
            Row("positive, three months after the scan", "2026-03-31", "due 2026-06-30", [MIDDLE], "us"),
            Row("positive, six months after the scan", "2026-06-30", "due 2026-06-30", [MIDDLE], "us"),
            Row("positive, the day after", "2026-07-01", "confirm, overdue 2026-06-30 +1", [MIDDLE], "us"),
            Row("positive, in the European Union", "2026-07-01", "-", [MIDDLE]),
            Row("positive, in the United Kingdom (that is MRI-04)", "2026-07-01", "-", [MIDDLE], "uk"),
            Row("negative", "2026-07-01", "-", [NEGATIVE], "us"),
            Row(
                "positive, an abbreviated scan since",
                "2026-07-01",
                "upcoming 2026-10-02",
                [MIDDLE, mri("2026-04-02", "abbreviated")],
                "us",
            ),
        ],
    ),
]
