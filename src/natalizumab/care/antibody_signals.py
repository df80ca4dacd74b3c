"""What makes one think of antibodies against natalizumab: a reaction, activity, lymphocytes, a level, the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from natalizumab.care.case import Case
from natalizumab.care.effect import breakthrough
from natalizumab.care.eligibility import is_hypersensitivity
from natalizumab.care.pml import scans_suspected
from natalizumab.care.protocol import Protocol
from natalizumab.care.reactions import asks_for_antibodies
from natalizumab.care.units import converted
from natalizumab.record import Antibody, Concentration, Event, Lab, Reaction
from natalizumab.record.dates import add_days, add_months
from natalizumab.record.level_assays import assay
from natalizumab.record.standing import since, upto

_COUNT = "10*9/L"


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign of antibodies: since when a test is wanted, in words, and the entries behind it."""

    day: date
    words: str
    facts: tuple[Event, ...]


def signals(case: Case, p: Protocol) -> Iterator[Signal]:
    """Every sign of antibodies: what happened within the year, and what the last count and the last level say."""
    for signal in (*_reactions(case, p), *_activity(case, p)):
        if not case.reached(add_months(signal.day, p["antibody_signal_months"])):
            yield signal
    yield from _lymphocytes(case, p)
    yield from _low_trough(case, p)
    yield from _probability(case, p)


def _reactions(case: Case, p: Protocol) -> Iterator[Signal]:
    """Reactions that antibodies may be behind; after hypersensitivity HYP-01 asks for the test."""
    for event in case.all(Reaction):
        if asks_for_antibodies(event, p) and not is_hypersensitivity(event):
            yield Signal(event.day, f"reaction on {event.day}", (event,))


def _activity(case: Case, p: Protocol) -> Iterator[Signal]:
    for event in breakthrough(case, p):
        what = "relapse" if event.kind == "relapse" else "active scan"
        doubt = " (suspected of PML: settle that first)" if event in scans_suspected(case) else ""
        yield Signal(event.day, f"{what} of {event.day} despite treatment{doubt}", (event,))


def _lymphocytes(case: Case, p: Protocol) -> Iterator[Signal]:
    """The last count on treatment has not risen over the last one before it; without both, nothing is said.

    A test is wanted from the first of the flat counts on: one that found nothing is not repeated with every count.
    """
    first = case.first_dose
    if first is None:
        return
    tests = case.labs("lymphocytes")
    oldest = add_months(first, -p["baseline_laboratory_months"])
    before = next((number for test, number in _latest_counts(upto(tests, first)) if test.day >= oldest), None)
    if before is None:
        return
    later = _latest_counts(since(tests, add_days(first, p["lymphocytes_from_days"])))
    on_drug = (counted for counted in later if _acting(case, counted[0].day, p))
    risen = before * (1 + p["lymphocytes_flat_percent"] / 100)
    flat = list(takewhile(lambda counted: counted[1] < risen, on_drug))
    if flat:
        (last, now), (earliest, _) = flat[0], flat[-1]
        words = f"lymphocytes {now:g} on {last.day} after {before:g} before treatment: natalizumab raises them"
        yield Signal(earliest.day, words, (last,))


def _latest_counts(tests: Sequence[Lab]) -> Iterator[tuple[Lab, float]]:
    """The counts in a unit that is known here, the latest first."""
    for test in reversed(tests):
        number = converted(test.value, test.unit, _COUNT)
        if number is not None:
            yield test, number


def _acting(case: Case, day: date, p: Protocol) -> bool:
    """Whether a dose was given recently enough before that day for lymphocytes to be raised."""
    given = case.course.dose_before(day)
    return given is not None and day <= add_days(given.day, 7 * p["lymphocytes_sample_weeks"])


def _low_trough(case: Case, p: Protocol) -> Iterator[Signal]:
    """The last level that can be held against a 4-weekly trough lies below those of people without antibodies."""
    level = next((level for level in reversed(case.all(Concentration)) if _is_trough(case, level, p)), None)
    if level is None:
        return
    lower, upper = p["antibody_trough_mg_per_l"]
    first = case.first_dose
    early = first is not None and level.day <= add_months(first, p["antibody_trough_months"])
    limit, number = upper if early else lower, level.mg_per_l / assay(level.assay, p.assay_factors).factor
    if number < limit or (level.below and number <= limit):
        words = f"level of {'under ' if level.below else ''}{level.mg_per_l:g} mg/L on {level.day}"
        yield Signal(level.day, f"{words}, below the {limit:g} mg/L of nearly everybody without antibodies", (level,))


def _is_trough(case: Case, level: Concentration, p: Protocol) -> bool:
    """Whether a level was taken so many days after the dose before it, whichever of the two was entered first."""
    earliest, latest = p["antibody_trough_days"]
    before = case.course.dose_until(level.day)
    if before is not None and not _all_before(case, before.events, level):
        before = case.course.dose_before(before.day)
    return before is not None and earliest <= (level.day - before.day).days <= latest


def _all_before(case: Case, events: Sequence[Event], level: Event) -> bool:
    """A dose of the level's day without a time is taken to have come after it, as the pharmacology takes it."""
    return all(
        case.place(event) < case.place(level) and not (event.day == level.day and event.at is None) for event in events
    )


def _probability(case: Case, p: Protocol) -> Iterator[Signal]:
    """Doses, levels and tests so far make antibodies more probable than is let pass.

    The probability knows the last test; the next one tells more only once antibodies that last would show twice.
    """
    probability = case.antibody_probability
    if probability is None or 100 * probability <= p["antibody_probability_percent"]:
        return
    levels, tests = case.all(Concentration), case.all(Antibody)
    wanted = levels[-1].day if levels else case.last_dose.day if case.last_dose else case.today()
    if tests:
        wanted = max(wanted, add_days(tests[-1].day, p["antibody_persistent_days"]))
    if case.reached(wanted):
        words = f"antibodies {100 * probability:.0f} % probable by doses, levels and tests"
        yield Signal(wanted, words, tuple(levels[-1:]))
