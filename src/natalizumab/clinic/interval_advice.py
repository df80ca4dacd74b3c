"""Which interval would suit, for the page: the advice of ``natalizumab dose``. Importing it loads the solver."""

from __future__ import annotations

from dataclasses import dataclass

from natalizumab.care import load_protocol
from natalizumab.care.beside_interval import beside_interval
from natalizumab.care.case import Case
from natalizumab.care.dose_today import against_a_dose
from natalizumab.care.extended import entry_unmet
from natalizumab.pharmacology.individualised import Individual
from natalizumab.pharmacology.interval import STANDING_WORDS, Advice, Interval, Limits, advise


@dataclass(frozen=True)
class Row:
    """An interval, what it rests on in words, and whether it is the one advised."""

    interval: Interval
    standing: str
    advised: bool


@dataclass(frozen=True)
class OwnAdvice:
    """The advice and the rows of its table, the shortest interval first."""

    advice: Advice
    rows: tuple[Row, ...]


def advice(individual: Individual, protocol_name: str) -> OwnAdvice:
    """The advice for this person, capped and worded by the protocol."""
    protocol = load_protocol(protocol_name)
    case = Case(individual.course, protocol)
    against = against_a_dose(case)
    found = advise(
        individual,
        Limits.of_protocol(protocol["interval_weeks"], protocol["extended_interval_weeks"]),
        no_dose=against.never,
        trial_entry_unmet=entry_unmet(case, protocol),
        beside=(*against.today, *beside_interval(case, protocol)),
    )
    rows = (Row(one, STANDING_WORDS[one.standing], one.weeks == found.weeks) for one in found.intervals)
    return OwnAdvice(found, tuple(rows))
