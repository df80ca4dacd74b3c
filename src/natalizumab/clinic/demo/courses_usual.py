"""Invented courses in which nothing is wrong: what most of a clinic looks like on most days."""

from __future__ import annotations

from datetime import timedelta

from natalizumab.clinic.demo.course import Course, later


def referred(c: Course) -> None:
    """Referred for natalizumab last week: nothing has been done yet."""
    c.diagnosed(4, until_months=1)
    c.add("relapse", c.ago(months=7))
    c.add("relapse", c.ago(months=2))
    c.add("weight", c.ago(weeks=1), kg=66)


def starting(c: Course) -> None:
    """First dose this week; all that belongs before it is done."""
    c.diagnosed(3, earlier="interferon beta-1a", until_months=1)
    c.prepared(c.ago(0))
    c.plan_dose(0)


def first_months(c: Course) -> None:
    """Two doses so far, the rebaseline scan still to come."""
    start = c.ago(weeks=6)
    c.diagnosed(2)
    c.prepared(start)
    c.doses(start, c.ago(weeks=2))
    c.bloods(c.ago(weeks=2))


def stable(c: Course) -> None:
    """Antibody-negative, four-weekly, everything in time."""
    start = c.ago(months=c.rng.uniform(14, 60))
    c.diagnosed(8)
    c.prepared(start)
    c.doses(start, c.ago(days=c.rng.randint(8, 27)))
    c.serology(start, last_months=c.rng.uniform(1, 4.5))
    c.scans(start, last_months=c.rng.uniform(2, 10))
    c.blood_tests(start, last_months=c.rng.uniform(0.5, 2))
    c.informed(start)


def stable_low_index(c: Course) -> None:
    """Antibody-positive with a low index, four-weekly, in the second year."""
    start = c.ago(months=c.rng.uniform(12.5, 22))
    index = round(c.rng.uniform(0.5, 0.8), 2)
    c.diagnosed(6, earlier="glatiramer acetate")
    c.prepared(start, jcv="positive", index=index)
    c.doses(start, c.ago(days=c.rng.randint(8, 26)))
    c.serology(start, "positive", index, last_months=c.rng.uniform(1, 4))
    c.scans(start, last_months=c.rng.uniform(1, 5), every_months=6)
    c.blood_tests(start)


def six_weekly(c: Course) -> None:
    """Changed to every six weeks after a stable first year and a half."""
    start = c.ago(months=c.rng.uniform(30, 60))
    change = later(start, 18)
    index = round(c.rng.uniform(0.95, 1.4), 2)
    c.diagnosed(9)
    c.prepared(start, jcv="positive", index=index)
    c.doses_extended(start, change, c.ago(days=c.rng.randint(22, 40)))
    c.serology(start, "positive", index, last_months=2)
    c.scans(start, last_months=3, every_months=6, losing=0.31)
    c.short_scans(later(start, 20), last_months=1.2, every_months=4)
    c.blood_tests(start)
    c.informed(start)


def under_the_skin(c: Course) -> None:
    """Subcutaneous from the first dose."""
    start = c.ago(months=c.rng.uniform(8, 20))
    c.diagnosed(4)
    c.prepared(start)
    c.doses(start, c.ago(days=c.rng.randint(9, 26)), route="sc")
    c.serology(start, last_months=3)
    c.scans(start, last_months=c.rng.uniform(1, 3), first_months=4.5)
    c.blood_tests(start)


def changed_to_subcutaneous(c: Course) -> None:
    """Intravenous for two years, then under the skin."""
    start = c.ago(months=34)
    change = later(start, 24)
    c.diagnosed(7)
    c.prepared(start)
    changed = c.doses(change, c.ago(days=12), route="sc")
    c.doses(start, changed[0] - timedelta(weeks=4))
    c.serology(start, last_months=2)
    c.scans(start, last_months=6)
    c.blood_tests(start)
    c.informed(start)


def biosimilar(c: Course) -> None:
    """On the biosimilar from the start; its own laboratory tests with another assay, and finds nothing."""
    start = c.ago(months=16)
    c.diagnosed(5)
    c.prepared(start)
    c.doses(start, c.ago(days=16), product="Tyruko")
    for months in (10, 4):
        c.jcv(c.ago(months=months), "negative", assay="ImmunoWELL")
    c.scans(start, last_months=4)
    c.blood_tests(start)


def transferred_in(c: Course) -> None:
    """Came from another clinic in mid-treatment: what was given there is known only in outline."""
    c.diagnosed(11)
    c.add("earlier_treatment", c.ago(months=9), first_dose=c.ago(months=45).isoformat(), doses=39, interval_weeks=4)
    c.add("weight", c.ago(months=8), kg=81.5)
    c.add("form", c.ago(months=8), name="alert card")
    c.add("form", c.ago(months=8), name="initiation")
    c.add("form", c.ago(months=8), name="continuation")
    c.doses(c.ago(months=8.5), c.ago(days=19))
    for months in (8, 2.5):
        c.jcv(c.ago(months=months), "negative")
    c.add("mri", c.ago(months=7), protocol="full", new_t2=0, gd=0)
    c.blood_tests(c.ago(months=9))


def transferred_in_start_unknown(c: Course) -> None:
    """The same, but nobody could say when natalizumab was begun."""
    c.diagnosed(13, earlier=None)
    c.add("earlier_treatment", c.ago(months=5), interval_weeks=4)
    c.add("weight", c.ago(months=5), kg=70)
    c.add("form", c.ago(months=5), name="alert card")
    c.doses(c.ago(months=5), c.ago(days=22))
    c.jcv(c.ago(months=4), "positive", 1.1)
    c.add("mri", c.ago(months=2), protocol="full", new_t2=0, gd=0)
    c.blood_tests(c.ago(months=6))


def measured(c: Course) -> None:
    """Concentrations measured before doses; high ones led to six weeks, and later ones agree."""
    start = c.ago(months=30)
    change = later(start, 17)
    c.diagnosed(6)
    c.prepared(start, jcv="positive", index=1.2)
    regular, extended = c.doses_extended(start, change, c.ago(days=26))
    for day, level in ((regular[6], 31.2), (regular[10], 34.8), (regular[-1], 33.1)):
        c.add("concentration", day, mg_per_l=level, assay="in-house ELISA")
    for day, level in ((extended[2], 12.4), (extended[-3], 9.7), (extended[-1], 10.9)):
        c.add("concentration", day, mg_per_l=level, assay="in-house ELISA")
    c.serology(start, "positive", 1.2, last_months=2)
    c.scans(start, last_months=3, every_months=6, losing=0.29)
    c.scored(start, (-0.5, 2.5), (5, 2), (17, 2), (28, 2), fatigue=(48, 41, 39, 42))
    c.short_scans(later(start, 19), last_months=1)
    c.blood_tests(start)
    c.informed(start)


def weight_gained(c: Course) -> None:
    """Twenty kilograms heavier than at the start. The sample called a trough was taken after the infusion."""
    start = c.ago(months=40)
    c.diagnosed(6)
    c.prepared(start)
    given = c.doses(start, c.ago(days=15))
    c.add("concentration", given[-3], mg_per_l=118, assay="Dutch assay")
    c.add("concentration", given[-1], mg_per_l=21.5, assay="Dutch assay")
    for months, kg in ((30, 84.5), (18, 91), (6, 98)):
        c.add("weight", c.ago(months=months), kg=kg)
    c.serology(start, last_months=1)
    c.scans(start, last_months=5, losing=0.9)
    c.scored(start, (-0.5, 3), (5, 3), (18, 4), (26, 4), (37, 4.5))
    c.blood_tests(start)
    c.informed(start)


def breast_checked(c: Course) -> None:
    """Reports the monthly checks; nothing found."""
    stable(c)
    for months in (3, 2, 1):
        c.add(
            "selfcheck",
            c.ago(months=months),
            by="person",
            answers={"breast": "no", "infection": "no", "mood": "no", "skin": "no", "speech": "no", "vision": "no"},
        )
