"""Reviews: authorised again, and whether there is a benefit."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, doses, event, withdrawn

GIVEN = [{**one, "id": f"dose-{n}"} for n, one in enumerate(doses("2025-01-10", 24), 1)]
RELAPSE = event("relapse", "2025-09-01", id="relapse")


def review(on: str) -> dict[str, str]:
    """A prescriber's review."""
    return event("review", on)


SPECS = [
    Spec(
        "REV-01",
        "first dose on 2025-01-10: reviews on 2025-04-10, 2025-07-10, 2026-01-10, 2026-07-10",
        GIVEN,
        [
            Row("29 days before the first", "2025-03-12", "upcoming 2025-04-10", protocol="us"),
            Row("28 days before the first", "2025-03-13", "due 2025-04-10", protocol="us"),
            Row("three months", "2025-04-10", "due 2025-04-10", protocol="us"),
            Row("the day after", "2025-04-11", "confirm, overdue 2025-04-10 +1", protocol="us"),
            Row("reviewed a month early", "2025-04-11", "upcoming 2025-07-10", [review("2025-03-10")], "us"),
            Row(
                "reviewed a day earlier still",
                "2025-04-11",
                "confirm, overdue 2025-04-10 +1",
                [review("2025-03-09")],
                "us",
            ),
            Row("reviewed late, at four months", "2025-05-11", "upcoming 2025-07-10", [review("2025-05-10")], "us"),
            Row(
                "reviewed at five months: that is the second",
                "2025-06-11",
                "upcoming 2026-01-10",
                [review("2025-06-10")],
                "us",
            ),
            Row("the third", "2026-01-11", "confirm, overdue 2026-01-10 +1", [review("2025-07-10")], "us"),
            Row("the fourth", "2026-07-10", "due 2026-07-10", [review("2026-01-12")], "us"),
            Row(
                "reviewed before the first dose",
                "2025-04-11",
                "confirm, overdue 2025-04-10 +1",
                [review("2025-01-09")],
                "us",
            ),
            Row(
                "acknowledged",
                "2025-04-11",
                "overdue 2025-04-10 +1, note",
                [answered("2025-04-11", "REV-01", "acknowledged", "dose-1")],
                "us",
            ),
            Row("in the European Union", "2025-04-11", "-"),
            Row("natalizumab stopped", "2026-12-11", "-", [event("stop", "2026-12-01")], "us"),
        ],
    ),
    Spec(
        "REV-01",
        "started elsewhere, nobody knows when",
        [event("earlier_treatment", "2025-11-01")],
        [Row("any day (that is REC-05)", "2026-02-01", "-", protocol="us")],
    ),
    Spec(
        "REV-03",
        "first dose on 2025-01-10: six months end on 2025-07-10",
        GIVEN,
        [
            Row("no sign of activity", "2025-09-01", "-"),
            Row("a relapse on 2025-09-01", "2025-09-01", "due 2025-09-29", [RELAPSE]),
            Row("the day before it", "2025-08-31", "-", [RELAPSE]),
            Row("four weeks after it", "2025-09-29", "due 2025-09-29", [RELAPSE]),
            Row("the day after", "2025-09-30", "confirm, overdue 2025-09-29 +1", [RELAPSE]),
            Row(
                "the day after, in the United Kingdom", "2025-09-30", "confirm, overdue 2025-09-29 +1", [RELAPSE], "uk"
            ),
            Row("in the United States", "2025-09-30", "-", [RELAPSE], "us"),
            Row("reviewed on the day of the relapse", "2025-09-30", "-", [RELAPSE, review("2025-09-01")]),
            Row(
                "reviewed the day before",
                "2025-09-30",
                "confirm, overdue 2025-09-29 +1",
                [RELAPSE, review("2025-08-31")],
            ),
            Row(
                "a relapse after four months: not before six",
                "2025-05-12",
                "upcoming 2025-07-10",
                [event("relapse", "2025-05-12")],
            ),
            Row(
                "a year after the relapse, the day before", "2026-08-31", "confirm, overdue 2025-09-29 +336", [RELAPSE]
            ),
            Row("a year after the relapse", "2026-09-01", "-", [RELAPSE]),
            Row("withdrawn", "2025-09-30", "-", [RELAPSE, withdrawn("2025-09-30", "relapse")]),
            Row(
                "natalizumab stopped", "2026-12-11", "-", [event("relapse", "2026-11-20"), event("stop", "2026-12-01")]
            ),
        ],
    ),
    Spec(
        "REV-03",
        "started elsewhere, nobody knows when",
        [event("earlier_treatment", "2025-11-01")],
        [Row("a relapse", "2026-02-01", "-", [event("relapse", "2026-01-20")])],
    ),
]
