"""Antibodies against natalizumab: signs of them, the repeat, what lasting ones mean."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, answered, dose, doses, event, lab, mri, withdrawn

START = doses("2026-01-05", 4)  # until 2026-03-30
LONG = doses("2025-01-06", 16)  # until 2026-03-02, first half year over on 2025-07-06
ITCH = event("reaction", "2026-03-30", features=["itch"], hypersensitivity=False, id="itch")


def antibody(on: str, result: str = "positive") -> Event:
    """A test for antibodies against natalizumab."""
    return event("antibody", on, result=result, id=f"test-{on}")


def level(on: str, mg_per_l: float, **fields: object) -> Event:
    """A concentration."""
    return event("concentration", on, mg_per_l=mg_per_l, **fields)


FIRST, AGAIN = antibody("2026-02-01"), antibody("2026-03-15")
NEGATIVE = antibody("2026-04-01", "negative")

SPECS = [
    Spec(
        "NAB-01",
        "infusions every 4 weeks from 2026-01-05 to 2026-03-30",
        START,
        [
            Row("nothing points to antibodies", "2026-04-01", "-"),
            Row("an itch at the last dose, the day before", "2026-03-29", "-", [ITCH]),
            Row("the day of the itch", "2026-03-30", "due 2026-03-30", [ITCH]),
            Row("the day after", "2026-03-31", "confirm, overdue 2026-03-30 +1", [ITCH]),
            Row("the day after, in the United Kingdom", "2026-03-31", "confirm, overdue 2026-03-30 +1", [ITCH], "uk"),
            Row("the day after, in the United States", "2026-03-31", "confirm, overdue 2026-03-30 +1", [ITCH], "us"),
            Row("tested on that day", "2026-03-31", "-", [ITCH, antibody("2026-03-30", "negative")]),
            Row(
                "tested the day before: that was too soon",
                "2026-03-31",
                "confirm, overdue 2026-03-30 +1",
                [ITCH, antibody("2026-03-29", "negative")],
            ),
            Row("positive (that is NAB-02)", "2026-04-10", "-", [ITCH, antibody("2026-04-02")]),
            Row(
                "acknowledged",
                "2026-03-31",
                "overdue 2026-03-30 +1, note",
                [ITCH, answered("2026-03-31", "NAB-01", "acknowledged", "itch")],
            ),
            Row("natalizumab stopped", "2026-04-10", "-", [ITCH, event("stop", "2026-04-01")]),
            Row("withdrawn", "2026-03-31", "-", [ITCH, withdrawn("2026-03-31", "itch")]),
            Row(
                "hives: that is HYP-01",
                "2026-03-31",
                "-",
                [event("reaction", "2026-03-30", features=["hives"])],
            ),
            Row(
                "hives that were called none",
                "2026-03-30",
                "due 2026-03-30",
                [event("reaction", "2026-03-30", features=["hives"], hypersensitivity=False)],
            ),
            Row("headache alone", "2026-03-31", "-", [event("reaction", "2026-03-30", features=["headache"], grade=2)]),
            Row(
                "headache of grade 3",
                "2026-03-30",
                "due 2026-03-30",
                [event("reaction", "2026-03-30", features=["headache"], grade=3)],
            ),
            Row(
                "a reaction without features",
                "2026-03-30",
                "due 2026-03-30",
                [event("reaction", "2026-03-30", features=[])],
            ),
            Row(
                "a reaction without features that was no hypersensitivity",
                "2026-03-30",
                "-",
                [event("reaction", "2026-03-30", features=[], hypersensitivity=False)],
            ),
        ],
    ),
    Spec(
        "NAB-01",
        "infusions every 4 weeks from 2025-01-06 to 2026-03-02; itch on 2025-03-31",
        [*LONG, event("reaction", "2025-03-31", features=["itch"], hypersensitivity=False)],
        [
            Row("a year later, the day before", "2026-03-30", "confirm, overdue 2025-03-31 +364"),
            Row("a year later", "2026-03-31", "-"),
        ],
    ),
    Spec(
        "NAB-01",
        "infusions every 4 weeks from 2025-01-06 to 2026-03-02: the drug has had time to work on 2025-04-06",
        LONG,
        [
            Row("a relapse the day before", "2025-05-01", "-", [event("relapse", "2025-04-05")]),
            Row("a relapse on the day", "2025-04-06", "due 2025-04-06", [event("relapse", "2025-04-06")]),
            Row(
                "a relapse on 2025-09-01",
                "2025-09-02",
                "confirm, overdue 2025-09-01 +1",
                [event("relapse", "2025-09-01")],
            ),
            Row("new lesions on the rebaseline scan", "2025-06-02", "-", [mri("2025-06-01", new_t2=2, gd=0)]),
            Row(
                "new lesions since the rebaseline scan",
                "2025-12-01",
                "due 2025-12-01",
                [mri("2025-06-01", new_t2=0, gd=0), mri("2025-12-01", new_t2=1, gd=0)],
            ),
            Row(
                "new lesions compared with the scan before treatment",
                "2025-12-01",
                "-",
                [
                    mri("2025-06-01", new_t2=0, gd=0),
                    mri("2025-12-01", new_t2=1, gd=0, compared_with="2025-01-02"),
                ],
            ),
            Row("an enhancing lesion", "2025-06-01", "due 2025-06-01", [mri("2025-06-01", new_t2=0, gd=1)]),
            Row("an enhancing lesion too soon to tell", "2025-04-05", "-", [mri("2025-04-05", new_t2=1, gd=1)]),
            Row(
                "a relapse 12 weeks after the last dose",
                "2026-05-25",
                "due 2026-05-25",
                [event("relapse", "2026-05-25")],
            ),
            Row("a relapse the day after 12 weeks", "2026-05-26", "-", [event("relapse", "2026-05-26")]),
        ],
    ),
    Spec(
        "NAB-01",
        "started elsewhere on 2025-01-06, no dose here yet",
        [event("earlier_treatment", "2025-09-01", first_dose="2025-01-06")],
        [
            Row(
                "a relapse on 2025-08-01",
                "2025-09-02",
                "confirm, overdue 2025-08-01 +32",
                [event("relapse", "2025-08-01")],
            ),
            Row(
                "a lymphocyte count says nothing without the doses before it",
                "2025-09-02",
                "-",
                [lab("2025-01-02", "lymphocytes", 2, "10*9/L"), lab("2025-08-01", "lymphocytes", 2, "10*9/L")],
            ),
            Row("a level says nothing without the doses before it", "2025-09-02", "-", [level("2025-08-01", 0.5)]),
        ],
    ),
    Spec(
        "NAB-01",
        "started elsewhere, nobody knows when; one dose here on 2026-01-05",
        [event("earlier_treatment", "2025-12-01"), dose("2026-01-05")],
        [
            Row("a relapse", "2026-02-02", "-", [event("relapse", "2026-02-01")]),
            Row("a lymphocyte count", "2026-02-02", "-", [lab("2026-02-02", "lymphocytes", 2, "10*9/L")]),
            Row("a level of 2 mg/L: the lower limit holds", "2026-02-02", "-", [level("2026-02-02", 2)]),
            Row("a level of 1.9 mg/L", "2026-02-02", "due 2026-02-02", [level("2026-02-02", 1.9)]),
        ],
    ),
    Spec(
        "NAB-01",
        "lymphocytes 2.0 before the first infusion on 2026-01-05, then infusions every 4 weeks to 2026-03-30",
        [*START, lab("2026-01-02", "lymphocytes", 2.0, "10*9/L")],
        [
            Row("2.3 after 27 days: too soon", "2026-02-01", "-", [lab("2026-02-01", "lymphocytes", 2.3, "10*9/L")]),
            Row("2.3 after 28 days", "2026-02-02", "due 2026-02-02", [lab("2026-02-02", "lymphocytes", 2.3, "10*9/L")]),
            Row("2.4, risen by a fifth", "2026-02-02", "-", [lab("2026-02-02", "lymphocytes", 2.4, "10*9/L")]),
            Row("2300 per microlitre", "2026-02-02", "due 2026-02-02", [lab("2026-02-02", "lymphocytes", 2300, "/uL")]),
            Row(
                "in no known unit (that is REC-07)", "2026-02-02", "-", [lab("2026-02-02", "lymphocytes", 2.3, "many")]
            ),
            Row("another count", "2026-02-02", "-", [lab("2026-02-02", "leukocytes", 2.3, "10*9/L")]),
            Row(
                "flat, then risen",
                "2026-03-03",
                "-",
                [lab("2026-02-02", "lymphocytes", 2.0, "10*9/L"), lab("2026-03-02", "lymphocytes", 3.4, "10*9/L")],
            ),
            Row(
                "flat twice: late since the first",
                "2026-03-02",
                "confirm, overdue 2026-02-02 +28",
                [lab("2026-02-02", "lymphocytes", 2.0, "10*9/L"), lab("2026-03-02", "lymphocytes", 2.1, "10*9/L")],
            ),
            Row(
                "flat, tested negative, flat again: not asked again",
                "2026-03-02",
                "-",
                [
                    lab("2026-02-02", "lymphocytes", 2.0, "10*9/L"),
                    antibody("2026-02-05", "negative"),
                    lab("2026-03-02", "lymphocytes", 2.1, "10*9/L"),
                ],
            ),
            Row(
                "8 weeks after a dose", "2026-05-25", "due 2026-05-25", [lab("2026-05-25", "lymphocytes", 2, "10*9/L")]
            ),
            Row("a day later the drug has gone", "2026-05-26", "-", [lab("2026-05-26", "lymphocytes", 2, "10*9/L")]),
        ],
    ),
    Spec(
        "NAB-01",
        "lymphocytes counted too long before the first infusion on 2026-01-05",
        [*START, lab("2025-07-04", "lymphocytes", 2.0, "10*9/L")],
        [Row("flat, for all one knows", "2026-02-02", "-", [lab("2026-02-02", "lymphocytes", 2.0, "10*9/L")])],
    ),
    Spec(
        "NAB-01",
        "infusions every 4 weeks from 2026-01-05 to 2026-03-30: a level is low below 3 mg/L",
        START,
        [
            Row("2.9 mg/L before the second", "2026-02-02", "due 2026-02-02", [level("2026-02-02", 2.9)]),
            Row("2.9 mg/L, the day after", "2026-02-03", "confirm, overdue 2026-02-02 +1", [level("2026-02-02", 2.9)]),
            Row("3 mg/L", "2026-02-02", "-", [level("2026-02-02", 3)]),
            Row("under a limit of 3 mg/L", "2026-02-02", "due 2026-02-02", [level("2026-02-02", 3, below=True)]),
            Row("under a limit of 3.1 mg/L: nobody knows", "2026-02-02", "-", [level("2026-02-02", 3.1, below=True)]),
            Row("low, then normal", "2026-03-02", "-", [level("2026-02-02", 1), level("2026-03-02", 20)]),
            Row("6 days after a dose", "2026-04-05", "-", [level("2026-04-05", 1)]),
            Row("7 days after a dose", "2026-04-06", "due 2026-04-06", [level("2026-04-06", 1)]),
            Row("31 days after a dose", "2026-04-30", "due 2026-04-30", [level("2026-04-30", 1)]),
            Row("32 days after a dose: no 4-weekly trough", "2026-05-01", "-", [level("2026-05-01", 1)]),
            Row("before the first dose", "2026-01-05", "-", [level("2026-01-05", 0)]),
            Row(
                "3.8 mg/L by an American assay, which reads higher",
                "2026-02-02",
                "due 2026-02-02",
                [level("2026-02-02", 3.8, assay="US assay")],
            ),
            Row("3.9 mg/L by it", "2026-02-02", "-", [level("2026-02-02", 3.9, assay="US assay")]),
            Row("3 mg/L by an assay nobody knows", "2026-02-02", "-", [level("2026-02-02", 3, assay="in-house")]),
        ],
    ),
    Spec(
        "NAB-01",
        "infusions on 2026-01-05 and on 2026-02-02 at nine",
        [dose("2026-01-05"), dose("2026-02-02T09:00+00:00")],
        [
            Row("1 mg/L at eight", "2026-02-02", "due 2026-02-02", [level("2026-02-02T08:00+00:00", 1)]),
            Row("1 mg/L at ten is no trough", "2026-02-02", "-", [level("2026-02-02T10:00+00:00", 1)]),
        ],
    ),
    Spec(
        "NAB-01",
        "infusions on 2026-01-05 and on 2026-02-02, nobody wrote when",
        [dose("2026-01-05"), dose("2026-02-02")],
        [
            Row(
                "1 mg/L at ten is taken as a trough",
                "2026-02-02",
                "due 2026-02-02",
                [level("2026-02-02T10:00+00:00", 1)],
            )
        ],
    ),
    Spec(
        "NAB-01",
        "infusions every 4 weeks from 2025-01-06: the first half year ends on 2025-07-06",
        LONG,
        [
            Row("2.9 mg/L on 2025-06-23, before it ends", "2025-06-23", "due 2025-06-23", [level("2025-06-23", 2.9)]),
            Row("2.9 mg/L on 2025-07-21, after it", "2025-07-21", "-", [level("2025-07-21", 2.9)]),
            Row("1.9 mg/L on 2025-07-21", "2025-07-21", "due 2025-07-21", [level("2025-07-21", 1.9)]),
            Row("2 mg/L on 2025-07-21", "2025-07-21", "-", [level("2025-07-21", 2)]),
        ],
    ),
    Spec("NAB-01", "no dose yet", [], [Row("a relapse", "2026-02-02", "-", [event("relapse", "2026-02-01")])]),
    Spec(
        "NAB-02",
        "infusions every 4 weeks from 2026-01-05; a first positive test on 2026-02-01: 42 days end on 2026-03-15",
        [*START, FIRST],
        [
            Row("the day before it", "2026-01-31", "-"),
            Row("the same day", "2026-02-01", "confirm, blocked 2026-03-15, note"),
            Row("41 days after", "2026-03-14", "confirm, blocked 2026-03-15, note"),
            Row("42 days after", "2026-03-15", "confirm, due 2026-03-15, note"),
            Row("43 days after", "2026-03-16", "confirm, confirm, overdue 2026-03-15 +1, note"),
            Row("42 days after, in the United Kingdom", "2026-03-15", "confirm, due 2026-03-15, note", protocol="uk"),
            Row(
                "42 days after, in the United States", "2026-03-15", "confirm, blocked 2026-05-01, note", protocol="us"
            ),
            Row("3 months after, in the United States", "2026-05-01", "confirm, due 2026-05-01, note", protocol="us"),
            Row(
                "a day later, in the United States",
                "2026-05-02",
                "confirm, confirm, overdue 2026-05-01 +1, note",
                protocol="us",
            ),
            Row(
                "negative after 41 days: that was too soon",
                "2026-03-15",
                "confirm, due 2026-03-15, note",
                [antibody("2026-03-14", "negative")],
            ),
            Row("negative after 42 days: they passed", "2026-03-16", "-", [antibody("2026-03-15", "negative")]),
            Row(
                "negative after 42 days, in the United States",
                "2026-03-16",
                "confirm, blocked 2026-05-01, note",
                [antibody("2026-03-15", "negative")],
                "us",
            ),
            Row("positive after 41 days", "2026-03-15", "confirm, due 2026-03-15, note", [antibody("2026-03-14")]),
            Row(
                "positive after 20 days, negative after 60: too soon after the second",
                "2026-04-02",
                "confirm, blocked 2026-04-04, note",
                [antibody("2026-02-21"), antibody("2026-04-02", "negative")],
            ),
            Row(
                "positive after 20 days, negative after 62",
                "2026-04-05",
                "-",
                [antibody("2026-02-21"), antibody("2026-04-04", "negative")],
            ),
            Row("positive after 42 days (that is NAB-03)", "2026-03-16", "-", [AGAIN]),
            Row(
                "acknowledged",
                "2026-02-10",
                "blocked 2026-03-15, note, note",
                [answered("2026-02-10", "NAB-02", "acknowledged", "test-2026-02-01")],
            ),
            Row("withdrawn", "2026-02-10", "-", [withdrawn("2026-02-10", "test-2026-02-01")]),
            Row("natalizumab stopped (that is DOS-08)", "2026-04-10", "-", [event("stop", "2026-04-01")]),
        ],
    ),
    Spec(
        "NAB-02",
        "no dose yet here; a positive test on 2026-02-01",
        [FIRST],
        [Row("somebody had it elsewhere", "2026-02-10", "confirm, blocked 2026-03-15, note")],
    ),
    Spec("NAB-02", "a negative test", [*START, NEGATIVE], [Row("nothing to repeat", "2026-04-10", "-")]),
    Spec(
        "NAB-03",
        "infusions every 4 weeks from 2026-01-05; positive on 2026-02-01 and on 2026-03-15, 42 days later",
        [*START, FIRST, AGAIN],
        [
            Row("the day before the second", "2026-03-14", "-"),
            Row("the day", "2026-03-15", "hold"),
            Row("years later: time lifts nothing", "2029-03-15", "hold"),
            Row("in the United Kingdom", "2026-03-16", "hold", protocol="uk"),
            Row("in the United States", "2026-03-16", "hold", protocol="us"),
            Row(
                "released by the prescriber",
                "2026-03-20",
                "note",
                [answered("2026-03-20", "NAB-03", "released", "test-2026-02-01", "test-2026-03-15")],
            ),
            Row(
                "released 28 days ago",
                "2026-04-17",
                "note",
                [answered("2026-03-20", "NAB-03", "released", "test-2026-02-01", "test-2026-03-15")],
            ),
            Row(
                "released 29 days ago",
                "2026-04-18",
                "hold",
                [answered("2026-03-20", "NAB-03", "released", "test-2026-02-01", "test-2026-03-15")],
            ),
            Row(
                "acknowledged: that is not enough",
                "2026-03-20",
                "hold",
                [answered("2026-03-20", "NAB-03", "acknowledged", "test-2026-02-01", "test-2026-03-15")],
            ),
            Row(
                "released, then positive again",
                "2026-04-10",
                "hold",
                [
                    answered("2026-03-20", "NAB-03", "released", "test-2026-02-01", "test-2026-03-15"),
                    antibody("2026-04-01"),
                ],
            ),
            Row("negative on 2026-04-01", "2026-04-01", "confirm, blocked 2026-05-13", [NEGATIVE]),
            Row("42 days after that", "2026-05-13", "confirm, due 2026-05-13", [NEGATIVE]),
            Row("43 days after that", "2026-05-14", "confirm, overdue 2026-05-13 +1", [NEGATIVE]),
            Row(
                "negative again after 41 days",
                "2026-05-13",
                "confirm, due 2026-05-13",
                [NEGATIVE, antibody("2026-05-12", "negative")],
            ),
            Row("negative again after 42 days", "2026-05-14", "-", [NEGATIVE, antibody("2026-05-13", "negative")]),
            Row("negative, then positive again", "2026-05-14", "hold", [NEGATIVE, antibody("2026-05-13")]),
            Row("the first one withdrawn", "2026-03-16", "-", [withdrawn("2026-03-16", "test-2026-02-01")]),
            Row("natalizumab stopped", "2026-04-10", "hold", [event("stop", "2026-04-01")]),
            Row("stopped, then negative", "2026-04-10", "confirm", [event("stop", "2026-03-31"), NEGATIVE]),
            Row(
                "hypersensitivity: it is never given again anyway",
                "2026-04-10",
                "-",
                [event("reaction", "2026-03-30", features=["hives"])],
            ),
        ],
    ),
    Spec(
        "NAB-03",
        "positive on 2026-02-01, negative on 2026-03-15",
        [*START, FIRST, antibody("2026-03-15", "negative")],
        [Row("positive again later: two positives far enough apart", "2026-06-01", "hold", [antibody("2026-06-01")])],
    ),
    Spec("NAB-03", "no test", START, [Row("any day", "2026-04-10", "-")]),
]
