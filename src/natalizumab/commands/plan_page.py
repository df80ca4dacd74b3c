"""The plan as a calm page for the terminal: the answer first, then why, what is due, the risk, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import click

from natalizumab.care.shape import Plan, PlannedItem, PlannedReason, SourceUse
from natalizumab.commands.language import say, say_first
from natalizumab.commands.layout import block, wrapped
from natalizumab.evidence import source

_ANSWERS = {
    "allow": "A dose may be given on that date.",
    "confirm": "A dose may be given once somebody entitled has acknowledged the reasons.",
    "hold": "No dose until this is resolved.",
    "stop": "No dose, for good.",
}
ONE_DAY = timedelta(days=1)
_COLOURS = {"allow": "green", "confirm": "yellow", "hold": "red", "stop": "red"}


def page(plan: Plan, said: Sequence[str] = ()) -> str:
    """The whole page. ``said`` are remarks on what was taken for granted."""
    blocks = [
        _head(plan, said),
        block("Why", _reasons(plan.reasons)),
        block("What is due", _items([i for i in plan.items if not i.prompt], plan.on)),
        block("Prompts", _items([i for i in plan.items if i.prompt], plan.on)),
        block("PML risk", _risk(plan)),
        block("Notes", _notes(plan)),
        block("Sources", _sources(plan)),
        say("It advises; a clinician decides. Not a certified medical device."),
    ]
    return "\n\n".join(block for block in blocks if block)


def _head(plan: Plan, said: Sequence[str]) -> str:
    answer = click.style(say(plan.decision).upper(), fg=_COLOURS[plan.decision], bold=True)
    where = f"on {plan.on}, {plan.state}. Protocol {plan.protocol.name} {plan.protocol.version}."
    lines = [f"{plan.person} {say(where)}", *map(say, said), "", f"{answer}  {say(_answer(plan))}"]
    lines += wrapped(say(_next_dose(plan)), "", 0)
    return "\n".join(lines)


def _answer(plan: Plan) -> str:
    """What the decision means; after a stop or a long gap a dose is no ordinary one."""
    latest = plan.next_dose.latest
    if plan.decision == "confirm" and (plan.state == "stopped" or (latest is not None and plan.on > latest)):
        return "A dose would be a restart, once somebody entitled has acknowledged the reasons."
    return _ANSWERS[plan.decision]


def _next_dose(plan: Plan) -> str:
    """When the next dose is due, or what has become of the day on which it was; no day long gone as the next one."""
    dose = plan.next_dose
    if dose.earliest is None or dose.due is None or dose.latest is None:
        return f"No next dose date: {'stopped' if plan.state == 'stopped' else 'none given yet'}."
    if plan.on > dose.latest:
        return (
            f"The dose due {dose.due} was not given: since {dose.latest + ONE_DAY} a dose is a restart, without a date."
        )
    if not dose.earliest <= dose.due <= dose.latest:
        return (
            f"Next dose due {dose.due} by the prescribed interval, which does not fit: not before {dose.earliest}; "
            f"after {dose.latest} it is a restart."
        )
    rest = f"not before {dose.earliest}; after {dose.latest} it is a restart."
    return f"Next dose was due {dose.due}; {rest}" if dose.due < plan.on else f"Next dose due {dose.due}; {rest}"


def _reasons(reasons: Sequence[PlannedReason]) -> Iterator[str]:
    """Those about a dose before those of equal weight about something else, which say so before their text."""
    for reason in sorted(reasons, key=lambda one: (-one.weight, one.order is not None)):
        order = f"About another order, {reason.order}, not about a dose on this date: " if reason.order else ""
        yield from wrapped(f"{say(reason.effect.word):<8} {reason.rule}  {say(order)}{say(reason.text)}", "  ", 17)
        if reason.needs:
            yield from wrapped(say("Only a prescriber may answer this."), " " * 19, 0)
        yield from _behind(reason.because, reason.sources)


def _items(items: Sequence[PlannedItem], on: date) -> Iterator[str]:
    for item in items:
        late = f", {item.days_late} days late" if item.days_late else ""
        by = "since" if item.prompt and item.due < on else "by"  # nobody is late with a prompt
        window = f"{item.window_from} to {item.due}" if item.window_from else f"{by} {item.due}"
        blocked = f", not before {item.not_before}" if item.not_before else ""
        when = say_first(f"{window}{late}{blocked}")
        yield from wrapped(f"{say(item.status):<8} {item.rule}  {when}. {say(item.text)}", "  ", 17)
        yield from _behind(item.because, item.sources)


def _behind(facts: Sequence[str], sources: Sequence[SourceUse]) -> Iterator[str]:
    if facts:
        yield from wrapped(f"{say('Facts:')} {'; '.join(map(say, facts))}", " " * 19, 7)
    used = ", ".join(f"{use.key} ({say(use.status)})" for use in sources)
    yield from wrapped(f"{say('Source:')} {used}", " " * 19, 8)


def _risk(plan: Plan) -> Iterator[str]:
    risk = plan.pml
    if risk.per_1000 is None:
        yield from wrapped(say(f"Cannot say, because: {risk.why_not}."), "  ", 0)
    else:
        yield from wrapped(say(risk.words), "  ", 0)
        signed = f" {say_first(risk.signed_off.words)}." if risk.signed_off else ""
        status = say(f"Status of the figure: {risk.status}.")
        yield from wrapped(f"{say(risk.stratum or '')}. {status}{signed}", "  ", 0)
        if risk.note:
            yield from wrapped(say(f"About this figure: {risk.note}"), "  ", 0)
    doses = "unknown" if risk.infusions is None else risk.infusions
    if risk.exposure_month is not None:
        yield f"  {say(f'Exposure month {risk.exposure_month}; doses given: {doses}.')}"
    for other in risk.alternatives:
        interval = other["interval"]
        figure = say(f"{other['per_1000']:g}") + (
            f" ({say(f'{interval[0]:g} to {interval[1]:g}')})" if interval else ""
        )
        about = f"{say(other['model'])}: {say(other['stratum'])} [{say(other['status'])}]"
        yield from wrapped(f"{figure:<20} {about}", f"  {say('other:')} ", 21)


def _notes(plan: Plan) -> Iterator[str]:
    for note in plan.notes:
        if plan.pml.words not in note.text:  # the risk has its own block
            yield from wrapped(f"{note.rule}  {say(note.text)}", "  ", 8)


def _sources(plan: Plan) -> Iterator[str]:
    used = [reason.sources for reason in plan.reasons] + [item.sources for item in plan.items]
    used += [note.sources for note in plan.notes]
    keys = dict.fromkeys(use.key for sources in used for use in sources)
    for key in keys:
        yield from wrapped(f"{key}: {source(key).citation}", "  ", 2)
