"""Doses, intervals and restarts: the day itself, two syringes on one day, and what only looks alike."""

from __future__ import annotations

from typing import Any

from tests.spec.spec import Event, Row, Spec, dose, doses, event, jcv, lab, mri

LAST = dose("2026-02-07")
GIVEN = [dose("2026-01-10"), LAST]


def syringe(on: str, at: str = "", **fields: Any) -> Event:
    """One of the two injections of a dose."""
    return dose(f"{on}T{at}:00+01:00" if at else on, dose_mg=150, route="sc", **fields)


def home(on: str, *fields: dict[str, Any], **both: Any) -> list[Event]:
    """The two injections of a dose, each with its own fields."""
    return [syringe(on, id=f"{on}-{number}", **each, **both) for number, each in enumerate(fields)]


AT_HOME: dict[str, Any] = {"place": "home"}
TOLERATED = [injection for month in range(1, 7) for injection in home(f"2026-0{month}-10", {}, {})]

YEAR = doses("2025-01-04", 14)  # every 4 weeks until 2026-01-03
CLEAR = [mri("2025-12-01", new_t2=0, gd=0), jcv("2025-12-01", "positive", 0.7)]
FOUR = event("interval", "2025-01-04", weeks=4)
ASKED = event("interval", "2026-01-20", weeks=6, planned=True)

SPECS = [
    Spec(
        "DOS-02",
        "two injections under the skin on 2026-02-07",
        [dose("2026-01-10", dose_mg=300)],
        [
            Row(
                "30 minutes apart", "2026-02-08", "-", [syringe("2026-02-07", "09:00"), syringe("2026-02-07", "09:30")]
            ),
            Row(
                "20 seconds more",
                "2026-02-08",
                "confirm",
                [syringe("2026-02-07", "09:00"), dose("2026-02-07T09:30:20+01:00", dose_mg=150, route="sc")],
            ),
            Row(
                "the time of one is not known",
                "2026-02-08",
                "-",
                [syringe("2026-02-07", "09:00"), syringe("2026-02-07")],
            ),
        ],
    ),
    Spec(
        "DOS-03",
        "doses on 2026-01-10 and 2026-02-07; another planned",
        GIVEN,
        [
            *(
                Row(when, "2026-02-20", expect, [dose(day, planned=True)])
                for when, day, expect in (
                    ("20 days later", "2026-02-27", "hold(until 2026-02-28), hold(order, until 2026-02-28)"),
                    ("21 days later: early", "2026-02-28", "hold(until 2026-02-28), confirm(order)"),
                    ("25 days later: early", "2026-03-04", "hold(until 2026-02-28), confirm(order)"),
                    ("26 days later", "2026-03-05", "hold(until 2026-02-28)"),
                )
            ),
        ],
    ),
    Spec(
        "DOS-03",
        "doses on 2026-01-10 and 2026-02-07: early until 2026-03-04",
        GIVEN,
        [
            Row(
                "4 weeks prescribed, two days before they are over",
                "2026-03-05",
                "-",
                [event("interval", "2026-01-10", weeks=4)],
            ),
            Row(
                "6 weeks prescribed, on the last early day",
                "2026-03-04",
                "confirm",
                [event("interval", "2026-01-10", weeks=6)],
            ),
            Row("6 weeks prescribed, the day after", "2026-03-05", "note", [event("interval", "2026-01-10", weeks=6)]),
            Row("the day before they are over", "2026-03-20", "note", [event("interval", "2026-01-10", weeks=6)]),
            Row("6 weeks over", "2026-03-21", "-", [event("interval", "2026-01-10", weeks=6)]),
            Row(
                "6 weeks prescribed, but stopped",
                "2026-03-05",
                "-",
                [event("interval", "2026-01-10", weeks=6), event("stop", "2026-03-01")],
            ),
        ],
    ),
    Spec(
        "DOS-04",
        "a dose every 4 weeks from 2025-01-04 to 2026-01-03; quiet scan; 6 weeks prescribed, nothing given since",
        [*YEAR, *CLEAR, FOUR],
        [
            Row(
                "on the last day before a year has passed",
                "2026-01-10",
                "confirm",
                [event("interval", "2026-01-03", weeks=6)],
            ),
            Row("on the day", "2026-01-10", "-", [event("interval", "2026-01-04", weeks=6)]),
            Row("on the day after", "2026-01-10", "-", [event("interval", "2026-01-05", weeks=6)]),
        ],
    ),
    Spec(
        "DOS-10",
        "a dose every 4 weeks from 2025-01-04 to 2026-01-03; quiet scan and index 0.7 on 2025-12-01",
        [*YEAR, *CLEAR, FOUR],
        [
            Row("4 weeks prescribed anew", "2026-01-10", "note", [event("interval", "2025-11-01", weeks=4)]),
            Row(
                "6 weeks prescribed for a time, three months ago",
                "2026-01-10",
                "-",
                [event("interval", "2025-09-20", weeks=6), event("interval", "2025-10-10", weeks=4)],
            ),
            Row(
                "6 weeks prescribed yesterday, and 4 again today",
                "2026-01-10",
                "-",
                [event("interval", "2026-01-09", weeks=6), event("interval", "2026-01-10", weeks=4)],
            ),
            Row("the day before 8 weeks without a dose", "2026-02-27", "note"),
            Row("8 weeks without a dose: one is missed", "2026-02-28", "-"),
        ],
    ),
    Spec(
        "DOS-10",
        "born on 2008-01-10; a dose every 4 weeks from 2025-01-04, quiet scan and index 0.7 on 2025-12-01",
        [*YEAR, *CLEAR, FOUR],
        [
            Row("the day before the 18th birthday", "2026-01-09", "-"),
            Row("the 18th birthday", "2026-01-10", "note"),
        ],
        born="2008-01-10",
    ),
    Spec(
        "DOS-09",
        "doses on 2026-01-10 and 2026-02-07; asked more than twelve weeks later",
        GIVEN,
        [
            Row(
                "a scan on the day of the last dose came before the gap",
                "2026-06-01",
                "confirm, due 2026-06-01, due 2026-06-01, due 2026-06-01",
                [mri("2026-02-07")],
            ),
            Row("a scan the day after", "2026-06-01", "confirm, due 2026-06-01, due 2026-06-01", [mri("2026-02-08")]),
            Row(
                "lymphocytes and AST: all blood tests",
                "2026-06-01",
                "confirm, due 2026-06-01, due 2026-06-01",
                [lab("2026-05-20", "lymphocytes", 2, "10*9/L"), lab("2026-05-20", "AST", 20)],
            ),
            Row(
                "liver tests since, but lymphocytes from before the last dose",
                "2026-06-01",
                "confirm, due 2026-06-01, due 2026-06-01, due 2026-06-01",
                [lab("2026-01-20", "lymphocytes", 2, "10*9/L"), lab("2026-05-20", "ALT", 20)],
            ),
            Row(
                "lymphocytes alone",
                "2026-06-01",
                "confirm, due 2026-06-01, due 2026-06-01, due 2026-06-01",
                [lab("2026-05-20", "lymphocytes", 2, "10*9/L")],
            ),
        ],
    ),
    Spec(
        "OBS-02",
        "six doses under the skin, monthly until 2026-06-10; the next planned for 2026-07-10",
        TOLERATED,
        [
            Row("both syringes at home", "2026-07-01", "-", home("2026-07-10", AT_HOME, AT_HOME, planned=True)),
            Row("an infusion in the clinic", "2026-07-01", "-", [dose("2026-07-10", planned=True)]),
            Row("an infusion at home", "2026-07-01", "hold(order)", [dose("2026-07-10", place="home", planned=True)]),
        ],
    ),
    Spec(
        "OBS-02",
        "five doses under the skin, monthly until 2026-05-10; the next planned for 2026-06-10",
        TOLERATED[:-2],
        [
            Row("both in the clinic", "2026-06-01", "-", home("2026-06-10", {}, {}, planned=True)),
            Row("one of the two at home", "2026-06-01", "hold(order)", home("2026-06-10", AT_HOME, {}, planned=True)),
        ],
    ),
    Spec(
        "OBS-02",
        "five doses under the skin until 2026-05-10, a sixth on 2026-06-10; the next planned at home",
        [*TOLERATED[:-2], *home("2026-07-10", AT_HOME, AT_HOME, planned=True)],
        [
            Row("both syringes tolerated", "2026-07-01", "-", home("2026-06-10", {"tolerated": True}, {})),
            Row(
                "one of the two not tolerated",
                "2026-07-01",
                "hold(order)",
                home("2026-06-10", {"tolerated": False}, {"tolerated": True}),
            ),
        ],
    ),
    Spec(
        "HYP-01",
        "two doses, the last on 2026-02-07; a reaction to it of which nobody said what it was",
        GIVEN,
        [
            Row(
                "no feature on record: decide", "2026-02-08", "confirm", [event("reaction", "2026-02-07", features=[])]
            ),
            Row(
                "no feature, called hypersensitivity by the clinician",
                "2026-02-08",
                "stop, overdue 2026-02-07 +1",
                [event("reaction", "2026-02-07", features=[], hypersensitivity=True)],
            ),
            Row(
                "no feature, called none by the clinician",
                "2026-02-08",
                "-",
                [event("reaction", "2026-02-07", features=[], hypersensitivity=False)],
            ),
        ],
    ),
    Spec(
        "NAB-01",
        "two doses, the last on 2026-02-07; a reaction to it without any feature on record",
        GIVEN,
        [
            Row(
                "nobody said what it was: antibodies may be behind it",
                "2026-02-08",
                "confirm, overdue 2026-02-07 +1",
                [event("reaction", "2026-02-07", features=[])],
            ),
            Row(
                "called no hypersensitivity by the clinician",
                "2026-02-08",
                "-",
                [event("reaction", "2026-02-07", features=[], hypersensitivity=False)],
            ),
        ],
    ),
    Spec(
        "RSK-04",
        "antibody-positive without an index; first dose on 2024-01-10",
        [
            event("earlier_treatment", "2026-01-01", first_dose="2024-01-10"),
            dose("2026-01-10"),
            jcv("2023-12-01", "positive"),
        ],
        [
            Row("two years on treatment, to the day", "2026-01-10", "-"),
            Row("more than two years", "2026-01-11", "confirm"),
        ],
    ),
    Spec(
        "RSK-01",
        "no dose yet",
        [dose("2026-02-07", planned=True)],
        [
            Row("there is no risk to state", "2026-01-10", "-"),
            Row("on the day of the first dose", "2026-02-07", "note", [LAST]),
        ],
    ),
]
