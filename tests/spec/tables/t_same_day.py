"""Days that just count and days that just do not: the first dose, the last of six months, a test of the same day."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, diagnosis, dose, event, jcv, lab, mri

STARTED = dose("2026-01-10")


def told(on: str, name: str = "confusion", **fields: object) -> Event:
    """A symptom."""
    return event("symptom", on, name=name, **fields)


def csf(on: str) -> Event:
    """Spinal fluid without the virus."""
    return event("csf", on, jcv_pcr="not_detected")


def lymphocytes(on: str) -> Event:
    """A count that stays what it was."""
    return lab(on, "lymphocytes", 1.5, "10*9/L")


SPECS = [
    Spec(
        "PML-01",
        "one dose on 2026-01-10",
        [STARTED],
        [
            Row("confusion, the day before", "2026-01-20", "-", [told("2026-01-09")]),
            Row(
                "confusion on the day of the first dose",
                "2026-01-20",
                "hold, overdue 2026-01-10 +10, overdue 2026-01-10 +10",
                [told("2026-01-10")],
            ),
            Row(
                "spinal fluid before it and after it: that after it counts",
                "2026-01-30",
                "hold, overdue 2026-01-20 +10",
                [told("2026-01-20"), csf("2026-01-15"), csf("2026-01-25")],
            ),
            Row(
                "steady since the day before treatment: asked",
                "2026-01-30",
                "confirm",
                [told("2026-01-20", days=11, worsening=False)],
            ),
            Row(
                "steady since the first day of treatment",
                "2026-01-30",
                "hold, overdue 2026-01-20 +10, overdue 2026-01-20 +10",
                [told("2026-01-20", days=10, worsening=False)],
            ),
            Row(
                "migraine excluded: that explains nothing",
                "2026-01-30",
                "hold, overdue 2026-01-20 +10, overdue 2026-01-20 +10",
                [told("2026-01-20"), diagnosis("2026-01-25", "migraine", "excluded")],
            ),
        ],
    ),
    Spec(
        "LFT-02",
        "one dose on 2026-01-10; six months later it acts no more",
        [STARTED],
        [
            Row("yellow skin on the last day", "2026-07-10", "stop, due 2026-07-10", [told("2026-07-10", "jaundice")]),
            Row("the day after: asked", "2026-07-11", "confirm", [told("2026-07-11", "jaundice")]),
        ],
    ),
    Spec(
        "NAB-01",
        "first dose on 2026-01-10; lymphocytes 1.5 on 2026-04-04, after three months of doses",
        [STARTED, dose("2026-02-07"), dose("2026-03-07"), dose("2026-04-04"), lymphocytes("2026-04-04")],
        [
            Row("nothing to compare with", "2026-04-10", "-"),
            Row("the same more than six months before the start", "2026-04-10", "-", [lymphocytes("2025-07-09")]),
            Row(
                "six months before the start",
                "2026-04-10",
                "confirm, overdue 2026-04-04 +6",
                [lymphocytes("2025-07-10")],
            ),
            Row(
                "on the day of the first dose",
                "2026-04-10",
                "confirm, overdue 2026-04-04 +6",
                [lymphocytes("2026-01-10")],
            ),
            Row("the day after it: the drug acts already", "2026-04-10", "-", [lymphocytes("2026-01-11")]),
        ],
    ),
    Spec(
        "NAB-01",
        "five doses from 2025-06-01 on; what happens from 2025-09-01 on counts as despite treatment",
        [dose(day) for day in ("2025-06-01", "2025-06-29", "2025-07-27", "2025-08-24", "2025-09-21")],
        [
            Row("a relapse the day before", "2025-10-01", "-", [event("relapse", "2025-08-31")]),
            Row(
                "a relapse that day", "2025-10-01", "confirm, overdue 2025-09-01 +30", [event("relapse", "2025-09-01")]
            ),
            Row(
                "new lesions against a scan of the day before",
                "2025-10-05",
                "-",
                [mri("2025-10-02", new_t2=1, compared_with="2025-08-31")],
            ),
            Row(
                "new lesions against a scan of that day",
                "2025-10-05",
                "confirm, overdue 2025-10-02 +3",
                [mri("2025-10-02", new_t2=1, compared_with="2025-09-01")],
            ),
        ],
    ),
    Spec(
        "CON-07",
        "one dose on 2026-01-10; a pregnancy ended on 2026-02-01",
        [STARTED, event("pregnancy", "2025-06-01", gestation_weeks=8, ended="2026-02-01")],
        [
            Row(
                "test positive on the day it ended: it is explained",
                "2026-02-05",
                "-",
                [event("serology", "2026-02-01", test="pregnancy test", result="positive")],
            ),
            Row(
                "test positive the day after",
                "2026-02-05",
                "confirm",
                [event("serology", "2026-02-02", test="pregnancy test", result="positive")],
            ),
        ],
    ),
    Spec(
        "JCV-06",
        "first dose on 2026-01-10; negative before, positive on 2026-01-20",
        [STARTED, jcv("2026-01-05", "negative"), jcv("2026-01-20", "positive", 1.2)],
        [
            Row("repeat before the next dose", "2026-01-25", "confirm, due 2026-02-07"),
            Row(
                "plasma exchange since: no valid sample until two weeks later",
                "2026-01-25",
                "confirm, blocked 2026-02-07",
                [event("procedure", "2026-01-22", name="plasma exchange")],
            ),
            Row(
                "those two weeks are over",
                "2026-02-05",
                "confirm, due 2026-02-07",
                [event("procedure", "2026-01-22", name="plasma exchange")],
            ),
        ],
    ),
    Spec(
        "HYP-01",
        "doses on 2026-01-10 and 2026-02-07; a reaction that day",
        [STARTED, dose("2026-02-07")],
        [
            Row(
                "nothing else is known of it: somebody decides",
                "2026-02-08",
                "confirm",
                [event("reaction", "2026-02-07", features=[])],
            ),
        ],
    ),
    Spec(
        "FBC-01",
        "doses on 2026-01-10 and 2026-02-07; bruises on 2026-02-20",
        [STARTED, dose("2026-02-07"), told("2026-02-20", "bruises")],
        [Row("platelets enough on the same day", "2026-02-21", "-", [lab("2026-02-20", "platelets", 150, "10*9/L")])],
    ),
    Spec(
        "STP-01",
        "doses on 2026-01-10 and 2026-02-07",
        [STARTED, dose("2026-02-07")],
        [
            Row(
                "stopped on the day of the last dose",
                "2026-02-20",
                "due 2026-03-07, due 2026-08-07",
                [event("stop", "2026-02-07")],
            ),
            Row("stopped the day before: that dose began again", "2026-02-20", "-", [event("stop", "2026-02-06")]),
        ],
    ),
    Spec(
        "OBS-02",
        "six injections, the last on 2025-12-20; one at home is planned for 2026-01-17",
        [
            *(
                dose(day, route="sc")
                for day in ("2025-08-02", "2025-08-30", "2025-09-27", "2025-10-25", "2025-11-22", "2025-12-20")
            ),
            dose("2026-01-17", route="sc", place="home", planned=True),
        ],
        [
            Row("all tolerated", "2026-01-10", "-"),
            Row(
                "a headache on the day of one",
                "2026-01-10",
                "hold(order)",
                [event("reaction", "2025-11-22", features=["headache"], hypersensitivity=False)],
            ),
            Row(
                "a headache on the day after: another day's",
                "2026-01-10",
                "-",
                [event("reaction", "2025-11-23", features=["headache"], hypersensitivity=False)],
            ),
        ],
    ),
    Spec(
        "MRI-07",
        "high-risk group; full scan due on 2026-01-01, surveillance scan due on 2026-04-01",
        [
            event("earlier_treatment", "2022-01-01", first_dose="2022-01-01"),
            dose("2026-03-20"),
            jcv("2025-12-01", "positive", 2.0),
            mri("2025-01-01"),
            mri("2025-10-01", "abbreviated"),
        ],
        [Row("one by months, the other by days: the longer counts", "2026-04-20", "hold")],
    ),
]
