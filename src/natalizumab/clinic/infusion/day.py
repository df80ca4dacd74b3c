"""The page of a day: its chairs in the order of time, the week around it, and who is being observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from natalizumab.clinic.caseload import people_of
from natalizumab.clinic.infusion import appointments, observing
from natalizumab.clinic.infusion.appointments import DAYS_OF_A_WEEK, OPEN
from natalizumab.clinic.infusion.due import what_else
from natalizumab.clinic.infusion.observing import Watch
from natalizumab.clinic.models import AppointmentState, AppointmentStatus, Clinic, Person
from natalizumab.clinic.plans import PersonPlan, plans_for
from natalizumab.clinic.worklist import Task

CHANGEABLE = (*OPEN, AppointmentStatus.MISSED)
"""What may still be moved, cancelled or taken back."""


@dataclass(frozen=True)
class Chair:
    """An appointment with the plan for its day. ``watch``: the observation after the dose, once it was given."""

    state: AppointmentState
    plan: PersonPlan
    on: date
    watch: Watch | None

    @property
    def person(self) -> Person:
        return self.state.appointment.person

    @property
    def waiting(self) -> bool:
        """Whether nothing has become of it yet, so that the decision about the dose counts."""
        return self.state.status in OPEN

    @property
    def changeable(self) -> bool:
        return self.state.status in CHANGEABLE

    @property
    def decision(self) -> str:
        found: str = self.plan.today["decision"]
        return found

    @property
    def reasons(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.plan.today["reasons"]
        return found

    @property
    def number(self) -> int | None:
        """Which dose it is."""
        count: int | None = self.plan.today["pml"].get("infusions")
        return None if count is None else count + (self.state.status != AppointmentStatus.GIVEN)

    @cached_property
    def tasks(self) -> list[Task]:
        """What else is due on that day."""
        return what_else(self.person, self.plan, self.on)


@dataclass(frozen=True)
class WeekDay:
    """A day of the week strip."""

    day: date
    count: int


@dataclass(frozen=True)
class Day:
    """The page's content. ``watches`` are those that go on."""

    day: date
    chairs: list[Chair]
    week: list[WeekDay]
    watches: list[Watch]

    @property
    def before(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        return self.day + timedelta(days=1)

    @property
    def week_before(self) -> date:
        return self.day - timedelta(days=DAYS_OF_A_WEEK)

    @property
    def week_after(self) -> date:
        return self.day + timedelta(days=DAYS_OF_A_WEEK)


def day_page(clinic: Clinic, day: date, now: datetime) -> Day:
    """The page of a day: five queries, whatever the number of chairs."""
    states = appointments.of_day(clinic, day)
    plans = _plans(clinic, states, day)
    watches = observing.of_clinic(clinic, day, now)
    by_person = {watch.observation.person_id: watch for watch in watches}
    chairs = [_chair(state, plans, day, by_person) for state in states]
    monday = day - timedelta(days=day.weekday())
    there = appointments.counts(clinic, monday)
    days = [monday + timedelta(days=number) for number in range(DAYS_OF_A_WEEK)]
    week = [WeekDay(one, there[one]) for one in days]
    return Day(day, chairs, week, [watch for watch in watches if watch.running])


def _chair(state: AppointmentState, plans: dict[Person, PersonPlan], day: date, watches: dict[Any, Watch]) -> Chair:
    given = state.status == AppointmentStatus.GIVEN
    watch = watches.get(state.appointment.person_id) if given else None
    return Chair(state, plans[state.appointment.person], day, watch)


def _plans(clinic: Clinic, states: Sequence[AppointmentState], day: date) -> dict[Person, PersonPlan]:
    people = people_of(clinic).filter(pk__in=[state.appointment.person_id for state in states])
    return plans_for(list(people), day) if states else {}
