"""A question as a virtual trial. Importing it loads the solver."""

from __future__ import annotations

from natalizumab.clinic.simulator.question import Question, age_edges, weight_edges
from natalizumab.clinic.simulator.strategies import Strategy, number
from natalizumab.cohort import Arm, Guided, Population, Stop, Trial, population

PEOPLE = 10_000
"""Enough that the Monte Carlo error of a difference is small beside those between strategies."""

BESIDE = 600
"""So many of them are run with each other set of parameters too."""

SEED = 1
YEAR = 52.0
"""Weeks of what is called a year here, so that six of them are those for which a risk of PML is published."""


def trial_of(question: Question) -> Trial:
    """The same question is always the same trial, on the same people."""
    run_in = number("simulator.run_in") if question.by_level else 0.0
    scans = tuple(YEAR * year for year in range(1, question.years + 1))
    return Trial(
        name="simulator",
        arms=tuple(arm(one, run_in) for one in question.chosen),
        people=PEOPLE,
        weeks=YEAR * question.years,
        seed=SEED,
        run_in=run_in,
        scan_weeks=scans,
        population=people_like(question),
        pml_scenario=question.pml,
        extended_weeks=number("simulator.extended_from"),
    )


def arm(strategy: Strategy, run_in: float) -> Arm:
    """Moments are counted from the first dose, which lies ``run_in`` weeks before arms part."""
    if strategy.target is not None:
        guided = Guided(
            strategy.target, int(strategy.weeks), int(number("simulator.longest_by_level")),
            number("interval.probability") / 100,
        )  # fmt: skip
        return Arm(strategy.key, guided=guided)
    later = number("simulator.later_from") - run_in if strategy.later_weeks else None
    return Arm(
        strategy.key,
        route=strategy.route,
        mg=number("dosing.dose") if strategy.drug else 0.0,
        weeks=strategy.weeks,
        later_weeks=strategy.later_weeks,
        later_from=later,
        stop=Stop(number("simulator.stop_after"), high_index=True) if strategy.stops else None,
    )


def people_like(question: Question) -> Population:
    """Adults of that kind; what the question does not say is as among all."""
    ages, weights = age_edges(), weight_edges()
    age, weight = int(question.age), int(question.weight)
    own = {
        "age_min": ages[age],
        "age_max": ages[age + 1],
        "weight_min": weights[weight],
        "weight_max": weights[weight + 1],
        "jcv_positive": 0.0 if question.jcv == "negative" else 100.0,
        "index_low": 100.0 if question.jcv == "low" else 0.0,
        "index_middle": 100.0 if question.jcv == "middle" else 0.0,
        "prior_immunosuppressant": 100.0 if question.prior == "yes" else 0.0,
    }
    if question.activity == "high":
        own["activity"] = number("simulator.high_activity")
    return population(own=own)
