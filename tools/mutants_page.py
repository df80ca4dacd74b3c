"""Write docs/mutants.md: how many small mistakes in care/ the tests notice, and each that they do not, with why."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "mutants.md"
REASONS = Path(__file__).with_name("mutants_reasons.toml")
NOTICED = {"noticed", "never ends"}
OPEN = "Open: a test is missing, or nobody has looked yet"

HEADER = """# Mistakes that the tests notice

<!-- Written by `make mutate` from what it found and from tools/mutants_reasons.toml. Do not edit. -->

`make mutate` puts one small mistake after another into the functions of `src/natalizumab/care`: a comparison turned, a
number moved by one, `and` for `or`, a word changed, a finding, a fact or an early return left out, a milder effect. For
each it runs the tests that reach the changed line (the rule's own tables first) until one fails. A mistake that none
notices has survived. Texts for people, the table of rules and lines outside of functions are not changed. Tests that
start a program of their own, the property tests and those that take more than a second do not take part.
"""

Results = Mapping[str, Mapping[str, Any]]


def write(results: Results, every: Mapping[str, tuple[str, str]]) -> None:
    """The page, from the results by key and from the module and function of every mutant there is."""
    PAGE.write_text(page(results, every), encoding="utf-8")


def page(results: Results, every: Mapping[str, tuple[str, str]]) -> str:
    """The whole page as Markdown."""
    parts = [HEADER, *_sums(results, every), *_rules(results, every), *_modules(results), *_survivors(results)]
    return "\n".join(parts).rstrip() + "\n"


def score(results: Results) -> float:
    """The share of the mutants tried that were noticed, 0-1."""
    return sum(found["result"] in NOTICED for found in results.values()) / max(len(results), 1)


def _sums(results: Results, every: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    noticed = sum(found["result"] in NOTICED for found in results.values())
    tried = "All" if len(results) == len(every) else f"{len(results):,} (the others await the next run)"
    yield f"{tried} of {len(every):,} mutants were tried: {noticed:,} noticed, {len(results) - noticed:,} survived:"
    yield f"a score of **{100 * score(results):.1f} %**.\n"


def _rules(results: Results, every: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    from natalizumab.care import RULES

    tried, noticed = _counted(results)
    there = Counter(f"{module}.{function}" for module, function in every.values())
    yield "## Each rule's own function\n"
    yield "What a rule asks of others (the case, triage, waiting times) is counted with the modules below.\n"
    yield "| rule | function | mutants | tried | noticed |"
    yield "|---|---|---|---|---|"
    for rule in RULES:
        name = f"{rule.function.__module__.rpartition('.')[2]}.{rule.function.__name__}"
        yield f"| {rule.id} | `{name}` | {there[name]} | {tried[name]} | {noticed[name]} |"
    yield ""


def _counted(results: Results) -> tuple[Counter[str], Counter[str]]:
    tried: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    for found in results.values():
        for name in (f"{found['module']}.{found['function']}", str(found["module"])):
            tried[name] += 1
            noticed[name] += found["result"] in NOTICED
    return tried, noticed


def _modules(results: Results) -> Iterator[str]:
    tried, noticed = _counted(results)
    yield "## Each module\n"
    yield "| module | tried | noticed | share |"
    yield "|---|---|---|---|"
    for name in sorted({str(found["module"]) for found in results.values()}):
        yield f"| `{name}` | {tried[name]} | {noticed[name]} | {100 * noticed[name] / tried[name]:.0f} % |"
    yield ""


def _survivors(results: Results) -> Iterator[str]:
    reasons = tomllib.loads(REASONS.read_text(encoding="utf-8"))["reason"]
    groups: dict[str, list[str]] = {why: [] for why in (*(str(reason["why"]) for reason in reasons), OPEN)}
    left = (found for found in results.values() if found["result"] not in NOTICED)
    for found in sorted(left, key=lambda found: (found["module"], found["line"], found["what"])):
        place = f"{found['module']}.{found['function']}"
        words = f"{place}: {found['what']}"
        why = next((str(one["why"]) for one in reasons if re.search(str(one["match"]), words)), OPEN)
        note = " (no test reaches the line)" if found["result"].startswith("no test") else ""
        shown = str(found["what"]).replace("`", "'")
        groups[why].append(f"- `{place}`, line {found['line']}: `{shown}`{note}")
    yield "## Survivors\n"
    for why, lines in groups.items():
        if lines:
            yield f"### {why} ({len(lines)})\n"
            yield from lines
            yield ""
