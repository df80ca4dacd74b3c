"""Write docs/rules.md anew from the rules and their tables: what each rule does, on whose word, and how it answers.

The tables are those that the tests run, so the page can't say anything that the code does not do.
"""

from __future__ import annotations

import sys
from collections import Counter
from inspect import cleandoc
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "rules.md"
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.spec.spec import Row, Spec  # noqa: E402
from tests.spec.tables import all_specs  # noqa: E402

from natalizumab.care import RULES, Effect, Rule, load_protocol  # noqa: E402
from natalizumab.care.rule import EVERYWHERE, Cited  # noqa: E402
from natalizumab.evidence import STATUSES, Value, source  # noqa: E402

TIMES = {"day", "week", "month", "year"}
PLACES = {"eu": "European Union", "uk": "United Kingdom", "us": "United States"}
EFFECTS = {
    Effect.STOP: "stop: no dose, for good; only a correction of the facts ends it",
    Effect.HOLD: "hold: no dose until it is resolved or a prescriber releases it",
    Effect.CONFIRM: "confirm: somebody entitled acknowledges it before a dose",
    Effect.DUE: "a thing to do; once overdue, something to confirm too",
    Effect.INFO: "a note to show",
}
FOR_A_PRESCRIBER = "- Answered by: a prescriber, also where it only asks for a confirmation"
UNVERIFIED = (
    "A rule that rests on recalled sources alone is **unverified**: it can at most ask for a confirmation, "
    "until the clinic's lead has signed it off, and a prescriber answers what would hold."
)
STATUS_WORDS = {
    "primary": "seen in the text of the source itself",
    "secondary": "seen in a copy or summary by somebody else",
    "derived": "computed from other values",
    "assumed": "our own choice, and said to be",
    "recalled": "from general knowledge; nobody has checked the document yet",
}
HEADER = """# The rules

<!-- Written by tools/manual.py from the rules and their tables. Do not edit. -->

Every rule that a plan follows, in the order of the table in `src/natalizumab/care/table.py`: what it does, where it
applies, on whose word, and how it answers on the days around each boundary. The tables are the ones that the tests
run. All people in them are invented. The system advises; a clinician decides.

## How to read a table

Above each table stands what is so in all its rows; a row adds what is special, the date asked about, and the protocol.
The answer is that of this one rule, the gravest first; a plan's decision is the gravest answer of all rules.

| answer | meaning |
|---|---|
| stop | no dose, for good |
| hold | no dose until it is resolved |
| hold(until 2026-01-31) | a waiting time: from that day on nothing is held |
| hold(order), confirm(order) | about another order (a vaccine, a drug, a sample); the dose needs a confirmation |
| confirm | somebody entitled acknowledges it first |
| upcoming, due, overdue | a thing to do, with its last day; `+3` is three days late |
| blocked | a thing to do that can't validly be done yet |
| note | something to show; also a reason that somebody has answered |
| - | nothing |
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEADER, _statuses(), *(_rule(rule) for rule in RULES)]
    return "\n".join(parts).rstrip() + "\n"


def _statuses() -> str:
    """How well the rules' sources were seen: a count, and the rules that nobody has checked."""
    counted = Counter(min((_status(rule, place) for place in rule.applies), key=STATUSES.index) for rule in RULES)
    rows = [f"| {status} | {counted[status]} | {STATUS_WORDS[status]} |" for status in STATUSES if counted[status]]
    unverified = [f"{rule.id} ({_places(places)})" for rule in RULES if (places := _unverified(rule))]
    return "\n".join(
        [
            "## How well the sources were seen",
            "",
            f"There are {len(RULES)} rules, each counted by the best source that carries its effect.",
            "",
            "| status | rules | meaning |",
            "|---|---|---|",
            *rows,
            "",
            UNVERIFIED + f" Unverified here: {', '.join(unverified)}.",
            "",
        ]
    )


def _rule(rule: Rule) -> str:
    """One rule: its heading, what it does, its sources, its tables."""
    unverified = _unverified(rule)
    mark = f"\n**Unverified** in: {_places(unverified)}.\n" if unverified else ""
    lines = [
        f"## {rule.id} · {rule.title}",
        "",
        cleandoc(rule.function.__doc__ or ""),
        mark,
        f"- Effect: {EFFECTS[rule.effect]}",
        *([FOR_A_PRESCRIBER] if rule.prescriber else []),
        f"- Applies: {_places(rule.applies)}",
        *(f"- Source: {_cited(cited, rule)}" for cited in rule.source),
        *_numbers(rule),
        "",
    ]
    return "\n".join(lines + [_table(spec) for spec in all_specs() if spec.rule == rule.id])


def _cited(cited: Cited, rule: Rule) -> str:
    """A source as a reader would look it up, and for which places it speaks where that is not all of the rule's."""
    found = source(cited.key)
    where = f" ({found.where})" if found.where else ""
    only = [place for place in rule.applies if place in cited.applies]
    places = "" if only == list(rule.applies) else f", {_places(only)} only"
    return f"{found.citation.rstrip('.')}{where} — {cited.status}{places}"


def _numbers(rule: Rule) -> list[str]:
    """The parameters that the rule names, with their values where it applies."""
    lines = []
    for name in rule.uses:
        values = {place: load_protocol(place).parameter(name) for place in rule.applies}
        told = dict.fromkeys(f"{_amount(found)}, {found.status}" for found in values.values())
        about = next(iter(values.values())).about
        lines.append(f"- Number: {about} **{'; '.join(told)}**")
    return lines


def _amount(found: Value) -> str:
    """A value with its unit, in words: 18 years, 300 mg, 0.9."""
    if found.unit == "1":
        return f"{found.value}"
    return f"{found.value} {found.unit}{'s' if found.unit in TIMES and found.value != 1 else ''}"


def _table(spec: Spec) -> str:
    """One table, its rows in order; the protocol is named in every row."""
    head = ["| when | on | protocol | answer |", "|---|---|---|---|"]
    return "\n".join([f"*Given: {spec.given}*", "", *head, *map(_row, spec.rows), ""])


def _row(row: Row) -> str:
    return f"| {row.when} | {row.on} | {row.protocol} | {row.expect} |"


def _status(rule: Rule, place: str) -> str:
    return rule.status(place)


def _unverified(rule: Rule) -> list[str]:
    return [place for place in rule.applies if rule.unverified(place)]


def _places(places: tuple[str, ...] | list[str]) -> str:
    """The places by name; all of them are "everywhere"."""
    return "everywhere" if set(places) == set(EVERYWHERE) else ", ".join(PLACES[place] for place in places)


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
