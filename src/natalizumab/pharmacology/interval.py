"""The interval that suits one person: how likely each keeps enough drug, and how far label and trials reach.

The concentration alone never decides. What it would allow is capped by the protocol: the labelled interval, then the
one with trial evidence once its conditions are met; longer ones are only shown. Where antibodies are likely nothing is
advised. Whether a dose may be given at all is another question, which the plan answers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION, History
from natalizumab.pharmacology.interval_words import Question, chosen, remarks
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Input, Regimen, Route

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


@dataclass(frozen=True, slots=True)
class Limits:
    """How far label, trials and protocol reach, in weeks: the labelled interval, the one with trial evidence, and the
    longest that the protocol allows (None: that of the trial).
    """

    labelled_weeks: float
    trial_weeks: float
    allowed_weeks: float | None = None

    @classmethod
    def of_protocol(cls, labelled_weeks: float, allowed_weeks: float) -> Limits:
        """A clinic's own protocol may allow less than what was tried; what was tried stays the same."""
        return cls(labelled_weeks, float(value("dosing.extended_interval").value), allowed_weeks)

    @property
    def longest_weeks(self) -> float:
        """The longest interval that is ever advised."""
        return self.trial_weeks if self.allowed_weeks is None else min(self.allowed_weeks, self.trial_weeks)

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

    The probabilities (0-1) are of a trough at or above the target: kept up, before that next dose, and, where the day
    of that dose has passed, so many weeks after one that is given ``from_today`` (else None). All must hold: the lowest
    is ``probability_at_target``.
    """

    weeks: int
    standing: Standing
    trough: Trough
    next_trough: Trough
    probability_sustained: float
    probability_next: float
    probability_from_today: float | None

    @property
    def probability_at_target(self) -> float:
        """Of the troughs, whichever is least likely to reach the target."""
        today = self.probability_from_today
        return min(self.probability_sustained, self.probability_next, 1.0 if today is None else today)


@dataclass(frozen=True, slots=True)
class Advice:
    """``weeks`` is None where no interval can be advised; ``text`` says why this one, or why none.

    ``longest`` is what the concentration alone would allow (None: not even the shortest). ``antibodies`` is their
    probability on the date asked about, or soon after the infusions given by then; the higher, where levels that need
    checking make a difference. ``beside`` are sentences that a decision must not overlook. ``unchecked``: a level that
    needs checking was left out.
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
    remarks. Levels that hardly any plausible person has, or that contradict the others, are left out until they have
    been checked; while one is so low, nothing is advised. Raises ModelError for a target or a probability that is none.
    """
    wanted = float(value("pk.target_trough").value) if target is None else target
    enough = float(value("interval.probability").value) / 100 if probability is None else probability
    if not 0 < wanted <= LARGEST_CONCENTRATION:
        raise ModelError(f"target: {wanted:g} mg/L must be above 0 and at most {LARGEST_CONCENTRATION:g} mg/L")
    if not 0 < enough < 1:
        raise ModelError(f"probability: {enough:g} must lie between 0 and 1, for example 0.9")
    known, patient = individual.relied_on, individual.patient
    today = patient.day(individual.on)
    found = intervals(known, (patient.last_dose_day, today), patient.route, wanted, limits)
    antibodies = individual.antibodies_today
    longest = _longest(found, enough)
    tests = patient.antibody_results
    question = Question(found, limits, wanted, enough, antibodies, longest, tuple(trial_entry_unmet), tests)
    weeks, text = chosen(individual, question, no_dose)
    said = (*beside, *remarks(individual, question, weeks))
    return Advice(found, weeks, longest, text, said, wanted, enough, antibodies, bool(individual.unlikely))


def intervals(
    known: Posterior, last_and_today: tuple[float, float], route: Route, target: float, limits: Limits
) -> tuple[Interval, ...]:
    """Every whole number of weeks that is looked at, the shortest first; both days are the history's."""
    from natalizumab.pharmacology.individual import Plan  # only here: it brings the solver

    weeks = range(int(value("interval.shortest").value), int(value("interval.longest").value) + 1)
    last, today = last_and_today
    next_ = Plan(tuple(last + DAYS_PER_WEEK * week for week in weeks))
    regimens = [Regimen(route, week, round(SETTLED_WEEKS / week)) for week in weeks]
    kept_up = [Plan((one.last_interval[1],), History(one.inputs), sustained=True) for one in regimens]
    passed = [week for week in weeks if math.floor(today) > math.floor(last) + DAYS_PER_WEEK * week]
    given_now = known.history.then(Input(today, float(value("dosing.dose").value), route))
    restarted = [Plan(tuple(today + DAYS_PER_WEEK * week for week in passed), given_now)] if passed else []
    next_found, *settled = known.predict_each([next_, *kept_up, *restarted])
    from_today = dict(zip(passed, settled.pop().at_least(target).tolist(), strict=True)) if passed else {}
    reached_next = next_found.at_least(target)
    return tuple(
        Interval(
            weeks=week,
            standing=limits.standing(week),
            trough=_trough(lasting, 0),
            next_trough=_trough(next_found, place),
            probability_sustained=float(lasting.at_least(target)[0]),
            probability_next=float(reached_next[place]),
            probability_from_today=from_today.get(week),
        )
        for place, (week, lasting) in enumerate(zip(weeks, settled, strict=True))
    )


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
