"""What one person adds to the clinic's figures, as whole numbers under names: so sums can be kept and changed by one.

The names stand in the database: whoever changes one, or what it counts, raises ``shape.SHAPE``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from natalizumab.clinic.vigilance.measuring import EXPECTED
from natalizumab.clinic.vigilance.shape import Facts, MonthEnd
from natalizumab.clinic.vigilance.signals import SIGNALS, Signal

Added = Mapping[str, int]

BETWEEN = "|"
ANYTHING = "anything"
UNREADABLE = "unreadable"
EXPECTED_PER_CASE = 10**12
"""Expected cases are counted in millionths of a millionth, since sums of whole numbers never drift."""


def named(*parts: object) -> str:
    """The name under which something is counted."""
    return BETWEEN.join(map(str, parts))


def added_by(facts: Facts) -> Counter[str]:
    """All that a person with these facts adds."""
    found = Counter({"people": 1, named("state", facts.state if facts.readable else UNREADABLE): 1})
    for day, month in facts.months.items():
        found.update(_of_month(day.isoformat(), month))
    if facts.readable:
        found.update(_of_treatment(facts))
        found.update(_of_doses(facts))
        found.update(name for signal in SIGNALS for name in _of_signal(signal, facts))
        found.update(_of_time(facts))
    return found


def _of_month(day: str, month: MonthEnd) -> Iterator[str]:
    yield named("month", day, "people")
    if not month.readable:
        yield named("month", day, UNREADABLE)
    if month.treated:
        yield named("month", day, "treated")
        yield from (named("month", day, "late", kind) for kind in month.overdue)
        if month.overdue:
            yield named("month", day, "late", ANYTHING)


def _of_treatment(facts: Facts) -> Iterator[str]:
    if facts.interval_weeks is not None and facts.route:
        yield named("regimen", float(facts.interval_weeks), facts.route)
    if facts.treated:
        yield "treated"
        yield named("band", facts.band)
        figure = facts.pml_per_1000
        yield named("no figure", facts.no_figure or "") if figure is None else named("risk", float(figure))


def _of_doses(facts: Facts) -> Counter[str]:
    """Reactions by the number of the dose; a dose with two of them counts once."""
    found = Counter({named("dose", group, "given"): count for group, count in facts.doses.items()})
    reacted = {reaction.dose: reaction.number for reaction in facts.reactions}
    hyper = {reaction.dose: reaction.number for reaction in facts.reactions if reaction.hypersensitivity}
    found.update(named("dose", group, "reactions") for group in reacted.values())
    found.update(named("dose", group, "hypersensitivity") for group in hyper.values())
    return found


def _of_signal(signal: Signal, facts: Facts) -> Iterator[str]:
    """Of a share only those count who were asked."""
    asked = signal.among is None or signal.among(facts)
    if asked and signal.among is not None:
        yield named("signal", signal.slug, "asked")
    if asked and signal.case(facts):
        yield named("signal", signal.slug, "cases")
    if signal.of_all is not None and signal.of_all(facts):
        yield named("signal", signal.slug, "of all")


def _of_time(facts: Facts) -> Counter[str]:
    """Days at risk, and the cases of PML that published figures let expect of them."""
    days = {named("signal", one.slug, "days"): one.days(facts) for one in SIGNALS if one.days is not None}
    found = Counter({name: count for name, count in days.items() if count})
    if facts.expected_status:
        found[EXPECTED] = round(facts.expected_pml * EXPECTED_PER_CASE)
        found[named(EXPECTED, facts.expected_status)] = 1
    return found
