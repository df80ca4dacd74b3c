"""What the plan of the day says against a dose, for whoever is choosing an interval.

Some holds concern whether natalizumab may be given at all: PML, other infections, age, a contraindication, a yes on the
checklist. With one of them, as with every stop, there is no interval to choose. The others wait for something, such as
a scan that is overdue: the interval can be chosen meanwhile, if the hold is said beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from natalizumab.care.case import Case
from natalizumab.care.findings import Effect
from natalizumab.care.plan import plan_of
from natalizumab.care.shape import PlannedReason
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


@dataclass(frozen=True, slots=True)
class AgainstADose:
    """Whole sentences: why no interval is to be chosen (``never``), and what holds a dose today beside one."""

    never: tuple[str, ...]
    today: tuple[str, ...]


def against_a_dose(case: Case) -> AgainstADose:
    """What stands against a dose on the date asked about, by the rules and the decisions on record."""
    found = [reason for reason in plan_of(case, RULES)[0].reasons if reason.weight >= Effect.HOLD]
    never = [reason for reason in found if reason.weight is Effect.STOP or reason.rule in WHETHER_AT_ALL]
    held = (reason for reason in found if reason not in never)
    today = _each(f"The plan holds a dose on {case.on} ({reason.rule}): {reason.text}" for reason in held)
    return AgainstADose(_never(never), today)


def _never(reasons: Sequence[PlannedReason]) -> tuple[str, ...]:
    if not reasons:
        return ()
    stops = any(reason.weight is Effect.STOP for reason in reasons)
    what = "the plan stops natalizumab" if stops else "the plan allows no dose"
    return (f"{what} ({', '.join(_each(reason.rule for reason in reasons))}).", *_each(r.text for r in reasons))


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
