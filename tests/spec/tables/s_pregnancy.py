"""Pregnancy, breast-feeding, and the newborn."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, answered, dose, doses, event, withdrawn

LAST = dose("2026-01-10", id="last")
PREGNANT = event("pregnancy", "2026-02-01", gestation_weeks=8, id="pregnancy")
FEEDING = event("breastfeeding", "2026-02-01", id="feeding")


def blood(on: str, result: str, name: str = "pregnancy") -> Event:
    """A test of blood or urine, for pregnancy unless named."""
    return event("serology", on, test=name, result=result)


SPECS = [
    Spec(
        "CON-07",
        "last dose on 2026-01-10",
        [LAST],
        [
            Row("the day before it is known", "2026-01-31", "-", [PREGNANT]),
            Row("pregnant on that day", "2026-02-01", "confirm", [PREGNANT]),
            Row("the day after", "2026-02-02", "confirm", [PREGNANT]),
            Row("pregnant, in the United Kingdom", "2026-02-02", "confirm", [PREGNANT], "uk"),
            Row("pregnant, in the United States", "2026-02-02", "confirm", [PREGNANT], "us"),
            Row("two years on, no end on record", "2028-02-02", "confirm", [PREGNANT]),
            Row("ends tomorrow", "2026-02-10", "confirm", [{**PREGNANT, "ended": "2026-02-11"}]),
            Row("ended today", "2026-02-11", "-", [{**PREGNANT, "ended": "2026-02-11"}]),
            Row("ended yesterday", "2026-02-12", "-", [{**PREGNANT, "ended": "2026-02-11"}]),
            Row(
                "pregnant again",
                "2026-09-02",
                "confirm",
                [{**PREGNANT, "ended": "2026-02-11"}, event("pregnancy", "2026-09-01", gestation_weeks=5)],
            ),
            Row(
                "acknowledged",
                "2026-02-02",
                "note",
                [PREGNANT, answered("2026-02-02", "CON-07", "acknowledged", "pregnancy")],
            ),
            Row("withdrawn", "2026-02-02", "-", [PREGNANT, withdrawn("2026-02-02", "pregnancy")]),
            Row(
                "wished for", "2026-02-02", "note", [event("pregnancy", "2026-06-01", gestation_weeks=0, planned=True)]
            ),
            Row(
                "wished for, and come",
                "2026-02-02",
                "confirm",
                [PREGNANT, event("pregnancy", "2026-01-15", gestation_weeks=0, planned=True)],
            ),
            Row("pregnancy test positive", "2026-02-02", "confirm", [blood("2026-02-01", "positive")]),
            Row("pregnancy test negative", "2026-02-02", "-", [blood("2026-02-01", "negative")]),
            Row("pregnancy test pending", "2026-02-02", "confirm", [blood("2026-02-01", "pending")]),
            Row("hCG in blood, a number", "2026-02-02", "confirm", [blood("2026-02-01", "812 IU/L", "beta-hCG")]),
            Row("another test", "2026-02-02", "-", [blood("2026-02-01", "positive", "VZV")]),
            Row(
                "positive, then negative",
                "2026-02-09",
                "-",
                [blood("2026-02-01", "positive"), blood("2026-02-08", "negative")],
            ),
            Row(
                "positive, and the pregnancy that followed has ended",
                "2026-03-01",
                "-",
                [
                    blood("2026-02-01", "positive"),
                    event("pregnancy", "2026-02-05", gestation_weeks=6, ended="2026-02-20"),
                ],
            ),
            Row(
                "positive during a pregnancy that has ended",
                "2026-03-01",
                "-",
                [{**PREGNANT, "ended": "2026-02-20"}, blood("2026-02-10", "positive")],
            ),
            Row(
                "positive after a pregnancy that has ended",
                "2026-03-01",
                "confirm",
                [{**PREGNANT, "ended": "2026-02-20"}, blood("2026-02-25", "positive")],
            ),
        ],
    ),
    Spec(
        "CON-08",
        "last dose on 2026-01-10",
        [LAST],
        [
            Row("the day before", "2026-01-31", "-", [FEEDING]),
            Row("breast-feeding on that day", "2026-02-01", "confirm", [FEEDING]),
            Row("in the United Kingdom", "2026-02-02", "confirm", [FEEDING], "uk"),
            Row("in the United States", "2026-02-02", "confirm", [FEEDING], "us"),
            Row("ends tomorrow", "2026-02-10", "confirm", [{**FEEDING, "ended": "2026-02-11"}]),
            Row("ended today", "2026-02-11", "-", [{**FEEDING, "ended": "2026-02-11"}]),
            Row(
                "acknowledged",
                "2026-02-02",
                "note",
                [FEEDING, answered("2026-02-02", "CON-08", "acknowledged", "feeding")],
            ),
            Row("planned", "2026-02-02", "note", [event("breastfeeding", "2026-06-01", planned=True)]),
            Row(
                "planned, begun and ended",
                "2026-02-20",
                "-",
                [event("breastfeeding", "2026-01-20", planned=True), {**FEEDING, "ended": "2026-02-11"}],
            ),
        ],
    ),
    Spec(
        "PPR-01",
        "8 weeks pregnant on 2026-02-01: the third trimester begins on 2026-06-21, birth is expected on 2026-09-13",
        [LAST, PREGNANT],
        [
            Row("no dose in the third trimester", "2026-08-20", "-"),
            Row("a dose 4 weeks before it", "2026-08-20", "-", [dose("2026-05-24")]),
            Row("a dose a day later still acts", "2026-08-15", "upcoming 2026-09-13", [dose("2026-05-25")]),
            Row("28 days before the birth", "2026-08-16", "due 2026-09-13", [dose("2026-06-22")]),
            Row("after the birth: a prompt is never overdue", "2026-09-14", "due 2026-09-13", [dose("2026-06-22")]),
            Row("in the United Kingdom", "2026-08-16", "due 2026-09-13", [dose("2026-06-22")], "uk"),
            Row("in the United States", "2026-08-16", "due 2026-09-13", [dose("2026-06-22")], "us"),
            Row(
                "a dose planned in the third trimester",
                "2026-05-01",
                "upcoming 2026-09-13",
                [dose("2026-06-22", planned=True)],
            ),
            Row("a dose after the birth", "2026-10-20", "-", [dose("2026-10-19")]),
            Row(
                "every 8 weeks, the last a day less than 8 weeks before it",
                "2026-05-01",
                "upcoming 2026-09-13",
                [event("interval", "2026-01-20", weeks=8), dose("2026-04-27")],
            ),
        ],
    ),
    Spec(
        "PPR-01",
        "a dose in the third trimester, birth on 2026-09-01",
        [*doses("2026-06-22", 1), {**PREGNANT, "ended": "2026-09-01"}],
        [
            Row("27 days after the birth", "2026-09-28", "due 2026-09-01"),
            Row("28 days after the birth", "2026-09-29", "-"),
        ],
    ),
    Spec(
        "PPR-01",
        "a pregnancy that ended before the third trimester",
        [LAST, {**PREGNANT, "ended": "2026-03-01"}, dose("2026-02-07")],
        [Row("no newborn", "2026-03-02", "-")],
    ),
    Spec("PPR-01", "no pregnancy", [LAST], [Row("any day", "2026-02-02", "-")]),
]
