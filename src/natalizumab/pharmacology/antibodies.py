"""Antibodies against the drug as something hidden: who has them, from when until when, and what a test says of it.

Of the people who start, most never have antibodies, few have them for good and fewer for about half a year. They
arise after one of the first three infusions (``ada`` in the evidence). While they are there, the drug is cleared
faster. Each combination is a hypothesis with a prior probability, and a person's data decide between them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from natalizumab.evidence import value
from natalizumab.pharmacology.history import AntibodyPeriod, History
from natalizumab.pharmacology.levels import AntibodyResult

Kind = Literal["none", "transient", "persistent"]
KINDS: tuple[Kind, ...] = get_args(Kind)

DAYS_PER_MONTH = 365.25 / 12

MOMENTS = 14
"""Of the time in which antibodies arise so many are looked at."""

ONSETS = 3
"""Antibodies arise after one of so many infusions."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Antibodies of that kind from day ``start`` to ``end`` (both infinite: never), with a prior probability."""

    kind: Kind
    start: float
    end: float
    prior: float

    def there(self, day: float) -> bool:
        """Whether there are antibodies on that day."""
        return self.start <= day < self.end

    def arisen(self, day: float) -> bool:
        """Whether there are antibodies on that day, or an infusion given by then is the one after which they arise."""
        return self.start - float(value("ada.onset_delay").value) <= day < self.end

    def moments(self) -> tuple[float, ...]:
        """Days on which antibodies may have become such as a test finds, all as probable: nobody knows when that was
        between the infusion and the rise of clearance (``ada.onset_delay`` later).
        """
        if not self.start < self.end:
            return (self.start,)
        delay = float(value("ada.onset_delay").value)
        return tuple(self.start - delay * (number + 0.5) / MOMENTS for number in range(MOMENTS))

    def applied(self, history: History) -> History:
        """The history as it would be if the hypothesis were true; antibody periods of its own are replaced."""
        if math.isinf(self.start):
            return history.with_antibodies()
        return history.with_antibodies(AntibodyPeriod(self.start, self.end, clearance_factor()))


def hypotheses(dose_days: Sequence[float]) -> tuple[Hypothesis, ...]:
    """All hypotheses for somebody who had doses on those days, the one without antibodies first.

    Antibodies that would arise after an infusion that has not been given yet have not arisen: they start, and end,
    at infinity. The priors sum to 1.
    """
    shares = {kind: _share(f"ada.{kind}_share") for kind in KINDS[1:]}
    return (
        Hypothesis("none", math.inf, math.inf, 1 - sum(shares.values())),
        *(
            Hypothesis(kind, start, _end(kind, start, dose_days), share * part)
            for kind, share in shares.items()
            for start, part in _onsets(sorted(dose_days))
        ),
    )


def periods(first_doses: NDArray[np.float64], which: NDArray[np.int64]) -> tuple[NDArray[np.float64], ...]:
    """Start and end (people,) of the antibodies of very many people, each under the hypothesis of that number.

    ``first_doses`` (people, 3) are the days of the first three doses, NaN for one that was not given.
    """
    wide = np.full((len(first_doses), ONSETS), np.nan)
    wide[:, : first_doses.shape[1]] = first_doses
    after, transient = (which - 1) % ONSETS, (which > 0) & (which <= ONSETS)
    day = wide[np.arange(len(wide)), after] + float(value("ada.onset_delay").value)
    start = np.where((which > 0) & np.isfinite(day), day, np.inf)
    lasting = float(value("ada.transient_duration").value) * DAYS_PER_MONTH
    end = np.where(transient & np.isfinite(start), np.maximum(start, wide[:, 0] + lasting), np.inf)
    return start, end


def clearance_factor() -> float:
    """By how much antibodies multiply the linear clearance."""
    return float(value("ada.clearance_factor").value)


def probability_of(results: Sequence[AntibodyResult], hypothesis: Hypothesis) -> float:
    """The probability of these test results if the hypothesis were true, each given those before it.

    Antibodies that are positive twice and far enough apart (``ada.persistence_apart``) are persistent by definition:
    transient ones are no longer found so long after they were, though the drug is still cleared faster for a while.
    """
    ordered = sorted(results, key=lambda result: result.day)
    if not ordered:
        return 1.0
    each = [_since(moment, ordered, hypothesis) for moment in hypothesis.moments()]
    return sum(each) / len(each)


def _since(moment: float, results: Sequence[AntibodyResult], hypothesis: Hypothesis) -> float:
    """The probability of results in their order, if antibodies can be found from that moment on."""
    found, absent = _share("ada.test_sensitivity"), _share("ada.test_specificity")
    apart, first = float(value("ada.persistence_apart").value), None
    probability = 1.0
    for result in results:
        gone = first is not None and first.days_before(result) >= apart
        there = moment <= result.day < hypothesis.end and not gone
        positive = found if there else 1 - absent
        probability *= positive if result.positive else 1 - positive
        if first is None and there and result.positive and hypothesis.kind == "transient":
            first = result
    return probability


def come_first(probability: float) -> bool:
    """Whether antibodies are so probable that they are tested for before an interval is chosen."""
    return probability > _share("interval.antibodies_first")


def _onsets(dose_days: Sequence[float]) -> Iterator[tuple[float, float]]:
    """When clearance rises if antibodies arise after the first, second or third infusion, and how probable that is."""
    delay = float(value("ada.onset_delay").value)
    parts = [_share(f"ada.first_positive_after_{number}") for number in range(1, ONSETS + 1)]
    for number, part in enumerate(parts):
        day = dose_days[number] + delay if number < len(dose_days) else math.inf
        yield day, part / sum(parts)


def _end(kind: Kind, start: float, dose_days: Sequence[float]) -> float:
    if kind == "persistent" or math.isinf(start):
        return math.inf
    return max(start, min(dose_days) + float(value("ada.transient_duration").value) * DAYS_PER_MONTH)


def _share(key: str) -> float:
    return float(value(key).value) / 100
