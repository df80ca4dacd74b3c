"""Entries that can hardly be right, and intervals that no guidance knows: somebody looks at them again."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, diagnosis, dose, event, mri


def weeks(number: float, on: str = "2026-01-10") -> dict[str, object]:
    """An interval prescribed from that day on."""
    return event("interval", on, weeks=number)


SPECS = [
    Spec(
        "DOS-11",
        "a dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("no interval prescribed", "2026-02-07", "-"),
            Row("4 weeks, as labelled", "2026-02-07", "-", [weeks(4)]),
            Row("a day less", "2026-02-07", "confirm", [weeks(27 / 7)]),
            Row("3 weeks", "2026-02-07", "confirm", [weeks(3)]),
            Row("less than 21 days: DOS-03 asks", "2026-02-07", "-", [weeks(20 / 7)]),
            Row("12 weeks: DOS-04 asks", "2026-02-07", "-", [weeks(12)]),
            Row("a day more", "2026-02-07", "confirm", [weeks(85 / 7)]),
            Row("a year, in the United Kingdom", "2026-02-07", "confirm", [weeks(52)], "uk"),
            Row("3 weeks, in the United States", "2026-02-07", "confirm", [weeks(3)], "us"),
            Row("the day before it is prescribed", "2026-02-08", "-", [weeks(3, "2026-02-09")]),
            Row("the day it is prescribed", "2026-02-09", "confirm", [weeks(3, "2026-02-09")]),
            Row("stopped", "2026-02-09", "-", [weeks(3), event("stop", "2026-02-09")]),
            Row("PML since", "2026-02-09", "-", [weeks(3), diagnosis("2026-02-09", "PML")]),
        ],
    ),
    Spec(
        "DOS-11",
        "no dose yet",
        [],
        [
            Row("3 weeks prescribed", "2026-01-10", "confirm", [weeks(3)]),
            Row("2 weeks: DOS-03 does not ask yet", "2026-01-10", "confirm", [weeks(2)]),
            Row("4 weeks prescribed", "2026-01-10", "-", [weeks(4)]),
        ],
    ),
    Spec(
        "REC-10",
        "a dose on 2026-01-10, a full scan on 2026-02-02 with one new lesion and none that enhances",
        [dose("2026-01-10"), mri("2026-02-02", new_t2=1, gd=0, suspicious_for_pml=False)],
        [
            Row("alone", "2026-02-03", "-"),
            Row("another of the day before", "2026-02-03", "-", [mri("2026-02-01", new_t2=0, gd=0)]),
            Row("another of the day: no new lesion", "2026-02-03", "confirm", [mri("2026-02-02", new_t2=0, gd=0)]),
            Row("another of the day after", "2026-02-03", "-", [mri("2026-02-03", new_t2=0, gd=0)]),
            Row("the same counts", "2026-02-03", "-", [mri("2026-02-02", "abbreviated", new_t2=1, gd=0)]),
            Row("another count of enhancing ones", "2026-02-03", "confirm", [mri("2026-02-02", gd=2)]),
            Row("suspicious or not", "2026-02-03", "confirm", [mri("2026-02-02", suspicious_for_pml=True)]),
            Row("nothing said", "2026-02-03", "-", [mri("2026-02-02", "abbreviated")]),
            Row(
                "compared with another scan",
                "2026-02-03",
                "-",
                [mri("2026-02-02", new_t2=0, compared_with="2025-06-01")],
            ),
            Row("planned only", "2026-02-01", "-", [mri("2026-02-02", planned=True)]),
            Row("in the United States", "2026-02-02", "confirm", [mri("2026-02-02", new_t2=0)], "us"),
        ],
    ),
    Spec(
        "REC-11",
        "born on 1946-03-01, a dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("the day before 80 years", "2026-02-28", "-"),
            Row("80 years", "2026-03-01", "confirm"),
            Row("the day after", "2026-03-02", "confirm"),
            Row("in the United States", "2026-03-01", "confirm", protocol="us"),
            Row("PML since: nothing is given anyway", "2026-03-01", "-", [diagnosis("2026-02-01", "PML")]),
        ],
        born="1946-03-01",
    ),
    Spec(
        "REC-11",
        "no date of birth",
        [dose("2026-01-10")],
        [Row("any day", "2026-03-01", "-", [event("pregnancy", "2026-02-01", gestation_weeks=8)])],
        born=None,
    ),
]
