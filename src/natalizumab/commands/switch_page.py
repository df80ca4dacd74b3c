"""The answer of ``natalizumab switch`` as a calm page for the terminal: the dates first, then what to do, then why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from natalizumab.care.coming_in import ComingIn, Washout
from natalizumab.care.leaving import Leaving, Side
from natalizumab.care.leaving_steps import Step
from natalizumab.care.switching import Switch
from natalizumab.care.waiting import span
from natalizumab.commands.language import cell, say, say_first
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
    where = f"from natalizumab to {answer.target.name}" if isinstance(body, Leaving) else answer.direction
    asked = f"on {made.on}, {made.state}: {where}. Protocol {made.protocol.name} {made.protocol.version}."
    head = [f"{made.person} {say(asked)}", *map(say, said)]
    foot = say("It advises; a clinician decides. Whether a dose may be given is for 'natalizumab plan' to say.")
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
        yield from _wrapped(f"{say_first(body.why_not.rstrip('.'))}.")
    if body.latest is not None:
        if body.earliest:
            yield from _wrapped(say(f"From {body.earliest} to {body.latest}."))
        else:
            yield from _wrapped(say(f"No published earliest day; by {body.latest}."))
    if body.sides:
        counted = f"the last dose on {body.last_dose}" if body.last_dose else "the stop"
        yield f"  {say(f'Counted from {counted}:')}"
    for side in body.sides:
        yield from _side(side)


def _side(side: Side) -> Iterator[str]:
    window = cell(f"{side.earliest} to {side.latest}" if side.earliest else f"by {side.latest}", 26)
    cited = f"[{say(side.says.status)}: {', '.join(side.says.sources)}]"
    about = f"{say(span(side.says))}. {say(side.says.about)} {cited}"
    yield from _wrapped(f"{window}{about}", 4, 26)


def _holds(answer: Switch) -> Iterator[str]:
    for reason in answer.holds:
        yield from _wrapped(f"{cell(reason.effect.word, 6)}{reason.rule}  {say(reason.text)}", 2, 14)


def _windows(body: Leaving) -> Iterator[str]:
    if body.amber is None or body.red is None:
        return
    reached = {None: "another drug has followed", "none": "not yet", "amber": "amber now", "red": "red now"}[
        body.reached
    ]
    yield f"  {say(f'Amber from {body.amber}, red from {body.red} (our windows): {reached}.')}"


def _step(step: Step) -> Iterator[str]:
    mark = "done" if step.done else "ask" if step.consider else "to do"
    window = f"{step.window_from} to {step.due}" if step.window_from and step.due else f"by {step.due or 'the switch'}"
    when = say(f"On {step.done.day}:") if step.done else f"{say_first(window)}."
    yield from _wrapped(f"{cell(mark, 6)}{when} {say(step.text)} [{say(step.status)}]", 2, 6)


def _afterwards(body: Leaving) -> Iterator[str]:
    if body.watch_until is not None:
        text = f"Watch for symptoms of PML until {body.watch_until}; the alert card stays with the person."
        yield from _wrapped(say(text))
    near, far = body.scan_months
    text = f"MRI every {near} to {far} months for {body.scans_until_months} months after the switch"
    if body.switch_on:
        ends = add_months(body.switch_on, body.scans_until_months)
        first, last = add_months(body.switch_on, near), add_months(body.switch_on, far)
        text = f"{text} until {ends}; the first {first} to {last}"
    yield from _wrapped(say(f"{text}."))


def _known(found: Value) -> Iterator[str]:
    numbers = found.value if isinstance(found.value, list) else [found.value]
    spread = f" ({found.interval[0]:g} to {found.interval[1]:g})" if found.interval else ""
    unit = _UNITS.get(found.unit, f" {found.unit}s")
    between = " to " if len(numbers) == RANGE else ", "
    amount = cell(f"{between.join(f'{n:g}' for n in numbers)}{unit}{spread}", 22)
    about = f"{say(found.about)} [{say(found.status)}: {', '.join(found.sources)}]"
    yield from _wrapped(f"{amount}{about}", 2, 22)


def _coming_in(answer: Switch, body: ComingIn) -> Iterator[str]:
    when = f"No waiting time holds after {body.not_before}." if body.not_before else "No waiting time holds a dose."
    what = "A restart." if body.restart else "A first dose."
    decision = f"{say(f'On {answer.plan.on} the plan says:')} {say(answer.plan.decision).upper()}."
    yield "\n".join(_wrapped(f"{say(what)} {say(when)} {decision}"))
    yield block("Earlier drugs", (line for washout in body.washouts for line in _washout(washout)))
    yield block("Missing", _missing(body))
    yield block("What else stands in the way", _others(body))
    yield block("Prior immunosuppressants", _prior(body))
    yield block("Sources", _sources(u.key for w in body.washouts for r in w.reasons for u in r.sources))


def _washout(washout: Washout) -> Iterator[str]:
    until = say(f"until {washout.until}" if washout.until else "no last day on record")
    by = f", {say(f'its far end {washout.by}')}" if washout.by and washout.by != washout.until else ""
    wait = say("no agreed waiting time")
    if washout.wait:
        wait = f"{say(span(washout.wait))}{by} [{say(washout.wait.status)}]"
    nothing = "" if washout.open else f" {say('Nothing is open.')}"
    yield from _wrapped(f"{say(washout.found.name)}, {until}: {wait}.{nothing}")
    for reason in washout.reasons:
        yield from _wrapped(f"{cell(reason.effect.word, 9)}{reason.rule}  {say(reason.text)}", 4, 17)


def _missing(body: ComingIn) -> Iterator[str]:
    for item in body.missing:
        by = say_first(f"by {item.due}")
        yield from _wrapped(f"{cell(item.status, 9)}{item.rule}  {by}. {say(item.text)}", 2, 17)


def _others(body: ComingIn) -> Iterator[str]:
    for reason in body.others:
        order = f" {say(f'(order: {reason.order})')}" if reason.order else ""
        yield from _wrapped(f"{cell(reason.effect.word, 9)}{reason.rule}  {say(reason.text)}{order}", 2, 17)


def _prior(body: ComingIn) -> Iterator[str]:
    words = {"counts": "counts, for ever", "undefined": "no table says; treated as counting until a clinician decides"}
    for found in body.prior:
        unreliable = "; the JC virus index can't be trusted" if found.term.attributes.get("index_unreliable") else ""
        counts = words[str(found.term.attributes["prior_immunosuppressant"])]
        yield from _wrapped(f"{say(found.name)} ({say(str(found.event.day))}): {say(f'{counts}{unreliable}.')}")


def _sources(keys: Iterable[str]) -> Iterator[str]:
    for key in dict.fromkeys(keys):
        yield from _wrapped(f"{key}: {source(key).citation}", 2, 2)


def _listed(text: str) -> list[str]:
    return _wrapped(f"- {say(text)}", 2, 2)


def _wrapped(text: str, margin: int = 2, hang: int = 0) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=" " * margin, subsequent_indent=" " * (margin + hang), break_on_hyphens=False
    )
