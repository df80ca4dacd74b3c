"""Pieces of HTML: all text is escaped here, and shown only as far as it can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from natalizumab.commands.trial_report.words import seen

Cells = Sequence[str]
Groups = Iterable[tuple[str, Iterable[Cells]]]


def text(words: str) -> str:
    """Somebody's words; a number and its per cent stay together."""
    return escape(seen(words)).replace(" %", "\N{NO-BREAK SPACE}%")


def code(words: str) -> str:
    """What a person or a machine wrote, as it was written."""
    return f"<pre><code>{escape(seen(words))}</code></pre>"


def paragraphs(told: Iterable[str]) -> str:
    """One paragraph for each."""
    return "\n".join(f"<p>{text(one)}</p>" for one in told)


def points(told: Iterable[str]) -> str:
    """A list."""
    items = "\n".join(f"<li>{text(one)}</li>" for one in told)
    return f"<ul>\n{items}\n</ul>"


def terms(told: Iterable[tuple[str, str]]) -> str:
    """Headings with what is said under each."""
    items = "\n".join(f"<div><dt>{text(name)}</dt><dd>{text(content)}</dd></div>" for name, content in told)
    return f"<dl>\n{items}\n</dl>"


def table(caption: str, head: Cells, groups: Groups, *, words: bool = False) -> str:
    """A table whose rows lie under a heading for each group, or under none where it is empty; the first cell of a row
    heads it. ``words``: the other columns hold no numbers.
    """
    names = "".join(f'<th scope="col">{text(name)}</th>' for name in head)
    bodies = "\n".join(_body(name, rows, len(head)) for name, rows in groups)
    kind = ' class="words"' if words else ""
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(caption)}">\n<table{kind}>\n'
        f"<caption>{text(caption)}</caption>\n<thead><tr>{names}</tr></thead>\n{bodies}\n</table>\n</div>"
    )


def _body(name: str, rows: Iterable[Cells], columns: int) -> str:
    heading = f'<tr><th scope="rowgroup" colspan="{columns}">{text(name)}</th></tr>\n' if name else ""
    kind = ' class="group"' if name else ""
    return f"<tbody{kind}>\n{heading}" + "\n".join(map(_row, rows)) + "\n</tbody>"


def _row(cells: Cells) -> str:
    first, *rest = map(text, cells)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
