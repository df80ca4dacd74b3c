"""Joining and signing in with a real browser on a phone: codes without a script, passkeys with one, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import SIZES, Visit, served, watch
from tests.browser.looking import everywhere
from tests.web.second_factor import code

pytestmark = pytest.mark.browser

PASSWORD = "a harbour at dusk"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of a served clinic, and its one-time links."""
    with served(tmp_path_factory.mktemp("clinic")) as found:
        yield found


@pytest.fixture
def opened(clinic: dict[str, str], chromium: Browser) -> Iterator[Any]:
    """Opens a visit on a phone, with or without JavaScript."""
    contexts = []

    def open_page(javascript: bool = True, scheme: Any = "light") -> Visit:
        context = chromium.new_context(
            viewport=SIZES["narrow"],  # type: ignore[arg-type]
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        found = Visit(context.new_page(), clinic["address"])
        watch(found)
        return found

    yield open_page
    for context in contexts:
        context.close()


def join(page: Page, username: str, name: str = "", born: str = "") -> None:
    """Fill in the form behind a link, and send it with the keyboard."""
    if born:
        page.get_by_label("Your date of birth").fill(born)
    if name:
        page.get_by_label("Your name").fill(name)
    if username:
        page.get_by_label("A name to sign in with").fill(username)
    page.get_by_label("Password, eight letters or more").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.keyboard.press("Enter")


def set_up_app(page: Page) -> str:
    """Set up codes as a phone does; returns the app's key."""
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator("#secret").inner_text()
    page.get_by_label("Code").fill(code(key))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    return key


def test_without_a_script_a_person_joins_tells_and_reads_the_answer(clinic: dict[str, str], opened: Any) -> None:
    seen = opened(javascript=False)
    page = seen.go(clinic["person"])
    join(page, "ben", born="1988-03-02")
    expect(page.get_by_text("One step is left")).to_be_visible()
    key = set_up_app(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello Ben Invented")
    page.get_by_role("button", name="Sign out").click()

    page.get_by_label("Name").fill("ben")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code from your app").fill(code(key, steps=1))
    page.keyboard.press("Enter")
    page.get_by_role("link", name="I feel worse now").click()
    page.get_by_label("Trouble finding words or speaking clearly").check()
    page.get_by_role("button", name="Tell my team now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your team has been told")

    nurse = opened(javascript=False)
    nurses = nurse.go(clinic["nurse"])
    join(nurses, "nora", name="Nora Nurse (invented)")
    set_up_app(nurses)
    nurses.get_by_role("link", name="I have kept them").click()
    nurses.get_by_role("link", name="Triage").click()
    nurses.get_by_role("button", name="Take it").click()
    nurses.get_by_label("Your answer").fill("Come at two today.")
    nurses.get_by_role("button", name="Send the answer").click()
    page.reload()
    expect(page.get_by_text("Come at two today.")).to_be_visible()
    assert seen.complaints == nurse.complaints == []


def test_a_passkey_is_set_up_and_then_opens_without_a_password(clinic: dict[str, str], opened: Any) -> None:
    seen = opened()
    page = seen.go(clinic["prescriber"])
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    more = {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options | more})
    join(page, "petra", name="Petra Prescriber (invented)")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Worklist")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Worklist")
    page.goto(f"{clinic['address']}/account/passkeys/")
    page.get_by_role("link", name="Remove").click()
    assert everywhere(page) == []
    assert seen.complaints == []
