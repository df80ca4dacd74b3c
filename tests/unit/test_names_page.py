"""The page of names says which names are recognised now."""

from __future__ import annotations

from pathlib import Path

import names_page

from natalizumab import evidence
from natalizumab.evidence import vocabulary

ONLY_INSIDE = {"dangers"}
"""Lists of which no name is written in a record."""


def test_the_committed_page_is_current() -> None:
    committed = names_page.PAGE.read_text(encoding="utf-8")
    assert committed == names_page.page(), "docs/names.md is out of date: run `.venv/bin/python tools/names_page.py`"


def test_every_list_of_names_stands_on_the_page() -> None:
    files = (Path(evidence.__file__).parent / "data" / "vocabulary").glob("*.toml")
    assert set(names_page.BOOKS) == {path.stem for path in files} - ONLY_INSIDE


def test_every_name_has_its_row_with_what_it_makes_one_think_of() -> None:
    rows = [line for line in names_page.page().splitlines() if line.startswith("| ")]
    assert len(rows) == sum(len(vocabulary(book).terms) + 1 for book in names_page.BOOKS)
    (eye,) = (row for row in rows if row.startswith("| red eye | red eyes, "))
    assert eye.endswith("| acute retinal necrosis |")
    (tired,) = (row for row in rows if row.startswith("| fatigue |") and row.count("|") == eye.count("|"))
    assert tired.endswith("| nothing |")
    (spoken,) = (row for row in rows if row.startswith("| balance problem |"))
    assert spoken.endswith("| pml, gcn |")
