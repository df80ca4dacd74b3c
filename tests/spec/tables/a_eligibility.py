"""Eligibility and contraindications."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, event

SPECS = [
    Spec(
        "CON-01",
        "born on 2008-11-02",
        [],
        [
            Row("the day before the 18th birthday", "2026-11-01", "hold(until 2026-11-02)"),
            Row("the 18th birthday", "2026-11-02", "-"),
            Row("the day after", "2026-11-03", "-"),
        ],
        born="2008-11-02",
    ),
    Spec("CON-01", "date of birth unknown", [], [Row("any day", "2026-11-02", "confirm")], born=None),
    Spec(
        "CON-02",
        "nothing else",
        [],
        [
            Row("the day before PML is confirmed", "2026-05-03", "-", [event("diagnosis", "2026-05-04", name="PML")]),
            Row("the day", "2026-05-04", "stop", [event("diagnosis", "2026-05-04", name="PML")]),
            Row("ten years later", "2036-05-04", "stop", [event("diagnosis", "2026-05-04", name="PML")]),
        ],
    ),
]
