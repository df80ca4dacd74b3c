"""Invented courses about JC virus: high index, other assays, samples not to be trusted, prior immunosuppressants."""

from __future__ import annotations

from natalizumab.clinic.demo.course import Course, later


def high_index(c: Course) -> None:
    """Index above 1.5 for years, scanned every four months; a prescriber has confirmed that benefit outweighs risk."""
    start = c.ago(months=c.rng.uniform(28, 58))
    index = round(c.rng.uniform(1.9, 3.2), 2)
    c.diagnosed(9)
    c.prepared(start, jcv="positive", index=index)
    c.doses(start, c.ago(days=c.rng.randint(8, 26)))
    c.serology(start, "positive", index, last_months=3)
    c.scans(start, last_months=5)
    c.short_scans(later(start, 18), last_months=1.5)
    c.blood_tests(start)
    c.informed(start)
    c.answer("RSK-04")


def high_index_unconfirmed(c: Course) -> None:
    """The same, but nobody has confirmed the benefit in the last six months."""
    high_index(c)
    c.answer()


def beyond_the_table(c: Course) -> None:
    """More than six years on treatment: there is no published estimate any more."""
    start = c.ago(months=86)
    c.diagnosed(12)
    c.prepared(start, jcv="positive", index=0.7)
    c.doses(start, c.ago(days=17))
    c.serology(start, "positive", 0.7, last_months=2)
    c.scans(start, last_months=4, every_months=6)
    c.blood_tests(start)
    c.informed(start)


def prior_azathioprine(c: Course) -> None:
    """Azathioprine before natalizumab counts for the risk for good."""
    start = c.ago(months=31)
    c.diagnosed(11, earlier="azathioprine")
    c.prepared(start, jcv="positive", index=1.1)
    c.doses(start, c.ago(days=13))
    c.serology(start, "positive", 1.1, last_months=2)
    c.scans(start, last_months=4, losing=0.34)
    c.scored(start, (-0.5, 3.5), (5, 3), (16, 3.5))
    c.short_scans(later(start, 18), last_months=1.5)
    c.blood_tests(start)
    c.informed(start)


def immunowell_positive(c: Course) -> None:
    """Positive by ImmunoWELL after negative STRATIFY tests: its index can't be read in the published table."""
    start = c.ago(months=21)
    c.diagnosed(5)
    c.prepared(start)
    c.doses(start, c.ago(days=18), product="Tyruko")
    for months in (15, 9):
        c.jcv(c.ago(months=months), "negative")
    c.jcv(c.ago(months=2), "positive", 1.1, assay="ImmunoWELL")
    c.scans(start, last_months=3)
    c.blood_tests(start)


def seroconverted(c: Course) -> None:
    """Negative for two years, positive last month; not repeated yet."""
    start = c.ago(months=27)
    c.diagnosed(6)
    c.prepared(start)
    c.doses(start, c.ago(days=11))
    c.serology(start, last_months=7)
    c.jcv(c.ago(months=1), "positive", 0.62)
    c.scans(start, last_months=4)
    c.blood_tests(start)
    c.informed(start)


def negative_after_positive(c: Course) -> None:
    """One negative result among positive ones: still counted as positive."""
    start = c.ago(months=20)
    c.diagnosed(6)
    c.prepared(start, jcv="positive", index=0.55)
    c.doses(start, c.ago(days=20))
    c.jcv(c.ago(months=12), "positive", 0.48)
    c.jcv(c.ago(months=3), "negative", 0.19)
    c.scans(start, last_months=4)
    c.blood_tests(start)


def indeterminate(c: Course) -> None:
    """The laboratory could not tell."""
    start = c.ago(months=10)
    c.diagnosed(3)
    c.prepared(start)
    c.doses(start, c.ago(days=9))
    c.jcv(c.ago(months=1.5), "indeterminate", 0.31)
    c.scans(start, last_months=3)
    c.blood_tests(start)


def after_immunoglobulins(c: Course) -> None:
    """Tested two months after intravenous immunoglobulins, which carry other people's antibodies."""
    start = c.ago(months=15)
    c.diagnosed(5)
    c.prepared(start)
    c.doses(start, c.ago(days=14))
    c.serology(start, last_months=9)
    c.add("procedure", c.ago(months=4), name="intravenous immunoglobulin")
    c.jcv(c.ago(months=2), "positive", 0.9)
    c.scans(start, last_months=2.5)
    c.blood_tests(start)


def after_alemtuzumab(c: Course) -> None:
    """Alemtuzumab years ago: outside what the published tables describe."""
    start = c.ago(months=13)
    c.diagnosed(9, earlier="alemtuzumab")
    c.prepared(start, jcv="positive", index=1.3)
    c.doses(start, c.ago(days=24))
    c.serology(start, "positive", 1.3, last_months=2)
    c.scans(start, last_months=2)
    c.blood_tests(start)
