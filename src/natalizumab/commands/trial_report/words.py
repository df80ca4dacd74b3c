"""A trial in sentences: its arms, what everybody gets before, when scans are made and outcomes count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from natalizumab.cohort import WHAT, Arm, Costs, Equivalence, Found, Guided, Stop, Trial, alike_arms
from natalizumab.cohort.equivalence import DRAWN
from natalizumab.evidence import value

ROUTES = {"iv": "into a vein", "sc": "under the skin"}

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that no page may hold, or that turn the direction of what follows."""

TOLD_OF_ARMS = {"name", "route", "mg", "weeks", "later_weeks", "later_from", "stop", "guided", "pml_scan_months"}
TOLD_OF_TRIALS = {
    "name", "arms", "people", "weeks", "seed", "run_in", "from_week", "scan_weeks", "population", "stable",
    "pml_scenario", "extended_weeks", "costs", "equivalence",
}  # fmt: skip
"""What has words of its own here; any other field is told by its name."""


def seen(text: str) -> str:
    """A text of somebody else's as it can be shown."""
    return UNSEEN.sub("\ufffd", text)


def named(name: str) -> str:
    """The name of an arm or a trial as it can be shown."""
    return seen(name).strip() or "(without a name)"


def capital(text: str) -> str:
    """The same, beginning with a capital letter."""
    return text[:1].upper() + text[1:]


def many(number: float, one: str) -> str:
    """``1 week``, ``1.5 weeks``, ``2,000 people``."""
    more = f"{one}s".replace("persons", "people")
    return f"{number:,.10g} {one if number == 1 else more}"


def every(weeks: float) -> str:
    """How often."""
    return f"every {many(weeks, 'week')}"


def listed(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def arm_words(arm: Arm) -> str:
    """What an arm gets, in sentences."""
    told = [_dosing(arm), *([_stop(arm.stop)] if arm.stop else [])]
    if arm.pml_scan_months:
        told.append(f"A scan for PML alone every {many(arm.pml_scan_months, 'month')}.")
    told += [f"{capital(name)}: {content}." for name, content in others(arm, TOLD_OF_ARMS)]
    return " ".join(told)


def _dosing(arm: Arm) -> str:
    if not arm.mg:
        return "No drug from the day on which the arms part."
    dose = f"{arm.mg:,g} mg {ROUTES[arm.route]}"
    if arm.guided:
        return f"{dose}, at each person's own interval. {_guided(arm.guided)}"
    if arm.later_weeks is None or arm.later_from is None:
        return f"{dose} {every(arm.weeks)}."
    return f"{dose} {every(arm.weeks)}, and from week {arm.later_from:g} on {every(arm.later_weeks)}."


def _guided(guided: Guided) -> str:
    chance = f"{100 * guided.probability:g} %"
    return (
        f"It is the longest from {guided.least_weeks} to {many(guided.most_weeks, 'week')} at which the trough stays "
        f"at or above {guided.target_mg_per_l:g} mg/L with a probability of {chance}, as two troughs say that are "
        f"measured at the end of the run-in; where there is none, {many(guided.least_weeks, 'week')}."
    )


def _stop(stop: Stop) -> str:
    if stop.after_months is not None:
        when = f"{many(stop.after_months, 'month')} after their first dose"
    else:
        when = f"in week {stop.at_week:g} after the arms have parted"
    if not stop.high_index:
        return f"Everybody stops {when}, and gets nothing else."
    cut = value("serology.index.high_above").value
    return f"Who then has an index above {cut:g} stops {when}, and gets nothing else."


def design(trial: Trial, taking_part: int) -> list[tuple[str, str]]:
    """What holds for all arms, each with its heading."""
    told = [
        ("People", _people(trial, taking_part)),
        ("Before the arms part", _run_in(trial)),
        ("Length", f"{many(trial.weeks, 'week')} from the day on which the arms part."),
        ("Outcomes count", f"{capital(window(trial))}; a scan on the first of these days is the reference."),
        ("Scans", _scans(trial)),
        ("Extended interval", f"A planned interval of {many(trial.extended_weeks, 'week')} or more."),
        ("PML", _pml(trial)),
        ("Cost", _costs(trial.costs)),
        *([("Equivalence", _equivalence(trial.equivalence))] if trial.equivalence else []),
    ]
    return told + [(capital(name), f"{content}.") for name, content in others(trial, TOLD_OF_TRIALS)]


def window(trial: Trial) -> str:
    """The weeks in which outcomes count."""
    return (
        f"from week {trial.from_week:g} to week {trial.weeks:g}"
        if trial.from_week
        else f"over {many(trial.weeks, 'week')}"
    )


def _people(trial: Trial, taking_part: int) -> str:
    asked, part = many(trial.people, "virtual person"), f"{taking_part:,}"
    if not trial.stable:
        return f"{capital(asked)}; all take part."
    return (
        f"{capital(asked)}, of whom {part} take part: those who had no relapse and no antibodies against the drug in "
        "the run-in, and no lesion with contrast at its end."
    )


def _run_in(trial: Trial) -> str:
    if not trial.run_in:
        return "Nothing is given: the arms part on the day of the first dose."
    return f"Everybody has infusions {every(Arm('run-in').weeks)} for {many(trial.run_in, 'week')} (the run-in)."


def _scans(trial: Trial) -> str:
    weeks = [f"{week:g}" for week in trial.scan_weeks or (trial.weeks,)]
    return f"In week{'s' if len(weeks) > 1 else ''} {listed(weeks)} after the arms have parted."


def _pml(trial: Trial) -> str:
    if trial.pml_scenario == "none":
        return "As in the published table, whatever the interval."
    return f"As in the published table; at extended intervals the scenario “{trial.pml_scenario}” is assumed."


def _costs(costs: Costs) -> str:
    if not costs.dose and not costs.chair_hour:
        return "No price was given; every cost is nought."
    hours = f"{costs.hours_iv:g} hours for a dose into a vein, {costs.hours_sc:g} for one under the skin"
    return f"{costs.dose:,g} a dose and {costs.chair_hour:,g} an hour in the chair, in any currency; {hours}."


def _equivalence(asked: Equivalence) -> str:
    return (
        f"Would trials with {many(asked.people_per_arm, 'person')} in each arm find the difference in "
        f"{WHAT[asked.outcome]} within {asked.margin:g} either way, at a confidence of {asked.confidence:.3g}?"
    )


def alike_words(found: Found) -> Iterator[str]:
    """What trials of usual size would find, arm by arm; nothing where that was not asked."""
    asked, first = found.trial.equivalence, named(found.trial.arms[0].name)
    if asked is None:
        return
    yield (
        "A real trial has other people in each arm, so that chance is not shared. From the counts of all virtual "
        f"people {DRAWN:,} trials were drawn, each with {many(asked.people_per_arm, 'person')} an arm."
    )
    for name, alike in alike_arms(found).items():
        low, high = alike.seen
        yield (
            f"“{named(name)}” and “{first}”: {alike.share:.1%} of them find the difference in {WHAT[asked.outcome]} "
            f"within {asked.margin:g} either way. Over all virtual people it is {alike.difference:.3g}; nine of ten "
            f"trials see {low:.3g} to {high:.3g}."
        )


def others(of: Any, told: set[str]) -> Iterator[tuple[str, str]]:
    """The fields that have no words of their own, where they are not what they are by default."""
    for one in fields(of):
        content = getattr(of, one.name)
        if one.name not in told and content != _default(one):
            yield one.name.replace("_", " "), _plain(content)


def _default(one: Field[Any]) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _plain(content: Any) -> str:
    if is_dataclass(content):
        parts = ((one.name.replace("_", " "), getattr(content, one.name)) for one in fields(content))
        return ", ".join(f"{name} {_plain(part)}" for name, part in parts)
    if isinstance(content, tuple | list):
        return listed([_plain(part) for part in content])
    return seen(f"{content:g}" if isinstance(content, float) else str(content))
