"""Results of tests and scans: which of several decides, on which day one counts, what is asked for when."""

from __future__ import annotations

from tests.spec.spec import Event, Row, Spec, diagnosis, dose, doses, event, jcv, lab, mri

FIRST = dose("2026-01-10")
GIVEN = [FIRST, dose("2026-02-07")]
UNTIL_MAY = doses("2026-01-10", 5)  # until 2026-05-02
DARK_URINE = event("symptom", "2026-05-04", name="dark urine")


def level(on: str, mg_per_l: float) -> Event:
    """A concentration."""
    return event("concentration", on, mg_per_l=mg_per_l)


def alt(on: str, value: float, test: str = "ALT") -> Event:
    """A liver test whose limit is 40."""
    return lab(on, test, value, upper_limit=40)


def cells(on: str, value: float) -> Event:
    """A lymphocyte count."""
    return lab(on, "lymphocytes", value, "10*9/L")


def plasma_exchange(on: str) -> Event:
    """After it no sample is valid for 14 days."""
    return event("procedure", on, name="plasma exchange")


SPECS = [
    Spec(
        "JCV-01",
        "negative on 2026-01-20: due on 2026-07-20",
        [*doses("2026-01-10", 7), jcv("2026-01-20", "negative")],
        [
            Row("plasma exchange on 2026-07-01", "2026-07-14", "blocked 2026-07-20", [plasma_exchange("2026-07-01")]),
            Row("14 days after it", "2026-07-15", "due 2026-07-20", [plasma_exchange("2026-07-01")]),
        ],
    ),
    Spec(
        "JCV-01",
        "two results of one day",
        [FIRST],
        [
            Row(
                "negative by STRATIFY, positive by the other: the table's assay counts",
                "2026-02-01",
                "upcoming 2026-07-20",
                [jcv("2026-01-20", "negative"), jcv("2026-01-20", "positive", 1.2, "ImmunoWELL")],
            ),
        ],
    ),
    Spec(
        "JCV-04",
        "first dose on 2026-01-10; index 1.7 on 2026-01-05",
        [FIRST, jcv("2026-01-05", "positive", 1.7)],
        [
            Row("and nothing since", "2026-02-06", "note", protocol="uk"),
            Row(
                "then positive without an index: the high one stands until a repeat",
                "2026-02-06",
                "note",
                [jcv("2026-02-05", "positive")],
                "uk",
            ),
            Row(
                "and once more without: no index is known",
                "2026-02-07",
                "-",
                [jcv("2026-02-05", "positive"), jcv("2026-02-06", "positive")],
                "uk",
            ),
        ],
    ),
    Spec(
        "JCV-06",
        "one dose on 2026-02-07; the next is due on 2026-03-07",
        [dose("2026-02-07")],
        [
            Row(
                "negative, then positive without an index",
                "2026-02-10",
                "confirm, due 2026-03-07",
                [jcv("2026-01-05", "negative"), jcv("2026-02-09", "positive")],
            ),
            Row(
                "negative, then indeterminate (that is JCV-10)",
                "2026-02-10",
                "-",
                [jcv("2026-01-05", "negative"), jcv("2026-02-09", "indeterminate")],
            ),
            Row(
                "negative, indeterminate, positive",
                "2026-02-10",
                "confirm, due 2026-03-07",
                [jcv("2026-01-05", "negative"), jcv("2026-02-01", "indeterminate"), jcv("2026-02-09", "positive", 1.2)],
            ),
            Row(
                "index 1.2, then negative (that is JCV-09)",
                "2026-02-10",
                "-",
                [jcv("2026-01-05", "positive", 1.2), jcv("2026-02-09", "negative")],
            ),
        ],
    ),
    Spec(
        "JCV-07",
        "one dose on 2026-02-07; immunoglobulins on 2026-01-20, plasma exchange on 2026-02-10",
        [dose("2026-02-07"), event("procedure", "2026-01-20", name="IVIg"), plasma_exchange("2026-02-10")],
        [
            Row(
                "the later of both ends counts",
                "2026-02-15",
                "hold(order, until 2026-07-20)",
                [jcv("2026-03-01", "negative", planned=True)],
            ),
        ],
    ),
    Spec(
        "JCV-10",
        "indeterminate on 2026-02-10",
        [jcv("2026-02-10", "indeterminate")],
        [
            Row(
                "the repeat must wait for plasma exchange",
                "2026-02-20",
                "confirm, blocked 2026-03-07",
                [dose("2026-02-07"), plasma_exchange("2026-02-12")],
            ),
            Row(
                "doses given elsewhere, no day of the last one: at once",
                "2026-02-10",
                "confirm, due 2026-02-10",
                [event("earlier_treatment", "2026-01-01", first_dose="2024-01-10")],
            ),
        ],
    ),
    Spec(
        "NAB-01",
        "doses every four weeks from 2026-01-10: a level is held against 3 mg/L for six months, then against 2",
        doses("2026-01-10", 9),  # until 2026-08-22
        [
            Row(
                "2.5 mg/L after six months, to the day",
                "2026-07-12",
                "confirm, overdue 2026-07-10 +2",
                [level("2026-07-10", 2.5)],
            ),
            Row("2.5 mg/L a day later", "2026-07-12", "-", [level("2026-07-11", 2.5)]),
            Row("3 mg/L on that day", "2026-07-12", "-", [level("2026-07-10", 3)]),
        ],
    ),
    Spec(
        "NAB-01",
        "injections on 2026-01-10 and, two of them, on 2026-02-07 at 9 and at 10 o'clock",
        [
            dose("2026-01-10", route="sc"),
            dose("2026-02-07T09:00:00+01:00", dose_mg=150, route="sc"),
            dose("2026-02-07T10:00:00+01:00", dose_mg=150, route="sc"),
        ],
        [
            Row(
                "a low level between the two, before the dose was complete: a trough",
                "2026-02-08",
                "confirm, overdue 2026-02-07 +1",
                [level("2026-02-07T09:30:00+01:00", 1)],
            ),
            Row("a low level after both: no trough", "2026-02-08", "-", [level("2026-02-07T11:00:00+01:00", 1)]),
        ],
    ),
    Spec(
        "NAB-01",
        "doses every four weeks until 2026-05-02; antibodies found on 2026-03-01",
        [*UNTIL_MAY, event("antibody", "2026-03-01", result="positive")],
        [
            Row("a relapse since: the repeat is NAB-02's", "2026-05-20", "-", [event("relapse", "2026-05-10")]),
        ],
    ),
    Spec(
        "NAB-01",
        "lymphocytes 2.0 on 2026-01-05, doses every four weeks from 2026-01-10: flat unless they rise by a fifth",
        [cells("2026-01-05", 2.0), *UNTIL_MAY],
        [
            Row("a fifth more", "2026-05-12", "-", [cells("2026-05-10", 2.4)]),
            Row("nearly so", "2026-05-12", "confirm, overdue 2026-05-10 +2", [cells("2026-05-10", 2.399)]),
        ],
    ),
    Spec(
        "NAB-01",
        "doses every four weeks until 2026-06-27; relapses on 2026-05-10 and 2026-06-10",
        [*doses("2026-01-10", 7), event("relapse", "2026-05-10"), event("relapse", "2026-06-10")],
        [
            Row("due since the first of them", "2026-06-12", "confirm, overdue 2026-05-10 +33"),
            Row(
                "a test between them answers the first",
                "2026-06-12",
                "confirm, overdue 2026-06-10 +2",
                [event("antibody", "2026-05-20", result="negative")],
            ),
        ],
    ),
    Spec(
        "FBC-01",
        "doses until 2026-05-02; bruises on 2026-05-04",
        [*UNTIL_MAY, event("symptom", "2026-05-04", name="bruises")],
        [
            Row(
                "low platelets diagnosed since: they answer nothing, and hold",
                "2026-05-05",
                "hold, confirm, overdue 2026-05-04 +1",
                [diagnosis("2026-05-05", "thrombocytopenia")],
            ),
            Row("and excluded since", "2026-05-05", "-", [diagnosis("2026-05-05", "thrombocytopenia", "excluded")]),
        ],
    ),
    Spec(
        "LFT-01",
        "two doses, the last on 2026-02-07",
        GIVEN,
        [
            Row("AST alone is a liver test", "2026-03-02", "upcoming 2026-05-30", [alt("2026-03-01", 20, "AST")]),
            Row(
                "bilirubin alone is none",
                "2026-03-02",
                "upcoming 2026-04-10",
                [lab("2026-03-01", "bilirubin", 9, "umol/L")],
            ),
        ],
    ),
    Spec(
        "LFT-02",
        "doses until 2026-05-02; dark urine on 2026-05-04",
        [*UNTIL_MAY, DARK_URINE],
        [
            Row("no liver test since", "2026-05-06", "hold, overdue 2026-05-04 +2"),
            Row("a normal test the day before", "2026-05-06", "hold, overdue 2026-05-04 +2", [alt("2026-05-03", 20)]),
            Row("a normal test on the day", "2026-05-06", "-", [alt("2026-05-04", 20)]),
            Row(
                "a normal test and a raised one",
                "2026-05-06",
                "hold",
                [alt("2026-05-04", 20), alt("2026-05-05", 50, "AST")],
            ),
        ],
    ),
    Spec(
        "LFT-03",
        "doses until 2026-05-02",
        UNTIL_MAY,
        [
            Row(
                "two raised tests, the last on 2026-05-06: repeat within 7 days of that",
                "2026-05-06",
                "confirm, due 2026-05-13",
                [alt("2026-05-04", 140), alt("2026-05-06", 130, "AST")],
            ),
            Row(
                "ALT raised more than threefold, AST less: the higher gives the grade",
                "2026-05-06",
                "confirm, due 2026-05-13",
                [alt("2026-05-06", 140), alt("2026-05-06", 50, "AST")],
            ),
            Row("both raised less", "2026-05-06", "confirm", [alt("2026-05-06", 100), alt("2026-05-06", 50, "AST")]),
            Row(
                "raised more than threefold, then less: the highest counts, the last is repeated",
                "2026-05-06",
                "confirm, due 2026-05-13",
                [alt("2026-05-04", 140), alt("2026-05-06", 50)],
            ),
        ],
    ),
    Spec(
        "FBC-02",
        "doses until 2026-05-02",
        UNTIL_MAY,
        [
            Row("low, then very low", "2026-05-06", "hold", [cells("2026-05-04", 0.7), cells("2026-05-06", 0.4)]),
            Row("very low, then low", "2026-05-06", "hold", [cells("2026-05-04", 0.4), cells("2026-05-06", 0.7)]),
            Row(
                "at the laboratory's upper limit",
                "2026-05-06",
                "-",
                [lab("2026-05-06", "lymphocytes", 4, "10*9/L", upper_limit=4)],
            ),
            Row(
                "above it",
                "2026-05-06",
                "note",
                [lab("2026-05-06", "lymphocytes", 4.1, "10*9/L", upper_limit=4)],
            ),
            Row("at the limit of very low", "2026-05-06", "confirm", [cells("2026-05-06", 0.5)]),
        ],
    ),
    Spec(
        "INF-01",
        "doses until 2026-05-02",
        UNTIL_MAY,
        [
            Row(
                "tuberculosis since the last dose: asked about once",
                "2026-05-06",
                "confirm",
                [diagnosis("2026-05-04", "TB")],
            ),
        ],
    ),
    Spec(
        "MRI-01",
        "two doses, the last on 2026-02-07",
        GIVEN,
        [
            Row("a rebaseline scan is to come", "2026-02-20", "upcoming 2026-07-10"),
            Row(
                "but not once an infection of the brain has ended treatment for good",
                "2026-02-20",
                "-",
                [diagnosis("2026-02-20", "herpes encephalitis")],
            ),
        ],
    ),
    Spec(
        "REV-03",
        "first dose on 2026-01-10: three months on 2026-04-10, half a year on 2026-07-10",
        doses("2026-01-10", 4),
        [
            Row("an enhancing lesion the day before three months", "2026-04-20", "-", [mri("2026-04-09", gd=1)]),
            Row("on the day", "2026-04-20", "upcoming 2026-07-10", [mri("2026-04-10", gd=1)]),
            Row("the day after", "2026-04-20", "upcoming 2026-07-10", [mri("2026-04-11", gd=1)]),
        ],
    ),
    Spec(
        "ACT-03",
        "treated elsewhere before, nobody said since when; one dose here on 2026-01-10; a relapse on 2026-02-01",
        [event("earlier_treatment", "2026-01-01"), FIRST, event("relapse", "2026-02-01")],
        [
            Row("antibodies", "2026-02-10", "note", [event("antibody", "2026-02-05", result="positive")]),
            Row("no antibodies", "2026-02-10", "-", [event("antibody", "2026-02-05", result="negative")]),
        ],
    ),
    Spec(
        "ACT-03",
        "doses from 2024-01-10, rebaseline scan on 2024-05-06; two new lesions a month later",
        [*doses("2024-01-10", 8), mri("2024-05-06", new_t2=0, gd=0), mri("2024-06-06", new_t2=2, gd=0)],
        [
            Row(
                "antibodies 60 days before the new scan",
                "2024-07-01",
                "note",
                [event("antibody", "2024-04-07", result="positive")],
            ),
            Row("61 days before it", "2024-07-01", "-", [event("antibody", "2024-04-06", result="positive")]),
        ],
    ),
    Spec(
        "ACT-03",
        "doses from 2024-01-10; an enhancing lesion on 2024-04-20, before any rebaseline scan",
        [*doses("2024-01-10", 8), mri("2024-04-20", gd=1)],
        [
            Row(
                "antibodies 60 days before", "2024-07-01", "note", [event("antibody", "2024-02-20", result="positive")]
            ),
            Row("61 days before", "2024-07-01", "-", [event("antibody", "2024-02-19", result="positive")]),
        ],
    ),
    Spec(
        "CHK-03",
        "a checklist of 2026-02-07, for the dose of that day",
        [*GIVEN, event("checklist", "2026-02-07", answers={"other_drug": "no"})],
        [
            Row(
                "submitted the day before: another one",
                "2026-02-08",
                "due 2026-02-08",
                [event("form", "2026-02-06", name="checklist submitted")],
                "us",
            ),
            Row(
                "submitted on the day",
                "2026-02-08",
                "-",
                [event("form", "2026-02-07", name="checklist submitted")],
                "us",
            ),
        ],
    ),
]
