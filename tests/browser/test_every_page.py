"""Every page that there is, by the URL configuration: can everybody use it, wide and narrow, light and dark?

axe-core finds nothing (with the size of what a finger presses), nothing is wider than the window, whatever has the
focus shows it, the order of the focus is that of the page, and Chromium has nothing to complain of.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import Visit, watch
from tests.browser.full_server import EVERY_PAGE, LOOKERS
from tests.browser.looking import ALIKE, LOOKS, looked_at
from tests.web.addresses import ADDRESSES

from natalizumab.clinic.permissions import MAY

pytestmark = pytest.mark.browser

CLINICS = (EVERY_PAGE,)

NO_PAGE = {
    *("worklist-csv", "worklist-ics", "appointments", "clinic-wide-file", "signal-file", "letter-file"),
    *("chart", "health", "triage-waiting", "find-person"),
    *("mfa_remove_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_login_webauthn"),
}
"""Files, data, parts of pages, and ways that lead on: no page of their own. The last four need
a passkey, or a sign-in under way: test_accounts has them."""


def visit_as(chromium: Browser, full: dict[str, Any], session: str) -> Visit:
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": full["address"]}])
    found = Visit(context.new_page(), full["address"])
    watch(found)
    return found


def test_every_address_that_shows_a_page_is_looked_at(full: dict[str, Any]) -> None:
    pages = full["clinics"][EVERY_PAGE]["pages"]
    seen = {name for role in LOOKERS for name, places in pages[role].items() if places}
    assert {name for name in ADDRESSES if "GET" in MAY[name]} - NO_PAGE - seen == set()


@pytest.mark.parametrize("role", LOOKERS)
def test_everybody_can_use_every_page(chromium: Browser, full: dict[str, Any], role: str) -> None:
    clinic = full["clinics"][EVERY_PAGE]
    earlier = {
        name for other in LOOKERS[: LOOKERS.index(role)] for name, places in clinic["pages"][other].items() if places
    }
    visit = visit_as(chromium, full, clinic["sessions"][role])
    found = []
    for name, places in clinic["pages"][role].items():
        # Of pages that are alike but for their kind, the first is looked at in every way, the others in two.
        for number, place in enumerate(places if name not in earlier else ()):
            found += looked_at(visit, place, ALIKE if number else LOOKS)
    visit.page.context.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("role", "place", "said"),
    [
        ("nobody", "/join/gone/", "This link does not work"),
        ("prescriber", "/people/nobody/", "Not found"),
        ("prescriber", "/me/", "Not for you"),
    ],
)
def test_what_answers_with_an_error_is_a_page_for_everybody_too(
    chromium: Browser, full: dict[str, Any], role: str, place: str, said: str
) -> None:
    visit = visit_as(chromium, full, full["clinics"][EVERY_PAGE]["sessions"][role])
    found = [what for what in looked_at(visit, place) if "the server responded with a status of" not in what]
    assert found == []
    assert said.lower() in visit.page.content().lower()
    visit.page.context.close()
