"""One installation is made as on the first day and filled with invented people; each test works on a copy of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.operation.installation import Installation, copy, init, remove


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, dict[str, Any]]]:
    made = init(tmp_path_factory.mktemp("first"))
    yield made, made.inside("fill")
    remove(made)


@pytest.fixture
def clinic(first: tuple[Installation, dict[str, Any]], tmp_path: Path) -> Iterator[Installation]:
    made = copy(first[0], tmp_path)
    yield made
    remove(made)


@pytest.fixture
def known(first: tuple[Installation, dict[str, Any]]) -> dict[str, Any]:
    """The ids of the people and their entries, by number."""
    return first[1]
