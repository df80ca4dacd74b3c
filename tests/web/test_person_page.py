"""Does a person's page show the decision, its grounds, the risk and the whole record? (test_own_curve: the curve.)"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.web.people import ADA, enter, person

from natalizumab.clinic.models import Clinic, Entry, Person

pytestmark = pytest.mark.usefixtures("solver")


def page_of(client: Client, who: Person) -> str:
    response = client.get(f"/people/{who.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_every_reason_names_its_rule_its_facts_and_its_sources(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    scan = Entry.objects.get(person=ada, kind="mri")
    assert "Rule MRI-02" in page
    assert f'<a href="#entry-{scan.pk}">MRI, 20 Apr 2026' in page
    assert f'id="entry-{scan.pk}"' in page
    assert re.search(r'<details class="sources">.*?href="/evidence/ema-pml-2016/"', page, re.DOTALL)


def test_what_is_overdue_is_said_with_the_days(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    assert re.search(r'<span class="when overdue">Overdue</span><small>13 days late</small>', page)


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
