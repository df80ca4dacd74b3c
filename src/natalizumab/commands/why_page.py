"""Why a rule did or did not fire, as a page for the terminal."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from natalizumab.care.protocol import Protocol
from natalizumab.care.why import Why
from natalizumab.commands.layout import ended, wrapped


def page(answer: Why, person: str, on: str, protocol: Protocol) -> str:
    """The whole page."""
    rule = answer.rule
    lines = [f"{person} on {on}. Protocol {protocol.name} {protocol.version}.", ""]
    lines += wrapped(f"{rule.id}  {ended(rule.title)}", "", 8)
    if rule.function.__doc__:
        lines += wrapped(" ".join(rule.function.__doc__.split()), "        ", 0)
    lines += ["", *_said(answer, protocol)]
    if answer.looked:
        lines += ["", click.style("What it looked at, in order", bold=True)]
        for looked in answer.looked:
            lines += wrapped(f"{looked.what}: {looked.saw}", "  ", 4)
    cited = ", ".join(f"{one.key} ({one.status})" for one in rule.source)
    lines += ["", *wrapped(f"Source: {cited}. 'natalizumab evidence' explains each.", "", 8)]
    return "\n".join(lines)


def _said(answer: Why, protocol: Protocol) -> list[str]:
    if not answer.applies:
        places = ", ".join(answer.rule.applies)
        return [f"It did not fire: it is a rule of {places}, and the protocol asked is {protocol.jurisdiction}'s."]
    if not answer.found:
        return ["It did not fire: with what it looked at, it has nothing to say."]
    lines = [click.style("It fired", bold=True)]
    for finding in answer.found:
        effect = getattr(finding, "effect", None)
        kind = effect.word if effect is not None else getattr(finding, "status", "note")
        lines += wrapped(f"{kind}: {finding.text}", "  ", 4)
        lines += [line for fact in finding.because for line in wrapped(f"Fact: {fact}", "    ", 6)]
    return lines


def as_json(answer: Why, person: str, on: str, protocol: Protocol) -> str:
    """The same as data; findings are as in the plan, each under its own head."""
    rule = answer.rule
    plain = {
        "person": person,
        "on": on,
        "protocol": {"name": protocol.name, "version": protocol.version},
        "rule": {"id": rule.id, "title": rule.title, "applies": list(rule.applies)},
        "applies": answer.applies,
        "fired": bool(answer.found),
        "found": [finding.to_dict() for finding in answer.found],
        "looked": [asdict(looked) for looked in answer.looked],
        "sources": [{"key": one.key, "status": one.status} for one in rule.source],
    }
    return json.dumps(plain, indent=1, ensure_ascii=False)
