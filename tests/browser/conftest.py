"""A real browser on the real demo: one server and one Chromium for all tests, a clean context for each page.

Without Chromium the tests are skipped (tests/conftest.py says what to install); with CI=true that is a failure.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect, sync_playwright

from natalizumab.clinic.demo.cast import SEED, characters

ON = date(2026, 11, 2)
expect.set_options(timeout=15_000)  # a busy machine takes longer than Playwright's five seconds to answer a form
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 390, "height": 844}}


@dataclass
class Visit:
    """A page and everything it complained about: errors on the console, breaches of the policy, failed requests."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, place: str) -> Page:
        self.page.goto(self.address + place)
        return self.page


Open = Callable[..., Visit]
Serve = Callable[..., AbstractContextManager[str]]


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[str]:
    """The address of `natalizumab demo`, as a visitor starts it."""
    command = [str(Path(sys.executable).with_name("natalizumab")), "demo", "--port", "0", "--on", ON.isoformat()]
    server = subprocess.Popen(
        [*command, "--folder", str(folder)], stdout=subprocess.PIPE, text=True, env=os.environ | environment
    )
    try:
        assert server.stdout
        said = iter(server.stdout.readline, "")
        yield next(found[1] for line in said if (found := re.match(r"Ready: (http://\S+)/", line)))
    finally:
        server.terminate()
        server.wait()
        if server.stdout:
            server.stdout.close()


@contextmanager
def served(folder: Path, **environment: str) -> Iterator[dict[str, str]]:
    """The address and the one-time links of a clinic that asks for passwords (``served_clinic``)."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "tests.browser.served_clinic", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env=os.environ | environment)
    try:
        assert server.stdout
        yield json.loads(server.stdout.readline())
    finally:
        server.terminate()
        server.wait()
        if server.stdout:
            server.stdout.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """Serves a demo from an empty folder: ``with serve(folder) as address``. It is made once, and copied after that."""
    made = tmp_path_factory.mktemp("made")
    with serving(made):
        pass

    def serve_copy(folder: Path, **environment: str) -> AbstractContextManager[str]:
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return serving(folder, **environment)

    return serve_copy


@pytest.fixture(scope="session")
def demo(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for all tests."""
    with serve(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="module")
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Clinics with something of everything (``full_server``), those of the module's ``CLINICS``."""
    folder = tmp_path_factory.mktemp("full")
    command = [sys.executable, "-m", "tests.browser.full_server", str(folder), *request.module.CLINICS]
    root = Path(__file__).resolve().parents[2]
    paths = os.pathsep.join(str(root / folder) for folder in ("src", "."))
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=root, env=os.environ | {"PYTHONPATH": paths}
    )
    try:
        assert server.stdout
        yield json.loads(next(line for line in server.stdout if line.startswith("{")))
    finally:
        server.terminate()
        server.wait()
        if server.stdout:
            server.stdout.close()


# Not for the whole session: while Playwright is there its event loop runs, and Django refuses the database beside one.
@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(demo: str, chromium: Browser) -> Iterator[Open]:
    """Opens a page: ``visit(size="narrow", scheme="dark", javascript=False, locale="de-DE")``."""
    contexts = []

    def open_page(size: str = "wide", scheme: str = "light", javascript: bool = True, locale: str = "en-GB") -> Visit:
        context = chromium.new_context(
            viewport=SIZES[size],  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            locale=locale,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        found = Visit(context.new_page(), demo)
        watch(found)
        return found

    yield open_page
    for context in contexts:
        context.close()


def unfold(page: Page) -> None:
    """Open everything that is folded, so that what it hides is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")


def held_back(page: Page) -> Callable[[], None]:
    """Keeps the scripts of the next page back until what is returned is called."""
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    def release() -> None:
        assert waiting
        for route in waiting:
            route.continue_()
        page.unroute("**/*.js")

    page.route("**/*.js", keep)
    return release


def watch(visit: Visit) -> None:
    """Note everything that Chromium finds wrong; it reports a breach of the policy as an error on the console."""
    page = visit.page
    page.on("console", lambda said: visit.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on(
        "requestfailed",
        lambda request: visit.complaints.append(f"failed: {request.url}") if _matters(request) else None,
    )
    page.on(
        "request",
        lambda request: None if request.url.startswith(visit.address) else visit.complaints.append(request.url),
    )


def _matters(request: Request) -> bool:
    """Not where the page that asked was left before the answer came."""
    return request.failure != "net::ERR_ABORTED"


@pytest.fixture(scope="session")
def people(demo: str) -> dict[str, str]:
    """The number of one person of each story."""
    return {character.story: character.number for character in characters(ON, SEED)}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where everything must run, a missing browser is a failure, not a reason to skip."""
    skipped = [
        mark.kwargs["reason"] for mark in item.iter_markers("skip") if "Chromium" in mark.kwargs.get("reason", "")
    ]
    if skipped and os.environ.get("CI") == "true":
        pytest.fail(skipped[0], pytrace=False)
