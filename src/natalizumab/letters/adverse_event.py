"""What the record knows of what reports of adverse events ask; the questions stand in adverse_event.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from natalizumab.errors import Refusal
from natalizumab.letters.asked import Asked, Place
from natalizumab.letters.questions import sections
from natalizumab.letters.results import result, results
from natalizumab.letters.treatment import Seen
from natalizumab.record import (
    Allergy,
    Course,
    Diagnosis,
    Dose,
    Event,
    Pregnancy,
    Reaction,
    Symptom,
    Therapy,
    Vaccine,
    Weight,
)
from natalizumab.record.dates import full_months

Facts = dict[str, Any]

REPORTED = ("reaction", "symptom", "diagnosis", "lab", "pregnancy")
"""Kinds of event that can be reported."""

_MONTHS = 12


def reportable(course: Course) -> list[Event]:
    """What may be reported, the latest first."""
    found = [event for kind in REPORTED for event in course.of(kind)]
    return sorted(found, key=course.place, reverse=True)


def reported(course: Course, asked: Asked) -> list[Any]:
    """The events that were chosen, or the latest reaction; in order of time. Raises Refusal where there is none."""
    if not asked.events:
        last = course.last("reaction")
        if last is None:
            raise Refusal("report: no reaction is on record; enter it first, or choose what is to be reported")
        return [last]
    known = {event.ref: event for event in reportable(course)}
    unknown = [ref for ref in asked.events if ref not in known]
    if unknown:
        raise Refusal(f"report: {', '.join(unknown)[:200]} is nothing that can be reported from this record")
    return sorted((known[ref] for ref in dict.fromkeys(asked.events)), key=course.place)


def report(look: Seen, asked: Asked) -> Facts:
    """Every answer that the record has, by the key of its question; None where it has none."""
    course, events = look.course, reported(look.course, asked)
    began = min(map(_began, events))
    dose = course.dose_until(began)
    return {
        "terms": [_line(event) for event in events],
        "after": _after(events, began, dose.day if dose else None),
        "ended": _days(getattr(event, "ended", None) for event in events),
        "grade": _grades(events),
        "substance": "natalizumab" if dose else None,
        **(_suspect(look, dose.events, began) if dose else {}),
        "indication": _first(d.name for d in course.all(Diagnosis) if "sclerosis" in d.name.casefold()),
        "action": _action(course, began),
        "rechallenge": _again(course, began),
        "initials": _initials(asked.name),
        "number": asked.number or None,
        "age": _age(course, began),
        "sex": course.person.sex if course.person.sex != "unknown" else None,
        "weight": _weight(course, began),
        "pregnancy": [_pregnancy(one) for one in course.all(Pregnancy)] or None,
        "other": [_line(one) for one in course.all(Therapy) if _taken(one, began)] or None,
        "earlier": [_line(one) for one in [*course.all(Therapy), *course.all(Vaccine)] if not _taken(one, began)]
        or None,
        "history": [_line(one) for one in [*course.all(Diagnosis), *course.all(Allergy)] if one not in events] or None,
        "tests": results(course) or None,
        "reported_on": asked.on.isoformat(),
    }


def places(facts: Facts) -> list[Place]:
    """Where the writer may add: every question that the record leaves open."""
    found = []
    for question in (one for section in sections() for one in section["field"]):
        key = question["key"]
        if "ticks" in question:
            found += [
                Place(f"{key}.{n}", f"{question['label']}: {tick}", "tick") for n, tick in enumerate(question["ticks"])
            ]
        elif key not in ("reporter", "reporter_address") and not facts.get(key):
            found.append(Place(key, question["label"], "text" if question.get("long") else "line"))
    return found


def _suspect(look: Seen, given: Sequence[Dose], began: date) -> Facts:
    before = [dose for dose in look.course.doses() if dose.day <= began]
    interval = look.course.interval()
    weeks = interval.weeks if interval else None
    first = look.course.first_dose()
    return {
        "brand": _first(one.product for one in given),
        "batch": _joined(one.batch for one in given),
        "dose": {"mg": sum(one.dose_mg for one in given), "given_mg": before[-1].given_mg, "weeks": weeks},
        "route": given[0].route,
        "first": first.isoformat() if first else None,
        "last": {"on": given[0].day.isoformat(), "number": _number(look.course, len(before))},
    }


def _number(course: Course, here: int) -> int | None:
    total = course.dose_count()
    return None if total is None else total - len(course.doses()) + here


def _began(event: Any) -> date:
    """The day on which it began: a symptom may have lasted for some days when it was noted."""
    first: date = event.day - timedelta(days=(event.days or 0) if isinstance(event, Symptom) else 0)
    return first


def _line(event: Any) -> Facts:
    """An event as its terms, its first and its last day, and when it was noted if that was later."""
    names = list(event.features) if isinstance(event, Reaction) else [_name(event)]
    until = getattr(event, "until", None)
    began = _began(event)
    noted = event.day.isoformat() if began != event.day else None
    return {"names": names, "on": began.isoformat(), "noted": noted, "until": until.isoformat() if until else None}


def _name(event: Any) -> str:
    if event.kind == "lab":
        return f"{event.test} {result(event)}"
    name = getattr(event, "name", None) or getattr(event, "substance", None) or event.kind
    status = getattr(event, "status", None)
    return f"{name} ({status})" if status else str(name)


def _after(events: Sequence[Any], began: date, given: date | None) -> Facts | None:
    minutes = _first(getattr(event, "minutes", None) for event in events)
    if given is None:
        return None
    return {"days": (began - given).days, "minutes": minutes}


def _grades(events: Sequence[Any]) -> int | None:
    return max((event.grade for event in events if getattr(event, "grade", None)), default=None)


def _action(course: Course, began: date) -> Facts | None:
    """What the record says was done with the drug since: stopped, or the dose of that day not completed."""
    stop = next((one for one in course.of("stop") if one.day >= began), None)
    broken_off = any(dose.day == began and dose.incomplete for dose in course.doses())
    if stop is None and not broken_off:
        return None
    return {"stopped": stop.day.isoformat() if stop else None, "broken_off": broken_off}


def _again(course: Course, began: date) -> Facts | None:
    later = [dose for dose in course.doses() if dose.day > began]
    return {"on": later[0].day.isoformat()} if later else None


def _taken(event: Any, day: date) -> bool:
    """Whether a drug was being taken on that day."""
    return isinstance(event, Therapy) and event.day <= day and (event.until is None or event.until >= day)


def _weight(course: Course, began: date) -> Facts | None:
    before = [one for one in course.all(Weight) if one.day <= began] or list(course.all(Weight))[:1]
    return {"kg": before[-1].kg, "on": before[-1].day.isoformat()} if before else None


def _pregnancy(event: Pregnancy) -> Facts:
    ended = event.ended.isoformat() if event.ended else None
    return {"on": event.day.isoformat(), "weeks": event.gestation_weeks, "ended": ended}


def _age(course: Course, began: date) -> int | None:
    born = course.person.born
    return full_months(born, began) // _MONTHS if born and born <= began else None


def _initials(name: str) -> str | None:
    found = [word[0].upper() for word in name.replace("-", " ").split() if word[0].isalpha()]
    return ".".join(found) + "." if found else None


def _days(days: Iterable[date | None]) -> str | None:
    return max((day.isoformat() for day in days if day is not None), default=None)


def _joined(found: Iterable[str | None]) -> str | None:
    return ", ".join(dict.fromkeys(one for one in found if one)) or None


def _first(found: Iterable[Any]) -> Any:
    return next((one for one in found if one is not None), None)
