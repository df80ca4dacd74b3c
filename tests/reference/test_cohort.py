"""Virtual trials: closed forms of the harms, the same bits in any order, and what two arms have in common."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from natalizumab.cohort import Arm, Costs, Guided, Stop, Trial, mean, population, run, running
from natalizumab.cohort.arms import Span, dosing
from natalizumab.cohort.guided import chosen_weeks
from natalizumab.cohort.harms import MONTH, pml, reaction_shares, scenario, yearly
from natalizumab.cohort.outcomes import WHAT, lot, outcomes
from natalizumab.cohort.population import HIGH, LOW, MIDDLE, People, people
from natalizumab.disease.model import Block
from natalizumab.disease.model.bodies import weights
from natalizumab.disease.model.parameters import fitted
from natalizumab.errors import ModelError
from natalizumab.pharmacology import History, Regimen, concentrations, draw
from natalizumab.pharmacology.likelihood import residual_error

Numbers = NDArray[np.float64]

FOUR, SIX = Arm("4 weeks"), Arm("6 weeks", weeks=6)
ON_TIME = population(own={"missed": 0, "late": 0})


@pytest.fixture(autouse=True)
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOT", 100)
    monkeypatch.setattr(running, "ENSEMBLE_LOTS", 1)
    monkeypatch.setattr(running, "ensemble", lambda: (fitted(),))


def somebody(band: int, *, positive_from: float = -math.inf, prior: bool = False) -> People:
    one = np.ones(1)
    return People(
        Block(1, 0, 1), 40 * one, 70 * one, np.array([True]), positive_from * one, np.array([band]), np.array([prior])
    )


def chance(who: People, until: float, **other: float) -> float:
    stop, extended = (np.full(1, other.get(name, math.inf)) for name in ("stop", "extended_from"))
    return float(pml(who, stop, extended, other.get("start", 0.0), until, other.get("ratio", 1.0)).chance[0])


@pytest.mark.parametrize(
    ("who", "cells"),
    [
        (somebody(LOW), [0.1, 0.1, 0.2, 0.4, 0.5, 0.6]),
        (somebody(MIDDLE), [0.1, 0.3, 0.8, 2, 2, 3]),
        (somebody(HIGH), [0.2, 0.9, 3, 7, 8, 10]),
        (somebody(LOW, prior=True), [0.3, 0.4, 4, 8, 8, 6]),
        (somebody(HIGH, positive_from=math.inf), [0.1] * 6),
    ],
)
def test_the_chance_of_pml_is_the_published_table_chained(who: People, cells: list[float]) -> None:
    for years in range(1, 7):
        survived = math.prod(1 - cell / 1000 for cell in cells[:years])
        assert chance(who, 12 * years * MONTH) == pytest.approx(1 - survived, rel=1e-9)


def test_pml_counts_only_while_treated_and_within_the_window_and_by_a_scenario_that_was_asked_for() -> None:
    who, year = somebody(HIGH), 12 * MONTH
    assert chance(who, 6 * year, stop=2 * year) == pytest.approx(chance(who, 2 * year))
    late = chance(who, 3 * year, start=2 * year)
    assert late == pytest.approx(3 / 1000, rel=1e-9)
    lowered = chance(who, 3 * year, start=2 * year, extended_from=0.0, ratio=0.12)
    assert math.log1p(-lowered) == pytest.approx(0.12 * math.log1p(-3 / 1000))
    assert chance(who, year, extended_from=2 * year, ratio=0.12) == pytest.approx(chance(who, year))
    converts = somebody(HIGH, positive_from=2 * year - 1)
    assert chance(converts, 3 * year, start=2 * year) == pytest.approx(late)
    with pytest.raises(ModelError, match="no published figure beyond month 72"):
        chance(who, 73 * MONTH)
    assert scenario("none").ratio == 1
    assert scenario("secondary").interval == (0.05, 0.29)
    assert yearly().shape == (5, 6)


def test_reactions_are_as_many_as_published_and_most_come_early() -> None:
    shares = reaction_shares(27)
    assert shares.sum() * 627 == pytest.approx(27)
    assert shares[:2].sum() * 627 == pytest.approx(15)
    assert shares[2:7].sum() * 627 == pytest.approx(8)


def test_people_are_those_of_the_population() -> None:
    who = people(Block(4, 0, 40_000), population())
    at_start = np.isneginf(who.positive_from)
    assert at_start.mean() == pytest.approx(0.571, abs=0.01)
    within_a_year = (who.positive_from[~at_start] <= 365.25).mean()
    assert within_a_year == pytest.approx(0.094, abs=0.01)
    assert [(who.band[at_start] == band).mean() for band in (LOW, MIDDLE, HIGH)] == pytest.approx(
        [0.3, 0.15, 0.55], abs=0.01
    )
    assert (who.band[~at_start] == LOW).all()
    assert who.female.mean() == pytest.approx(0.7, abs=0.01)
    assert 18 <= who.age.min() < who.age.max() <= 60
    assert np.isinf(people(Block(4, 0, 100), population(own={"seroconversion": 0})).positive_from).all()


def test_a_population_of_one_weight_group_has_no_other_weights_and_all_weights_are_as_they_were() -> None:
    block = Block(4, 0, 5000)
    everybody, heavy = people(block, population()), people(block, population(own={"weight_min": 80, "weight_max": 100}))
    assert everybody.kg.tobytes() == weights(block).tobytes()
    assert 80 < heavy.kg.min() < heavy.kg.max() < 100
    within = np.sort(everybody.kg[(everybody.kg > 80) & (everybody.kg < 100)])
    assert np.quantile(heavy.kg, [0.25, 0.5, 0.75]) == pytest.approx(np.quantile(within, [0.25, 0.5, 0.75]), abs=0.5)


def test_doses_come_at_their_intervals_in_order_and_end_with_the_stop() -> None:
    who = people(Block(1, 0, 500), ON_TIME)
    span = Span(364.0, 728.0, 4.0, 5.0)
    regular = dosing(SIX, who, ON_TIME, span)
    assert regular.days[0].tolist() == [*(28.0 * n for n in range(13)), *(364 + 42.0 * n for n in range(9))]
    assert (regular.extended_from == 364).all()
    later = dosing(Arm("later", later_weeks=8, later_from=12), who, ON_TIME, span)
    assert np.diff(later.days[0])[12:].tolist() == [28.0] * 4 + [56.0] * 4
    assert (later.extended_from == 364 + 84).all()
    stopped = dosing(Arm("stop", stop=Stop(15, high_index=True)), who, ON_TIME, span)
    high = (who.band == HIGH) & (who.positive_from <= 15 * MONTH)
    assert np.nanmax(stopped.days[high]) < 15 * MONTH < np.nanmin(np.nanmax(stopped.days[~high], axis=1))
    untidy = population(own={"missed": 10, "late": 10})
    given = dosing(FOUR, people(Block(1, 0, 500), untidy), untidy, span)
    assert (np.diff(np.where(np.isnan(given.days), np.inf, given.days).min(axis=0)) > 0).all()
    assert np.isnan(given.days[:, 1:]).mean() == pytest.approx(0.1, abs=0.02)
    rising = [np.diff(row[np.isfinite(row)]).min() for row in given.days]
    assert min(rising) > 7
    nothing = dosing(Arm("none", mg=0), who, ON_TIME, replace(span, start=0.0))
    assert np.isnan(nothing.days).all()


def test_the_same_arm_twice_differs_by_nought_and_arms_swapped_by_the_opposite() -> None:
    twice = run(Trial("t", (FOUR, replace(FOUR, name="again")), people=150, weeks=52))
    assert all(mean(twice.best, f"again|{name}|difference").mean == 0 for name in WHAT)
    one = run(Trial("t", (FOUR, SIX), people=150, weeks=52))
    other = run(Trial("t", (SIX, FOUR), people=150, weeks=52))
    for name in WHAT:
        there, back = mean(one.best, f"6 weeks|{name}|difference"), mean(other.best, f"4 weeks|{name}|difference")
        assert there.mean == -back.mean
        assert there.error == pytest.approx(back.error)
    # The best set runs for the best, and once more as the only one of the ensemble here, with another guess at fatigue.
    best, again = one.others
    assert {name for name in best if best[name] != again[name]} == {name for name in best if "fatigue" in name}


def test_an_arm_more_or_another_order_changes_nobody() -> None:
    of = lot(Trial("t", (FOUR, SIX), people=50, weeks=52), fitted(), Block(1, 0, 50))
    more = lot(Trial("t", (Arm("none", mg=0), SIX, FOUR), people=50, weeks=52), fitted(), Block(1, 0, 50))
    for name, numbers in outcomes(of, FOUR).items():
        assert numbers.tobytes() == outcomes(more, FOUR)[name].tobytes()


def test_any_number_of_workers_and_any_stop_between_give_the_same_bits(tmp_path: Path) -> None:
    trial = Trial("t", (FOUR, SIX), people=450, weeks=30, run_in=26, stable=True, scan_weeks=(15, 30))
    whole = run(trial)
    assert run(trial, workers=2) == whole
    run(replace(trial, people=200), kept=tmp_path)
    there = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(there) == 3  # two lots, and the first once more with the only set of the ensemble
    told: list[tuple[int, int]] = []
    assert run(trial, kept=tmp_path, progress=lambda _, done, total: told.append((done, total))) == whole
    assert told[0] == (4, 6)
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in there} == there
    half = next(tmp_path.iterdir())
    half.write_text(half.read_text()[:40])
    assert run(trial, kept=tmp_path) == whole


def test_outcomes_of_two_windows_are_those_of_both_together() -> None:
    whole = Trial("t", (FOUR, SIX), people=80, weeks=52, run_in=20, scan_weeks=(26, 52))
    late = replace(whole, from_week=26, scan_weeks=(52,))
    early = replace(whole, weeks=26, scan_weeks=(26,))
    parts = [lot(trial, fitted(), Block(1, 0, 80)) for trial in (whole, early, late)]
    for arm in whole.arms:
        all_, first, second = (outcomes(part, arm) for part in parts)
        for name in ("new_t2", "relapses", "doses", "reactions", "chair_hours"):
            assert first[name] + second[name] == pytest.approx(all_[name], abs=1e-9)
        # Somebody is solved again, more exactly, for a level in the second window: the first then changes, by less than
        # the solver's accuracy.
        assert first["brain_volume"] + second["brain_volume"] == pytest.approx(all_["brain_volume"], rel=1e-5)
        assert (second["contrast"] == all_["contrast"]).all()
        chained = 1 - (1 - first["pml_per_1000"] / 1000) * (1 - second["pml_per_1000"] / 1000)
        assert 1000 * chained == pytest.approx(all_["pml_per_1000"])


def test_intervals_by_level_are_those_of_a_much_larger_sample_and_longer_for_higher_troughs() -> None:
    guided, kg = Guided(5, most_weeks=8), np.full(7, 70.0)
    levels = np.array([[2.0, 2.0], [9.0, 12.0], [20.0, 21.0], [26.0, 25.0], [35.0, 30.0], [45.0, 50.0], [70.0, 80.0]])
    chosen = chosen_weeks(guided, levels, kg, 13, "iv", 300.0)
    assert chosen[0] == 4
    assert (np.diff(chosen) >= 0).all()
    assert chosen[-1] == 8
    bodies = draw(20_000, seed=5, weight_kg=70.0)
    run_in = Regimen("iv", 4, 13)
    there = concentrations(History(run_in.inputs), bodies, [dose.day for dose in run_in.inputs[-2:]])
    for trough, weeks in zip(levels, chosen.tolist(), strict=True):
        logs = (-np.log(there) - 0.5 * ((trough / there - 1) / residual_error()) ** 2).sum(axis=1)
        share = np.exp(logs - logs.max())
        kept_up = concentrations(History(Regimen("iv", weeks, 10).inputs), bodies, [10 * 7 * weeks])[:, 0]
        enough = float(share @ (kept_up >= 5) / share.sum())
        assert enough > 0.85 or weeks == 4


def test_a_guided_arm_doses_everybody_at_their_own_interval() -> None:
    trial = Trial("t", (Arm("by level", guided=Guided(5)),), people=200, weeks=52, run_in=26, population=ON_TIME)
    found = outcomes(lot(trial, fitted(), Block(1, 0, 200)), trial.arms[0])
    assert set(found["doses"].tolist()) <= {9.0, 11.0, 13.0}
    assert len(set(found["doses"].tolist())) > 1


def test_costs_and_hours_are_those_of_the_doses() -> None:
    costs = Costs(dose=100, chair_hour=10, hours_iv=2, hours_sc=1)
    trial = Trial("t", (FOUR, Arm("skin", route="sc")), people=40, weeks=52, population=ON_TIME, costs=costs)
    found = run(trial)
    assert mean(found.best, "4 weeks|doses").mean == 13
    assert mean(found.best, "4 weeks|cost").mean == 13 * 120
    assert mean(found.best, "skin|chair_hours").mean == 13
    assert mean(found.best, "skin|cost").mean == 13 * 110


def test_untreated_people_have_no_drug_and_only_the_stable_take_part() -> None:
    of = lot(Trial("t", (Arm("none", mg=0),), people=60, weeks=52), fitted(), Block(1, 0, 60))
    found = outcomes(of, Arm("none", mg=0))
    assert not found["trough"].any()
    assert not found["doses"].any()
    assert not found["pml_per_1000"].any()
    trial = Trial("t", (FOUR,), people=300, weeks=52, run_in=52)
    everybody, stable = run(trial), run(replace(trial, stable=True))
    assert 100 < stable.best["people"][0] < 300
    assert mean(stable.best, "4 weeks|new_t2").mean < mean(everybody.best, "4 weeks|new_t2").mean


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"arms": ()}, "0 arms; give 1 to 8"),
        ({"arms": (FOUR, FOUR)}, "two arms have the same name"),
        ({"people": 0}, "people 0 is outside 1"),
        ({"seed": -1}, "seed -1"),
        ({"weeks": 0.0}, "weeks must be above 0"),
        ({"weeks": 300.0, "run_in": 52.0}, "beyond, nothing is published"),
        ({"scan_weeks": (10, 10)}, "scan_weeks must rise"),
        ({"scan_weeks": (53,)}, "scan_weeks must rise"),
        ({"scan_weeks": (0,)}, "scan_weeks must rise"),
        ({"stable": True}, "give its weeks as run_in"),
        ({"from_week": 52}, "from_week 52 must be 0 or more, and less than weeks"),
        ({"from_week": 10, "scan_weeks": (10,)}, "scan_weeks must rise"),
        ({"pml_scenario": "all gone"}, "'all gone' is none; there are none, primary, secondary"),
        ({"arms": (Arm("x", guided=Guided(5)),), "run_in": 8}, "from a run-in of 12 weeks or more"),
        ({"costs": Costs(dose=-1)}, "costs and hours must be 0 or more"),
    ],
)
def test_impossible_trials_are_refused(change: dict[str, object], said: str) -> None:
    plain: dict[str, object] = {"name": "t", "arms": (FOUR,), "people": 10, "weeks": 52.0}
    with pytest.raises(ModelError, match=said):
        Trial(**{**plain, **change})  # type: ignore[arg-type]


def test_a_stop_is_in_a_week_of_the_trial_or_so_many_months_after_the_first_dose() -> None:
    who, span = people(Block(1, 0, 50), ON_TIME), Span(364.0, 728.0, 4.0, 5.0)
    last = [
        np.nanmax(dosing(Arm("x", stop=stop), who, ON_TIME, span).days)
        for stop in (Stop(at_week=0), Stop(at_week=8), Stop(at_week=8.1), Stop(after_months=12))
    ]
    assert last == [336, 392, 420, 364]
    for bad, said in (({}, "or at_week"), ({"after_months": 1.0, "at_week": 1.0}, "not both")):
        with pytest.raises(ModelError, match=said):
            Stop(**bad)  # type: ignore[arg-type]
    for bad, said in (({"after_months": 0.0}, "more than 0 months"), ({"at_week": -1.0}, "0 or more")):
        with pytest.raises(ModelError, match=said):
            Stop(**bad)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weeks": 1.0}, "1 weeks is outside 2 to 12"),
        ({"weeks": float("nan")}, "nan weeks is outside"),
        ({"later_weeks": 6.0}, "belong together"),
        ({"later_weeks": 6.0, "later_from": 0.0}, "later_from must be above 0"),
        ({"mg": -1.0}, "-1 mg is outside"),
        ({"route": "oral"}, "route 'oral' is neither iv nor sc"),
        ({"mg": 0, "stop": Stop(12)}, "nothing to stop"),
        ({"pml_scan_months": 0}, "pml_scan_months must be from 1 to 60"),
        ({"name": "a|b"}, "no \\|"),
        ({"name": ""}, "1 to 60 printable characters"),
        ({"guided": Guided(5), "mg": 0.0}, "there is a dose, and no later_weeks"),
    ],
)
def test_impossible_arms_are_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        Arm(**{"name": "x", **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"target_mg_per_l": 0}, "a target of 0 mg/L is outside"),
        ({"target_mg_per_l": 5, "least_weeks": 7}, "the least first"),
        ({"target_mg_per_l": 5, "most_weeks": 13}, "must be from 2 to 12"),
        ({"target_mg_per_l": 5, "probability": 1.0}, "a probability of 1 is not between 0 and 1"),
    ],
)
def test_impossible_guidance_is_refused(given: dict[str, float], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        Guided(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"missed": 101}, "missed must be from 0 to 100, not 101"),
        ({"activity": -1}, "activity must be from 0 to 20"),
        ({"late": 29}, "late must be from 0 to 28"),
        ({"index_low": 60, "index_middle": 60}, "more than 100 % together"),
        ({"age_min": 70}, "age_min must lie below age_max"),
        ({"weight_min": 30}, "weight_min must lie below weight_max, both from 45 to 140 kg"),
        ({"weight_min": 80, "weight_max": 80}, "weight_min must lie below weight_max"),
        ({"weight": 3}, "'weight' is no number of it"),
    ],
)
def test_impossible_populations_are_refused(own: dict[str, float], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        population(own=own)
    with pytest.raises(ModelError, match="'nobody' is none; there is adults"):
        population("nobody")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    with pytest.raises(ModelError, match="cannot be made"):
        run(Trial("t", (FOUR,), people=10, weeks=4), kept=taken)
