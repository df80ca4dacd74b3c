"""One record and one date in, one plan out.

Every rule of the table that applies is asked. Its findings become reasons, items and notes; decisions on record answer
reasons; what is left decides. The same record, date and protocol always give the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from natalizumab.care.answers import answer, counts_until
from natalizumab.care.asked import Asked, asked_of
from natalizumab.care.case import Case
from natalizumab.care.describe import describe
from natalizumab.care.ending import first_change
from natalizumab.care.findings import Effect, Fact, Finding, Item, Note, Reason
from natalizumab.care.pml_risk import pml_risk
from natalizumab.care.protocol import Protocol
from natalizumab.care.rule import Rule
from natalizumab.care.schedule import changes_on, days_late, status
from natalizumab.care.shape import NextDose, Plan, PlannedItem, PlannedNote, PlannedReason
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

    def case_on(day: date) -> Case:
        return Case(record.course(day, known_at), protocol, antibodies)

    def of(case: Case) -> tuple[Plan, date | None]:
        return plan_of(case, rules)

    made, changes = of(case_on(on))
    return replace(made, valid_until=first_change(made, changes, case_on, of))


def plan_of(case: Case, rules: Sequence[Rule]) -> tuple[Plan, date | None]:
    """The plan of one day without its end, and the first later day on which it may be another."""
    asked = asked_of(rules, case.protocol)
    draft = _Draft(case, asked)
    for rule in asked.order:
        if draft.add(rule, rule.function(case, case.protocol)):
            case.stopped_for_good = case.stopped_for_good or draft.worst is Effect.STOP
            case.held = _blocked(draft.reasons)
    made = draft.plan()
    return made, min((day for day in (case.changes, *(item.changes_on for item in made.items)) if day), default=None)


@dataclass
class _Draft:
    """Collects what the rules found."""

    case: Case
    asked: Asked

    def __post_init__(self) -> None:
        self.reasons: list[PlannedReason] = []
        self.items: list[PlannedItem] = []
        self.notes: list[PlannedNote] = []

    def add(self, rule: Rule, findings: Iterable[Finding]) -> bool:
        """Take in what a rule found; whether there is a reason more."""
        before = len(self.reasons)
        for finding in findings:
            if isinstance(finding, Reason):
                self._reason(rule, finding)
            elif isinstance(finding, Item):
                self._item(rule, finding)
            else:
                self._note(rule, finding)
        return len(self.reasons) > before

    def _reason(self, rule: Rule, found: Reason) -> None:
        effect = found.effect if found.effect is not None else rule.effect
        protocol = self.case.protocol
        capped = effect > Effect.CONFIRM and self.asked.unsigned(rule)
        reason = PlannedReason(
            rule=rule.id,
            effect=min(effect, Effect.CONFIRM) if capped else effect,
            text=self._marked(found.text, rule),
            facts=_refs(found.facts),
            because=self._described(found.facts),
            order=found.order,
            not_before=found.not_before,
            needs="prescriber" if capped else None,
            sources=self.asked.sources(rule),
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
        self.notes.append(PlannedNote(rule.id, text, (decision.ref,), self._described([decision]), reason.sources))

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
            text=self._marked(found.text, rule),
            facts=_refs(found.facts),
            because=self._described(found.facts),
            prompt=found.prompt,
            sources=self.asked.sources(rule),
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
        text, because = self._marked(found.text, rule), self._described(found.facts)
        self.notes.append(PlannedNote(rule.id, text, _refs(found.facts), because, self.asked.sources(rule)))

    def _marked(self, text: str, rule: Rule) -> str:
        return f"{text} {UNVERIFIED}" if self.asked.unsigned(rule) else text

    def _described(self, facts: Sequence[Fact]) -> tuple[str, ...]:
        about = self.case.course.about
        return tuple(dict.fromkeys([about(fact, describe) for fact in facts]))

    @property
    def worst(self) -> Effect:
        """The gravest effect among the reasons so far."""
        return max((reason.weight for reason in self.reasons), default=Effect.INFO)

    def plan(self) -> Plan:
        """The plan from everything found; the table gives the order among equals."""
        case, decision, place = self.case, self.worst, self.asked.place
        reasons = tuple(sorted(self.reasons, key=lambda r: (-r.weight, place[r.rule])))
        state = _state(case, reasons, decision)
        silent = self.asked.inviting if _blocked(reasons) else ()
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


def _refs(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([fact.ref for fact in facts]))
