"""JC virus antibodies: when to test again, which results count, what a change means (JCV-01 to JCV-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from natalizumab.care.antibody_status import TABLE_ASSAY, TRUSTED_WHEN_NEGATIVE, index_band
from natalizumab.care.case import Case
from natalizumab.care.findings import Item, Note, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import value, vocabulary
from natalizumab.record import Jcv, JcvReading, Procedure, Therapy
from natalizumab.record.dates import add_months

_RETEST = "jcv test"
_BANDS = {
    "low": "an index up to {low}",
    "middle": "an index above {low} up to {high}",
    "high": "an index above {high}",
    "no_index": "positive without an index",
}


def jcv_01(case: Case, p: Protocol) -> Iterator[Item]:
    """A negative test is repeated every six months."""
    if _matters(case) and case.antibody.positive is False:
        yield _retest(
            case, p, p["jcv_retest_negative_months"], "The last JC virus antibody test was negative: repeat it."
        )


def jcv_02(case: Case, p: Protocol) -> Iterator[Item]:
    """A low index without prior immunosuppressant is repeated every six months once two years are reached."""
    from_months = p["jcv_low_index_from_months"]
    if not (case.treated and case.low_index and case.treated_for(from_months)) or case.prior_immunosuppressants:
        return
    text = f"JC virus index low after {from_months} months of treatment: repeat the test."
    yield _retest(case, p, p["jcv_retest_low_index_months"], text, not_due_before=case.months_after_start(from_months))


def jcv_03(case: Case, p: Protocol) -> Iterator[Item]:
    """A positive test with an index up to 1.5, or with none, is repeated every six months."""
    if _matters(case) and case.antibody.positive and not case.high_index:
        index = "not above the upper cut-off" if case.high_index is False else "not known"
        text = f"JC virus antibody positive, index {index}: repeat the test."
        yield _retest(case, p, p["jcv_retest_up_to_middle_months"], text)


def jcv_04(case: Case, p: Protocol) -> Iterator[Note]:
    """A high index needs no routine repeat."""
    if case.treated and case.high_index:
        text = f"JC virus index {case.antibody.index:g}: no routine repeat of the test."
        yield Note(text, case.antibody.facts)


def jcv_05(case: Case, p: Protocol) -> Iterator[Reason | Note]:
    """Results of another assay never enter the risk table; an ImmunoWELL negative can be trusted."""
    last = case.antibody.last
    if not _matters(case) or last is None or last.assay == TABLE_ASSAY:
        return
    if last.result == "negative" and last.assay in TRUSTED_WHEN_NEGATIVE:
        yield Note(f"The last antibody result is by {last.assay}: a negative one counts as negative.", [last.event])
        return
    text = (
        f"The last antibody result is by {last.assay}{_own_band(last)}: the PML risk table holds for {TABLE_ASSAY} "
        f"only. Repeat with {TABLE_ASSAY}, or a clinician decides."
    )
    yield Reason(text, [last.event])


def _own_band(reading: JcvReading) -> str:
    """Where an ImmunoWELL index lies among that assay's own bands, which are not those of the table."""
    if reading.assay != "ImmunoWELL" or reading.index is None:
        return ""
    low, high = (value(f"serology.immunowell.{end}").value for end in ("low_below", "high_from"))
    band = f"below {low}" if reading.index < low else f"{high} or more" if reading.index >= high else f"{low} to {high}"
    return f", index {reading.index:g} in its own band of {band}"


def jcv_06(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """A change from negative to positive, or of the index band, is confirmed by a repeat before action."""
    latest = (r for r in reversed(case.antibody.readings) if r.valid and _tells(r))
    own = list(islice(latest, 2))
    if not _matters(case) or len(own) < 2 or own[0] is not case.antibody.last_valid:
        return
    now, before = own
    same, bands = before.result == now.result, [index_band(reading.index, p) for reading in own]
    if now.result == "negative" or (same and (bands[0] == bands[1] or "no_index" in bands)):
        return
    facts = [before.event, now.event]
    share = value("serology.band_change_on_repeat").value
    text = (
        f"JC virus antibody changed from {_band(before, p)} to {_band(now, p)}: repeat it, stratify again, counsel. "
        f"On a repeat {share} % of people change band."
    )
    yield Reason(text, facts)
    yield _repeat(case, p, "Confirm the changed JC virus antibody result.", before.event, now.event)


def _tells(reading: JcvReading) -> bool:
    """Whether the table's assay said positive or negative."""
    return reading.assay == TABLE_ASSAY and reading.result != "indeterminate"


def jcv_07(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """No sample soon after plasma exchange or immunoglobulins."""
    last = case.antibody.last
    if _matters(case) and last is not None and not last.valid and not last.contradictory:
        text = f"The antibody sample of {last.event.day} can't be used: {last.why_not}."
        yield Reason(text, [last.event], order=f"JC virus test of {last.event.day}")
        yield _repeat(case, p, "Repeat the test with a valid sample.", last.event)
    for event in case.planned(Jcv):
        blocked = earliest_sample(case, p, event.day, planned=True)
        if blocked:
            text = f"A JC virus test on {event.day} would not be valid after plasma exchange or immunoglobulins."
            yield Reason(text, [event], order=f"JC virus test on {event.day}", not_before=blocked)


def jcv_08(case: Case, p: Protocol) -> Iterator[Reason]:
    """After alemtuzumab or a stem cell transplantation the index is unreliable."""
    for name in case.treatments if _matters(case) else ():
        if name.term.attributes.get("index_unreliable") and case.antibody.last is not None:
            text = f"After {name.name} the JC virus index is unreliable."
            yield Reason(text, [name.event, case.antibody.last.event])


def jcv_09(case: Case, p: Protocol) -> Iterator[Reason]:
    """Negative after a valid positive: still positive."""
    last = case.antibody.last_valid
    if _matters(case) and case.antibody.positive and last is not None and last.result == "negative":
        text = (
            "JC virus antibody negative after a valid positive result: the person still counts as positive. "
            "The figures for the last positive index and for no index are both shown."
        )
        yield Reason(text, [*case.antibody.facts, last.event])


def jcv_10(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Indeterminate, or contradicting its own index: no risk figure from it; repeat."""
    last = case.antibody.last
    if last is None or not _matters(case):
        return
    if last.result != "indeterminate" and not last.contradictory:
        return
    what = last.why_not if last.contradictory else "the result is indeterminate"
    yield Reason(f"JC virus antibody of {last.event.day}: {what}. No PML risk figure from it; repeat.", [last.event])
    yield _repeat(case, p, "Repeat the JC virus antibody test.", last.event)


def earliest_sample(case: Case, p: Protocol, day: date, planned: bool = False) -> date | None:
    """The first day on which a sample would be valid, if ``day`` is too early; else None.

    ``planned``: treatments planned up to that day count too.
    """
    latest = _valid_from(case, p, day if planned else None)
    return latest if latest is not None and latest > day else None


def _valid_from(case: Case, p: Protocol, planned_until: date | None = None) -> date | None:
    """The first day after all that disturbs a sample, plasma exchange or immunoglobulins; None where nothing does."""
    treatments: tuple[Procedure | Therapy, ...] = (*case.all(Procedure), *case.all(Therapy))
    if planned_until is not None:
        orders: tuple[Procedure | Therapy, ...] = (*case.planned(Procedure), *case.planned(Therapy))
        treatments += tuple(order for order in orders if order.day <= planned_until)
    ends: list[date] = []
    for event in treatments:
        term = vocabulary("procedures").find(event.name)
        if term is not None and "plasma exchange" in term.groups:
            ends.append(_last_day(case, event) + timedelta(days=p["plasma_exchange_days"]))
        if term is not None and "immunoglobulin" in term.groups:
            ends.append(add_months(_last_day(case, event), p["immunoglobulin_months"]))
    return max(ends, default=None)


def _last_day(case: Case, event: Procedure | Therapy) -> date:
    """A therapy without an end goes on today."""
    if isinstance(event, Therapy):
        return event.until or max(case.today(), event.day)
    return event.day


def _matters(case: Case) -> bool:
    """Whether a result can still bear on a dose."""
    return case.treated or case.before_first_dose


def _retest(case: Case, p: Protocol, months: int, text: str, not_due_before: date | None = None) -> Item:
    """A repeat so many months after the last valid sample (an invalid one doesn't count as a test)."""
    last = case.antibody.last_valid
    assert last is not None  # a status that leads here rests on a valid result
    due = add_months(last.event.day, months)
    if not_due_before is not None:
        due = max(due, not_due_before)
    return Item(_RETEST, text, due, not_before=_blocked(case, p, due), facts=[last.event])


def _repeat(case: Case, p: Protocol, text: str, *results: Jcv) -> Item:
    """A repeat that the last of the results calls for, before the next dose."""
    due = _before_next_dose(case, results[-1].day)
    return Item(_RETEST, text, due, not_before=_blocked(case, p, due), facts=results)


def _blocked(case: Case, p: Protocol, due: date) -> date | None:
    """The first day for a valid sample, where that is still to come or later than the last day."""
    latest = _valid_from(case, p)
    return latest if latest is not None and (latest > due or not case.reached(latest)) else None


def _before_next_dose(case: Case, sampled: date) -> date:
    """Something to settle before the next dose; where none is due after the sample, at once."""
    return max(case.next_due, sampled) if case.treated and case.next_due else sampled


def _band(reading: JcvReading, p: Protocol) -> str:
    if reading.result == "negative":
        return "negative"
    return _BANDS[index_band(reading.index, p)].format(low=p["index_low_max"], high=p["index_high_above"])
