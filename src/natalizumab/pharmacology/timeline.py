"""From dates and date-times of a record to the model's days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from natalizumab.evidence import value
from natalizumab.record import Course

HOURS_PER_DAY = 24.0
_DAY = timedelta(days=1)


class Timeline:
    """Days since the midnight with which ``origin`` begins, fractions included.

    What carries a clock time lies where its instant is, counted in the offset of the first timed dose (or level): two
    timed events are exactly as far apart as they really were, also across a change of the clocks, and on one day they
    follow each other as the record orders them. No date is converted by this; which day an event belongs to, and
    whether it falls on the day of a dose, is read from the date as written. What carries only a date lies at the
    evidence's hour of that date; half a day of doubt there is far more than an hour of offset.
    """

    def __init__(self, course: Course, origin: date) -> None:
        timed = (event.at for kind in ("dose", "concentration") for event in course.of(kind) if event.at is not None)
        first = next(timed, None)
        self.origin = origin
        self._midnight = datetime.combine(origin, time(), first.tzinfo if first is not None else UTC)
        self._hour = float(value("levels.hour_when_undated").value)

    def day(self, day: date, at: datetime | None = None) -> float:
        """Where something of that day, and of that instant if it is known, lies."""
        if at is None:
            return (day - self.origin).days + self._hour / HOURS_PER_DAY
        return (at - self._midnight) / _DAY

    def midnight(self, day: date) -> float:
        """Where that day begins."""
        return float((day - self.origin).days)
