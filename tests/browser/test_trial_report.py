"""The report of a virtual trial in a real browser: axe-core finds nothing, and nothing is fetched or runs over."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import SIZES, Visit, watch
from tests.browser.looking import violations
from tests.virtual_trials import TEXT, found

from natalizumab.commands.trial_report import write_report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(found()[0], Path("short.toml"), TEXT, path)
    return path.as_uri()


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_is_accessible_complete_in_itself_and_no_wider_than_the_screen(
    chromium: Browser, address: str, scheme: str, size: str
) -> None:
    context = chromium.new_context(viewport=SIZES[size], color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page(), address)
    watch(visit)
    page = visit.go("")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    assert visit.complaints == []
    context.close()
