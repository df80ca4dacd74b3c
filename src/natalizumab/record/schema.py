"""The JSON Schema of the record, made from its types."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from natalizumab.record.record import SCHEMA, Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The JSON Schema. It knows fields, types and bounds; what contradicts another entry, only reading finds."""
    schema = msgspec.json.schema(Record)
    withdrawal = schema["$defs"]["Withdrawal"]
    withdrawal["required"] = [*withdrawal["required"], "corrects"]  # a field of every event, but needed by this one
    return {
        "$schema": DIALECT,
        "title": SCHEMA,
        "description": "What happened to one person on natalizumab: dated events, none ever edited or deleted.",
        **schema,
    }


def schema_text() -> str:
    """The JSON Schema as it is published."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
