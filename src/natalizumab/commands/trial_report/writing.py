"""``--report FILE.html|pdf``: what can't be is refused before the work, and a file is written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from natalizumab.commands.writing import check_folder, replace_whole
from natalizumab.errors import ModelError

if TYPE_CHECKING:
    from natalizumab.cohort import Found

Command = TypeVar("Command", bound=Callable[..., Any])

ENDINGS = (".html", ".pdf")


def report_option(command: Command) -> Command:
    """Give a command the option ``--report``: its function gets ``report``, None or the Path for ``write_report``."""
    return click.option(
        "--report",
        type=click.Path(path_type=Path),
        metavar="FILE",
        callback=lambda _context, _option, path: _checked(path),
        help="Also write a report: FILE.html or FILE.pdf.",
    )(command)


def _checked(path: Path | None) -> Path | None:
    if path is not None:
        check_report(path)
    return path


def check_report(path: Path) -> None:
    """Raise ModelError unless a report can be made and written there, as far as can be told beforehand."""
    if path.suffix.lower() not in ENDINGS:
        raise ModelError(f'report: "{path}" must end in .html or .pdf')
    check_folder("report", path)
    from natalizumab.commands.plotting import converter
    from natalizumab.pharmacology.drawing import altair

    altair()
    converter()
    if path.suffix.lower() == ".pdf":
        from natalizumab.commands.trial_report.pdf import weasyprint

        weasyprint()


def write_report(found: Found, file: Path, text: str, path: Path) -> None:
    """Write the report of a trial that ``file`` asked for with ``text``; an older one is replaced whole or not at all.

    Raises ModelError for another ending, a place that cannot be written, or where something is not installed.
    """
    from natalizumab.commands.trial_report.asked import asked
    from natalizumab.commands.trial_report.page import page, painted

    check_report(path)
    request = asked(file, text, path)
    if path.suffix.lower() == ".pdf":
        from natalizumab.commands.trial_report.pdf import pdf

        content = pdf(page(found, request, painted))
    else:
        content = page(found, request).encode()
    replace_whole("report", path, content)
