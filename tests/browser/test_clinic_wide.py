"""The clinic as a whole in a real browser: read by everybody, on a phone and on paper, and followed to its people."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Open, Serve
from tests.browser.looking import ALIKE, LOOKS, looked_at

pytestmark = pytest.mark.browser

PLACES = ("/clinic/", "/clinic/vigilance/hypersensitivity/", "/clinic/vigilance/infections/")


@pytest.mark.parametrize("place", PLACES)
def test_everybody_can_use_it_and_nothing_complains(visit: Open, place: str) -> None:
    assert looked_at(visit(), place, ALIKE if place == PLACES[-1] else LOOKS) == []


def test_everybody_of_the_demo_is_counted_when_it_starts(visit: Open, serve: Serve, tmp_path: Path) -> None:
    seen = visit()
    with serve(tmp_path / "demo") as seen.address:  # one that nobody was added to yet
        page = seen.go("/clinic/")
        expect(page.locator(".lead")).to_contain_text("80 people")
        expect(page.get_by_role("status")).to_have_count(0)


def test_without_javascript_a_signal_leads_to_its_people_and_a_table_to_a_file(visit: Open) -> None:
    page = visit(javascript=False).go("/clinic/")
    with page.expect_download() as file:
        page.get_by_role("link", name="CSV of tests in time").click()
    assert file.value.suggested_filename == "tests-in-time-2026-11-02.csv"
    page.locator("a[href='/clinic/vigilance/hypersensitivity/']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hypersensitivity")
    page.locator("tbody th a").click()
    expect(page.locator(".person-head")).to_contain_text("Number")


def test_on_paper_the_figures_stay_and_what_can_only_be_clicked_goes(visit: Open) -> None:
    page = visit().go("/clinic/")
    page.emulate_media(media="print")
    expect(page.locator("figure.month-panel svg").first).to_be_visible()
    expect(page.locator("article.signal")).to_have_count(9)
    expect(page.get_by_role("link", name="CSV of tests in time")).to_be_hidden()
