"""What else is due on the day of an infusion, as the worklist would say it."""

from __future__ import annotations

from datetime import date

from natalizumab.clinic.models import Person
from natalizumab.clinic.plans import PersonPlan
from natalizumab.clinic.work.made import items_of, tasks_of
from natalizumab.clinic.work.program import protocol
from natalizumab.clinic.worklist import Task, task_from


def what_else(person: Person, plan: PersonPlan, on: date) -> list[Task]:
    """Due and overdue, one of each kind; the dose itself is not among it."""
    made = tasks_of(items_of(person, plan, protocol()["upcoming_days"]), {}, on)
    found = [task_from(one.plain(), on) for one in made]
    first = {task.kind: task for task in reversed(found)}
    return [task for task in found if first[task.kind] is task and not task.is_dose]
