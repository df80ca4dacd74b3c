"""Dangers, other drugs and the end of treatment: the day itself, and what answers a sign."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, diagnosis, dose, doses, event, jcv, lab, mri

FIRST = dose("2026-01-10")
GIVEN = [FIRST, dose("2026-02-07")]
STOP = event("stop", "2026-02-10")
POSITIVE = jcv("2025-12-01", "positive", 1.2)


def symptom(on: str, name: str, **fields: object) -> Event:
    """Something that somebody noticed."""
    return event("symptom", on, name=name, **fields)


def drug(name: str, on: str, **fields: object) -> Event:
    """Another drug."""
    return event("therapy", on, name=name, **fields)


def level(on: str, result: str, test: str = "teriflunomide level") -> Event:
    """A result of a laboratory."""
    return event("serology", on, test=test, result=result)


SPECS = [
    # --- who must not have it ---
    Spec(
        "CON-03",
        "no dose yet",
        [],
        [
            Row(
                "allergy, called confirmed",
                "2026-01-05",
                "stop",
                [event("allergy", "2026-01-04", substance="natalizumab", status="confirmed")],
            ),
        ],
    ),
    Spec(
        "CON-05",
        "two doses, the last on 2026-02-07",
        GIVEN,
        [
            Row(
                "azathioprine planned", "2026-02-10", "hold(order)", [drug("azathioprine", "2026-04-01", planned=True)]
            ),
            Row(
                "natalizumab is stopped the day after it begins",
                "2026-02-10",
                "hold(order)",
                [drug("azathioprine", "2026-04-01", planned=True), event("stop", "2026-04-02", planned=True)],
            ),
            Row(
                "natalizumab is stopped on the day on which it begins",
                "2026-02-10",
                "-",
                [drug("azathioprine", "2026-04-01", planned=True), event("stop", "2026-04-01", planned=True)],
            ),
        ],
    ),
    Spec(
        "CON-07",
        "last dose on 2026-02-07",
        GIVEN,
        [
            Row(
                "wished for, and the pregnancy of that day has ended",
                "2026-09-20",
                "-",
                [
                    event("pregnancy", "2026-03-01", gestation_weeks=5, ended="2026-04-01"),
                    event("pregnancy", "2026-03-01", gestation_weeks=0, planned=True),
                ],
            ),
            Row(
                "wished for from the day after it",
                "2026-09-20",
                "note",
                [
                    event("pregnancy", "2026-03-01", gestation_weeks=5, ended="2026-04-01"),
                    event("pregnancy", "2026-03-02", gestation_weeks=0, planned=True),
                ],
            ),
            Row(
                "test positive on the day on which the pregnancy ended",
                "2026-05-01",
                "-",
                [
                    event("pregnancy", "2026-03-01", gestation_weeks=5, ended="2026-04-01"),
                    level("2026-04-01", "positive", "pregnancy"),
                ],
            ),
            Row(
                "test positive the day after it ended",
                "2026-05-01",
                "confirm",
                [
                    event("pregnancy", "2026-03-01", gestation_weeks=5, ended="2026-04-01"),
                    level("2026-04-02", "positive", "pregnancy"),
                ],
            ),
        ],
    ),
    Spec(
        "CON-08",
        "breast-feeding from 2026-03-01, ended on 2026-04-01",
        [*GIVEN, event("breastfeeding", "2026-03-01", ended="2026-04-01")],
        [
            Row(
                "planned for the day on which it began",
                "2026-05-01",
                "-",
                [event("breastfeeding", "2026-03-01", planned=True)],
            ),
            Row(
                "planned for the day after", "2026-05-01", "note", [event("breastfeeding", "2026-03-02", planned=True)]
            ),
        ],
    ),
    Spec(
        "CON-09",
        "last dose on 2026-02-07: live vaccines are held until 2026-08-07",
        GIVEN,
        [
            Row("given the day before that dose", "2026-08-20", "-", [event("vaccine", "2026-02-06", name="MMR")]),
            Row("given on its day", "2026-08-20", "confirm", [event("vaccine", "2026-02-07", name="MMR")]),
            Row("given on the last day", "2026-08-20", "confirm", [event("vaccine", "2026-08-06", name="MMR")]),
            Row("given six months after it", "2026-08-20", "-", [event("vaccine", "2026-08-07", name="MMR")]),
        ],
    ),
    Spec(
        "CON-09",
        "last dose on 2026-02-07, stopped; a flu jab, kind not said, is planned",
        [*GIVEN, STOP],
        [
            Row(
                "for the day before six months have passed: asked until then",
                "2026-02-12",
                "confirm(order, until 2026-08-07)",
                [event("vaccine", "2026-08-06", name="flu jab", planned=True)],
            ),
            Row("for the day", "2026-02-12", "-", [event("vaccine", "2026-08-07", name="flu jab", planned=True)]),
        ],
    ),
    Spec(
        "ELI-01",
        "interferon from 2024-03-01 to 2025-03-01, no dose yet",
        [drug("Avonex", "2024-03-01", until="2025-03-01")],
        [
            Row("a relapse the day before it", "2026-01-05", "confirm", [event("relapse", "2024-02-29")]),
            Row("a relapse on its first day", "2026-01-05", "-", [event("relapse", "2024-03-01")]),
            Row("a relapse on its last day", "2026-01-05", "-", [event("relapse", "2025-03-01")]),
            Row("a relapse the day after it", "2026-01-05", "confirm", [event("relapse", "2025-03-02")]),
        ],
    ),
    Spec(
        "PPR-01",
        "8 weeks pregnant on 2026-02-01: the third trimester begins on 2026-06-21; dose on 2026-06-10",
        [FIRST, dose("2026-06-10")],
        [
            Row(
                "ended the day before it begins",
                "2026-06-25",
                "-",
                [event("pregnancy", "2026-02-01", gestation_weeks=8, ended="2026-06-20")],
            ),
            Row(
                "ended on the day on which it begins",
                "2026-06-25",
                "due 2026-06-21",
                [event("pregnancy", "2026-02-01", gestation_weeks=8, ended="2026-06-21")],
            ),
        ],
    ),
    Spec(
        "PPR-01",
        "8 weeks pregnant on 2026-02-01, birth on 2026-09-01; last dose before it on 2026-01-10",
        [FIRST, event("pregnancy", "2026-02-01", gestation_weeks=8, ended="2026-09-01")],
        [
            Row("a dose on the day of the birth", "2026-09-05", "due 2026-09-01", [dose("2026-09-01")]),
            Row("a dose the day after", "2026-09-05", "-", [dose("2026-09-02")]),
        ],
    ),
    # --- signs, and what answers them ---
    Spec(
        "PML-01",
        "two doses, the first on 2026-01-10",
        GIVEN,
        [
            Row("weak the day before the first dose", "2026-02-10", "-", [symptom("2026-01-09", "weakness")]),
            Row(
                "weak since the day of the first dose",
                "2026-01-10",
                "hold, due 2026-01-10, due 2026-01-10",
                [symptom("2026-01-10", "weakness")],
            ),
            Row(
                "for 30 days: since the day before the first dose, and not worse",
                "2026-02-08",
                "confirm",
                [symptom("2026-02-08", "weakness", days=30, worsening=False)],
            ),
            Row(
                "for 29 days: since the day of the first dose",
                "2026-02-08",
                "hold, due 2026-02-08, due 2026-02-08",
                [symptom("2026-02-08", "weakness", days=29, worsening=False)],
            ),
            Row(
                "for 30 days, and nobody said whether it is worse",
                "2026-02-08",
                "hold, due 2026-02-08, due 2026-02-08",
                [symptom("2026-02-08", "weakness", days=30)],
            ),
            Row(
                "two signs: due since the first",
                "2026-02-12",
                "hold, hold, overdue 2026-02-08 +4, overdue 2026-02-08 +4",
                [symptom("2026-02-08", "weakness"), symptom("2026-02-10", "double vision")],
            ),
        ],
    ),
    Spec(
        "PML-03",
        "a scan that looks like PML on 2026-02-20",
        [*GIVEN, mri("2026-02-20", suspicious_for_pml=True)],
        [
            Row(
                "spinal fluid of the day before",
                "2026-02-24",
                "-",
                [event("csf", "2026-02-19", jcv_pcr="not_detected")],
            ),
            Row(
                "spinal fluid of the day, no virus: repeat",
                "2026-02-24",
                "hold, due 2026-03-06",
                [event("csf", "2026-02-20", jcv_pcr="not_detected")],
            ),
        ],
    ),
    Spec(
        "ARN-01",
        "two doses, the last on 2026-02-07; acute retinal necrosis long ago, recorded as past",
        [*GIVEN, diagnosis("2020-05-01", "acute retinal necrosis", "history")],
        [
            Row("and nothing since", "2026-02-20", "confirm"),
            Row("suspected again", "2026-02-20", "hold, due 2026-02-20", [diagnosis("2026-02-20", "ARN", "suspected")]),
        ],
    ),
    Spec(
        "CAN-01",
        "a lump in the breast on 2026-02-20; assessed on 2026-02-25",
        [
            *GIVEN,
            symptom("2026-02-20", "breast lump"),
            event("procedure", "2026-02-25", name="breast examination"),
        ],
        [
            Row("no diagnosis yet", "2026-03-05", "confirm"),
            Row(
                "harmless, and called confirmed",
                "2026-03-05",
                "-",
                [diagnosis("2026-03-01", "benign breast change", "confirmed")],
            ),
            Row(
                "harmless, and excluded",
                "2026-03-05",
                "confirm",
                [diagnosis("2026-03-01", "benign breast change", "excluded")],
            ),
            Row(
                "cancer, only suspected",
                "2026-03-05",
                "confirm",
                [diagnosis("2026-03-01", "breast cancer", "suspected")],
            ),
            Row("cancer, long past", "2026-03-05", "confirm", [diagnosis("2026-03-01", "breast cancer", "history")]),
            Row("cancer excluded", "2026-03-05", "-", [diagnosis("2026-03-01", "breast cancer", "excluded")]),
        ],
    ),
    Spec(
        "REC-02",
        "one dose on 2026-01-10",
        [FIRST],
        [Row("a procedure entered as a drug", "2026-02-02", "-", [drug("plasma exchange", "2026-02-01")])],
    ),
    # --- leaving, and coming ---
    Spec(
        "STP-01",
        "stopped on the day of the last dose, 2026-02-07: watched until 2026-08-07",
        [*GIVEN, event("stop", "2026-02-07")],
        [
            Row("that day", "2026-02-07", "due 2026-03-07, due 2026-08-07"),
            Row("the day after", "2026-02-08", "due 2026-03-07, due 2026-08-07"),
        ],
    ),
    Spec(
        "STP-02",
        "eight doses every four weeks until 2026-07-18, all in order, then none",
        [
            event("interval", "2026-01-03", weeks=4),
            *doses("2026-01-03", 8),
            mri("2025-12-20"),
            mri("2026-06-20"),
            jcv("2026-06-20", "negative"),
            lab("2026-06-20", "ALT", 20),
        ],
        [
            Row("8 weeks later: late, and nothing holds the dose", "2026-09-12", "-"),
            Row("8 weeks later, and held", "2026-09-12", "confirm", [diagnosis("2026-09-01", "PML", "suspected")]),
        ],
    ),
    Spec(
        "STP-02",
        "last dose on 2026-02-07, stopped on 2026-02-10: amber from 2026-04-04",
        [*GIVEN, STOP],
        [
            Row(
                "another drug begun the day before the last dose",
                "2026-04-04",
                "confirm",
                [drug("Avonex", "2026-02-06")],
            ),
            Row("another drug begun on the day of the last dose", "2026-04-04", "-", [drug("Avonex", "2026-02-07")]),
            Row(
                "natalizumab entered as a drug is no next drug",
                "2026-04-04",
                "confirm",
                [drug("Tysabri", "2026-02-08")],
            ),
        ],
    ),
    Spec(
        "STP-03",
        "antibody-positive; last dose on 2026-02-07, stopped: a scan from 2026-02-28 on, by 2026-04-04",
        [*GIVEN, STOP, POSITIVE],
        [
            Row("the day before", "2026-02-27", "confirm, upcoming 2026-04-04, upcoming 2026-04-04"),
            Row("the day", "2026-02-28", "confirm, due 2026-04-04, due 2026-04-04"),
            Row(
                "spinal fluid of the day before the last dose",
                "2026-02-28",
                "confirm, due 2026-04-04, due 2026-04-04",
                [event("csf", "2026-02-06", jcv_pcr="not_detected")],
            ),
            Row(
                "spinal fluid of the day of the last dose",
                "2026-02-28",
                "confirm, due 2026-04-04",
                [event("csf", "2026-02-07", jcv_pcr="not_detected")],
            ),
            Row(
                "the next drug planned for that day: the window is that day",
                "2026-02-27",
                "confirm(order), upcoming 2026-02-28, upcoming 2026-02-28",
                [drug("Ocrevus", "2026-02-28", planned=True)],
            ),
            Row(
                "planned for the day before: no window, but 28 days",
                "2026-02-26",
                "confirm(order), due 2026-02-27, due 2026-02-27",
                [drug("Ocrevus", "2026-02-27", planned=True)],
            ),
        ],
    ),
    Spec(
        "SWI-03",
        "teriflunomide until 2026-01-15, with accelerated elimination",
        [drug("Aubagio", "2024-01-01", until="2026-01-15", accelerated_elimination=True)],
        [
            Row(
                "two low levels after it", "2026-02-01", "-", [level("2026-01-16", "0.01"), level("2026-01-30", "0.01")]
            ),
            Row(
                "one of them on its last day",
                "2026-02-01",
                "confirm(until 2026-04-30)",
                [level("2026-01-15", "0.01"), level("2026-01-30", "0.01")],
            ),
            Row(
                "one of them of something else",
                "2026-02-01",
                "confirm(until 2026-04-30)",
                [level("2026-01-16", "0.01", "vitamin D"), level("2026-01-30", "0.01")],
            ),
            Row(
                "two low levels, and a high one of something else",
                "2026-02-01",
                "-",
                [level("2026-01-16", "0.01"), level("2026-01-30", "0.01"), level("2026-01-31", "20", "vitamin D")],
            ),
        ],
    ),
    Spec(
        "SWI-04",
        "last dose on 2026-02-07, stopped on 2026-02-10",
        [*GIVEN, STOP],
        [
            Row(
                "fingolimod planned for the day before the last dose",
                "2026-02-12",
                "-",
                [drug("Gilenya", "2026-02-06", planned=True)],
            ),
            Row(
                "for the day of the last dose",
                "2026-02-12",
                "confirm(order)",
                [drug("Gilenya", "2026-02-07", planned=True)],
            ),
            Row(
                "fingolimod, and ocrelizumab later",
                "2026-02-12",
                "confirm(order)",
                [drug("Gilenya", "2026-03-10", planned=True), drug("Ocrevus", "2026-04-10", planned=True)],
            ),
            Row(
                "ocrelizumab, and fingolimod later",
                "2026-02-12",
                "-",
                [drug("Ocrevus", "2026-03-10", planned=True), drug("Gilenya", "2026-04-10", planned=True)],
            ),
        ],
    ),
    Spec(
        "SWI-11",
        "ocrelizumab until 2025-12-10: a clinician weighs it until 2026-06-10",
        [drug("Ocrevus", "2024-01-01", until="2025-12-10")],
        [
            Row(
                "the first dose planned for the day before",
                "2026-05-01",
                "confirm(until 2026-06-10), confirm(order, until 2026-06-10)",
                [dose("2026-06-09", planned=True)],
            ),
            Row("planned for the day", "2026-05-01", "confirm(until 2026-06-10)", [dose("2026-06-10", planned=True)]),
        ],
    ),
    Spec(
        "SWI-12",
        "before the first dose",
        [],
        [
            Row(
                "natalizumab entered as a drug needs no wait",
                "2026-02-12",
                "-",
                [drug("Tysabri", "2024-01-01", until="2026-01-10")],
            )
        ],
    ),
]
