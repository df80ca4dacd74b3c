"""The manual's page of rules says what the rules and their tables say now."""

from __future__ import annotations

import manual
from tests.spec.tables import all_specs

from natalizumab.care import RULES


def test_the_committed_page_is_current() -> None:
    committed = manual.PAGE.read_text(encoding="utf-8")
    assert committed == manual.page(), "docs/rules.md is out of date: run `.venv/bin/python tools/manual.py`"


def test_every_rule_has_its_section_and_every_row_its_line() -> None:
    lines = manual.page().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("## ") and "·" in line] == [rule.id for rule in RULES]
    rows = [line for line in lines if line.endswith(" |") and any(f"| {place} |" in line for place in manual.PLACES)]
    assert len(rows) == sum(len(spec.rows) for spec in all_specs())


def test_every_unverified_rule_is_marked() -> None:
    sections = manual.page().split("\n## ")
    marked = {section.split()[0] for section in sections if "\n**Unverified** in:" in section}
    assert marked == {rule.id for rule in RULES if any(rule.unverified(place) for place in rule.applies)}
