"""PML suspected, and the PML risk."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, event, jcv, mri, withdrawn

SUSPECTED = diagnosis("2026-05-04", "PML", "suspected", id="pml")
SCAN = mri("2026-05-04", suspicious_for_pml=True, id="scan")
WEAK = event("symptom", "2026-05-04", name="weakness", days=14, worsening=True, id="weak")
EXCLUDED = diagnosis("2026-06-01", "PML", "excluded")
HIGH = jcv("2025-12-01", "positive", 1.51, id="high")
LONG = [event("earlier_treatment", "2025-11-01", first_dose="2024-01-10", doses=24), dose("2026-01-03")]
DOSES = [
    dose("2026-01-31"),
    dose("2026-02-28"),
    dose("2026-03-28"),
    dose("2026-04-25"),
    dose("2026-05-23"),
    dose("2026-06-20"),
]
BENEFIT = answered("2026-01-31", "RSK-04", "acknowledged", "high")
OLD = event("earlier_treatment", "2020-02-01", first_dose="2020-01-10")

SPECS = [
    Spec(
        "PML-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before PML is suspected", "2026-05-03", "-", [SUSPECTED]),
            Row("the day", "2026-05-04", "hold, due 2026-05-04, due 2026-05-04", [SUSPECTED]),
            Row("the day after", "2026-05-05", "hold, overdue 2026-05-04 +1, overdue 2026-05-04 +1", [SUSPECTED]),
            Row(
                "a year later: time alone ends no hold",
                "2027-05-04",
                "hold, overdue 2026-05-04 +365, overdue 2026-05-04 +365",
                [SUSPECTED],
            ),
            Row("in the United Kingdom", "2026-05-04", "hold, due 2026-05-04, due 2026-05-04", [SUSPECTED], "uk"),
            Row("in the United States", "2026-05-04", "hold, due 2026-05-04, due 2026-05-04", [SUSPECTED], "us"),
            Row(
                "the day before it is excluded",
                "2026-05-31",
                "hold, overdue 2026-05-04 +27, overdue 2026-05-04 +27",
                [SUSPECTED, EXCLUDED],
            ),
            Row("excluded", "2026-06-01", "-", [SUSPECTED, EXCLUDED]),
            Row(
                "excluded, suspected again",
                "2026-07-02",
                "hold, overdue 2026-07-01 +1, overdue 2026-07-01 +1",
                [SUSPECTED, EXCLUDED, diagnosis("2026-07-01", "PML", "suspected")],
            ),
            Row("a suspicious scan", "2026-05-04", "hold, due 2026-05-04, due 2026-05-04", [SCAN]),
            Row("a suspicious scan, then PML excluded", "2026-06-01", "-", [SCAN, EXCLUDED]),
            Row(
                "a suspicious scan, virus not found in the fluid: not enough",
                "2026-05-20",
                "hold, overdue 2026-05-04 +16",
                [SCAN, event("csf", "2026-05-20", jcv_pcr="not_detected")],
            ),
            Row("a scan that is not suspicious", "2026-05-04", "-", [mri("2026-05-04", suspicious_for_pml=False)]),
            Row("a scan about which nobody says so", "2026-05-04", "-", [mri("2026-05-04")]),
            Row(
                "acknowledged: a hold needs a release",
                "2026-05-05",
                "hold, overdue 2026-05-04 +1, overdue 2026-05-04 +1",
                [SUSPECTED, answered("2026-05-05", "PML-01", "acknowledged", "pml")],
            ),
            Row("withdrawn", "2026-05-05", "-", [SUSPECTED, withdrawn("2026-05-05", "pml")]),
            Row(
                "the scan's report corrected",
                "2026-05-05",
                "-",
                [SCAN, mri("2026-05-04", suspicious_for_pml=False, corrects="scan", id="right")],
            ),
        ],
    ),
    Spec(
        "PML-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("weakness noted", "2026-05-04", "hold, due 2026-05-04, due 2026-05-04", [WEAK]),
            Row("the day before weakness is noted", "2026-05-03", "-", [WEAK]),
            Row(
                "the day after, nothing done",
                "2026-05-05",
                "hold, overdue 2026-05-04 +1, overdue 2026-05-04 +1",
                [WEAK],
            ),
            Row("weakness, then PML excluded", "2026-06-01", "-", [WEAK, EXCLUDED]),
            Row(
                "weakness for 400 days, not worsening",
                "2026-05-05",
                "confirm",
                [event("symptom", "2026-05-04", name="weak leg", days=400, worsening=False)],
            ),
            Row(
                "weakness that is over",
                "2026-05-06",
                "confirm",
                [event("symptom", "2026-05-04", name="weakness", ended="2026-05-05")],
            ),
            Row(
                "loss of part of vision",
                "2026-05-04",
                "hold, due 2026-05-04, due 2026-05-04",
                [event("symptom", "2026-05-04", name="hemianopia")],
            ),
            Row(
                "confusion",
                "2026-05-04",
                "hold, due 2026-05-04, due 2026-05-04",
                [event("symptom", "2026-05-04", name="confusion")],
            ),
            Row("headache", "2026-05-04", "-", [event("symptom", "2026-05-04", name="headache")]),
            Row(
                "virus found in the spinal fluid",
                "2026-05-04",
                "hold, due 2026-05-04",
                [event("csf", "2026-05-04", jcv_pcr="detected")],
            ),
        ],
    ),
    Spec(
        "RSK-01",
        "first dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("the day before a valid result", "2026-01-14", "note", [jcv("2026-01-15", "positive", 1.2)]),
            Row("index 1.2", "2026-01-15", "note", [jcv("2026-01-15", "positive", 1.2)]),
            Row("negative", "2026-01-15", "note", [jcv("2026-01-15", "negative")]),
        ],
    ),
    Spec(
        "RSK-02",
        "first dose on 2020-01-10, index 1.2: month 72 ends on 2026-01-09",
        [OLD, dose("2025-12-20"), jcv("2025-12-01", "positive", 1.2, id="test")],
        [
            Row("the last day of month 72", "2026-01-09", "-"),
            Row("the first day of month 73", "2026-01-10", "confirm"),
            Row("the day after", "2026-01-11", "confirm"),
            Row("the first day of month 73, in the United Kingdom", "2026-01-10", "confirm", protocol="uk"),
            Row("the first day of month 73, in the United States", "2026-01-10", "confirm", protocol="us"),
            Row("start of treatment unknown", "2026-01-10", "-", [event("earlier_treatment", "2020-03-01")]),
        ],
    ),
    Spec(
        "RSK-04",
        "first dose on 2024-01-10; index 1.51",
        [*LONG, *DOSES, HIGH],
        [
            Row("the day before two years", "2026-01-09", "-"),
            Row("two years to the day", "2026-01-10", "-"),
            Row("the day after two years", "2026-01-11", "confirm"),
            Row("the day after two years, in the United Kingdom", "2026-01-11", "confirm", protocol="uk"),
            Row("the day after two years, in the United States", "2026-01-11", "-", protocol="us"),
            Row("confirmed on 2026-01-31: 28 days after", "2026-02-28", "note", [BENEFIT]),
            Row("29 days after: this answer counts for six months", "2026-03-01", "note", [BENEFIT]),
            Row("six months after", "2026-07-31", "note", [BENEFIT]),
            Row("the day after", "2026-08-01", "confirm", [BENEFIT]),
            Row(
                "a new result since: the facts are others now",
                "2026-04-02",
                "confirm",
                [BENEFIT, jcv("2026-04-01", "positive", 2.4, id="new")],
            ),
        ],
    ),
    Spec(
        "RSK-04",
        "first dose on 2024-01-10; dose on 2026-01-20",
        [*LONG, dose("2026-01-31")],
        [
            Row("index 1.5", "2026-02-01", "-", [jcv("2025-12-01", "positive", 1.5)]),
            Row(
                "index 0.5 after azathioprine",
                "2026-02-01",
                "confirm",
                [
                    jcv("2025-12-01", "positive", 0.5),
                    event("therapy", "2018-01-01", name="azathioprine", until="2019-01-01"),
                ],
            ),
            Row(
                "negative after azathioprine",
                "2026-02-01",
                "-",
                [
                    jcv("2025-12-01", "negative"),
                    event("therapy", "2018-01-01", name="azathioprine", until="2019-01-01"),
                ],
            ),
            Row("index 3.0 of another assay", "2026-02-01", "-", [jcv("2025-12-01", "positive", 3.0, "ImmunoWELL")]),
        ],
    ),
]
