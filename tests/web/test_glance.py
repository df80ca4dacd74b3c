"""Does the page for everybody say all that the summary says, with its evidence, and know nothing of anybody?"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import coverage_page
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from natalizumab.clinic import solver_ready
from natalizumab.clinic.curve_shown import PREPARING
from natalizumab.clinic.glance import making, statements
from natalizumab.clinic.glance.asked import Asked
from natalizumab.clinic.glance.picture import Cell, Picture
from natalizumab.clinic.models import Person
from natalizumab.errors import EvidenceError

pytestmark = pytest.mark.usefixtures("solver")

EACH = pytest.mark.parametrize("of_summary", coverage_page.statements(), ids=lambda found: str(found.glance))
SHOWN = {one.id: one for group in statements.groups() for one in group.statements}
BEYOND_THE_SUMMARY = {"no-cure", "no-repair"}


def page_of(client: Client, status: int = 200, **query: str) -> str:
    response = client.get(f"/glance/?{urlencode(query)}")
    assert response.status_code == status
    return re.sub(r"[\s\xa0]+", " ", unescape(response.content.decode()))


# --- who may see it ---


def test_nobody_needs_to_sign_in_and_nothing_is_looked_up(
    client: Client, ada: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        page = page_of(client)
    assert "Natalizumab at a glance" in page
    for private in (ada.name, ada.number, "Harbour clinic"):
        assert private not in page
    assert client.get("/glance").headers["Location"] == "/glance/"


def test_the_sign_in_and_the_foot_of_every_page_lead_to_it(client: Client, as_nora: Client) -> None:
    assert client.get("/sign-in/").content.decode().count('href="/glance/"') == 2
    assert as_nora.get("/").content.decode().count('href="/glance/"') == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_only_shows(client: Client, method: str) -> None:
    assert getattr(client, method)("/glance/").status_code == 405


# --- what is said ---


@EACH
def test_every_statement_of_the_summary_is_told_with_its_evidence(of_summary: coverage_page.Statement) -> None:
    told = SHOWN[of_summary.glance]
    assert {one.key for one in told.sources} >= set(of_summary.sources)
    assert {one.key for one in told.values} >= set(of_summary.numbers)


@EACH
def test_where_what_was_read_has_a_reservation_the_page_has_one(of_summary: coverage_page.Statement) -> None:
    if of_summary.verdict == "qualify":
        assert SHOWN[of_summary.glance].doubt


def test_what_goes_beyond_the_summary_is_known() -> None:
    assert set(SHOWN) - {found.glance for found in coverage_page.statements()} == BEYOND_THE_SUMMARY


def test_every_statement_stands_on_the_page_with_its_values_their_status_and_its_sources(client: Client) -> None:
    page = page_of(client)
    for told in SHOWN.values():
        part = re.search(rf'<li id="{told.id}">(.*?)</details>', page)
        assert part is not None, told.id
        assert told.text in part[1]
        assert told.doubt in part[1]
        assert part[1].count('class="status ') == len(told.values)
        assert all(one.citation in part[1] for one in told.sources)
        for one in told.values:
            assert one.about in part[1]
            assert f'"status {one.status}"' in part[1]


def test_no_number_is_written_by_hand() -> None:
    for group in statements.written():
        for one in group.statement:
            assert not re.search(r"\d", re.sub(r"\{.*?\}|\bof 100\b", "", one.text + one.doubt)), one.id


@pytest.mark.parametrize(
    ("written", "filled"),
    [
        ("{dosing.dose} mg", "300 mg"),
        ("dose {aesi.hypersensitivity.risky_doses[1]}", "dose 4"),
        ("{calibration.c7_natalizumab} of 100", "29 of 100"),
        ("{1 in pml.eu.low.m01_12}", "1 in 10,000"),
        ("{1 in pml.alternatives.ho_2017.negative.all}", "1 in 14,000"),
    ],
)
def test_a_number_is_said_as_one_can_picture_it(written: str, filled: str) -> None:
    assert statements._filled(written) == filled


def test_a_number_that_the_evidence_lacks_is_refused() -> None:
    with pytest.raises(EvidenceError, match="no value is called"):
        statements._filled("{dosing.nothing}")


def test_sources_lead_to_their_pages_for_those_who_may_see_them(client: Client, as_nora: Client) -> None:
    assert 'href="/evidence/affirm-2006/"' in page_of(as_nora)
    assert 'href="/evidence/' not in page_of(client)


# --- what is asked for ---


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"interval": "0"}, "The interval “0” can't be shown: choose a whole number of weeks from 4 to 12."),
        ({"interval": "13"}, "whole number of weeks from 4 to 12."),
        ({"interval": "6.5"}, "whole number of weeks from 4 to 12."),
        ({"interval": "NaN"}, "The interval “NaN” can't be shown"),
        ({"interval": "9" * 5000}, f"The interval “{'9' * 20}…” can't be shown"),
        ({"weight": "5000"}, "The weight “5000” can't be shown: choose from 45 to 140 kg."),
        ({"weight": "44.9"}, "choose from 45 to 140 kg."),
        ({"weight": "nan"}, "choose from 45 to 140 kg."),
        ({"weight": "-inf"}, "choose from 45 to 140 kg."),
        ({"weight": "heavy\x00"}, "choose from 45 to 140 kg."),
        ({"route": "nose"}, "The route “nose” is not known: choose iv (into a vein) or sc (under the skin)."),
    ],
)
def test_what_can_not_be_shown_is_said_with_what_can(client: Client, query: dict[str, str], said: str) -> None:
    page = page_of(client, 400, **query)
    assert said in page
    assert "<svg" not in page
    assert "It is sold as Tysabri." in page


def test_all_that_is_wrong_is_said_at_once_and_as_text_alone(client: Client) -> None:
    page = client.get("/glance/?interval=0&weight=0&route=<script>").content.decode()
    assert page.count("can&#x27;t be shown") == 2
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_what_is_absent_or_empty_is_as_usual(client: Client) -> None:
    for query in ({}, {"interval": "", "route": "", "weight": ""}):
        assert "Every 4 weeks into a vein, 75 kg:" in page_of(client, 200, **query)


@pytest.mark.parametrize(
    ("asked", "shown"), [("72", "70"), ("72.5", "75"), ("45", "45"), ("140", "140"), ("139", "140")]
)
def test_a_weight_is_shown_in_steps_and_the_page_says_so(client: Client, asked: str, shown: str) -> None:
    page = page_of(client, weight=asked)
    assert f"Every 4 weeks into a vein, {shown} kg:" in page
    assert (f"{asked} kg is shown as {shown} kg." in page) == (asked != shown)


def test_the_choices_show_what_was_asked_for(client: Client) -> None:
    page = page_of(client, interval="9", route="sc", weight="110")
    assert 'value="9" checked' in page
    assert 'value="sc" checked' in page
    assert 'value="110" selected' in page


@pytest.mark.parametrize(
    ("interval", "said"),
    [("4", "interval of the label."), ("5", "between"), ("6", "A trial tried this interval"), ("7", "outside label")],
)
def test_an_interval_is_said_to_rest_on_label_trial_or_neither(client: Client, interval: str, said: str) -> None:
    assert said in page_of(client, interval=interval).split('id="chain"')[1].split("</p>")[0]


# --- the picture ---


def test_the_picture_is_said_to_be_an_exploratory_model_that_no_rule_uses(client: Client) -> None:
    page = page_of(client)
    assert "exploratory model</strong>, calibrated to published trial figures (docs/calibration.md)" in page
    assert "No decision rule uses it." in page
    assert page.count('<p class="basis">Exploratory model</p>') == 3


def test_every_chart_has_its_numbers_in_the_table(client: Client) -> None:
    response = client.get("/glance/?interval=8")
    found: Picture = response.context["picture"]
    assert [row.week for row in found.rows] == list(range(0, 52, 8))
    names = {cell.label: cell.typical for cell in found.rows[-1].cells}
    now = [card.now.removesuffix(" mg/L") for card in (*found.cards, *found.sides)]
    assert list(names.values()) == now
    page = unescape(response.content.decode())
    for row in found.rows:
        assert f'<th scope="row">{row.week}</th>' in page
        assert all(written(cell) in page for cell in row.cells)


def written(cell: Cell) -> str:
    spread = f" <small>{cell.spread}</small>" if cell.spread else ""
    return f'data-label="{cell.label}"><div>{cell.typical}{spread}</div>'


def test_before_the_first_dose_there_is_nothing_and_everybody_is_alike(client: Client) -> None:
    found: Picture = client.get("/glance/").context["picture"]
    assert [(cell.typical, cell.spread) for cell in found.rows[0].cells] == [
        ("0", ""),
        *(("0\N{NO-BREAK SPACE}%", ""),) * 2,
        *(("100\N{NO-BREAK SPACE}%", ""),) * 2,
    ]


def test_every_drawing_says_what_it_shows_and_nothing_is_styled_inline(client: Client) -> None:
    page = page_of(client)
    drawings = re.findall(r"<svg[^>]*>", page)
    named = [one for one in drawings if 'role="img" aria-labelledby=' in one]
    assert len(named) == 7
    assert all('aria-hidden="true"' in one for one in set(drawings) - set(named))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)", page)


def test_htmx_gets_the_picture_alone_and_caches_keep_both_apart(client: Client) -> None:
    response = client.get("/glance/?interval=6", headers={"HX-Request": "true"})
    part = response.content.decode().strip()
    assert part.startswith('<div id="chain">')
    assert "<h1>" not in part
    assert "Every 6 weeks" in part
    assert "HX-Request" in response.headers["Vary"]


def test_a_picture_is_made_once_for_all_who_ask_for_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Asked] = []
    real = making.picture

    def noted(asked: Asked) -> Picture:
        made.append(asked)
        return real(asked)

    monkeypatch.setattr(making, "picture", noted)
    for weight in ("131", "130", "129"):
        page_of(client, interval="11", weight=weight)
    assert [(one.weeks, one.weight_kg) for one in made] == [(11, 130)]


def test_while_the_solver_is_compiled_the_words_stand_and_the_picture_follows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver_ready, "ready", lambda patience_seconds: False)
    monkeypatch.setattr(making, "picture", None)
    page = page_of(client, interval="10")
    assert PREPARING in page
    assert '<div id="chain" hx-get="/glance/?interval=10" hx-trigger="load delay:3s"' in page
    assert 'href="/glance/?interval=10">Look again</a>' in page
    assert "It is sold as Tysabri." in page
