"""The published JSON Schema: it is the one that the code makes, and it agrees with the reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from tests.strategies import Plain, records
from tests.unit.test_record_refusals import ONE_EVENT

from natalizumab.cli import cli
from natalizumab.record import KINDS, json_schema
from natalizumab.record.schema import schema_text

ROOT = Path(__file__).resolve().parents[2]
VALIDATOR = Draft202012Validator(json_schema())

BEYOND_A_SCHEMA: tuple[str, ...] = (
    "is not a date (YYYY-MM-DD)",
    "is outside the years",
    "has an offset of",
    "T24:30Z",
    "control character",
    "before the event",
    "before the scan",
    "after the event",
    "corrects: is missing",
    "planned",
    "contradicts",
    "nested",
)


def test_the_published_schema_is_current() -> None:
    """Write it anew with `natalizumab schema > docs/record.schema.json`."""
    assert (ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_command_prints_it() -> None:
    assert CliRunner().invoke(cli, ["schema"]).output == schema_text()


def test_it_is_a_json_schema_that_knows_every_kind() -> None:
    Draft202012Validator.check_schema(json_schema())
    kinds = {
        name for each in json_schema()["$defs"].values() for name in each["properties"].get("kind", {}).get("enum", [])
    }
    assert kinds == set(KINDS)


@given(records())
def test_what_the_reader_reads_is_valid_under_it(plain: Plain) -> None:
    VALIDATOR.validate(plain)


@pytest.mark.parametrize(("plain", "line"), ONE_EVENT)
def test_what_the_reader_refuses_in_one_event_is_invalid_under_it_as_far_as_a_schema_can_tell(
    plain: Any, line: str
) -> None:
    whole = {"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": [plain]}
    if not any(words in line for words in BEYOND_A_SCHEMA) and "nan" not in line:
        assert not VALIDATOR.is_valid(json.loads(json.dumps(whole)))
