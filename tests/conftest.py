"""What all tests share: repeatable random examples, one choice of database, and the browser or a reason without it."""

from __future__ import annotations

import os

import debian
import pytest
from hypothesis import settings

# The same examples on every run and machine, however slow: a failure seen once can be seen again.
settings.register_profile("house", derandomize=True, deadline=None, database=None, print_blob=True)
settings.load_profile("house")


def pytest_report_header() -> str:
    """Say which database the clinic's tests use; NATALIZUMAB_DATABASE decides, and the settings read it."""
    return f"clinic database: {'PostgreSQL' if os.environ.get('NATALIZUMAB_DATABASE') else 'SQLite in memory'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests need a browser; without one they are skipped, and the reason says what to install."""
    if debian.chromium():
        return
    missing = pytest.mark.skip(reason=f"Chromium is missing: {debian.advice('chromium')}")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(missing)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's path, for a test marked ``browser``."""
    path = debian.chromium()
    assert path, "a test that needs the browser must be marked `browser`"
    return path
