"""The page about the hospital's own sign-in, set as it is written there, on a server started as a clinic starts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from tests.operation.installation import ON_POSTGRESQL, PASSWORDS, Installation
from tests.operation.test_serving import HTTPS, Served
from tests.web.openid_provider import Provider, running

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "operation" / "hospital-sign-in.md").read_text(encoding="utf-8")
LOGIN = "/sign-in/oidc/hospital/login/"

pytestmark = pytest.mark.skipif(ON_POSTGRESQL, reason="the page is written for SQLite")


@pytest.fixture
def hospital() -> Iterator[Provider]:
    """It has the client and the return address that the page tells the hospital to register."""
    (address,) = re.findall(r"https://clinic\.example/\S+", PAGE)
    with running(address) as provider:
        yield provider


def set_as_written(clinic: Installation, server: str) -> None:
    """The page's own lines; only the server is the test's."""
    (lines,) = re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL)
    with clinic.settings.open("a") as file:
        file.write(lines.replace("https://login.hospital.example", server))


class Visitor:
    """Asks as a browser behind the proxy: https, and cookies that are sent back."""

    def __init__(self, served: Served) -> None:
        self.address = f"http://127.0.0.1:{served.port}"
        self.cookies: dict[str, str] = {}

    def ask(self, place: str, **form: str) -> requests.Response:
        headers = {"Host": "clinic.example", "Referer": "https://clinic.example/", **HTTPS}
        headers["Cookie"] = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        sent = form and form | {"csrfmiddlewaretoken": self.cookies.get("__Host-csrf", "")}
        answer = requests.request(
            "POST" if form else "GET",
            self.address + place,
            data=sent,
            headers=headers,
            allow_redirects=False,
            timeout=60,
        )
        for line in answer.raw.headers.getlist("Set-Cookie"):
            self.cookies |= {name: found.value for name, found in SimpleCookie(line).items()}
        return answer

    def at_the_hospital(self, process: str, who: str) -> requests.Response:
        """To the hospital, in there, and back."""
        page = self.ask(f"{LOGIN}?process={process}", go="on").text.replace("&amp;", "&")
        (address,) = re.findall(r'content="0; url=([^"]+)"', page)
        asked = dict(re.findall(r'name="(\w+)" value="([^"]*)"', requests.get(address, timeout=60).text))
        gone = requests.post(address.partition("?")[0], {**asked, "who": who}, allow_redirects=False, timeout=60)
        return self.ask(gone.headers["Location"].removeprefix("https://clinic.example"))


def test_the_page_leads_a_colleague_in(clinic: Installation, hospital: Provider) -> None:
    set_as_written(clinic, hospital.issuer)
    clinic.done("backup")
    assert "hospital sign-in" not in clinic.done("check", "--deploy")
    served = Served(clinic)
    try:
        colleague = Visitor(served)
        assert "Sign in with your hospital account" in colleague.ask("/sign-in/").text
        colleague.ask("/sign-in/", login="alma", password=PASSWORDS["alma"])
        colleague.ask("/account/confirm/", password=PASSWORDS["alma"])
        assert colleague.at_the_hospital("connect", "sub-alma").headers["Location"] == "/account/outside/"

        again = Visitor(served)
        again.ask("/sign-in/")
        assert again.at_the_hospital("login", "sub-alma").headers["Location"] == "/colleagues/"
        stranger = Visitor(served)
        stranger.ask("/sign-in/")
        assert "none was made" in stranger.at_the_hospital("login", "sub-stranger").text
        assert hospital.problems == []
        assert "sub-" not in served.log.read_text()
    finally:
        served.process.terminate()
        served.process.wait()
        assert served.process.stdout
        served.process.stdout.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "it does not answer (ConnectionError)"),
        ({"issuer": "https://elsewhere.example"}, "is not that of the server that was set"),
        ({"jwks_uri": "http://login.hospital.example/keys"}, "lacks jwks_uri with an address of https"),
    ],
)
def test_a_server_that_can_not_be_used_is_named_before_anybody_tries(
    clinic: Installation, change: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.done("backup")
    with running() as provider:
        set_as_written(clinic, provider.issuer)
        told = provider.configuration() | change
        monkeypatch.setattr(provider, "configuration", lambda: told)
        text = clinic.refused("check", "--deploy") if change else ""
    text = text or clinic.refused("check", "--deploy")
    assert said in text
    assert "LOOK" in text


def test_half_of_it_is_refused(clinic: Installation) -> None:
    with clinic.settings.open("a") as file:
        file.write(urlencode({"NATALIZUMAB_OIDC_CLIENT": "clinic"}) + "\n")
    assert "missing: NATALIZUMAB_OIDC_SERVER, NATALIZUMAB_OIDC_SECRET" in clinic.refused("check")
