"""What a virtual trial is: its arms, its people, and for how long they are watched."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from natalizumab.cohort.arms import WEEK, Arm
from natalizumab.cohort.equivalence import Equivalence
from natalizumab.cohort.harms import scenario
from natalizumab.cohort.population import Population, population
from natalizumab.errors import ModelError
from natalizumab.evidence import value

LONGEST_WEEKS, MOST_PEOPLE, MOST_ARMS, MOST_SEEDS, DEAREST = 6 * 52.0, 10_000_000, 8, 2**63, 1e9

SHORTEST_MEASURED = 12.0
"""Weeks of a run-in at the end of which levels can be measured."""


def _known(key: str) -> float:
    return float(value(key).value)


@dataclass(frozen=True, slots=True)
class Costs:
    """What a dose of the drug costs, and an hour in the chair, in any currency; and the hours that a dose takes."""

    dose: float = 0.0
    chair_hour: float = 0.0
    hours_iv: float = field(default_factory=lambda: _known("courses.chair.iv"))
    hours_sc: float = field(default_factory=lambda: _known("courses.chair.sc"))


@dataclass(frozen=True)
class Trial:
    """Everybody begins on day 0 with ``run_in`` weeks of 4-weekly infusions, if any; then the arms part, for ``weeks``.

    Outcomes count from ``from_week`` after the arms have parted, when a scan is the reference, to the end; the weeks of
    the scans, ``scan_weeks``, are those since the arms have parted too. ``stable``: only those take part who had no
    relapse and no antibodies in the run-in, and no lesion with contrast at its end. Raises ModelError if it can't be.
    """

    name: str
    arms: tuple[Arm, ...]
    people: int
    weeks: float
    seed: int = 1
    run_in: float = 0.0
    from_week: float = 0.0
    scan_weeks: tuple[float, ...] = ()
    population: Population = field(default_factory=population)
    stable: bool = False
    pml_scenario: str = "none"
    extended_weeks: float = field(default_factory=lambda: _known("courses.extended_from"))
    costs: Costs = field(default_factory=Costs)
    equivalence: Equivalence | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.arms) <= MOST_ARMS:
            raise ModelError(f"trial: {len(self.arms)} arms; give 1 to {MOST_ARMS}")
        if len({arm.name for arm in self.arms}) < len(self.arms):
            raise ModelError("trial: two arms have the same name")
        if not 1 <= self.people <= MOST_PEOPLE:
            raise ModelError(f"trial: people {self.people} is outside 1 to {MOST_PEOPLE}")
        if not 0 <= self.seed < MOST_SEEDS:
            raise ModelError(f"trial: seed {self.seed} must be a whole number of 0 or more")
        if self.stable and not self.run_in:
            raise ModelError("trial: who is stable shows in a run-in; give its weeks as run_in")
        if any(arm.guided for arm in self.arms) and self.run_in < SHORTEST_MEASURED:
            raise ModelError(
                f"trial: guided intervals take levels from a run-in of {SHORTEST_MEASURED:g} weeks or more"
            )
        if self.equivalence and len(self.arms) < 2:
            raise ModelError("trial: equivalence compares arms; give two or more")
        self._check_weeks()
        scenario(self.pml_scenario)
        for number in (self.costs.dose, self.costs.chair_hour, self.costs.hours_iv, self.costs.hours_sc):
            if not 0 <= number < DEAREST:
                raise ModelError(f"trial: costs and hours must be 0 or more, not {number:g}")

    def _check_weeks(self) -> None:
        if not self.weeks > 0 or not self.run_in >= 0 or self.weeks + self.run_in > LONGEST_WEEKS:
            raise ModelError(
                f"trial: weeks must be above 0 and, with a run-in, at most {LONGEST_WEEKS:g}: beyond, nothing is "
                "published on the risk of PML"
            )
        if not 0 <= self.from_week < self.weeks:
            raise ModelError(f"trial: from_week {self.from_week:g} must be 0 or more, and less than weeks")
        rising = all(a < b for a, b in pairwise(self.scan_weeks))
        if not rising or not all(self.from_week < week <= self.weeks for week in self.scan_weeks):
            raise ModelError("trial: scan_weeks must rise, and lie after from_week and within the trial's weeks")

    @property
    def start(self) -> float:
        """The day on which the arms part."""
        return self.run_in * WEEK

    @property
    def counted_from(self) -> float:
        """The day from which outcomes count."""
        return self.start + self.from_week * WEEK

    @property
    def end(self) -> float:
        """The last day."""
        return self.start + self.weeks * WEEK
