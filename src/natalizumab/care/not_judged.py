"""What this version has no rule for yet (REC-07).

A plan that can't judge an entry must not pass over it: until its rule exists, a clinician decides. Each entry of the
table goes when its rule comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from natalizumab.care.case import Case
from natalizumab.care.findings import Reason
from natalizumab.care.names import named
from natalizumab.care.protocol import Protocol
from natalizumab.record import Authorisation, Breastfeeding, Lab, Pregnancy

_JUDGED_SYMPTOM = "pml"


def rec_07(case: Case, p: Protocol) -> Iterator[Reason]:
    """An entry that may matter and that no rule of this version judges: a clinician decides."""
    for event in case.course.events:
        words = _TELLING.get(event.kind, _never)(event, case)
        if words:
            yield Reason(f"This version has no rule for it yet, a clinician decides: {words} ({event.day}).", [event])


def _never(event: Any, case: Case) -> str | None:
    return None


def _antibody(event: Any, case: Case) -> str | None:
    return "antibodies against natalizumab" if event.result == "positive" else None


def _lab(event: Any, case: Case) -> str | None:
    latest = [other for other in case.all(Lab) if other.test == event.test][-1]
    above = event.upper_limit is not None and event.value > event.upper_limit
    return f"{event.test} {event.value:g} {event.unit}, above its limit" if above and event is latest else None


def _symptom(event: Any, case: Case) -> str | None:
    over = event.ended is not None and event.ended <= case.on
    term = named([event], "symptoms")[0].term
    suggests = [danger for danger in term.attributes.get("suggests", ()) if danger != _JUDGED_SYMPTOM]
    judged = _JUDGED_SYMPTOM in term.attributes.get("suggests", ())
    return f"{event.name} (think of {', '.join(suggests)})" if suggests and not over and not judged else None


def _pregnancy(event: Any, case: Case) -> str | None:
    latest = event is case.all(Pregnancy)[-1]
    over = event.ended is not None and event.ended <= case.on
    return "pregnancy" if latest and not over else None


def _breastfeeding(event: Any, case: Case) -> str | None:
    latest = event is case.all(Breastfeeding)[-1]
    return "breast-feeding" if latest and not (event.ended is not None and event.ended <= case.on) else None


def _answers(event: Any, case: Case) -> str | None:
    yes = [question for question, answer in event.answers.items() if answer == "yes"]
    latest = event is case.course.last(event.kind)
    return f"{event.kind} answered yes to {', '.join(yes)}" if yes and latest else None


def _authorisation(event: Any, case: Case) -> str | None:
    latest = event is case.all(Authorisation)[-1]
    return "not authorised" if latest and event.status == "not authorised" else None


def _diagnosis(event: Any, case: Case) -> str | None:
    found = named([event], "diagnoses")[0]
    telling = found.within("opportunistic infection", "gcn", "cns lymphoma")
    return event.name if telling and event.status != "excluded" else None


_TELLING: dict[str, Callable[[Any, Case], str | None]] = {
    "antibody": _antibody,
    "lab": _lab,
    "symptom": _symptom,
    "pregnancy": _pregnancy,
    "breastfeeding": _breastfeeding,
    "checklist": _answers,
    "selfcheck": _answers,
    "authorisation": _authorisation,
    "diagnosis": _diagnosis,
}
