"""Contraindications of the immune system: weakened immunity, a second drug, cancer."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, event, withdrawn

HIV = diagnosis("2026-05-04", "HIV", id="hiv")
CANCER = diagnosis("2026-05-04", "breast cancer", id="cancer")
INTERFERON = event("therapy", "2026-05-04", name="Avonex", until="2026-06-10", id="interferon")


def course(until: str | None, name: str = "methylprednisolone") -> dict[str, object]:
    """A course of a drug from 4 May 2026."""
    return event("therapy", "2026-05-04", name=name, **({"until": until} if until else {}))


SPECS = [
    Spec(
        "CON-04",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before HIV is diagnosed", "2026-05-03", "-", [HIV]),
            Row("the day", "2026-05-04", "hold", [HIV]),
            Row("the day after", "2026-05-05", "hold", [HIV]),
            Row("years later: time alone ends no hold", "2030-05-04", "hold", [HIV]),
            Row("in the United Kingdom", "2026-05-04", "hold", [HIV], "uk"),
            Row("in the United States", "2026-05-04", "hold", [HIV], "us"),
            Row("leukaemia", "2026-05-04", "hold", [diagnosis("2026-05-04", "leukemia")]),
            Row("an organ transplant", "2026-05-04", "hold", [diagnosis("2026-05-04", "organ transplant")]),
            Row("azathioprine taken", "2026-05-05", "hold", [course(None, "azathioprine")]),
            Row(
                "a reactive HIV test",
                "2026-05-05",
                "hold",
                [event("serology", "2026-05-04", test="HIV", result="positive")],
            ),
            Row(
                "an HIV test that is not reactive",
                "2026-05-05",
                "-",
                [event("serology", "2026-05-04", test="HIV", result="non-reactive")],
            ),
            Row("only suspected", "2026-05-04", "hold", [diagnosis("2026-05-04", "HIV", "suspected")]),
            Row("excluded", "2026-05-04", "-", [diagnosis("2026-05-04", "HIV", "excluded")]),
            Row(
                "suspected, then excluded",
                "2026-05-20",
                "-",
                [diagnosis("2026-05-04", "HIV", "suspected"), diagnosis("2026-05-20", "HIV infection", "excluded")],
            ),
            Row("high blood pressure", "2026-05-04", "-", [diagnosis("2026-05-04", "hypertension")]),
            Row("a diagnosis nobody knows (that is REC-02)", "2026-05-04", "-", [diagnosis("2026-05-04", "blue ears")]),
            Row("withdrawn", "2026-05-05", "-", [HIV, withdrawn("2026-05-05", "hiv")]),
            Row(
                "acknowledged: a hold needs a release",
                "2026-05-05",
                "hold",
                [HIV, answered("2026-05-05", "CON-04", "acknowledged", "hiv")],
            ),
            Row("released", "2026-05-05", "note", [HIV, answered("2026-05-05", "CON-04", "released", "hiv")]),
            Row(
                "28 days after the release",
                "2026-06-02",
                "note",
                [HIV, answered("2026-05-05", "CON-04", "released", "hiv")],
            ),
            Row(
                "29 days after the release",
                "2026-06-03",
                "hold",
                [HIV, answered("2026-05-05", "CON-04", "released", "hiv")],
            ),
            Row(
                "released, then a second diagnosis: the answer holds for the first only",
                "2026-05-07",
                "hold, note",
                [
                    HIV,
                    answered("2026-05-05", "CON-04", "released", "hiv"),
                    diagnosis("2026-05-06", "leukaemia", id="leukaemia"),
                ],
            ),
        ],
    ),
    Spec(
        "CON-05",
        "one dose on 2026-04-20; interferon from 2026-05-04 to 2026-06-10",
        [dose("2026-04-20"), INTERFERON],
        [
            Row("the day before it begins", "2026-05-03", "-"),
            Row("its first day", "2026-05-04", "hold"),
            Row("its last day", "2026-06-10", "hold"),
            Row("the day after its last day", "2026-06-11", "-"),
            Row("its first day, in the United Kingdom", "2026-05-04", "hold", protocol="uk"),
            Row("its first day, in the United States", "2026-05-04", "hold", protocol="us"),
            Row("released", "2026-05-05", "note", [answered("2026-05-05", "CON-05", "released", "interferon")]),
            Row("entered in error and withdrawn", "2026-05-05", "-", [withdrawn("2026-05-05", "interferon")]),
        ],
    ),
    Spec(
        "CON-05",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("azathioprine, nobody said until when", "2026-12-01", "hold", [course(None, "Imuran")]),
            Row("cladribine", "2026-05-05", "hold", [course(None, "cladribine")]),
            Row("ocrelizumab", "2026-05-05", "hold", [course(None, "Ocrevus")]),
            Row("a drug for spasticity", "2026-05-05", "-", [course(None, "baclofen")]),
            Row("natalizumab itself", "2026-05-05", "-", [course(None, "Tysabri")]),
            Row("a drug nobody knows (that is REC-02)", "2026-05-05", "-", [course(None, "bluearicin")]),
            Row("corticosteroids for three days", "2026-05-05", "-", [course("2026-05-06")]),
            Row("corticosteroids for 28 days, the last day", "2026-05-31", "-", [course("2026-05-31")]),
            Row(
                "corticosteroids for two months, after a month and a half", "2026-06-20", "hold", [course("2026-07-04")]
            ),
            Row("interferon planned", "2026-05-03", "hold(order)", [course(None, "Avonex") | {"planned": True}]),
            Row(
                "interferon planned, natalizumab stopped",
                "2026-05-03",
                "-",
                [course(None, "Avonex") | {"planned": True}, event("stop", "2026-05-01")],
            ),
            Row(
                "interferon taken, natalizumab stopped: it forbids a restart",
                "2026-05-05",
                "hold",
                [course(None, "Avonex"), event("stop", "2026-05-01")],
            ),
            Row(
                "corticosteroids since a month, nobody said until when",
                "2026-06-02",
                "hold",
                [course(None, "prednisolone")],
            ),
            Row("gabapentin planned", "2026-05-03", "-", [course(None, "gabapentin") | {"planned": True}]),
        ],
    ),
    Spec(
        "CON-05",
        "no dose yet; fingolimod since 2025-01-01",
        [
            event("therapy", "2025-01-01", name="Gilenya", id="old"),
        ],
        [
            Row("still taken", "2026-05-04", "hold"),
            Row(
                "its end put right",
                "2026-05-04",
                "-",
                [event("therapy", "2025-01-01", name="Gilenya", until="2026-03-01", corrects="old", id="new")],
            ),
        ],
    ),
    Spec(
        "CON-06",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before breast cancer is diagnosed", "2026-05-03", "-", [CANCER]),
            Row("the day", "2026-05-04", "hold", [CANCER]),
            Row("the day after", "2026-05-05", "hold", [CANCER]),
            Row("the day, in the United Kingdom", "2026-05-04", "hold", [CANCER], "uk"),
            Row("the day, in the United States: the label there does not say so", "2026-05-04", "-", [CANCER], "us"),
            Row("melanoma", "2026-05-04", "hold", [diagnosis("2026-05-04", "malignant melanoma")]),
            Row("basal cell carcinoma", "2026-05-04", "-", [diagnosis("2026-05-04", "BCC")]),
            Row("cancer in the past", "2026-05-04", "-", [diagnosis("2026-05-04", "breast cancer", "history")]),
            Row("excluded", "2026-05-04", "-", [diagnosis("2026-05-04", "melanoma", "excluded")]),
            Row("suspected", "2026-05-04", "hold", [diagnosis("2026-05-04", "melanoma", "suspected")]),
            Row(
                "suspected, then excluded",
                "2026-05-20",
                "-",
                [diagnosis("2026-05-04", "melanoma", "suspected"), diagnosis("2026-05-20", "melanoma", "excluded")],
            ),
            Row(
                "active, later only in the past",
                "2026-12-01",
                "-",
                [CANCER, diagnosis("2026-11-30", "breast cancer", "history")],
            ),
            Row("released", "2026-05-05", "note", [CANCER, answered("2026-05-05", "CON-06", "released", "cancer")]),
            Row("withdrawn", "2026-05-05", "-", [CANCER, withdrawn("2026-05-05", "cancer")]),
        ],
    ),
]
