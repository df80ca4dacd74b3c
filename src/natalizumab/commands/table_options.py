"""How event tables are to be read, where they do not say it themselves: the arguments of ``read_event_table``."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

OPTIONS = {
    "time_unit": click.option(
        "--time-unit",
        type=click.Choice(["day", "h"]),
        help="Of event tables: what TIME, II and RATE count. Default: day.",
    ),
    "infusion_minutes": click.option(
        "--infusion-minutes", type=float, help="Of event tables: how long infusions last that do not say it."
    ),
    "weight_kg": click.option("--weight-kg", type=float, help="Of event tables: the weight of people without any."),
    "depot": click.option("--depot", type=int, help="Of event tables: the CMT of doses under the skin. Default: 1."),
    "central": click.option(
        "--central", type=int, help="Of event tables: the CMT of infusions and levels. Default: 2."
    ),
}


def table_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options: its function gets those that were given as ``tables``."""

    @wraps(command)
    def with_tables(**asked: Any) -> Any:
        given = {name: asked.pop(name) for name in OPTIONS}
        return command(**asked, tables={name: one for name, one in given.items() if one is not None})

    for option in reversed(OPTIONS.values()):
        with_tables = option(with_tables)
    return with_tables
