"""``natalizumab protocol``: what a protocol says, and what a clinic's own file changes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from natalizumab.commands.layout import ended

if TYPE_CHECKING:
    from natalizumab.care import Protocol
    from natalizumab.care.protocol_changes import Changes
    from natalizumab.evidence import Value

WIDTH = 100
HELP = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=HELP)
def command() -> None:
    """Look at protocols: their numbers with sources, and what a clinic's own file changes.

    Example: natalizumab protocol check examples/protocols/st-elsewhere.toml
    """


@command.command(
    epilog="Example: natalizumab protocol check examples/protocols/st-elsewhere.toml", context_settings=HELP
)
@click.argument("file", metavar="FILE.toml")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def check(file: str, as_json: bool) -> None:
    """Explain what a clinic's own protocol changes; refuse what no protocol may say.

    A file extends eu, uk or us, moves numbers within stated bounds ([parameters]), says by how much the laboratory's
    assay reads higher than the model's ([level_assays] with factor and source, see 'natalizumab evaluate') and signs
    off what rests on recalled sources ([[sign_off]] with rule or value, by, on, document). Nothing is written.
    """
    from natalizumab.care import load_protocol
    from natalizumab.care.protocol_changes import changes

    found = changes(load_protocol(file))
    if as_json:
        import json

        click.echo(json.dumps(found.to_dict(), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(_check_page(found)))


@command.command(epilog="Example: natalizumab protocol show uk", context_settings=HELP)
@click.argument("name", metavar="eu|uk|us|FILE")
def show(name: str) -> None:
    """Print every rule, and every number with its status, its sources, and how far a clinic may move it."""
    from natalizumab.care import load_protocol

    click.echo("\n".join(_show_page(load_protocol(name))))


def _check_page(found: Changes) -> Iterator[str]:
    protocol = found.protocol
    yield f"{protocol.name} {protocol.version} of {protocol.date}: {protocol.title}"
    yield f"It extends {protocol.extends}." if protocol.extends else "It is a shipped protocol."
    yield ""
    yield _heading("Numbers that it changes", found.changed)
    for one in found.changed:
        rules = f"; used by {', '.join(one.rules)}" if one.rules else ""
        yield from _wrapped(f"{one.name}: {one.before.value:g} -> {one.now.value:g} {one.now.unit}{rules}")
        yield from _wrapped(f"Shipped: {_where(one.before)}. Yours: {one.now.note}.", 4)
    yield ""
    yield _heading("Assays for the concentration", protocol.level_assays)
    for name, factor in protocol.level_assays.items():
        yield from _wrapped(f"{name}: its levels are divided by {factor.value:g}. Yours: {factor.note}.")
    yield ""
    yield _heading("What it signs off", found.signed)
    for signed in found.signed:
        may = f" It may {signed.effect.word} from now on." if signed.effect is not None else ""
        yield from _wrapped(f"{signed.signature.about} ({signed.title}): {signed.signature.words}.{may}")
    yield ""
    yield _heading("Unverified: local policy needed (these can at most ask for confirmation)", found.unsigned)
    for rule in found.unsigned:
        sources = ", ".join(cited.key for cited in rule.cited(protocol.jurisdiction))
        yield from _wrapped(f"{rule.id}  {ended(rule.title)} Recalled: {sources}.")


def _show_page(protocol: Protocol) -> Iterator[str]:
    from natalizumab.care.protocol import fixed
    from natalizumab.care.protocol_changes import movable

    yield f"{protocol.name} {protocol.version} of {protocol.date}: {protocol.title}"
    yield ""
    yield click.style("Its rules (docs/rules.md explains each, 'natalizumab plan --why' shows one at work)", bold=True)
    yield from _rules(protocol)
    yield ""
    yield click.style("Its numbers", bold=True)
    limits = movable(protocol)
    for name, number in protocol.parameters.items():
        yield ""
        yield f"  {name}: {_shown(number)} {number.unit} [{number.status}]"
        yield from _wrapped(number.about, 4)
        yield from _wrapped(f"Source: {_where(number)}", 4)
        if name in limits:
            yield from _wrapped(f"A clinic may move it from {limits[name][0]:g} to {limits[name][1]:g}.", 4)
        elif name in fixed():
            yield from _wrapped(f"A clinic can't move it: {fixed()[name]}.", 4)


def _rules(protocol: Protocol) -> Iterator[str]:
    from natalizumab.care import RULES

    for rule in RULES:
        if protocol.jurisdiction in rule.applies:
            open_ = rule.unverified(protocol.jurisdiction) and rule.id not in protocol.signed
            yield from _wrapped(f"{rule.id}  {ended(rule.title)}{' Unverified: local policy needed.' if open_ else ''}")


def _heading(title: str, what: Iterable[object]) -> str:
    return click.style(title if any(True for _ in what) else f"{title}: none", bold=True)


def _shown(number: Value) -> str:
    return " to ".join(f"{one:g}" for one in number.value) if isinstance(number.value, list) else f"{number.value:g}"


def _where(number: Value) -> str:
    return f"{', '.join(number.sources)} ({number.status})"


def _wrapped(text: str, margin: int = 2) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * margin, subsequent_indent=" " * (margin + 2))
