"""The time of a plan: each example, ten years of a full record, and 200,000 plans on two cores."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

from bounds import HEADINGS, at_most, said, shown
from full_record import ten_years
from natalizumab.care import RULES, Protocol, load_protocol, plan
from natalizumab.care.case import Case
from natalizumab.care.plan import plan_of
from natalizumab.record import Record
from timing import cpu_seconds, table

ON = date(2026, 11, 2)
EXAMPLES = Path(__file__).parent.parent / "examples"
PROTOCOLS = ("eu", "uk", "us")

MOST_MS = 1.0
GOAL_MS = 0.3
FRESH_RECORDS = 40
DAYS_APART = 61
FOLLOWING_DAYS = 28

PLANS = 200_000
PLANNED = 6_000
"""So many of them are made; the time of all is reckoned from theirs."""
CORES = 2
CHUNK = 200


def main() -> None:
    """Print the processor's time of a plan in ms, and how long a whole population takes."""
    protocol = load_protocol("eu")
    rows: list[tuple[str, ...]] = [("ms of one core", "events", "day alone", "plan", "read", "read and plan")]
    for name, text in {**_examples(), "ten years, full": ten_years(ON)}.items():
        rows.append((name, *_times(text, protocol)))
    table(rows)
    print()
    table([HEADINGS, *_asked()])


def _times(text: bytes, protocol: Protocol) -> tuple[str, ...]:
    record = Record.from_json(text)
    cases: list[Callable[[], object]] = [
        lambda: plan_of(Case(record.course(ON), protocol), RULES),
        lambda: plan(record, ON, protocol),
        lambda: Record.from_json(text),
        lambda: plan(Record.from_json(text), ON, protocol),
    ]
    return (str(len(record.events)), *(f"{1000 * cpu_seconds(case, 0.3):.2f}" for case in cases))


def _asked() -> list[tuple[str, ...]]:
    """What the issue asks of a full record, by each protocol, and of many people."""
    text = ten_years(ON)
    rows = []
    for name in PROTOCOLS:
        protocol, record = load_protocol(name), Record.from_json(text)
        took = 1000 * cpu_seconds(lambda record=record, protocol=protocol: plan(record, ON, protocol), 0.5)  # type: ignore[misc]
        rows.append(at_most(f"a plan, ten years, {name}", took, MOST_MS, "ms", goal=GOAL_MS))
    following = [ON + timedelta(days=number) for number in range(FOLLOWING_DAYS)]
    apart = [ON - timedelta(days=DAYS_APART * number) for number in range(FRESH_RECORDS)]
    rows.append(shown("the same on each of the days that follow, eu", _in_turn(text, following), "ms"))
    rows.append(shown("the same on days that lie months apart, eu", _in_turn(text, apart), "ms"))
    rows.append(shown("the first plan of a record just read, eu", _first(text), "ms"))
    took = _many()
    rows.append(shown(f"{PLANS:,} plans of the examples, {CORES} cores", took * PLANS / PLANNED, "s"))
    rows.append(said("", f"reckoned from {PLANNED:,} plans in {took:.1f} s"))
    return rows


def _in_turn(text: bytes, days: Sequence[date]) -> float:
    """ms for a plan of one record, on one day after the other."""
    protocol, record = load_protocol("eu"), Record.from_json(text)
    turns = cycle(days)
    return 1000 * cpu_seconds(lambda: plan(record, next(turns), protocol), 0.5)


def _first(text: bytes) -> float:
    """ms for a plan of a record of which nothing has been asked yet."""
    protocol = load_protocol("eu")
    records = [Record.from_json(text) for _ in range(FRESH_RECORDS)]
    started = time.process_time()
    for record in records:
        plan(record, ON, protocol)
    return 1000 * (time.process_time() - started) / FRESH_RECORDS


def _many() -> float:
    """Seconds for ``PLANNED`` plans in ``CORES`` processes, started before the clock is; how far it is, is told."""
    with get_context("spawn").Pool(CORES) as pool:
        pool.map(_warmed, range(CORES), chunksize=1)
        started, done = time.perf_counter(), 0
        for made in pool.imap_unordered(_planned, range(0, PLANNED, CHUNK)):
            done += made
            print(f"\r  {done:,} of {PLANNED:,} plans", end="", file=sys.stderr, flush=True)
        took = time.perf_counter() - started
    print(file=sys.stderr)
    return took


def _warmed(_: int) -> None:
    """What a process reads once: rules, numbers, examples."""
    _planned(0)
    time.sleep(0.2)  # so that each process gets one of these


def _planned(first: int) -> int:
    """Plans of ``CHUNK`` people: the examples in turn under each protocol, on days of half a year around ``ON``."""
    records = _read()
    for number in range(first, first + CHUNK):
        on = ON + timedelta(days=number % 183 - 90)
        plan(records[number % len(records)], on, load_protocol(PROTOCOLS[number // len(records) % len(PROTOCOLS)]))
    return CHUNK


@cache
def _read() -> tuple[Record, ...]:
    return tuple(Record.from_json(text) for text in _examples().values())


def _examples() -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted(EXAMPLES.glob("*.json"))}


if __name__ == "__main__":
    main()
