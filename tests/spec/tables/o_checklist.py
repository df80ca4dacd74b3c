"""The checklist before a dose, self-checks, and the authorisation."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, answered, dose, event, withdrawn

LAST = dose("2026-01-10", id="last")


def checklist(on: str, **answers: str) -> Event:
    """A checklist with its answers."""
    return event("checklist", on, answers=answers, id=f"list-{on}")


def selfcheck(on: str, **answers: str) -> Event:
    """What the person noticed."""
    return event("selfcheck", on, answers=answers, id=f"self-{on}")


def authorised(on: str, status: str = "authorised", **fields: str) -> Event:
    """An authorisation."""
    return event("authorisation", on, status=status, **fields)


YES = checklist("2026-02-07", new_or_worsening="yes", immune_condition="no", other_drug="no")
NO = checklist("2026-02-07", new_or_worsening="no", immune_condition="no", other_drug="no")
SENT = event("form", "2026-02-08", name="checklist sent")

SPECS = [
    Spec(
        "CHK-01",
        "last dose on 2026-01-10",
        [LAST],
        [
            Row("the day before the checklist", "2026-02-06", "-", [YES]),
            Row("a yes on the day", "2026-02-07", "hold", [YES]),
            Row("the day after", "2026-02-08", "hold", [YES]),
            Row("years later: time lifts nothing", "2029-02-08", "hold", [YES]),
            Row("in the United Kingdom", "2026-02-07", "hold", [YES], "uk"),
            Row("in the United States", "2026-02-07", "hold", [YES], "us"),
            Row("only no", "2026-02-07", "-", [NO]),
            Row("no answers", "2026-02-07", "-", [checklist("2026-02-07")]),
            *[
                Row(f"yes to {question} alone", "2026-02-07", "hold", [checklist("2026-02-07", **{question: "yes"})])
                for question in ("immune_condition", "other_drug")
            ],
            Row(
                "released", "2026-02-08", "note", [YES, answered("2026-02-08", "CHK-01", "released", "list-2026-02-07")]
            ),
            Row(
                "acknowledged: that is not enough",
                "2026-02-08",
                "hold",
                [YES, answered("2026-02-08", "CHK-01", "acknowledged", "list-2026-02-07")],
            ),
            Row(
                "only no on a later one: the first yes stands",
                "2026-02-10",
                "hold",
                [YES, checklist("2026-02-09", other_drug="no")],
            ),
            Row(
                "on the day of the last dose: it may have come after it",
                "2026-02-07",
                "hold",
                [checklist("2026-01-10", other_drug="yes")],
            ),
            Row("before the last dose: settled then", "2026-02-07", "-", [checklist("2026-01-09", other_drug="yes")]),
            Row("withdrawn", "2026-02-08", "-", [YES, withdrawn("2026-02-08", "list-2026-02-07")]),
            Row("a yes in a self-check", "2026-02-07", "confirm", [selfcheck("2026-02-07", speech="yes", mood="no")]),
            Row(
                "a self-check of a topic nobody foresaw", "2026-02-07", "confirm", [selfcheck("2026-02-07", hair="yes")]
            ),
            Row("only no in a self-check", "2026-02-07", "-", [selfcheck("2026-02-07", speech="no")]),
            Row("a yes in a self-check before the last dose", "2026-02-07", "-", [selfcheck("2026-01-09", skin="yes")]),
            Row(
                "acknowledged",
                "2026-02-08",
                "note",
                [
                    selfcheck("2026-02-07", speech="yes"),
                    answered("2026-02-08", "CHK-01", "acknowledged", "self-2026-02-07"),
                ],
            ),
        ],
    ),
    Spec("CHK-01", "no dose yet", [], [Row("a yes before the first", "2026-02-07", "hold", [YES])]),
    Spec(
        "CHK-02",
        "last dose on 2026-01-10",
        [LAST],
        [
            Row(
                "not authorised, in the United States",
                "2026-02-07",
                "hold",
                [authorised("2026-02-07", "not authorised")],
                "us",
            ),
            Row("the day before", "2026-02-06", "confirm", [authorised("2026-02-07", "not authorised")], "us"),
            Row(
                "not authorised, where that is no duty",
                "2026-02-07",
                "confirm",
                [authorised("2026-02-07", "not authorised")],
            ),
            Row(
                "not authorised, in the United Kingdom",
                "2026-02-07",
                "confirm",
                [authorised("2026-02-07", "not authorised")],
                "uk",
            ),
            Row("none on record, in the United States", "2026-02-07", "confirm", protocol="us"),
            Row("none on record, where that is no duty", "2026-02-07", "-"),
            Row("authorised until 2026-02-07", "2026-02-07", "-", [authorised("2025-08-07", until="2026-02-07")], "us"),
            Row("the day after", "2026-02-08", "hold", [authorised("2025-08-07", until="2026-02-07")], "us"),
            Row(
                "the day after, where that is no duty",
                "2026-02-08",
                "confirm",
                [authorised("2025-08-07", until="2026-02-07")],
            ),
            Row("authorised six months ago, no end stated", "2026-02-07", "-", [authorised("2025-08-07")], "us"),
            Row("a day longer ago", "2026-02-08", "hold", [authorised("2025-08-07")], "us"),
            Row("a day longer ago, where that is no duty", "2026-02-08", "-", [authorised("2025-08-07")]),
            Row(
                "authorised again",
                "2026-02-08",
                "-",
                [authorised("2026-01-07", "not authorised"), authorised("2026-02-07")],
                "us",
            ),
            Row("natalizumab stopped", "2026-02-08", "-", [event("stop", "2026-02-01")], "us"),
        ],
    ),
    Spec("CHK-02", "no dose yet", [], [Row("none on record", "2026-02-07", "confirm", protocol="us")]),
    Spec(
        "CHK-03",
        "last dose on 2026-01-10, the next due on 2026-02-07",
        [LAST],
        [
            Row("to be asked", "2026-02-06", "due 2026-02-07", protocol="us"),
            Row("to be asked, late: a prompt is never overdue", "2026-02-09", "due 2026-02-07", protocol="us"),
            Row(
                "to be asked before the planned dose",
                "2026-02-06",
                "due 2026-02-09",
                [dose("2026-02-09", planned=True)],
                "us",
            ),
            Row("asked: to be submitted by the next day", "2026-02-07", "due 2026-02-08", [NO], "us"),
            Row("the next day", "2026-02-08", "due 2026-02-08", [NO], "us"),
            Row("the day after that", "2026-02-09", "confirm, overdue 2026-02-08 +1", [NO], "us"),
            Row("submitted", "2026-02-09", "-", [NO, SENT], "us"),
            Row(
                "another form",
                "2026-02-08",
                "due 2026-02-08",
                [NO, event("form", "2026-02-07", name="alert card")],
                "us",
            ),
            Row(
                "dose given on that day, to be submitted, the next to be asked",
                "2026-02-10",
                "-",
                [NO, SENT, dose("2026-02-07")],
                "us",
            ),
            Row(
                "submitted, a dose given since: the next to be asked",
                "2026-02-10",
                "due 2026-03-08",
                [NO, SENT, dose("2026-02-08")],
                "us",
            ),
            Row("in the European Union", "2026-02-07", "-", [NO]),
            Row("natalizumab stopped", "2026-02-08", "-", [event("stop", "2026-02-01")], "us"),
        ],
    ),
    Spec("CHK-03", "no dose yet", [], [Row("to be asked", "2026-02-07", "due 2026-02-07", protocol="us")]),
]
