"""What a virtual trial is: its arms, its people, and for how long they are watched."""

from __future__ import annotations

from dataclasses import dataclass, field

from natalizumab.cohort.arms import WEEK, Arm
from natalizumab.cohort.harms import scenario
from natalizumab.cohort.population import Population, population
from natalizumab.errors import ModelError

LONGEST_WEEKS, MOST_PEOPLE, MOST_ARMS = 6 * 52.0, 10_000_000, 8


@dataclass(frozen=True, slots=True)
class Costs:
    """What a dose of the drug costs, and an hour in the chair, in any currency; and the hours that a dose takes."""

    dose: float = 0.0
    chair_hour: float = 0.0
    hours_iv: float = 2.0
    hours_sc: float = 1.0


@dataclass(frozen=True)
class Trial:
    """Everybody begins on day 0 with ``run_in`` weeks of 4-weekly infusions, if any; then the arms part, and outcomes
    count for ``weeks``. ``scan_weeks`` count from there too; the first day of the window has a scan of its own, the
    reference. ``stable``: only those take part who had no relapse and no antibodies in the run-in, and no lesion with
    contrast at its end. Raises ModelError for what can't be.
    """

    name: str
    arms: tuple[Arm, ...]
    people: int
    weeks: float
    seed: int = 1
    run_in: float = 0.0
    scan_weeks: tuple[float, ...] = ()
    population: Population = field(default_factory=population)
    stable: bool = False
    pml_scenario: str = "none"
    extended_weeks: float = 5.0
    costs: Costs = Costs()

    def __post_init__(self) -> None:
        if not 1 <= len(self.arms) <= MOST_ARMS:
            raise ModelError(f"trial: {len(self.arms)} arms; give 1 to {MOST_ARMS}")
        if len({arm.name for arm in self.arms}) < len(self.arms):
            raise ModelError("trial: two arms have the same name")
        if not 1 <= self.people <= MOST_PEOPLE:
            raise ModelError(f"trial: people {self.people} is outside 1 to {MOST_PEOPLE}")
        if not 0 <= self.seed < 2**63:
            raise ModelError(f"trial: seed {self.seed} must be a whole number of 0 or more")
        if not self.weeks > 0 or not self.run_in >= 0 or self.weeks + self.run_in > LONGEST_WEEKS:
            raise ModelError(
                f"trial: weeks must be above 0 and, with a run-in, at most {LONGEST_WEEKS:g}: beyond, nothing is "
                "published on the risk of PML"
            )
        rising = all(a < b for a, b in zip(self.scan_weeks, self.scan_weeks[1:], strict=False))
        if not rising or not all(0 < week <= self.weeks for week in self.scan_weeks):
            raise ModelError("trial: scan_weeks must rise, and lie after week 0 and within the trial's weeks")
        if self.stable and not self.run_in:
            raise ModelError("trial: who is stable shows in a run-in; give its weeks as run_in")
        scenario(self.pml_scenario)
        for number in (self.costs.dose, self.costs.chair_hour, self.costs.hours_iv, self.costs.hours_sc):
            if not 0 <= number < 1e9:
                raise ModelError(f"trial: costs and hours must be 0 or more, not {number:g}")

    @property
    def start(self) -> float:
        """The day on which the arms part."""
        return self.run_in * WEEK

    @property
    def end(self) -> float:
        """The last day."""
        return self.start + self.weeks * WEEK
