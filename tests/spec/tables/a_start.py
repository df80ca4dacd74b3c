"""Live vaccines, and the indication before the first dose."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, dose, event, mri


def ordered(name: str, on: str = "2026-06-01", **fields: object) -> dict[str, object]:
    """A vaccine that is planned."""
    return event("vaccine", on, name=name, planned=True, **fields)


MMR = ordered("MMR", id="mmr")
STOPPED = [dose("2026-01-31"), event("stop", "2026-02-15")]
TWO_RELAPSES = [event("relapse", "2025-12-01", id="one"), event("relapse", "2026-03-01", id="two")]
ACTIVE_SCAN = mri("2026-04-01", new_t2=3, gd=1)

SPECS = [
    Spec(
        "CON-09",
        "one dose on 2026-05-04, going on",
        [dose("2026-05-04")],
        [
            Row("no vaccine ordered", "2026-05-20", "-"),
            Row("MMR ordered", "2026-05-20", "hold(order)", [MMR]),
            Row("MMR ordered, in the United Kingdom", "2026-05-20", "hold(order)", [MMR], "uk"),
            Row("MMR ordered, in the United States", "2026-05-20", "hold(order)", [MMR], "us"),
            Row("by another name", "2026-05-20", "hold(order)", [ordered("measles, mumps and rubella")]),
            Row("yellow fever", "2026-05-20", "hold(order)", [ordered("yellow fever")]),
            Row("influenza, kind not said: ask first", "2026-05-20", "confirm(order)", [ordered("flu jab")]),
            Row("inactivated influenza", "2026-05-20", "-", [ordered("influenza inactivated")]),
            Row("a vaccine nobody knows: ask first", "2026-05-20", "confirm(order)", [ordered("blue fever")]),
            Row(
                "MMR, by its code beside another name",
                "2026-05-20",
                "hold(order)",
                [ordered("school vaccine", cvx="03")],
            ),
            Row(
                "MMR given while treated: too late to hold",
                "2026-05-20",
                "confirm",
                [event("vaccine", "2026-05-10", name="MMR")],
            ),
            Row("released", "2026-05-20", "note", [MMR, answered("2026-05-20", "CON-09", "released", "mmr")]),
        ],
    ),
    Spec(
        "CON-09",
        "last dose on 2026-01-31, then stopped: six months end on 2026-07-31",
        STOPPED,
        [
            Row(
                "ordered for the day before",
                "2026-02-20",
                "hold(order, until 2026-07-31)",
                [ordered("MMR", "2026-07-30")],
            ),
            Row("ordered for that day", "2026-02-20", "-", [ordered("MMR", "2026-07-31")]),
            Row("ordered for the day after", "2026-02-20", "-", [ordered("MMR", "2026-08-01")]),
        ],
    ),
    Spec(
        "CON-09",
        "no dose yet",
        [],
        [
            Row("MMR ordered, nothing decided: before natalizumab is the time for it", "2026-05-20", "note", [MMR]),
            Row(
                "MMR ordered, a first dose planned",
                "2026-05-20",
                "hold(order)",
                [MMR, dose("2026-06-15", planned=True)],
            ),
        ],
    ),
    Spec(
        "ELI-01",
        "no dose yet",
        [],
        [
            Row("nothing on record", "2026-05-04", "confirm"),
            Row("nothing on record, in the United Kingdom", "2026-05-04", "confirm", protocol="uk"),
            Row("nothing on record, in the United States", "2026-05-04", "-", protocol="us"),
            Row("two relapses within a year and an active scan", "2026-05-04", "-", [*TWO_RELAPSES, ACTIVE_SCAN]),
            Row("the same, the first relapse a year ago to the day", "2026-12-01", "-", [*TWO_RELAPSES, ACTIVE_SCAN]),
            Row(
                "the same, the first relapse a year and a day ago",
                "2026-12-02",
                "confirm",
                [*TWO_RELAPSES, ACTIVE_SCAN],
            ),
            Row("two relapses, no scan", "2026-05-04", "confirm", TWO_RELAPSES),
            Row(
                "two relapses, a quiet scan",
                "2026-05-04",
                "confirm",
                [*TWO_RELAPSES, mri("2026-04-01", new_t2=0, gd=0)],
            ),
            Row("one relapse and an active scan", "2026-05-04", "confirm", [TWO_RELAPSES[0], ACTIVE_SCAN]),
            Row(
                "two relapses more than a year apart",
                "2026-05-04",
                "confirm",
                [event("relapse", "2024-12-01"), TWO_RELAPSES[1], ACTIVE_SCAN],
            ),
            Row(
                "active despite glatiramer acetate",
                "2026-05-04",
                "-",
                [event("therapy", "2024-01-01", name="Copaxone"), TWO_RELAPSES[1], ACTIVE_SCAN],
            ),
            Row("acknowledged", "2026-05-04", "note", [answered("2026-05-04", "ELI-01", "acknowledged")]),
            Row("28 days after the answer", "2026-06-01", "note", [answered("2026-05-04", "ELI-01", "acknowledged")]),
            Row("29 days after", "2026-06-02", "confirm", [answered("2026-05-04", "ELI-01", "acknowledged")]),
            Row("first dose given that day", "2026-05-04", "-", [dose("2026-05-04")]),
            Row(
                "started elsewhere",
                "2026-05-04",
                "-",
                [event("earlier_treatment", "2026-05-04", first_dose="2025-01-01")],
            ),
        ],
    ),
]
