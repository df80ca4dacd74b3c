"""``natalizumab evaluate``: a clinic's own levels against the model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from natalizumab.commands.assay_factors import assay_factor_option
from natalizumab.commands.dates import day
from natalizumab.commands.plotting import plot_option, write_chart
from natalizumab.commands.progress import progress_bar
from natalizumab.commands.table_options import table_options

LONG_WORK = 10
"""People whose comparison takes long enough to show progress."""


@click.command(
    epilog="Example: natalizumab evaluate examples/levels --on 2026-11-02",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("folder", metavar="FOLDER")
@click.option("--on", "on_text", metavar="DATE", help="What happened later is left out, YYYY-MM-DD. Default: today.")
@click.option("--f", "share", type=float, help="Share of a subcutaneous dose that arrives. Default: the label's.")
@assay_factor_option
@click.option("--protocol", "protocol_name", metavar="FILE", help="A clinic's own protocol: its factors count, too.")
@table_options
@click.option("--json", "as_json", is_flag=True, help="Print unrounded numbers as JSON, every level too.")
@plot_option
def command(
    folder: str,
    on_text: str | None,
    share: float | None,
    assay_factors: dict[str, float],
    protocol_name: str | None,
    tables: dict[str, Any],
    as_json: bool,
    plot: Path | None,
) -> None:
    """Do a clinic's own drug levels fit the model? The one check to do before its advice is used.

    FOLDER holds records (.json) and event tables (.csv) of people with measured levels. Each level is compared with
    what the model expects from weight and doses alone, and from that person's earlier levels too, by assay and route.
    The verdict: fits, biased (consider the assay factor), does not fit, or too few levels to say. Whatever cannot be
    compared is named. Nothing is written, but for the chart that you ask for.
    """
    on = day(on_text) if on_text is not None else date.today()

    from natalizumab.pharmacology.clinic_levels import clinic_levels
    from natalizumab.pharmacology.evaluation import evaluate
    from natalizumab.record.level_assays import stated_first

    factors = stated_first(assay_factors, _factors_of(protocol_name))
    clinic = clinic_levels(Path(folder), on, factors, tables)
    with progress_bar(len(clinic.people), shown=len(clinic.people) >= LONG_WORK) as progress:
        found = evaluate(clinic.people, bioavailability=share, progress=progress)
    if plot:
        from natalizumab.pharmacology.observed_chart import observed_chart

        write_chart(observed_chart(found), plot)
        click.echo(f"The chart is in {plot}", err=True)
    if as_json:
        from natalizumab.commands.evaluate_json import as_text

        click.echo(as_text(clinic, found, on=on, share=share, assay_factors=factors))
        return
    from natalizumab.commands.evaluate_page import page

    said = [f"Up to {on}." if on_text is not None else f"No date was given: today, {on}, is taken."]
    click.echo(page(clinic, found, share=share, assay_factors=assay_factors, said=said))


def _factors_of(protocol_name: str | None) -> dict[str, float]:
    """Those of the clinic's own protocol."""
    from natalizumab.care import load_protocol

    return load_protocol(protocol_name).assay_factors if protocol_name is not None else {}
