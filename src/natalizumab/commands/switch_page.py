"""The answer of ``natalizumab switch`` as a calm page for the terminal: the dates first, then what to do, then why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from natalizumab.care.coming_in import ComingIn, Washout
from natalizumab.care.leaving import Leaving, Side
from natalizumab.care.leaving_steps import Step
from natalizumab.care.switching import Switch
from natalizumab.care.waiting import span
from natalizumab.commands.layout import block
from natalizumab.evidence import Value, source
from natalizumab.record.dates import add_months

WIDTH = 96
RANGE = 2
"""A list of two numbers is a range; a longer one is a series."""
_UNITS = {"1": "", "1/year": " per year", "%": " %"}


def page(answer: Switch, said: Sequence[str] = ()) -> str:
    """The whole page. ``said`` are remarks on what was taken for granted."""
    body = answer.answer
    blocks = _leaving(answer, body) if isinstance(body, Leaving) else _coming_in(answer, body)
    made = answer.plan
    where = f"{answer.direction} to {answer.target.name}" if isinstance(body, Leaving) else answer.direction
    head = [
        f"{made.person} on {made.on}, {made.state}: {where}. Protocol {made.protocol.name} {made.protocol.version}.",
        *said,
    ]
    foot = "It advises; a clinician decides. Whether a dose may be given is for 'natalizumab plan' to say."
    return "\n\n".join(block for block in ("\n".join(head), *blocks, foot) if block)


def _leaving(answer: Switch, body: Leaving) -> Iterator[str]:
    yield block(f"When {answer.target.name} starts", _start(body))
    yield block("What holds natalizumab now: settle what of it concerns the next drug", _holds(answer))
    yield block("Without a next drug", _windows(body))
    yield block("To do", (line for step in body.steps for line in _step(step)))
    yield block("Afterwards", _afterwards(body))
    yield block("Mind", (line for text in body.warnings for line in _listed(text)))
    yield block("What is known", (line for found in body.evidence for line in _known(found)))
    values = [*(side.says for side in body.sides), *body.evidence]
    yield block("Sources", _sources(key for found in values for key in found.sources))


def _start(body: Leaving) -> Iterator[str]:
    if body.why_not is not None:
        yield from _wrapped(f"{body.why_not[0].upper()}{body.why_not[1:].rstrip('.')}.")
    if body.latest is not None:
        earliest = f"from {body.earliest} " if body.earliest else "no published earliest day; "
        yield from _wrapped(f"{earliest}{'to' if body.earliest else 'by'} {body.latest}.".capitalize())
    counted = f"the last dose on {body.last_dose}" if body.last_dose else "the stop"
    if body.sides:
        yield f"  Counted from {counted}:"
    for side in body.sides:
        yield from _side(side)


def _side(side: Side) -> Iterator[str]:
    window = f"{side.earliest} to {side.latest}" if side.earliest else f"by {side.latest}"
    about = f"{span(side.says)}. {side.says.about} [{side.says.status}: {', '.join(side.says.sources)}]"
    yield from _wrapped(f"{window:<26}{about}", 4, 26)


def _holds(answer: Switch) -> Iterator[str]:
    for reason in answer.holds:
        yield from _wrapped(f"{reason.effect.word:<6}{reason.rule}  {reason.text}", 2, 14)


def _windows(body: Leaving) -> Iterator[str]:
    if body.amber is None or body.red is None:
        return
    reached = {None: "another drug has followed", "none": "not yet", "amber": "amber now", "red": "red now"}[
        body.reached
    ]
    yield f"  Amber from {body.amber}, red from {body.red} (our windows): {reached}."


def _step(step: Step) -> Iterator[str]:
    mark = "done" if step.done else "ask" if step.consider else "to do"
    window = f"{step.window_from} to {step.due}" if step.window_from and step.due else f"by {step.due or 'the switch'}"
    told = f"On {step.done.day}: {step.text}" if step.done else f"{window.capitalize()}. {step.text}"
    yield from _wrapped(f"{mark:<6}{told} [{step.status}]", 2, 6)


def _afterwards(body: Leaving) -> Iterator[str]:
    if body.watch_until is not None:
        text = f"Watch for symptoms of PML until {body.watch_until}; the alert card stays with the person."
        yield from _wrapped(text)
    near, far = body.scan_months
    ends = f" until {add_months(body.switch_on, body.scans_until_months)}" if body.switch_on else ""
    first = ""
    if body.switch_on:
        first = f"; the first {add_months(body.switch_on, near)} to {add_months(body.switch_on, far)}"
    text = f"MRI every {near} to {far} months for {body.scans_until_months} months after the switch{ends}{first}."
    yield from _wrapped(text)


def _known(found: Value) -> Iterator[str]:
    numbers = found.value if isinstance(found.value, list) else [found.value]
    spread = f" ({found.interval[0]:g} to {found.interval[1]:g})" if found.interval else ""
    unit = _UNITS.get(found.unit, f" {found.unit}s")
    between = " to " if len(numbers) == RANGE else ", "
    amount = f"{between.join(f'{n:g}' for n in numbers)}{unit}{spread}"
    about = f"{found.about} [{found.status}: {', '.join(found.sources)}]"
    yield from _wrapped(f"{amount:<22}{about}", 2, 22)


def _coming_in(answer: Switch, body: ComingIn) -> Iterator[str]:
    when = f"No waiting time holds after {body.not_before}." if body.not_before else "No waiting time holds a dose."
    what = "A restart." if body.restart else "A first dose."
    decision = f"On {answer.plan.on} the plan says: {answer.plan.decision.upper()}."
    yield "\n".join(_wrapped(f"{what} {when} {decision}"))
    yield block("Earlier drugs", (line for washout in body.washouts for line in _washout(washout)))
    yield block("Missing", _missing(body))
    yield block("What else stands in the way", _others(body))
    yield block("Prior immunosuppressants", _prior(body))
    yield block("Sources", _sources(u.key for w in body.washouts for r in w.reasons for u in r.sources))


def _washout(washout: Washout) -> Iterator[str]:
    until = f"until {washout.until}" if washout.until else "no last day on record"
    by = f", its far end {washout.by}" if washout.by and washout.by != washout.until else ""
    wait = f"{span(washout.wait)}{by} [{washout.wait.status}]" if washout.wait else "no agreed waiting time"
    yield from _wrapped(f"{washout.found.name}, {until}: {wait}.{'' if washout.open else ' Nothing is open.'}")
    for reason in washout.reasons:
        yield from _wrapped(f"{reason.effect.word:<9}{reason.rule}  {reason.text}", 4, 17)


def _missing(body: ComingIn) -> Iterator[str]:
    for item in body.missing:
        yield from _wrapped(f"{item.status:<9}{item.rule}  By {item.due}. {item.text}", 2, 17)


def _others(body: ComingIn) -> Iterator[str]:
    for reason in body.others:
        order = f" (order: {reason.order})" if reason.order else ""
        yield from _wrapped(f"{reason.effect.word:<9}{reason.rule}  {reason.text}{order}", 2, 17)


def _prior(body: ComingIn) -> Iterator[str]:
    words = {"counts": "counts, for ever", "undefined": "no table says; treated as counting until a clinician decides"}
    for found in body.prior:
        unreliable = "; the JC virus index can't be trusted" if found.term.attributes.get("index_unreliable") else ""
        counts = words[str(found.term.attributes["prior_immunosuppressant"])]
        yield from _wrapped(f"{found.name} ({found.event.day}): {counts}{unreliable}.")


def _sources(keys: Iterable[str]) -> Iterator[str]:
    for key in dict.fromkeys(keys):
        yield from _wrapped(f"{key}: {source(key).citation}", 2, 2)


def _listed(text: str) -> list[str]:
    return _wrapped(f"- {text}", 2, 2)


def _wrapped(text: str, margin: int = 2, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * margin, subsequent_indent=" " * (margin + hang), break_on_hyphens=False
    )
