"""Measuring times that can be compared: the cases take turns, so that a busy moment of the machine hits them all."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median


def interleaved(cases: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median time of each case in seconds, over ``rounds`` rounds of every case once, after one to warm up."""
    times: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(rounds + 1):
        for name, case in cases.items():
            started = time.perf_counter()
            case()
            if turn > 0:
                times[name].append(time.perf_counter() - started)
    return {name: median(taken) for name, taken in times.items()}


def cpu_seconds(case: Callable[[], object], seconds: float = 1.0) -> float:
    """The processor's time of ``case`` in seconds: the median over batches of about a tenth of ``seconds``.

    What else the machine does is not counted, though it slows a core that is shared.
    """
    case()
    batch, taken = 1, _cpu(case, 1)
    while taken < seconds / 10:
        batch = max(batch + 1, round(batch * min(10.0, seconds / 10 / max(taken, 1e-9))))
        taken = _cpu(case, batch)
    return median(_cpu(case, batch) for _ in range(9)) / batch


def table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows of text in columns, the first row being the headings; numbers stand to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  " + "  ".join(cells))


def _cpu(case: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        case()
    return time.process_time() - started
