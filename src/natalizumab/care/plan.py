"""One record and one date in, one plan out.

Every rule of the table that applies is asked. Its findings become reasons, items and notes; decisions on record answer
reasons; what is left decides. The same record, date and protocol always give the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from natalizumab.care.answers import answer, counts_until
from natalizumab.care.case import Case
from natalizumab.care.describe import describe
from natalizumab.care.ending import first_change
from natalizumab.care.findings import Effect, Fact, Finding, Item, Note, Reason
from natalizumab.care.pml_risk import pml_risk
from natalizumab.care.protocol import Protocol
from natalizumab.care.rule import Rule
from natalizumab.care.schedule import changes_on, days_late, status
from natalizumab.care.shape import NextDose, Plan, PlannedItem, PlannedNote, PlannedReason, SourceUse
from natalizumab.care.table import RULES
from natalizumab.record import Record

UNVERIFIED = "Unverified: local policy needed."


def plan(
    record: Record,
    on: date,
    protocol: Protocol,
    known_at: datetime | None = None,
    rules: Sequence[Rule] = RULES,
    antibodies: float | None = None,
) -> Plan:
    """The plan for one person on the date ``on``, and how long it stays true.

    ``known_at`` leaves out entries that became known later. ``antibodies`` is the probability (0-1) that there are
    antibodies against natalizumab on that date, from the pharmacology; None where nobody worked it out. Raises
    RecordError if the record can't be read as a course on that date, Refusal where that is no probability.
    """

    def on_day(day: date) -> tuple[Plan, date | None]:
        return plan_of(Case(record.course(day, known_at), protocol, antibodies), rules)

    made, changes = on_day(on)
    return replace(made, valid_until=first_change(made, changes, on_day))


def plan_of(case: Case, rules: Sequence[Rule]) -> tuple[Plan, date | None]:
    """The plan of one day without its end, and the first later day on which it may be another."""
    draft = _Draft(case)
    asked = [rule for rule in rules if case.protocol.jurisdiction in rule.applies]
    for rule in sorted(asked, key=lambda rule: rule.effect is not Effect.STOP):
        draft.add(rule, rule.function(case, case.protocol))
        case.stopped_for_good = case.stopped_for_good or draft.worst is Effect.STOP
        case.held = _blocked(draft.reasons)
    made = draft.plan(asked)
    return made, min((day for day in (case.changes, *(item.changes_on for item in made.items)) if day), default=None)


@dataclass
class _Draft:
    """Collects what the rules found."""

    case: Case

    def __post_init__(self) -> None:
        self.reasons: list[PlannedReason] = []
        self.items: list[PlannedItem] = []
        self.notes: list[PlannedNote] = []

    def add(self, rule: Rule, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if isinstance(finding, Reason):
                self._reason(rule, finding)
            elif isinstance(finding, Item):
                self._item(rule, finding)
            else:
                self._note(rule, finding)

    def _reason(self, rule: Rule, found: Reason) -> None:
        effect = found.effect if found.effect is not None else rule.effect
        protocol = self.case.protocol
        capped = _unsigned(rule, protocol) and effect > Effect.CONFIRM
        reason = PlannedReason(
            rule=rule.id,
            effect=min(effect, Effect.CONFIRM) if capped else effect,
            text=_marked(found.text, rule, protocol),
            facts=_refs(found.facts),
            because=_described(found.facts),
            order=found.order,
            not_before=found.not_before,
            needs="prescriber" if capped else None,
            sources=_sources(rule, protocol),
            signed_off=protocol.signed.get(rule.id),
        )
        decision = answer(self.case, rule.id, reason.effect, reason.facts, found.since)
        if decision is None:
            self.reasons.append(reason)
            return
        until = counts_until(self.case, decision)
        by = f" by {decision.by}" if decision.by else ""
        why = f": {decision.reason.rstrip(' .')}" if decision.reason else ""
        head = f"{decision.choice.capitalize()}{by} on {decision.day}, counts until {until}{why}."
        text = f"{head} It was about: {found.text}"
        self.notes.append(PlannedNote(rule.id, text, (decision.ref,), (describe(decision),), reason.sources))

    def _item(self, rule: Rule, found: Item) -> None:
        if self.case.follow_up_ended is not None:
            return
        state = status(found, self.case.on, self.case.protocol["upcoming_days"])
        late = days_late(found, self.case.on) if state == "overdue" else 0
        item = PlannedItem(
            rule=rule.id,
            action=found.action,
            window_from=found.window_from,
            due=found.due,
            not_before=found.not_before,
            status=state,
            changes_on=changes_on(found, self.case.on, self.case.protocol["upcoming_days"]),
            days_late=late,
            text=_marked(found.text, rule, self.case.protocol),
            facts=_refs(found.facts),
            because=_described(found.facts),
            prompt=found.prompt,
            sources=_sources(rule, self.case.protocol),
        )
        self.items.append(item)
        if state == "overdue" and rule.effect is Effect.DUE:
            days = "1 day" if late == 1 else f"{late} days"
            waited = f", possible from {found.not_before}" if found.not_before and found.not_before > found.due else ""
            text = f"Overdue by {days} (due {found.due}{waited}): {found.text}"
            self._reason(rule, Reason(text, found.facts, effect=Effect.CONFIRM))

    def _note(self, rule: Rule, found: Note) -> None:
        if self.case.follow_up_ended is not None:
            return
        text = _marked(found.text, rule, self.case.protocol)
        sources = _sources(rule, self.case.protocol)
        self.notes.append(PlannedNote(rule.id, text, _refs(found.facts), _described(found.facts), sources))

    @property
    def worst(self) -> Effect:
        """The gravest effect among the reasons so far."""
        return max((reason.weight for reason in self.reasons), default=Effect.INFO)

    def plan(self, rules: Sequence[Rule]) -> Plan:
        """The plan from everything found; ``rules`` give the order among equals."""
        case, decision = self.case, self.worst
        place = {rule.id: (not rule.leads, number) for number, rule in enumerate(rules)}
        reasons = tuple(sorted(self.reasons, key=lambda r: (-r.weight, place[r.rule])))
        state = _state(case, reasons, decision)
        silent = {rule.id for rule in rules if rule.invites and _blocked(reasons)}
        notes = sorted((n for n in self.notes if n.rule not in silent), key=lambda n: place[n.rule])
        return Plan(
            person=case.course.person.id,
            on=case.on,
            protocol=case.protocol,
            state=state,
            decision="allow" if decision < Effect.CONFIRM else decision.word,
            valid_until=None,
            reasons=reasons,
            items=tuple(sorted(self.items, key=lambda i: (i.prompt, i.due, i.rule))),
            pml=case.once(pml_risk),
            next_dose=_next_dose(case, state),
            notes=tuple(notes),
        )


def _state(case: Case, reasons: Sequence[PlannedReason], decision: Effect) -> str:
    """Waiting times hold a dose but never make the state ``held``; nothing is held before the first dose."""
    if not case.started:
        return "stopped" if case.stop is not None else "not started"
    if case.stop is not None or decision is Effect.STOP:
        return "stopped"
    return "held" if _blocked(reasons) else "on treatment"


def _blocked(reasons: Sequence[PlannedReason]) -> bool:
    """Whether something other than a waiting time stands against a dose."""
    return any(r.weight >= Effect.HOLD and r.not_before is None for r in reasons)


def _next_dose(case: Case, state: str) -> NextDose:
    if state == "stopped" or case.follow_up_ended is not None or case.last_dose is None:
        return NextDose(None, None, None)
    earliest = case.last_dose.day + timedelta(days=case.protocol["earliest_days"])
    return NextDose(earliest, case.next_due, case.next_latest)


def _unsigned(rule: Rule, protocol: Protocol) -> bool:
    """Whether nothing but recalled sources carries the rule there, and nobody in the clinic has signed it off."""
    return rule.unverified(protocol.jurisdiction) and rule.id not in protocol.signed


def _marked(text: str, rule: Rule, protocol: Protocol) -> str:
    return f"{text} {UNVERIFIED}" if _unsigned(rule, protocol) else text


def _refs(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.ref for fact in facts))


def _described(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(describe(fact) for fact in facts))


def _sources(rule: Rule, protocol: Protocol) -> tuple[SourceUse, ...]:
    """The rule's sources there, and those of the parameters that it names."""
    cited = [SourceUse(c.key, c.status) for c in rule.cited(protocol.jurisdiction)]
    parameters = [protocol.parameter(name) for name in rule.uses if name in protocol.parameters]
    cited += [SourceUse(key, p.status) for p in parameters for key in p.sources]
    return tuple({use.key: use for use in reversed(cited)}.values())[::-1]
