"""Observation after a dose, and doses outside the clinic."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, answered, diagnosis, dose, doses, event

SIX = doses("2025-12-01", 6, route="sc")  # the last on 2026-04-20
HOME = dose("2026-05-18", route="sc", place="home", planned=True, id="home")


def changed(given: list[Event], number: int, **fields: object) -> list[Event]:
    """The doses, one of them (counted from 0) with other fields."""
    return [{**one, **fields} if n == number else one for n, one in enumerate(given)]


SPECS = [
    Spec(
        "OBS-01",
        "20 infusions every 4 weeks, the last on 2026-06-20: six months end on 2026-12-20",
        doses("2025-01-04", 20),
        [
            Row("the next one in time", "2026-07-18", "-"),
            Row("12 weeks after the last dose", "2026-09-12", "-"),
            Row("the day after: a restart", "2026-09-13", "due 2026-07-18"),
            Row("six months after", "2026-12-20", "due 2026-07-18"),
            Row("a dose one day before six months", "2026-12-20", "-", [dose("2026-12-19")]),
            Row("a dose after six months: the second is due", "2026-12-21", "due 2027-01-17", [dose("2026-12-20")]),
            Row(
                "11 doses since the gap",
                "2027-10-23",
                "due 2027-10-24",
                doses("2026-12-20", 11),
            ),
            Row("12 doses since the gap", "2027-11-20", "-", doses("2026-12-20", 12)),
            Row(
                "stopped; a restart is planned",
                "2026-08-01",
                "due 2026-08-08",
                [event("stop", "2026-07-01"), dose("2026-08-08", planned=True)],
            ),
            Row(
                "PML: no restart, whatever is planned",
                "2026-08-01",
                "-",
                [diagnosis("2026-07-01", "PML"), dose("2026-08-08", planned=True)],
            ),
        ],
    ),
    Spec(
        "OBS-02",
        "six injections, the last on 2026-04-20; the next planned at home on 2026-05-18",
        [HOME],
        [
            Row("six were tolerated", "2026-05-11", "-", SIX),
            Row("five were given", "2026-05-11", "hold(order)", SIX[1:]),
            Row("five were given, in the United Kingdom", "2026-05-11", "hold(order)", SIX[1:], "uk"),
            Row("five were given, in the United States", "2026-05-11", "hold(order)", SIX[1:], "us"),
            Row("seven were given", "2026-05-11", "-", [dose("2025-11-03", route="sc"), *SIX]),
            Row("the first was not tolerated", "2026-05-11", "hold(order)", changed(SIX, 0, tolerated=False)),
            Row("the first was broken off", "2026-05-11", "hold(order)", changed(SIX, 0, completed=False)),
            Row(
                "a headache after the first: a reaction is not tolerated",
                "2026-05-11",
                "hold(order)",
                [*SIX, event("reaction", "2025-12-01", features=["headache"])],
            ),
            Row(
                "seven were given, the last not tolerated",
                "2026-05-11",
                "hold(order)",
                [dose("2025-11-03", route="sc"), *changed(SIX, 5, tolerated=False)],
            ),
            Row("infusions do not count", "2026-05-11", "hold(order)", doses("2025-12-01", 6)),
            Row("none were given", "2026-05-11", "hold(order)"),
            Row(
                "released by the prescriber",
                "2026-05-11",
                "note",
                [*SIX[1:], answered("2026-05-11", "OBS-02", "released", "home")],
            ),
            Row("the day of the plan over", "2026-05-19", "-", SIX[1:]),
        ],
    ),
    Spec(
        "OBS-02",
        "six injections, the last on 2026-04-20",
        SIX,
        [
            Row(
                "planned in the clinic",
                "2026-05-11",
                "-",
                [dose("2026-05-18", route="sc", place="clinic", planned=True)],
            ),
            Row("nobody said where", "2026-05-11", "-", [dose("2026-05-18", route="sc", planned=True)]),
            Row(
                "an infusion planned at home",
                "2026-05-11",
                "hold(order)",
                [dose("2026-05-18", place="home", planned=True)],
            ),
        ],
    ),
    Spec(
        "OBS-03",
        "six injections, the last on 2026-04-20",
        SIX,
        [
            Row("the next planned at home on 2026-05-18", "2026-05-11", "due 2026-05-18", [HOME]),
            Row("the day after: a prompt is never overdue", "2026-05-18", "due 2026-05-18", [HOME]),
            Row(
                "the checklist was gone through",
                "2026-05-18",
                "-",
                [HOME, event("checklist", "2026-05-18", answers={"other_drug": "no"}, place="home")],
            ),
            Row(
                "it was gone through before the last dose",
                "2026-05-18",
                "due 2026-05-18",
                [HOME, event("checklist", "2026-04-20", answers={"other_drug": "no"})],
            ),
            Row("planned in the clinic", "2026-05-11", "-", [dose("2026-05-18", route="sc", planned=True)]),
            Row("nothing planned", "2026-05-11", "-"),
        ],
    ),
    Spec(
        "OBS-03",
        "seven injections, the last on 2026-04-20 at home",
        [dose("2025-11-03", route="sc"), *changed(SIX, 5, place="home")],
        [
            Row("nothing planned: the next is expected at home", "2026-05-11", "due 2026-05-18"),
            Row("natalizumab stopped", "2026-05-11", "-", [event("stop", "2026-05-01")]),
        ],
    ),
    Spec(
        "OBS-03",
        "no dose yet, the first planned at home on 2026-05-18",
        [HOME],
        [
            Row("the checklist is asked", "2026-05-11", "due 2026-05-18"),
            Row(
                "it was gone through",
                "2026-05-11",
                "-",
                [event("checklist", "2026-05-10", answers={"other_drug": "no"})],
            ),
        ],
    ),
]
