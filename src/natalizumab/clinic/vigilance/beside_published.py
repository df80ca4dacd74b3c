"""The signals as they stand: the clinic's sums held against what was published."""

from __future__ import annotations

from natalizumab.clinic.vigilance import measuring
from natalizumab.clinic.vigilance.adding_up import Sums
from natalizumab.clinic.vigilance.at_risk import DAYS_PER_YEAR
from natalizumab.clinic.vigilance.measuring import EXPECTED, Held, Measured, Result
from natalizumab.clinic.vigilance.signals import Signal, said
from natalizumab.evidence import value, values, weakest

EXPECTED_NOTE = (
    "The yearly figure of the European table for each person, with what was known of them then, times the years of "
    "treatment here for which the table has one."
)


def result(signal: Signal, sums: Sums) -> Result:
    """What the clinic has seen of a signal, beside the published figures."""
    if signal.unit == EXPECTED:
        measured, published = _beside_expected(signal, sums)
    else:
        measured = _measured(signal, sums)
        published = [measuring.held(measured, value(key), said(key)) for key in signal.published]
    return Result(
        slug=signal.slug,
        title=signal.title,
        unit=signal.unit,
        measured=measured,
        published=published,
        means=signal.means,
        doubts=signal.doubts,
        among=signal.people,
        of_all=sums.of_signal(signal.slug, "of all") if signal.of_all else None,
    )


def _measured(signal: Signal, sums: Sums) -> Measured:
    cases = sums.of_signal(signal.slug, "cases")
    if signal.days is not None:
        return measuring.rate(cases, sums.of_signal(signal.slug, "days") / DAYS_PER_YEAR, signal.per)
    return measuring.share(cases, sums.of_signal(signal.slug, "asked"))


def _beside_expected(signal: Signal, sums: Sums) -> tuple[Measured, list[Held]]:
    """The number that the published table lets expect in the time for which it has a figure."""
    expected = sums.expected_pml
    measured = measuring.count(sums.of_signal(signal.slug, "cases"), expected)
    statuses = set(sums.expected_statuses())
    if not statuses:
        return measured, []
    sources = tuple(dict.fromkeys(key for cell in values("pml.eu") for key in cell.sources))
    where = measuring.place(measured, expected, expected)
    return measured, [
        Held(measuring.figure(expected), expected, expected, where, weakest(*statuses), sources, (EXPECTED_NOTE,))
    ]
