"""Does a person's page lead to their own curve, in words and numbers, and say what is to be doubted about it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client, override_settings
from tests.web.people import ADA, BEN, doses, enter, person

from natalizumab.clinic import curve_making, curve_shown, own_curve, solver_ready
from natalizumab.clinic.models import Clinic, Person
from natalizumab.clinic.own_curve import OwnCurve
from natalizumab.clinic.records import record_of
from natalizumab.pharmacology.individualised import individualise

ON = date(2026, 11, 2)
MONTHLY = ("2026-05-18", "2026-06-15", "2026-07-13", "2026-08-10", "2026-09-07", "2026-10-05")
LOW_TROUGH = {"kind": "concentration", "on": "2026-10-05", "mg_per_l": 0.6, "assay": "Dutch assay"}
USUAL_TROUGH = {"kind": "concentration", "on": "2026-10-05", "mg_per_l": 27.0, "assay": "Dutch assay"}

pytestmark = pytest.mark.usefixtures("solver")


@pytest.fixture
def eva(clinic: Clinic) -> Person:
    """Six doses every four weeks, the next due on the day asked about plus a week; nothing measured."""
    events = [{"kind": "weight", "on": "2026-05-01", "kg": 70}, *doses(*MONTHLY)]
    events.append({"kind": "interval", "on": "2026-10-05", "weeks": 5})
    return person(clinic, "E-4", "Eva Invented", events)


def page_of(client: Client, who: Person) -> str:
    """The curve's page, in which neither lines nor spaces break words."""
    response = client.get(f"/people/{who.pk}/curve/")
    assert response.status_code == 200
    return re.sub(r"[\s\xa0]+", " ", response.content.decode().replace("&nbsp;", " "))


def about(client: Client, who: Person) -> str:
    """The person's page, which leads to that of the curve."""
    return client.get(f"/people/{who.pk}/").content.decode()


def shown(client: Client, who: Person) -> OwnCurve:
    curve: OwnCurve = client.get(f"/people/{who.pk}/curve/").context["shown"].curve
    return curve


def picture(client: Client, who: Person, panel: str = "concentration") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/people/{who.pk}/charts/{panel}.json").json()
    return found


def marks(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in spec["layer"]:
        for inner in layer.get("layer", [layer]):
            yield inner["mark"]


def test_the_curve_is_a_page_of_its_own_and_a_part_of_the_persons_page(as_nora: Client, eva: Person) -> None:
    place = f"/people/{eva.pk}/curve/"
    page = about(as_nora, eva)
    assert f'<div id="own" hx-get="{place}" hx-trigger="load" hx-swap="outerHTML">' in page
    assert f'<a href="{place}">' in page
    assert "vega-bundle.js" in page
    whole = as_nora.get(place).content.decode()
    part = as_nora.get(place, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="own">')
    assert part.strip() in whole
    assert "<h1>Eva Invented</h1>" in whole


# --- the words ---


def test_the_probability_at_the_next_dose_is_said_with_and_without_the_level(as_nora: Client, eva: Person) -> None:
    assert "without" not in page_of(as_nora, eva).split('id="curve"')[1].split("</table>")[0]
    enter(eva, USUAL_TROUGH)
    said = re.search(
        r"When the next dose is due, on 9 Nov 2026, the concentration will be at or above 2 mg/L with a probability "
        r"of <strong>more than 99 %</strong>; without the level one would say (\d\d) %\.",
        page_of(as_nora, eva),
    )
    assert said is not None
    assert 90 <= int(said[1]) <= 98


def test_the_numbers_are_those_of_the_persons_own_posterior(as_nora: Client, eva: Person) -> None:
    enter(eva, USUAL_TROUGH)
    next_ = shown(as_nora, eva).next
    assert next_ is not None
    assert next_.without is not None
    assert next_.date == date(2026, 11, 9)
    exact = individualise(record_of(eva, eva.entries.order_by("sequence")), ON)
    close = 2e-3  # alone or among other days asked about, a day is reached by other steps
    for posterior, found in ((exact.with_levels, next_.known), (exact.without_levels, next_.without)):
        expected = posterior.predict([exact.patient.day(next_.date)])
        assert found.p50 == pytest.approx(expected.p50[0], rel=close)
        assert found.p5 == pytest.approx(expected.p5[0], rel=close)
        assert found.p95 == pytest.approx(expected.p95[0], rel=close)
        assert found.at_target == pytest.approx(expected.at_least(2)[0], rel=close)


def test_without_anything_measured_the_page_says_how_little_it_knows(as_nora: Client, eva: Person) -> None:
    page = page_of(as_nora, eva)
    assert "Nothing has been measured: the curve rests on the doses and a weight of 70 kg" in page
    assert "A measured trough would narrow it." in page


def test_the_page_says_that_no_rule_uses_it_and_where_it_is_weak(as_nora: Client, eva: Person) -> None:
    page = page_of(as_nora, eva)
    assert "It is exploratory, and no rule of the plan uses it." in page
    assert "Below 0.5 mg/L the model&#x27;s tail falls too fast" in page


def test_a_dose_that_is_overdue_is_said_and_today_is_what_counts(as_nora: Client, eva: Person) -> None:
    enter(eva, {"kind": "interval", "on": "2026-10-05", "weeks": 3})
    page = page_of(as_nora, eva)
    assert "The next dose was due on 26 Oct 2026. Today the concentration is at or above 2 mg/L" in page
    assert shown(as_nora, eva).next is None


def test_a_low_early_trough_asks_for_a_test_for_antibodies_first(as_nora: Client, eva: Person) -> None:
    assert "antibodies against natalizumab" not in page_of(as_nora, eva)
    enter(eva, LOW_TROUGH)
    page = page_of(as_nora, eva)
    assert "<strong>Test for antibodies first.</strong> With these levels the probability of antibodies" in page
    assert shown(as_nora, eva).antibodies > 0.5


def test_after_positive_tests_nobody_is_asked_to_test_first(as_nora: Client, eva: Person) -> None:
    for day in ("2026-08-10", "2026-10-05"):
        enter(eva, {"kind": "antibody", "on": day, "result": "positive"})
    page = page_of(as_nora, eva)
    assert "<strong>Antibodies against natalizumab are likely.</strong> With everything on record" in page
    assert "Test for antibodies first" not in page.split("<noscript>")[0]
    assert "and 2 antibody tests." in page


def test_an_ordinary_level_makes_antibodies_improbable(as_nora: Client, eva: Person) -> None:
    enter(eva, USUAL_TROUGH)
    page = page_of(as_nora, eva)
    assert "The probability of antibodies against natalizumab is less than 1 % today." in page
    assert 'class="panel confirm caution"' not in page


def test_what_is_to_be_doubted_stands_above_with_dates_as_one_reads_them(as_nora: Client, eva: Person) -> None:
    before = page_of(as_nora, eva)
    assert "To be checked" not in before
    assert "Check the levels" not in before
    enter(eva, {"kind": "concentration", "on": "2026-10-05", "mg_per_l": 190})
    page = page_of(as_nora, eva)
    assert "The level of 190 mg/L on 5 Oct 2026 is so high that hardly any plausible person" in page
    assert page.index("Check the levels before you rely on this curve.") < page.index("When the next dose is due")
    assert "No assay is named: the levels are taken as they stand" in page
    assert page.index("To be checked") > page.index("When the next dose is due")


# --- the table ---


def test_every_level_of_the_year_stands_in_the_table_as_it_was_measured(as_nora: Client, eva: Person) -> None:
    enter(eva, USUAL_TROUGH)
    enter(eva, {"kind": "concentration", "on": "2026-09-21", "mg_per_l": 40.25, "assay": "Dutch assay"})
    enter(eva, {"kind": "concentration", "on": "2026-08-10", "mg_per_l": 0.5, "below": True, "assay": "Dutch assay"})
    rows = {(row.what, row.date.isoformat()): row.measured for row in shown(as_nora, eva).moments}
    assert [level.mg_per_l for level in rows["Before the dose", "2026-10-05"]] == [27.0]
    assert [level.mg_per_l for level in rows["Level taken", "2026-09-21"]] == [40.25]
    assert "<span>below 0.5</span>" in page_of(as_nora, eva)


def test_the_table_runs_from_the_next_dose_back_to_the_second(as_nora: Client, eva: Person) -> None:
    rows = [(row.what, row.date.isoformat()) for row in shown(as_nora, eva).moments]
    before = [("Before the dose", day) for day in MONTHLY[:0:-1]]
    assert rows == [("Next dose due", "2026-11-09"), ("Today", "2026-11-02"), *before]


def test_on_the_day_of_a_dose_before_and_today_are_before_and_after_it(as_nora: Client, eva: Person) -> None:
    enter(eva, doses("2026-11-02")[0])
    rows = {row.what: row.known.p50 for row in shown(as_nora, eva).moments if row.date == ON}
    assert rows["Today"] > rows["Before the dose"] + 50


# --- no curve ---


def test_without_a_weight_there_is_no_curve_and_the_page_says_why(as_nora: Client, clinic: Clinic) -> None:
    light = person(clinic, "L-5", "Lena Invented", [event for event in ADA if event["kind"] != "weight"])
    no_curve(as_nora, light, "Cannot say: no weight is on record")


def test_without_a_dose_there_is_no_curve(as_nora: Client, clinic: Clinic) -> None:
    no_curve(as_nora, person(clinic, "N-1", "Nell Invented", BEN[:4]), "No dose is on record")


def test_a_dose_of_unknown_amount_leaves_no_curve(as_nora: Client, eva: Person) -> None:
    enter(eva, {"kind": "dose", "on": "2026-11-02", "dose_mg": 300, "route": "iv", "completed": False})
    no_curve(as_nora, eva, "Cannot say: ")


def test_a_record_that_can_not_be_read_has_no_curve(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "dose", "on": "2026-10-12", "dose_mg": 300, "route": "iv"})
    no_curve(as_nora, ada, curve_shown.UNREADABLE)


def no_curve(client: Client, who: Person, why: str) -> None:
    """The reason stands on the page and on that of the interval, and there is nothing to draw."""
    page = page_of(client, who)
    assert why in page
    assert "data-chart" not in page
    assert client.get(f"/people/{who.pk}/charts/concentration.json").status_code == 404
    assert why in client.get(f"/people/{who.pk}/interval/").content.decode()


# --- the pictures ---


@pytest.mark.parametrize("panel", own_curve.PANELS)
def test_a_picture_is_a_specification_with_its_data_inside(as_nora: Client, ada: Person, panel: str) -> None:
    spec = picture(as_nora, ada, panel)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert (spec["width"], spec["background"]) == ("container", "transparent")
    assert "url" not in str(spec["datasets"])
    assert sum(map(len, spec["datasets"].values())) > 100


def test_an_unknown_picture_is_not_found(as_nora: Client, ada: Person) -> None:
    assert as_nora.get(f"/people/{ada.pk}/charts/anything.json").status_code == 404


def test_a_level_is_drawn_and_named_and_so_is_the_band_without_it(as_nora: Client, eva: Person) -> None:
    assert "diamond" not in [mark.get("shape") for mark in marks(picture(as_nora, eva))]
    assert "◆" not in page_of(as_nora, eva)
    enter(eva, USUAL_TROUGH)
    assert "diamond" in [mark.get("shape") for mark in marks(picture(as_nora, eva))]
    page = page_of(as_nora, eva)
    assert "◆</span> measured" in page
    assert re.search(r'class="key-dotted" aria-hidden="true"></span> without the level</span>', page)


def test_saturation_follows_the_concentration_and_ends_with_it(as_nora: Client, eva: Person) -> None:
    drawn = {panel: sorted(rows_of(picture(as_nora, eva, panel))) for panel in own_curve.PANELS}
    assert drawn["saturation"][0] == drawn["concentration"][0]
    assert drawn["saturation"][-1] == drawn["concentration"][-1]
    assert drawn["saturation"][-1].startswith("2026-11-23")


def rows_of(spec: dict[str, Any]) -> set[str]:
    return {row["time"] for rows in spec["datasets"].values() for row in rows if "low" in row}


# --- made once, and anew when anything changes ---


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """The day of each posterior that is made from here on."""
    days: list[date] = []

    def noted(course: Any, assay_factors: Any, real: Any = curve_making.individual) -> Any:
        days.append(course.on)
        return real(course, assay_factors)

    monkeypatch.setattr(curve_making, "individual", noted)
    return days


def test_page_pictures_and_interval_ask_the_solver_once(as_nora: Client, eva: Person, made: list[date]) -> None:
    for place in ("", "curve/", "charts/concentration.json", "charts/saturation.json", "interval/", "curve/"):
        assert as_nora.get(f"/people/{eva.pk}/{place}").status_code == 200
    assert made == [ON]


def test_a_new_entry_a_correction_and_another_day_give_another_curve(
    as_nora: Client, eva: Person, made: list[date]
) -> None:
    alone = shown(as_nora, eva).today.known.p50
    level = enter(eva, USUAL_TROUGH)
    measured = shown(as_nora, eva).today.known.p50
    enter(eva, {**USUAL_TROUGH, "mg_per_l": 19.0}, corrects=level)
    corrected = shown(as_nora, eva).today.known.p50
    with override_settings(NATALIZUMAB_ON=date(2026, 11, 3)):
        tomorrow = shown(as_nora, eva).today.known.p50
    assert len(made) == 4
    assert np.unique([alone, measured, corrected, tomorrow]).size == 4
    assert tomorrow < corrected < measured


def test_levels_are_divided_by_the_factor_of_the_clinics_protocol(as_nora: Client, eva: Person, tmp_path: Path) -> None:
    enter(eva, {**USUAL_TROUGH, "assay": "harbour elisa"})
    before = shown(as_nora, eva)
    assert any("harbour elisa is not known here" in remark for remark in before.remarks)
    for factor in (1.5, 1.25):  # another factor is another curve
        own = tmp_path / f"{factor}.toml"
        decided = f'"Harbour-ELISA" = {{ factor = {factor}, source = "an invented meeting" }}'
        own.write_text(f'extends = "eu"\nname = "harbour"\nversion = "1"\n[level_assays]\n{decided}\n')
        with override_settings(NATALIZUMAB_PROTOCOL=str(own)):
            after = shown(as_nora, eva)
            interval = as_nora.get(f"/people/{eva.pk}/interval/")
        divided = f"Levels by the harbour elisa are divided by {factor:g}, as was stated, to be like the model's."
        assert divided in after.remarks
        assert after.today.known.p50 < 0.98 * before.today.known.p50
        alone = individualise(record_of(eva, [*eva.entries.all()]), ON, assay_factors={"harbour elisa": factor})
        there = alone.relied_on.antibodies_on(alone.patient.day(ON))
        assert interval.context["found"].advice.antibodies == pytest.approx(there, rel=1e-6)


def test_a_refusal_is_kept_as_well(as_nora: Client, clinic: Clinic, made: list[date]) -> None:
    light = person(clinic, "L-5", "Lena Invented", [event for event in ADA if event["kind"] != "weight"])
    for _ in range(2):
        page_of(as_nora, light)
    assert made == [ON]


# --- the interval that would suit ---


def test_the_interval_is_a_page_of_its_own_and_a_part_of_the_persons_page(as_nora: Client, eva: Person) -> None:
    enter(eva, USUAL_TROUGH)
    place = f"/people/{eva.pk}/interval/"
    assert f'hx-get="{place}" hx-trigger="load"' in page_of(as_nora, eva)
    assert f'<a href="{place}">' in page_of(as_nora, eva)
    whole = as_nora.get(place).content.decode()
    part = as_nora.get(place, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<section id="interval"')
    assert part.strip() in whole
    assert "<h1>Eva Invented</h1>" in whole


def test_the_advice_is_capped_marked_and_said_to_be_exploratory(as_nora: Client, eva: Person) -> None:
    enter(eva, USUAL_TROUGH)
    response = as_nora.get(f"/people/{eva.pk}/interval/")
    rows = response.context["found"].rows
    assert [row.interval.weeks for row in rows] == list(range(4, 13))
    assert [row.interval.weeks for row in rows if row.advised] == [4]
    page = re.sub(r"\s+", " ", response.content.decode())
    assert "4 weeks: the trough at or above 2 mg/L" in page
    assert "No rule of the plan uses it, and a clinician decides." in page
    assert page.count("outside label and evidence") == 6
    assert page.count("<strong>advised</strong>") == 1


def test_where_antibodies_are_likely_no_interval_is_advised(as_nora: Client, eva: Person) -> None:
    enter(eva, LOW_TROUGH)
    page = as_nora.get(f"/people/{eva.pk}/interval/").content.decode()
    assert "No interval is advised" in page
    assert "<strong>advised</strong>" not in page


def test_while_the_plan_holds_for_what_may_be_pml_no_interval_is_advised(as_nora: Client, eva: Person) -> None:
    enter(eva, {"kind": "symptom", "on": "2026-10-30", "name": "word-finding difficulty"})
    page = as_nora.get(f"/people/{eva.pk}/interval/").content.decode()
    assert "No interval is advised: the plan allows no dose (PML-01). PML is suspected" in page
    assert "<strong>advised</strong>" not in page
    assert "<dt>Next dose</dt><dd>Held (planned 9 Nov 2026)</dd>" in about(as_nora, eva)


def test_the_header_says_the_next_dose_plainly_while_nothing_holds_it(as_nora: Client, eva: Person) -> None:
    assert "<dt>Next dose</dt><dd>9 Nov 2026</dd>" in about(as_nora, eva)


def test_a_level_that_nobody_has_is_said_before_the_advice_that_does_without(as_nora: Client, eva: Person) -> None:
    before = as_nora.get(f"/people/{eva.pk}/interval/").context["found"].advice
    enter(eva, {"kind": "concentration", "on": "2026-10-05", "mg_per_l": 900})
    found = as_nora.get(f"/people/{eva.pk}/interval/").context["found"].advice
    assert found.text.startswith("Check the level first. The level of 900 mg/L")
    assert found.intervals == before.intervals


# --- while the solver is being compiled ---


def test_while_the_solver_is_compiled_the_page_says_so_and_asks_again(
    as_nora: Client, eva: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver_ready, "ready", lambda patience_seconds: False)
    page = page_of(as_nora, eva)
    assert curve_shown.PREPARING in page
    assert f'<div id="own" hx-get="/people/{eva.pk}/curve/" hx-trigger="load delay:3s"' in page
    assert "Eva Invented" in page
    assert "vega-bundle.js" in page
    assert as_nora.get(f"/people/{eva.pk}/charts/concentration.json").status_code == 503
    assert curve_shown.PREPARING in as_nora.get(f"/people/{eva.pk}/interval/").content.decode()
