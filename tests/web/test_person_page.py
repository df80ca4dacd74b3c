"""Does a person's page show the decision, its grounds, the risk and the whole record? (test_own_curve: the curve.)"""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.counted import ON
from tests.web.people import ADA, doses, enter, person

from natalizumab.clinic.loading.lots import Incoming
from natalizumab.clinic.loading.running import load
from natalizumab.clinic.models import Clinic, Entry, Person, Source

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
    assert f'<a href="#entry-{wrong.pk}">corrects an earlier entry</a>' in page


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


LONG = Incoming(
    "L-1", "Lou Invented", [*ADA[:4], *doses(*(f"{y}-{m:02}-05" for y in range(2016, 2026) for m in range(1, 13)))]
)
OLD = {"kind": "edss", "on": "2021-03-01", "score": 3}


def test_earlier_years_are_a_page_of_their_own_and_come_when_they_are_unfolded(as_nora: Client, ada: Person) -> None:
    old = enter(ada, OLD)
    page, place = page_of(as_nora, ada), f"/people/{ada.pk}/earlier/"
    assert f'id="entry-{old.pk}"' not in page
    assert "2019–2024</h3> <small>5 earlier entries</small>" in page
    assert f'hx-get="{place}" hx-trigger="toggle once"' in page
    assert f'<a href="{place}">Earlier years</a>' in page
    whole = as_nora.get(place).content.decode()
    part = as_nora.get(place, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in whole
    assert re.findall(r"<h3>(\d+)</h3>", part) == ["2024", "2021", "2019"]
    assert f'id="entry-{old.pk}"' in part
    ids = re.findall(r'id="entry-([^"]+)"', page + part)
    assert sorted(ids) == sorted(str(pk) for pk in ada.entries.values_list("pk", flat=True))  # each once


def test_a_fact_leads_to_its_entry_wherever_that_stands(as_nora: Client, ada: Person) -> None:
    page = page_of(as_nora, ada)
    for place, entry in re.findall(r'<a href="([^"#]*)#entry-([^"]+)">', page):
        assert place in ("", f"/people/{ada.pk}/earlier/")
        assert f'id="entry-{entry}"' in (as_nora.get(place).content.decode() if place else page)
    assert f'href="/people/{ada.pk}/earlier/#entry-' in page  # the index of 2024
    assert '<a href="#entry-' in page


def test_somebody_long_gone_has_the_years_of_their_last_entries(as_nora: Client, clinic: Clinic) -> None:
    gone = person(clinic, "G-1", "Gus Invented", [OLD, {"kind": "stop", "on": "2022-01-05"}])
    page = page_of(as_nora, gone)
    assert "<h3>2022</h3>" in page
    assert "2021</h3> <small>1 earlier entry</small>" in page
    young = person(clinic, "Y-1", "Yan Invented", [{"kind": "stop", "on": "2026-01-05"}])
    assert "earlier" not in page_of(as_nora, young).split('id="timeline"')[1].split("</section>")[0]
    assert "There are none" in as_nora.get(f"/people/{young.pk}/earlier/").content.decode()


def test_a_record_that_can_not_be_read_still_has_a_page(as_nora: Client, ada: Person) -> None:
    enter(ada, {"kind": "dose", "on": "2026-10-12", "dose_mg": 300, "route": "iv"})
    page = page_of(as_nora, ada)
    assert "Cannot say: the record cannot be read." in page
    assert "12 Oct" in page


@pytest.mark.parametrize("part", ["", "earlier/", "curve/"])
def test_a_page_takes_the_same_few_queries_however_long_the_record_and_large_the_clinic(
    as_nora: Client, clinic: Clinic, ada: Person, part: str
) -> None:
    load(clinic, [LONG], by=None, source=Source.DEMO, on=ON)
    long = Person.objects.get(number="L-1")
    counts = []
    for who in (ada, long):
        with CaptureQueriesContext(connection) as asked:
            assert as_nora.get(f"/people/{who.pk}/{part}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
