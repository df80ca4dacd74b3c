"""What is known of a person on a date: corrections resolved first, then everything up to and including that day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from natalizumab.record.dates import EVERY_MONTH_HAS, ONE_DAY, add_months, add_weeks, full_months
from natalizumab.record.doses import Administration, administrations
from natalizumab.record.events import (
    Dose,
    EarlierTreatment,
    Event,
    Interval,
    Lab,
    Weight,
)
from natalizumab.record.jcv import JcvReading, disturbing, readings, undisturbed
from natalizumab.record.known import Known
from natalizumab.record.standing import Standing, since, upto

if TYPE_CHECKING:
    from natalizumab.record.record import Person

Kind = TypeVar("Kind", bound=Event)
Answer = TypeVar("Answer")


class _All(Protocol):
    """A class of events in, those events out."""

    def __call__(self, kind: type[Kind], /) -> tuple[Kind, ...]: ...


class _Each(Protocol):
    """A kind of events and a question about them in, an answer for each out."""

    def __call__(self, kind: str, question: Callable[[Sequence[Any]], Sequence[Answer]], /) -> tuple[Answer, ...]: ...


class Course:
    """The questions that one asks of a record on a date.

    ``on``: the date asked about, whole. ``known_at``: only what was known then (None: all that is known).
    """

    def __init__(self, person: Person, on: date, known_at: datetime | None, standing: Standing) -> None:
        _refuse_instant(on)
        self.person = person
        self.on = on
        self.known_at = known_at
        self._standing = standing
        self._answers: dict[Callable[[Course], object], Any] = {}
        self._of: Known[str, tuple[Event, ...]] = Known(lambda kind: upto(standing.by_kind.get(kind, ()), on))
        self._labs: Known[tuple[str, ...], tuple[Lab, ...]] = Known(lambda tests: upto(standing.labs[tests], on))
        of = self._of
        self.all = cast("_All", Known(lambda kind: of[str(kind.__struct_config__.tag)]).__getitem__)
        """The events of one kind up to ``on``, by the class of their kind: ``course.all(Mri)``."""
        self.each: _Each = lambda kind, question: standing.each[kind, question][: len(of[kind])]
        """What a question says of each event of a kind up to ``on``, asked once for all dates (``Standing.each``)."""
        self._doses = upto(standing.given.doses, on)
        self._earlier = self.all(EarlierTreatment)
        self.planned = tuple([e for e in standing.planned if not (isinstance(e, Dose) and self.given_on(e.day))])
        """What is intended, whenever; a planned dose is fulfilled by a dose given on that day."""

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened up to and including ``on``, in canonical order."""
        return upto(self._standing.done, self.on)

    @cached_property
    def left_out(self) -> tuple[Event, ...]:
        """What the record says happened after ``on``."""
        return self._standing.done[len(self.events) :]

    @cached_property
    def next_entry(self) -> date | None:
        """The first day after ``on`` on which something is recorded to have happened."""
        return self.left_out[0].day if self.left_out else None

    def on_day(self, on: date) -> Course:
        """The same record on another day. Between two entries, all that is known of the entries alone stays known."""
        _refuse_instant(on)
        last = self.events[-1].day if self.events else date.min
        if on < last or (self.next_entry is not None and on >= self.next_entry):
            return Course(self.person, on, self.known_at, self._standing)
        course = Course.__new__(Course)
        course.__dict__.update(self.__dict__, on=on)
        return course

    def of(self, kind: str) -> tuple[Event, ...]:
        """The events of one kind up to ``on``, in canonical order."""
        return self._of[kind]

    def last(self, kind: str) -> Event | None:
        """The latest event of one kind up to ``on``."""
        return self.of(kind)[-1] if self.of(kind) else None

    def place(self, event: Event) -> int:
        """Where a done event stands in the record's order of time."""
        return self._standing.place(event)

    def find(self, ref: str) -> Event | None:
        """The standing event with that reference: done, planned, or left out because it lies after ``on``."""
        return self._by_ref.get(ref)

    def once(self, question: Callable[[Course], Answer]) -> Answer:
        """The answer to a question about the entries up to ``on``, but not about that day: worked out once for them."""
        if question not in self._answers:
            self._answers[question] = question(self)
        answer: Answer = self._answers[question]
        return answer

    def told(self, question: Callable[[Any], Answer]) -> dict[str, Answer]:
        """What a question says of events alone, by reference, whatever the date: whoever asks adds what is missing."""
        return self._standing.told[question]

    def labs(self, *tests: str) -> tuple[Lab, ...]:
        """The results of a blood test up to ``on``, or of several together, in order of time."""
        return self._labs[tests]

    def doses(self) -> tuple[Administration, ...]:
        """The doses given up to ``on``, one per day."""
        return self._doses

    def planned_doses(self) -> tuple[Administration, ...]:
        """The doses that are planned and not yet given, one per day."""
        return administrations([event for event in self.planned if isinstance(event, Dose)])

    def last_dose(self) -> Administration | None:
        """The latest dose in this record; None also where all doses so far were given elsewhere."""
        return self._doses[-1] if self._doses else None

    def given_on(self, day: date) -> bool:
        """Whether a dose was given that day, up to ``on``."""
        return day <= self.on and day in self._standing.given.days

    def dose_until(self, day: date) -> Administration | None:
        """The last dose of that day or before it."""
        doses = self._doses
        count = bisect_right(self._standing.given.in_order, day, hi=len(doses))
        return doses[count - 1] if count else None

    def dose_before(self, day: date) -> Administration | None:
        """The last dose of a day before that one."""
        return self.dose_until(day - ONE_DAY)

    def apart(self) -> tuple[int, ...]:
        """The days from each dose to the next."""
        return self._standing.given.apart[: max(len(self._doses) - 1, 0)]

    def covered(self, each: float, before: float) -> float:
        """The days covered by all doses but the last: each until the next one, ``each`` at most; and ``before``."""
        return self._standing.given.covered[each, before][max(len(self._doses) - 1, 0)]

    def gaps(self, days: float) -> tuple[tuple[Administration, Administration], ...]:
        """The doses at least so many days apart, each with the one that followed."""
        return tuple([(one, after) for one, after in self._standing.given.gaps[days] if after.day <= self.on])

    def gaps_of_months(self, months: int) -> tuple[tuple[Administration, Administration], ...]:
        """The doses at least so many months apart, each with the one that followed."""
        gaps = self.gaps(EVERY_MONTH_HAS * months)  # spares most of the calendar's work
        return tuple([(one, after) for one, after in gaps if after.day >= add_months(one.day, months)])

    def since(self, kind: str, day: date) -> tuple[Event, ...]:
        """The events of one kind from that day on."""
        return since(self.of(kind), day)

    @property
    def started(self) -> bool:
        """Whether natalizumab was ever given, here or elsewhere."""
        return bool(self._doses or self._earlier)

    @property
    def start_unknown(self) -> bool:
        """Whether it was given elsewhere and nobody said since when."""
        return any(earlier.first_dose is None for earlier in self._earlier)

    def first_dose(self) -> date | None:
        """The day of the very first dose, here or elsewhere; None when nothing was given, or the start is unknown."""
        return self.once(_first_dose)

    def dose_count(self) -> int | None:
        """How many doses were given, here and elsewhere; None when nobody said how many elsewhere."""
        elsewhere = [earlier.doses for earlier in self._earlier]
        known = [count for count in elsewhere if count is not None]
        return len(self._doses) + sum(known) if len(known) == len(elsewhere) else None

    def interval(self) -> Interval | None:
        """The prescribed interval in force; None where nobody prescribed one."""
        return cast("Interval | None", self.last("interval"))

    def weight(self) -> float | None:
        """The latest body weight in kg; None where nobody weighed."""
        weight = cast("Weight | None", self.last("weight"))
        return weight.kg if weight else None

    def age(self) -> int | None:
        """Age in whole years; None where the date of birth is unknown."""
        return full_months(self.person.born, self.on) // 12 if self.person.born else None

    def exposure_month(self, weeks: float) -> int | None:
        """The month of exposure: full months since the first dose, plus 1. Gaps are not subtracted.

        It runs until ``on``, or until ``weeks`` (the interval) after the last dose where that is earlier. None when
        nothing was given, or the start is unknown. Where the last dose was given elsewhere its day is unknown, and it
        runs until ``on``: the later month is the graver one.
        """
        first, last = self.first_dose(), self.last_dose()
        if first is None:
            return None
        if last is None or any(day > last.day for day in _began_elsewhere(self._earlier)):
            return full_months(first, self.on) + 1
        return full_months(first, min(self.on, add_weeks(last.day, weeks))) + 1

    def valid_jcv(self) -> tuple[JcvReading, ...]:
        """All antibody results against JC virus, each with whether and why not it may be believed."""
        return self._jcv

    @cached_property
    def _jcv(self) -> tuple[JcvReading, ...]:
        treatments = [one for kind in ("procedure", "therapy") for one in self.each(kind, disturbing) if one]
        return readings(self.of("jcv"), treatments) if treatments else self.each("jcv", undisturbed)

    @cached_property
    def _by_ref(self) -> dict[str, Event]:
        return {event.ref: event for event in (*self.left_out, *self.planned, *self.events)}


def _first_dose(course: Course) -> date | None:
    if course.start_unknown or not course.started:
        return None
    here = [dose.day for dose in course.doses()[:1]]
    return min(here + _began_elsewhere(course.all(EarlierTreatment)))


def _began_elsewhere(earlier: Sequence[EarlierTreatment]) -> list[date]:
    return [treatment.first_dose for treatment in earlier if treatment.first_dose is not None]


def _refuse_instant(on: date) -> None:
    if isinstance(on, datetime):
        raise TypeError("`on` is a date; take the day of a date-time at the edge, where its zone is known")
