"""``--plot FILE.png|svg|html``: a chart as a picture, or as a page that needs nothing else, not even a network."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from natalizumab.commands.writing import check_folder, replace_whole
from natalizumab.errors import ModelError

if TYPE_CHECKING:
    from natalizumab.pharmacology.drawing import Chart

Command = TypeVar("Command", bound=Callable[..., Any])

ENDINGS = (".png", ".svg", ".html")

PIXELS_PER_POINT = 2
"""Sharp on screens of twice the usual density, and in print."""


def plot_option(command: Command) -> Command:
    """Give a command the option ``--plot``: its function gets ``plot``, None or the Path for ``write_chart``."""
    return click.option(
        "--plot",
        type=click.Path(path_type=Path),
        metavar="FILE",
        callback=lambda _context, _option, path: _checked(path),
        help="Also draw it: FILE.png, FILE.svg or FILE.html.",
    )(command)


def _checked(path: Path | None) -> Path | None:
    """A place that can't be is refused before the work begins."""
    if path is not None:
        check_place(path)
    return path


def check_place(path: Path) -> None:
    """Raise ModelError unless a chart can be written there, as far as can be told beforehand."""
    if path.suffix.lower() not in ENDINGS:
        raise ModelError(f'plot: "{path}" must end in .png, .svg or .html')
    check_folder("plot", path)


def write_chart(chart: Chart, path: Path) -> None:
    """Write the chart in the form that the file's ending says; an older file is replaced whole or not at all.

    Raises ModelError for another ending, a place that cannot be written, or where vl-convert is not installed.
    """
    check_place(path)
    replace_whole("plot", path, _drawn(chart, path.suffix.lower()))


def svg(spec: dict[str, Any], description: str) -> str:
    """The specification drawn, described for those who don't see it; nothing is fetched.

    Raises ModelError where vl-convert is not installed.
    """
    drawn: str = converter().vegalite_to_svg(spec, allowed_base_urls=[])
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)


def _drawn(chart: Chart, ending: str) -> bytes:
    if ending == ".html":
        from natalizumab.commands.plot_page import page

        return page(chart).encode()
    if ending == ".svg":
        return svg(chart.painted(), chart.description).encode()
    png: bytes = converter().vegalite_to_png(chart.painted(), scale=PIXELS_PER_POINT, allowed_base_urls=[])
    return png


def converter() -> Any:
    """What draws a specification. Raises ModelError where vl-convert is not installed."""
    from natalizumab.pharmacology.extras import package

    return package("vl_convert", "a picture", "vl-convert-python")
