"""The same in sentences: what was seen, how sure that is, and what it means and doesn't."""

from __future__ import annotations

from natalizumab.clinic.vigilance.measuring import EXPECTED, FEWER, MORE, Measured, Result, figure
from natalizumab.clinic.vigilance.signals import DOSED, PER_100, PER_1000, PERCENT, TESTED, TREATED, UNTIL_POSITIVE

PER_CENT = "\N{NO-BREAK SPACE}%"


def counted(found: Result) -> str:
    """The cases and what they are of."""
    measured = found.measured
    if found.unit == EXPECTED:
        return f"{measured.cases}, where {figure(measured.base)} would be expected"
    return _of_whom(str(measured.cases), found)


def short(found: Result) -> str:
    """The number seen, with its unit."""
    if found.measured.seen is None:
        return "–"
    return str(found.measured.cases) if found.unit == EXPECTED else _in_unit(figure(found.measured.seen), found.unit)


def between(measured: Measured, unit: str) -> str:
    """The interval: "0.8 to 11 %"."""
    if measured.low is None or measured.high is None:
        return ""
    low, high = figure(measured.low), figure(measured.high)
    return f"{low} to {high}\N{NO-BREAK SPACE}%" if unit == PERCENT else f"{low} to {high}"


def seen(found: Result) -> str:
    """What was seen, and the interval within which the truth lies most likely."""
    measured = found.measured
    if measured.seen is None:
        return f"None of it can be counted yet: there are no {found.among}."
    said, interval = figure(measured.seen), between(measured, found.unit)
    if found.unit == EXPECTED:
        return f"{_cases(measured.cases)} where {figure(measured.base)} would be expected (95 % interval {interval})."
    cases = str(measured.cases) if found.unit == PERCENT else _cases(measured.cases)
    return f"{_of_whom(cases, found)}: {_in_unit(said, found.unit)} (95 % interval {interval})."


def least(found: Result) -> str:
    """Of everybody, asked or not: the least that it can be."""
    if not found.of_all:
        return ""
    share = figure(100 * found.measured.cases / found.of_all)
    return f"Of all {found.of_all} who had a dose here, tested or not: {share}{PER_CENT}, the least that it can be."


def verdict(found: Result) -> str:
    """What follows from it, beside the published figures."""
    if found.measured.seen is None or not found.published:
        return ""
    places = {one.place for one in found.published}
    if MORE in places and FEWER not in places and len(places) == 1:
        return (
            "More than published, by more than chance mostly brings. Look at who they are and how they were found "
            "before drawing a conclusion."
        )
    if places == {FEWER}:
        return (
            "Fewer than published, by more than chance mostly brings. It may be better here, or not everything is "
            "found and entered."
        )
    if len(places) > 1:
        return "The published figures differ among themselves, and the interval does not hold them all."
    return (
        f"The interval holds the published {'figure' if len(found.published) == 1 else 'figures'}: "
        "nothing here speaks for a difference, or against one."
    )


def _cases(number: int) -> str:
    return f"{number} {'case' if number == 1 else 'cases'}" if number else "No case"


def _of_whom(cases: str, found: Result) -> str:
    """Whole phrases, because another language builds them otherwise."""
    base = f"{found.measured.base:.0f}"
    return {
        DOSED: f"{cases} of {base} people who had a dose here",
        TESTED: f"{cases} of {base} people who were tested",
        UNTIL_POSITIVE: f"{cases} in {base} person-years from a negative test to the next ones",
        TREATED: f"{cases} in {base} person-years on natalizumab here",
    }[found.among]


def _in_unit(number: str, unit: str) -> str:
    return {
        PERCENT: number + PER_CENT,
        PER_100: f"{number} per 100 person-years",
        PER_1000: f"{number} per 1,000 person-years",
    }[unit]
