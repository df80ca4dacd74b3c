"""From a person's plan to the rows of the worklist. Nothing here asks the database or reads a clock."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from natalizumab.care import Effect
from natalizumab.care.ending import DAY_COUNT
from natalizumab.clinic.models import NEVER, Person, Work, WorkItem
from natalizumab.clinic.plans import PersonPlan, gravity
from natalizumab.clinic.words import DECISIONS, EMERGENCIES, due_kind
from natalizumab.clinic.work.bits import NEEDS, of_kinds
from natalizumab.clinic.work.handled import NOTHING, Handled

_DAY = timedelta(days=1)
_LETTERS = 20

DOSE, RESTART = "dose", "decide on a restart"


@dataclass(frozen=True, slots=True)
class Task:
    """A thing that is due or overdue on a day, and what was done with it."""

    item: WorkItem
    late: int
    handled: Handled
    put_off: bool

    @property
    def order(self) -> tuple[Any, ...]:
        """Smaller comes first: what an emergency asks for, then the latest; what is put off comes last."""
        return self.put_off, not self.item.urgent, -self.late, self.item.due, self.item.place

    def plain(self) -> dict[str, Any]:
        """What the list shows of it."""
        item = self.item
        shown = {"key": item.key, "kind": item.kind, "action": item.action, "last_day": item.last_day.isoformat()}
        return {**shown, "urgent": item.urgent, "overdue": self.late > 0, "handled": self.handled.plain()}


def items_of(person: Person, plan: PersonPlan, upcoming_days: int) -> list[WorkItem]:
    """Everything to do of a plan, in its order; the next dose too, where one is expected."""
    found = [_item(person, item, upcoming_days) for item in plan.today["items"]]
    found += _dose(person, plan)
    times: Counter[str] = Counter()
    for place, item in enumerate(found):
        times[item.key] += 1
        item.place, item.key = place, _key(item.key, times[item.key])
    return found


def _item(person: Person, item: dict[str, Any], upcoming_days: int) -> WorkItem:
    due = date.fromisoformat(item["due"])
    window, possible = _date(item["window_from"]), _date(item["not_before"])
    return WorkItem(
        person=person,
        clinic_id=person.clinic_id,
        # What it rests on makes it this one: the yearly scan after another scan is another thing to do.
        key="|".join([item["rule"], item["action"], *sorted(item["facts"])]),
        rule=item["rule"],
        action=item["action"],
        kind=due_kind(item["action"]),
        text=item["text"],
        due=due,
        window_from=window,
        not_before=possible,
        first_day=window or due - timedelta(days=upcoming_days),
        last_day=max(due, possible) if possible else due,
        prompt=item["prompt"],
        urgent=item["rule"] in EMERGENCIES,
    )


def _dose(person: Person, plan: PersonPlan) -> Iterator[WorkItem]:
    due = _date(plan.today["next_dose"]["due"])
    if due is None or plan.decision == "stop":
        return
    action = RESTART if plan.gap else DOSE
    yield WorkItem(
        person=person,
        clinic_id=person.clinic_id,
        key=f"|{action}|{due}",
        rule="",
        action=action,
        kind=due_kind(action),
        text=action.capitalize(),
        due=due,
        first_day=due,
        last_day=due,
        prompt=False,
        urgent=False,
    )


def tasks_of(items: Iterable[WorkItem], handled: dict[str, Handled], on: date) -> list[Task]:
    """Those due and overdue on a day, in the list's order; prompts are never tasks."""
    found = []
    for item in items:
        if item.prompt or item.first_day > on or (item.not_before is not None and item.not_before > on):
            continue
        state = handled.get(item.key, NOTHING)
        found.append(Task(item, max((on - item.last_day).days, 0), state, state.snoozed(on)))
    return sorted(found, key=lambda task: task.order)


def row_of(person: Person, plan: PersonPlan, items: list[WorkItem], handled: dict[str, Handled], on: date) -> Work:
    """A person's row; what it was made from and by whom is still to be said."""
    tasks = tasks_of(items, handled, on)
    reasons, latest = plan.reasons, _date(plan.today["next_dose"]["latest"])
    text = reasons[0]["text"] if reasons else ""
    next_due = _date(plan.today["next_dose"]["due"])
    return Work(
        person=person,
        clinic_id=person.clinic_id,
        number=person.number,
        name=person.name,
        searched=f"{person.number} {person.name}".casefold(),
        decision=plan.decision,
        rank=_rank(plan, tasks, on),
        state=plan.today["state"],
        decision_for=plan.decision_for if plan.decision_for > on else None,
        text=text,
        rules=[reason["rule"] for reason in reasons],
        route=plan.route or "",
        interval_weeks=plan.interval_weeks,
        next_due=next_due or NEVER,
        gap=plan.gap,
        ended=plan.ended,
        refused=plan.refusal is not None,
        needs=_needs(tasks),
        kinds=of_kinds(task.item.kind for task in tasks if not task.put_off),
        tasks=[task.plain() for task in _first_of_kind(tasks)],
        made_on=on,
        valid_until=_end(plan, items, handled, next_due, latest, on),
        counts_days=bool(DAY_COUNT.search(text)),
    )


def _first_of_kind(tasks: list[Task]) -> list[Task]:
    first = {task.item.kind: task for task in reversed(tasks)}
    return [task for task in tasks if first[task.item.kind] is task]


def _needs(tasks: list[Task]) -> int:
    open_tasks = [task for task in tasks if not task.put_off]
    unowned = any(task.handled.owner is None and task.item.action != DOSE for task in open_tasks)
    overdue = any(task.late for task in open_tasks)
    return NEEDS["overdue"] * overdue + NEEDS["due"] * bool(open_tasks) + NEEDS["unowned"] * unowned


_GRAVITIES = len(EMERGENCIES) + 1


def _rank(plan: PersonPlan, tasks: list[Task], on: date) -> int:
    """Smaller is graver: by the decision, its gravest reason, then by what is late, then by the next dose.

    Whoever needs nothing after the end of treatment comes last, however grave the reason. It is one number, for the
    database to sort by: each part multiplied by how many values those after it can take. It says since when something
    is late, not for how long, so that it is the same on the next day; and what people did with things moves nobody.
    """
    late = [task.item.last_day for task in tasks if task.late]
    next_due = _date(plan.today["next_dose"]["due"]) or date.max
    weight, about_order, rule = gravity(plan.reasons[0]) if plan.reasons else (-Effect.STOP, False, 0)
    parts = (
        (plan.ended and not tasks, 2),
        (list(DECISIONS).index(plan.decision), len(DECISIONS)),
        (weight + Effect.STOP, Effect.STOP + 1),
        (about_order, 2),
        (rule, _GRAVITIES),
        (0 if late else 1 if tasks else 2, 3),
        (min(late, default=date.max).toordinal(), _DAYS),
        (next_due.toordinal(), _DAYS),
    )
    rank = 0
    for value, values in parts:
        rank = rank * values + int(value)
    return rank


_DAYS = date.max.toordinal() + 1
"""How many days can be written."""


def _end(
    plan: PersonPlan,
    items: list[WorkItem],
    handled: dict[str, Handled],
    next_due: date | None,
    latest: date | None,
    on: date,
) -> date:
    """The first later day on which the row may say something else."""
    ends = [plan.valid_until, next_due, next_due and next_due + _DAY, latest and latest + _DAY]
    ends += [handled[item.key].snoozed_until for item in items if item.key in handled]
    return min([day for day in ends if day is not None and day > on], default=NEVER)


def _key(of: str, time: int) -> str:
    return hashlib.sha256(f"{of}|{time}".encode()).hexdigest()[:_LETTERS]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
