"""What the record shows of the disease: NEIDA and NEDA-3, brain volume, activity while the drug was low (ACT)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from natalizumab.care.case import Case
from natalizumab.care.findings import Note
from natalizumab.care.protocol import Protocol
from natalizumab.disease import Activity, Period, activity, brain_volume
from natalizumab.evidence import value
from natalizumab.record import Antibody, Concentration, Event


def act_01(case: Case, p: Protocol) -> Iterator[Note]:
    """NEIDA and NEDA-3 since the rebaseline scan; lesions on it, and all before, do not count."""
    found = case.once(_activity)
    if found.whole is None or found.rebaseline is None:
        return
    text = f"Since the rebaseline scan of {found.rebaseline.day}: {_findings(found.whole)}. {_verdict(found.whole)}"
    yield Note(text, [found.rebaseline, *_shown(found.whole)])


def act_02(case: Case, p: Protocol) -> Iterator[Note]:
    """The yearly change of brain volume after rebaselining, beside people of that age without MS."""
    found = brain_volume(case.course)
    if found.change_per_year is None:
        if found.left_out:
            yield Note(f"Brain volume: cannot say, because {found.why_not}.", found.left_out)
        return
    parts = [f"Brain volume after rebaselining: {found.change_per_year:+.2f} % a year ({found.start} to {found.end})."]
    if found.expected is None:
        parts.append("For people of this age without MS no range is published, so it is not compared.")
    else:
        where = "within" if found.within else "beyond"
        parts.append(
            f"People of {found.expected.age:.0f} years without MS lose {found.expected.mean:.2f} % a year, and 95 of "
            f"100 lose no more than {found.expected.highest:.2f} %: {where} that range."
        )
    if found.early:
        months = value("disease.pseudoatrophy_until").value
        parts.append(f"It begins within {months} months of the start, when brain water may still be falling.")
    if found.assumed:
        parts.append("Where no reference scan was named, the one before was taken.")
    if found.left_out:
        parts.append("The change from before the rebaseline scan is left out (pseudoatrophy).")
    yield Note(" ".join(parts), found.scans)


def act_03(case: Case, p: Protocol) -> Iterator[Note]:
    """A relapse or an active scan near a positive antibody test or a level below the target."""
    whole = case.once(_activity).whole
    for event in whole.active if whole is not None else ():
        near = [other for other in (*_positive(case), *_low(case)) if _close(event, other)]
        if near:
            words = " and ".join(_words(other) for other in near)
            text = (
                f"The {'relapse' if event.kind == 'relapse' else 'active scan'} of {event.day} came near {words}: "
                "it may be the drug that was missing, not the drug that failed."
            )
            yield Note(text, [event, *near])


def _activity(case: Case) -> Activity:
    found = activity(case.course)
    if found.changes_on is not None:
        case.reached(found.changes_on)
    return found


def _findings(period: Period) -> str:
    relapses = len(period.relapses)
    parts = [f"{relapses or 'no'} relapse{'' if relapses == 1 else 's'}"]
    for count, words in ((period.new_t2, "new T2 lesion"), (period.enhancing, "enhancing lesion")):
        said = "not known" if count is None else str(count or "no")
        parts.append(f"{words}s {said}" if count is None else f"{said} {words}{'' if count == 1 else 's'}")
    if period.worsening is not None:
        worse = period.worsening
        rise = f"{worse.reference.score:g} to {worse.first.score:g}"
        parts.append(f"EDSS up from {rise}, confirmed on {worse.confirmed.day}")
    return ", ".join(parts)


def _verdict(period: Period) -> str:
    if period.neida is None:
        return f"Whether there was activity can't be said: {period.why_not}."
    if not period.neida:
        return "There was inflammatory activity (not NEIDA, so not NEDA-3)."
    if period.neda_3 is None:
        return f"No evident inflammatory activity (NEIDA); NEDA-3 can't be said: {period.why_not}."
    rest = "; NEDA-3" if period.neda_3 else ", but disability has worsened (not NEDA-3)"
    return f"No evident inflammatory activity (NEIDA){rest}."


def _shown(period: Period) -> Sequence[Event]:
    worse = period.worsening
    return [*period.active, *((worse.first, worse.confirmed) if worse is not None else ())]


def _positive(case: Case) -> list[Antibody]:
    return [test for test in case.all(Antibody) if test.result == "positive"]


def _low(case: Case) -> list[Concentration]:
    target = value("pk.target_trough").value
    return [level for level in case.all(Concentration) if level.mg_per_l < target or level.below]


def _close(event: Event, other: Event) -> bool:
    return abs(event.day - other.day) <= timedelta(days=value("disease.low_level_counts_for").value)


def _words(event: Event) -> str:
    if isinstance(event, Concentration):
        return f"a level of {'below ' if event.below else ''}{event.mg_per_l:g} mg/L on {event.day}"
    return f"a positive antibody test of {event.day}"
