"""The interval that suits one person: how likely each keeps enough drug, and how far label and trials reach.

The concentration alone never decides. What it would allow is capped by the protocol: the labelled interval, then the
one with trial evidence once its conditions are met; longer ones are only shown. Where antibodies are likely nothing is
advised. Whether a dose may be given at all is another question, which the plan answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.antibodies import come_first
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION, History
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Regimen, Route

if TYPE_CHECKING:
    from natalizumab.pharmacology.individual import Posterior, Prediction
    from natalizumab.pharmacology.individualised import Individual

SETTLED_WEEKS = 104
"""Two years of an interval count as its steady state: with half of it, the slowest still lack some per cent."""

Standing = Literal["labelled", "between", "trial", "outside"]

STANDING_WORDS: dict[Standing, str] = {
    "labelled": "labelled",
    "between": "between label and trial",
    "trial": "trial evidence",
    "outside": "outside label and evidence",
}


_TEST_TOO = "Antibodies against natalizumab have a probability of {}: test for them as well."


@dataclass(frozen=True, slots=True)
class Limits:
    """How far the protocol reaches: the labelled interval, and the longest one with trial evidence, in weeks."""

    labelled_weeks: float
    trial_weeks: float

    def standing(self, weeks: int) -> Standing:
        """On what an interval of so many weeks rests."""
        if weeks <= self.labelled_weeks:
            return "labelled"
        if weeks < self.trial_weeks:
            return "between"
        return "trial" if weeks == self.trial_weeks else "outside"


@dataclass(frozen=True, slots=True)
class Trough:
    """Median and 5-95 % of a true concentration (mg/L)."""

    p5: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Interval:
    """``trough`` is that of the interval kept up, ``next_trough`` that of one dose given so many weeks after the last.

    Both probabilities (0-1) are of a trough at or above the target; ``probability_at_target`` is the lower of the two,
    because both must hold.
    """

    weeks: int
    standing: Standing
    trough: Trough
    next_trough: Trough
    probability_sustained: float
    probability_next: float

    @property
    def probability_at_target(self) -> float:
        """Of the sustained and of the next trough, whichever is less likely to reach the target."""
        return min(self.probability_sustained, self.probability_next)


@dataclass(frozen=True, slots=True)
class Advice:
    """``weeks`` is None where no interval can be advised; ``text`` says why this one, or why none.

    ``longest`` is what the concentration alone would allow (None: not even the shortest). ``antibodies`` is their
    probability on the date asked about; the higher, where levels that need checking make a difference. ``beside`` are
    sentences that a decision must not overlook. ``unchecked``: a level that needs checking was left out.
    """

    intervals: tuple[Interval, ...]
    weeks: int | None
    longest: int | None
    text: str
    beside: tuple[str, ...]
    target: float
    probability: float
    antibodies: float
    unchecked: bool = False


def advise(
    individual: Individual,
    limits: Limits,
    *,
    target: float | None = None,
    probability: float | None = None,
    no_dose: Sequence[str] = (),
    trial_entry_unmet: Sequence[str] = (),
    beside: Sequence[str] = (),
) -> Advice:
    """Which interval suits this person, by the trough's target (mg/L) and the probability (0-1) it is to be kept with.

    ``no_dose`` are sentences that speak against any dose: with one, no interval is advised. ``trial_entry_unmet`` says
    in words what of the trial's conditions is missing before a first longer interval; ``beside`` are the caller's own
    remarks. Levels that hardly any plausible person has are left out until they have been checked; while one is so low,
    nothing is advised. Raises ModelError for a target or a probability that is none.
    """
    wanted = float(value("pk.target_trough").value) if target is None else target
    enough = float(value("interval.probability").value) / 100 if probability is None else probability
    if not 0 < wanted <= LARGEST_CONCENTRATION:
        raise ModelError(f"target: {wanted:g} mg/L must be above 0 and at most {LARGEST_CONCENTRATION:g} mg/L")
    if not 0 < enough < 1:
        raise ModelError(f"probability: {enough:g} must lie between 0 and 1, for example 0.9")
    known, patient = individual.relied_on, individual.patient
    found = intervals(known, patient.last_dose_day, patient.route, wanted, limits)
    today = patient.day(individual.on)
    antibodies = min(1.0, max(one.antibodies_on(today) for one in (known, individual.with_levels)))
    longest = _longest(found, enough)
    question = _Question(found, limits, wanted, enough, antibodies, longest, tuple(trial_entry_unmet))
    weeks, text = _advice(individual, question, no_dose)
    remarks = (*beside, *_remarks(individual, question, weeks))
    unchecked = bool(individual.unlikely)
    return Advice(found, weeks, longest, text, remarks, wanted, enough, antibodies, unchecked)


def intervals(
    known: Posterior, last_dose_day: float, route: Route, target: float, limits: Limits
) -> tuple[Interval, ...]:
    """Every whole number of weeks that is looked at, the shortest first; ``last_dose_day`` counts as the history's."""
    from natalizumab.pharmacology.individual import Plan  # only here: it brings the solver

    weeks = range(int(value("interval.shortest").value), int(value("interval.longest").value) + 1)
    next_ = Plan(tuple(last_dose_day + DAYS_PER_WEEK * week for week in weeks))
    regimens = [Regimen(route, week, round(SETTLED_WEEKS / week)) for week in weeks]
    kept_up = [Plan((one.last_interval[1],), History(one.inputs), sustained=True) for one in regimens]
    next_found, *settled = known.predict_each([next_, *kept_up])
    reached_next = next_found.at_least(target)
    return tuple(
        Interval(
            weeks=week,
            standing=limits.standing(week),
            trough=_trough(lasting, 0),
            next_trough=_trough(next_found, place),
            probability_sustained=float(lasting.at_least(target)[0]),
            probability_next=float(reached_next[place]),
        )
        for place, (week, lasting) in enumerate(zip(weeks, settled, strict=True))
    )


def percent(share: float) -> str:
    """A probability for a reader. Nothing is certain here: the rarest of what was left out would be among the rest."""
    if share < 0.01:
        return "less than 1 %"
    if share > 0.99:
        return "more than 99 %"
    return f"{100 * share:.0f} %"


def short_percent(share: float) -> str:
    """The same in the least room: ``<1 %``, ``50 %``, ``>99 %``."""
    return percent(share).replace("less than ", "<").replace("more than ", ">")


@dataclass(frozen=True, slots=True)
class _Question:
    """What the words of the advice rest on."""

    found: tuple[Interval, ...]
    limits: Limits
    target: float
    probability: float
    antibodies: float
    longest: int | None
    unmet: tuple[str, ...]

    def reached(self, weeks: int) -> str:
        """The probability of an interval, in words."""
        return next(percent(one.probability_at_target) for one in self.found if one.weeks == weeks)


def _trough(found: Prediction, place: int) -> Trough:
    return Trough(float(found.p5[place]), float(found.p50[place]), float(found.p95[place]))


def _longest(found: Sequence[Interval], enough: float) -> int | None:
    """The longest interval up to which every one is likely enough."""
    longest = None
    for one in found:
        if one.probability_at_target < enough:
            break
        longest = one.weeks
    return longest


def _advice(individual: Individual, q: _Question, no_dose: Sequence[str]) -> tuple[int | None, str]:
    """The weeks and the words, what weighs most first: no dose at all, then levels to check, then the concentration."""
    if no_dose:
        return None, f"No interval is advised: {' '.join(no_dose)}"
    return _unchecked(individual, q) if individual.unlikely else _by_concentration(q)


def _unchecked(individual: Individual, q: _Question) -> tuple[int | None, str]:
    """What is advised without the levels that need checking: nothing where one is too low, which may be antibodies."""
    doubts = "; ".join(one.words(individual.date_of) for one in individual.unlikely)
    several = len(individual.unlikely) > 1
    if any(one.said == "low" for one in individual.unlikely):
        too = f" {_TEST_TOO.format(percent(q.antibodies))}" if come_first(q.antibodies) else ""
        if several:
            return None, f"No interval is advised before the levels have been checked. {doubts}.{too}"
        return None, f"No interval is advised before the level has been checked. {doubts}.{too}"
    weeks, text = _by_concentration(q)
    if several:
        return weeks, f"Check the levels first. {doubts}. Without them: {text}"
    return weeks, f"Check the level first. {doubts}. Without it: {text}"


def _by_concentration(q: _Question) -> tuple[int | None, str]:
    aim = f"the trough at or above {q.target:g} mg/L"
    if come_first(q.antibodies):
        return None, (
            f"No interval is advised: antibodies against natalizumab have a probability of {percent(q.antibodies)}. "
            "Test for antibodies first."
        )
    shortest = q.found[0].weeks
    if q.longest is None:
        return None, (
            f"No interval is advised: even {shortest}-weekly dosing keeps {aim} only with a probability of "
            f"{q.reached(shortest)}, and {percent(q.probability)} is asked for. Look for antibodies, missed doses and "
            "a wrong sample, weight or target before anything is changed."
        )
    weeks, why = _capped(q, q.longest)
    return weeks, f"{weeks} weeks: {aim} with a probability of {q.reached(weeks)}. {why}"


def _capped(q: _Question, longest: int) -> tuple[int, str]:
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
    if longest < trial:
        return longest, (
            f"It is the longest with enough certainty, and lies between the labelled {labelled:g} weeks and the "
            f"{trial:g} weeks with trial evidence."
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


def _remarks(individual: Individual, q: _Question, weeks: int | None) -> list[str]:
    """What the model itself has to say beside the advice."""
    patient, remarks = individual.patient, []
    if not patient.levels:
        remarks.append(
            "No level counts so far: this rests on weight and doses alone. A measured trough narrows it, and may allow "
            "a longer interval or show antibodies."
        )
    heavy = float(value("interval.heavy_above").value)
    if weeks is not None and weeks > q.limits.labelled_weeks and patient.weight_kg > heavy:
        remarks.append(
            f"{patient.weight_kg:g} kg is above {heavy:g} kg, where troughs at {weeks} weeks are lower: measure one "
            "after the change."
        )
    if weeks is not None and weeks > q.limits.labelled_weeks and patient.route == "sc":
        remarks.append(f"The trial of {q.limits.trial_weeks:g}-weekly dosing gave infusions, not injections.")
    elapsed = patient.day(individual.on) - patient.last_dose_day
    if weeks is not None and elapsed > DAYS_PER_WEEK * weeks:
        remarks.append(
            f"The last dose was {elapsed:.0f} days ago, longer than {weeks} weeks: the interval counts from the next "
            "dose on."
        )
    return remarks
