"""A dose after a gap or a stop is a restart (DOS-06 to DOS-09)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.baseline import by_planned_dose
from natalizumab.care.case import Case
from natalizumab.care.findings import Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import value
from natalizumab.record import Antibody, Event, Lab, Mri
from natalizumab.record.dates import add_months

_FIRST = "Before it: anti-natalizumab antibody test, MRI, blood tests; after it, an hour of observation."


def dos_06(case: Case, p: Protocol) -> Iterator[Reason]:
    """Few doses, then a gap of three months or more: allergy is likelier on restarting.

    A number of doses that nobody knows counts as few. The antibody test is DOS-09's.
    """
    count = case.course.dose_count()
    if (count is not None and count > p["few_doses"]) or not _gap_of(case, p["few_doses_gap_months"]):
        return
    given = "A number of doses that nobody knows" if count is None else f"Doses given: {count}"
    antibodies, reactions = _restart_shares("after_few_doses")
    overall_antibodies, overall_reactions = _restart_shares("overall")
    text = (
        f"{given}, and then none for {p['few_doses_gap_months']} months or more: allergy is likelier on restarting. "
        f"In a study {antibodies} % had antibodies and {reactions} % hypersensitivity, against {overall_antibodies} % "
        f"and {overall_reactions} % of all who restarted. Antibody test first; give it where an allergy can be treated."
    )
    yield Reason(text, _last_given(case))


def dos_07(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """After six months without a dose everything begins again: scan, antibody test, observation."""
    months = p["long_gap_months"]
    if not _gap_of(case, months):
        return
    text = (
        f"No dose for {months} months or more: begin as at the start. A new baseline MRI, the antibody test, and an "
        f"hour of observation after each of the first {p['observe_infusions']} infusions again."
    )
    missing = list(_missing_at_the_start(case, p))
    yield Reason(f"{text} Missing so far: {', '.join(missing)}." if missing else text, _last_given(case))
    scans = [scan for scan in case.all(Mri) if _since_last_dose(case, scan)]
    if scans and _somebody_plans(case) and not _new_baseline(case, p):
        text = f"A new full baseline MRI, at most {p['restart_mri_months']} months old at the restart."
        yield Item("mri full", text, by_planned_dose(case), facts=scans[-1:])


def _missing_at_the_start(case: Case, p: Protocol) -> Iterator[str]:
    """What a person who begins has, and this one has not since the last dose."""
    if not _new_baseline(case, p):
        yield f"a full MRI within {p['restart_mri_months']} months"
    if not any(_since_last_dose(case, test) for test in case.all(Antibody)):
        yield "a test for antibodies against natalizumab"
    if not any(_since_last_dose(case, test) for test in _full_bloods(case)):
        yield "a full blood count with liver tests"


def dos_08(case: Case, p: Protocol) -> Iterator[Reason]:
    """With antibodies against natalizumab it is not restarted; a later negative test ends it."""
    tests = case.all(Antibody)
    if _restarting(case) and tests and tests[-1].result == "positive":
        text = (
            f"Antibodies against natalizumab were found on {tests[-1].day}: do not restart. A reaction is likely and "
            "the drug would not last. Tell the prescriber."
        )
        yield Reason(text, [tests[-1]])


def dos_09(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """After more than 12 weeks, or after a stop, a dose would be a restart."""
    if not _restarting(case):
        return
    given = _last_given(case)
    if case.stop is not None:
        what = f"Treatment was stopped on {case.stop.day}: a dose would be a restart."
        yield Reason(f"{what} {_FIRST}", [*given, case.stop])
    else:
        what = f"More than {p['latest_weeks']} weeks since the last dose on {given[-1].day}: a restart."
        yield Reason(f"{what} {_FIRST}", given)
    if not _somebody_plans(case):
        return
    for action, done, words in (
        ("antibody test", case.all(Antibody), "Anti-natalizumab antibody test"),
        ("mri full", case.all(Mri), "MRI"),
        ("blood tests", _full_bloods(case), "Blood tests (full blood count, liver tests)"),
    ):
        if not any(_since_last_dose(case, event) for event in done):
            yield Item(action, f"{words} before a restart.", by_planned_dose(case), facts=given)


def _restarting(case: Case) -> bool:
    """Whether a dose on the date asked about would be a restart; of what is stopped for good there is none."""
    return not case.stopped_for_good and (case.stop is not None or case.gap)


def _gap_of(case: Case, months: int) -> bool:
    """Whether the last dose was so many months ago or longer."""
    if case.stopped_for_good or case.last_dose is None:
        return False
    return case.reached(add_months(case.last_dose.day, months))


def _somebody_plans(case: Case) -> bool:
    """Nothing is due for a restart after a stop that nobody plans."""
    return case.stop is None or bool(case.planned_doses)


def _last_given(case: Case) -> list[Event]:
    return list(case.last_dose.events) if case.last_dose is not None else []


def _since_last_dose(case: Case, event: Event) -> bool:
    return case.last_dose is None or event.day > case.last_dose.day


def _new_baseline(case: Case, p: Protocol) -> bool:
    """Whether a full scan since the last dose is young enough to be the baseline of a restart."""
    scan = case.full_scans[-1] if case.full_scans else None
    if scan is None or not _since_last_dose(case, scan):
        return False
    return not case.passed(add_months(scan.day, p["restart_mri_months"]))


def _restart_shares(who: str) -> tuple[float, float]:
    """The shares (%) with antibodies and with hypersensitivity among people who restarted."""
    antibodies, reactions = (value(f"aesi.restart.{what}_{who}").value for what in ("antibodies", "hypersensitivity"))
    return antibodies, reactions


def _full_bloods(case: Case) -> tuple[Lab, ...]:
    """The older of the last lymphocyte count and the last liver test: only both together are the blood tests."""
    counts = case.labs("lymphocytes")
    liver = case.labs("ALT", "AST")
    return (min(counts[-1], liver[-1], key=lambda test: test.day),) if counts and liver else ()
