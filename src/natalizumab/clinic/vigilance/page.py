"""Everything the clinic's page shows, gathered once from what its people add up to; no query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from natalizumab.care import Protocol
from natalizumab.clinic.vigilance import drawing, measuring, saying, tables
from natalizumab.clinic.vigilance.adding_up import IN_TIME, Month
from natalizumab.clinic.vigilance.beside_published import result
from natalizumab.clinic.vigilance.counting import Counted
from natalizumab.clinic.vigilance.drawing import HUNDRED, Panel, Whisker
from natalizumab.clinic.vigilance.measuring import Measured, Result
from natalizumab.clinic.vigilance.signals import PERCENT, SIGNALS
from natalizumab.clinic.vigilance.tables import Table
from natalizumab.clinic.vigilance.tally import ANYTHING
from natalizumab.evidence import Value, value, values

FEW_PEOPLE = 30
"""With fewer people than this a share moves by more than three percent with each of them: the page says so."""


@dataclass(frozen=True, slots=True)
class Audit:
    """A published audit: what it found, as a percentage or several side by side."""

    found: Value
    said: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month with its shares, in the order of ``IN_TIME``."""

    month: Month
    shares: Sequence[Measured]


@dataclass(frozen=True, slots=True)
class Card:
    """One signal: in numbers, in words, and drawn."""

    result: Result
    seen: str
    least: str
    verdict: str
    counted: str
    short: str
    between: str
    whisker: Whisker | None


@dataclass(frozen=True, slots=True)
class ClinicPage:
    """``latest`` is the last month with anybody on treatment; ``unreadable`` people are in no figure but one state."""

    on: date
    counted: Counted
    treated: int
    unreadable: int
    latest: MonthRow | None
    latest_words: str
    panels: Sequence[Panel]
    months: Sequence[MonthRow]
    audits: Sequence[Audit]
    mix: Sequence[Table]
    cards: Sequence[Card]
    reactions: Table
    protocol_name: str
    protocol_version: str
    latest_weeks: int
    kinds: Sequence[str] = tuple(IN_TIME.values())

    @property
    def few(self) -> bool:
        """Whether there are so few people that each of them moves a share visibly."""
        return self.treated < FEW_PEOPLE

    @property
    def any_unreadable_month(self) -> bool:
        return any(row.month.unreadable for row in self.months)


def clinic_page(counted: Counted, on: date, protocol: Protocol) -> ClinicPage:
    """The page of a clinic on a day."""
    sums = counted.sums
    months = [_row(month) for month in sums.months()]
    latest = next((row for row in reversed(months) if row.month.treated), None)
    return ClinicPage(
        on=on,
        counted=counted,
        treated=sums.treated,
        unreadable=sums.unreadable,
        latest=latest,
        latest_words=_latest_words(latest) if latest else "",
        panels=_panels([row.month for row in months]),
        months=months,
        audits=[Audit(found, tables.said_list(found.key)) for found in values("audits") if found.unit == PERCENT],
        mix=[make(sums, on, protocol) for make in (tables.states, tables.regimens, tables.bands, tables.risks)],
        cards=[_card(result(signal, sums)) for signal in SIGNALS],
        reactions=tables.reactions(sums, on, protocol),
        protocol_name=protocol.name,
        protocol_version=protocol.version,
        latest_weeks=protocol["latest_weeks"],
    )


def _row(month: Month) -> MonthRow:
    return MonthRow(month, [measuring.share(month.in_time[kind], month.treated) for kind in IN_TIME])


def _latest_words(row: MonthRow) -> str:
    share = row.shares[0]
    assert share.seen is not None  # somebody was on treatment
    return (
        f"{share.cases} of {row.month.treated} people on treatment ({measuring.figure(share.seen)} %, 95 % interval "
        f"{saying.between(share, PERCENT)}) had nothing overdue."
    )


def _panels(months: Sequence[Month]) -> list[Panel]:
    drawn = [drawing.panel(kind, title, months, _beside(kind)) for kind, title in IN_TIME.items()]
    return [panel for panel in drawn if panel is not None]


def _beside(kind: str) -> list[tuple[float, str]]:
    """The audits that are drawn beside a kind: the share in time, and a name short enough for a picture."""
    nurse_led, bath, before = "Nurse-led", "Bath", "Sheffield <"
    return {
        ANYTHING: [(_audit("sheffield_2015.investigations_in_time"), before)],
        "mri": [
            (_audit("sheffield_nurse_led.mri_in_time"), nurse_led),
            (HUNDRED - _audit("bath.mri_overdue"), bath),
        ],
        "jcv": [
            (_audit("sheffield_nurse_led.jcv_in_time"), nurse_led),
            (HUNDRED - _audit("sheffield_2015.no_jcv_test_for_a_year"), before),
        ],
        "labs": [(HUNDRED - _audit("bath.bloods_overdue"), bath)],
    }[kind]


def _audit(key: str) -> float:
    return float(value(f"audits.{key}").value)


def _card(found: Result) -> Card:
    return Card(
        result=found,
        seen=saying.seen(found),
        least=saying.least(found),
        verdict=saying.verdict(found),
        counted=saying.counted(found),
        short=saying.short(found),
        between=saying.between(found.measured, found.unit),
        whisker=drawing.whisker(found),
    )
