"""Write docs/coverage.md anew: each statement of the summary that the project starts from, and where it lives here.

The statements stand in tools/coverage_statements.toml; what they point to is looked up: a home that is gone fails.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"
STATEMENTS = Path(__file__).with_name("coverage_statements.toml")
sys.path[:0] = [str(ROOT / "src")]

from natalizumab.care import RULES, Rule  # noqa: E402
from natalizumab.evidence import Value, source, value  # noqa: E402

VERDICTS = {"agrees": "agrees", "qualify": "with a reservation"}
PAGES = {
    "evidence": "the page of evidence",
    "interval": "the interval on a person's page",
    "person": "a person's page",
    "worklist": "the worklist",
}
HEADER = """# What the summary says, and where it lives here

<!-- Written by tools/coverage_page.py from tools/coverage_statements.toml. Do not edit. -->

This project starts from one page: {summary}.
Each of its statements stands here in our own words, with every rule, model, command and page that carries it, its place
on the page that tells it to everybody without a sign-in (`/glance/`), the sources that were read for it, and what they
say to it: **agrees**, or **with a reservation** and which. A test holds that no statement is without a home, that every
home exists, and that every rule has a source and stands here.
"""


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement: its part of the summary, our words for it, its homes, its place on the page ``/glance/``, the
    verdict of what was read, and why.
    """

    part: str
    said: str
    glance: str
    verdict: str
    why: str
    sources: tuple[str, ...]
    rules: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    @property
    def homes(self) -> tuple[str, ...]:
        """Everything that carries it; neither a number alone is a home, nor the page that says it to everybody."""
        return (*self.rules, *self.models, *self.commands, *self.pages)


def statements() -> tuple[Statement, ...]:
    """All of them, in the order of the summary. Raises ValidationError where one lacks a part or has one too many."""
    written = tomllib.loads(STATEMENTS.read_text(encoding="utf-8"))
    return msgspec.convert(written["statement"], tuple[Statement, ...])


def beyond(found: tuple[Statement, ...]) -> list[Rule]:
    """The rules that no statement of the summary asks for."""
    named = {rule for statement in found for rule in statement.rules}
    return [rule for rule in RULES if rule.id not in named]


def page() -> str:
    """The whole page as Markdown."""
    found = statements()
    parts = [HEADER.format(summary=source("ms-selfie-summary-2025").citation), _sums(found)]
    part = ""
    for number, statement in enumerate(found, 1):
        if statement.part != part:
            part = statement.part
            parts.append(f"## {part}\n")
        parts.append("\n".join(_statement(number, statement)) + "\n")
    return "\n".join([*parts, *_beyond(found)]).rstrip() + "\n"


def _sums(found: tuple[Statement, ...]) -> str:
    verdicts = Counter(statement.verdict for statement in found)
    told = ", ".join(f"{verdicts[verdict]} {words}" for verdict, words in VERDICTS.items())
    rest = len(beyond(found))
    return (
        f"{len(found)} statements ({told}); {len(RULES) - rest} of the {len(RULES)} rules carry one of them, "
        f"{rest} go beyond the summary.\n"
    )


def _statement(number: int, statement: Statement) -> Iterator[str]:
    yield f"**{number}. {statement.said}**\n"
    rules = {rule.id: rule for rule in RULES}
    if statement.rules:
        yield "- Rules: " + ", ".join(_rule_link(rules[rule]) for rule in statement.rules)
    if statement.models:
        yield "- Models: " + ", ".join(f"`{model.replace(':', '.')}`" for model in statement.models)
    if statement.commands:
        yield "- Commands: " + ", ".join(f"`natalizumab {command}`" for command in statement.commands)
    if statement.pages:
        yield "- Web app: " + ", ".join(PAGES[name] for name in statement.pages)
    yield f"- For everybody, at a glance: `/glance/#{statement.glance}`"
    if statement.numbers:
        yield "- Numbers: " + "; ".join(_number(value(key)) for key in statement.numbers)
    yield f"- Verdict: {VERDICTS[statement.verdict]}. {statement.why}"
    yield "- Read for it: " + "; ".join(source(key).citation.rstrip(".") for key in statement.sources)


def _number(found: Value) -> str:
    parts = [f"{part:g}" for part in (found.value if isinstance(found.value, list) else [found.value])]
    shown = (" to " if len(parts) == 2 else ", ").join(parts)
    unit = "" if found.unit == "1" else f" {found.unit}"
    return f"`{found.key}` {shown}{unit} ({found.status})"


def _rule_link(rule: Rule) -> str:
    """The rule with its place in the manual's page of rules."""
    heading = f"{rule.id} · {rule.title}".lower()
    return f"[{rule.id}](rules.md#{re.sub(r'[^a-z0-9_ -]', '', heading).replace(' ', '-')})"


def _beyond(found: tuple[Statement, ...]) -> Iterator[str]:
    yield "## Beyond the summary\n"
    yield "Rules that no statement of the summary asks for, on the word of others or, where it says so, on our own.\n"
    yield "| rule | what | sources |"
    yield "|---|---|---|"
    for rule in beyond(found):
        cited = "; ".join(_short(use.key) for use in rule.source)
        yield f"| {_rule_link(rule)} | {rule.title} | {cited} |"


def _short(key: str) -> str:
    """Who wrote it, and what."""
    return ". ".join(source(key).citation.split(". ")[:2]).rstrip(".")


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
