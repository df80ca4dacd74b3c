"""What the commands that run a clinic share: where its settings are, and what to say where its parts are missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

settings_option = click.option(
    "--settings",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The settings of the installation. Default: NATALIZUMAB_SETTINGS, else natalizumab.env in this folder.",
)


def needs_clinic(function: Function) -> Callable[..., Any]:
    """Say plainly what to install where Django and its companions are missing."""

    @wraps(function)
    def run(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except ModuleNotFoundError as missing:
            if (missing.name or "").startswith("natalizumab"):
                raise
            raise click.ClickException(
                f"{missing.name} is not installed; try: pip install 'natalizumab[clinic]'"
            ) from None

    return run


def backups_folder(given: Path | None) -> Path:
    """Where backups lie: as said, else as the settings say."""
    import os

    from natalizumab.errors import Refusal

    folder = given or (Path(os.environ["NATALIZUMAB_BACKUPS"]) if os.environ.get("NATALIZUMAB_BACKUPS") else None)
    if folder is None:
        raise Refusal("say where backups lie: --to FOLDER, or NATALIZUMAB_BACKUPS in the settings")
    return folder
