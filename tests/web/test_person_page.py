"""Does a person's page show the decision, its grounds, the risk, the curve and the whole record?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.web.people import ADA, BEN, enter, person

from natalizumab.clinic.models import Clinic, Entry, Person


def page_of(client: Client, who: Person) -> str:
    response = client.get(f"/people/{who.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_reason_names_its_rule_its_facts_and_its_sources(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    scan = Entry.objects.get(person=ada, kind="mri")
    assert "Rule MRI-02" in page
    assert f'<a href="#entry-{scan.pk}">MRI, 1 Sep 2025' in page
    assert f'id="entry-{scan.pk}"' in page
    assert re.search(r'<details class="sources">.*?href="/evidence/ema-pml-2016/"', page, re.DOTALL)


def test_what_is_overdue_is_said_with_the_days(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    assert re.search(r'<span class="when overdue">Overdue</span><small>62 days late</small>', page)


def test_the_risk_is_said_in_words_as_people_and_in_a_table(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    assert "Of 1,000 people like this, about 3 develop PML within a year" in page
    assert page.count('class="whole"') == 3 + 4  # 3 within the year, 4.1 since the first dose
    assert page.count('class="part"') == 1
    assert "1 in 333" in page
    assert "recalled, unverified" in page


def test_without_a_published_figure_the_page_says_why(as_nora: Client, clinic: Clinic) -> None:
    untested = person(clinic, "U-8", "Una Invented", [event for event in ADA if event["kind"] != "jcv"])
    page = page_of(as_nora, untested)
    assert "No figure can be given" in page
    assert "pictogram" not in page


def test_the_curve_has_its_numbers_in_a_table(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    assert f'data-chart="/people/{ada.pk}/charts/concentration.json"' in page
    assert "When the next dose is due" in page
    assert '<td data-label="Measured, mg/L" class="num">14.2</td>' in page
    assert "typical person" in page


def test_a_level_below_the_limit_is_said_to_be_below_it(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "concentration", "on": "2026-09-14", "mg_per_l": 0.5, "below": True})
    assert '<td data-label="Measured, mg/L" class="num">below 0.5</td>' in page_of(as_nora, ada)


def test_a_curve_that_lacks_what_was_given_elsewhere_says_so(as_nora: Client, ada: Person) -> None:
    assert "What was given elsewhere" not in page_of(as_nora, ada)
    enter(ada, {"kind": "earlier_treatment", "on": "2024-01-10", "doses": 12})
    assert "What was given elsewhere before 15 Jan 2024 is not in it" in page_of(as_nora, ada)


def test_without_a_weight_there_is_no_curve_and_the_page_says_why(as_nora: Client, clinic: Clinic) -> None:
    light = person(clinic, "L-5", "Lena Invented", [event for event in ADA if event["kind"] != "weight"])
    page = page_of(as_nora, light)
    assert "Cannot say: no weight is on record" in page
    assert "data-chart" not in page
    assert as_nora.get(f"/people/{light.pk}/charts/concentration.json").status_code == 404


def test_without_a_dose_there_is_no_curve(as_nora: Client, clinic: Clinic) -> None:
    new = person(clinic, "N-1", "Nell Invented", BEN[:4])
    assert "No dose is on record" in page_of(as_nora, new)


@pytest.mark.parametrize("panel", ["concentration", "saturation"])
def test_a_picture_is_a_specification_with_its_data_inside(as_nora: Client, ada: Person, panel: str) -> None:
    spec: dict[str, Any] = as_nora.get(f"/people/{ada.pk}/charts/{panel}.json").json()
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/v6")
    assert spec["width"] == "container"
    assert all(set(layer["data"]) <= {"name", "values"} for layer in spec["layer"])


def test_an_unknown_picture_is_not_found(as_nora: Client, ada: Person) -> None:
    assert as_nora.get(f"/people/{ada.pk}/charts/anything.json").status_code == 404


def test_the_timeline_shows_what_was_corrected_and_by_what(as_nora: Client, ada: Person) -> None:
    wrong = enter(ada, {"kind": "edss", "on": "2026-10-20", "score": 6})
    right = enter(ada, {"kind": "edss", "on": "2026-10-20", "score": 2}, corrects=wrong)
    page = page_of(as_nora, ada)
    assert "<s><strong>EDSS</strong> score 6</s>" in page
    assert f'<a href="#entry-{right.pk}">corrected</a>' in page
    assert f'corrects <a href="#entry-{wrong.pk}">' in page


def test_the_timeline_shows_what_was_withdrawn(as_nora: Client, ada: Person) -> None:
    wrong = enter(ada, {"kind": "relapse", "on": "2026-10-20"})
    enter(ada, {"kind": "withdrawal", "on": "2026-10-21"}, corrects=wrong)
    assert ">withdrawn</a>" in page_of(as_nora, ada)


def test_the_newest_entry_stands_on_top(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    days = re.findall(r'<time datetime="([\d-]+)"', page)
    assert days == sorted(days, reverse=True)


def test_what_was_typed_by_somebody_is_text_never_markup(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "relapse", "on": "2026-10-20", "note": "<script>alert(1)</script>"})
    page = page_of(as_nora, ada)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_record_that_can_not_be_read_still_has_a_page(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "dose", "on": "2026-10-12", "dose_mg": 300, "route": "iv"})
    page = page_of(as_nora, ada)
    assert "Cannot say: the record cannot be read." in page
    assert "12 Oct" in page


def test_a_page_takes_few_queries(as_nora: Client, ada: Person, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(6):
        page_of(as_nora, ada)
