"""Does every question that the simulator offers become the trial that its words say, and every other a refusal?"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from django.http import QueryDict

from natalizumab.clinic.simulator.assumptions import assumptions
from natalizumab.clinic.simulator.question import Question, choices, read
from natalizumab.clinic.simulator.strategies import strategies
from natalizumab.clinic.simulator.trials import people_like, trial_of
from natalizumab.cohort.outcomes import lot, outcomes
from natalizumab.cohort.population import HIGH, LOW, MIDDLE, people
from natalizumab.disease.model import Block
from natalizumab.disease.model.parameters import fitted

PAIR = "strategy=iv-standard&strategy=iv-extended"


def asked(text: str) -> Question:
    found = read(QueryDict(text))
    assert found.problems == ()
    assert found.question
    return found.question


def problems(text: str) -> tuple[str, ...]:
    found = read(QueryDict(text))
    assert found.question is None
    return found.problems


def doses(question: Question, place: int, count: int = 40) -> list[float]:
    """How many doses each of some virtual people has in one arm of the question's trial."""
    trial = trial_of(question)
    counts = outcomes(lot(trial, fitted(), Block(trial.seed, 0, count)), trial.arms[place])["doses"]
    return [float(number) for number in counts]


def test_every_kind_of_person_and_every_pair_of_strategies_is_a_possible_trial() -> None:
    offered = choices()
    for kind in product(*(offered[name] for name in ("age", "weight", "jcv", "prior", "activity", "pml"))):
        trial_of(Question(("iv-standard", "sc-extended"), 2, *kind))
    for pair in product(strategies(), strategies()):
        for years in offered["years"]:
            text = f"strategy={pair[0]}&strategy={pair[1]}&years={years}"
            found = read(QueryDict(text))
            assert (found.question is None) == (pair[0] == pair[1] or ("level" in "".join(pair) and years == "6"))
            if found.question:
                trial = trial_of(found.question)
                assert [arm.name for arm in trial.arms] == list(pair)
                assert trial.weeks == 52 * int(years)
                assert assumptions(found.question)


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [
        ("iv-standard", 24, 26),
        ("iv-extended", 16, 18),
        ("sc-standard", 24, 26),
        ("sc-extended", 16, 18),
        ("later", 20, 22),
        ("stop", 24, 26),
        ("none", 0, 0),
    ],
)
def test_a_strategy_gives_as_many_doses_over_two_years_as_its_words_say(key: str, least: float, most: float) -> None:
    other = "iv-standard" if key != "iv-standard" else "none"
    found = doses(asked(f"strategy={key}&strategy={other}"), 0)
    assert least <= np.median(found) <= most


def test_a_strategy_under_the_skin_is_given_so() -> None:
    routes = {arm.name: arm.route for arm in trial_of(asked("strategy=sc-standard&strategy=later")).arms}
    assert routes == {"sc-standard": "sc", "later": "iv"}


def test_the_higher_the_target_of_a_level_the_more_doses() -> None:
    question = asked("strategy=level-2&strategy=level-5&strategy=level-10")
    means = [float(np.mean(doses(question, place, 150))) for place in range(3)]
    assert means[0] < means[1] < means[2] < 27


def test_moments_are_counted_from_the_first_dose_with_a_run_in_and_without() -> None:
    without = trial_of(asked("strategy=later&strategy=stop"))
    beside = trial_of(asked("strategy=later&strategy=stop&strategy=level-5"))
    assert (without.run_in, beside.run_in) == (0, 26)
    assert without.arms[0].later_from == 52
    assert beside.arms[0].later_from == 26
    assert [trial.arms[1].stop for trial in (without, beside)] == [without.arms[1].stop] * 2


def test_those_who_stop_are_those_with_a_high_index_after_two_years() -> None:
    stopping = doses(asked("strategy=stop&strategy=none&years=3&jcv=high"), 0)
    staying = doses(asked("strategy=stop&strategy=none&years=3&jcv=middle"), 0)
    assert max(stopping) <= 27
    assert np.median(staying) >= 37


@pytest.mark.parametrize(
    ("chosen", "band", "prior", "ages", "weights"),
    [
        ("jcv=low&age=0&weight=0", LOW, False, (18, 30), (45, 60)),
        ("jcv=middle&age=1&weight=1", MIDDLE, False, (30, 40), (60, 80)),
        ("jcv=high&age=2&weight=2&prior=yes", HIGH, True, (40, 50), (80, 100)),
        ("jcv=high&age=3&weight=3", HIGH, False, (50, 60), (100, 140)),
    ],
)
def test_virtual_people_are_of_the_kind_that_was_asked_for(
    chosen: str, band: int, prior: bool, ages: tuple[float, float], weights: tuple[float, float]
) -> None:
    who = people(Block(1, 0, 1000), people_like(asked(f"{PAIR}&{chosen}")))
    assert (who.band == band).all()
    assert np.isneginf(who.positive_from).all()
    assert (who.prior == prior).all()
    for numbers, (least, most) in ((who.age, ages), (who.kg, weights)):
        assert least <= numbers.min() < numbers.max() <= most


def test_people_without_antibodies_may_get_them_and_then_have_a_low_index() -> None:
    who = people(Block(1, 0, 1000), people_like(asked(f"{PAIR}&jcv=negative")))
    assert (who.positive_from > 0).all()
    assert (who.band == LOW).all()
    assert any(one.about == "Antibodies later" for one in assumptions(asked(f"{PAIR}&jcv=negative")))


def test_high_activity_is_more_than_usual() -> None:
    usual, high = (people_like(asked(f"{PAIR}&activity={one}")).activity for one in ("usual", "high"))
    assert high == 2 * usual


def test_nothing_is_wrong_before_anything_is_asked() -> None:
    assert problems("") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("age=1", "Choose two or three strategies; none was chosen."),
        ("strategy=iv-standard", "Choose two or three strategies; one was chosen."),
        ("strategy=iv-standard&strategy=", "Choose two or three strategies; one was chosen."),
        (f"{PAIR}&strategy=stop&strategy=none", "Choose two or three strategies; 4 were chosen."),
        ("strategy=none&strategy=none", "The same strategy was chosen twice; choose different ones."),
        ("strategy=none&strategy=weekly", "“weekly” is no strategy of this list."),
        (f"{PAIR}&years=7", "For how many years: “7” can’t be chosen."),
        (f"{PAIR}&years=nan", "For how many years: “nan” can’t be chosen."),
        (f"{PAIR}&years=", "For how many years: “” can’t be chosen."),
        (f"{PAIR}&age=-1", "Age at the first dose: “-1” can’t be chosen."),
        (f"{PAIR}&weight=70", "Weight: “70” can’t be chosen."),
        (f"{PAIR}&jcv=unknown", "JC virus antibody: “unknown” can’t be chosen."),
        (f"{PAIR}&prior=perhaps", "Immunosuppressant before: “perhaps” can’t be chosen."),
        (f"{PAIR}&activity=low", "Disease activity: “low” can’t be chosen."),
        (f"{PAIR}&pml=tertiary", "PML when intervals are extended: “tertiary” can’t be chosen."),
        (f"{PAIR}&years={'9' * 5000}", f"For how many years: “{'9' * 40}…” can’t be chosen."),
    ],
)
def test_what_can_not_be_is_refused_in_words(text: str, said: str) -> None:
    assert problems(text) == (said,)


def test_an_interval_by_level_is_refused_for_six_years_and_says_why() -> None:
    (said,) = problems("strategy=level-5&strategy=none&years=6")
    assert said.startswith("With an interval by measured level choose 5 years or fewer")
    assert asked("strategy=level-5&strategy=none&years=5").by_level


def test_what_was_chosen_rightly_stays_chosen_beside_what_was_not() -> None:
    found = read(QueryDict("strategy=iv-standard&strategy=weekly&years=4&age=old"))
    assert found.strategies == ("iv-standard",)
    assert (found.chosen["years"], found.chosen["age"]) == ("4", "1")
    assert len(found.problems) == 2
