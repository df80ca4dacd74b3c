"""Natalizumab stopped or held: the scan at stop, the clock until the next drug, scans before and after a switch."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, answered, diagnosis, dose, event, jcv, mri, withdrawn

LAST = dose("2026-01-05", id="last")
STOP = event("stop", "2026-02-02", id="stop")
PLANNED_STOP = event("stop", "2026-02-02", planned=True)
HELD = diagnosis("2026-01-20", "PML", "suspected", id="suspected")
PML = diagnosis("2026-01-20", "PML")
ELSEWHERE = event("earlier_treatment", "2026-01-05", id="elsewhere")
POSITIVE = jcv("2025-12-01", "positive", 1.2)
NEGATIVE = jcv("2025-12-01", "negative")
LOST = event("followup", "2026-02-03", status="lost")


def drug(on: str, name: str = "Ocrevus", **fields: object) -> Event:
    return event("therapy", on, name=name, **fields)


WATCH = "due 2026-07-05"

SPECS = [
    Spec(
        "STP-01",
        "last dose on 2026-01-05, stopped on 2026-02-02",
        [LAST, STOP],
        [
            Row("the day before the stop", "2026-02-01", "-"),
            Row("the stop", "2026-02-02", f"due 2026-03-02, {WATCH}"),
            Row("in the United Kingdom", "2026-02-02", f"due 2026-03-02, {WATCH}", protocol="uk"),
            Row("in the United States", "2026-02-02", "-", protocol="us"),
            Row("four weeks after it", "2026-03-02", f"due 2026-03-02, {WATCH}"),
            Row("the day after", "2026-03-03", f"confirm, overdue 2026-03-02 +1, {WATCH}"),
            Row("scan four weeks before it", "2026-03-03", WATCH, [mri("2026-01-05", "abbreviated")]),
            Row(
                "scan the day before that: too early",
                "2026-03-03",
                f"confirm, overdue 2026-03-02 +1, {WATCH}",
                [mri("2026-01-04", "abbreviated")],
            ),
            Row("scan late", "2026-03-20", WATCH, [mri("2026-03-20")]),
            Row("six months after the last dose", "2026-07-05", WATCH, [mri("2026-02-02")]),
            Row("the day after", "2026-07-06", "-", [mri("2026-02-02")]),
            Row("the day after, never scanned", "2026-07-06", "-"),
            Row("a dose again", "2026-03-03", "-", [dose("2026-03-01")]),
            Row("the stop withdrawn", "2026-03-03", "-", [withdrawn("2026-02-20", "stop")]),
            Row("PML on record: other rules lead", "2026-02-02", "-", [PML]),
            Row("follow-up ended", "2026-03-03", "-", [LOST]),
        ],
    ),
    Spec(
        "STP-01",
        "no stop on record",
        [LAST],
        [
            Row("on treatment", "2026-02-02", "-"),
            Row("the stop is only planned", "2026-02-02", "-", [PLANNED_STOP]),
            Row(
                "hypersensitivity: stopped for good since that dose",
                "2026-01-06",
                f"due 2026-02-02, {WATCH}",
                [event("reaction", "2026-01-05", features=["urticaria"])],
            ),
        ],
    ),
    Spec(
        "STP-01",
        "given elsewhere only",
        [ELSEWHERE],
        [
            Row("stopped: counted from the stop", "2026-02-02", "due 2026-03-02, due 2026-08-02", [STOP]),
            Row("six months after the stop", "2026-08-02", "due 2026-08-02", [STOP, mri("2026-02-02")]),
            Row("the day after", "2026-08-03", "-", [STOP]),
        ],
    ),
    Spec(
        "STP-01",
        "no dose ever",
        [],
        [Row("a stop without a start", "2026-02-02", "-", [STOP])],
    ),
    Spec(
        "STP-02",
        "last dose on 2026-01-05, stopped on 2026-02-02",
        [LAST, STOP],
        [
            Row("the day before eight weeks", "2026-03-01", "-"),
            Row("eight weeks: amber", "2026-03-02", "confirm"),
            Row("the day after", "2026-03-03", "confirm"),
            Row("eight weeks, in the United Kingdom", "2026-03-02", "confirm", protocol="uk"),
            Row("eight weeks, in the United States", "2026-03-02", "confirm", protocol="us"),
            Row(
                "amber acknowledged",
                "2026-03-29",
                "note",
                [answered("2026-03-29", "STP-02", "acknowledged", "last", "stop")],
            ),
            Row(
                "twelve weeks: red, and the answer to amber is none to red",
                "2026-03-30",
                "confirm",
                [answered("2026-03-29", "STP-02", "acknowledged", "last", "stop")],
            ),
            Row(
                "red acknowledged",
                "2026-03-30",
                "note",
                [answered("2026-03-30", "STP-02", "acknowledged", "last", "stop")],
            ),
            Row("a year later: time alone ends nothing", "2027-03-30", "confirm"),
            Row("ocrelizumab begun", "2026-03-30", "-", [drug("2026-02-16")]),
            Row("ocrelizumab begun and over: it acts on", "2026-03-30", "-", [drug("2026-02-16", until="2026-02-16")]),
            Row(
                "interferon begun, its last day", "2026-03-30", "-", [drug("2026-02-16", "Avonex", until="2026-03-30")]
            ),
            Row(
                "interferon begun and over", "2026-03-31", "confirm", [drug("2026-02-16", "Avonex", until="2026-03-30")]
            ),
            Row("transplanted", "2026-03-30", "-", [event("procedure", "2026-02-16", name="HSCT")]),
            Row("ocrelizumab only planned", "2026-03-30", "confirm", [drug("2026-04-16", planned=True)]),
            Row("only baclofen begun", "2026-03-30", "confirm", [drug("2026-02-16", "baclofen")]),
            Row(
                "a steroid course",
                "2026-03-30",
                "confirm",
                [drug("2026-02-16", "methylprednisolone", until="2026-02-18")],
            ),
            Row("natalizumab entered as a therapy", "2026-03-30", "confirm", [drug("2026-02-16", "Tysabri")]),
            Row("interferon from before", "2026-03-30", "confirm", [drug("2020-02-16", "Avonex", until="2021-01-01")]),
            Row("a dose again", "2026-03-30", "-", [dose("2026-03-29")]),
            Row("PML on record: other rules lead", "2026-03-30", "-", [PML]),
            Row("follow-up ended", "2026-03-30", "-", [LOST]),
        ],
    ),
    Spec(
        "STP-02",
        "last dose on 2026-01-05, no stop on record",
        [LAST],
        [
            Row("on treatment, late: that is DOS-05", "2026-03-02", "-"),
            Row("on treatment, twelve weeks", "2026-03-30", "-"),
            Row("the day after: a gap", "2026-03-31", "confirm"),
            Row("held, the day before eight weeks", "2026-03-01", "-", [HELD]),
            Row("held, eight weeks", "2026-03-02", "confirm", [HELD]),
            Row("held, the day after", "2026-03-03", "confirm", [HELD]),
            Row("held, twelve weeks", "2026-03-30", "confirm", [HELD]),
            Row("held until excluded", "2026-03-02", "-", [HELD, diagnosis("2026-03-02", "PML", "excluded")]),
            Row(
                "never again, after hypersensitivity",
                "2026-03-02",
                "confirm",
                [event("reaction", "2026-01-05", features=["urticaria"])],
            ),
        ],
    ),
    Spec(
        "STP-02",
        "given elsewhere only, stopped on 2026-02-02",
        [ELSEWHERE, STOP],
        [
            Row("the day before eight weeks after the stop", "2026-03-29", "-"),
            Row("eight weeks after the stop", "2026-03-30", "confirm"),
            Row("the day after", "2026-03-31", "confirm"),
        ],
    ),
    Spec("STP-02", "no dose ever", [], [Row("a stop without a start", "2026-05-02", "-", [STOP])]),
    Spec(
        "STP-03",
        "last dose on 2026-01-05, stopped on 2026-02-02, antibody-positive",
        [LAST, STOP, POSITIVE],
        [
            Row("the day before the stop", "2026-02-01", "-"),
            Row("the stop", "2026-02-02", "confirm, due 2026-03-02, due 2026-03-02"),
            Row("in the United Kingdom", "2026-02-02", "confirm, due 2026-03-02, due 2026-03-02", protocol="uk"),
            Row("in the United States", "2026-02-02", "confirm, due 2026-03-02, due 2026-03-02", protocol="us"),
            Row("the day after eight weeks", "2026-03-03", "confirm, overdue 2026-03-02 +1, due 2026-03-02"),
            Row("scan three weeks after the last dose", "2026-02-02", "due 2026-03-02", [mri("2026-01-26")]),
            Row(
                "scan the day before that: too early",
                "2026-02-02",
                "confirm, due 2026-03-02, due 2026-03-02",
                [mri("2026-01-25")],
            ),
            Row(
                "scan that looks like PML clears nothing",
                "2026-02-02",
                "confirm, due 2026-03-02, due 2026-03-02",
                [mri("2026-01-26", suspicious_for_pml=True)],
            ),
            Row(
                "scan, and spinal fluid",
                "2026-02-02",
                "-",
                [mri("2026-01-26"), event("csf", "2026-01-27", jcv_pcr="not_detected")],
            ),
            Row(
                "spinal fluid from before the last dose",
                "2026-02-02",
                "due 2026-03-02",
                [mri("2026-01-26"), event("csf", "2026-01-04", jcv_pcr="not_detected")],
            ),
            Row(
                "ocrelizumab planned",
                "2026-02-02",
                "confirm(order), due 2026-02-16, due 2026-02-16",
                [drug("2026-02-16", planned=True)],
            ),
            Row(
                "transplantation planned",
                "2026-02-02",
                "confirm(order), due 2026-02-16, due 2026-02-16",
                [event("procedure", "2026-02-16", name="HSCT", planned=True)],
            ),
            Row(
                "planned for the second week: no window before the scan counts",
                "2026-02-02",
                "confirm(order), overdue 2026-01-19 +14, due 2026-01-19",
                [drug("2026-01-19", planned=True)],
            ),
            Row("ocrelizumab begun: STP-04 goes on", "2026-02-16", "-", [drug("2026-02-16")]),
            Row(
                "nothing planned, the last day of the watch",
                "2026-07-05",
                "confirm, overdue 2026-03-02 +125, due 2026-03-02",
            ),
            Row("nothing planned, the day after", "2026-07-06", "-"),
            Row(
                "planned after the watch",
                "2026-07-06",
                "confirm(order), due 2026-07-20, due 2026-07-20",
                [drug("2026-07-20", planned=True)],
            ),
            Row("PML on record: other rules lead", "2026-02-02", "-", [PML]),
        ],
    ),
    Spec(
        "STP-03",
        "last dose on 2026-01-05; other antibody results",
        [LAST],
        [
            Row("negative", "2026-02-02", "-", [NEGATIVE, STOP]),
            Row("not known: as if positive", "2026-02-02", "confirm, due 2026-03-02, due 2026-03-02", [STOP]),
            Row("positive, on treatment", "2026-02-02", "-", [POSITIVE]),
            Row(
                "positive, on treatment, a next drug planned",
                "2026-02-02",
                "confirm(order), due 2026-02-16, due 2026-02-16",
                [POSITIVE, drug("2026-02-16", planned=True), PLANNED_STOP],
            ),
        ],
    ),
    Spec(
        "STP-03",
        "no dose ever, antibody-positive",
        [POSITIVE],
        [Row("ocrelizumab planned", "2026-02-02", "-", [drug("2026-02-16", planned=True)])],
    ),
    Spec(
        "STP-04",
        "last dose on 2026-01-05, stopped, ocrelizumab on 2026-02-16",
        [LAST, STOP, drug("2026-02-16")],
        [
            Row("the day before the switch", "2026-02-15", "-"),
            Row("the switch", "2026-02-16", "upcoming 2026-06-16"),
            Row("the day before three months", "2026-05-15", "upcoming 2026-06-16"),
            Row("three months", "2026-05-16", "due 2026-06-16"),
            Row("four months", "2026-06-16", "due 2026-06-16"),
            Row("the day after", "2026-06-17", "confirm, overdue 2026-06-16 +1"),
            Row("the day after, in the United Kingdom", "2026-06-17", "confirm, overdue 2026-06-16 +1", protocol="uk"),
            Row("the day after, in the United States", "2026-06-17", "confirm, overdue 2026-06-16 +1", protocol="us"),
            Row(
                "scan before the switch does not count",
                "2026-06-17",
                "confirm, overdue 2026-06-16 +1",
                [mri("2026-02-16")],
            ),
            Row(
                "scan the day after the switch counts",
                "2026-06-17",
                "due 2026-06-17",
                [mri("2026-02-17", "abbreviated")],
            ),
            Row("scan nine months after", "2026-11-16", "upcoming 2027-03-16", [mri("2026-11-16")]),
            Row("scan the day after: the year is done", "2026-11-17", "-", [mri("2026-11-17")]),
            Row("sixteen months, never scanned", "2027-06-16", "confirm, overdue 2026-06-16 +365"),
            Row("the day after: no longer asked for", "2027-06-17", "-"),
            Row("back on natalizumab", "2026-06-17", "-", [dose("2026-06-01")]),
            Row("PML on record: other rules lead", "2026-06-17", "-", [PML]),
        ],
    ),
    Spec(
        "STP-04",
        "last dose on 2026-01-05, stopped",
        [LAST, STOP],
        [
            Row("no next drug", "2026-06-17", "-"),
            Row(
                "interferon, then ocrelizumab: from the first",
                "2026-06-17",
                "confirm, overdue 2026-06-16 +1",
                [drug("2026-05-01"), drug("2026-02-16", "Avonex", until="2026-04-30")],
            ),
        ],
    ),
]
