"""When the JC virus antibody test is repeated."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, event, jcv, withdrawn

STARTED = dose("2026-01-10")
OLD_START = event("earlier_treatment", "2025-12-01", first_dose="2024-01-10", doses=25)
LATEST = dose("2025-12-20")

SPECS = [
    Spec(
        "JCV-01",
        "first dose on 2026-01-10; negative on 2026-01-15, so due on 2026-07-15",
        [STARTED, jcv("2026-01-15", "negative", 0.1, id="test")],
        [
            Row("29 days before the last day", "2026-06-16", "upcoming 2026-07-15"),
            Row("28 days before the last day", "2026-06-17", "due 2026-07-15"),
            Row("the day before the last day", "2026-07-14", "due 2026-07-15"),
            Row("the last day", "2026-07-15", "due 2026-07-15"),
            Row("the day after", "2026-07-16", "confirm, overdue 2026-07-15 +1"),
            Row("the day after, in the United Kingdom", "2026-07-16", "confirm, overdue 2026-07-15 +1", protocol="uk"),
            Row("the day after, in the United States", "2026-07-16", "confirm, overdue 2026-07-15 +1", protocol="us"),
            Row("tested again on the last day", "2026-07-16", "upcoming 2027-01-15", [jcv("2026-07-15", "negative")]),
            Row("tested again and positive", "2026-07-16", "-", [jcv("2026-07-15", "positive", 1.8)]),
            Row(
                "a test that is only planned",
                "2026-07-16",
                "confirm, overdue 2026-07-15 +1",
                [jcv("2026-07-20", "negative", planned=True)],
            ),
            Row(
                "acknowledged",
                "2026-07-16",
                "overdue 2026-07-15 +1, note",
                [answered("2026-07-16", "JCV-01", "acknowledged", "test")],
            ),
            Row(
                "28 days after the answer",
                "2026-08-13",
                "overdue 2026-07-15 +29, note",
                [answered("2026-07-16", "JCV-01", "acknowledged", "test")],
            ),
            Row(
                "29 days after the answer",
                "2026-08-14",
                "confirm, overdue 2026-07-15 +30",
                [answered("2026-07-16", "JCV-01", "acknowledged", "test")],
            ),
            Row("the negative was withdrawn", "2026-07-16", "-", [withdrawn("2026-02-01", "test")]),
            Row("natalizumab stopped", "2026-07-16", "-", [event("stop", "2026-03-01")]),
            Row("follow-up ended", "2026-07-16", "-", [event("followup", "2026-03-01", status="transferred")]),
        ],
    ),
    Spec(
        "JCV-01",
        "first dose on 2025-08-01; negative on 31 August, so due on the last day of February",
        [dose("2025-08-01"), jcv("2025-08-31", "negative")],
        [
            Row("the day before", "2026-02-27", "due 2026-02-28"),
            Row("the last day of February", "2026-02-28", "due 2026-02-28"),
            Row("the first of March", "2026-03-01", "confirm, overdue 2026-02-28 +1"),
        ],
    ),
    Spec(
        "JCV-01",
        "first dose on 2027-08-01; negative on 31 August before a leap year",
        [dose("2027-08-01"), jcv("2027-08-31", "negative")],
        [
            Row("the leap day", "2028-02-29", "due 2028-02-29"),
            Row("the first of March", "2028-03-01", "confirm, overdue 2028-02-29 +1"),
        ],
    ),
    Spec(
        "JCV-01",
        "first dose on 2026-01-10",
        [STARTED],
        [
            Row(
                "negative by ImmunoWELL counts as negative",
                "2026-07-16",
                "confirm, overdue 2026-07-15 +1",
                [jcv("2026-01-15", "negative", assay="ImmunoWELL")],
            ),
            Row("positive", "2026-07-16", "-", [jcv("2026-01-15", "positive", 0.7)]),
            Row("indeterminate", "2026-07-16", "-", [jcv("2026-01-15", "indeterminate")]),
            Row("no result at all", "2026-07-16", "-"),
            Row(
                "negative after a valid positive stays positive (that is JCV-09)",
                "2026-07-16",
                "-",
                [jcv("2025-01-15", "positive", 0.7), jcv("2026-01-15", "negative")],
            ),
        ],
    ),
    Spec(
        "JCV-02",
        "first dose on 2024-01-10, so 24 months on 2026-01-10; index 0.9 on 2025-10-01, so due on 2026-04-01",
        [OLD_START, LATEST, jcv("2025-10-01", "positive", 0.9, id="test")],
        [
            Row("the day after 24 months", "2026-01-11", "upcoming 2026-04-01"),
            Row("the day before the last day", "2026-03-31", "due 2026-04-01"),
            Row("the last day", "2026-04-01", "due 2026-04-01"),
            Row("the day after", "2026-04-02", "confirm, overdue 2026-04-01 +1"),
            Row("in the United Kingdom (that is JCV-03)", "2026-04-02", "-", protocol="uk"),
            Row("in the United States", "2026-04-02", "-", protocol="us"),
            Row(
                "azathioprine in the past",
                "2026-04-02",
                "-",
                [event("therapy", "2020-01-01", name="azathioprine", until="2021-01-01")],
            ),
            Row(
                "interferon in the past changes nothing",
                "2026-04-02",
                "confirm, overdue 2026-04-01 +1",
                [event("therapy", "2020-01-01", name="Avonex", until="2021-01-01")],
            ),
            Row("index 0.91 since", "2026-04-02", "-", [jcv("2026-01-20", "positive", 0.91)]),
            Row("tested again", "2026-04-02", "upcoming 2026-09-30", [jcv("2026-03-30", "positive", 0.8)]),
            Row("natalizumab stopped", "2026-04-02", "-", [event("stop", "2026-01-15")]),
        ],
    ),
    Spec(
        "JCV-02",
        "first dose on 2024-01-10, so 24 months on 2026-01-10; index 0.4 on 2023-12-01, never repeated",
        [OLD_START, LATEST, jcv("2023-12-01", "positive", 0.4)],
        [
            Row("the day before", "2026-01-09", "-"),
            Row("the day at 24 months", "2026-01-10", "due 2026-01-10"),
            Row("the day after", "2026-01-11", "confirm, overdue 2026-01-10 +1"),
        ],
    ),
    Spec(
        "JCV-02",
        "start of treatment unknown; index 0.9",
        [event("earlier_treatment", "2025-12-01"), LATEST, jcv("2025-10-01", "positive", 0.9)],
        [Row("any day", "2026-05-01", "-")],
    ),
    Spec(
        "JCV-03",
        "first dose on 2026-01-10; index 1.5 on 2026-01-31, so due on 2026-07-31",
        [STARTED, jcv("2026-01-31", "positive", 1.5, id="test")],
        [
            Row("the day before the last day", "2026-07-30", "due 2026-07-31", protocol="uk"),
            Row("the last day", "2026-07-31", "due 2026-07-31", protocol="uk"),
            Row("the day after", "2026-08-01", "confirm, overdue 2026-07-31 +1", protocol="uk"),
            Row("the day after, in the European Union", "2026-08-01", "-"),
            Row("the day after, in the United States", "2026-08-01", "-", protocol="us"),
            Row("index 1.51 since", "2026-08-01", "-", [jcv("2026-07-01", "positive", 1.51)], "uk"),
            Row("tested again", "2026-08-01", "upcoming 2027-01-01", [jcv("2026-07-01", "positive", 0.5)], "uk"),
            Row("natalizumab stopped", "2026-08-01", "-", [event("stop", "2026-03-01")], "uk"),
        ],
    ),
    Spec(
        "JCV-03",
        "first dose on 2026-01-10; positive without an index on 2026-01-31",
        [STARTED, jcv("2026-01-31", "positive")],
        [Row("the day after six months", "2026-08-01", "confirm, overdue 2026-07-31 +1", protocol="uk")],
    ),
    Spec(
        "JCV-04",
        "first dose on 2026-01-10",
        [STARTED],
        [
            Row("index 1.5", "2026-02-01", "-", [jcv("2026-01-31", "positive", 1.5)], "uk"),
            Row("index 1.51", "2026-02-01", "note", [jcv("2026-01-31", "positive", 1.51)], "uk"),
            Row("the day before the result", "2026-01-30", "-", [jcv("2026-01-31", "positive", 1.51)], "uk"),
            Row("the day of the result", "2026-01-31", "note", [jcv("2026-01-31", "positive", 1.51)], "uk"),
            Row("index 1.51, in the European Union", "2026-02-01", "-", [jcv("2026-01-31", "positive", 1.51)]),
            Row("index 1.51, in the United States", "2026-02-01", "-", [jcv("2026-01-31", "positive", 1.51)], "us"),
            Row("positive, index unknown", "2026-02-01", "-", [jcv("2026-01-31", "positive")], "uk"),
            Row(
                "index 3.0 of another assay says nothing here",
                "2026-02-01",
                "-",
                [jcv("2026-01-31", "positive", 3.0, "ImmunoWELL")],
                "uk",
            ),
        ],
    ),
]
