"""Other drugs before natalizumab: how long to wait, and what must be seen first; and fingolimod after it."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, answered, diagnosis, dose, event, lab

FIRST_PLANNED = dose("2026-02-10", planned=True)


def drug(name: str, until: str | None = "2026-01-15", on: str = "2024-01-01", **fields: object) -> Event:
    known = {} if until is None else {"until": until}
    return event("therapy", on, name=name, id="drug", **known, **fields)


def lymphocytes(on: str, value: float = 1.4, unit: str = "10*9/L") -> Event:
    return lab(on, "lymphocytes", value, unit)


def level(on: str, result: str) -> Event:
    return event("serology", on, test="teriflunomide level", result=result)


SPECS = [
    Spec(
        "SWI-01",
        "before the first dose",
        [],
        [
            Row("interferon until 2026-01-15: the day before", "2026-01-14", "note", [drug("Avonex")]),
            Row("its last day", "2026-01-15", "note", [drug("Avonex")]),
            Row("the day after", "2026-01-16", "note", [drug("Avonex")]),
            Row("in the United States", "2026-01-16", "note", [drug("Avonex")], "us"),
            Row("glatiramer, still taken", "2026-01-16", "note", [drug("Copaxone", None)]),
            Row("fingolimod", "2026-01-16", "-", [drug("Gilenya")]),
            Row("follow-up ended", "2026-01-16", "-", [drug("Avonex"), event("followup", "2026-01-16", status="lost")]),
        ],
    ),
    Spec(
        "SWI-01",
        "first dose on 2026-01-10",
        [dose("2026-01-10")],
        [
            Row("interferon until the day before it: settled", "2026-01-20", "-", [drug("Avonex", "2026-01-09")]),
            Row("interferon until that day", "2026-01-20", "note", [drug("Avonex", "2026-01-10")]),
        ],
    ),
    Spec(
        "SWI-02",
        "fingolimod until 2026-01-15, before the first dose: one month from then, two at most",
        [drug("Gilenya")],
        [
            Row("its last day", "2026-01-15", "confirm(until 2026-02-15)"),
            Row("the day after", "2026-01-16", "confirm(until 2026-02-15)"),
            Row("the day before a month", "2026-02-14", "confirm(until 2026-02-15)"),
            Row("a month, no count", "2026-02-15", "confirm, due 2026-02-15"),
            Row("a month, normal count", "2026-02-15", "-", [lymphocytes("2026-02-14")]),
            Row("a month, normal count, in the United Kingdom", "2026-02-15", "-", [lymphocytes("2026-02-14")], "uk"),
            Row("a month, normal count, in the United States", "2026-02-15", "-", [lymphocytes("2026-02-14")], "us"),
            Row(
                "a normal count does not shorten the month",
                "2026-02-14",
                "confirm(until 2026-02-15)",
                [lymphocytes("2026-02-10")],
            ),
            Row("count at the limit", "2026-02-15", "-", [lymphocytes("2026-02-14", 1.0)]),
            Row("count below it", "2026-02-15", "confirm, due 2026-02-15", [lymphocytes("2026-02-14", 0.99)]),
            Row(
                "low, then normal",
                "2026-02-15",
                "-",
                [lymphocytes("2026-02-01", 0.5), lymphocytes("2026-02-14")],
            ),
            Row(
                "normal, then low: the last decides",
                "2026-02-15",
                "confirm, due 2026-02-15",
                [lymphocytes("2026-02-01"), lymphocytes("2026-02-14", 0.5)],
            ),
            Row(
                "counted on the last day of the drug: too early",
                "2026-02-15",
                "confirm, due 2026-02-15",
                [lymphocytes("2026-01-15")],
            ),
            Row("counted the day after", "2026-02-15", "-", [lymphocytes("2026-01-16")]),
            Row("1400 per microlitre", "2026-02-15", "-", [lymphocytes("2026-02-14", 1400, "/uL")]),
            Row(
                "a unit that is not known",
                "2026-02-15",
                "confirm, due 2026-02-15",
                [lymphocytes("2026-02-14", 30, "%")],
            ),
            Row("two months later, no count: time does not make one", "2026-03-16", "confirm, due 2026-03-16"),
            Row("a year later, no count", "2027-01-15", "confirm, due 2027-01-15"),
            Row(
                "acknowledged",
                "2026-02-15",
                "due 2026-02-15, note",
                [answered("2026-02-15", "SWI-02", "acknowledged", "drug")],
            ),
            Row(
                "the first dose planned for the wait",
                "2026-01-20",
                "confirm(until 2026-02-15), confirm(order, until 2026-02-15)",
                [FIRST_PLANNED],
            ),
            Row("the day of that dose", "2026-02-10", "confirm(until 2026-02-15)", [FIRST_PLANNED]),
            Row("planned for after it", "2026-02-20", "confirm, due 2026-03-01", [dose("2026-03-01", planned=True)]),
            Row("PML on record: natalizumab never comes", "2026-01-20", "-", [diagnosis("2020-01-01", "PML")]),
        ],
    ),
    Spec(
        "SWI-02",
        "fingolimod without a last day",
        [],
        [
            Row("nobody knows its end", "2026-02-15", "confirm", [drug("Gilenya", None)]),
            Row("ends on a later day", "2026-02-15", "confirm(until 2026-04-28)", [drug("Gilenya", "2026-03-28")]),
            Row("the end found out", "2026-02-15", "-", [drug("Gilenya", "2025-12-28"), lymphocytes("2026-02-01")]),
            Row("only planned", "2026-02-15", "-", [event("therapy", "2026-03-01", name="Gilenya", planned=True)]),
        ],
    ),
    Spec(
        "SWI-02",
        "dose on 2025-06-02",
        [dose("2025-06-02")],
        [
            Row("fingolimod until the day before it", "2026-01-20", "-", [drug("Gilenya", "2025-06-01")]),
            Row("begun before, no end on record", "2026-01-20", "-", [drug("Gilenya", None)]),
            Row("begun after, no end on record", "2026-01-20", "confirm", [drug("Gilenya", None, "2025-08-01")]),
            Row(
                "left for it, and takes it still: CON-05 holds",
                "2026-01-20",
                "-",
                [event("stop", "2025-07-01"), drug("Gilenya", None, "2025-08-01")],
            ),
            Row(
                "left for it, and a dose is planned again",
                "2026-01-20",
                "confirm",
                [event("stop", "2025-07-01"), drug("Gilenya", None, "2025-08-01"), FIRST_PLANNED],
            ),
            Row(
                "fingolimod in between, coming back",
                "2026-01-20",
                "confirm(until 2026-02-15)",
                [event("stop", "2025-07-01"), drug("Gilenya", "2026-01-15", "2025-08-01")],
            ),
        ],
    ),
    Spec(
        "SWI-02",
        "natalizumab given elsewhere only",
        [],
        [
            Row(
                "since 2025-06-02: fingolimod from before",
                "2026-01-20",
                "-",
                [event("earlier_treatment", "2025-12-01", first_dose="2025-06-02"), drug("Gilenya", "2025-06-01")],
            ),
            Row(
                "since nobody knows when: fingolimod until that entry",
                "2026-01-20",
                "confirm, due 2026-01-20",
                [event("earlier_treatment", "2025-12-01"), drug("Gilenya", "2025-12-01")],
            ),
            Row(
                "since nobody knows when: fingolimod until the day before that entry",
                "2026-01-20",
                "-",
                [event("earlier_treatment", "2025-12-01"), drug("Gilenya", "2025-11-30")],
            ),
        ],
    ),
    Spec(
        "SWI-03",
        "teriflunomide until 2026-01-15, before the first dose: three and a half months",
        [],
        [
            Row("the day before they end", "2026-04-29", "confirm(until 2026-04-30)", [drug("Aubagio")]),
            Row("the day", "2026-04-30", "-", [drug("Aubagio")]),
            Row("the day after", "2026-05-01", "-", [drug("Aubagio")]),
            Row("leflunomide is the same drug", "2026-04-29", "confirm(until 2026-04-30)", [drug("Arava")]),
            Row("no last day", "2026-04-29", "confirm", [drug("Aubagio", None)]),
            Row(
                "accelerated elimination, no level",
                "2026-02-01",
                "confirm(until 2026-04-30)",
                [drug("Aubagio", accelerated_elimination=True)],
            ),
            Row(
                "one level below the target",
                "2026-02-15",
                "confirm(until 2026-04-30)",
                [drug("Aubagio", accelerated_elimination=True), level("2026-02-01", "0.01 mg/L")],
            ),
            Row(
                "two levels below the target",
                "2026-02-15",
                "-",
                [
                    drug("Aubagio", accelerated_elimination=True),
                    level("2026-02-01", "0.019 mg/L"),
                    level("2026-02-15", "<0,02"),
                ],
            ),
            Row(
                "two levels, the later at the target",
                "2026-02-15",
                "confirm(until 2026-04-30)",
                [
                    drug("Aubagio", accelerated_elimination=True),
                    level("2026-02-01", "0.01"),
                    level("2026-02-15", "0.02 mg/L"),
                ],
            ),
            Row(
                "high, then two levels below",
                "2026-02-28",
                "-",
                [
                    drug("Aubagio", accelerated_elimination=True),
                    level("2026-02-01", "4.1 mg/L"),
                    level("2026-02-15", "0.01"),
                    level("2026-02-28", "0.01"),
                ],
            ),
            Row(
                "two levels below, then a high one",
                "2026-03-15",
                "confirm(until 2026-04-30)",
                [
                    drug("Aubagio", accelerated_elimination=True),
                    level("2026-02-01", "0.01"),
                    level("2026-02-15", "0.01"),
                    level("2026-03-15", "0.5"),
                ],
            ),
            Row(
                "a level that can't be read",
                "2026-02-15",
                "confirm(until 2026-04-30)",
                [
                    drug("Aubagio", accelerated_elimination=True),
                    level("2026-02-01", "0.01"),
                    level("2026-02-15", "10 ng/mL"),
                ],
            ),
            Row(
                "two levels, no accelerated elimination on record",
                "2026-02-15",
                "confirm(until 2026-04-30)",
                [drug("Aubagio"), level("2026-02-01", "0.01"), level("2026-02-15", "0.01")],
            ),
        ],
    ),
    Spec(
        "SWI-04",
        "last dose on 2026-01-05, stopped on 2026-01-20",
        [dose("2026-01-05", id="last"), event("stop", "2026-01-20")],
        [
            Row("nothing planned", "2026-02-01", "-"),
            Row(
                "planned after 8 weeks: before the label's two months",
                "2026-02-01",
                "confirm(order)",
                [event("therapy", "2026-03-02", name="Gilenya", planned=True, id="next")],
            ),
            Row(
                "planned after 3 months: later than the evidence favours",
                "2026-02-01",
                "confirm(order)",
                [event("therapy", "2026-04-05", name="fingolimod", planned=True)],
            ),
            Row(
                "decided",
                "2026-02-01",
                "note",
                [
                    event("therapy", "2026-03-02", name="Gilenya", planned=True, id="next"),
                    answered("2026-02-01", "SWI-04", "acknowledged", "last", "next"),
                ],
            ),
            Row(
                "ocrelizumab planned", "2026-02-01", "-", [event("therapy", "2026-03-02", name="Ocrevus", planned=True)]
            ),
            Row("begun", "2026-03-02", "-", [event("therapy", "2026-03-02", name="Gilenya")]),
        ],
    ),
    Spec(
        "SWI-04",
        "no dose here",
        [],
        [
            Row(
                "given elsewhere only",
                "2026-02-01",
                "confirm(order)",
                [
                    event("earlier_treatment", "2026-01-05"),
                    event("therapy", "2026-03-02", name="Gilenya", planned=True),
                ],
            ),
            Row(
                "fingolimod planned", "2026-02-01", "-", [event("therapy", "2026-03-02", name="Gilenya", planned=True)]
            ),
        ],
    ),
    Spec(
        "SWI-05",
        "one dose on 2026-01-05",
        [dose("2026-01-05")],
        [
            Row("azathioprine, long ago", "2026-02-01", "note", [drug("azathioprine", "2001-01-01", "2000-01-01")]),
            Row("fingolimod: no table says", "2026-02-01", "note", [drug("fingolimod", "2025-01-01")]),
            Row(
                "both",
                "2026-02-01",
                "note",
                [drug("azathioprine", "2001-01-01", "2000-01-01"), event("therapy", "2020-01-01", name="Gilenya")],
            ),
            Row("interferon", "2026-02-01", "-", [drug("Avonex", "2025-01-01")]),
            Row("begun the day before the last dose", "2026-02-01", "note", [drug("azathioprine", None, "2026-01-04")]),
            Row("begun on that day: what comes after", "2026-02-01", "-", [drug("azathioprine", None, "2026-01-05")]),
        ],
    ),
    Spec(
        "SWI-06",
        "dimethyl fumarate until 2026-01-15, before the first dose: no wait",
        [drug("Tecfidera")],
        [
            Row("its last day: still being taken", "2026-01-15", "-"),
            Row("the day after, no count", "2026-01-16", "confirm, due 2026-01-16"),
            Row("the day after, normal count", "2026-01-17", "-", [lymphocytes("2026-01-16")]),
            Row("count from while it was taken", "2026-01-16", "confirm, due 2026-01-16", [lymphocytes("2026-01-10")]),
            Row("low count", "2026-01-17", "confirm, due 2026-01-17", [lymphocytes("2026-01-16", 0.6)]),
        ],
    ),
    Spec(
        "SWI-06",
        "other fumarates",
        [],
        [
            Row("diroximel fumarate", "2026-01-16", "confirm, due 2026-01-16", [drug("Vumerity")]),
            Row("no last day", "2026-01-16", "confirm", [drug("Tecfidera", None)]),
        ],
    ),
    Spec(
        "SWI-07",
        "until 2026-01-15, before the first dose",
        [],
        [
            Row("siponimod: the day before ten days", "2026-01-24", "confirm(until 2026-01-25)", [drug("Mayzent")]),
            Row("siponimod: ten days", "2026-01-25", "confirm, due 2026-01-25", [drug("Mayzent")]),
            Row("siponimod: ten days, normal count", "2026-01-25", "-", [drug("Mayzent"), lymphocytes("2026-01-24")]),
            Row("ozanimod: the day before a month", "2026-02-14", "confirm(until 2026-02-15)", [drug("Zeposia")]),
            Row("ozanimod: a month", "2026-02-15", "confirm, due 2026-02-15", [drug("Zeposia")]),
            Row("ozanimod: a month, normal count", "2026-02-15", "-", [drug("Zeposia"), lymphocytes("2026-02-14")]),
            Row("ponesimod: the day before a week", "2026-01-21", "confirm(until 2026-01-22)", [drug("Ponvory")]),
            Row("ponesimod: a week", "2026-01-22", "confirm, due 2026-01-22", [drug("Ponvory")]),
            Row("ponesimod: a week, normal count", "2026-01-22", "-", [drug("Ponvory"), lymphocytes("2026-01-21")]),
            Row("no last day", "2026-01-22", "confirm", [drug("Ponvory", None)]),
        ],
    ),
    Spec(
        "SWI-08",
        "until 2026-01-15, before the first dose: six months",
        [],
        [
            Row("azathioprine: the day before", "2026-07-14", "confirm(until 2026-07-15)", [drug("azathioprine")]),
            Row("azathioprine: the day", "2026-07-15", "-", [drug("azathioprine")]),
            Row("azathioprine: the day after", "2026-07-16", "-", [drug("azathioprine")]),
            Row("mitoxantrone", "2026-07-14", "confirm(until 2026-07-15)", [drug("Novantrone")]),
            Row("methotrexate", "2026-07-14", "confirm(until 2026-07-15)", [drug("MTX")]),
            Row("mycophenolate", "2026-07-14", "confirm(until 2026-07-15)", [drug("MMF")]),
            Row("cyclophosphamide", "2026-07-14", "confirm(until 2026-07-15)", [drug("Endoxana")]),
            Row("a TNF blocker", "2026-07-14", "confirm(until 2026-07-15)", [drug("Humira")]),
            Row("no last day", "2026-07-14", "confirm", [drug("azathioprine", None)]),
            Row("natalizumab entered as a therapy", "2026-07-14", "-", [drug("Tysabri")]),
            Row("baclofen", "2026-07-14", "-", [drug("baclofen")]),
            Row(
                "confirmed",
                "2026-07-14",
                "note",
                [drug("azathioprine"), answered("2026-07-14", "SWI-08", "acknowledged", "drug")],
            ),
        ],
    ),
    Spec(
        "SWI-09",
        "before the first dose",
        [],
        [
            Row("the day before alemtuzumab", "2023-12-31", "-", [drug("Lemtrada")]),
            Row("alemtuzumab until yesterday", "2026-01-16", "confirm", [drug("Lemtrada")]),
            Row("alemtuzumab, long ago", "2036-01-16", "confirm", [drug("Lemtrada")]),
            Row("transplanted", "2026-01-16", "confirm", [event("procedure", "2025-01-01", name="aHSCT")]),
            Row("transplantation entered as a therapy", "2026-01-16", "confirm", [drug("HSCT", None)]),
            Row(
                "before natalizumab was first given",
                "2026-01-16",
                "-",
                [event("procedure", "2025-01-01", name="aHSCT"), dose("2026-01-05")],
            ),
        ],
    ),
    Spec(
        "SWI-10",
        "cladribine until 2026-01-15, before the first dose: about six months",
        [drug("Mavenclad")],
        [
            Row("the day before", "2026-07-14", "confirm(until 2026-07-15)"),
            Row("the day, no count", "2026-07-15", "confirm, due 2026-07-15"),
            Row("the day after, count at the limit", "2026-07-16", "-", [lymphocytes("2026-07-15", 0.8)]),
            Row("count below it", "2026-07-16", "confirm, due 2026-07-16", [lymphocytes("2026-07-15", 0.79)]),
        ],
    ),
    Spec("SWI-10", "no last day", [drug("Mavenclad", None)], [Row("any day", "2026-07-14", "confirm")]),
    Spec(
        "SWI-11",
        "until 2026-01-15, before the first dose: about six months",
        [],
        [
            Row("ocrelizumab: the day before", "2026-07-14", "confirm(until 2026-07-15)", [drug("Ocrevus")]),
            Row("ocrelizumab: the day", "2026-07-15", "-", [drug("Ocrevus")]),
            Row("ocrelizumab: the day after", "2026-07-16", "-", [drug("Ocrevus")]),
            Row("ofatumumab", "2026-07-14", "confirm(until 2026-07-15)", [drug("Kesimpta")]),
            Row("rituximab", "2026-07-14", "confirm(until 2026-07-15)", [drug("MabThera")]),
            Row("ublituximab", "2026-07-14", "confirm(until 2026-07-15)", [drug("Briumvi")]),
            Row("obinutuzumab", "2026-07-14", "confirm(until 2026-07-15)", [drug("Gazyva")]),
            Row("no last day", "2026-07-14", "confirm", [drug("Ocrevus", None)]),
        ],
    ),
    Spec(
        "SWI-12",
        "until 2026-01-15, before the first dose: six months",
        [],
        [
            Row("a trial drug: the day before", "2026-07-14", "confirm(until 2026-07-15)", [drug("study drug")]),
            Row("a trial drug: the day", "2026-07-15", "-", [drug("study drug")]),
            Row("a trial drug: the day after", "2026-07-16", "-", [drug("study drug")]),
        ],
    ),
]
