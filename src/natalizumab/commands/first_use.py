"""Says that the first use on a machine compiles the solver, so that nobody thinks the command has stopped."""

from __future__ import annotations

import click

NOTICE = "Compiling the solver for this machine, once: about 10 seconds …"
NOTICE_EVERY_TIME = (
    "Compiling the solver for this machine: about 10 seconds. No folder was found to keep it in, so the next run "
    "compiles it again; NATALIZUMAB_CACHE names a folder that this account may write to …"
)


def say_if_compiling(*names: str) -> None:
    """Print one line on standard error, terminal or not, if one of these must be compiled before there is an answer."""
    from natalizumab.pharmacology.machine_code import are_kept, cache_folder

    if not are_kept(*names):
        click.echo(NOTICE if cache_folder() else NOTICE_EVERY_TIME, err=True)
