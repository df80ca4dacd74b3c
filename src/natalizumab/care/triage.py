"""What to think of when somebody tells of a symptom, and what to do today: one place for rules, pages and prompts.

The list of dangers is evidence (``vocabulary/dangers.toml``), and so is which symptom suggests which of them. Nothing
here decides about a dose: the rules do, from the ``signs`` that stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from natalizumab.care.case import Case
from natalizumab.care.conditions import comes_after
from natalizumab.care.findings import Effect, Item, Reason
from natalizumab.care.names import Named, within
from natalizumab.care.told import read
from natalizumab.evidence import vocabulary
from natalizumab.record import Diagnosis, Event, Procedure, Symptom
from natalizumab.record.dates import add_months


@dataclass(frozen=True, slots=True)
class Danger:
    """Something that must not be missed: what to think of (``words``), what to do today, who must be told.

    ``rule`` is the plan's rule that judges it; ``diagnoses`` the groups of diagnoses that answer its signs. Where
    ``asks`` is true its signs ask and never hold. ``ms_alike``: MS itself makes such signs.
    ``only_exclusion``: its diagnosis weighs less than its signs, so that only the exclusion answers them.
    """

    name: str
    rule: str
    words: str
    today: str
    who: str
    diagnoses: tuple[str, ...]
    ms_alike: bool
    asks: bool
    only_exclusion: bool


@dataclass(frozen=True, slots=True)
class Thought:
    """The dangers to think of, gravest first, and the names that nobody knows: somebody decides about those."""

    dangers: tuple[Danger, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """A symptom on record that suggests a danger. ``doubt`` says what speaks against it; ``asks``: it does not hold."""

    event: Symptom
    name: str
    doubt: str | None
    asks: bool

    @property
    def told(self) -> str:
        """The symptom in words, with its day and any doubt."""
        return f"{self.name}, noted on {self.event.day}" + (f" ({self.doubt})" if self.doubt else "")


@cache
def dangers() -> tuple[Danger, ...]:
    """Every danger, gravest first."""
    return tuple(_danger(term.name, term.attributes) for term in vocabulary("dangers").terms)


def danger(name: str) -> Danger:
    """The danger of that name, as symptoms suggest it. Raises KeyError for another one: a mistake in the code."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, Danger]:
    return {found.name: found for found in dangers()}


def _danger(name: str, written: dict[str, object]) -> Danger:
    groups = written["diagnoses"]
    assert isinstance(groups, list)
    return Danger(
        name=name,
        rule=str(written["rule"]),
        words=str(written["words"]),
        today=str(written["today"]),
        who=str(written["who"]),
        diagnoses=tuple(groups),
        ms_alike=bool(written.get("ms_alike")),
        asks=bool(written.get("asks")),
        only_exclusion=bool(written.get("only_exclusion")),
    )


def think_of(names: Iterable[str]) -> Thought:
    """What symptoms, by whatever names people write, should make one think of; several dangers are all said."""
    told = [read(name) for name in names]
    suggested = {word for one in told for term in one.terms for word in term.attributes.get("suggests", ())}
    unknown = tuple(name for one in told for name in one.unknown)
    return Thought(tuple(found for found in dangers() if found.name in suggested), unknown)


# --- the signs of one person ---


def signs(case: Case, name: str) -> tuple[Sign, ...]:
    """The symptoms on record that suggest the danger and that nothing has answered yet."""
    if not case.all(Symptom):
        return ()
    which = danger(name)
    told = [found for found in suggesting(case, name) if not _answered(case, found, which)]
    if not told:
        return ()
    doubts = [_noted_before(case, found.event) or doubt(case, found.event) for found in told]
    fresh = {found.term.name for found, why in zip(told, doubts, strict=True) if why is None}
    made = [
        Sign(found.event, found.name, why, which.asks or why is not None or _only_asks(case, found, name, fresh))
        for found, why in zip(told, doubts, strict=True)
    ]
    weighing = {sign.event.ref: sign for sign in sorted(made, key=lambda sign: not sign.asks)}
    return tuple(weighing[ref] for ref in dict.fromkeys(sign.event.ref for sign in made))


def suggesting(case: Case, name: str) -> Sequence[Named]:
    """Every symptom on record that suggests the danger, whenever: an entry that tells of several, once with each."""
    return case.once(_by_danger).get(name, ())


def _by_danger(case: Case) -> dict[str, list[Named]]:
    suggested: dict[str, list[Named]] = {}
    for found in case.named(Symptom):
        for term in read(found.name).terms:
            for name in term.attributes.get("suggests", ()):
                suggested.setdefault(name, []).append(Named(found.event, term))
    return suggested


def _answered(case: Case, found: Named, which: Danger) -> bool:
    """By treatment that began later, by a dose given after it was over, or by a later diagnosis."""
    symptom = found.event
    if which.ms_alike and not under_treatment(case, symptom.day):
        return True
    if symptom.ended is not None and case.last_dose is not None and case.last_dose.day > symptom.ended:
        return True  # whoever gave that dose had answered it
    groups = found.term.attributes.get("answered_by", which.diagnoses)
    return diagnosed_after(case, symptom, groups, only_exclusion=which.only_exclusion)


def diagnosed_after(case: Case, event: Event, groups: Iterable[str], only_exclusion: bool = False) -> bool:
    """Whether a later diagnosis of the groups, confirmed or excluded, says what was behind an event."""
    confirmed = () if only_exclusion else (None, "confirmed")
    return any(
        comes_after(case, other.event, event)
        for other in within(case.named(Diagnosis), *groups)
        if other.event.status in confirmed or (other.event.status == "excluded" and not _benign(other))
    )


def _benign(found: Named) -> bool:
    """What is harmless answers a sign by being there, never by being excluded."""
    return found.within("benign")


def _only_asks(case: Case, found: Named, name: str, fresh: set[str]) -> bool:
    """Common by itself: it asks, unless it worsens, a second sign joins it, or (diarrhoea) it has lasted."""
    symptom, attributes = found.event, found.term.attributes
    if symptom.worsening:
        return False
    if name in attributes.get("lasting_asks", ()):
        return not case.reached(_began(symptom) + timedelta(days=case.protocol["diarrhoea_lasting_days"]))
    return name in attributes.get("alone_asks", ()) and fresh == {found.term.name}


def doubt(case: Case, symptom: Symptom) -> str | None:
    """What speaks against a danger without excluding it: it is over, or older than treatment, not worsening."""
    if symptom.ended is not None and case.reached(symptom.ended):
        return f"over since {symptom.ended}"
    steady = symptom.worsening is False and symptom.days is not None
    if steady and case.first_dose is not None and _began(symptom) < case.first_dose:
        return "older than the treatment and not worsening"
    return None


def _noted_before(case: Case, symptom: Symptom) -> str | None:
    return None if under_treatment(case, symptom.day) else "noted before the first dose"


def _began(symptom: Symptom) -> date:
    day: date = symptom.day - timedelta(days=symptom.days or 0)
    return day


def under_treatment(case: Case, day: date) -> bool:
    """A symptom from before the first dose is not a sign of what natalizumab allows."""
    return case.started and (case.first_dose is None or day >= case.first_dose)


def exposed(case: Case, day: date) -> bool:
    """Whether natalizumab may have had a part in what was found that day: on it, or not long after a dose."""
    given = case.course.dose_until(day)
    if given is None:
        return under_treatment(case, day)
    return day <= add_months(given.day, case.protocol["watch_after_stop_months"])


# --- what rules say of them ---


def speak(name: str, found: Sequence[Sign], effect: Effect | None = None) -> Iterator[Reason]:
    """One reason for the signs that weigh by themselves, with the rule's effect or ``effect``; one for those asking."""
    if not found:
        return
    which = danger(name)
    weighing = [sign for sign in found if not sign.asks]
    if weighing:
        text = f"{_listed(weighing)}: think of {which.words}. {which.today} Tell {which.who} today."
        yield Reason(text, [sign.event for sign in weighing], effect=effect)
    asking = [sign for sign in found if sign.asks]
    if asking:
        if which.asks:
            text = f"{_listed(asking)}: think of {which.words}. {which.today} Tell {which.who}."
        else:
            text = f"{_listed(asking)}: make sure that it is no sign of {which.words}; in doubt, tell {which.who}."
        yield Reason(text, [sign.event for sign in asking], effect=Effect.CONFIRM)


def _listed(found: Sequence[Sign]) -> str:
    text = "; ".join(sign.told for sign in found)
    return text[:1].upper() + text[1:]


def same_day(action: str, text: str, suspected: Sequence[Event], done: Iterable[Event]) -> Iterator[Item]:
    """One thing to do for all suspicions for which nothing was done since, on the day of the first."""
    if not suspected:
        return
    last = max((event.day for event in done), default=date.min)
    waiting = [event for event in suspected if event.day > last]
    if waiting:
        yield Item(action, text, min(event.day for event in waiting), facts=waiting)


def procedures(case: Case, group: str) -> tuple[Event, ...]:
    """The procedures done that belong to a group, such as an examination of the eye."""
    return tuple(found.event for found in within(case.named(Procedure), group))
