"""To the hospital's sign-in and back in a real browser: policy, cookies and redirects as Chromium takes them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import SIZES, served
from tests.browser.looking import violations
from tests.browser.test_accounts import join, set_up_app
from tests.web.openid_provider import CLIENT, SECRET, Provider, running
from tests.web.second_factor import code

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def hospital() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture(scope="module")
def clinic(hospital: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A served clinic whose hospital it is."""
    given = {"SERVER": hospital.issuer, "CLIENT": CLIENT, "SECRET": SECRET}
    environment = {f"NATALIZUMAB_OIDC_{name}": text for name, text in given.items()}
    with served(tmp_path_factory.mktemp("clinic"), **environment) as found:
        hospital.callback = f"{found['address']}/sign-in/oidc/hospital/login/callback/"
        yield found


def at_the_hospital(page: Page, who: str) -> None:
    expect(page).to_have_title("Hospital (invented)")
    page.get_by_label("Name").fill(who)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("javascript", [True, False], ids=["with a script", "without"])
def test_a_colleague_connects_the_hospitals_sign_in_once_and_then_gets_in_with_it(
    clinic: dict[str, str], hospital: Provider, chromium: Browser, javascript: bool
) -> None:
    link, name = (clinic["nurse"], "nora") if javascript else (clinic["prescriber"], "petra")
    context = chromium.new_context(viewport=SIZES["narrow"], java_script_enabled=javascript)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.goto(clinic["address"] + link)
    join(page, name, name=f"{name.title()} Invented")
    key = set_up_app(page)

    page.goto(f"{clinic['address']}/account/")
    page.get_by_role("link", name="Connect or disconnect it").click()
    expect(page.get_by_text("Your account is not connected to it.")).to_be_visible()
    if javascript:
        assert violations(page) == []
    page.get_by_role("button", name="Connect your hospital account").click()
    at_the_hospital(page, f"sub-{name}")
    expect(page.get_by_role("button", name="Disconnect it")).to_be_visible()

    page.goto(f"{clinic['address']}/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with your hospital account").click()
    at_the_hospital(page, f"sub-{name}")
    expect(page.get_by_label("Code")).to_be_visible()
    page.get_by_label("Code").fill(code(key, steps=1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Worklist")
    assert complaints == []
    assert hospital.problems == []

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with your hospital account").click()
    at_the_hospital(page, "sub-stranger")
    expect(page.get_by_text("none was made")).to_be_visible()
    if javascript:
        assert violations(page) == []
    context.close()
