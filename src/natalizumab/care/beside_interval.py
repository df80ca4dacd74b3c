"""What a record says that the concentration does not know, where an interval is to be chosen by it."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.extended import recent_activity
from natalizumab.care.protocol import Protocol
from natalizumab.record import Concentration, Mri, Pregnancy
from natalizumab.record.dates import add_months
from natalizumab.record.level_assays import assay


def beside_interval(case: Case, p: Protocol) -> tuple[str, ...]:
    """Whole sentences, the gravest first: a restart, pregnancy, recent disease activity, an assay without a factor."""
    return (*_treatment(case, p), *_pregnancy(case), *_activity(case, p), *_assays(case, p))


def _treatment(case: Case, p: Protocol) -> Iterator[str]:
    if case.stop is None and case.gap and case.last_dose is not None:
        yield (
            f"The last dose was on {case.last_dose.day}, more than {p['latest_weeks']} weeks ago: the next one would "
            "be a restart, see the plan."
        )


def _pregnancy(case: Case) -> Iterator[str]:
    last = case.last(Pregnancy)
    if last is not None and (last.ended is None or not case.reached(last.ended)):
        yield (
            f"Pregnancy is on record ({last.day}): this model knows nothing of what pregnancy does to the "
            "concentration, and the interval is a decision of its own."
        )


def _activity(case: Case, p: Protocol) -> Iterator[str]:
    for words, facts in recent_activity(case, p):
        yield f"Recent disease activity: {words}." if facts else f"Recent disease activity is not known: {words}."
    months = p["extended_relapse_months"]
    new = [scan for scan in case.all(Mri) if scan.new_t2 and not case.reached(add_months(scan.day, months))]
    if new:
        yield f"Recent disease activity: new lesions on the scan of {new[-1].day}. Disease activity goes before levels."


def _assays(case: Case, p: Protocol) -> Iterator[str]:
    """A clinic that states factors may have spelled one otherwise than its levels do."""
    if not p.level_assays:
        return
    measured = (assay(level.assay, p.assay_factors) for level in case.all(Concentration))
    for name in dict.fromkeys(one.name for one in measured if one.origin != "stated"):
        yield f"The protocol {p.name} has no factor for levels by the assay {name}."
