"""What is said of the intervals: which one is advised and why, why none is, and what must not be overlooked beside it.

What weighs most comes first: no dose at all, then levels that need checking, then antibodies, then the concentration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from natalizumab.evidence import value
from natalizumab.pharmacology.antibodies import come_first

if TYPE_CHECKING:
    from natalizumab.pharmacology.individualised import Individual
    from natalizumab.pharmacology.interval import Interval, Limits
    from natalizumab.pharmacology.levels import AntibodyResult
    from natalizumab.pharmacology.patient import Patient

ALMOST_NEVER, ROUNDING = 0.01, 1e-9


def percent(share: float) -> str:
    """A probability for a reader. Nothing is certain here: the rarest of what was left out would be among the rest."""
    if share < ALMOST_NEVER:
        return "less than 1 %"
    if share > 1 - ALMOST_NEVER:
        return "more than 99 %"
    return f"{100 * share:.0f} %"


def rounded_down(share: float) -> float:
    """To whole per cent, but at both ends: what falls short of a probability asked for never reads as enough."""
    return floor(100 * share + ROUNDING) / 100 if ALMOST_NEVER <= share <= 1 - ALMOST_NEVER else share


def reached_percent(share: float) -> str:
    """The same of a probability that is asked for."""
    return percent(rounded_down(share))


def short_percent(share: float) -> str:
    """A probability in the least room: ``<1 %``, ``50 %``, ``>99 %``."""
    return _short(percent(share))


def short_reached(share: float) -> str:
    """The same of one that is asked for."""
    return _short(reached_percent(share))


def _short(words: str) -> str:
    return words.replace("less than ", "<").replace("more than ", ">")


@dataclass(frozen=True, slots=True)
class Question:
    """What the words of the advice rest on."""

    found: tuple[Interval, ...]
    limits: Limits
    target: float
    probability: float
    antibodies: float
    longest: int | None
    unmet: tuple[str, ...]
    tests: tuple[AntibodyResult, ...]

    def reached(self, weeks: int) -> str:
        """The probability of an interval, in words."""
        return next(reached_percent(one.probability_at_target) for one in self.found if one.weeks == weeks)


def chosen(individual: Individual, q: Question, no_dose: Sequence[str]) -> tuple[int | None, str]:
    """The weeks that are advised, None where none are, and the words."""
    if no_dose:
        return None, f"No interval is advised: {' '.join(no_dose)}"
    return _unchecked(individual, q) if individual.unlikely else _by_concentration(q)


def _unchecked(individual: Individual, q: Question) -> tuple[int | None, str]:
    """What is advised without the levels that need checking: nothing where one is too low, which may be antibodies."""
    doubts = [one.statement(individual.date_of) for one in individual.unlikely]
    several = len(doubts) > 1
    if any(one.said == "low" for one in individual.unlikely):
        first = "No interval is advised before the level has been checked."
        if several:
            first = "No interval is advised before the levels have been checked."
        return None, " ".join([first, *doubts, *_test_too(individual, q)])
    weeks, text = _by_concentration(q)
    first, then = (
        ("Check the levels first.", f"Without them: {text}")
        if several
        else ("Check the level first.", f"Without it: {text}")
    )
    return weeks, " ".join([first, *doubts, then])


def _test_too(individual: Individual, q: Question) -> Iterator[str]:
    if come_first(q.antibodies):
        yield f"Antibodies against natalizumab have a probability of {percent(q.antibodies)}: test for them as well."
    elif any(one.contradicts for one in individual.unlikely):
        yield "A level that has fallen so far may be lost to antibodies: test for them as well."


def _by_concentration(q: Question) -> tuple[int | None, str]:
    aim = f"the trough at or above {q.target:g} mg/L"
    if come_first(q.antibodies):
        return None, (
            f"No interval is advised: antibodies against natalizumab have a probability of {percent(q.antibodies)}. "
            f"{_test_first(q.tests)}"
        )
    if q.longest is None:
        return None, _not_even_the_shortest(q, aim)
    weeks, why = _capped(q, q.longest)
    return weeks, f"{weeks} weeks: {aim} with a probability of {q.reached(weeks)}. {why}"


def _not_even_the_shortest(q: Question, aim: str) -> str:
    shortest = q.found[0]
    only_next = shortest.probability_sustained >= q.probability
    why = (
        f"Kept up, it would be {reached_percent(shortest.probability_sustained)}: only the next trough falls short, "
        "after the doses as they were given. "
        if only_next
        else ""
    )
    return (
        f"No interval is advised: even {shortest.weeks}-weekly dosing keeps {aim} only with a probability of "
        f"{q.reached(shortest.weeks)}, and {100 * q.probability:.10g} % is asked for. {why}Look for antibodies, missed "
        "doses and a wrong sample, weight or target before anything is changed."
    )


def _test_first(tests: Sequence[AntibodyResult]) -> str:
    """What to do about likely antibodies, by the latest of the tests for them."""
    if not tests:
        return "Test for antibodies first."
    if max(tests, key=lambda test: test.day).positive:
        return "Test for antibodies first: a positive result asks for a second test."
    return "Test for antibodies first: the latest test found none, and the levels say otherwise."


def _capped(q: Question, longest: int) -> tuple[int, str]:
    """What the protocol lets stand of the longest interval, and why."""
    labelled, trial = q.limits.labelled_weeks, q.limits.trial_weeks
    if longest <= labelled:
        following = next((one for one in q.found if one.weeks == longest + 1), None)
        beyond = f"; at {following.weeks} weeks it would be {q.reached(following.weeks)}" if following else ""
        return longest, f"This is the labelled interval, and the longest with enough certainty{beyond}."
    if q.unmet:
        return int(labelled), (
            f"This is the labelled interval. The concentration alone would allow {longest} weeks, but {trial:g}-weekly "
            f"dosing has trial evidence only after its conditions are met: {'; '.join(q.unmet)}."
        )
    between = f"between the labelled {labelled:g} weeks and the {trial:g} weeks with trial evidence"
    if longest < trial and longest <= q.limits.longest_weeks:
        return longest, f"It is the longest with enough certainty, and lies {between}."
    if q.limits.longest_weeks < trial:
        return int(q.limits.longest_weeks), (
            f"It is the longest that this protocol allows, and lies {between}. The concentration alone would allow "
            f"{longest} weeks."
        )
    why = (
        f"{trial:g}-weekly dosing has trial evidence after a year of {labelled:g}-weekly; the label says {labelled:g}."
    )
    if longest > trial:
        why += (
            f" The concentration alone would allow {longest} weeks: more than {trial:g} is outside label and trial "
            "evidence and only shown."
        )
    return int(trial), why


def remarks(individual: Individual, q: Question, weeks: int | None) -> Iterator[str]:
    """What the model itself has to say beside ``weeks``, the advice."""
    patient = individual.patient
    if not patient.levels:
        yield _no_level(patient.antibody_results)
    if weeks is not None and weeks > q.limits.labelled_weeks:
        yield from _beyond_the_label(patient, q.limits, weeks)
    yield from _passed(q, patient.day(individual.on) - patient.last_dose_day)


def _no_level(tests: Sequence[AntibodyResult]) -> str:
    if tests:
        return (
            "No level counts so far: this rests on weight, doses and tests for antibodies alone. A measured trough "
            "narrows it, and may allow a longer interval."
        )
    return (
        "No level counts so far: this rests on weight and doses alone. A measured trough narrows it, and may allow a "
        "longer interval or show antibodies."
    )


def _beyond_the_label(patient: Patient, limits: Limits, weeks: int) -> Iterator[str]:
    heavy = float(value("interval.heavy_above").value)
    if patient.weight_kg > heavy:
        yield (
            f"{patient.weight_kg:g} kg is above {heavy:g} kg, where troughs at {weeks} weeks are lower: measure one "
            "after the change."
        )
    if patient.route == "sc":
        yield f"The trial of {limits.trial_weeks:g}-weekly dosing gave infusions, not injections."


def _passed(q: Question, elapsed: float) -> Iterator[str]:
    """Where an interval is over, what a dose given today leaves; not of those that are only shown."""
    from_today = {one.weeks: one.probability_from_today for one in q.found if one.weeks <= q.limits.trial_weeks}
    passed = {weeks: share for weeks, share in from_today.items() if share is not None}
    if passed:
        after, chances = ", ".join(map(str, passed)), ", ".join(map(short_reached, passed.values()))
        yield (
            f"The last dose was {elapsed:.0f} days ago. Where an interval has passed, what a dose given today leaves "
            f"counts as well: the target is reached {after} weeks after it with a probability of {chances}."
        )
