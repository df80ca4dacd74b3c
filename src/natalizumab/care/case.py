"""The facts of one person on one date, in the words that rules use. Everything is derived from the record's course."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from natalizumab.care.antibody_status import antibody_status, index_band
from natalizumab.care.entries import Entries, entries
from natalizumab.care.protocol import Protocol
from natalizumab.errors import Refusal
from natalizumab.record import Administration, Course, Event, Mri
from natalizumab.record.dates import ONE_DAY, add_days, add_months

Kind = TypeVar("Kind", bound=Event)
Answer = TypeVar("Answer")


class Case:
    """One person on the date asked about, seen through a protocol's parameters (its default interval, its bands)."""

    def __init__(self, course: Course, protocol: Protocol, antibodies: float | None = None) -> None:
        if antibodies is not None and not 0 <= antibodies <= 1:
            raise Refusal(f"The probability of antibodies is {antibodies:g}: give a number from 0 to 1.")
        self.course = course
        self.protocol = protocol
        self.antibody_probability = antibodies
        """How probable antibodies against natalizumab are (0-1), where the pharmacology was asked; else None."""
        self.on: date = course.on
        self.all = course.all
        """The done events of one kind up to the date, in order of time: ``case.all(Mri)``."""
        self.labs = course.labs
        """The results of a blood test, or of several together, in order of time."""
        self.place = course.place
        """Where a done event stands in the record's order of time."""
        self.changes: date | None = course.next_entry
        """The first day after ``on`` on which an answer to the question just being asked may change."""
        self._answers: dict[Callable[[Case], object], tuple[Any, date | None]] = {}
        self.stopped_for_good = False
        """Set once a rule has found that natalizumab is never given again: nothing of treatment is asked for then."""
        self.held = False
        """Set once a rule asked so far has found something other than a waiting time against a dose."""
        self._take_in(course.once(entries))

    def _take_in(self, known: Entries) -> None:
        """What the entries say by themselves, and with the protocol's numbers."""
        self.named = known.named.__getitem__
        """The same as ``all``, each event with the term that its name spells."""
        self.started = self.course.started
        """Whether natalizumab was ever given, here or elsewhere."""
        self.first_dose = known.first_dose
        """The day of the very first dose, here or elsewhere; None where there was none, or nobody knows since when."""
        self.start_facts = known.start_facts
        """The events that say when treatment began."""
        self.last_dose = known.last_dose
        """The last dose given, or None; one given before the record began has no date and can't be it."""
        self.stop = known.stop
        """The entry that stopped treatment, unless a dose was given later."""
        self.follow_up_ended = known.follow_up_ended
        """The entry that ended follow-up here, unless a dose was given later; death is never overruled."""
        self.interval = known.interval
        """The entry that prescribes the interval in force, or None."""
        self.interval_weeks: float = known.interval.weeks if known.interval else self.protocol["interval_weeks"]
        last = known.last_dose.day if known.last_dose else None
        self.next_due = add_days(last, 7 * self.interval_weeks) if last else None
        """The last dose plus the interval in force."""
        self.next_latest = add_days(last, 7 * self.protocol["latest_weeks"]) if last else None
        """The last day on which the next dose is late rather than a restart."""
        self.antibody = antibody_status(self.course, self.protocol)
        """What the tests for antibodies against JC virus say together."""
        self.pml_on_record = known.pml_on_record
        """Every entry of PML as confirmed or past."""
        self.treatments = known.treatments
        """Every therapy and procedure done, with its term."""
        self.prior_immunosuppressants = known.prior_immunosuppressants
        """Therapies and procedures that count as prior immunosuppressants or may (``undefined``).

        One begun after the last dose is what comes next, not what came before.
        """
        self.full_scans = known.full_scans

    # --- the calendar ---
    #
    # Rules compare dates by these alone: so the plan knows on which later day it may change without a new entry.

    def reached(self, day: date) -> bool:
        """Whether it is that day or later."""
        if self.on >= day:
            return True
        self.may_change(day)
        return False

    def passed(self, day: date) -> bool:
        """Whether that day is over."""
        return self.reached(day + ONE_DAY)

    def today(self) -> date:
        """The date asked about, for a thing to do that moves on with it; after the end of follow-up there is none."""
        if self.follow_up_ended is None:
            self.passed(self.on)
        return self.on

    def may_change(self, day: date | None) -> None:
        """Remember that an answer just given may be another one from that day on; None: it stays."""
        if day is not None and (self.changes is None or day < self.changes):
            self.changes = day

    def with_its_end(self, question: Callable[[Case], Answer]) -> tuple[Answer, date | None]:
        """The answer to a question, and the first later day on which it may be another one."""
        others, self.changes = self.changes, self.course.next_entry
        answer = question(self)
        end, self.changes = self.changes, others
        self.may_change(end)
        return answer, end

    def later(self, day: date) -> Case:
        """The same person on a later day. What is known stays known until its day, or until there is a new entry."""
        course = self.course.on_day(day)
        if course.next_entry != self.course.next_entry:
            return Case(course, self.protocol, self.antibody_probability)
        case = Case.__new__(Case)
        case.__dict__.update(self.__dict__, course=course, on=day, changes=course.next_entry)
        case._answers = {asked: kept for asked, kept in self._answers.items() if kept[1] is None or day < kept[1]}
        case.stopped_for_good = case.held = False
        return case

    # --- the record ---

    def last(self, kind: type[Kind]) -> Kind | None:
        """The latest of them, or None."""
        found = self.all(kind)
        return found[-1] if found else None

    def planned(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The planned events of one kind, whenever."""
        return tuple(event for event in self.course.planned if isinstance(event, kind))

    @property
    def planned_doses(self) -> tuple[Administration, ...]:
        """The doses planned for the date asked about or later."""
        return self.once(_planned_doses)

    def once(self, question: Callable[[Case], Answer]) -> Answer:
        """The answer to a question that several ask about this case, worked out once."""
        answer: Answer
        kept = self._answers.get(question)
        if kept is None:
            answer, _ = self._answers[question] = self.with_its_end(question)
        else:
            answer, end = kept
            self.may_change(end)
        return answer

    # --- treatment ---

    @property
    def before_first_dose(self) -> bool:
        return not self.started and self.stop is None and not self.stopped_for_good

    @property
    def treated(self) -> bool:
        """Started, and not stopped since."""
        return self.started and self.stop is None and not self.stopped_for_good

    def months_after_start(self, months: int) -> date | None:
        """The day on which treatment has lasted so many months, whatever gaps it had; None if its start is unknown."""
        return add_months(self.first_dose, months) if self.first_dose else None

    @property
    def exposure_month(self) -> int | None:
        """The month of exposure (``Course.exposure_month``)."""
        return self.once(_exposure_month)

    def treated_for(self, months: int) -> bool:
        """Whether at least so many months have passed since the first dose."""
        day = self.months_after_start(months)
        return day is not None and self.reached(day)

    # --- interval ---

    @property
    def extended(self) -> bool:
        return bool(self.interval_weeks > self.protocol["interval_weeks"])

    @property
    def gap(self) -> bool:
        """Whether the last dose is so long ago that the next would be a restart."""
        return self.next_latest is not None and self.passed(self.next_latest)

    @property
    def first_planned_dose(self) -> date | None:
        return min((dose.day for dose in self.planned_doses), default=None)

    # --- antibodies, risk ---

    @property
    def band(self) -> str:
        """The index band of an antibody-positive person: low, middle, high or no_index."""
        return index_band(self.antibody.index, self.protocol)

    @property
    def high_index(self) -> bool | None:
        """Whether the index of an antibody-positive person is above the upper cut-off; None if no index is known."""
        return None if self.band == "no_index" else self.band == "high"

    @property
    def low_index(self) -> bool:
        return self.band == "low"

    @property
    def high_risk(self) -> str | None:
        """Why the person is in the EU group at high PML risk (EMA 2016), or None."""
        return self.once(_high_risk)

    # --- scans ---

    @property
    def last_scan(self) -> Mri | None:
        return self.last(Mri)


# --- answers that the date can change ---
#
# What is cached above rests on the entries alone; these also look at the calendar, and are kept with their end.


def _planned_doses(case: Case) -> tuple[Administration, ...]:
    return tuple(dose for dose in case.course.planned_doses() if not case.passed(dose.day))


def _exposure_month(case: Case) -> int | None:
    month = case.course.exposure_month(case.interval_weeks)
    if month is not None and case.first_dose is not None:
        case.reached(add_months(case.first_dose, month))
    return month


def _high_risk(case: Case) -> str | None:
    if not case.antibody.positive or case.first_dose is None:
        return None
    if not case.passed(add_months(case.first_dose, case.protocol["high_risk_after_months"])):
        return None
    if case.prior_immunosuppressants:
        return "antibody-positive, more than 2 years on treatment, prior immunosuppressant"
    if case.high_index:
        return "antibody-positive with a high index, more than 2 years on treatment"
    if case.high_index is None:
        return "antibody-positive for more than 2 years on treatment, and the index is unknown"
    return None
