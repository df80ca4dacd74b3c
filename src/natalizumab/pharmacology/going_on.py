"""People whose course is known up to a day go on from there: none of their doses before it is solved again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.pharmacology.kinds import (
    CENTRAL_SET,
    CLEARANCE_FACTOR,
    CLEARANCE_SCALE,
    DEPOT_ADDED,
    INFUSION_SET,
    PERIPHERAL_SET,
    VOLUME_SCALE,
)
from natalizumab.pharmacology.schedule import Schedule

Numbers = NDArray[np.float64]

BODY = (CLEARANCE_SCALE, VOLUME_SCALE, CLEARANCE_FACTOR)
"""What stays as the last change of that kind has made it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What people have on ``day``, just before what happens on it, after the changes of a single ``history``.

    ``mg_per_l`` (people,) is the concentration; ``remains`` (people, 2) is what is under the skin (mg) and in the
    periphery (mg/L).
    """

    day: float
    history: Schedule
    mg_per_l: Numbers
    remains: Numbers

    def courses(self, history: Schedule) -> Schedule | None:
        """One for each of the people, which begins on the day and goes on as another single history does from there.

        None where it is another history before that day already, and where something happens on it that changes more
        than what is put in: then the people have to be solved from the beginning.
        """
        ours, theirs = _alone(self.history), _alone(history)
        done = int(np.searchsorted(theirs.days, self.day))
        same = all(
            np.array_equal(one[:done], other[:done])
            for one, other in ((ours.days, theirs.days), (ours.kinds, theirs.kinds), (ours.values, theirs.values))
        )
        on_the_day = theirs.kinds[done:][theirs.days[done:] == self.day]
        if (
            not same
            or (ours.days[done:] < self.day).any()
            or not np.isin(on_the_day, (DEPOT_ADDED, INFUSION_SET)).all()
        ):
            return None
        return self._begun(theirs, done)

    def _begun(self, history: Schedule, done: int) -> Schedule:
        """First the body as it is, then what is in it and flows in, then what is still to come."""
        people, kinds, values = len(self.mg_per_l), history.kinds[:done], history.values[:done]
        columns: list[tuple[float, int, Numbers | float]] = [
            (self.day, kind, float(values[kinds == kind][-1])) for kind in BODY if (kinds == kind).any()
        ]
        columns += [
            (self.day, CENTRAL_SET, self.mg_per_l),
            (self.day, PERIPHERAL_SET, self.remains[:, 1]),
            (self.day, DEPOT_ADDED, self.remains[:, 0]),
        ]
        if (kinds == INFUSION_SET).any():
            columns.append((self.day, INFUSION_SET, float(values[kinds == INFUSION_SET][-1])))
        columns += zip(
            history.days[done:].tolist(), history.kinds[done:].tolist(), history.values[done:].tolist(), strict=True
        )
        table = np.empty((people, len(columns)))
        for number, (_, _, value) in enumerate(columns):
            table[:, number] = value
        starts = np.arange(people, dtype=np.int64) * len(columns)
        return Schedule(
            starts,
            starts + len(columns),
            np.tile([day for day, _, _ in columns], people),
            np.tile(np.array([kind for _, kind, _ in columns], dtype=np.int64), people),
            table.ravel(),
        )


def _alone(history: Schedule) -> Schedule:
    """A single history without the others that stand in the same arrays."""
    its = slice(int(history.starts[0]), int(history.ends[0]))
    length = its.stop - its.start
    return Schedule(
        np.array([0]), np.array([length]), history.days[its], history.kinds[its], history.values[its]
    )  # fmt: skip
