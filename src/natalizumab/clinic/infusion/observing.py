"""Observation after a dose: how long, how much of it is over, and its end. Times are the server's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.timezone import make_aware

from natalizumab.clinic.models import Clinic, Entry, Observation, ObservationEnd, Person, User

_SECONDS = 60


@dataclass(frozen=True)
class Watch:
    """An observation as it stands at a moment; ``end`` is None while it goes on."""

    observation: Observation
    end: ObservationEnd | None
    now: datetime

    @property
    def running(self) -> bool:
        return self.end is None

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.now >= self.observation.until

    @property
    def seconds(self) -> int:
        """How long it takes, the dose included."""
        return max(1, int((self.observation.until - self.observation.began).total_seconds()))

    @property
    def gone(self) -> int:
        """How many seconds of it are over."""
        return min(self.seconds, max(0, int((self.now - self.observation.began).total_seconds())))

    @property
    def minutes_left(self) -> int:
        return -(-(self.seconds - self.gone) // _SECONDS)

    @property
    def phase(self) -> str:
        """What goes on: the dose, the observation after it, or neither any more."""
        if not self.running:
            return "ended"
        if self.over:
            return "over"
        return "dose" if self.now < self.observation.dose_ends else "after"


def begin(dose: Entry, began: datetime, dose_minutes: float, minutes: float, *, by: User | None) -> Observation:
    """Start it with the dose; once for each dose."""
    found = Observation.objects.filter(dose=dose).first()
    if found is not None:
        return found
    ends = began + timedelta(minutes=dose_minutes)
    until = ends + timedelta(minutes=minutes)
    made = Observation(dose=dose, person=dose.person, began=began, dose_ends=ends, until=until, by=by)
    made.save()
    return made


def finish(observation: Observation, outcome: str, note: str, ended: datetime, *, by: User | None) -> ObservationEnd:
    """End it. Whoever comes second gets the end that is there: it has one."""
    try:
        with transaction.atomic():
            made = ObservationEnd(observation=observation, outcome=outcome, note=note, ended=ended, by=by)
            made.save()
            return made
    except IntegrityError:
        return ObservationEnd.objects.select_related("by").get(observation=observation)


def of_clinic(clinic: Clinic, day: date, now: datetime) -> list[Watch]:
    """The observations that began on a day, the first to be over first."""
    found = Observation.objects.filter(person__clinic=clinic, began__range=_bounds(day))
    return [_watch(one, now) for one in found.select_related("person", "end__by").order_by("until", "pk")]


def of_person(person: Person, day: date, now: datetime) -> Watch | None:
    """The last observation of a person that began on that day."""
    found = Observation.objects.filter(person=person, began__range=_bounds(day)).select_related("person", "end__by")
    last = found.order_by("pk").last()
    return _watch(last, now) if last else None


def _bounds(day: date) -> tuple[datetime, datetime]:
    return make_aware(datetime.combine(day, time.min)), make_aware(datetime.combine(day, time.max))


def _watch(observation: Observation, now: datetime) -> Watch:
    return Watch(observation, getattr(observation, "end", None), now)
