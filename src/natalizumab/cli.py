"""The command ``natalizumab``. Each subcommand lives in ``commands/`` and is imported only when it is called."""

from __future__ import annotations

import os
import sys
from errno import EIO, ENOSPC
from importlib import import_module

import click

from natalizumab import __version__
from natalizumab.errors import Refusal

COMMANDS = {
    "plan": "Say whether a dose may be given, what is due, and why.",
    "switch": "Say when and how to leave natalizumab, or to come to it.",
    "letter": "Write a letter: to the GP, to the person, a talk, a report.",
    "dose": "Say which interval keeps enough drug in one person.",
    "evaluate": "Say whether a clinic's own drug levels fit the model.",
    "calibrate": "Fit the exploratory disease model, or check it.",
    "validate": "Hold the model against what was published.",
    "simulate": "Concentrations and saturation for a regimen.",
    "trial": "Compare ways to give natalizumab in virtual people.",
    "protocol": "Show a protocol's numbers; check a clinic's own.",
    "evidence": "List and explain the numbers, with their sources.",
    "schema": "Print the JSON Schema of the record.",
    "tick": "Keep a clinic's worklist true while days pass.",
    "demo": "Serve an invented clinic on this machine.",
    "init": "Make an installation for a clinic.",
    "serve": "Serve a clinic.",
    "check": "Say whether an installation is safe to serve.",
    "migrate": "Bring a clinic's database to this version.",
    "backup": "Write a backup while everybody works.",
    "restore": "Put a backup in the database's place.",
    "move-to-postgresql": "Move a clinic from SQLite to PostgreSQL.",
    "audit": "Prove that nothing was changed; seal the day.",
    "erase": "Erase what somebody has a right to have erased.",
    "remind": "Send the reminders of what is due.",
}


class LazyGroup(click.Group):
    """Knows its commands by name; loads ``natalizumab.commands.NAME`` and its ``command`` on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"natalizumab.commands.{cmd_name.replace('-', '_')}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="natalizumab")
def cli() -> None:
    """A treatment system for people with MS on natalizumab. It advises; a clinician decides.

    Example: natalizumab plan examples/stable.json --on 2026-11-02
    """


def main() -> None:
    """Run the command; a refusal is one line on standard error and exit status 1."""
    # NumPy's products of small matrices are not worth a second thread, which would only keep a core from other work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        cli()
    except Refusal as refusal:
        click.echo(f"natalizumab: {refusal}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        raise  # click ends quietly when nobody reads on
    except OSError as error:
        if error.errno not in (ENOSPC, EIO):
            raise
        click.echo(f"natalizumab: the output could not be written ({error.strerror})", err=True)
        sys.exit(1)
