"""Doses as they were given: two SC injections of one syringe each on one day are one dose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import attrgetter

import msgspec

from natalizumab.errors import RecordError
from natalizumab.evidence import value
from natalizumab.record.events import Dose, Event
from natalizumab.record.words import joined, places


class Administration(msgspec.Struct, frozen=True):
    """One dose on one day. ``given_mg`` is what was ordered where nobody said what was given.

    ``incomplete``: less than ordered was given, or the dose was broken off; with ``amount_known`` False, how much was
    given before that is unknown.
    """

    day: date
    at: datetime | None
    ordered_mg: float
    given_mg: float
    route: str
    product: str | None
    incomplete: bool
    amount_known: bool
    events: tuple[Dose, ...]


def administrations(doses: Sequence[Dose]) -> tuple[Administration, ...]:
    """One administration per day, of doses in canonical order. A dose of which nothing was given is no dose."""
    days = [tuple(same_day) for _, same_day in groupby(doses, _day)]
    return tuple([_administration(events) for events in days if any(map(was_given, events))])


def was_given(dose: Dose) -> bool:
    """Whether anything of the dose reached the person, or is meant to."""
    return dose.given_mg != 0


def refuse_doubles(doses: Sequence[Dose], events: Sequence[Event]) -> None:
    """Refuse two doses on a day, unless they are the two syringes of one SC dose. ``events`` (all) give the places."""
    for (day, planned), same_day in groupby(sorted(doses, key=_day_and_plan), key=_day_and_plan):
        together = [dose for dose in same_day if was_given(dose)]
        if len(together) > 1 and not _one_sc_dose(together):
            where = places(events)
            together.sort(key=lambda dose: where[id(dose)])
            first, second = (f"events[{where[id(dose)]}]" for dose in together[:2])
            amounts = joined([f"{dose.dose_mg} mg {dose.route}" for dose in together])
            raise RecordError(
                f"{second}: a second {'planned ' if planned else ''}dose on {day}, beside {first} ({amounts}; allowed: "
                f"one dose a day, or two SC doses of {_syringe_mg():g} mg); correct or withdraw the wrong one"
            )


def is_sc_half(dose: Dose) -> bool:
    """Whether the event is one of the two injections that make an SC dose."""
    return dose.route == "sc" and dose.dose_mg == _syringe_mg()


def _one_sc_dose(events: Sequence[Dose]) -> bool:
    return len(events) == 2 and all(map(is_sc_half, events))


def _one_dose(events: tuple[Dose, ...]) -> tuple[Dose, ...]:
    """The events that make the day's dose. A syringe of which nothing was given counts in what was ordered."""
    given = tuple(filter(was_given, events))
    failed = [event for event in events if event not in given and is_sc_half(event)] if len(given) < len(events) else []
    return (*given, failed[0]) if len(given) == 1 and is_sc_half(given[0]) and failed else given


def _administration(same_day: tuple[Dose, ...]) -> Administration:
    return _alone(same_day[0]) if len(same_day) == 1 else _together(_one_dose(same_day))


def _alone(dose: Dose) -> Administration:
    """What ``_together`` says of one event, as nearly all doses are."""
    given = dose.dose_mg if dose.given_mg is None else dose.given_mg
    broken_off = dose.completed is False
    return Administration(
        day=dose.day,
        at=dose.at,
        ordered_mg=dose.dose_mg,
        given_mg=given,
        route=dose.route,
        product=dose.product,
        incomplete=broken_off or given < dose.dose_mg,
        amount_known=dose.given_mg is not None or not broken_off,
        events=(dose,),
    )


def _together(events: tuple[Dose, ...]) -> Administration:
    ordered = sum([event.dose_mg for event in events])
    given = sum([event.dose_mg if event.given_mg is None else event.given_mg for event in events])
    times = [event.at for event in events if event.at is not None]
    broken_off = [event for event in events if event.completed is False]
    products = {event.product for event in events if event.product is not None}
    return Administration(
        day=events[0].day,
        at=times[0] if times else None,
        ordered_mg=ordered,
        given_mg=given,
        route=events[0].route,
        product=products.pop() if len(products) == 1 else None,
        incomplete=bool(broken_off) or given < ordered,
        amount_known=None not in [event.given_mg for event in broken_off],
        events=events,
    )


_day = attrgetter("day")


def _day_and_plan(dose: Dose) -> tuple[date, bool]:
    return dose.day, bool(dose.planned)


@cache
def _syringe_mg() -> float:
    return float(value("dosing.sc_syringe").value)
