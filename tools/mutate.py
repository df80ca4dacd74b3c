"""Put one small mistake after another into src/natalizumab/care and see whether a test notices: `make mutate`.

Everything runs in one process that has read code and tests once. For each mutant it forks; the child exchanges the code
of one function and runs the tests that reach the changed line, those of the rule's own tables first, until one fails.
Results are kept in .cache/mutants.json, so that a run that was stopped goes on where it was; docs/mutants.md sums up.

Mutmut was not taken: each test of a plan asks every rule, so it would run nearly every test for nearly every mutant.
"""

from __future__ import annotations

import argparse
import inspect
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src"), str(ROOT / "tools")]

import coverage  # noqa: E402
import mutants_page  # noqa: E402
import pytest  # noqa: E402
from mutate_tests import TESTS  # noqa: E402
from mutations import Mutant, code_of, mutants  # noqa: E402

CARE = ROOT / "src" / "natalizumab" / "care"
RESULTS = ROOT / ".cache" / "mutants.json"
MOST_ROWS, MOST_OTHERS = 400, 200
"""So many rows of tables, and so many other tests, evenly spread, are run for one mutant first; then all others."""
PATIENCE = 25
"""For so many seconds of computing tests are run for one mutant; then it has survived."""
AROUND_RULES = {"answers", "asked", "plan", "schedule"}
"""What every plan goes through after its rules: all rows are asked."""
SLOW = 1.0
"""A test that takes more seconds is left out: it would be run for nearly every mutant."""
LONGEST = 120
"""A mutant that runs for so many seconds counts as noticed: it never ends."""

SURVIVED, KILLED = 0, 1
NOTICED = {"noticed", "never ends"}
NOT_YET = {"result": "not tried yet"}
Results = dict[str, dict[str, Any]]


class Runner:
    """A pytest plugin that runs mutants instead of tests."""

    def __init__(self, chosen: Sequence[tuple[str, Mutant]], kept: Results, jobs: int, until: float) -> None:
        self.chosen = chosen
        self.kept = kept
        self.jobs = jobs
        self.until = until
        self.rows: list[pytest.Item] = []
        self.others: list[pytest.Item] = []
        self.reached: dict[tuple[str, int], list[int]] = {}
        self.running: dict[int, tuple[str, Mutant, float]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Failed(f"{session.testsfailed} tests could not be read")
        self.rows = [item for item in session.items if _is_row(item)]
        self.others = [item for item in session.items if not _is_row(item) and "committed" not in item.name]
        self._look()
        for number, (module, mutant) in enumerate(self.chosen, 1):
            if time.time() > self.until:
                break
            self._start(module, mutant)
            if number % 100 == 0:
                _keep(self.kept)
                print(f"{number} of {len(self.chosen)} mutants: {_tally(self.kept)}", flush=True)
        while self.running:
            self._wait()
        _keep(self.kept)
        return True

    def _look(self) -> None:
        """Which tests reach which line; tests that fail without any mutant are left out, and named."""
        print(
            f"Looking which of {len(self.rows)} rows and {len(self.others)} other tests reach which line …", flush=True
        )
        seen = coverage.Coverage(data_file=None, source=[str(CARE)])
        seen.start()
        sound: dict[str, pytest.Item] = {}
        for number, item in enumerate([*self.rows, *self.others]):
            _forget_answers(but="natalizumab.care.protocol")  # else only the first test reaches what is remembered
            seen.switch_context(str(number))
            started = time.process_time()
            if not (_own_rule(item) if _is_row(item) else _passes(item)):
                print(f"left out, it fails without any mutant: {item.nodeid}", flush=True)
            elif time.process_time() - started < SLOW:
                sound[str(number)] = item
        seen.stop()
        data = seen.get_data()
        items = [*self.rows, *self.others]
        places = {id(item): number for number, item in enumerate(items)}
        for path in data.measured_files():
            for line, contexts in data.contexts_by_lineno(path).items():
                found = [places[id(sound[name])] for name in contexts if name in sound]
                self.reached[Path(path).stem, line] = sorted(found)

    def _start(self, module: str, mutant: Mutant) -> None:
        tests = self._tests(module, mutant)
        if not tests:
            self._result(module, mutant, "no test reaches it", 0)
            return
        while len(self.running) >= self.jobs:
            self._wait()
        child = os.fork()
        if child == 0:
            _try(module, mutant, tests)
        self.running[child] = (module, mutant, time.monotonic())

    def _wait(self) -> None:
        child, status = os.wait()
        module, mutant, started = self.running.pop(child)
        ended = "noticed"
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == SURVIVED:
            ended = "survived"
        elif os.WIFSIGNALED(status):
            ended = "never ends" if os.WTERMSIG(status) == signal.SIGALRM else "noticed"
        self._result(module, mutant, ended, time.monotonic() - started)

    def _result(self, module: str, mutant: Mutant, ended: str, seconds: float) -> None:
        said = {"module": module, "function": mutant.function, "line": mutant.line, "what": mutant.what}
        self.kept[mutant.key] = {**said, "result": ended, "seconds": round(seconds, 2)}

    def _tests(self, module: str, mutant: Mutant) -> list[pytest.Item]:
        """The tests for one mutant, those that are likeliest to notice first."""
        items = [*self.rows, *self.others]
        found = [items[number] for number in self.reached.get((module, mutant.line), [])]
        rows = self.rows if module in AROUND_RULES else [item for item in found if _is_row(item)]
        others = [item for item in found if not _is_row(item)]
        if not rows and not others:
            return []
        first = [*(rows if module in AROUND_RULES else _spread(rows, MOST_ROWS)), *_spread(others, MOST_OTHERS)]
        return list(dict.fromkeys([*first, *rows, *others]))


def _try(module: str, mutant: Mutant, tests: Sequence[pytest.Item]) -> None:
    """In the child: make the mistake, run the tests, leave with what came of it."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(LONGEST)
    until = time.process_time() + PATIENCE
    try:
        _exchange(module, mutant)
        for item in tests:
            if time.process_time() > until:
                break
            if not (_row_holds(item) if _is_row(item) else _passes(item)):
                os._exit(KILLED)
    except BaseException:  # noqa: BLE001 — whatever goes wrong under a mutant, even an exit, is noticed
        os._exit(KILLED)
    os._exit(SURVIVED)


def _exchange(module: str, mutant: Mutant) -> None:
    """Give the living function the mutant's code, wherever it has been imported to."""
    there = import_module(f"natalizumab.care.{module}")
    function = _function(there, mutant.function)
    function.__code__ = code_of(mutant.tree(), mutant.function, str(CARE / f"{module}.py"))
    _forget_answers()


def _forget_answers(but: str = "") -> None:
    """Empty every function that remembers its answers, and every list in which a module keeps some for itself.

    ``but``: the functions of this module are left alone, because they are slow to begin anew.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("natalizumab.care"):
            for called, thing in vars(module).items():
                if hasattr(thing, "cache_clear"):
                    if thing.__module__ != but:
                        thing.cache_clear()
                elif isinstance(thing, list) and called.startswith("_") and not called.startswith("__"):
                    thing.clear()


def _function(module: Any, qualified: str) -> FunctionType:
    thing = module
    for part in qualified.split("."):
        thing = inspect.getattr_static(thing, part)
    if isinstance(thing, property):
        thing = thing.fget
    elif isinstance(thing, cached_property):
        thing = thing.func
    elif isinstance(thing, classmethod | staticmethod):
        thing = thing.__func__
    found = inspect.unwrap(thing)
    assert isinstance(found, FunctionType)
    return found


# --- tests ---


def _is_row(item: pytest.Item) -> bool:
    return item.name.startswith("test_the_rule_answers_as_its_table_says")


def _parts(item: pytest.Item) -> tuple[Any, Any]:
    parameters = item.callspec.params  # type: ignore[attr-defined]
    return parameters["spec"], parameters["row"]


def _case(spec: Any, row: Any) -> Any:
    from natalizumab.care import load_protocol
    from natalizumab.care.case import Case
    from natalizumab.record import Record

    person: dict[str, str] = {"id": "invented"} | ({"born": spec.born} if spec.born else {})
    record = {"schema": "natalizumab-record/1", "person": person, "events": [*spec.events, *row.events]}
    return Case(Record.from_dict(record).course(date.fromisoformat(row.on), None), load_protocol(row.protocol))


def _own_rule(item: pytest.Item) -> bool:
    """Ask the row's own rule alone."""
    from natalizumab.care import RULES

    spec, row = _parts(item)
    case = _case(spec, row)
    rule = next(rule for rule in RULES if rule.id == spec.rule)
    if case.protocol.jurisdiction in rule.applies:
        list(rule.function(case, case.protocol))
    return True


def _row_holds(item: pytest.Item) -> bool:
    """What the test of a row asserts, without working out until when the plan is true."""
    from tests.spec.spec import answer, taken_wrongly

    from natalizumab.care.plan import plan_of
    from natalizumab.care.table import RULES

    spec, row = _parts(item)
    made, _ = plan_of(_case(spec, row), RULES)
    return answer(made, spec.rule) == row.expect and not taken_wrongly(made, spec.rule)


def _passes(item: pytest.Item) -> bool:
    """Run a test as pytest does, and say whether it passed (or was skipped)."""
    from _pytest.runner import runtestprotocol

    return all(not report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _spread(items: Sequence[pytest.Item], most: int) -> list[pytest.Item]:
    """At most so many of the items, evenly spread."""
    step = max(1, -(-len(items) // most))
    return list(items[::step])


# --- results ---


def _kept() -> Results:
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}


def _keep(results: Results) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    new = RESULTS.with_suffix(".new")
    new.write_text(json.dumps(results, indent=0, ensure_ascii=False), encoding="utf-8")
    new.replace(RESULTS)


def _tally(results: Results) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(r["result"] for r in results.values()).most_common())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="modules of care/, all of them if none is named")
    parser.add_argument("--again", action="store_true", help="try those that survived once more")
    parser.add_argument("--fresh", action="store_true", help="forget every result first")
    parser.add_argument("--sample", type=float, default=1.0, help="the share of the mutants of each function to try")
    parser.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--minutes", type=float, default=24 * 60, help="stop after so long; the next run goes on")
    parser.add_argument(
        "--page", action="store_true", help="try nothing, only write docs/mutants.md from what is known"
    )
    asked = parser.parse_args(arguments)
    every = _every(asked.modules)
    kept = {} if asked.fresh else _kept()
    if not asked.modules:
        kept = {key: result for key, result in kept.items() if key in every}
    again = [pair for key, pair in every.items() if asked.again and kept.get(key, NOT_YET)["result"] not in NOTICED]
    left = [pair for key, pair in every.items() if key not in kept]
    # Those that survived keep their result until they have been tried anew, so that a run that stops flatters nobody.
    left = [*(pair for pair in again if pair[1].key in kept), *_sampled(left, asked.sample)]
    if left and not asked.page:
        _run(left, kept, asked.jobs, asked.minutes)
    if not asked.modules:
        mutants_page.write(kept, {key: (module, mutant.function) for key, (module, mutant) in every.items()})
    tried = {key: result for key, result in kept.items() if key in every}
    print(f"{len(tried)} of {len(every)} mutants tried: {_tally(tried)}")
    return 0


def _every(modules: Sequence[str]) -> dict[str, tuple[str, Mutant]]:
    paths = [path for path in sorted(CARE.glob("*.py")) if not modules or path.stem in modules]
    found = ((path.stem, mutant) for path in paths for mutant in mutants(path.read_text(encoding="utf-8"), path.stem))
    return {mutant.key: (module, mutant) for module, mutant in found}


def _sampled(left: list[tuple[str, Mutant]], share: float) -> list[tuple[str, Mutant]]:
    """That share of the mutants, the same ones on every run, in an order that reaches every function early."""
    mixed = random.Random(4).sample(left, len(left))
    seen: Counter[str] = Counter()

    def turn(pair: tuple[str, Mutant]) -> int:
        seen[f"{pair[0]}.{pair[1].function}"] += 1
        return seen[f"{pair[0]}.{pair[1].function}"]

    ordered = sorted(mixed, key=turn)
    return ordered[: max(1, round(share * len(ordered)))] if ordered else []


def _run(left: list[tuple[str, Mutant]], kept: Results, jobs: int, minutes: float) -> None:
    runner = Runner(left, kept, jobs, time.time() + 60 * minutes)
    quiet = ["-q", "-p", "no:xdist", "-p", "no:cov", "--no-header", "-s"]
    pytest.main([*quiet, *TESTS], plugins=[runner])


if __name__ == "__main__":
    sys.exit(main())
