"""Longer intervals: asking for one, offering one, and what is known of them."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, doses, event, jcv, mri

YEAR = doses("2025-01-04", 14)  # every 4 weeks until 2026-01-03
CLEAR = [mri("2025-12-01", new_t2=0, gd=0), jcv("2025-12-01", "positive", 0.7)]
FOUR = event("interval", "2025-01-04", weeks=4)
ASKED = event("interval", "2026-01-20", weeks=6, planned=True, id="asked")
SIX = event("interval", "2026-01-05", weeks=6, id="six")

SPECS = [
    Spec(
        "DOS-04",
        "a dose every 4 weeks from 2025-01-04 to 2026-01-03; quiet scan on 2025-12-01",
        [*YEAR, *CLEAR, FOUR],
        [
            Row("nothing asked for", "2026-01-10", "-"),
            Row("6 weeks asked for", "2026-01-10", "-", [ASKED]),
            Row(
                "6 weeks asked for, a relapse 13 months ago", "2026-01-10", "-", [ASKED, event("relapse", "2024-12-10")]
            ),
            Row(
                "6 weeks asked for, a relapse last month",
                "2026-01-10",
                "confirm",
                [ASKED, event("relapse", "2025-12-10")],
            ),
            Row(
                "the same, in the United Kingdom",
                "2026-01-10",
                "confirm",
                [ASKED, event("relapse", "2025-12-10")],
                "uk",
            ),
            Row(
                "the same, in the United States", "2026-01-10", "confirm", [ASKED, event("relapse", "2025-12-10")], "us"
            ),
            Row("6 weeks asked for, an enhancing lesion", "2026-01-10", "confirm", [ASKED, mri("2025-12-20", gd=1)]),
            Row(
                "8 weeks prescribed: beyond label and trial",
                "2026-01-10",
                "confirm",
                [event("interval", "2026-01-08", weeks=8)],
            ),
            Row("6 weeks prescribed", "2026-01-10", "-", [SIX]),
            Row("a relapse, but nothing asked for", "2026-01-10", "-", [event("relapse", "2025-12-10")]),
        ],
    ),
    Spec(
        "DOS-04",
        "6 weeks asked for; quiet scan on 2025-12-01",
        [*CLEAR, ASKED],
        [
            Row("11 months of 4-weekly doses", "2026-01-10", "confirm", doses("2025-02-01", 13)),
            Row("12 months of 4-weekly doses", "2026-01-10", "-", YEAR),
            Row("a dose missed two months ago", "2026-01-10", "confirm", [d for d in YEAR if d["on"] != "2025-11-08"]),
        ],
    ),
    Spec(
        "DOS-10",
        "a dose every 4 weeks from 2025-01-04 to 2026-01-03; quiet scan and index 0.7 on 2025-12-01",
        [*YEAR, *CLEAR, FOUR],
        [
            Row("a week after the last dose", "2026-01-10", "note"),
            Row("in the United Kingdom", "2026-01-10", "note", protocol="uk"),
            Row("in the United States", "2026-01-10", "note", protocol="us"),
            Row("6 weeks prescribed already", "2026-01-10", "-", [SIX]),
            Row("a relapse last month", "2026-01-10", "-", [event("relapse", "2025-12-10")]),
            Row("an enhancing lesion since", "2026-01-10", "-", [mri("2025-12-20", gd=1)]),
            Row("natalizumab stopped", "2026-01-10", "-", [event("stop", "2026-01-05")]),
        ],
    ),
    Spec(
        "DOS-10",
        "index or result not as above",
        [mri("2025-12-01", new_t2=0, gd=0), FOUR],
        [
            Row("negative", "2026-01-10", "-", [*YEAR, jcv("2025-12-01", "negative")]),
            Row("no result", "2026-01-10", "-", YEAR),
            Row(
                "positive, only 11 months of treatment",
                "2026-01-10",
                "-",
                [*doses("2025-02-01", 13), jcv("2025-12-01", "positive", 0.7)],
            ),
        ],
    ),
    Spec(
        "DOS-10",
        "born on 1965-01-10; 14 doses every 4 weeks, quiet scan and index 0.7 on 2025-12-01",
        [*YEAR, *CLEAR, FOUR],
        [
            Row("the day before the 61st birthday", "2026-01-09", "note"),
            Row("the 61st birthday: the trial's people were 18 to 60", "2026-01-10", "-"),
        ],
        born="1965-01-10",
    ),
    Spec(
        "DOS-10",
        "date of birth unknown; 14 doses every 4 weeks, quiet scan and index 0.7 on 2025-12-01",
        [*YEAR, *CLEAR, FOUR],
        [Row("nobody can say that the age is the trial's", "2026-01-10", "-")],
        born=None,
    ),
    Spec(
        "RSK-03",
        "a dose every 4 weeks from 2025-01-04 to 2026-01-03",
        YEAR,
        [
            Row("no interval prescribed", "2026-01-10", "-"),
            Row("4 weeks prescribed", "2026-01-10", "-", [FOUR]),
            Row("6 weeks prescribed, the day before", "2026-01-04", "-", [SIX]),
            Row("6 weeks prescribed, the day", "2026-01-05", "note", [SIX]),
            Row("6 weeks prescribed, the day after", "2026-01-06", "note", [SIX]),
            Row("6 weeks prescribed, in the United Kingdom", "2026-01-06", "note", [SIX], "uk"),
            Row("6 weeks prescribed, in the United States", "2026-01-06", "note", [SIX], "us"),
            Row("6 weeks, then 4 weeks again", "2026-02-06", "-", [SIX, event("interval", "2026-02-05", weeks=4)]),
        ],
    ),
]
