"""What must be there before the first dose."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, event, jcv, lab, mri

SCAN = mri("2026-08-02")
COUNT = [lab("2026-05-02", "lymphocytes", 1.8, "10*9/L"), lab("2026-05-02", "leukocytes", 6, "10*9/L")]
LIVER = lab("2026-05-02", "ALT", 20)
CARD = event("form", "2026-10-01", name="alert card")
FORM = event("form", "2026-10-01", name="initiation")
ELSEWHERE = event("earlier_treatment", "2026-10-01", first_dose="2025-01-01")

SPECS = [
    Spec(
        "BAS-01",
        "no dose yet",
        [],
        [
            Row("no scan", "2026-11-02", "hold, due 2026-11-02"),
            Row("no scan, in the United Kingdom", "2026-11-02", "hold, due 2026-11-02", protocol="uk"),
            Row("no scan, in the United States", "2026-11-02", "-", protocol="us"),
            Row("the day before the scan is three months old", "2026-11-01", "-", [SCAN]),
            Row("the day it is", "2026-11-02", "-", [SCAN]),
            Row("the day after", "2026-11-03", "hold, due 2026-11-03", [SCAN]),
            Row("scan on 30 November, the last day of February", "2026-02-28", "-", [mri("2025-11-30")]),
            Row(
                "scan on 30 November, the first day of March", "2026-03-01", "hold, due 2026-03-01", [mri("2025-11-30")]
            ),
            Row("scan on 29 November, the leap day of 2028", "2028-02-29", "-", [mri("2027-11-29")]),
            Row("scan on 29 November, the day after", "2028-03-01", "hold, due 2028-03-01", [mri("2027-11-29")]),
            Row("a scan that is only planned", "2026-11-02", "hold, due 2026-11-02", [mri("2026-11-20", planned=True)]),
            Row("an old scan and a new one", "2026-11-03", "-", [SCAN, mri("2026-11-01")]),
            Row(
                "a first dose planned: due by then",
                "2026-11-02",
                "hold, due 2026-11-20",
                [dose("2026-11-20", planned=True)],
            ),
            Row("released", "2026-11-02", "due 2026-11-02, note", [answered("2026-11-02", "BAS-01", "released")]),
            Row(
                "released 28 days ago",
                "2026-11-30",
                "due 2026-11-30, note",
                [answered("2026-11-02", "BAS-01", "released")],
            ),
            Row(
                "released 29 days ago",
                "2026-12-01",
                "hold, due 2026-12-01",
                [answered("2026-11-02", "BAS-01", "released")],
            ),
            Row(
                "acknowledged: a hold needs a release",
                "2026-11-02",
                "hold, due 2026-11-02",
                [answered("2026-11-02", "BAS-01", "acknowledged")],
            ),
            Row("after the first dose", "2026-11-03", "-", [dose("2026-11-02")]),
            Row("started elsewhere", "2026-11-03", "-", [ELSEWHERE]),
        ],
    ),
    Spec(
        "BAS-02",
        "no dose yet",
        [],
        [
            Row("no result", "2026-11-02", "confirm, due 2026-11-02"),
            Row("no result, in the United Kingdom", "2026-11-02", "confirm, due 2026-11-02", protocol="uk"),
            Row("no result, in the United States", "2026-11-02", "confirm, due 2026-11-02", protocol="us"),
            Row("the day before the result", "2026-10-31", "confirm, due 2026-10-31", [jcv("2026-11-01", "negative")]),
            Row("the day of the result", "2026-11-01", "-", [jcv("2026-11-01", "negative")]),
            Row("the day after", "2026-11-02", "-", [jcv("2026-11-01", "negative")]),
            Row("a result of another assay", "2026-11-02", "-", [jcv("2026-11-01", "positive", 1.1, "ImmunoWELL")]),
            Row(
                "a test that is only planned",
                "2026-11-02",
                "confirm, due 2026-11-02",
                [jcv("2026-11-20", "negative", planned=True)],
            ),
            Row(
                "acknowledged", "2026-11-02", "due 2026-11-02, note", [answered("2026-11-02", "BAS-02", "acknowledged")]
            ),
        ],
    ),
    Spec(
        "BAS-03",
        "no dose yet",
        [],
        [
            Row("no count", "2026-11-02", "confirm, due 2026-11-02"),
            Row("no count, in the United Kingdom", "2026-11-02", "confirm, due 2026-11-02", protocol="uk"),
            Row("no count, in the United States", "2026-11-02", "-", protocol="us"),
            Row("the day before the count is six months old", "2026-11-01", "-", COUNT),
            Row("the day it is", "2026-11-02", "-", COUNT),
            Row("the day after", "2026-11-03", "confirm, due 2026-11-03", COUNT),
            Row("leukocytes without lymphocytes", "2026-11-02", "confirm, due 2026-11-02", COUNT[1:]),
            Row("after the first dose", "2026-11-02", "-", [dose("2026-11-02")]),
            Row("started elsewhere", "2026-11-02", "-", [ELSEWHERE]),
            Row(
                "acknowledged", "2026-11-02", "due 2026-11-02, note", [answered("2026-11-02", "BAS-03", "acknowledged")]
            ),
        ],
    ),
    Spec(
        "BAS-04",
        "no dose yet",
        [],
        [
            Row("no liver test", "2026-11-02", "confirm, due 2026-11-02"),
            Row("no liver test, in the United Kingdom", "2026-11-02", "confirm, due 2026-11-02", protocol="uk"),
            Row("no liver test, in the United States", "2026-11-02", "confirm, due 2026-11-02", protocol="us"),
            Row("the day before the test is six months old", "2026-11-01", "-", [LIVER]),
            Row("the day it is", "2026-11-02", "-", [LIVER]),
            Row("the day after", "2026-11-03", "confirm, due 2026-11-03", [LIVER]),
            Row("a blood count is no liver test", "2026-11-02", "confirm, due 2026-11-02", COUNT),
            Row("after the first dose", "2026-11-02", "-", [dose("2026-11-02")]),
        ],
    ),
    Spec(
        "BAS-05",
        "no dose yet",
        [],
        [
            Row("neither card nor form", "2026-11-02", "confirm, confirm, due 2026-11-02, due 2026-11-02"),
            Row(
                "neither, in the United Kingdom",
                "2026-11-02",
                "confirm, confirm, due 2026-11-02, due 2026-11-02",
                protocol="uk",
            ),
            Row("neither, in the United States", "2026-11-02", "-", protocol="us"),
            Row("only the card", "2026-11-02", "confirm, due 2026-11-02", [CARD]),
            Row("only the form", "2026-11-02", "confirm, due 2026-11-02", [FORM]),
            Row("the day before both", "2026-09-30", "confirm, confirm, due 2026-09-30, due 2026-09-30", [CARD, FORM]),
            Row("the day of both", "2026-10-01", "-", [CARD, FORM]),
            Row("the day after", "2026-10-02", "-", [CARD, FORM]),
            Row(
                "by their other names",
                "2026-11-02",
                "-",
                [
                    event("form", "2026-10-01", name="Patient alert card"),
                    event("form", "2026-10-01", name="treatment initiation form"),
                ],
            ),
            Row(
                "forms that are only planned",
                "2026-11-02",
                "confirm, confirm, due 2026-11-02, due 2026-11-02",
                [CARD | {"planned": True}, FORM | {"planned": True}],
            ),
            Row(
                "acknowledged",
                "2026-11-02",
                "due 2026-11-02, due 2026-11-02, note, note",
                [answered("2026-11-02", "BAS-05", "acknowledged")],
            ),
        ],
    ),
]
