"""Invented courses in which something is late or missing: what audits find in every clinic."""

from __future__ import annotations

from natalizumab.clinic.demo.course import Course


def scan_overdue(c: Course) -> None:
    """The yearly scan is weeks late."""
    start = c.ago(months=c.rng.uniform(26, 50))
    c.diagnosed(8)
    c.prepared(start)
    c.doses(start, c.ago(days=c.rng.randint(9, 26)))
    c.serology(start, last_months=2)
    c.scans(start, last_months=c.rng.uniform(12.8, 16))
    c.blood_tests(start)
    c.informed(start)


def rebaseline_overdue(c: Course) -> None:
    """Eight months on treatment and never scanned since the start."""
    start = c.ago(months=8)
    c.diagnosed(3)
    c.prepared(start)
    c.doses(start, c.ago(days=19))
    c.serology(start, last_months=2)
    c.blood_tests(start)


def short_scan_overdue(c: Course) -> None:
    """High index for three years, and the last scan for PML is seven months old."""
    start = c.ago(months=39)
    c.diagnosed(10)
    c.prepared(start, jcv="positive", index=2.4)
    c.doses(start, c.ago(days=23))
    c.serology(start, "positive", 2.4, last_months=4)
    c.scans(start, last_months=8, every_months=8)
    c.blood_tests(start)
    c.informed(start)
    c.answer("RSK-04")


def serology_overdue(c: Course) -> None:
    """Antibody-negative, and not tested for most of a year."""
    start = c.ago(months=c.rng.uniform(20, 44))
    c.diagnosed(7)
    c.prepared(start)
    c.doses(start, c.ago(days=c.rng.randint(8, 27)))
    c.serology(start, last_months=c.rng.uniform(7, 13))
    c.scans(start, last_months=c.rng.uniform(3, 9))
    c.blood_tests(start)
    c.informed(start)


def liver_tests_overdue(c: Course) -> None:
    """No liver test for eight months."""
    start = c.ago(months=26)
    c.diagnosed(6)
    c.prepared(start)
    c.doses(start, c.ago(days=12))
    c.serology(start, last_months=1)
    c.scans(start, last_months=7)
    c.blood_tests(start, last_months=8)
    c.informed(start)


def continuation_overdue(c: Course) -> None:
    """Two and a half years on treatment, and the risk was not talked over again."""
    start = c.ago(months=30)
    c.diagnosed(7)
    c.prepared(start)
    c.doses(start, c.ago(days=10))
    c.serology(start, last_months=3)
    c.scans(start, last_months=2)
    c.blood_tests(start)


def late_dose(c: Course) -> None:
    """The dose was due last week: an infection got in the way."""
    start = c.ago(months=18)
    c.diagnosed(5)
    c.prepared(start)
    c.doses(start, c.ago(days=c.rng.randint(36, 52)))
    c.serology(start, last_months=2)
    c.scans(start, last_months=5)
    c.blood_tests(start)


def long_gap(c: Course) -> None:
    """Stayed away for four months after many doses and wants to go on."""
    start = c.ago(months=28)
    c.diagnosed(7)
    c.prepared(start)
    c.doses(start, c.ago(weeks=17))
    c.serology(start, last_months=5)
    c.scans(start, last_months=9)
    c.blood_tests(start, last_months=5)
    c.informed(start)


def gap_after_two_doses(c: Course) -> None:
    """Two doses, then four months of nothing: antibodies are likelier at a restart."""
    start = c.ago(weeks=21)
    c.diagnosed(3)
    c.prepared(start)
    c.doses(start, c.ago(weeks=17))


def dose_due_today(c: Course) -> None:
    """Sits in the chair today; all in time."""
    start = c.ago(weeks=64)
    c.diagnosed(4)
    c.prepared(start)
    c.doses(start, c.ago(weeks=4))
    c.serology(start, last_months=2)
    c.scans(start, last_months=7)
    c.blood_tests(start)
    c.plan_dose(0)


def too_early(c: Course) -> None:
    """Asks for the next dose after only two weeks, before a journey."""
    start = c.ago(weeks=58)
    c.diagnosed(5)
    c.prepared(start)
    c.doses(start, c.ago(weeks=2))
    c.serology(start, last_months=2)
    c.scans(start, last_months=8)
    c.blood_tests(start)
    c.plan_dose(3)


def nothing_known(c: Course) -> None:
    """A number and a name, and not a single entry of the past."""
    c.add("diagnosis", c.ago(days=4), name="multiple sclerosis")
