"""The option ``--language``: a page for the terminal in another language than English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from natalizumab.languages import ENGLISH, LANGUAGES, said

_CHOSEN = "natalizumab.language"


def language_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option; the command itself need not know of it."""
    return click.option(
        "--language",
        type=click.Choice(list(LANGUAGES)),
        default=ENGLISH,
        show_default=True,
        expose_value=False,
        callback=_choose,
        help="The language of the page. JSON and refusals stay English.",
    )(command)


def say(text: str) -> str:
    """A text in the language that was asked for; English where no command is running."""
    context = click.get_current_context(silent=True)
    return said(text, context.meta.get(_CHOSEN, ENGLISH) if context is not None else ENGLISH)


def say_first(text: str) -> str:
    """The same as one begins a sentence with it: a capital first."""
    written = say(text)
    return written[:1].upper() + written[1:]


def cell(text: str, width: int) -> str:
    """A text in a column so wide, with a blank after it however long it is."""
    return f"{say(text):<{width - 1}} "


def _choose(context: click.Context, _: click.Parameter, language: str) -> None:
    context.meta[_CHOSEN] = language
