"""Plans per second: each example, and a record of ten years with everything in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from natalizumab.care import load_protocol, plan
from natalizumab.record import Record
from timing import per_second, table

ON = date(2026, 11, 2)
EXAMPLES = Path(__file__).parent.parent / "examples"


def main() -> None:
    """Print how many plans a second one core makes, from a record that is already read, and with reading it."""
    protocol = load_protocol("eu")
    rows: list[tuple[str, ...]] = [("plans a second, one core", "events", "plan", "read and plan")]
    records = {path.stem: path.read_bytes() for path in sorted(EXAMPLES.glob("*.json"))}
    for name, text in {**records, "ten years": _ten_years()}.items():
        record = Record.from_json(text)
        planned = per_second(lambda record=record: plan(record, ON, protocol), 0.5)  # type: ignore[misc]
        both = per_second(lambda text=text: plan(Record.from_json(text), ON, protocol), 0.5)  # type: ignore[misc]
        rows.append((name, str(len(record.events)), f"{planned:,.0f}", f"{both:,.0f}"))
    table(rows)


def _ten_years() -> bytes:
    """An invented person with ten years of doses, tests, scans, checks and weights."""
    start = ON - timedelta(weeks=4 * 130)
    events = [_event("diagnosis", start, '"name": "multiple sclerosis"')]
    for number in range(130):
        day = start + timedelta(weeks=4 * number)
        events.append(_event("dose", day, '"dose_mg": 300, "route": "iv"'))
        events.append(_event("selfcheck", day, '"answers": {"infection": "no", "breast": "no"}'))
        if number % 3 == 0:
            events.append(_event("lab", day, '"test": "ALT", "value": 24, "unit": "U/L"'))
        if number % 6 == 0:
            events.append(_event("jcv", day, '"result": "negative", "index": 0.1, "assay": "STRATIFY"'))
            events.append(_event("mri", day, '"protocol": "full", "new_t2": 0, "gd": 0'))
            events.append(_event("weight", day, '"kg": 70'))
    text = ",".join(events)
    return f'{{"schema": "natalizumab-record/1", "person": {{"id": "invented"}}, "events": [{text}]}}'.encode()


def _event(kind: str, day: date, fields: str) -> str:
    return f'{{"kind": "{kind}", "on": "{day}", {fields}}}'


if __name__ == "__main__":
    main()
