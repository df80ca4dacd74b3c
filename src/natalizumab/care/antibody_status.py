"""What the JC virus antibody tests of a record say together, on one date.

A valid positive by STRATIFY stays positive for good; an index in a lower band counts once a repeat confirms it.
Otherwise the last valid reading decides: negative by STRATIFY or ImmunoWELL is negative; anything else is no answer,
with the reason why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from natalizumab.care.protocol import Protocol
from natalizumab.record import Course, JcvReading

TABLE_ASSAY = "STRATIFY"
TRUSTED_WHEN_NEGATIVE = ("STRATIFY", "ImmunoWELL")
_RANK = {"negative": 0, "indeterminate": 1, "positive": 2}


@dataclass(frozen=True, slots=True)
class AntibodyStatus:
    """``positive`` True, False, or None with ``why_not``.

    ``readings`` are all results in order of time; ``deciding`` is the one that the status rests on; ``index`` its index
    if positive. ``unconfirmed`` is a later result in a lower index band that no repeat has confirmed yet.
    """

    positive: bool | None
    why_not: str | None
    readings: tuple[JcvReading, ...]
    deciding: JcvReading | None = None
    unconfirmed: JcvReading | None = None

    @property
    def index(self) -> float | None:
        return self.deciding.index if self.positive and self.deciding else None

    @property
    def last(self) -> JcvReading | None:
        return self.readings[-1] if self.readings else None

    @property
    def last_valid(self) -> JcvReading | None:
        return next((r for r in reversed(self.readings) if r.valid), None)

    @property
    def facts(self) -> tuple[Any, ...]:
        return (self.deciding.event,) if self.deciding else ()


def antibody_status(course: Course, protocol: Protocol) -> AntibodyStatus:
    """The status on the course's date."""
    readings, valid, positives = course.once(_in_order)
    if not readings:
        return AntibodyStatus(None, "no JC virus antibody result", ())
    if positives:
        before, last = positives[-2:] if len(positives) > 1 else (positives[-1], positives[-1])
        if _lower(last, before, protocol):
            return AntibodyStatus(True, None, readings, before, unconfirmed=last)
        return AntibodyStatus(True, None, readings, last)
    if not valid:
        return AntibodyStatus(None, f"no valid antibody result: {readings[-1].why_not}", readings)
    last = valid[-1]
    if last.result == "negative" and last.assay in TRUSTED_WHEN_NEGATIVE:
        return AntibodyStatus(False, None, readings, last)
    if last.result == "indeterminate":
        return AntibodyStatus(None, "the last antibody result is indeterminate", readings, last)
    return AntibodyStatus(
        None, f"the last antibody result is by {last.assay}; the tables hold for {TABLE_ASSAY} only", readings, last
    )


def _in_order(course: Course) -> tuple[tuple[JcvReading, ...], tuple[JcvReading, ...], tuple[JcvReading, ...]]:
    """All results in order of time, the valid ones, and of these the positive ones of the table's assay."""
    readings = tuple(sorted(course.valid_jcv(), key=_order))
    valid = tuple([r for r in readings if r.valid])
    return readings, valid, tuple([r for r in valid if r.assay == TABLE_ASSAY and r.result == "positive"])


def index_band(index: float | None, protocol: Protocol) -> str:
    """The band of an index in the risk table: low, middle, high, or no_index."""
    if index is None:
        return "no_index"
    if index <= protocol["index_low_max"]:
        return "low"
    return "high" if index > protocol["index_high_above"] else "middle"


def _lower(last: JcvReading, before: JcvReading, protocol: Protocol) -> bool:
    """Whether the last of two positives lies in a lower band: one change of band is confirmed before it relaxes."""
    if last.index is None or before.index is None:
        return last.index is None and before.index is not None
    rank = ("low", "middle", "high").index
    return rank(index_band(last.index, protocol)) < rank(index_band(before.index, protocol))


def _order(reading: JcvReading) -> tuple[Any, bool, int]:
    """By day; on one day the table's assay counts as the later, and the graver result as the later still."""
    return reading.event.day, reading.assay == TABLE_ASSAY, _RANK[reading.result]
