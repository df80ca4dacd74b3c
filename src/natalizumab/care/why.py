"""Why a rule did or did not fire for a person, fact by fact.

The rule is run as ever, on a case that keeps a list of what it is asked. Nothing is explained twice, once in code and
once in words that may drift apart: what the rule looked at, in its order, is the explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.describe import describe
from natalizumab.care.findings import Finding
from natalizumab.care.plan import plan_of
from natalizumab.care.protocol import Protocol
from natalizumab.care.rule import Rule
from natalizumab.care.shape import PlannedItem, PlannedNote, PlannedReason
from natalizumab.care.table import RULES
from natalizumab.errors import Refusal
from natalizumab.record import Event, Record

WORDS = {
    "started": "natalizumab was ever given",
    "treated": "on treatment",
    "before_first_dose": "before the first dose",
    "stop": "stopped",
    "first_dose": "first dose",
    "last_dose": "last dose",
    "next_due": "next dose due",
    "next_latest": "last day before a restart",
    "gap": "so long since the last dose that the next is a restart",
    "interval": "interval prescribed",
    "interval_weeks": "interval in force, weeks",
    "extended": "a longer interval than the labelled one",
    "antibody": "JC virus antibody",
    "band": "index band",
    "high_index": "index above the upper cut-off",
    "low_index": "index up to the lower cut-off",
    "high_risk": "in the group at high PML risk",
    "pml_on_record": "PML on record",
    "treatments": "other treatments",
    "prior_immunosuppressants": "prior immunosuppressants",
    "exposure_month": "month of exposure",
    "first_planned_dose": "first planned dose",
    "last_scan": "last scan",
    "full_scans": "full scans",
    "follow_up_ended": "follow-up ended",
    "start_facts": "how treatment began",
    "antibody_probability": "probability of antibodies against natalizumab",
}
"""What a case's facts are called; another one is called by its name in the code."""

LAST_OF_A_RUN = 2

_ASKED = ("reached", "passed", "treated_for", "months_after_start", "all", "named", "labs", "last", "planned", "once")
_PLAIN = ("on", "course", "protocol", "changes", "stopped_for_good", "today", "place", "asking", "watching")


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing the rule looked at, and what it saw."""

    what: str
    saw: str


@dataclass(frozen=True, slots=True)
class Why:
    """``applies`` is False where the protocol's jurisdiction has no such rule. ``found`` is what it says in the plan;
    empty, it did not fire.
    """

    rule: Rule
    applies: bool
    found: tuple[PlannedReason | PlannedItem | PlannedNote, ...]
    looked: tuple[Looked, ...]


def why(
    record: Record, on: date, protocol: Protocol, rule_id: str, known_at: datetime | None = None, **facts: Any
) -> Why:
    """What the rule of that id says for this person, and everything that it looked at.

    ``facts`` are what the plan is told from outside, as ``plan`` takes them. Raises Refusal for an unknown id.
    """
    chosen = next((rule for rule in RULES if rule.id == rule_id.strip().upper()), None)
    if chosen is None:
        raise Refusal(
            f"{rule_id!r} is not a rule{_near(rule_id.strip())}; 'natalizumab protocol show {protocol.jurisdiction}' "
            "lists the rules, docs/rules.md explains them"
        )
    if protocol.jurisdiction not in chosen.applies:
        return Why(chosen, False, (), ())
    seen: list[Looked] = []
    case = _Watched(record.course(on, known_at), protocol, seen, **facts)
    watched = [replace(rule, function=case.watching(rule.function)) if rule is chosen else rule for rule in RULES]
    made, _ = plan_of(case, watched)
    found: tuple[PlannedReason | PlannedItem | PlannedNote, ...] = (*made.reasons, *made.items, *made.notes)
    said = tuple(finding for finding in found if finding.rule == chosen.id)
    return Why(chosen, True, said, tuple(_without_long_runs(list(dict.fromkeys(seen)))))


def _near(wrong: str) -> str:
    """The rules of the same subject, or those that are spelled alike or have the word in their title."""
    subject = wrong.upper().partition("-")[0]
    same = [rule.id for rule in RULES if rule.id.partition("-")[0] == subject]
    if same:
        return f"; {subject} has {', '.join(same)}"
    alike = get_close_matches(wrong.upper(), [rule.id for rule in RULES])
    named = [rule for rule in RULES if rule.id in alike or (wrong and wrong.casefold() in rule.title.casefold())]
    return f"; near it are {', '.join(f'{rule.id} ({rule.title})' for rule in named)}" if named else ""


def _without_long_runs(seen: Sequence[Looked]) -> Iterator[Looked]:
    """Of many days in a row that lie behind, such as those of all doses, only the last ones tell something."""
    for place, looked in enumerate(seen):
        following = seen[place + 1 : place + 1 + LAST_OF_A_RUN]
        if not (_behind(looked) and len(following) == LAST_OF_A_RUN and all(map(_behind, following))):
            yield looked


def _behind(looked: Looked) -> bool:
    return looked.what.endswith((" is reached", " is over")) and looked.saw == "yes"


class _Watched(Case):
    """A case that writes down what it is asked while one rule is running; ``asking`` is the protocol for that rule."""

    def __init__(self, course: Any, protocol: Protocol, seen: list[Looked], **facts: Any) -> None:
        self._seen, self._watching = seen, False
        self.asking = _asking(protocol, seen)
        super().__init__(course, protocol, **facts)

    def watching(self, function: Callable[..., Iterable[Finding]]) -> Callable[..., Iterator[Finding]]:
        """The rule's function, watched while it runs."""

        def watched(case: Case, protocol: Protocol) -> Iterator[Finding]:
            self._watching = True
            try:
                found = list(function(case, self.asking))
            finally:
                self._watching = False
            yield from found

        return watched

    def __getattribute__(self, name: str) -> Any:
        get = super().__getattribute__
        if name.startswith("_") or not get("_watching"):
            return get(name)
        if name in _PLAIN:
            return get(name)
        if name in _ASKED:
            return get("_answering")(name, get(name))
        answer = get("_unwatched")(lambda: get(name))
        get("_seen").append(Looked(WORDS.get(name, name.replace("_", " ")), _shown(answer)))
        return answer

    def _answering(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*arguments: Any) -> Any:
            if name == "once":  # its answer has no name: what it looks at is written down, although it may be known
                return arguments[0](self)
            answer = self._unwatched(lambda: method(*arguments))
            self._seen.append(_question(name, arguments, answer))
            return answer

        return asked

    def _unwatched(self, ask: Callable[[], Any]) -> Any:
        """What a fact is made of is not written down: it has a name of its own."""
        self._watching = False
        try:
            return ask()
        finally:
            self._watching = True


class _Asking(Protocol):
    """A protocol that writes down which of its numbers are asked for."""

    seen: list[Looked]

    def __getitem__(self, name: str) -> Any:
        number = self.parameter(name)
        self.seen.append(Looked(f"protocol {name}", f"{_shown(number.value)} {number.unit} [{number.status}]"))
        return number.value


def _asking(protocol: Protocol, seen: list[Looked]) -> _Asking:
    copy = _Asking(**{field.name: getattr(protocol, field.name) for field in fields(protocol)})
    object.__setattr__(copy, "seen", seen)
    return copy


def _question(name: str, arguments: Sequence[Any], answer: Any) -> Looked:
    first = arguments[0] if arguments else None
    if name in ("reached", "passed"):
        return Looked(f"{first} is {'over' if name == 'passed' else 'reached'}", _shown(answer))
    if name == "treated_for":
        return Looked(f"treated for {first} months", _shown(answer))
    if name == "months_after_start":
        return Looked(f"{first} months after the first dose", _shown(answer))
    if name == "labs":
        return Looked(f"all {', '.join(arguments)}", _shown(answer))
    kind = str(first.__struct_config__.tag) if first is not None else ""
    return Looked(f"{'all' if name == 'named' else name} {kind}", _shown(answer))


def _shown(answer: Any) -> str:
    """A fact for a reader."""
    if answer is None or answer == ():
        return "none"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, tuple | list):
        return "; ".join(_shown(one) for one in answer)
    if isinstance(answer, Event):
        return describe(answer)
    if hasattr(answer, "event"):  # an entry with the term that its name spells, or a result with its judgement
        return describe(answer.event)
    if hasattr(answer, "events") and answer.events:  # a dose, of one or two entries
        return "; ".join(describe(event) for event in answer.events)
    if hasattr(answer, "readings"):
        return _antibody(answer)
    return f"{answer:g}" if isinstance(answer, float) else str(answer)


def _antibody(status: Any) -> str:
    if status.positive is None:
        return f"cannot say: {status.why_not}"
    said = "positive" if status.positive else "negative"
    index = f", index {status.index:g}" if status.index is not None else ""
    return f"{said}{index}" + (f" ({describe(status.facts[0])})" if status.facts else "")
