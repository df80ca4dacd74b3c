"""The forms for what the person has, feels, and goes through."""

from __future__ import annotations

from natalizumab.clinic.entering.field import Field, Kind

STATUS = {
    "history": "In the past",
    "suspected": "Suspected",
    "confirmed": "Confirmed",
    "excluded": "Excluded",
}
CONFIRMED = "Empty: confirmed."

CONDITION = (
    Kind(
        "symptom",
        (
            Field("name", "Symptom", words="symptoms"),
            Field("days", "Has lasted", "days"),
            Field("worsening", "Getting worse"),
            Field("ended", "Was over on"),
        ),
        "As the person reports it, in everyday words. One entry for each.",
    ),
    Kind("relapse", (), "A relapse of MS that began on this day."),
    Kind(
        "reaction",
        (
            Field("features", "What was seen", words="features"),
            Field("grade", "Grade (CTCAE)", help="1 mild to 5 fatal."),
            Field("minutes", "After the start of the dose", "minutes"),
            Field("hypersensitivity", "A hypersensitivity, in your judgement"),
        ),
        "A reaction to a dose.",
        timed=True,
    ),
    Kind(
        "diagnosis",
        (Field("name", "Diagnosis", words="diagnoses"), Field("status", "Status", choices=STATUS, help=CONFIRMED)),
        "A suspected one ends with another entry that confirms or excludes it.",
    ),
    Kind(
        "allergy",
        (
            Field("substance", "Substance", words="substances"),
            Field("status", "Status", choices=STATUS, help=CONFIRMED),
        ),
    ),
    Kind("edss", (Field("score", "Score"),)),
    Kind("fatigue", (Field("scale", "Scale", usual=True, proposals=("MFIS", "FSS", "FSMC")), Field("score", "Score"))),
    Kind(
        "pregnancy",
        (Field("gestation_weeks", "Weeks of gestation", "weeks", "On this day."), Field("ended", "Ended on")),
        "Planned: a pregnancy is wished for.",
        planned=True,
    ),
    Kind("breastfeeding", (Field("ended", "Ended on"),), "From this day on."),
)
