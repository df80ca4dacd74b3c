"""What an antibody result means after an older one, or after drugs that disturb it."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, event, jcv

STARTED = dose("2026-01-10")
LOW = jcv("2026-01-05", "positive", 0.7, id="low")
IMMUNOGLOBULIN = event("procedure", "2025-12-20", name="IVIg", id="ivig")

SPECS = [
    Spec(
        "JCV-08",
        "first dose on 2026-01-10; index 0.7 on 2026-01-05",
        [STARTED, LOW],
        [
            Row("nothing else", "2026-02-01", "-"),
            Row(
                "alemtuzumab in the past",
                "2026-02-01",
                "confirm",
                [event("therapy", "2023-01-01", name="Lemtrada", until="2024-01-05")],
            ),
            Row(
                "stem cells transplanted in the past",
                "2026-02-01",
                "confirm",
                [event("procedure", "2023-01-01", name="HSCT")],
            ),
            Row(
                "the same, in the United Kingdom",
                "2026-02-01",
                "confirm",
                [event("procedure", "2023-01-01", name="HSCT")],
                "uk",
            ),
            Row(
                "the same, in the United States",
                "2026-02-01",
                "confirm",
                [event("procedure", "2023-01-01", name="HSCT")],
                "us",
            ),
            Row(
                "alemtuzumab only planned",
                "2026-02-01",
                "-",
                [event("therapy", "2026-05-01", name="alemtuzumab", planned=True)],
            ),
            Row(
                "interferon in the past",
                "2026-02-01",
                "-",
                [event("therapy", "2023-01-01", name="Rebif", until="2024-01-05")],
            ),
        ],
    ),
    Spec(
        "JCV-08",
        "first dose on 2026-01-10; alemtuzumab in the past; no antibody result",
        [STARTED, event("therapy", "2023-01-01", name="alemtuzumab", until="2024-01-05")],
        [
            Row("the day before a result", "2026-02-09", "-", [jcv("2026-02-10", "positive", 0.7)]),
            Row("the day of a result", "2026-02-10", "confirm", [jcv("2026-02-10", "positive", 0.7)]),
        ],
    ),
    Spec(
        "JCV-09",
        "first dose on 2026-01-10; positive, index 0.7, on 2026-01-05",
        [STARTED, LOW],
        [
            Row("the day before the negative", "2026-07-04", "-", [jcv("2026-07-05", "negative")]),
            Row("negative six months later", "2026-07-05", "confirm", [jcv("2026-07-05", "negative")]),
            Row("the day after", "2026-07-06", "confirm", [jcv("2026-07-05", "negative")]),
            Row("in the United Kingdom", "2026-07-05", "confirm", [jcv("2026-07-05", "negative")], "uk"),
            Row("in the United States", "2026-07-05", "confirm", [jcv("2026-07-05", "negative")], "us"),
            Row("negative by ImmunoWELL", "2026-07-05", "confirm", [jcv("2026-07-05", "negative", assay="ImmunoWELL")]),
            Row(
                "negative, then positive again",
                "2026-08-05",
                "-",
                [jcv("2026-07-05", "negative"), jcv("2026-08-05", "positive", 0.7)],
            ),
            Row("positive again", "2026-07-05", "-", [jcv("2026-07-05", "positive", 0.7)]),
            Row(
                "acknowledged",
                "2026-07-06",
                "note",
                [
                    jcv("2026-07-05", "negative", id="neg"),
                    answered("2026-07-06", "JCV-09", "acknowledged", "low", "neg"),
                ],
            ),
        ],
    ),
    Spec(
        "JCV-09",
        "first dose on 2026-01-10; negative on 2026-07-05",
        [STARTED, jcv("2026-07-05", "negative")],
        [
            Row("never positive", "2026-07-06", "-"),
            Row("positive by ImmunoWELL before", "2026-07-06", "-", [jcv("2026-01-05", "positive", 1.0, "ImmunoWELL")]),
            Row(
                "positive right after immunoglobulins: not a valid positive",
                "2026-07-06",
                "-",
                [IMMUNOGLOBULIN, LOW],
            ),
        ],
    ),
    Spec(
        "JCV-10",
        "doses on 2026-01-10 and 2026-02-07, so the next by 2026-03-07",
        [STARTED, dose("2026-02-07")],
        [
            Row("the day before the result", "2026-02-09", "-", [jcv("2026-02-10", "indeterminate")]),
            Row("indeterminate", "2026-02-10", "confirm, due 2026-03-07", [jcv("2026-02-10", "indeterminate")]),
            Row("the day after", "2026-02-11", "confirm, due 2026-03-07", [jcv("2026-02-10", "indeterminate")]),
            Row(
                "in the United Kingdom",
                "2026-02-10",
                "confirm, due 2026-03-07",
                [jcv("2026-02-10", "indeterminate")],
                "uk",
            ),
            Row(
                "in the United States",
                "2026-02-10",
                "confirm, due 2026-03-07",
                [jcv("2026-02-10", "indeterminate")],
                "us",
            ),
            Row(
                "indeterminate, then negative",
                "2026-03-10",
                "-",
                [jcv("2026-02-10", "indeterminate"), jcv("2026-03-10", "negative")],
            ),
            Row("negative", "2026-02-10", "-", [jcv("2026-02-10", "negative")]),
            Row(
                "acknowledged",
                "2026-02-11",
                "due 2026-03-07, note",
                [
                    jcv("2026-02-10", "indeterminate", id="test"),
                    answered("2026-02-11", "JCV-10", "acknowledged", "test"),
                ],
            ),
        ],
    ),
    Spec(
        "JCV-10",
        "last dose on 2026-02-07, the next by 2026-03-07",
        [dose("2026-02-07")],
        [
            Row(
                "positive, but the index is 0.1",
                "2026-02-11",
                "confirm, due 2026-03-07",
                [jcv("2026-02-10", "positive", 0.1)],
            ),
            Row(
                "negative, but the index is 1.2",
                "2026-02-11",
                "confirm, due 2026-03-07",
                [jcv("2026-02-10", "negative", 1.2)],
            ),
        ],
    ),
]
