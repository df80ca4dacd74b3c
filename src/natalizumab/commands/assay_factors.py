"""``--assay-factor NAME=FACTOR``: by how much a laboratory's assay reads higher than the model's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from natalizumab.errors import Refusal

Command = TypeVar("Command", bound=Callable[..., Any])


def assay_factor_option(command: Command) -> Command:
    """Give a command the option, which may be repeated: its function gets ``assay_factors``, a factor by name."""
    return click.option(
        "--assay-factor",
        "assay_factors",
        multiple=True,
        metavar="NAME=FACTOR",
        callback=lambda _context, _option, texts: parsed(texts),
        help="An assay reads so many times as high as the model's; 'unnamed' for levels without one.",
    )(command)


def parsed(texts: tuple[str, ...]) -> dict[str, float]:
    """Factors by name. Raises Refusal for what is not NAME=NUMBER, for no factor, and for a name that comes twice."""
    found: dict[str, float] = {}
    for text in texts:
        name, _, number = text.rpartition("=")
        try:
            factor = float(number)
        except ValueError:
            name = ""
            factor = 0.0
        if not name.strip():
            raise Refusal(f"--assay-factor: {text!r} is not NAME=FACTOR, for example 'US assay=1.3'")
        from natalizumab.pharmacology.levels import check_assay_factor
        from natalizumab.record.level_assays import same_assay

        twin = next((other for other in found if same_assay(name, other)), None)
        if twin is not None:
            raise Refusal(f"--assay-factor: {name.strip()!r} names the same assay as {twin!r}; say it once")
        check_assay_factor(factor)
        found[name.strip()] = factor
    return found
