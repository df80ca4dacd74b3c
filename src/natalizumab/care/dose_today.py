"""What the plan of the day says against a dose, for whoever is choosing an interval.

Some holds concern whether natalizumab may be given at all: PML, other infections, age, a contraindication, a yes on the
checklist. With one of them, as with every stop, there is no interval to choose. The others wait for something, such as
a scan that is overdue: the interval can be chosen meanwhile, if the hold is said beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect
from natalizumab.care.plan import plan_of
from natalizumab.care.shape import Plan, PlannedItem, PlannedReason
from natalizumab.care.table import RULES

WHETHER_AT_ALL = frozenset(
    {
        *("CON-01", "CON-02", "CON-03", "CON-04", "CON-05", "CON-06"),
        *("PML-01", "PML-02", "PML-03", "GCN-01", "HSV-01", "ARN-01", "OI-01", "OI-02", "CAN-02"),
        *("HYP-01", "HYP-02", "LFT-02", "NAB-03", "DOS-08", "CHK-01", "REC-01"),
    }
)
"""Rules whose hold concerns whether the drug may be given at all."""

WAITS = frozenset({"BAS-01", "MRI-07", "LFT-03", "CON-09", "JCV-07", "DOS-01", "DOS-03", "OBS-02", "CHK-02"})
"""Rules whose hold waits for a test, a correction, a date or a place."""


BEARS_ON_IT = frozenset({"NAB-01", "NAB-02", "CON-07"})
"""Rules that hold nothing, and yet bear on the interval: tests for antibodies that are due or positive, pregnancy."""


@dataclass(frozen=True, slots=True)
class AgainstADose:
    """Whole sentences: why no interval is to be chosen (``never``), and what holds a dose ``today``, or bears on the
    interval, beside one.
    """

    never: tuple[str, ...]
    today: tuple[str, ...]


def against_a_dose(case: Case) -> AgainstADose:
    """What stands against a dose on the date asked about, by the rules and the decisions on record."""
    plan = plan_of(case, RULES)[0]
    found = [reason for reason in plan.reasons if reason.weight >= Effect.HOLD]
    never = [reason for reason in found if reason.weight is Effect.STOP or reason.rule in WHETHER_AT_ALL]
    held = (reason for reason in found if reason not in never)
    today = _each(f"The plan holds a dose on {case.on} ({reason.rule}): {reason.text}" for reason in held)
    asked = _each(f"The plan asks ({one.rule}): {one.text}" for one in _asked(plan))
    against = _never(never)
    return AgainstADose((*against, *_stopped(case, first=not against)), (*today, *asked))


def _asked(plan: Plan) -> Iterator[PlannedReason | PlannedItem]:
    """What is to be confirmed, and what is due, by the rules that bear on an interval."""
    confirmed = [one for one in plan.reasons if one.rule in BEARS_ON_IT and one.weight is Effect.CONFIRM]
    yield from confirmed
    said = {one.rule for one in confirmed}
    yield from (one for one in plan.items if one.rule in BEARS_ON_IT - said and one.status in ("due", "overdue"))


def _stopped(case: Case, *, first: bool) -> Iterator[str]:
    if case.stop is not None:
        if first:  # after a colon
            yield f"natalizumab was stopped on {case.stop.day}: a dose would be a restart, see the plan."
        else:
            yield f"Natalizumab was stopped on {case.stop.day}: a dose would be a restart, see the plan."


def _never(reasons: Sequence[PlannedReason]) -> tuple[str, ...]:
    if not reasons:
        return ()
    stops = any(reason.weight is Effect.STOP for reason in reasons)
    what = "the plan stops natalizumab" if stops else "the plan allows no dose"
    return (f"{what} ({', '.join(_each(reason.rule for reason in reasons))}).", *_each(r.text for r in reasons))


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
