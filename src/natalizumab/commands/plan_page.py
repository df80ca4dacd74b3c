"""The plan as a calm page for the terminal: the answer first, then why, what is due, the risk, and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
_COLOURS = {"allow": "green", "confirm": "yellow", "hold": "red", "stop": "red"}


def page(plan: Plan, said: Sequence[str] = ()) -> str:
    """The whole page. ``said`` are remarks on what was taken for granted."""
    blocks = [
        _head(plan, said),
        block("Why", _reasons(plan.reasons)),
        block("What is due", _items([i for i in plan.items if not i.prompt])),
        block("Prompts", _items([i for i in plan.items if i.prompt])),
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
        f"{answer}  {_ANSWERS[plan.decision]}",
    ]
    dose = plan.next_dose
    if dose.due:
        lines.append(f"Next dose due {dose.due}; not before {dose.earliest}; after {dose.latest} it is a restart.")
    else:
        lines.append("No next dose date: " + ("stopped." if plan.state == "stopped" else "none given yet."))
    return "\n".join(lines)


def _reasons(reasons: Sequence[PlannedReason]) -> Iterator[str]:
    for reason in reasons:
        order = f" (order: {reason.order})" if reason.order else ""
        yield from wrapped(f"{reason.effect.word:<8} {reason.rule}  {reason.text}{order}", "  ", 17)
        yield from _behind(reason.because, reason.sources)


def _items(items: Sequence[PlannedItem]) -> Iterator[str]:
    for item in items:
        late = f", {item.days_late} days late" if item.days_late else ""
        window = f"{item.window_from} to {item.due}" if item.window_from else f"by {item.due}"
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
