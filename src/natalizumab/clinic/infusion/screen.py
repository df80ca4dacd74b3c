"""Everything that one person's infusion screen shows, gathered once from entries, appointment and observation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings

from natalizumab.care import load_protocol, plan
from natalizumab.care.case import Case
from natalizumab.care.observation import minutes_of_observation
from natalizumab.clinic.event_words import details, read, title
from natalizumab.clinic.infusion.due import what_else
from natalizumab.clinic.infusion.observing import Watch
from natalizumab.clinic.infusion.reasons import TOO_SOON, Against, against, decision, still_open
from natalizumab.clinic.models import AppointmentState, Entry, Person
from natalizumab.clinic.plans import PersonPlan
from natalizumab.clinic.records import record_of
from natalizumab.clinic.worklist import Task
from natalizumab.errors import Refusal
from natalizumab.evidence import value
from natalizumab.record import Administration, Checklist, Course, Dose, Reaction, Record


@dataclass(frozen=True)
class Told:
    """An entry in words: for what others entered meanwhile, and what is on record for today."""

    title: str
    details: str
    planned: bool
    by: str
    at: datetime


@dataclass(frozen=True)
class Screen:
    """The screen's content; ``course`` is None where the record can't be read. ``state`` is today's appointment."""

    person: Person
    on: date
    now: datetime
    role: str
    plan: PersonPlan
    entries: Sequence[Entry] = field(repr=False)
    course: Course | None = field(repr=False)
    state: AppointmentState | None
    watch: Watch | None

    @property
    def seen(self) -> int:
        """The number of the last entry that the page shows."""
        return self.entries[-1].sequence if self.entries else 0

    @cached_property
    def against(self) -> list[Against]:
        """What stands against a dose today; once it was given, against the next one."""
        reasons = self.plan.today["reasons"]
        if self.dose is not None:
            reasons = [reason for reason in reasons if reason["rule"] != TOO_SOON]
        return against(reasons, self.course, self.role)

    @cached_property
    def decision(self) -> str:
        return decision(self.against)

    @cached_property
    def open(self) -> list[Against]:
        return still_open(self.against)

    @cached_property
    def answerable(self) -> list[Against]:
        return [one for one in self.against if one.answerable]

    @cached_property
    def dose(self) -> Administration | None:
        """Today's dose, if one was given."""
        last = self.course.last_dose() if self.course else None
        return last if last is not None and last.day == self.on else None

    @cached_property
    def dose_entry(self) -> Entry | None:
        """The entry that stands for today's dose."""
        refs = {event.ref for event in self.dose.events} if self.dose else set()
        return next((entry for entry in reversed(self.entries) if str(entry.pk) in refs), None)

    @cached_property
    def withheld(self) -> Dose | None:
        """Today's dose of which nothing was given, if no other followed."""
        if self.course is None or self.dose is not None:
            return None
        today = [event for event in self.course.all(Dose) if event.day == self.on and event.given_mg == 0]
        return today[-1] if today else None

    @cached_property
    def checklist(self) -> Checklist | None:
        """Today's last checklist."""
        checks = self.course.all(Checklist) if self.course else ()
        return checks[-1] if checks and checks[-1].day == self.on else None

    @cached_property
    def checklist_entry(self) -> Entry | None:
        ref = self.checklist.ref if self.checklist else None
        return next((entry for entry in reversed(self.entries) if str(entry.pk) == ref), None)

    @cached_property
    def reactions(self) -> list[Reaction]:
        """Today's reactions."""
        return [event for event in self.course.all(Reaction) if event.day == self.on] if self.course else []

    @property
    def number(self) -> int | None:
        """Which dose it is: the coming one, or today's."""
        count = self.course.dose_count() if self.course else None
        return None if count is None else count + (self.dose is None)

    @property
    def age(self) -> int | None:
        return self.course.age() if self.course else None

    @property
    def weight(self) -> float | None:
        return self.course.weight() if self.course else None

    @property
    def route(self) -> str:
        """As booked, else as last given."""
        return self.state.route if self.state else self.plan.route or "iv"

    @property
    def tasks(self) -> list[Task]:
        """What else is due today."""
        return what_else(self.person, self.plan, self.on)

    @property
    def observe(self) -> str:
        """What the protocol says of observation and of when reactions come, for the coming dose."""
        items = [item for item in self.plan.today["items"] if item["action"] == "observe"]
        return str(items[0]["text"]) if items else ""

    @property
    def also_ask(self) -> str:
        return str(value("checklist.also_ask").value)

    def minutes(self, route: str) -> int:
        """For how long the protocol has a dose by that route observed; 0 where a clinician decides."""
        if self.course is None:
            return 0
        protocol = load_protocol(settings.NATALIZUMAB_PROTOCOL)
        return minutes_of_observation(Case(self.course, protocol), protocol, route) or 0

    def last_given(self, route: str) -> Dose | None:
        """The last dose by that route: what it was, is likely today too."""
        doses = [dose for dose in (self.course.all(Dose) if self.course else ()) if dose.route == route]
        return doses[-1] if doses else None

    def why_not_given(self) -> list[str]:
        """All that stands in the way of giving the dose now, in whole sentences."""
        if self.course is None:
            return ["The record cannot be read: nobody may be given a dose on the strength of it."]
        if self.dose is not None:
            return [f"A dose was given today{f' at {self.dose.at:%H:%M}' if self.dose.at else ''}."]
        found = [] if self.checklist else ["Go through the checklist first."]
        if self.decision != "allow":
            found.append(_WAITS[self.decision])
        return found

    def since(self, seen: int) -> list[Told]:
        """The entries after that one: what somebody else entered meanwhile."""
        return [told(entry) for entry in self.entries if entry.sequence > seen]


_WAITS = {
    "confirm": "The reasons above must be acknowledged first.",
    "hold": "The plan holds the dose: only a prescriber's release, above, lets it be given.",
    "stop": "The plan stops natalizumab: no dose. A stop ends only when the facts are corrected.",
}


def told(entry: Entry) -> Told:
    """An entry in words, with who entered it."""
    by = entry.entered_by
    payload = {} if entry.erased else read(entry.payload)
    return Told(
        title=title(entry.kind),
        details=details(payload) if payload else "",
        planned=bool(payload.get("planned")),
        by=(by.get_full_name() or by.username) if by else "",
        at=entry.entered_at,
    )


def course_of(person: Person, entries: Sequence[Entry], on: date) -> Course | None:
    try:
        return record_of(person, entries).course(on)
    except Refusal:
        return None


def would_say(screen: Screen, events: Sequence[dict[str, Any]]) -> list[Against]:
    """What would stand against a dose with more events, which are not saved. Raises Refusal where they can't stand."""
    plain = record_of(screen.person, screen.entries).to_dict()
    plain["events"] = [*plain["events"], *events]
    more = Record.from_dict(plain)
    made = plan(more, screen.on, load_protocol(settings.NATALIZUMAB_PROTOCOL)).to_dict()
    return against(made["reasons"], more.course(screen.on), screen.role)
