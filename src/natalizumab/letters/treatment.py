"""The treatment so far and what comes next, as plain data for the letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from natalizumab.care import Protocol, plan
from natalizumab.care.case import Case
from natalizumab.record import Course, Record

Facts = dict[str, Any]

GRAVE = ("hold", "stop")


@dataclass(frozen=True, slots=True)
class Seen:
    """A record on a date: the course, the case and the plan as data. ``planned`` is the plan on the next dose's day."""

    record: Record
    course: Course
    case: Case
    plan: Facts
    planned: Facts

    @property
    def holds(self) -> list[Facts]:
        """What stands against a dose, now or on the day of the next one; waiting times and other orders left out."""
        found = [r for made in (self.plan, self.planned) for r in made["reasons"] if _holds(r)]
        return list({(r["rule"], tuple(r["facts"])): r for r in reversed(found)}.values())[::-1]


def seen(record: Record, on: date, protocol: Protocol) -> Seen:
    """Everything that the letters ask."""
    course = record.course(on)
    today = plan(record, on, protocol).to_dict()
    due = today["next_dose"]["due"]
    later = max(on, date.fromisoformat(due)) if due else on
    planned = today if later == on else plan(record, later, protocol).to_dict()
    return Seen(record, course, Case(course, protocol), today, planned)


def _holds(reason: Facts) -> bool:
    return reason["effect"] in GRAVE and not reason["order"] and not reason["not_before"]


def treatment(look: Seen) -> Facts:
    """Doses, route, interval, state and the days of the next dose; None where nobody knows."""
    course, made = look.course, look.plan
    last, interval, stop = course.last_dose(), course.interval(), course.last("stop")
    stopped = stop is not None and (last is None or last.day <= stop.day)
    latest = made["next_dose"]["latest"]
    return {
        "started": course.started,
        "first": _iso(course.first_dose()),
        "last": _iso(last.day if last else None),
        "doses": course.dose_count(),
        "route": last.route if last else None,
        "product": last.product if last else None,
        "weeks": interval.weeks if interval else look.case.interval_weeks if last else None,
        "state": made["state"],
        "stopped": _iso(stop.day) if stop is not None and stopped else None,
        "next": made["next_dose"],
        "gap": latest is not None and latest < made["on"],
        "past": bool(made["next_dose"]["due"]) and made["next_dose"]["due"] < made["on"],
        "held": bool(look.holds),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
