"""Reactions to a dose: hypersensitivity ends treatment, and what is unclear is asked (HYP-01)."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.eligibility import has_hypersensitivity_feature, is_hypersensitivity
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import vocabulary
from natalizumab.record import Antibody, Reaction

_MINUTES = 60


def hyp_01(case: Case, p: Protocol) -> Iterator[Reason | Item]:
    """Hypersensitivity: stop, never give it again, test for antibodies, report. What is unclear is asked.

    A reaction is never answered by trying again. Whoever finds that an unclear one was no hypersensitivity says so in
    the entry.
    """
    for event in case.all(Reaction):
        if is_hypersensitivity(event):
            yield from _never_again(case, event)
        elif has_hypersensitivity_feature(event):
            text = f"The reaction on {event.day} has features of hypersensitivity but is recorded as none: decide."
            yield Reason(text, [event], effect=Effect.CONFIRM)
        elif event.hypersensitivity is None and not event.features:
            text = f"The reaction on {event.day} has no features on record: decide whether it was hypersensitivity."
            yield Reason(text, [event], effect=Effect.CONFIRM)
        elif event.hypersensitivity is None and _doubtful(event, p):
            yield Reason(_question(event, p), [event], effect=Effect.CONFIRM)


def asks_for_antibodies(reaction: Reaction, p: Protocol) -> bool:
    """Whether a reaction is one that antibodies may be behind: a headache alone is not, an itch is."""
    if not reaction.features and reaction.hypersensitivity is None:
        return True  # nobody said what it was
    return has_hypersensitivity_feature(reaction) or _doubtful(reaction, p)


def _never_again(case: Case, event: Reaction) -> Iterator[Reason | Item]:
    features = ", ".join(event.features or ()) or "no features given"
    text = (
        f"Hypersensitivity on {event.day} ({features}): stopped for good, whatever the grade. It is never tried again, "
        "not more slowly, not in parts, not with premedication. Report it."
    )
    yield Reason(text, [event])
    if not any(test.day >= event.day for test in case.all(Antibody)):
        words = "Anti-natalizumab antibody test after the reaction."
        yield Item("antibody test", words, event.day, facts=[event])


def _doubtful(reaction: Reaction, p: Protocol) -> bool:
    """Severe, or with a feature that may or may not belong to hypersensitivity."""
    terms = [vocabulary("features").find(feature) for feature in reaction.features or ()]
    unclear = any(term is not None and term.attributes.get("unclear") for term in terms)
    return unclear or (reaction.grade is not None and reaction.grade >= p["severe_reaction_grade"])


def _question(reaction: Reaction, p: Protocol) -> str:
    """What a clinician is asked; the time after the start speaks for or against."""
    hours = p["reaction_hours"]
    timing = ""
    if reaction.minutes is not None and reaction.minutes <= hours * _MINUTES:
        timing = f" It came within {hours} hours of the start, as hypersensitivity mostly does."
    elif reaction.minutes is not None:
        timing = f" It came later than {hours} hours after the start: a delayed reaction can be hypersensitivity too."
    return (
        f"The reaction on {reaction.day} ({', '.join(reaction.features)}) may be hypersensitivity.{timing} "
        "No dose until a clinician has said whether it was, in the entry: it is not found out by giving another."
    )
