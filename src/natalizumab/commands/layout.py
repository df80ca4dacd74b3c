"""What the pages for the terminal are laid out with: titled blocks and wrapped lines."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

import click

from natalizumab.commands.language import say

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 96


def block(title: str, lines: Iterable[str]) -> str:
    """The lines under a bold title; nothing, not even the title, where there are none."""
    body = list(lines)
    return "\n".join([click.style(say(title), bold=True), *body]) if body else ""


def wrapped(text: str, margin: str, hang: int) -> list[str]:
    """The text in lines after the margin; all but the first are indented by ``hang`` more."""
    return textwrap.wrap(text, WIDTH, initial_indent=margin, subsequent_indent=" " * (len(margin) + hang))


def ended(title: str) -> str:
    """A title as a sentence; a question has its end already."""
    return title if title.endswith("?") else f"{title}."


def console(width: int) -> tuple[Console, StringIO]:
    """Rich's console, and what it is written into: the terminal's width and colours where there is one, else plain."""
    from rich.console import Console

    seen, out = sys.stdout.isatty(), StringIO()
    return Console(file=out, width=None if seen else width, force_terminal=seen, highlight=False), out
