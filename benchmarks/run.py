"""Run every benchmark of this folder, or those named: ``python benchmarks/run.py [NAME …]``.

A benchmark is a file ``bench_NAME.py`` with a function ``main()`` that prints a small table.
"""

from __future__ import annotations

import os
import platform
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command does: one core is to mean one


def main(names: list[str]) -> int:
    """Run the benchmarks in the order of their names; exit status 2 for a name that is none."""
    found = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    if unknown := sorted(set(names) - set(found)):
        print(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(found)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()} on {platform.machine()}; times are medians.")
    for name in names or found:
        module = import_module(f"bench_{name}")
        print(f"\n{name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
