"""Which JC virus antibody results may be believed."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, doses, event, jcv

STARTED = dose("2026-01-10")
OTHER = jcv("2026-02-10", "positive", 1.1, "ImmunoWELL", id="other")
LOW = jcv("2026-01-05", "positive", 0.7, id="low")
MIDDLE = jcv("2026-07-05", "positive", 1.2, id="middle")
NEGATIVE = jcv("2026-01-05", "negative", id="negative")


def exchange(on: str) -> dict[str, object]:
    """A plasma exchange."""
    return event("procedure", on, name="plasma exchange", id="exchange")


def immunoglobulin(on: str) -> dict[str, object]:
    """Immunoglobulins into a vein."""
    return event("procedure", on, name="IVIg", id="ivig")


SPECS = [
    Spec(
        "JCV-05",
        "first dose on 2026-01-10",
        [STARTED],
        [
            Row("the day before the result", "2026-02-09", "-", [OTHER]),
            Row("positive by ImmunoWELL", "2026-02-10", "confirm", [OTHER]),
            Row("the day after", "2026-02-11", "confirm", [OTHER]),
            Row("positive by ImmunoWELL, in the United Kingdom", "2026-02-10", "confirm", [OTHER], "uk"),
            Row("positive by ImmunoWELL, in the United States", "2026-02-10", "confirm", [OTHER], "us"),
            Row(
                "negative by ImmunoWELL: counts as negative",
                "2026-02-10",
                "note",
                [jcv("2026-02-10", "negative", assay="ImmunoWELL")],
            ),
            Row(
                "positive by an assay nobody knows",
                "2026-02-10",
                "confirm",
                [jcv("2026-02-10", "positive", 1.1, "House test")],
            ),
            Row(
                "negative by an assay nobody knows",
                "2026-02-10",
                "confirm",
                [jcv("2026-02-10", "negative", assay="House test")],
            ),
            Row("STRATIFY", "2026-02-10", "-", [jcv("2026-02-10", "positive", 1.1)]),
            Row(
                "STRATIFY by its full name",
                "2026-02-10",
                "-",
                [jcv("2026-02-10", "positive", 1.1, "Stratify JCV DxSelect")],
            ),
            Row("ImmunoWELL, then STRATIFY", "2026-03-10", "-", [OTHER, jcv("2026-03-10", "positive", 1.1)]),
            Row(
                "acknowledged", "2026-02-11", "note", [OTHER, answered("2026-02-11", "JCV-05", "acknowledged", "other")]
            ),
            Row(
                "28 days after the answer",
                "2026-03-11",
                "note",
                [OTHER, answered("2026-02-11", "JCV-05", "acknowledged", "other")],
            ),
            Row(
                "29 days after the answer",
                "2026-03-12",
                "confirm",
                [OTHER, answered("2026-02-11", "JCV-05", "acknowledged", "other")],
            ),
        ],
    ),
    Spec(
        "JCV-06",
        "a dose every 4 weeks from 2026-01-10 to 2026-06-27, so the next by 2026-07-25",
        doses("2026-01-10", 7),
        [
            Row("one result only", "2026-07-05", "-", [LOW]),
            Row("the day before the second result", "2026-07-04", "-", [LOW, MIDDLE]),
            Row("from a low to a middle index", "2026-07-05", "confirm, due 2026-07-25", [LOW, MIDDLE]),
            Row("the day after", "2026-07-06", "confirm, due 2026-07-25", [LOW, MIDDLE]),
            Row("in the United Kingdom", "2026-07-05", "confirm, due 2026-07-25", [LOW, MIDDLE], "uk"),
            Row("in the United States", "2026-07-05", "confirm, due 2026-07-25", [LOW, MIDDLE], "us"),
            Row("from negative to positive", "2026-07-05", "confirm, due 2026-07-25", [NEGATIVE, MIDDLE]),
            Row(
                "from 0.9 to 0.91",
                "2026-07-05",
                "confirm, due 2026-07-25",
                [jcv("2026-01-05", "positive", 0.9), jcv("2026-07-05", "positive", 0.91)],
            ),
            Row(
                "from 0.91 to 1.5: the same band",
                "2026-07-05",
                "-",
                [jcv("2026-01-05", "positive", 0.91), jcv("2026-07-05", "positive", 1.5)],
            ),
            Row(
                "from 1.5 to 1.51",
                "2026-07-05",
                "confirm, due 2026-07-25",
                [jcv("2026-01-05", "positive", 1.5), jcv("2026-07-05", "positive", 1.51)],
            ),
            Row(
                "from a middle to a low index",
                "2026-07-05",
                "confirm, due 2026-07-25",
                [jcv("2026-01-05", "positive", 1.2), jcv("2026-07-05", "positive", 0.7)],
            ),
            Row("repeated, the same band again", "2026-08-05", "-", [LOW, MIDDLE, jcv("2026-08-05", "positive", 1.3)]),
            Row(
                "repeated, back in the old band",
                "2026-08-05",
                "confirm, due 2026-08-22",
                [dose("2026-07-25"), LOW, MIDDLE, jcv("2026-08-05", "positive", 0.7)],
            ),
            Row("index unknown the second time", "2026-07-05", "-", [LOW, jcv("2026-07-05", "positive")]),
            Row(
                "acknowledged",
                "2026-07-06",
                "due 2026-07-25, note",
                [LOW, MIDDLE, answered("2026-07-06", "JCV-06", "acknowledged", "low", "middle")],
            ),
        ],
    ),
    Spec(
        "JCV-07",
        "last dose on 2026-02-28, the next by 2026-03-28; plasma exchange on 2026-03-01",
        [STARTED, dose("2026-02-28"), exchange("2026-03-01")],
        [
            Row("no sample", "2026-03-10", "-"),
            Row(
                "sample planned 13 days after",
                "2026-03-02",
                "hold(order, until 2026-03-15)",
                [jcv("2026-03-14", "negative", planned=True)],
            ),
            Row("sample planned 14 days after", "2026-03-02", "-", [jcv("2026-03-15", "negative", planned=True)]),
            Row(
                "sample taken 13 days after",
                "2026-03-20",
                "hold(order), due 2026-03-28",
                [jcv("2026-03-14", "negative")],
            ),
            Row("sample taken 14 days after", "2026-03-20", "-", [jcv("2026-03-15", "negative")]),
            Row("sample taken 15 days after", "2026-03-20", "-", [jcv("2026-03-16", "negative")]),
            Row("sample taken the day before", "2026-03-20", "-", [jcv("2026-02-28", "negative")]),
        ],
    ),
    Spec(
        "JCV-07",
        "last dose on 2027-03-06; immunoglobulins on 31 August, so samples count from the last day of February",
        [STARTED, dose("2027-03-06"), immunoglobulin("2026-08-31")],
        [
            Row(
                "sample taken the day before",
                "2027-03-20",
                "hold(order), due 2027-04-03",
                [jcv("2027-02-27", "negative")],
            ),
            Row("sample taken on the last day of February", "2027-03-20", "-", [jcv("2027-02-28", "negative")]),
            Row("sample taken on the first of March", "2027-03-20", "-", [jcv("2027-03-01", "negative")]),
        ],
    ),
]
