"""Disease activity and brain volume: since when they count, and when nobody can say."""

from __future__ import annotations

from typing import Any

from tests.spec.spec import Event, Row, Spec, dose, event, mri

FIRST = dose("2024-01-10")  # three months on 2024-04-10, two years on 2026-01-10
STARTED = [FIRST, *[dose(f"2024-{month:02}-07") for month in range(2, 13)]]
REBASELINE = mri("2024-05-06", new_t2=3, gd=0)


def volume(on: str, percent: float, **fields: Any) -> Event:
    """A scan with a change of brain volume."""
    return mri(on, new_t2=0, brain_volume_change_percent=percent, **fields)


def fatigue(on: str, score: float, scale: str = "MFIS") -> Event:
    """A fatigue score."""
    return event("fatigue", on, scale=scale, score=score)


def level(on: str, mg_per_l: float, **fields: Any) -> Event:
    """A concentration."""
    return event("concentration", on, mg_per_l=mg_per_l, **fields)


RELAPSE = event("relapse", "2024-10-01")
POSITIVE = event("antibody", "2024-08-02", result="positive")  # 60 days before the relapse

SPECS = [
    Spec(
        "ACT-01",
        "first dose on 2024-01-10",
        STARTED,
        [
            Row("never scanned", "2024-12-01", "-"),
            Row("a full scan the day before three months: no rebaseline", "2024-12-01", "-", [mri("2024-04-09")]),
            Row("on the day", "2024-12-01", "note", [mri("2024-04-10")]),
            Row("the day after", "2024-12-01", "note", [mri("2024-04-11")]),
            Row("an abbreviated scan: no rebaseline", "2024-12-01", "-", [mri("2024-05-06", "abbreviated")]),
            Row("the day before that scan", "2024-05-05", "-", [REBASELINE]),
            Row("the day of the scan", "2024-05-06", "note", [REBASELINE]),
            Row("the same, in the United Kingdom", "2024-05-06", "note", [REBASELINE], "uk"),
            Row("the same, in the United States", "2024-05-06", "note", [REBASELINE], "us"),
        ],
    ),
    Spec(
        "ACT-01",
        "treated elsewhere before, and nobody said since when; a full scan on 2024-05-06",
        [event("earlier_treatment", "2024-01-10"), *STARTED, REBASELINE],
        [Row("no scan can be the rebaseline one", "2024-12-01", "-")],
    ),
    Spec(
        "ACT-01",
        "one dose on 2023-01-10, a full scan on 2023-06-01",
        [dose("2023-01-10"), mri("2023-06-01", new_t2=0)],
        [
            Row("again the day before half a year has passed", "2023-08-01", "note", [dose("2023-07-09")]),
            Row("on the day: treatment begins again", "2023-08-01", "-", [dose("2023-07-10")]),
            Row(
                "and is rebaselined again",
                "2023-12-01",
                "note",
                [dose("2023-07-10"), mri("2023-10-10", new_t2=0)],
            ),
        ],
    ),
    Spec(
        "ACT-02",
        "first dose on 2024-01-10, rebaseline scan on 2024-05-06; born 1978-01-01",
        [*STARTED, REBASELINE],
        [
            Row("no brain volume measured", "2025-06-01", "-"),
            Row(
                "measured a day short of eleven months: said why not",
                "2025-06-01",
                "note",
                [volume("2025-04-05", -0.3)],
            ),
            Row("measured after eleven months", "2025-06-01", "note", [volume("2025-04-06", -0.3)]),
            Row(
                "only against the scan before the start: said why not",
                "2025-06-01",
                "note",
                [volume("2025-05-06", -0.9, compared_with="2023-12-20")],
            ),
            Row("the day before it was measured", "2025-05-05", "-", [volume("2025-05-06", -0.3)]),
        ],
        born="1978-01-01",
    ),
    Spec(
        "ACT-03",
        "doses every four weeks from 2024-01-10 to 2024-12-07; a relapse on 2024-10-01",
        [*STARTED, RELAPSE],
        [
            Row("nothing beside it", "2024-12-20", "-"),
            Row("antibodies 60 days before", "2024-12-20", "note", [POSITIVE]),
            Row("61 days before", "2024-12-20", "-", [event("antibody", "2024-08-01", result="positive")]),
            Row("60 days after", "2024-12-20", "note", [event("antibody", "2024-11-30", result="positive")]),
            Row("61 days after", "2024-12-20", "-", [event("antibody", "2024-12-01", result="positive")]),
            Row("no antibodies", "2024-12-20", "-", [event("antibody", "2024-09-20", result="negative")]),
            Row("a level just under the target", "2024-12-20", "note", [level("2024-09-20", 1.99)]),
            Row("a level at the target", "2024-12-20", "-", [level("2024-09-20", 2)]),
            Row("less than a limit at the target", "2024-12-20", "note", [level("2024-09-20", 2, below=True)]),
            Row("less than a limit above it says nothing", "2024-12-20", "-", [level("2024-09-20", 2.5, below=True)]),
            Row("the day before the relapse", "2024-09-30", "-", [POSITIVE]),
            Row("the day of the relapse", "2024-10-01", "note", [POSITIVE]),
        ],
    ),
    Spec(
        "ACT-03",
        "doses on 2024-01-10 and 2024-02-07 only",
        [FIRST, dose("2024-02-07")],
        [
            Row("a relapse twelve weeks later", "2024-06-01", "-", [event("relapse", "2024-05-01")]),
            Row("a day more: too long without a dose", "2024-06-01", "note", [event("relapse", "2024-05-02")]),
            Row(
                "antibodies, and an enhancing lesion before any rebaseline scan",
                "2024-06-01",
                "note",
                [mri("2024-03-20", gd=1), event("antibody", "2024-03-20", result="positive")],
            ),
            Row(
                "antibodies, and new lesions counted from before the start",
                "2024-06-01",
                "-",
                [mri("2024-03-20", new_t2=2), event("antibody", "2024-03-20", result="positive")],
            ),
            Row(
                "a low level, and a relapse on the day of the first dose",
                "2024-06-01",
                "-",
                [event("relapse", "2024-01-10"), level("2024-02-07", 1)],
            ),
        ],
    ),
    Spec(
        "ACT-03",
        "rebaseline scan on 2024-05-06, and two new lesions on 2025-05-06",
        [*STARTED, *[dose(f"2025-{month:02}-05") for month in range(1, 6)], REBASELINE, mri("2025-05-06", new_t2=2)],
        [
            Row("a low level between the two scans", "2025-06-01", "note", [level("2024-07-01", 1)]),
            Row("one long before both", "2025-06-01", "-", [level("2024-03-01", 1)]),
        ],
    ),
    Spec(
        "ACT-03",
        "treated elsewhere before, and nobody said since when; doses from 2024-01-10; antibodies on 2024-08-02",
        [event("earlier_treatment", "2024-01-09"), *STARTED, POSITIVE],
        [
            Row("a relapse in that time", "2024-12-20", "note", [RELAPSE]),
            Row("and one before any dose on record", "2024-12-20", "-", [event("relapse", "2024-01-05")]),
        ],
    ),
    Spec(
        "ACT-04",
        "first dose on 2024-01-10",
        STARTED,
        [
            Row("fatigue never scored", "2024-12-20", "-"),
            Row("scored at the start only", "2024-12-20", "-", [fatigue("2024-01-10", 50)]),
            Row("and later", "2024-12-20", "note", [fatigue("2024-01-10", 50), fatigue("2024-06-01", 42)]),
            Row(
                "scored only after the start", "2024-12-20", "-", [fatigue("2024-01-11", 50), fatigue("2024-06-01", 42)]
            ),
            Row("on another scale", "2024-12-20", "-", [fatigue("2024-01-10", 50), fatigue("2024-06-01", 4, "FSS")]),
            Row(
                "EDSS is no fatigue scale",
                "2024-12-20",
                "-",
                [event("edss", "2024-01-10", score=2), event("edss", "2024-06-01", score=3)],
            ),
        ],
    ),
]
