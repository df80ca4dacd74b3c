"""Encephalitis, retina, opportunistic and other infections, and what is looked for before the first dose. Invented."""

from __future__ import annotations

from typing import Any

from tests.spec.spec import Event, Row, Spec, answered, diagnosis, dose, event


def told(name: str, on: str = "2026-05-04", **fields: Any) -> Event:
    return event("symptom", on, name=name, **fields)


def result_of(test: str, result: str, on: str = "2026-05-04") -> Event:
    return event("serology", on, test=test, result=result)


HERPES = diagnosis("2026-05-04", "herpes encephalitis")
FEVER, HEADACHE, SEIZURE = told("fever"), told("headache", id="head"), told("seizure")
PUNCTURE = event("procedure", "2026-05-05", name="lumbar puncture")

SPECS = [
    Spec(
        "HSV-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before a seizure", "2026-05-03", "-", [SEIZURE]),
            Row("a seizure", "2026-05-04", "hold, due 2026-05-04", [SEIZURE]),
            Row("the day after, nothing done", "2026-05-05", "hold, overdue 2026-05-04 +1", [SEIZURE]),
            Row("spinal fluid taken", "2026-05-05", "hold", [SEIZURE, PUNCTURE]),
            Row(
                "fluid tested",
                "2026-05-05",
                "hold",
                [SEIZURE, result_of("HSV PCR CSF", "negative", "2026-05-05")],
            ),
            Row(
                "spinal fluid tested for JC virus",
                "2026-05-05",
                "hold",
                [SEIZURE, event("csf", "2026-05-05", jcv_pcr="not_detected")],
            ),
            Row("a year later: time alone ends no hold", "2027-05-04", "hold, overdue 2026-05-04 +365", [SEIZURE]),
            Row(
                "encephalitis excluded",
                "2026-05-06",
                "-",
                [SEIZURE, diagnosis("2026-05-06", "encephalitis", "excluded")],
            ),
            Row(
                "excluded, then a new seizure",
                "2026-05-08",
                "hold, overdue 2026-05-07 +1",
                [SEIZURE, diagnosis("2026-05-06", "encephalitis", "excluded"), told("seizure", "2026-05-07")],
            ),
            Row(
                "retinal necrosis excluded: that says nothing of the brain",
                "2026-05-06",
                "hold, overdue 2026-05-04 +2",
                [SEIZURE, diagnosis("2026-05-06", "acute retinal necrosis", "excluded")],
            ),
            Row("a headache alone asks", "2026-05-04", "confirm", [HEADACHE]),
            Row("a headache that gets worse", "2026-05-04", "hold, due 2026-05-04", [told("headache", worsening=True)]),
            Row("headache and fever", "2026-05-04", "hold, due 2026-05-04", [HEADACHE, FEVER]),
            Row("headache told twice is one sign", "2026-05-06", "confirm", [HEADACHE, told("migraine", "2026-05-06")]),
            Row(
                "headache, and a fever that is over",
                "2026-05-06",
                "confirm",
                [HEADACHE, told("fever", ended="2026-05-06")],
            ),
            Row(
                "the day before it is over",
                "2026-05-05",
                "hold, overdue 2026-05-04 +1",
                [HEADACHE, told("fever", ended="2026-05-06")],
            ),
            Row(
                "a headache, acknowledged",
                "2026-05-05",
                "note",
                [HEADACHE, answered("2026-05-05", "HSV-01", "acknowledged", "head")],
            ),
            Row("over, no dose since", "2026-05-06", "confirm", [told("seizure", ended="2026-05-05")]),
            Row(
                "over, and a dose given on that day",
                "2026-05-06",
                "confirm",
                [told("seizure", ended="2026-05-05"), dose("2026-05-05")],
            ),
            Row(
                "over, and a dose given the day after",
                "2026-05-06",
                "-",
                [told("seizure", ended="2026-05-05"), dose("2026-05-06")],
            ),
            Row("years old, not worsening", "2026-05-04", "confirm", [told("headache", days=900, worsening=False)]),
            Row("noted before the first dose", "2026-05-04", "confirm", [told("seizure", "2026-04-19")]),
            Row("confusion: held here and by PML-01", "2026-05-04", "hold, due 2026-05-04", [told("confused")]),
            Row("fatigue suggests nothing", "2026-05-04", "-", [told("tiredness")]),
            Row("confirmed", "2026-05-04", "stop", [HERPES]),
            Row("confirmed, the day before", "2026-05-03", "-", [HERPES]),
            Row("confirmed, in the United Kingdom", "2026-05-04", "stop", [HERPES], "uk"),
            Row("confirmed, in the United States", "2026-05-04", "stop", [HERPES], "us"),
            Row(
                "confirmed, later past: a stop ends by correction only",
                "2026-08-01",
                "stop",
                [HERPES, diagnosis("2026-08-01", "herpes encephalitis", "history")],
            ),
            Row(
                "the seizure is explained by it",
                "2026-05-06",
                "stop",
                [SEIZURE, diagnosis("2026-05-06", "herpes encephalitis")],
            ),
            Row(
                "suspected as a diagnosis",
                "2026-05-04",
                "hold, due 2026-05-04",
                [diagnosis("2026-05-04", "HSV encephalitis", "suspected")],
            ),
            Row(
                "suspected, then excluded",
                "2026-05-06",
                "-",
                [
                    diagnosis("2026-05-04", "HSV encephalitis", "suspected"),
                    diagnosis("2026-05-06", "HSV encephalitis", "excluded"),
                ],
            ),
            Row("past", "2026-05-04", "confirm", [diagnosis("2026-05-04", "meningitis", "history")]),
            Row(
                "from before the treatment, not recorded as past",
                "2026-05-04",
                "hold",
                [diagnosis("2015-01-01", "meningitis")],
            ),
            Row(
                "bacterial meningitis anybody may have: held until it is past",
                "2026-05-04",
                "hold",
                [diagnosis("2026-05-04", "bacterial meningitis")],
            ),
            Row("six months after the last dose", "2026-10-20", "stop", [diagnosis("2026-10-20", "meningitis")]),
            Row("a day later it is not natalizumab's", "2026-10-21", "hold", [diagnosis("2026-10-21", "meningitis")]),
            Row("herpes found in the spinal fluid", "2026-05-04", "hold", [result_of("HSV PCR", "positive")]),
            Row("a doubtful result", "2026-05-04", "confirm", [result_of("HSV PCR", "equivocal")]),
            Row("not found", "2026-05-04", "-", [result_of("HSV PCR", "not detected")]),
            Row(
                "cryptococcal antigen, and cryptococcal meningitis excluded",
                "2026-05-06",
                "-",
                [result_of("CrAg", "positive"), diagnosis("2026-05-06", "cryptococcal meningitis", "excluded")],
            ),
            Row(
                "cryptococcal antigen, and encephalitis excluded: another matter",
                "2026-05-06",
                "hold",
                [result_of("CrAg", "positive"), diagnosis("2026-05-06", "encephalitis", "excluded")],
            ),
            Row("found before the first dose", "2026-05-04", "-", [result_of("HSV PCR", "positive", "2026-04-01")]),
        ],
    ),
    Spec(
        "HSV-01",
        "before the first dose",
        [],
        [
            Row("a seizure", "2026-05-04", "confirm", [SEIZURE]),
            Row("meningitis confirmed", "2026-05-04", "hold", [diagnosis("2026-05-04", "meningitis")]),
            Row(
                "confirmed, then suspected: confirmed it stays",
                "2026-05-06",
                "hold",
                [diagnosis("2026-05-04", "meningitis"), diagnosis("2026-05-06", "meningitis", "suspected")],
            ),
            Row(
                "meningitis, now past",
                "2026-08-01",
                "confirm",
                [diagnosis("2026-05-04", "meningitis"), diagnosis("2026-08-01", "meningitis", "history")],
            ),
        ],
    ),
    Spec(
        "HSV-01",
        "treatment began elsewhere on 2025-01-10",
        [event("earlier_treatment", "2026-04-01", first_dose="2025-01-10")],
        [
            Row("confirmed", "2026-05-04", "stop", [HERPES]),
            Row("confirmed before that day", "2026-05-04", "hold", [diagnosis("2025-01-09", "meningitis")]),
        ],
    ),
    Spec(
        "ARN-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before", "2026-05-03", "-", [told("red eye")]),
            Row("a red eye", "2026-05-04", "hold, due 2026-05-04", [told("red eye")]),
            Row("the day after", "2026-05-05", "hold, overdue 2026-05-04 +1", [told("red eye")]),
            Row("eye pain, in the United States", "2026-05-04", "hold, due 2026-05-04", [told("eye pain")], "us"),
            Row("less sight", "2026-05-04", "hold, due 2026-05-04", [told("reduced acuity")], "uk"),
            Row(
                "looked at by an eye doctor, no word yet",
                "2026-05-05",
                "hold",
                [told("red eye"), event("procedure", "2026-05-04", name="ophthalmology review")],
            ),
            Row(
                "excluded",
                "2026-05-05",
                "-",
                [told("red eye"), diagnosis("2026-05-05", "acute retinal necrosis", "excluded")],
            ),
            Row("over", "2026-05-06", "confirm", [told("red eye", ended="2026-05-06")]),
            Row("suspected", "2026-05-04", "hold, due 2026-05-04", [diagnosis("2026-05-04", "ARN", "suspected")]),
            Row("confirmed", "2026-05-04", "stop", [diagnosis("2026-05-04", "ARN")]),
            Row("confirmed, in the United States", "2026-05-04", "stop", [diagnosis("2026-05-04", "ARN")], "us"),
            Row("a dry eye", "2026-05-04", "-", [diagnosis("2026-05-04", "dry eye")]),
        ],
    ),
    Spec(
        "OI-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before", "2026-05-03", "-", [diagnosis("2026-05-04", "cryptosporidiosis")]),
            Row("the day", "2026-05-04", "stop", [diagnosis("2026-05-04", "cryptosporidiosis")]),
            Row("the day after", "2026-05-05", "stop", [diagnosis("2026-05-04", "cryptosporidiosis", "confirmed")]),
            Row("in the United Kingdom", "2026-05-04", "stop", [diagnosis("2026-05-04", "PCP")], "uk"),
            Row("in the United States OI-02 holds", "2026-05-04", "-", [diagnosis("2026-05-04", "PCP")], "us"),
            Row("suspected", "2026-05-04", "-", [diagnosis("2026-05-04", "PCP", "suspected")]),
            Row("before the first dose", "2026-05-04", "-", [diagnosis("2026-04-19", "PCP")]),
            Row("on the day of the first dose", "2026-05-04", "stop", [diagnosis("2026-04-20", "PCP")]),
            Row("herpes of the brain: HSV-01 stops", "2026-05-04", "-", [HERPES]),
            Row("granule cell neuronopathy", "2026-05-04", "stop", [diagnosis("2026-05-04", "GCN")]),
            Row("a cold", "2026-05-04", "-", [diagnosis("2026-05-04", "common cold")]),
        ],
    ),
    Spec(
        "OI-02",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("suspected, the day before", "2026-05-03", "-", [diagnosis("2026-05-04", "PCP", "suspected")]),
            Row("suspected", "2026-05-04", "hold", [diagnosis("2026-05-04", "PCP", "suspected")]),
            Row("suspected, a year later", "2027-05-04", "hold", [diagnosis("2026-05-04", "PCP", "suspected")]),
            Row(
                "excluded",
                "2026-05-06",
                "-",
                [diagnosis("2026-05-04", "PCP", "suspected"), diagnosis("2026-05-06", "PCP", "excluded")],
            ),
            Row("confirmed: OI-01 stops", "2026-05-04", "-", [diagnosis("2026-05-04", "PCP")]),
            Row("confirmed, in the United States", "2026-05-04", "hold", [diagnosis("2026-05-04", "PCP")], "us"),
            Row("past", "2026-05-04", "confirm", [diagnosis("2026-05-04", "PCP", "history")]),
            Row("diarrhoea since today", "2026-05-04", "confirm", [told("diarrhoea")]),
            Row("its sixth day", "2026-05-10", "confirm", [told("diarrhoea")]),
            Row("it has lasted 7 days", "2026-05-11", "hold, overdue 2026-05-04 +7", [told("diarrhoea")]),
            Row("7 days already when noted", "2026-05-04", "hold, due 2026-05-04", [told("diarrhoea", days=7)]),
            Row("severe", "2026-05-04", "hold, due 2026-05-04", [told("severe diarrhoea")]),
            Row(
                "stool tested, no word yet",
                "2026-05-05",
                "hold",
                [told("severe diarrhoea"), event("procedure", "2026-05-05", name="stool culture")],
            ),
            Row(
                "cryptosporidium not found, and excluded",
                "2026-05-06",
                "-",
                [
                    told("severe diarrhoea"),
                    result_of("stool cryptosporidium", "negative", "2026-05-05"),
                    diagnosis("2026-05-06", "cryptosporidium", "excluded"),
                ],
            ),
            Row("cryptosporidium found", "2026-05-04", "hold", [result_of("stool cryptosporidium", "positive")]),
            Row("breathless", "2026-05-04", "confirm", [told("shortness of breath")]),
            Row("losing weight, and dizzy", "2026-05-04", "confirm", [told("losing weight"), told("dizzy")]),
            Row("dizzy, over", "2026-05-05", "confirm", [told("dizzy", ended="2026-05-05")]),
        ],
    ),
    Spec(
        "INF-01",
        "last dose on 2026-04-20",
        [dose("2026-03-23"), dose("2026-04-20")],
        [
            Row("a chest infection before that dose", "2026-05-04", "-", [diagnosis("2026-04-19", "chest infection")]),
            Row("on the day of the dose", "2026-05-04", "confirm", [diagnosis("2026-04-20", "chest infection")]),
            Row("since that dose", "2026-05-04", "confirm", [diagnosis("2026-05-04", "chest infection")]),
            Row("a past one", "2026-05-04", "-", [diagnosis("2026-05-04", "chest infection", "history")]),
            Row(
                "suspected, then excluded",
                "2026-05-04",
                "-",
                [diagnosis("2026-05-01", "COVID", "suspected"), diagnosis("2026-05-02", "COVID", "excluded")],
            ),
            Row("tuberculosis, whenever", "2026-05-04", "confirm", [diagnosis("2020-05-04", "latent TB")]),
            Row("hepatitis B is LFT-02's", "2026-05-04", "-", [diagnosis("2026-05-04", "hepatitis B")]),
            Row("hepatitis B antigen found", "2026-05-04", "confirm", [result_of("HBsAg", "positive")]),
            Row("not found", "2026-05-04", "-", [result_of("HBsAg", "negative")]),
            Row(
                "antigen not found, core antibody found",
                "2026-05-04",
                "confirm",
                [result_of("anti-HBc", "positive", "2026-05-03"), result_of("HBsAg", "negative")],
            ),
            Row("a doubtful tuberculosis test", "2026-05-04", "confirm", [result_of("QuantiFERON", "indeterminate")]),
        ],
    ),
    Spec(
        "BAS-06",
        "nothing given; a dose planned for 2026-05-11",
        [dose("2026-05-11", planned=True)],
        [
            Row("no antibodies looked for", "2026-05-04", "due 2026-05-11"),
            Row(
                "the day before",
                "2026-05-04",
                "due 2026-05-11",
                [result_of("VZV IgG", "positive", "2026-05-05")],
            ),
            Row("a result", "2026-05-05", "-", [result_of("VZV IgG", "positive", "2026-05-05")]),
            Row("after the first dose", "2026-05-05", "-", [dose("2026-05-05")]),
        ],
    ),
    Spec(
        "BAS-07",
        "nothing given; a dose planned for 2026-05-11",
        [dose("2026-05-11", planned=True), result_of("HBV", "negative"), result_of("HCV", "negative")],
        [
            Row("HIV and tuberculosis missing", "2026-05-04", "due 2026-05-11"),
            Row("all there", "2026-05-04", "-", [result_of("HIV", "negative"), result_of("IGRA", "negative")]),
            Row("after the first dose", "2026-05-05", "-", [dose("2026-05-05")]),
        ],
    ),
    Spec(
        "EDU-02",
        "last dose on 2026-04-20: the next is due on 2026-05-18",
        [dose("2026-04-20")],
        [
            Row("before the dose", "2026-04-19", "-"),
            Row("on treatment", "2026-04-20", "due 2026-05-18"),
            Row("late: a prompt is never overdue", "2026-06-01", "due 2026-05-18"),
            Row("stopped", "2026-05-04", "upcoming 2026-10-20", [event("stop", "2026-05-04")]),
            Row("stopped, the last day of the watch", "2026-10-20", "due 2026-10-20", [event("stop", "2026-05-04")]),
            Row("the day after", "2026-10-21", "-", [event("stop", "2026-05-04")]),
            Row(
                "never again, because of herpes of the brain: still watched",
                "2026-05-04",
                "upcoming 2026-10-20",
                [HERPES],
            ),
        ],
    ),
    Spec(
        "EDU-02",
        "treated elsewhere, the last dose unknown",
        [event("earlier_treatment", "2026-04-20", first_dose="2025-01-10")],
        [
            Row("today", "2026-05-04", "due 2026-05-04"),
            Row("stopped", "2026-05-04", "-", [event("stop", "2026-05-01")]),
        ],
    ),
    Spec(
        "REC-07",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("a test that no list knows", "2026-05-04", "confirm", [result_of("Zygo virus", "positive")]),
            Row("the day before", "2026-05-03", "-", [result_of("Zygo virus", "positive")]),
            Row("plainly negative", "2026-05-04", "-", [result_of("Zygo virus", "negative")]),
            Row("a test that is judged elsewhere", "2026-05-04", "-", [result_of("HBsAg", "positive")]),
        ],
    ),
]
