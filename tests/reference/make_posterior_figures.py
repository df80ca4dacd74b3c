"""Write the ``…_figures.json`` beside it: what importance sampling says of each case.

It takes about half an hour.

    .venv/bin/python -m tests.reference.make_posterior_figures [part of a case's name]

Each case gets several samples with proposals adapted once; the figures are their means, and the scatter between them
is the reference's own error. Cases that are not named keep their figures.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from tests.reference.held_out_cases import HELD_OUT, LAST_LOT, WITH_RUNS
from tests.reference.importance import DRAWN, Question, Reference, Sample
from tests.reference.posterior_cases import CASES

EARLIER = {name: question for name, question in HELD_OUT.items() if name not in LAST_LOT}
FILES = {
    "posterior_figures.json": (CASES, DRAWN),
    "held_out_figures.json": (EARLIER, 100_000),
    "last_lot_figures.json": (LAST_LOT, DRAWN),
    "runs_figures.json": (WITH_RUNS, 100_000),
}
"""The cases of each, and how many draws a sample has."""

SEED, BATCHES = 20261101, 10
TARGETS = (2.0, 5.0)


def figures(question: Question, drawn: int, batches: int = BATCHES) -> dict[str, Any]:
    """The means of the samples, under ``error`` their standard errors, and the smallest effective size."""
    reference = Reference(question, SEED)
    samples = [reference.sample(SEED + 1 + number, drawn) for number in range(batches)]
    each = [_figures(one) for one in samples]
    tables = {name: np.array([found[name] for found in each]) for name in each[0]}
    return {
        "effective_size": round(min(one.effective_size() for one in samples)),
        **{name: _shown(table.mean(axis=0)) for name, table in tables.items()},
        "error": {name: _shown(table.std(axis=0, ddof=1) / math.sqrt(batches)) for name, table in tables.items()},
    }


def _figures(found: Sample) -> dict[str, Any]:
    return {
        "concentration": found.quantiles_of_days(),
        "effects": found.effects(),
        "at_least": [found.at_least(target) for target in TARGETS],
        "kinds": list(found.kinds().values()),
    }


def _shown(numbers: Any) -> Any:
    """Lists with six significant figures."""
    if numbers.ndim:
        return [_shown(part) for part in numbers]
    return float(f"{numbers:.6g}")


def main() -> None:
    """Make the figures of the cases whose names contain what was given."""
    wanted = " ".join(sys.argv[1:])
    for name, (cases, drawn) in FILES.items():
        _write(Path(__file__).with_name(name), cases, drawn, wanted)


def _write(file: Path, cases: dict[str, Question], drawn: int, wanted: str) -> None:
    known: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    for name, question in cases.items():
        if wanted in name or name not in known:
            known[name] = figures(question, drawn)
            print(name, known[name]["effective_size"], flush=True)
            rows = [f"{json.dumps(case)}: {json.dumps(known[case])}" for case in cases if case in known]
            file.write_text("{\n" + ",\n".join(rows) + "\n}\n")


if __name__ == "__main__":
    main()
