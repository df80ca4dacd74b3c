"""A clinic's levels against the model: what is said of levels that fit, are biased, fit nothing, or are too few."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import numpy as np
import pytest
from invent_levels import LAST, clinic
from scipy import stats

from natalizumab.errors import ModelError
from natalizumab.pharmacology.estimates import FactorProfile, factor_profile, factor_words, factors, normal_estimates
from natalizumab.pharmacology.evaluation import Evaluation, Group, evaluate
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.individual import Prediction, posterior
from natalizumab.pharmacology.levels import AntibodyResult, Level
from natalizumab.pharmacology.measured import Measured
from natalizumab.pharmacology.patient import patient
from natalizumab.pharmacology.plausible import Cloud, Scores, cloud
from natalizumab.pharmacology.regimen import Input
from natalizumab.record import Record

Clinic = dict[str, Measured]
SIGMA = 0.219
FOUR_WEEKLY = tuple(Input(28.0 * number, 300, "iv") for number in range(10))


def people(count: int, seed: int) -> Clinic:
    """Invented people whose levels are drawn from the model."""
    found = {}
    for plain in clinic(count, seed):
        who = patient(Record.from_dict(plain).course(LAST))
        found[plain["person"]["id"]] = Measured(who.history, who.weight_kg, who.levels, (), who.origin)
    return found


def person(*levels: Level, doses: tuple[Input, ...] = FOUR_WEEKLY, kg: float = 70) -> Measured:
    return Measured(History(doses), kg, levels)


def read_as(factor: float, who: Measured, route: str = "iv sc") -> Measured:
    """The person, had the laboratory reported so many times as much after doses by that route."""
    levels = [
        dataclasses.replace(level, mg_per_l=level.mg_per_l * (factor if who.route(level) in route else 1))
        for level in who.levels
    ]
    return dataclasses.replace(who, levels=levels)


def only(found: Evaluation, route: str) -> Group:
    (group,) = (group for group in found.groups if group.route == route)
    return group


@pytest.fixture(scope="module")
def many() -> Clinic:
    return people(52, 7)


@pytest.fixture(scope="module")
def fitting(many: Clinic) -> Evaluation:
    return evaluate(many)


@pytest.fixture(scope="module")
def few() -> Clinic:
    return dict(list(people(9, 3).items()))


def test_levels_drawn_from_the_model_fit_it(fitting: Evaluation) -> None:
    assert fitting.overall.verdict.answer == "fits"
    assert fitting.overall.factor.low < 1 < fitting.overall.factor.high
    assert (fitting.overall.people, fitting.overall.levels) == (52, 104)


def test_the_normalised_errors_of_levels_drawn_from_the_model_are_standard_normal(fitting: Evaluation) -> None:
    scores = np.array([one.score for one in fitting.compared])
    assert stats.kstest(scores, "norm").pvalue > 0.05
    assert abs(scores.mean()) < 3 / math.sqrt(len(scores))
    assert abs(scores.std() - 1) < 3 / math.sqrt(2 * len(scores))


def test_the_normalised_errors_of_one_person_are_independent(fitting: Evaluation) -> None:
    first, second = np.array([one.score for one in fitting.compared]).reshape(-1, 2).T
    assert abs(np.corrcoef(first, second)[0, 1]) < 3 / math.sqrt(len(first))
    measured, expected = (
        np.log([[getattr(one, name) for one in fitting.compared]]).reshape(-1, 2) for name in ("measured", "expected")
    )
    # The errors themselves are anything but that, as a person's levels are high or low together.
    assert np.corrcoef((measured - expected).T)[0, 1] > 0.6


def test_earlier_levels_make_the_prediction_better(fitting: Evaluation) -> None:
    overall = fitting.overall
    assert overall.rmse is not None
    assert overall.rmse_after_earlier is not None
    assert overall.rmse_after_earlier < 0.8 * overall.rmse


def test_an_assay_that_reads_1_3_times_as_high_is_found_and_its_factor_with_it(many: Clinic) -> None:
    found = evaluate({name: read_as(1.3, who) for name, who in many.items()})
    assert found.overall.verdict.answer == "biased"
    biased = only(found, "iv")
    assert biased.factor.value == pytest.approx(1.3, rel=0.12)
    assert biased.verdict.text.startswith(f"biased: consider the assay factor (about {biased.factor.value:.2g})")


def test_dividing_by_the_factor_undoes_the_bias(few: Clinic) -> None:
    higher = {name: read_as(1.3, who) for name, who in few.items()}
    mended = {
        name: dataclasses.replace(who, levels=[dataclasses.replace(level, factor=1.3) for level in who.levels])
        for name, who in higher.items()
    }
    undone, straight, biased = (evaluate(those).overall for those in (mended, few, higher))
    assert undone.factor.value == pytest.approx(straight.factor.value, rel=1e-9)
    assert undone.error_percent == pytest.approx(straight.error_percent, rel=1e-9)
    assert biased.factor.value == pytest.approx(1.3 * straight.factor.value, rel=0.02)


def test_troughs_halved_under_the_skin_are_a_bias_of_that_route_and_may_be_less_absorbed(many: Clinic) -> None:
    found = evaluate({name: read_as(0.5, who, "sc") for name, who in many.items()})
    assert only(found, "iv").verdict.answer != "biased"
    assert only(found, "sc").verdict.answer == "biased"
    assert "suggests a share of 0.60 (--f 0.60)" in only(found, "sc").verdict.text
    assert found.overall.verdict.answer == "biased"
    assert "sc" in found.overall.verdict.text


def test_levels_of_other_people_do_not_fit(many: Clinic) -> None:
    pool = [level for who in many.values() for level in who.levels]
    order = iter(np.random.default_rng(1).permutation(len(pool)).tolist())
    shuffled = {
        name: dataclasses.replace(
            who, levels=[dataclasses.replace(pool[next(order)], day=level.day) for level in who.levels]
        )
        for name, who in many.items()
    }
    overall = evaluate(shuffled).overall
    assert overall.verdict.answer == "does not fit"
    assert overall.score_sd.low > 1


def test_numbers_that_are_no_levels_do_not_fit(few: Clinic) -> None:
    chance = np.random.default_rng(2)
    nonsense = {
        name: dataclasses.replace(
            who,
            levels=[
                dataclasses.replace(level, mg_per_l=float(chance.uniform(1, 400)), below=False) for level in who.levels
            ],
        )
        for name, who in few.items()
    }
    verdict = evaluate(nonsense).overall.verdict
    assert verdict.answer == "does not fit"
    assert "Check dates, doses and units first" in verdict.text


def test_levels_in_another_unit_are_more_than_an_assay_explains(many: Clinic) -> None:
    part = dict(list(many.items())[:8])
    verdict = evaluate({name: read_as(0.1, who) for name, who in part.items()}).overall.verdict
    assert verdict.answer == "does not fit"


def test_seven_people_are_too_few_however_good_they_look(few: Clinic) -> None:
    verdict = evaluate(dict(list(few.items())[:7])).overall.verdict
    assert verdict.answer == "too few levels to say"
    assert verdict.text.startswith("too few levels to say: they are of 7 people only. They may read 0.9")


def test_the_order_of_people_and_of_levels_plays_no_part(few: Clinic) -> None:
    turned = {name: dataclasses.replace(who, levels=tuple(reversed(who.levels))) for name, who in reversed(few.items())}
    assert evaluate(turned) == evaluate(few)


def test_progress_counts_the_people(few: Clinic) -> None:
    told: list[int] = []
    evaluate(dict(list(few.items())[:3]), progress=told.append)
    assert told == [1, 2, 3]


def test_a_level_below_the_limit_has_the_mean_place_of_all_below_it() -> None:
    limit = Level(112.0, 20.0, below=True, assay="Dutch assay")
    at_the_limit = evaluate({"a": person(dataclasses.replace(limit, below=False))}).compared[0].score
    found = evaluate({"a": person(limit, Level(140.0, 25.0, assay="Dutch assay"))})
    assert found.overall.below == 1
    assert found.compared[0].score == pytest.approx(stats.truncnorm.mean(-np.inf, at_the_limit), rel=1e-3)


@pytest.mark.parametrize("limit", [-6.0, -2.0, -0.5, 0.0, 1.5, 6.0])
def test_the_mean_of_a_score_below_a_limit_is_that_of_a_normal_number_cut_there(limit: float) -> None:
    found = Scores(np.array([limit, limit]), np.array([True, False])).mean
    assert found == pytest.approx([stats.truncnorm(-np.inf, limit).mean(), limit], rel=1e-6)


def test_a_level_below_the_limit_is_extreme_only_where_the_limit_itself_is() -> None:
    """So it is no matter of chance which verdict a clinic gets."""
    low, high, impossible = (
        person(Level(day, limit, below=True)) for day, limit in ((112.0, 2.0), (112.0, 400.0), (29.0, 0.05))
    )
    found = evaluate({"low": low, "high": high, "impossible": impossible})
    assert {one.person: one.extreme for one in found.compared} == {"low": False, "high": False, "impossible": True}


def test_levels_of_one_time_are_compared_in_an_order_of_their_own() -> None:
    twice = [Level(112.0, 12.0), Level(112.0, 9.0)]
    assert evaluate({"a": person(*twice)}) == evaluate({"a": person(*reversed(twice))})


def test_one_slip_in_a_small_clinic_is_named_and_does_not_decide(many: Clinic) -> None:
    small = dict(list(many.items())[:12])
    assert evaluate(small).overall.extreme == 0
    name, who = next((name, who) for name, who in small.items() if not who.levels[0].below)
    slip = dataclasses.replace(who.levels[0], mg_per_l=10 * who.levels[0].mg_per_l)
    found = evaluate({**small, name: dataclasses.replace(who, levels=(slip, *who.levels[1:]))})
    assert found.overall.verdict.answer != "does not fit"
    assert "Check the levels that no plausible person has: 1 of" in found.overall.verdict.text
    assert [(one.person, one.measured) for one in found.compared if one.extreme] == [(name, slip.mg_per_l)]


def test_another_assay_s_bias_is_not_hidden_in_the_mean_of_all(many: Clinic) -> None:
    """Many levels by one assay that fits, and a few by another that reads higher."""
    infused = [(name, who) for name, who in many.items() if all(who.route(level) == "iv" for level in who.levels)]
    mixed = {}
    for number, (name, who) in enumerate(infused):
        other, assay = (read_as(1.6, who), "New") if number < 12 else (who, "Old")
        levels = [dataclasses.replace(level, assay=assay) for level in other.levels]
        mixed[name] = dataclasses.replace(other, levels=levels)
    found = evaluate(mixed)
    said = {group.assay: group.verdict.answer for group in found.groups}
    assert said == {"Old": "fits", "New": "too few levels to say"}
    assert found.overall.factor.value < 1.2
    assert found.overall.verdict.text == "too few levels to say, as to New, iv: see there. For Old, iv: fits."


def test_levels_in_another_unit_are_said_to_read_so_many_times_as_high(many: Clinic) -> None:
    """Nanomoles per litre, say: 6.7 times as many as milligrams."""
    part = dict(list(many.items())[:20])
    found = evaluate({name: read_as(6.7, who) for name, who in part.items()}).overall
    assert found.verdict.answer == "does not fit"
    assert found.factor.value == pytest.approx(6.7, rel=0.25)
    assert "more than an assay explains" in found.verdict.text


def test_the_levels_to_be_expected_below_the_limit_are_counted(fitting: Evaluation) -> None:
    overall = fitting.overall
    assert overall.below_expected is not None
    assert overall.below == sum(one.below for one in fitting.compared)
    # Both are counts of rare things: within three of Poisson's standard deviations.
    assert abs(overall.below - overall.below_expected) < 3 * math.sqrt(overall.below_expected + 1)


def below(limit: float, assay: str) -> Level:
    return Level(112.0, limit, below=True, assay=assay)


@pytest.mark.parametrize(
    ("levels", "known"),
    [
        ([Level(112.0, 20.0)], False),
        ([below(0.5, "A"), below(0.5, "A")], True),
        ([below(0.5, "A"), below(5.0, "B")], True),
        ([below(0.5, "A"), below(1.0, "A")], False),
        ([below(0.5, "A"), Level(112.0, 20.0, assay="B")], False),
    ],
)
def test_how_many_were_to_be_expected_below_is_said_where_each_assay_has_one_known_limit(
    levels: list[Level], known: bool
) -> None:
    overall = evaluate({f"p{number}": person(level) for number, level in enumerate(levels)}).overall
    assert (overall.below_expected is not None) == known


def test_each_assay_s_own_limit_says_how_many_are_expected_below_it() -> None:
    everybody = {"a": person(below(0.5, "A")), "b": person(below(20.0, "B"))}
    apart = [evaluate({name: who}).overall.below_expected or 0 for name, who in everybody.items()]
    assert apart[0] < 0.1 < 0.3 < apart[1]
    assert evaluate(everybody).overall.below_expected == pytest.approx(sum(apart))


def test_levels_that_may_all_be_mistakes_read_any_number_of_times_as_high() -> None:
    found = evaluate({f"p{number}": person(Level(112.0, 4900.0)) for number in range(8)}).overall
    assert factor_words(found.factor) in ("any number of", "20 or more")
    assert found.verdict.answer == "does not fit"


def test_assays_are_kept_apart_and_their_spellings_together() -> None:
    levels = [Level(28.0 * n, 20.0, assay=name) for n, name in ((4, "Dutch assay"), (5, "dutch  assay"), (6, "Other"))]
    found = evaluate({"a": person(*levels)})
    assert [(group.assay, group.route, group.levels) for group in found.groups] == [
        ("Dutch assay", "iv", 2),
        ("Other", "iv", 1),
    ]


def test_a_level_belongs_to_the_route_of_the_latest_dose_before_it() -> None:
    switched = (*FOUR_WEEKLY[:5], Input(140.0, 300, "sc"), Input(168.0, 0, "iv"))
    found = evaluate({"a": person(Level(140.0, 20.0), Level(168.0, 15.0), Level(180.0, 12.0), doses=switched)})
    assert [one.route for one in found.compared] == ["iv", "sc", "sc"]


def test_levels_before_any_dose_and_close_to_an_infusion_are_named_and_not_compared() -> None:
    who = person(Level(0.0, 5.0), Level(28.5, 90.0), Level(56.0, 15.0))
    found = evaluate({"a": dataclasses.replace(who, origin=date(2026, 1, 5))})
    assert [one.day for one in found.compared] == [56.0]
    assert [(one.person, str(one.on), one.why.split(",")[0]) for one in found.uncompared] == [
        ("a", "2026-01-05", "before any dose"),
        ("a", "2026-02-02", "during an infusion or within hours after it"),
    ]


def test_nothing_to_compare_is_refused() -> None:
    with pytest.raises(ModelError, match=r"there is no level to compare: a, day 0: before any dose\.$"):
        evaluate({"a": person(Level(0.0, 5.0))})
    with pytest.raises(ModelError, match=r"there is no level to compare\.$"):
        evaluate({"a": person()})
    many = {f"p{number}": person(Level(0.0, 5.0)) for number in range(8)}
    with pytest.raises(ModelError, match=r"p4, day 0: before any dose; and 3 more\.$"):
        evaluate(many)


def mean_of(prediction: Prediction, place: int) -> float:
    """The expectation as the area under the probability of at least so much."""
    steps = np.linspace(0.0005, 150, 1500)
    return float(np.trapezoid([prediction.at_least(step)[place] for step in steps], steps))


@pytest.mark.parametrize(
    ("measured", "results"),
    [
        ((12.0, 14.0, 15.0), ()),
        ((40.0, 38.0, 41.0), ()),
        ((2.5, 1.5, 1.2), (AntibodyResult(60.0, positive=True),)),
        ((16.0, 22.0, 18.0), (AntibodyResult(84.0, positive=False),)),
    ],
)
def test_a_cloud_expects_what_the_exact_posterior_does(
    measured: tuple[float, ...], results: tuple[AntibodyResult, ...]
) -> None:
    levels = [Level(day, mg_per_l) for day, mg_per_l in zip((56.0, 112.0, 168.0), measured, strict=True)]
    who = dataclasses.replace(person(*levels), antibody_results=results)
    found = cloud(who, levels)
    days = [level.day for level in levels]
    alone = posterior(who.history, who.weight_kg, (), results).predict(days)
    # At 5 % those with antibodies are few, and far from the others.
    for share, exact, tolerance in ((0.05, alone.p5, 0.1), (0.5, alone.p50, 0.03), (0.95, alone.p95, 0.04)):
        np.testing.assert_allclose(found.quantiles([share])[0], exact, rtol=tolerance)
    np.testing.assert_allclose(found.mean(), [mean_of(alone, place) for place in range(3)], rtol=0.01)
    for place in (1, 2):
        known = posterior(who.history, who.weight_kg, levels[:place], results).predict([days[place]])
        # The cloud allows for mistakes, the posterior does not: of an unusual level it believes a little less.
        assert found.mean_after_earlier()[place] == pytest.approx(mean_of(known, 0), rel=0.06)


def test_the_share_of_a_subcutaneous_dose_lowers_what_is_expected() -> None:
    under_the_skin = tuple(Input(28.0 * number, 300, "sc") for number in range(6))
    who = {"a": person(Level(140.0, 10.0), doses=under_the_skin)}
    label, cohort = (evaluate(who, bioavailability=share).compared[0].expected for share in (None, 0.6))
    assert cohort < 0.7 * label


def certain(*measured: float) -> Cloud:
    """Somebody whose concentration is known to be 10 mg/L."""
    levels = tuple(Level(28.0 * n, mg_per_l) for n, mg_per_l in enumerate(measured, start=1))
    return Cloud(levels, np.full((1, len(levels)), 10.0), np.ones(1))


def profile(*clouds: Cloud) -> FactorProfile:
    return factor_profile(np.sum([one.log_evidence(factors()) for one in clouds], axis=0))


def test_the_most_probable_factor_is_the_one_that_can_be_worked_out_by_hand() -> None:
    # -((m/f - 1)/s)^2/2 - log f is highest where (m/f)^2 - m/f = s^2, with m = measured / true.
    found = profile(certain(*[13.0] * 5), certain(*[13.0] * 40))
    by_hand = 1.3 / ((1 + math.sqrt(1 + 4 * SIGMA**2)) / 2)
    assert found.estimate().value == pytest.approx(by_hand, rel=0.002)
    narrow, wide = found.estimate(), found.estimate(0.999)
    assert wide.low < narrow.low < by_hand < narrow.high < wide.high
    # 1.96 standard errors, each level having one of s.
    assert math.log(narrow.high / narrow.low) / 2 == pytest.approx(1.96 * SIGMA / math.sqrt(45), rel=0.1)


def below_of(*limits: float) -> Cloud:
    """Somebody whose concentration is known to be 10 mg/L, and all whose levels are below limits."""
    found = certain(*limits)
    return dataclasses.replace(found, levels=tuple(dataclasses.replace(one, below=True) for one in found.levels))


def test_where_the_levels_say_only_a_bound_of_the_factor_that_bound_is_said() -> None:
    high, low = (profile(certain(*[measured] * 3)).estimate() for measured in (250.0, 0.35))
    assert high.open
    assert high.high == math.inf
    assert not high.excludes(50)
    assert factor_words(high) == f"{high.low:.2f} or more"
    assert factor_words(low) == f"{low.high:.2f} or less"
    censored = profile(below_of(*[5.0] * 4)).estimate()
    assert (censored.low, censored.value) == (0, censored.high)
    # Where the probability of four such levels has fallen to what a likelihood ratio of 95 % allows.
    allowed = math.exp(-stats.chi2.ppf(0.95, 1) / 2 / 4)
    assert censored.high == pytest.approx(0.5 / (1 + SIGMA * stats.norm.ppf(allowed)), rel=0.01)
    assert factor_words(profile(below_of(1000.0)).estimate()) == "any number of"


def test_levels_that_are_all_below_the_limit_are_no_bias_to_be_divided_by(many: Clinic) -> None:
    limits = {
        name: dataclasses.replace(
            who, levels=[dataclasses.replace(level, mg_per_l=13.0, below=True) for level in who.levels]
        )
        for name, who in list(many.items())[:12]
    }
    found = evaluate(limits).overall
    assert found.factor.open
    assert found.verdict.answer in ("too few levels to say", "does not fit")
    assert "consider" not in found.verdict.text


def scores_of(numbers: np.ndarray, below: np.ndarray | None = None) -> Scores:
    return Scores(numbers, np.zeros(len(numbers), bool) if below is None else below)


def test_the_intervals_of_mean_and_standard_deviation_are_student_s_and_chi_square_s() -> None:
    numbers = np.random.default_rng(5).normal(0.3, 1.2, 20)
    mean, sd = normal_estimates(scores_of(numbers))
    error = numbers.std(ddof=1) / math.sqrt(20)
    assert (mean.low, mean.high) == pytest.approx(stats.t.interval(0.95, 19, numbers.mean(), error))
    variances = 19 * numbers.var(ddof=1) / stats.chi2.ppf([0.975, 0.025], 19)
    assert (sd.low, sd.high) == pytest.approx(tuple(np.sqrt(variances)))
    for nothing in normal_estimates(scores_of(numbers[:1])):
        assert math.isnan(nothing.value)
        assert not nothing.excludes(100)


def test_limits_far_above_change_nothing_but_the_form_of_the_interval() -> None:
    numbers = np.random.default_rng(6).normal(0.3, 1.2, 40)
    exact = normal_estimates(scores_of(numbers))
    far = scores_of(np.append(numbers, 50.0), np.arange(41) == 40)
    for one, other in zip(normal_estimates(far), exact, strict=True):
        assert one.value == pytest.approx(other.value, abs=0.02)
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=0.06)


@pytest.mark.parametrize(("mean", "sd"), [(0.0, 1.0), (0.4, 1.8), (-0.3, 0.5)])
def test_mean_and_standard_deviation_are_found_where_half_of_the_numbers_are_only_limits(
    mean: float, sd: float
) -> None:
    """In 95 % of draws their intervals hold the truth, whatever that is, and the estimates have hardly a bias."""
    chance, held, found = np.random.default_rng(9), np.zeros(2), []
    for _ in range(400):
        numbers = chance.normal(mean, sd, 30)
        below = numbers < mean
        estimates = normal_estimates(scores_of(np.where(below, mean, numbers), below))
        held += [not one.excludes(truth) for one, truth in zip(estimates, (mean, sd), strict=True)]
        found.append([one.value for one in estimates])
    assert (held / 400 > 0.91).all()
    assert np.mean(found, axis=0) == pytest.approx([mean, sd], abs=0.06 * sd)
