"""The PML risk look-up: one published cell or a refusal, the cumulative figure beside it, and who disagrees.

The cells are conditional annual risks per 1,000 people who were free of PML until then. Nothing is interpolated,
extrapolated or multiplied: where no cell fits, the answer is "cannot say, because".
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any

import msgspec

from natalizumab.care.antibody_status import index_band
from natalizumab.care.case import Case
from natalizumab.care.pml import pml_suspected
from natalizumab.care.sign_off import SignOff
from natalizumab.evidence import Value, values, weakest
from natalizumab.record import EarlierTreatment
from natalizumab.record.dates import add_months

PER = 1000

CROWDS = (1_000, 10_000, 100_000)
"""A risk is said for the smallest of these in which it means at least one person."""

_PEOPLE_KEPT = 4096
"""For so many kinds of people (band, month …) the figures that speak about them are looked up once."""

_TABLE = "pml.eu"
_PRIOR = "prior_immunosuppressant"
_COLUMN_WORDS = {
    "low": "index up to {low}",
    "middle": "index above {low} up to {high}",
    "high": "index above {high}",
    "no_index": "no index known",
}


class Column(msgspec.Struct, frozen=True):
    """One column of the table for one person: the present cell, and what holds of all up to it.

    ``cumulative`` is chained over the epochs up to the end of the present one, per 1,000. ``status`` is the weakest
    among the cells and the cut-offs that chose the column.
    """

    name: str
    words: str
    cell: Value
    cumulative: float
    status: str

    def shown(self, model: str, note: str = "") -> dict[str, Any]:
        """This column as an alternative in the plan."""
        return {
            "model": model,
            "stratum": f"{self.words}, {_months_words(self.cell)}",
            "per_1000": self.cell.value,
            "cumulative_per_1000": self.cumulative,
            "interval": list(self.cell.interval) if self.cell.interval else None,
            "status": self.cell.status,
            "sources": [{"key": key, "status": self.cell.status} for key in self.cell.sources],
            "note": note or self.cell.note,
        }


class PmlRisk(msgspec.Struct, frozen=True):
    """The ``pml`` part of a plan. ``per_1000`` is None exactly when ``why_not`` says why.

    ``note`` is what the evidence says of the cell (who contradicts it); ``signed_off`` the clinic's signature under it.
    """

    per_1000: float | None
    cumulative_per_1000: float | None
    exposure_month: int | None
    stratum: str | None
    why_not: str | None
    alternatives: tuple[dict[str, Any], ...]
    infusions: int | None
    treated_months: float | None
    status: str | None = None
    sources: tuple[dict[str, str], ...] = ()
    words: str = ""
    note: str = ""
    signed_off: SignOff | None = None


def pml_risk(case: Case) -> PmlRisk:
    """The published figure for this person on this date, or the reason why there is none."""
    month = case.exposure_month
    why_not = _refusal(case, month)
    if why_not:
        return _refused(case, month, why_not, ())
    assert month is not None  # an unknown one is refused
    if month > last_published_month():
        return _refused(case, month, _beyond(case, month), _alternatives(case, month))
    fitting = columns(case, month)
    best = max(fitting, key=lambda c: c.cell.value)
    cumulative = max(c.cumulative for c in fitting)
    others = [c.shown("EU table, another column", _why_shown(c)) for c in fitting if c is not best]
    return PmlRisk(
        per_1000=best.cell.value,
        cumulative_per_1000=cumulative,
        exposure_month=month,
        stratum=f"{best.words}, {_months_words(best.cell)}",
        why_not=None,
        alternatives=(*others, *_alternatives(case, month)),
        infusions=case.course.dose_count(),
        treated_months=treated_months(case),
        status=best.status,
        sources=tuple({"key": key, "status": best.cell.status} for key in best.cell.sources),
        words=_while_suspected(case) + _words(best.cell.value, cumulative) + _after_stopping(case),
        note=best.cell.note,
        signed_off=case.protocol.signed.get(best.cell.key),
    )


@cache
def last_published_month() -> int:
    """The last month of the table's last epoch."""
    return max(epoch_of(cell.key)[1] for cell in values(f"{_TABLE}.no_index"))


def treated_months(case: Case) -> float | None:
    """Months covered by doses: each dose covers the interval in force, or less if the next came sooner; the last one
    all of it.

    None where earlier treatment is not known in full. 365.25 / 12 days are a month.
    """
    covered = 0.0
    for earlier in case.all(EarlierTreatment):
        if earlier.doses is None or earlier.interval_weeks is None:
            return None
        covered += earlier.doses * earlier.interval_weeks * 7
    each = case.interval_weeks * 7
    covered = case.course.covered(each, covered) + (each if case.course.doses() else 0)
    return covered / (365.25 / 12)


def _refusal(case: Case, month: int | None) -> str | None:
    if case.pml_on_record:
        return "PML is on record"
    if not case.started:
        return "treatment has not started"
    if month is None:
        return "the start of treatment is unknown"
    if case.last_dose and case.passed(add_months(case.last_dose.day, case.protocol["watch_after_stop_months"])):
        months = case.protocol["watch_after_stop_months"]
        return f"more than {months} months since the last dose: the table is about people on treatment"
    if case.antibody.positive is None:
        return case.antibody.why_not
    return None


def _beyond(case: Case, month: int) -> str:
    """Why there is no figure so late, with the last one there is."""
    last = max(columns(case, last_published_month()), key=lambda column: column.cell.value).cell
    there = f"there it is {last.value:g} per 1,000 [{last.status}]"
    return f"month {month} of exposure: no published estimate beyond month {last_published_month()} ({there})"


def _refused(case: Case, month: int | None, why_not: str, others: tuple[dict[str, Any], ...]) -> PmlRisk:
    return PmlRisk(
        per_1000=None,
        cumulative_per_1000=None,
        exposure_month=month,
        stratum=None,
        why_not=why_not,
        alternatives=others,
        infusions=case.course.dose_count(),
        treated_months=treated_months(case),
        words=f"No figure can be given: {why_not}.",
    )


def columns(case: Case, month: int) -> list[Column]:
    """The column that fits; for prior immunosuppressants and reverted tests also the one to hold against it."""
    if case.antibody.positive is False:
        return [_negative(month)]
    fitting = [_column(case, case.band, month)]
    if case.prior_immunosuppressants:
        fitting.insert(0, _column(case, _PRIOR, month))
    return fitting


def _column(case: Case, name: str, month: int) -> Column:
    low, high = case.protocol.parameter("index_low_max"), case.protocol.parameter("index_high_above")
    return _column_between(name, month, low.value, high.value, (low.status, high.status))


@lru_cache(maxsize=_PEOPLE_KEPT)
def _column_between(name: str, month: int, low: float, high: float, statuses: tuple[str, str]) -> Column:
    """The column of that name up to the month, where indices are cut at these two values, known that well."""
    cells = tuple(cell for cell in values(f"{_TABLE}.{name}") if epoch_of(cell.key)[0] <= month)
    if name == _PRIOR:
        return _column_of(name, "antibody-positive, prior immunosuppressant", cells)
    words = _COLUMN_WORDS[name].format(low=low, high=high)
    chosen_by = () if name == "no_index" else statuses
    return _column_of(name, f"antibody-positive, {words}, no prior immunosuppressant", cells, chosen_by)


@lru_cache(maxsize=_PEOPLE_KEPT)
def _negative(month: int) -> Column:
    """The table has one figure for every epoch of an antibody-negative person: one for each year begun."""
    cell = values(f"{_TABLE}.negative")[0]
    epochs = [epoch_of(c.key) for c in values(f"{_TABLE}.no_index")]
    return _column_of("negative", "antibody-negative", (cell,) * sum(first <= month for first, _ in epochs))


def _column_of(name: str, words: str, cells: tuple[Value, ...], chosen_by: tuple[str, ...] = ()) -> Column:
    cumulative = float(PER * (1 - math.prod(1 - cell.value / PER for cell in cells)))
    return Column(name, words, cells[-1], cumulative, weakest(*(cell.status for cell in cells), *chosen_by))


def _alternatives(case: Case, month: int) -> tuple[dict[str, Any], ...]:
    """Every other published model that speaks about somebody like this, and the no-index column after a reversion."""
    shown = []
    last = case.antibody.last_valid
    if case.antibody.positive and last and last.result == "negative" and month <= last_published_month():
        note = "the last test is negative after a positive one"
        shown.append(_column(case, "no_index", month).shown("EU table, no index", note))
    lower = case.antibody.unconfirmed
    if lower is not None and month <= last_published_month():
        column = _column(case, index_band(lower.index, case.protocol), month)
        shown.append(column.shown("EU table, last index", "a lower index, not yet confirmed by a repeat"))
    shown += _by_infusions(case, month)
    prior = "yes" if case.prior_immunosuppressants else "no"
    shown += map(_shown, _speaking(case.band if case.antibody.positive else None, prior, month))
    return tuple(shown)


def _by_infusions(case: Case, month: int) -> list[dict[str, Any]]:
    """The table's other reading: epochs of twelve infusions. On longer intervals they lag behind the months."""
    doses = case.course.dose_count()
    if not doses or case.antibody.positive is not True or month > last_published_month():
        return []
    ours, theirs = (max(columns(case, number), key=lambda c: c.cell.value) for number in (month, min(doses, month)))
    if ours.cell.key == theirs.cell.key:
        return []
    note = f"counted by {doses} infusions instead of {month} months; the months give the higher figure and are used"
    return [theirs.shown("EU table, counted by infusions", note)]


def _shown(value: Value) -> dict[str, Any]:
    return {
        "model": value.key.split(".")[2],
        "stratum": value.about,
        "per_1000": value.value,
        "interval": list(value.interval) if value.interval else None,
        "status": value.status,
        "sources": [{"key": key, "status": value.status} for key in value.sources],
        "note": value.note,
    }


@lru_cache(maxsize=_PEOPLE_KEPT)
def _speaking(band: str | None, prior: str, month: int) -> tuple[Value, ...]:
    """The figures of other models about people like this; ``band`` is None for whoever is antibody-negative."""
    return tuple(value for value in values("pml.alternatives") if _fits(value.match, band, prior, month))


def _fits(match: dict[str, Any], band: str | None, prior: str, month: int) -> bool:
    return (
        match.get("jcv", "any") in ("any", "negative" if band is None else "positive")
        and match.get("prior_immunosuppressant", "any") in ("any", prior)
        and _band_fits(match.get("band", "any"), band)
        and match.get("from_month", 1) <= month <= match.get("to_month", month)
    )


def _band_fits(wanted: str, band: str | None) -> bool:
    if wanted == "any" or band is None:
        return wanted == "any"
    return {"low_or_middle": band in ("low", "middle"), "none": band == "no_index"}.get(wanted, wanted == band)


@cache
def epoch_of(key: str) -> tuple[int, int]:
    """First and last month of a cell, from its key: ``m25_36``."""
    first, last = key.rsplit(".", 1)[1].removeprefix("m").split("_")
    return int(first), int(last)


def _months_words(cell: Value) -> str:
    if cell.key.endswith(".all"):
        return "all months of the table"
    first, last = epoch_of(cell.key)
    return f"months {first} to {last}"


def _why_shown(column: Column) -> str:
    return "prior immunosuppressant" if column.name == _PRIOR else "without regard to the prior immunosuppressant"


def _words(annual: float, cumulative: float) -> str:
    """As people, not as decimals: of as many as it takes for at least one."""
    people, of = as_people(annual)
    return (
        f"Of {of:,} people like this, about {people:g} develop{'s' if people == 1 else ''} PML within a year at this "
        f"stage of treatment (1 in {round(PER / annual):,}); "
        f"about {_round(cumulative)} of {PER:,} from the first dose to the end of this stage."
    )


def _while_suspected(case: Case) -> str:
    """The table is about people without a sign of PML."""
    return "PML is suspected: this figure does not apply until it is excluded. " if pml_suspected(case) else ""


def _after_stopping(case: Case) -> str:
    """For whoever has stopped: until when PML may still appear."""
    if case.stop is None or case.last_dose is None:
        return ""
    months = case.protocol["watch_after_stop_months"]
    until = add_months(case.last_dose.day, months)
    return f" Natalizumab has been stopped: PML can still appear until {months} months after the last dose ({until})."


def as_people(per_1000: float) -> tuple[float, int]:
    """How many of how many: of the smallest crowd in which the figure means at least one person."""
    of = next((many for many in CROWDS if per_1000 * many / PER >= 1), CROWDS[-1])
    return per_1000 * of / PER, of


def _round(per_1000: float) -> str:
    """For people: one decimal below ten, none above."""
    return f"{per_1000:.0f}" if per_1000 >= 10 else f"{per_1000:.1f}"
