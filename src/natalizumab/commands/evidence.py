"""``natalizumab evidence``: the numbers behind everything, with their sources."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from natalizumab.errors import Refusal
from natalizumab.evidence import STATUSES

if TYPE_CHECKING:
    from natalizumab.evidence import Value

MEANING = {
    "primary": "seen in the source's own text",
    "secondary": "seen in another party's report of the source",
    "derived": "computed from other values",
    "assumed": "a choice of ours, open to a clinic's own decision",
    "recalled": "seen in no text: until a clinic signs it off, it can at most ask for confirmation",
}

UNITS = {
    "1": "",
    "1/1000": "per 1,000",
    "1/1000/year": "per 1,000 person-years",
    "1/year": "per year",
    "1/day": "per day",
    "%/year": "% per year",
}
"""Units that read better in words; all others are shown as they are."""

WIDEST = 100
"""Lines longer than this are hard to read, however wide the terminal."""


@click.command(epilog="Example: natalizumab evidence trough --status derived")
@click.argument("word", required=False)
@click.option("--status", type=click.Choice(STATUSES), help="Only values of this status.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of the values, with their citations.")
def command(word: str | None, status: str | None, as_json: bool) -> None:
    """List and explain the numbers: value, uncertainty, status, source.

    WORD is the key of one value (pk.cl), or anything to look for in keys, explanations, notes and sources. Without it:
    how many values there are, of which status, in which file.
    """
    found = _found(word, status)
    if as_json:
        _print_json(found)
    elif word is None and status is None:
        click.echo("\n".join(_overview(found)))
    else:
        click.echo("\n".join(_listing(found)))


def _found(word: str | None, status: str | None) -> list[Value]:
    """The value whose key is the word, else all that mention it. Refuses if there is none."""
    from natalizumab.evidence import values

    everything = values()
    named = [v for v in everything if word is None or v.key == word.casefold()]
    found = named or [v for v in everything if word is not None and _mentions(v, word.casefold())]
    kept = [v for v in found if status in (None, v.status)]
    if not kept:
        raise Refusal(_nothing(word, status, bool(found), [v.key for v in everything]))
    return kept


def _mentions(value: Value, word: str) -> bool:
    from natalizumab.evidence import source

    texts = [value.key, value.about, value.note, *value.sources, *(source(key).citation for key in value.sources)]
    return any(word in text.casefold() for text in texts)


def _nothing(word: str | None, status: str | None, other_status: bool, keys: Sequence[str]) -> str:
    """Why nothing is shown, and what could be asked instead."""
    if other_status or word is None:
        mentions = f" mentions {word!r}" if word else ""
        return f"evidence: no {status} value{mentions or ' exists'}"
    near = _near(word.casefold(), keys)
    hint = f"; near it: {', '.join(near)}" if near else ""
    return f"evidence: no value mentions {word!r}{hint}; 'natalizumab evidence' gives an overview"


def _near(word: str, keys: Sequence[str]) -> list[str]:
    """Up to three keys that, whole or in their last word, are spelt much like the word."""
    from difflib import get_close_matches

    by_spelling: dict[str, str] = {}
    for key in keys:
        by_spelling.setdefault(key, key)
        by_spelling.setdefault(key.rpartition(".")[2], key)
    return list(dict.fromkeys(by_spelling[spelling] for spelling in get_close_matches(word, by_spelling, n=3)))


def _overview(found: Sequence[Value]) -> Iterator[str]:
    from natalizumab.evidence import sources

    files = list(dict.fromkeys(v.key.partition(".")[0] for v in found))
    yield f"{len(found)} values in {len(files)} files, from {len(sources())} sources."
    yield ""
    for status in STATUSES:
        count = sum(v.status == status for v in found)
        yield from _wrapped(f"{status:<12}{count:>5}  {MEANING[status]}", indent=19, first=0)
    yield ""
    yield f"{'file':<14}" + "".join(f"{status:>10}" for status in STATUSES)
    for file in files:
        inside = [v.status for v in found if v.key.startswith(f"{file}.")]
        yield f"{file:<14}" + "".join(f"{inside.count(status) or '-':>10}" for status in STATUSES)
    yield ""
    yield "natalizumab evidence pk.cl               one value in full"
    yield "natalizumab evidence trough              every value that mentions a word"
    yield "natalizumab evidence --status recalled   what nobody has checked yet"


def _listing(found: Sequence[Value]) -> Iterator[str]:
    """Each value in full, and then once each source that they cite."""
    for value in found:
        yield from _explained(value, alone=len(found) == 1)
        yield ""
    yield "Sources"
    yield from _citations(found)
    if len(found) > 1:
        yield ""
        yield f"{len(found)} values."


def _explained(value: Value, alone: bool) -> Iterator[str]:
    yield value.key
    meaning = f": {MEANING[value.status]}" if alone else ""
    yield from _wrapped(f"{_amount(value)}, {value.status}{meaning}")
    yield from _wrapped(value.about)
    if value.note:
        yield from _wrapped(f"Note: {value.note}")
    yield from _wrapped(f"Source: {', '.join(value.sources)}")


def _amount(value: Value) -> str:
    """The value with its unit and interval, as a reader would say it."""
    unit = UNITS.get(value.unit, value.unit)
    # A list holds a range or a short series, not one number: its members are shown as they stand.
    members = value.value if isinstance(value.value, list) else [value.value]
    amount = " ".join(filter(None, [", ".join(_number(member) for member in members), unit]))
    if value.interval is None:
        return amount
    low, high = value.interval
    return f"{amount} ({_number(low)} to {_number(high)})"


def _number(number: Any) -> str:
    """As written in the file: no digit is added or lost."""
    return str(number)


def _citations(found: Iterable[Value]) -> Iterator[str]:
    from natalizumab.evidence import source

    for key in dict.fromkeys(key for value in found for key in value.sources):
        cited = source(key)
        where = f" ({cited.where})" if cited.where else ""
        yield from _wrapped(f"{key}: {cited.citation}{where}", indent=4, first=2)


def _wrapped(text: str, indent: int = 2, first: int | None = None) -> list[str]:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    start = " " * (indent if first is None else first)
    return textwrap.wrap(text, width, initial_indent=start, subsequent_indent=" " * indent, break_on_hyphens=False)


def _print_json(found: Sequence[Value]) -> None:
    import json
    from dataclasses import asdict

    from natalizumab.evidence import source

    listed = [{**asdict(value), "sources": [asdict(source(key)) for key in value.sources]} for value in found]
    click.echo(json.dumps(listed, indent=1, ensure_ascii=False))
