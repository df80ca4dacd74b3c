"""Does the simulator's page say the same in words, pictures and numbers, and what it takes for granted?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from threading import Event
from typing import Any

import numpy as np
import pytest
from django.http import QueryDict
from django.test import Client
from tests.web.people import signed_in

from natalizumab.clinic import solver_ready
from natalizumab.clinic.models import User
from natalizumab.clinic.simulator import answer as answering
from natalizumab.clinic.simulator import trials
from natalizumab.clinic.simulator.answer import Answer, answer
from natalizumab.clinic.simulator.desk import Desk, desk
from natalizumab.clinic.simulator.figures import CLEAR, OUTCOMES, lines, written
from natalizumab.clinic.simulator.page import shown
from natalizumab.clinic.simulator.picture import WIDTH, pictures
from natalizumab.clinic.simulator.question import read
from natalizumab.clinic.simulator.trials import people_like, trial_of
from natalizumab.clinic.views import simulator as view
from natalizumab.cohort.arms import Span, dosing
from natalizumab.cohort.harms import pml
from natalizumab.cohort.population import people
from natalizumab.disease.model import Block
from natalizumab.disease.model.parameters import ensemble

pytestmark = pytest.mark.usefixtures("solver")

THREE = "strategy=iv-standard&strategy=iv-extended&strategy=none"
SOON = 60.0
NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")


@pytest.fixture(autouse=True)
def few_people(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small trials, and no answer that another test made."""
    monkeypatch.setattr(trials, "PEOPLE", 300)
    monkeypatch.setattr(answering, "BESIDE", 80)
    monkeypatch.setattr(answering, "ensemble", lambda: ensemble()[::6])
    monkeypatch.setattr(view, "PATIENCE_SECONDS", SOON)
    desk.forget()
    yield
    desk.forget()


def found(text: str) -> Answer:
    question = read(QueryDict(text)).question
    assert question
    return answer(question, lambda share: None)


def page_of(client: Client, text: str, **headers: str) -> str:
    response = client.get(f"/simulator/?{text}", headers=headers or None)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


# --- the numbers ---


def test_the_same_question_has_the_same_answer_to_the_last_bit() -> None:
    assert found(THREE) == found(THREE)


def test_every_range_takes_in_its_mean_and_no_drug_is_worse_than_some() -> None:
    made = found(THREE)
    for one in (*made.itself.values(), *made.difference.values()):
        assert one.around is None or one.around[0] <= one.mean <= one.around[1]
    assert made.difference["none", "relapses"].mean > CLEAR * made.difference["none", "relapses"].error
    assert made.difference["none", "neida"].mean < 0
    assert made.itself["none", "doses"].mean == 0


def test_a_difference_is_that_of_the_means() -> None:
    made = found(THREE)
    for (arm, outcome), one in made.difference.items():
        apart = made.itself[arm, outcome].mean - made.itself["iv-standard", outcome].mean
        assert one.mean == pytest.approx(apart, abs=1e-9)


def test_what_no_set_of_parameters_changes_has_no_range() -> None:
    made = found(THREE)
    without = {outcome for (_, outcome), one in made.itself.items() if one.around is None}
    assert {"doses", "trough", "pml_per_1000", "reactions"} <= without
    assert made.itself["iv-standard", "relapses"].around is not None


@pytest.mark.parametrize("scenario", ["primary", "secondary"])
def test_the_range_of_pml_is_what_both_ends_of_the_hazard_ratio_give(scenario: str) -> None:
    made = found(f"strategy=iv-standard&strategy=later&years=5&pml={scenario}")
    trial = trial_of(made.question)
    who, span = people(Block(1, 0, trial.people), trial.population), Span(0.0, trial.end, 4.0, trial.extended_weeks)
    low, high = {"primary": (0.01, 0.22), "secondary": (0.05, 0.29)}[scenario]
    expected = []
    for arm in trial.arms:
        given = dosing(arm, who, trial.population, span)
        given_until = (who, given.stop, given.extended_from, 0.0, trial.end)
        ends = [1000 * pml(*given_until, ratio).chance.mean() for ratio in (low, high)]
        expected.append(np.array(ends))
    assert made.itself["iv-standard", "pml_per_1000"].around is None
    assert made.itself["later", "pml_per_1000"].around == pytest.approx(tuple(expected[1]), rel=1e-6)
    apart = tuple(sorted(expected[1] - expected[0]))
    assert made.difference["later", "pml_per_1000"].around == pytest.approx(apart, rel=1e-6)


def test_people_with_a_low_index_have_less_pml_than_those_with_a_high_one() -> None:
    low, high = (found(f"strategy=iv-standard&strategy=none&years=4&jcv={one}") for one in ("low", "high"))
    assert 10 * low.itself["iv-standard", "pml_per_1000"].mean < high.itself["iv-standard", "pml_per_1000"].mean


# --- the words and pictures ---


def test_every_number_in_words_stands_in_the_table() -> None:
    made = shown(found(f"{THREE}&pml=secondary&years=3"))
    for place, card in enumerate(made.cards):
        in_table: set[str] = set()
        for row in made.rows:
            line = row[place]
            for one in (line.itself, line.apart):
                if one:
                    in_table |= numbers(f"{one.said} {one.around}".replace("−", "").replace("+", ""))
        said = " ".join([*card.words, *card.apart, card.pml, card.picture.title.replace("Of 1,000 people", "")])
        strategy = numbers(card.name)
        assert numbers(said) - strategy <= in_table
        assert len(card.words) == 5
        assert numbers(" ".join(bar.said for bar in card.picture.bars)) <= in_table


def test_a_difference_within_chance_is_called_none() -> None:
    made = found("strategy=iv-standard&strategy=iv-extended")
    assert lines(made)[4][1].apart_words == "no difference in the number of cases of PML"
    where = ("iv-extended", "relapses")
    mean = made.difference[where].mean
    doubtful = replace(made, difference={**made.difference, where: replace(made.difference[where], error=abs(mean))})
    certain = replace(made, difference={**made.difference, where: replace(made.difference[where], error=0.0)})
    said = [lines(one)[0][1].apart_words for one in (doubtful, certain)]
    assert said[0] == "no clear difference in the number of relapses"
    assert "relapses" in said[1]
    assert ("more" in said[1]) == (mean > 0)


def test_a_difference_that_the_model_leaves_open_is_said_to_be_open() -> None:
    made = found("strategy=iv-standard&strategy=iv-extended")
    where = ("iv-extended", "relapses")
    open_ = replace(made.difference[where], mean=0.03, error=0.001, around=(-0.02, 0.05))
    said = lines(replace(made, difference={**made.difference, where: open_}))[0][1].apart_words
    assert said == "30 more relapses, though the model leaves open which has more"


@pytest.mark.parametrize(
    ("number", "decimals", "signed", "said"),
    [(-0.4, 0, True, "0"), (1234.5, 1, False, "1,234.5"), (-2.5, 1, False, "−2.5"), (3, 0, True, "+3")],
)
def test_numbers_are_written_with_real_signs_and_no_minus_nought(
    number: float, decimals: int, signed: bool, said: str
) -> None:
    assert written(number, decimals, signed=signed) == said


def test_bars_of_all_strategies_have_one_scale_and_stay_within_it() -> None:
    drawn = pictures(lines(found(THREE)))
    bars = [(bar.length, float(bar.said.replace(",", ""))) for picture in drawn for bar in picture.bars]
    longest = max(bars)
    assert longest[0] <= WIDTH
    for length, number in bars:
        assert length == pytest.approx(number * longest[0] / longest[1], abs=0.5)
    assert all(bar.high <= WIDTH for picture in drawn for bar in picture.bars)


# --- the page ---


def test_the_page_answers_with_its_doubts_and_every_outcome(as_nora: Client) -> None:
    page = page_of(as_nora, f"{THREE}&years=3&pml=secondary")
    assert "Of 1,000 people like this, over 3 years" in page
    assert (
        "Exploratory model, calibrated to C1–C15 only</strong> (docs/calibration.md); no decision rule uses it;" in page
    )
    assert "it is not about any one person" in page
    assert "a hazard ratio of 0.12 (0.05 to 0.29), which one registry suggests" in page
    assert "Zhovtis Ryerson L" in page
    assert "recalled, unverified" in page
    assert "nobody has checked them against the text" in page
    assert "nor any other treatment of MS" in page
    assert [one.label for one in OUTCOMES if one.label not in page] == []
    assert page.count('class="strategy"') == 3


def test_without_a_scenario_none_is_named(as_nora: Client) -> None:
    page = page_of(as_nora, "strategy=iv-standard&strategy=iv-extended")
    assert "Assumed for PML" not in page
    assert "A longer interval is taken to change nothing about it" in page


def test_an_interval_by_level_says_that_everybody_begins_alike(as_nora: Client) -> None:
    page = page_of(as_nora, "strategy=level-10&strategy=none")
    assert "first has 26 weeks of infusions at the labelled interval" in page
    assert "No drug after the first 26 weeks" in page
    assert "over 2 years, after the first half-year" in page


def test_before_anything_is_asked_there_is_a_form_and_no_answer(as_nora: Client) -> None:
    page = page_of(as_nora, "")
    assert '<form id="simulate" class="simulate" method="get"' in page
    assert page.count('name="strategy"') == 3
    assert "Of 1,000" not in page


@pytest.mark.parametrize(
    "text", ["strategy=x&strategy=none", f"{THREE}&years=two", "strategy=%00&strategy=%ff", "age=1"]
)
def test_bad_values_get_a_plain_message_with_the_form_and_htmx_shows_it_too(as_nora: Client, text: str) -> None:
    response = as_nora.get(f"/simulator/?{text}")
    assert response.status_code == 400
    assert "This can’t be worked out" in response.content.decode()
    assert 'id="simulate"' in response.content.decode()
    assert "This can’t be worked out" in page_of(as_nora, text, **{"HX-Request": "true"})


def test_what_is_asked_can_not_bring_markup_into_the_page(as_nora: Client) -> None:
    page = as_nora.get("/simulator/?strategy=<script>alert(1)</script>&strategy=none").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_htmx_gets_the_answer_and_the_words_for_a_screen_reader_alone(as_nora: Client) -> None:
    part = page_of(as_nora, THREE, **{"HX-Request": "true", "HX-Trigger": "simulate"})
    assert part.startswith(
        '<p id="said" hx-swap-oob="innerHTML">The answer is there: every 4 weeks, into a vein, beside'
    )
    assert "<html" not in part
    assert '<section id="answer"' in part


def test_while_it_is_worked_out_the_page_says_how_far_and_asks_again(
    as_nora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    may, begun = Event(), Event()

    def slow(question: Any, told: Any) -> Any:
        told(0.4)
        begun.set()
        may.wait(SOON)

    monkeypatch.setattr(view, "desk", Desk(slow))
    monkeypatch.setattr(view, "PATIENCE_SECONDS", 0.0)
    as_nora.get(f"/simulator/?{THREE}")
    assert begun.wait(SOON)
    page = page_of(as_nora, THREE)
    assert "40 % done" in page
    assert f'<a href="/simulator/?{THREE.replace("&", "&amp;")}">Look again</a>' in page
    assert 'hx-trigger="load delay:200ms"' in page
    first = page_of(as_nora, THREE, **{"HX-Request": "true", "HX-Trigger": "simulate"})
    again = page_of(as_nora, THREE, **{"HX-Request": "true", "HX-Trigger": "answer"})
    assert "Working it out; the answer comes by itself." in first
    assert 'id="said"' not in again
    monkeypatch.setattr(solver_ready, "ready", lambda patience: False)
    assert "The model is being compiled on this machine" in page_of(as_nora, THREE)
    may.set()


def test_a_busy_desk_is_said_in_words(as_nora: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("natalizumab.clinic.simulator.desk.MOST_WAITING", 0)
    assert "Ask again in a moment." in as_nora.get(f"/simulator/?{THREE}").content.decode()


def test_the_simulator_is_for_members_of_a_clinic(db: None) -> None:
    assert signed_in(User.objects.create_user("wendy")).get("/simulator/").status_code == 403


def test_people_of_the_answer_are_those_of_the_question() -> None:
    made = found(f"{THREE}&weight=3")
    assert people_like(made.question).weight_min == 100
    assert "100 to 140 kg" in made.question.person
