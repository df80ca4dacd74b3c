"""The plan as a calm page for the terminal: the answer first, then why, what is due, the risk, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import click

from natalizumab.care.shape import Plan, PlannedItem, PlannedReason, SourceUse
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
        "It advises; a clinician decides. Not a certified medical device.",
    ]
    return "\n\n".join(block for block in blocks if block)


def _head(plan: Plan, said: Sequence[str]) -> str:
    answer = click.style(plan.decision.upper(), fg=_COLOURS[plan.decision], bold=True)
    lines = [
        f"{plan.person} on {plan.on}, {plan.state}. Protocol {plan.protocol.name} {plan.protocol.version}.",
        *said,
        "",
        f"{answer}  {_answer(plan)}",
    ]
    lines += wrapped(_next_dose(plan), "", 0)
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
        return "No next dose date: " + ("stopped." if plan.state == "stopped" else "none given yet.")
    if plan.on > dose.latest:
        return (
            f"The dose due {dose.due} was not given: since {dose.latest + ONE_DAY} a dose is a restart, without a date."
        )
    if not dose.earliest <= dose.due <= dose.latest:
        return (
            f"Next dose due {dose.due} by the prescribed interval, which does not fit: not before {dose.earliest}; "
            f"after {dose.latest} it is a restart."
        )
    when = "was due" if dose.due < plan.on else "due"
    return f"Next dose {when} {dose.due}; not before {dose.earliest}; after {dose.latest} it is a restart."


def _reasons(reasons: Sequence[PlannedReason]) -> Iterator[str]:
    """Those about a dose before those of equal weight about something else, which say so before their text."""
    for reason in sorted(reasons, key=lambda one: (-one.weight, one.order is not None)):
        order = f"About another order, {reason.order}, not about a dose on this date: " if reason.order else ""
        yield from wrapped(f"{reason.effect.word:<8} {reason.rule}  {order}{reason.text}", "  ", 17)
        yield from _behind(reason.because, reason.sources)


def _items(items: Sequence[PlannedItem], on: date) -> Iterator[str]:
    for item in items:
        late = f", {item.days_late} days late" if item.days_late else ""
        by = "since" if item.prompt and item.due < on else "by"  # nobody is late with a prompt
        window = f"{item.window_from} to {item.due}" if item.window_from else f"{by} {item.due}"
        blocked = f", not before {item.not_before}" if item.not_before else ""
        when = f"{window}{late}{blocked}".capitalize()
        yield from wrapped(f"{item.status:<8} {item.rule}  {when}. {item.text}", "  ", 17)
        yield from _behind(item.because, item.sources)


def _behind(facts: Sequence[str], sources: Sequence[SourceUse]) -> Iterator[str]:
    if facts:
        yield from wrapped("Facts: " + "; ".join(facts), " " * 19, 7)
    yield from wrapped("Source: " + ", ".join(f"{use.key} ({use.status})" for use in sources), " " * 19, 8)


def _risk(plan: Plan) -> Iterator[str]:
    risk = plan.pml
    if risk.per_1000 is None:
        yield from wrapped(f"Cannot say, because: {risk.why_not}.", "  ", 0)
    else:
        yield from wrapped(risk.words, "  ", 0)
        signed = f" {risk.signed_off.words.capitalize()}." if risk.signed_off else ""
        yield from wrapped(f"{risk.stratum}. Status of the figure: {risk.status}.{signed}", "  ", 0)
        if risk.note:
            yield from wrapped(f"About this figure: {risk.note}", "  ", 0)
    doses = "unknown" if risk.infusions is None else risk.infusions
    if risk.exposure_month is not None:
        yield f"  Exposure month {risk.exposure_month}; doses given: {doses}."
    for other in risk.alternatives:
        interval = other["interval"]
        span = f" ({interval[0]:g} to {interval[1]:g})" if interval else ""
        figure = f"{other['per_1000']:g}{span}"
        yield from wrapped(f"{figure:<20} {other['model']}: {other['stratum']} [{other['status']}]", "  other: ", 21)


def _notes(plan: Plan) -> Iterator[str]:
    for note in plan.notes:
        if plan.pml.words not in note.text:  # the risk has its own block
            yield from wrapped(f"{note.rule}  {note.text}", "  ", 8)


def _sources(plan: Plan) -> Iterator[str]:
    used = [reason.sources for reason in plan.reasons] + [item.sources for item in plan.items]
    used += [note.sources for note in plan.notes]
    keys = dict.fromkeys(use.key for sources in used for use in sources)
    for key in keys:
        yield from wrapped(f"{key}: {source(key).citation}", "  ", 2)
