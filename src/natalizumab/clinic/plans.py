"""A person's plan for the pages: today's, and the one for the first day that is neither too soon nor early for a dose.

A plan is a pure function of the record, the protocol and the date. Entries are only ever added, or erased: the number
of the last one, and of those erased, says whether a plan that was made before still holds, and a page that is
asked again need not think again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import Any

from django.conf import settings

from natalizumab.care import Effect, Protocol, load_protocol, plan
from natalizumab.clinic.briefs import Brief
from natalizumab.clinic.merging import entries_of_each, together, version
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.records import Told, record_of
from natalizumab.clinic.words import EMERGENCIES
from natalizumab.errors import Refusal
from natalizumab.record import Administration, Course, Record

Plan = dict[str, Any]

_REMEMBERED = 5000
_writing = Lock()
_made: OrderedDict[tuple[Any, ...], PersonPlan] = OrderedDict()


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """``today`` is the plan on the day asked about, ``decided`` the one for ``decision_for``.

    ``ended``: a stop or the end of follow-up is on record, and no dose after it.
    ``refusal`` is set when the record can't be read; then nobody may be dosed on the strength of it.
    """

    today: Plan
    decided: Plan
    decision_for: date
    route: str | None
    interval_weeks: float | None
    ended: bool = False
    refusal: str | None = None

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Why, the gravest first, for ``decision_for``.

        In today's words where today has the same reason (days late count until today). An order that today's plan
        holds (a vaccine, a second drug) is not outlived.
        """
        today = {_same(reason): reason for reason in self.today["reasons"]}
        decided = [today.get(_same(reason), reason) for reason in self.decided["reasons"]]
        said = {_same(reason) for reason in decided}
        found = [*decided, *(r for key, r in today.items() if r["order"] and key not in said)]
        return sorted(found, key=gravity)

    @property
    def next_due(self) -> date | None:
        """When the next dose is due, by today's plan."""
        due = self.today["next_dose"]["due"]
        return date.fromisoformat(due) if due else None

    @property
    def gap(self) -> bool:
        """Whether the last dose is so long ago that the next would be a restart: no day is due for it."""
        latest = self.today["next_dose"]["latest"]
        return latest is not None and latest < self.today["on"]

    @property
    def valid_until(self) -> date | None:
        """The first later day on which either plan may say something else; None where no day alone changes them."""
        end, on = self.today["valid_until"], date.fromisoformat(self.today["on"])
        ends = [date.fromisoformat(end)] if end else []
        # From that day on, the day that the decision is for moves with today.
        return min([*ends, self.decision_for] if self.decision_for > on else ends, default=None)

    @property
    def decision(self) -> str:
        """The decision for ``decision_for``; an order on hold asks at least for confirmation."""
        found: str = self.decided["decision"]
        return "confirm" if found == "allow" and self.reasons else found


def gravity(reason: dict[str, Any]) -> tuple[int, bool, int]:
    """Smaller is graver: by what it does to a dose, then by whether it is about the dose, then by its rule."""
    weight = min(Effect[reason["effect"].upper()], Effect.CONFIRM if reason["order"] else Effect.STOP)
    rule = reason["rule"]
    return -weight, bool(reason["order"]), EMERGENCIES.index(rule) if rule in EMERGENCIES else len(EMERGENCIES)


def _same(reason: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two reasons the same although their texts count other days; overdue things differ by their fact."""
    about = reason["text"].split(": ", 1)[-1]
    return reason["rule"], reason["effect"], reason["order"], tuple(reason["facts"]), about


def plans_for(people: Sequence[Person], on: date) -> dict[Person, PersonPlan]:
    """The plans of people that carry ``last_sequence`` (see ``caseload.people_of``); two queries, however many.

    Somebody who stands for others is looked at anew: what they carry does not count the others' entries.
    """
    who = together({person.clinic_id for person in people})
    groups = who.groups()
    keys = {person: _key(person, on) for person in people if person.pk not in groups}
    remembered = {person: _made.get(key) for person, key in keys.items()}
    found = {person: made for person, made in remembered.items() if made is not None}
    for person, made in found.items():
        _remember(keys[person], made)
    missing = {person.pk: person for person in people if person not in found}
    for key, entries in entries_of_each(missing.values(), who).items():
        found[missing[key]] = plan_of(missing[key], entries, on)
    return found


def plan_of(person: Person, entries: Sequence[Entry | Brief], on: date, record: Record | None = None) -> PersonPlan:
    """The plan of one person whose entries are at hand, ordered by sequence, and perhaps their record; no query."""
    person.last_sequence = version(entries)  # type: ignore[attr-defined]
    person.erased = sum(entry.erased for entry in entries)  # type: ignore[attr-defined]
    key = _key(person, on)
    made = _made.get(key) or person_plan(person, entries, on, record)
    _remember(key, made)
    return made


def forget() -> None:
    """Forget every plan that was made."""
    with _writing:
        _made.clear()


def person_plan(
    person: Person, entries: Iterable[Entry | Told | Brief], on: date, record: Record | None = None
) -> PersonPlan:
    """Both plans of one person. A record that can't be read gives a hold that says so."""
    try:
        return _from_record(record or record_of(person, entries), on)
    except Refusal as refusal:
        return unreadable(person, on, str(refusal))


def _from_record(record: Record, on: date) -> PersonPlan:
    protocol = load_protocol(settings.NATALIZUMAB_PROTOCOL)
    today = plan(record, on, protocol).to_dict()
    course = record.course(on)
    last, interval = course.last_dose(), course.interval()
    decision_for = max(on, _asked_about(today["next_dose"], last, protocol) or on)
    decided = today if decision_for == on else plan(record, decision_for, protocol).to_dict()
    return PersonPlan(
        today=today,
        decided=decided,
        decision_for=decision_for,
        route=last.route if last else None,
        interval_weeks=interval.weeks if interval else protocol["interval_weeks"] if last else None,
        ended=_ended(course),
    )


def _asked_about(next_dose: dict[str, str | None], last: Administration | None, protocol: Protocol) -> date | None:
    """The first day on which the next dose is neither too soon nor early.

    On the very earliest day everybody's dose is early and asks for confirmation; a list that says so of everybody
    says nothing. Where the interval is shorter than that, the day on which the dose is due.
    """
    earliest, due = next_dose["earliest"], next_dose["due"]
    if earliest is None or due is None or last is None:
        return None
    no_longer_early = last.day + timedelta(days=protocol["early_until_days"] + 1)
    return max(date.fromisoformat(earliest), min(date.fromisoformat(due), no_longer_early))


def _ended(course: Course) -> bool:
    ends = [event.day for kind in ("stop", "followup") if (event := course.last(kind))]
    last = course.last_dose()
    return bool(ends) and (last is None or last.day <= max(ends))


def unreadable(person: Person, on: date, why: str) -> PersonPlan:
    """A plan that holds because nothing can be concluded."""
    reason: dict[str, Any] = {
        "rule": "record",
        "effect": "hold",
        "text": why,
        "facts": [],
        "because": [],
        "order": None,
        "needs": None,
        "sources": [],
    }
    empty: Plan = {
        "person": str(person.pk),
        "on": on.isoformat(),
        "state": "held",
        "decision": "hold",
        "valid_until": None,
        "reasons": [reason],
        "items": [],
        "notes": [],
        "next_dose": {"earliest": None, "due": None, "latest": None},
        "pml": {
            "per_1000": None,
            "cumulative_per_1000": None,
            "why_not": "the record cannot be read",
            "alternatives": [],
        },
        "protocol": {"name": settings.NATALIZUMAB_PROTOCOL, "version": ""},
    }
    return PersonPlan(empty, empty, on, None, None, refusal=why)


def _key(person: Person, on: date) -> tuple[Any, ...]:
    last: Hashable = getattr(person, "last_sequence", None)
    erased: int = getattr(person, "erased", 0)
    return (person.pk, person.born, person.sex, last, erased, on, settings.NATALIZUMAB_PROTOCOL)


def _remember(key: tuple[Any, ...], made: PersonPlan) -> None:
    with _writing:
        _made[key] = made
        _made.move_to_end(key)
        if len(_made) > _REMEMBERED:
            _made.popitem(last=False)
