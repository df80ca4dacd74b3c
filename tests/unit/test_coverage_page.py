"""Every statement of the summary has a home that exists, and every rule stands on the page with a source."""

from __future__ import annotations

from importlib import import_module

import coverage_page
import manual
import pytest
from coverage_page import Statement
from django.urls import reverse

from natalizumab import cli
from natalizumab.care import RULES
from natalizumab.clinic.glance.statements import groups
from natalizumab.evidence import source, value

FOUND = coverage_page.statements()
EACH = pytest.mark.parametrize("statement", FOUND, ids=[str(number) for number in range(1, len(FOUND) + 1)])
AT_A_GLANCE = {statement.id for group in groups() for statement in group.statements}
PERSON = "00000000-0000-0000-0000-000000000000"


def test_the_committed_page_is_current() -> None:
    committed = coverage_page.PAGE.read_text(encoding="utf-8")
    assert committed == coverage_page.page(), "out of date: run `.venv/bin/python tools/coverage_page.py`"


def test_the_summary_is_taken_apart_into_its_statements() -> None:
    assert len(FOUND) >= 40
    assert len({statement.said for statement in FOUND}) == len(FOUND)
    parts = list(dict.fromkeys(statement.part for statement in FOUND))
    assert parts == [
        "Summary",
        "Trade name",
        "Mode of action",
        "Efficacy",
        "Class",
        "Immunosuppression",
        "Dosing",
        "Adverse events",
        "Monitoring",
        "Further reading",
    ]


@EACH
def test_a_statement_has_a_home_a_verdict_with_its_reason_and_something_read(statement: Statement) -> None:
    assert statement.homes
    assert statement.verdict in coverage_page.VERDICTS
    assert statement.why.endswith(".")
    others = [key for key in statement.sources if key not in {"ms-selfie-summary-2025", "design"}]
    assert others, "a statement is not weighed by itself"


@EACH
def test_every_home_exists(statement: Statement) -> None:
    assert set(statement.rules) <= {rule.id for rule in RULES}
    for model in statement.models:
        module, _, name = model.partition(":")
        assert callable(getattr(import_module(module), name))
    assert set(statement.commands) <= set(cli.COMMANDS)
    assert statement.glance in AT_A_GLANCE
    for name in statement.pages:
        assert reverse(name, args=[PERSON] if name in {"person", "interval"} else [])
    assert all(value(key).sources for key in statement.numbers)
    assert all(source(key).citation for key in statement.sources)


def test_every_rule_stands_on_the_page_and_has_a_source() -> None:
    page = coverage_page.page()
    assert [rule.id for rule in RULES if f"[{rule.id}](rules.md#" not in page] == []
    assert [rule.id for rule in RULES if not all(rule.cited(place) for place in rule.applies)] == []


def test_a_rule_is_either_asked_for_by_a_statement_or_beyond_the_summary() -> None:
    asked = {rule for statement in FOUND for rule in statement.rules}
    beyond = {rule.id for rule in coverage_page.beyond(FOUND)}
    assert asked | beyond == {rule.id for rule in RULES}
    assert not asked & beyond


def test_a_rule_that_cites_the_summary_carries_one_of_its_statements() -> None:
    asked = {rule for statement in FOUND for rule in statement.rules}
    citing = {rule.id for rule in RULES if any(use.key == "ms-selfie-summary-2025" for use in rule.source)}
    assert citing <= asked


def test_links_lead_to_the_headings_of_the_page_of_rules() -> None:
    headings = [line for line in manual.page().splitlines() if line.startswith("## ") and "·" in line]
    assert len(headings) == len(RULES)
    for rule, heading in zip(RULES, headings, strict=True):
        kept = [sign for sign in heading.removeprefix("## ").lower() if sign.isalnum() or sign in " -_"]
        place = "".join(kept).replace(" ", "-")
        assert coverage_page._rule_link(rule) == f"[{rule.id}](rules.md#{place})"
