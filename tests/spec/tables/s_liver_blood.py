"""Liver, blood counts, signs of cancer, and symptoms like hypersensitivity. All people are invented."""

from __future__ import annotations

from typing import Any

from tests.spec.spec import Event, Row, Spec, answered, diagnosis, dose, event, lab


def told(name: str, on: str = "2026-05-04", **fields: Any) -> Event:
    return event("symptom", on, name=name, **fields)


def alt(value: float, on: str = "2026-05-04", limit: float | None = 40, test: str = "ALT", **fields: Any) -> Event:
    known: dict[str, Any] = {} if limit is None else {"upper_limit": limit}
    return lab(on, test, value, **known, **fields)


def bilirubin(value: float, on: str = "2026-05-04", limit: float | None = 20) -> Event:
    known: dict[str, Any] = {} if limit is None else {"upper_limit": limit}
    return lab(on, "bilirubin", value, "umol/L", **known)


def count(test: str, value: float, on: str = "2026-05-04", unit: str = "10*9/L", **fields: Any) -> Event:
    return lab(on, test, value, unit, **fields)


DARK = told("dark urine")

SPECS = [
    Spec(
        "LFT-02",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("jaundice, the day before", "2026-05-03", "-", [told("jaundice")]),
            Row("jaundice", "2026-05-04", "stop, due 2026-05-04", [told("jaundice")]),
            Row("the day after", "2026-05-05", "stop, overdue 2026-05-04 +1", [told("yellow eyes")]),
            Row("in the United Kingdom", "2026-05-04", "stop, due 2026-05-04", [told("jaundice")], "uk"),
            Row("in the United States", "2026-05-04", "stop, due 2026-05-04", [told("jaundice")], "us"),
            Row(
                "over: no rechallenge",
                "2026-05-10",
                "stop, overdue 2026-05-04 +6",
                [told("jaundice", ended="2026-05-09")],
            ),
            Row("normal tests after it end no stop", "2026-05-10", "stop", [told("jaundice"), alt(20, "2026-05-09")]),
            Row("jaundice long before the treatment", "2026-05-04", "confirm", [told("jaundice", "2020-01-01")]),
            Row(
                "older than the treatment, not worsening",
                "2026-05-04",
                "confirm",
                [told("jaundice", days=300, worsening=False)],
            ),
            Row(
                "six months after the last dose", "2026-10-20", "stop, due 2026-10-20", [told("jaundice", "2026-10-20")]
            ),
            Row("the day after that", "2026-10-21", "confirm", [told("jaundice", "2026-10-21")]),
            Row("dark urine", "2026-05-04", "hold, due 2026-05-04", [DARK]),
            Row("dark urine, liver tests normal", "2026-05-05", "-", [DARK, alt(22, "2026-05-05")]),
            Row("dark urine, ALT raised", "2026-05-05", "hold", [DARK, alt(60, "2026-05-05")]),
            Row("liver tests from the day before", "2026-05-04", "hold, due 2026-05-04", [DARK, alt(22, "2026-05-03")]),
            Row("dark urine, over", "2026-05-06", "confirm", [told("dark urine", ended="2026-05-06")]),
            Row("ALT just under five times", "2026-05-04", "-", [alt(199.9)]),
            Row("ALT five times", "2026-05-04", "hold", [alt(200)]),
            Row("the day before", "2026-05-03", "-", [alt(200)]),
            Row("AST five times", "2026-05-04", "hold", [alt(200, test="AST")], "us"),
            Row("three times, bilirubin just under twice", "2026-05-04", "-", [alt(120), bilirubin(39.9)]),
            Row("three times, bilirubin twice", "2026-05-04", "hold", [alt(120), bilirubin(40)], "uk"),
            Row("just under three times, bilirubin twice", "2026-05-04", "-", [alt(119.9), bilirubin(40)]),
            Row("bilirubin alone", "2026-05-04", "-", [bilirubin(80)]),
            Row("lower since, not yet normal", "2026-05-11", "hold", [alt(240), alt(41, "2026-05-11")]),
            Row("a later normal test", "2026-05-11", "-", [alt(240), alt(40, "2026-05-11")]),
            Row("time alone ends no hold", "2027-05-04", "hold", [alt(240)]),
            Row(
                "released by a prescriber",
                "2026-05-05",
                "note",
                [alt(240, id="alt"), answered("2026-05-05", "LFT-02", "released", "alt")],
            ),
            Row("no limit, 499 U/L: not certain", "2026-05-04", "-", [alt(499, limit=None)]),
            Row("no limit, 500 U/L: five times any limit", "2026-05-04", "hold", [alt(500, limit=None)]),
            Row("no limit, a later 40 U/L", "2026-05-11", "-", [alt(500), alt(40, "2026-05-11", limit=None)]),
            Row("no limit, a later 41 U/L", "2026-05-11", "hold", [alt(500), alt(41, "2026-05-11", limit=None)]),
            Row("hepatitis on treatment", "2026-05-04", "hold", [diagnosis("2026-05-04", "hepatitis")]),
            Row("liver disease from before", "2026-05-04", "confirm", [diagnosis("2020-05-04", "cirrhosis")]),
            Row("past", "2026-05-04", "confirm", [diagnosis("2026-05-04", "DILI", "history")]),
            Row("hepatitis B", "2026-05-04", "confirm", [diagnosis("2020-05-04", "hepatitis B")]),
            Row("fatty liver", "2026-05-04", "-", [diagnosis("2020-05-04", "fatty liver")]),
        ],
    ),
    Spec(
        "LFT-03",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("at the upper limit", "2026-05-04", "-", [alt(40)]),
            Row("above it: grade 1", "2026-05-04", "confirm", [alt(40.1)]),
            Row("the day before", "2026-05-03", "-", [alt(41)]),
            Row("three times: still grade 1", "2026-05-04", "confirm", [alt(120)]),
            Row("above three times: grade 2, repeat in 7 days", "2026-05-04", "confirm, due 2026-05-11", [alt(121)]),
            Row("the day after the last day", "2026-05-12", "confirm, overdue 2026-05-11 +1", [alt(121)]),
            Row("five times (recalled: it can only ask)", "2026-05-04", "confirm, due 2026-05-11", [alt(200)]),
            Row("twenty-one times", "2026-05-04", "confirm, due 2026-05-11", [alt(840)]),
            Row("three times, bilirubin twice", "2026-05-04", "confirm, due 2026-05-11", [alt(120), bilirubin(40)]),
            Row("bilirubin alone", "2026-05-04", "confirm", [bilirubin(80)]),
            Row("normal again", "2026-05-11", "-", [alt(200), alt(30, "2026-05-11")]),
            Row("no limit, 40 U/L", "2026-05-04", "-", [alt(40, limit=None)]),
            Row("no limit, 41 U/L: the limit is asked for", "2026-05-04", "confirm", [alt(41, limit=None)]),
            Row("no limit, no known unit", "2026-05-04", "confirm", [alt(20, limit=None, unit="many")]),
            Row("no known unit, but a limit", "2026-05-04", "-", [alt(20, unit="many")]),
            Row("bilirubin 1 mg/dL, no limit", "2026-05-04", "-", [lab("2026-05-04", "bilirubin", 1, "mg/dL")]),
            Row("in the United States", "2026-05-04", "confirm, due 2026-05-11", [alt(200)], "us"),
        ],
    ),
    Spec(
        "FBC-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("bruises, the day before", "2026-05-03", "-", [told("bruises")]),
            Row("bruises", "2026-05-04", "confirm, due 2026-05-04", [told("bruises")]),
            Row("the day after, no count", "2026-05-05", "confirm, overdue 2026-05-04 +1", [told("bruises")]),
            Row("in the United States", "2026-05-04", "confirm, due 2026-05-04", [told("petechiae")], "us"),
            Row(
                "platelets counted, enough", "2026-05-05", "-", [told("bruises"), count("platelets", 150, "2026-05-05")]
            ),
            Row(
                "platelets counted, low",
                "2026-05-05",
                "hold, confirm",
                [told("bruises"), count("platelets", 90, "2026-05-05")],
            ),
            Row("bruises, over", "2026-05-06", "confirm", [told("bruises", ended="2026-05-06")]),
            Row("platelets 100", "2026-05-04", "-", [count("platelets", 100)]),
            Row("platelets 99", "2026-05-04", "confirm", [count("platelets", 99)]),
            Row("platelets 50", "2026-05-04", "confirm", [count("platelets", 50)]),
            Row("platelets 49", "2026-05-04", "hold", [count("platelets", 49)]),
            Row(
                "49, then 80: not yet enough",
                "2026-05-11",
                "hold",
                [count("platelets", 49), count("platelets", 80, "2026-05-11")],
            ),
            Row("49, then 120", "2026-05-11", "-", [count("platelets", 49), count("platelets", 120, "2026-05-11")]),
            Row("in no known unit", "2026-05-04", "confirm", [count("platelets", 250, unit="many")]),
            Row("above the laboratory's limit", "2026-05-04", "confirm", [count("platelets", 460, upper_limit=450)]),
            Row("thrombocytopenia on record", "2026-05-04", "confirm", [diagnosis("2026-05-04", "ITP")]),
            Row("past", "2026-05-04", "confirm", [diagnosis("2020-05-04", "ITP", "history")]),
            Row(
                "thrombocytopenia and bruises",
                "2026-05-04",
                "hold, confirm, due 2026-05-04",
                [diagnosis("2026-05-03", "ITP"), told("bruises")],
            ),
            Row(
                "past thrombocytopenia and bruises",
                "2026-05-04",
                "confirm, confirm, due 2026-05-04",
                [diagnosis("2020-05-03", "ITP", "history"), told("bruises")],
            ),
        ],
    ),
    Spec(
        "FBC-02",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("lymphocytes 0.8", "2026-05-04", "-", [count("lymphocytes", 0.8)]),
            Row("lymphocytes 0.79", "2026-05-04", "confirm", [count("lymphocytes", 0.79)]),
            Row("the day before", "2026-05-03", "-", [count("lymphocytes", 0.79)]),
            Row("lymphocytes 0.5", "2026-05-04", "confirm", [count("lymphocytes", 0.5)]),
            Row("lymphocytes 0.49", "2026-05-04", "hold", [count("lymphocytes", 0.49)]),
            Row("lymphocytes 490 per microlitre", "2026-05-04", "hold", [count("lymphocytes", 490, unit="/uL")], "us"),
            Row(
                "a later count is enough",
                "2026-05-11",
                "-",
                [count("lymphocytes", 0.4), count("lymphocytes", 1, "2026-05-11")],
            ),
            Row("time alone ends no hold", "2027-05-04", "hold", [count("lymphocytes", 0.4)]),
            Row("a rise, as expected", "2026-05-04", "note", [count("lymphocytes", 5, upper_limit=4)]),
            Row("lymphocytes 10", "2026-05-04", "note", [count("lymphocytes", 10, upper_limit=4)]),
            Row("lymphocytes 10.1", "2026-05-04", "confirm", [count("lymphocytes", 10.1, upper_limit=4)]),
            Row("leukocytes 2", "2026-05-04", "confirm", [count("leukocytes", 2)]),
            Row("leukocytes 1.9", "2026-05-04", "hold", [count("leukocytes", 1.9)]),
            Row("leukocytes 21", "2026-05-04", "confirm", [count("leukocytes", 21)]),
            Row("haemoglobin 90", "2026-05-04", "-", [count("haemoglobin", 90, unit="g/L")]),
            Row("haemoglobin 8.9 g/dL", "2026-05-04", "confirm", [count("haemoglobin", 8.9, unit="g/dL")]),
            Row("haemoglobin 79", "2026-05-04", "hold", [count("haemoglobin", 79, unit="g/L")]),
            Row(
                "haemoglobin above its limit",
                "2026-05-04",
                "confirm",
                [count("haemoglobin", 190, unit="g/L", upper_limit=170)],
            ),
            Row("in no known unit", "2026-05-04", "confirm", [count("lymphocytes", 2, unit="many")]),
            Row("anaemia on record", "2026-05-04", "confirm", [diagnosis("2026-05-04", "anaemia")]),
            Row("past", "2026-05-04", "-", [diagnosis("2026-05-04", "anaemia", "history")]),
        ],
    ),
    Spec(
        "CAN-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before", "2026-05-03", "-", [told("breast lump")]),
            Row("a breast lump", "2026-05-04", "confirm, due 2026-05-04", [told("breast lump")]),
            Row("a mole that changes", "2026-05-04", "confirm, due 2026-05-04", [told("changing mole")], "us"),
            Row(
                "examined, no word yet",
                "2026-05-06",
                "confirm",
                [told("breast lump"), event("procedure", "2026-05-06", name="mammogram")],
            ),
            Row("a cyst", "2026-05-06", "-", [told("breast lump"), diagnosis("2026-05-06", "breast cyst")]),
            Row(
                "breast cancer excluded",
                "2026-05-06",
                "-",
                [told("breast lump"), diagnosis("2026-05-06", "breast cancer", "excluded")],
            ),
            Row(
                "a cyst excluded answers nothing",
                "2026-05-04",
                "confirm, due 2026-05-04",
                [told("breast lump"), diagnosis("2026-05-04", "breast cyst", "excluded")],
            ),
            Row(
                "melanoma excluded: another matter",
                "2026-05-06",
                "confirm",
                [
                    told("breast lump"),
                    diagnosis("2026-05-06", "melanoma", "excluded"),
                    event("procedure", "2026-05-06", name="breast clinic"),
                ],
            ),
            Row(
                "breast cancer: CON-06 holds",
                "2026-05-06",
                "-",
                [told("breast lump"), diagnosis("2026-05-06", "breast cancer")],
            ),
            Row(
                "breast cancer, United States",
                "2026-05-06",
                "confirm",
                [diagnosis("2026-05-06", "breast cancer")],
                "us",
            ),
            Row("past, United States", "2026-05-06", "-", [diagnosis("2026-05-06", "breast cancer", "history")], "us"),
            Row("a lump that is gone", "2026-05-06", "confirm", [told("breast lump", ended="2026-05-06")]),
            Row("found before the first dose", "2026-05-04", "confirm", [told("breast lump", "2026-04-01")]),
        ],
    ),
    Spec(
        "CAN-02",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("a mass on the scan, the day before", "2026-05-03", "-", [told("mass on MRI")]),
            Row("a mass on the scan", "2026-05-04", "hold, due 2026-05-04", [told("mass on MRI")]),
            Row("the day after", "2026-05-05", "hold, overdue 2026-05-04 +1", [told("mass on MRI")]),
            Row(
                "biopsy taken",
                "2026-05-05",
                "hold",
                [told("mass on MRI"), event("procedure", "2026-05-05", name="brain biopsy")],
            ),
            Row("excluded", "2026-05-09", "-", [told("mass on MRI"), diagnosis("2026-05-09", "PCNSL", "excluded")]),
            Row(
                "suspected", "2026-05-04", "hold, due 2026-05-04", [diagnosis("2026-05-04", "PCNSL", "suspected")], "us"
            ),
            Row("confirmed", "2026-05-04", "stop", [diagnosis("2026-05-04", "PCNSL")]),
            Row("from before the treatment (CON-04 holds)", "2026-05-04", "-", [diagnosis("2026-04-01", "PCNSL")]),
        ],
    ),
    Spec(
        "HYP-02",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("hives, the day before", "2026-05-03", "-", [told("hives")]),
            Row("hives", "2026-05-04", "hold", [told("hives")]),
            Row("an itch alone", "2026-05-04", "confirm", [told("itch")], "uk"),
            Row("an itch and a wheeze", "2026-05-04", "hold", [told("itch"), told("wheeze")], "us"),
            Row(
                "hives, entered as a reaction too",
                "2026-05-04",
                "-",
                [told("hives"), event("reaction", "2026-05-04", features=["urticaria"])],
            ),
            Row(
                "allergy excluded",
                "2026-05-06",
                "-",
                [told("hives"), diagnosis("2026-05-06", "Tysabri allergy", "excluded")],
            ),
            Row("over", "2026-05-06", "confirm", [told("hives", ended="2026-05-05")]),
        ],
    ),
]
