"""One record and one date in, one plan out.

Every rule of the table that applies is asked. Its findings become reasons, items and notes; decisions on record answer
reasons; what is left decides. The same record, date and protocol always give the same plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from operator import itemgetter

from msgspec.structs import replace

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
from natalizumab.record import Decision, Record
from natalizumab.record.dates import add_days

CONFIRM, HOLD, STOP = Effect.CONFIRM, Effect.HOLD, Effect.STOP

_END = itemgetter(2)

UNVERIFIED = "Unverified: local policy needed."

Found = PlannedReason | PlannedItem | PlannedNote
Answered = tuple[Rule, Sequence[Found], date | None]
"""A rule, what it says on a day, and the first later day on which it may say something else."""


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
    draft = _Draft(Case(record.course(on, known_at), protocol, antibodies), asked_of(rules, protocol))
    made, changes = draft.plan()
    return replace(made, valid_until=first_change(made, changes, draft))


def plan_of(case: Case, rules: Sequence[Rule]) -> tuple[Plan, date | None]:
    """The plan of one day without its end, and the first later day on which it may be another."""
    return _Draft(case, asked_of(rules, case.protocol)).plan()


class _Draft:
    """Collects what the rules find on a day. What they said on an earlier one (``known``) counts until its end.

    ``said`` and ``known`` leave out the rules that say nothing until the next entry.
    """

    def __init__(self, case: Case, asked: Asked, known: Sequence[Answered] | None = None) -> None:
        self.case = case
        self.asked = asked
        self.told = case.course.told(describe)
        self.next_entry = case.course.next_entry
        self.known = known
        self.said: list[Answered] = []
        self.reasons: list[PlannedReason] = []
        self.items: list[PlannedItem] = []
        self.notes: list[PlannedNote] = []

    def later(self, day: date) -> _Draft:
        """The draft of a later day. With a new entry on it nothing is known any more."""
        case = self.case.later(day)
        unchanged = case.course.next_entry == self.next_entry
        return _Draft(case, self.asked, self.said if unchanged else None)

    def _ask_all(self) -> None:
        """Ask every rule whose answer is not known yet, in the table's order of asking."""
        if self.known is None:
            self._ask(self.asked.order)
            return
        for rule, found, end in self.known:
            if end is not None and end <= self.case.on:
                self._ask((rule,))
            else:
                self._take(rule, found, end)

    def _take(self, rule: Rule, found: Sequence[Found], end: date | None) -> None:
        """Take in what a rule says until its end; the rules after it know what stands against a dose."""
        self.said.append((rule, found, end))
        for one in found:
            if isinstance(one, PlannedReason):
                self.reasons.append(one)
                self.case.stopped_for_good = self.case.stopped_for_good or one.weight is STOP
                self.case.held = self.case.held or _blocks(one)
            elif isinstance(one, PlannedItem):
                self.items.append(one)
            else:
                self.notes.append(one)

    def _ask(self, rules: Iterable[Rule]) -> None:
        """Ask rules. One that says nothing until the next entry need not be remembered."""
        case, protocol, next_entry = self.case, self.case.protocol, self.next_entry
        for rule in rules:
            case.changes = next_entry
            found: list[Found] = []
            for finding in rule.function(case, protocol):
                found += self._planned(rule, finding)
            if found or case.changes != next_entry:
                self._take(rule, found, case.changes)

    def _planned(self, rule: Rule, finding: Finding) -> Iterable[Found]:
        """What the plan shows of a finding; once follow-up has ended, of reasons alone."""
        if isinstance(finding, Reason):
            return (self._reason(rule, finding),)
        if self.case.follow_up_ended is not None:
            return ()
        return self._item(rule, finding) if isinstance(finding, Item) else (self._note(rule, finding),)

    def _reason(self, rule: Rule, found: Reason) -> PlannedReason | PlannedNote:
        """A reason, or, where a decision on record answers it, a note."""
        effect = found.effect if found.effect is not None else rule.effect
        protocol = self.case.protocol
        unsigned = self.asked.unsigned[rule.id]
        facts, because = self._told(found.facts)
        reason = PlannedReason(
            rule=rule.id,
            effect=min(effect, CONFIRM) if unsigned else effect,
            text=self._marked(found.text, rule),
            facts=facts,
            because=because,
            order=found.order,
            not_before=found.not_before,
            needs=rule.needs(effect, unsigned),
            sources=self.asked.sources[rule.id],
            signed_off=protocol.signed.get(rule.id),
        )
        decision = answer(self.case, rule.id, reason.effect, reason.facts, found.since)
        if decision is None:
            return reason
        until = counts_until(self.case, decision)
        head = _head(decision, until)
        text = f"{head} It was about: {found.text}"
        return PlannedNote(rule.id, text, *self._told([decision]), reason.sources)

    def _item(self, rule: Rule, found: Item) -> list[Found]:
        """A thing to do; overdue, it is also a reason."""
        on, upcoming_days = self.case.on, self.asked.upcoming_days
        state = status(found, on, upcoming_days)
        late = days_late(found, on) if state == "overdue" else 0
        facts, because = self._told(found.facts)
        item = PlannedItem(
            rule=rule.id,
            action=found.action,
            window_from=found.window_from,
            due=found.due,
            not_before=found.not_before,
            status=state,
            changes_on=changes_on(found, state, upcoming_days),
            days_late=late,
            text=self._marked(found.text, rule),
            facts=facts,
            because=because,
            prompt=found.prompt,
            sources=self.asked.sources[rule.id],
        )
        self.case.may_change(item.changes_on)
        if state != "overdue" or rule.effect is not Effect.DUE:
            return [item]
        days = "1 day" if late == 1 else f"{late} days"
        waited = f", possible from {found.not_before}" if found.not_before and found.not_before > found.due else ""
        text = f"Overdue by {days} (due {found.due}{waited}): {found.text}"
        return [item, self._reason(rule, Reason(text, found.facts, effect=CONFIRM))]

    def _note(self, rule: Rule, found: Note) -> PlannedNote:
        return PlannedNote(
            rule.id, self._marked(found.text, rule), *self._told(found.facts), self.asked.sources[rule.id]
        )

    def _marked(self, text: str, rule: Rule) -> str:
        return f"{text} {UNVERIFIED}" if self.asked.unsigned[rule.id] else text

    def _told(self, facts: Sequence[Fact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The references of the facts, and their words; each once."""
        told, words = self.told, {}
        for fact in facts:
            ref = fact.ref
            words[ref] = told.get(ref) or told.setdefault(ref, describe(fact))
        return tuple(words), tuple(dict.fromkeys(words.values()))

    @property
    def worst(self) -> Effect:
        """The gravest effect among the reasons so far."""
        return max([reason.weight for reason in self.reasons], default=Effect.INFO)

    def plan(self) -> tuple[Plan, date | None]:
        """The plan from everything found, without its end, and the first later day on which it may be another.

        The table gives the order among equals.
        """
        self._ask_all()
        case, decision, place = self.case, self.worst, self.asked.place
        reasons = tuple(sorted(self.reasons, key=lambda r: (-r.weight, place[r.rule])))
        state = _state(case, reasons, decision)
        silent = self.asked.inviting if _blocked(reasons) else ()
        notes = sorted([n for n in self.notes if n.rule not in silent], key=lambda n: place[n.rule])
        made = Plan(
            person=case.course.person.id,
            on=case.on,
            protocol=case.protocol,
            state=state,
            decision="allow" if decision < CONFIRM else decision.word,
            valid_until=None,
            reasons=reasons,
            items=tuple(sorted(self.items, key=lambda i: (i.prompt, i.due, i.rule))),
            pml=case.once(pml_risk),
            next_dose=_next_dose(case, state),
            notes=tuple(notes),
        )
        case.may_change(min(filter(None, map(_END, self.said)), default=None))
        return made, case.changes


_DECIDED = {
    "acknowledged": ("Acknowledged on {day}", "Acknowledged by {who} on {day}"),
    "released": ("Released on {day}", "Released by {who} on {day}"),
    "declined": ("Declined on {day}", "Declined by {who} on {day}"),
}


def _head(decision: Decision, until: date) -> str:
    """Who decided what, when, until when it counts, and why."""
    by_nobody, by_somebody = _DECIDED[decision.choice]
    said = (by_somebody if decision.by else by_nobody).format(who=decision.by, day=decision.day)
    if not decision.reason:
        return f"{said}, counts until {until}."
    return f"{said}, counts until {until}: {decision.reason.rstrip(' .')}."


def _state(case: Case, reasons: Sequence[PlannedReason], decision: Effect) -> str:
    """Waiting times hold a dose but never make the state ``held``; nothing is held before the first dose."""
    if not case.started:
        return "stopped" if case.stop is not None else "not started"
    if case.stop is not None or decision is STOP:
        return "stopped"
    return "held" if _blocked(reasons) else "on treatment"


def _blocked(reasons: Sequence[PlannedReason]) -> bool:
    """Whether something other than a waiting time stands against a dose."""
    return any(map(_blocks, reasons))


def _blocks(reason: PlannedReason) -> bool:
    return reason.not_before is None and reason.weight >= HOLD


def _next_dose(case: Case, state: str) -> NextDose:
    if state == "stopped" or case.follow_up_ended is not None or case.last_dose is None:
        return NextDose(None, None, None)
    earliest = add_days(case.last_dose.day, case.protocol["earliest_days"])
    return NextDose(earliest, case.next_due, case.next_latest)
