"""What the record shows of the disease: NEIDA and NEDA-3, brain volume, activity with too little drug, courses (ACT).

All of it is said, and none of it decides: notes only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from natalizumab.care.case import Case
from natalizumab.care.effect import with_lesions
from natalizumab.care.findings import Note
from natalizumab.care.pml import scans_suspected
from natalizumab.care.protocol import Protocol
from natalizumab.disease import Activity, BrainVolume, Period, ScaleCourse, activity, began, brain_volume, scale_courses
from natalizumab.disease.lesions import comparisons
from natalizumab.evidence import value
from natalizumab.record import Antibody, Concentration, Course, Event, Fatigue, Mri, Relapse
from natalizumab.record.dates import add_days


def act_01(case: Case, p: Protocol) -> Iterator[Note]:
    """NEIDA and NEDA-3 since the rebaseline scan; lesions on it, and all before, do not count."""
    found = case.once(_activity)
    if found.whole is None or found.rebaseline is None:
        return
    text = f"{since_rebaseline(found)} {verdict(found.whole)}"
    if found.not_counted:
        text += f" {not_counted(found)}"
    suspected = [str(scan.day) for scan in scans_suspected(case) if scan in found.whole.active]
    if suspected:
        text += f" The scan of {', '.join(suspected)} is suspected of PML: what it shows may be no activity of MS."
    yield Note(text, [found.rebaseline, *found.not_counted, *_shown(found.whole)])


def act_02(case: Case, p: Protocol) -> Iterator[Note]:
    """The yearly change of brain volume after rebaselining, beside people of that age without MS."""
    found = brain_volume(case.course)
    if found.change_per_year is not None:
        yield Note(" ".join(brain_volume_words(found)), found.scans)
    elif found.scans or found.left_out:
        yield Note(f"Brain volume: cannot say, because {found.why_not}.", (*found.left_out, *found.scans))


def act_03(case: Case, p: Protocol) -> Iterator[Note]:
    """A relapse or an active scan with antibodies or a low level near it, or long after the last dose."""
    for event, earliest in _active_since_start(case):
        latest = event.day + _near()
        tests = [other for other in (*_positive(case), *_low(case)) if earliest <= other.day <= latest]
        given = case.course.dose_until(event.day)
        late = [given] if given is not None and event.day > add_days(given.day, 7 * p["latest_weeks"]) else []
        words = [_words(other) for other in tests]
        words += [f"a time without a dose since {dose.day}" for dose in late]
        if words:
            what = f"the {'relapse' if isinstance(event, Relapse) else 'active scan'} of {event.day}"
            found = any(isinstance(other, Antibody) for other in tests)
            text = (
                f"Beside {what} stands {' and '.join(words)}: there may have been too little drug. "
                f"{'Repeat the antibody test' if found else 'Test for antibodies'} and measure a trough before anybody "
                "says that natalizumab has failed."
            )
            yield Note(text, [event, *tests, *(part for dose in late for part in dose.events)])


def act_04(case: Case, p: Protocol) -> Iterator[Note]:
    """The course of each fatigue scale since the start; nothing is judged."""
    for scale in scale_courses(case.course):
        if isinstance(scale.latest, Fatigue) and scale.at_start is not None and scale.change is not None:
            text = f"{course_words(scale)} {fatigue_evidence()}"
            yield Note(text, [scale.at_start, scale.latest])


# --- the words, also for the page of a person ---


def since_rebaseline(found: Activity) -> str:
    """What was found since the rebaseline scan."""
    assert found.whole is not None
    assert found.rebaseline is not None
    return f"Since the rebaseline scan of {found.rebaseline.day}: {_findings(found.whole)}."


def verdict(period: Period) -> str:
    """Whether that is NEIDA and NEDA-3, or why nobody can say."""
    worse = period.neda_3 is False and period.neida is not False
    if period.neida is False:
        return "There was inflammatory activity (not NEIDA, so not NEDA-3)."
    if period.neida is None:
        rest = " Disability has worsened, so it is not NEDA-3." if worse else ""
        return f"Whether there was inflammatory activity (NEIDA) can't be said, because {period.why_not}.{rest}"
    if period.neda_3 is None:
        return f"No evident inflammatory activity (NEIDA); NEDA-3 can't be said, because {period.why_not}."
    rest = ", but disability has worsened (not NEDA-3)" if worse else "; NEDA-3"
    return f"No evident inflammatory activity (NEIDA){rest}."


def not_counted(found: Activity) -> str:
    """What came before the rebaseline scan or on it, once the drug had had time to work."""
    relapses = [f"the relapse of {event.day}" for event in found.not_counted if isinstance(event, Relapse)]
    lesions = ["enhancing lesions on the scan itself" for event in found.not_counted if isinstance(event, Mri)]
    return f"Not counted, because not later than that scan: {' and '.join((*relapses, *lesions))}."


def brain_volume_words(found: BrainVolume) -> Iterator[str]:
    """The yearly change, the range of people without MS, and what stands against it, in sentences."""
    yield f"Brain volume after rebaselining: {found.change_per_year:+.2f} % a year ({found.start} to {found.end})."
    if found.expected is None:
        limit = value("disease.pathological_loss").value
        yield f"It is not compared with people without MS: {found.no_range}."
        yield f"In one study a loss above {limit:.2f} % a year told people with MS from others, whatever the age."
    else:
        yield (
            f"People of {int(found.expected.age)} years without MS lose {found.expected.mean:.2f} % a year, and 95 of "
            f"100 lose no more than {found.expected.highest:.2f} %: "
            f"{'within' if found.within else 'beyond'} that range."
        )
        if not found.within:
            yield "One measurement does not settle it: measure again, on the same scanner with the same software."
    if found.early:
        months = value("disease.pseudoatrophy_until").value
        yield f"It begins within {months} months of the start, when brain water may still be falling."
    if found.assumed:
        yield "Where no reference scan was named, the full scan before was taken."
    if found.left_out:
        yield "Changes counted from before the rebaseline scan are left out (pseudoatrophy)."


def course_words(scale: ScaleCourse) -> str:
    """The scores of a fatigue scale at the start and last, and their difference."""
    assert scale.at_start is not None
    assert scale.change is not None
    return (
        f"Fatigue ({scale.scale}): {scale.at_start.score:g} on {scale.at_start.day}, before treatment; "
        f"{scale.latest.score:g} on {scale.latest.day}, a change of {scale.change:+g}."
    )


@cache
def fatigue_evidence() -> str:
    """What is known of fatigue on natalizumab, and that nobody compared it."""
    vas, mfis = value("disease.fatigue.ener_g_vas"), value("disease.fatigue.ener_g_mfis")
    months = value("disease.fatigue.tynergy_after").value
    return (
        f"What was seen on natalizumab ({vas.status}) had no comparison: in ENER-G {vas.value:+g} on a VAS-F and "
        f"{mfis.value:+g} on the MFIS, in TYNERGY less fatigue after {months} months; in one cohort it got worse. "
        "So nothing is concluded."
    )


def _activity(case: Case) -> Activity:
    found = activity(case.course)
    if found.changes_on is not None:
        case.reached(found.changes_on)
    return found


def _findings(period: Period) -> str:
    counts = (len(period.relapses), period.new_t2, period.enhancing)
    parts = [_counted(count, words) for count, words in zip(counts, _COUNTED, strict=True)]
    worse = period.worsening
    if worse is not None:
        until = "not confirmed yet" if worse.confirmed is None else f"confirmed on {worse.confirmed.day}"
        parts.append(f"EDSS up from {worse.reference.score:g} to {worse.first.score:g} on {worse.first.day}, {until}")
    told = (scan.day for scan in reversed(period.scans) if scan.new_t2 is not None or scan.gd is not None)
    last = next(told, None)
    return ", ".join(parts) + (f" (last scan {last})" if last is not None else "")


_COUNTED = (
    ("relapses not known", "no relapses", "1 relapse", "{many} relapses"),
    ("new T2 lesions not known", "no new T2 lesions", "1 new T2 lesion", "{many} new T2 lesions"),
    ("enhancing lesions not known", "no enhancing lesions", "1 enhancing lesion", "{many} enhancing lesions"),
)


def _counted(count: int | None, words: tuple[str, str, str, str]) -> str:
    unknown, none, one, many = words
    if count is None:
        return unknown
    return one if count == 1 else many.format(many=count) if count else none


def _shown(period: Period) -> Sequence[Event]:
    worse = period.worsening
    scores = (worse.reference, worse.first, worse.confirmed) if worse is not None else ()
    return [*period.active, *(score for score in scores if score is not None)]


# --- activity with too little drug ---


def _active_since_start(case: Case) -> Iterator[tuple[Event, date]]:
    """Relapses and active scans after the start, each with the first day on which too little drug would matter to it.

    Antibodies come in the first half-year, so this does not wait for the rebaseline scan. New T2 lesions may have come
    at any time since the scan that they are compared with; before rebaselining only enhancing ones tell.
    """
    given = case.course.doses()
    start = began(case.course) or (given[0].day if given else None)
    whole = case.once(_activity).whole
    counted = {event.ref for event in whole.active} if whole is not None else set()
    since = case.course.once(_compared_since)
    relapses = [(event, event.day - _near()) for event in case.all(Relapse)]
    scans = [
        (scan, min(scan.day - _near(), since[scan.ref]) if scan.new_t2 and scan.ref in counted else scan.day - _near())
        for scan, _ in (case.course.once(with_lesions) if case.all(Mri) else ())
        if scan.gd or scan.ref in counted
    ]
    found: list[tuple[Event, date]] = [*relapses, *scans]
    for event, earliest in sorted(found, key=lambda one: case.place(one[0])):
        if start is not None and event.day > start:
            yield event, earliest


def _compared_since(course: Course) -> dict[str, date]:
    """By reference of each scan, the day of the one that it was compared with."""
    return {one.scan.ref: one.since for one in comparisons(course)}


@cache
def _near() -> timedelta:
    return timedelta(days=value("disease.low_level_counts_for").value)


def _positive(case: Case) -> list[Antibody]:
    return [test for test in case.all(Antibody) if test.result == "positive"]


def _low(case: Case) -> list[Concentration]:
    """Levels below the target; one below a limit of quantification only where that limit is no higher."""
    return case.course.once(_below_target) if case.all(Concentration) else []


def _below_target(course: Course) -> list[Concentration]:
    target = value("pk.target_trough").value
    levels = course.all(Concentration)
    return [one for one in levels if one.mg_per_l < target or (one.below and one.mg_per_l <= target)]


def _words(event: Event) -> str:
    if isinstance(event, Concentration):
        return f"a level of {'less than ' if event.below else ''}{event.mg_per_l:g} mg/L on {event.day}"
    return f"a positive antibody test of {event.day}"
