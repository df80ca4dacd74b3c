"""``natalizumab simulate``: concentrations and saturation in the last interval of a regimen."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Literal

import click

from natalizumab.commands.first_use import say_if_compiling
from natalizumab.commands.plotting import plot_option, write_chart
from natalizumab.commands.progress import progress_bar

if TYPE_CHECKING:
    from pathlib import Path

    from natalizumab.pharmacology import Outcome, Regimen, Summary
    from natalizumab.pharmacology.simulated import Simulation

LONG_WORK = 200_000
"""People times doses from which a simulation takes long enough to show progress."""

LONG_PICTURE = 10_000_000
"""People times moments from which drawing them takes long enough to show progress."""

WIDTH = 100


@click.command(
    epilog="Example: natalizumab simulate --route iv --interval 6 --doses 13 --people 1000 --seed 1",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--route", type=click.Choice(["iv", "sc"]), required=True, help="Into a vein, or under the skin.")
@click.option("--interval", "weeks", type=float, required=True, help="Weeks between two doses, 1 to 52.")
@click.option("--doses", type=int, required=True, help="How many doses, 1 to 500.")
@click.option("--weight", type=float, help="Body weight in kg. One person's default is the model's reference weight.")
@click.option("--people", type=int, default=1, show_default=True, help="1: the typical person. More: invented people.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed invents the same people.")
@click.option(
    "--ada",
    type=click.Choice(["none", "persistent"]),
    default="none",
    help="Anti-drug antibodies: persistent ones from the first dose on.",
)
@click.option("--f", "share", type=float, help="Share of a subcutaneous dose that arrives. Default: the label's.")
@click.option("--json", "as_json", is_flag=True, help="Print unrounded numbers as JSON.")
@plot_option
def command(
    route: Literal["iv", "sc"],
    weeks: float,
    doses: int,
    weight: float | None,
    people: int,
    seed: int,
    ada: Literal["none", "persistent"],
    share: float | None,
    as_json: bool,
    plot: Path | None,
) -> None:
    """Concentrations (mg/L) and integrin saturation (0-1) in the last interval of a regimen of the usual dose.

    The trough is taken one interval after the last dose; the peak is the highest concentration from that dose to then.
    One person is the typical one. A population without --weight has weights of its own.
    SD divides by the number of people; percentiles interpolate between neighbours.
    """
    from natalizumab.evidence import value
    from natalizumab.pharmacology import Regimen, simulate_population, typical
    from natalizumab.pharmacology.parameters import check_bioavailability
    from natalizumab.pharmacology.population import check_seed, draw
    from natalizumab.pharmacology.provenance import keys_behind
    from natalizumab.pharmacology.simulated import simulate
    from natalizumab.pharmacology.solver import IN_STEP_FROM

    check_seed(seed)
    regimen = Regimen(route, weeks, doses)
    factor = float(value("ada.clearance_factor").value) if ada == "persistent" else 1.0
    invented = typical(_or_reference(weight)) if people == 1 else draw(people, seed, weight)
    check_bioavailability(share)
    say_if_compiling("march", *(("lockstep",) if people >= IN_STEP_FROM else ()))
    if people == 1:
        outcome = simulate_population(regimen, invented, factor, share)
    else:
        with progress_bar(people, shown=people * doses >= LONG_WORK) as progress:
            outcome = simulate_population(regimen, invented, factor, share, progress)
    if plot:
        _draw(simulate(regimen, people, seed=seed, weight_kg=weight, ada=ada, bioavailability=share), plot)
    if as_json:
        _print_json(outcome)
    else:
        heading = (_regimen_line(regimen, share), _people_line(weight, people, seed), _antibody_line(ada))
        keys = keys_behind(
            regimen,
            population=people > 1,
            drawn_weights=people > 1 and weight is None,
            antibodies=ada == "persistent",
            own_share=share is not None,
        )
        click.echo("\n".join([*heading, "", *_table(outcome), "", *_provenance(keys)]))


def _or_reference(weight: float | None) -> float:
    from natalizumab.pharmacology.parameters import published

    return published().reference_weight_kg if weight is None else weight


def _draw(simulation: Simulation, path: Path) -> None:
    """Write the picture, and say so where it does not mix with the numbers."""
    total = len(simulation.times)
    with progress_bar(total, shown=len(simulation.people) * total >= LONG_PICTURE, what="picture") as progress:
        simulation.table(progress=progress)
    write_chart(simulation.chart(), path)
    click.echo(f"The chart is in {path}", err=True)


def _print_json(outcome: Outcome) -> None:
    import json
    from dataclasses import asdict

    from natalizumab.pharmacology.simulated import summaries

    click.echo(json.dumps({name: asdict(found) for name, found in summaries(outcome).items()}, indent=1))


def _table(outcome: Outcome) -> list[str]:
    """Rows for a reader: a single value for one person, the spread for many; rounded."""
    from natalizumab.pharmacology.simulated import summaries

    found = summaries(outcome)
    rows = [
        ("trough, mg/L", found["trough"], ".1f"),
        ("highest, mg/L", found["cmax"], ".1f"),
        ("saturation at trough", found["saturation_at_trough"], ".0%"),
    ]
    if len(outcome.trough) == 1:
        return ["Last interval", *(f"  {name:<22}{summary.mean:>8{form}}" for name, summary, form in rows)]
    columns = "".join(f"{title:>8}" for title in ("mean", "SD", "5 %", "50 %", "95 %"))
    return [
        f"{'Last interval':<24}{columns}   share of people at or above",
        *(_row(name, summary, form) for name, summary, form in rows),
    ]


def _row(name: str, summary: Summary, form: str) -> str:
    numbers = "".join(f"{x:>8{form}}" for x in (summary.mean, summary.sd, summary.p5, summary.p50, summary.p95))
    steps = (
        f"{float(at):{'.0%' if '%' in form else 'g'}}: {share:.1%}" for at, share in summary.share_at_least.items()
    )
    return f"  {name:<22}{numbers}   {', '.join(steps)}"


def _regimen_line(regimen: Regimen, share: float | None) -> str:
    from natalizumab.evidence import value

    dose = value("dosing.dose")
    times = "1 dose" if regimen.doses == 1 else f"{regimen.doses} doses"
    line = f"Natalizumab {dose.value:g} {dose.unit} {regimen.route}, every {regimen.interval_weeks:g} weeks, {times}"
    if regimen.route == "sc":
        used, alternative = value("pk.sc_bioavailability"), value("pk.sc_bioavailability_alternative")
        said = (
            f"F {used.value:g} (label; one cohort suggests {alternative.value:.2f})"
            if share is None
            else f"F {share:g}"
        )
        return f"{line}, {said}"
    return line if share is None else f"{line} (F has no part in an intravenous dose)"


def _people_line(weight: float | None, people: int, seed: int) -> str:
    from natalizumab.evidence import value
    from natalizumab.pharmacology.provenance import WEIGHTS

    if people == 1:
        named = f"of {_or_reference(weight):g} kg" + ("" if weight is not None else ", the model's reference weight")
        return f"The typical person {named}"
    mean, sd, lightest, heaviest = (value(key).value for key in WEIGHTS)
    weights = f"{mean:g} ± {sd:g} kg within {lightest:g}–{heaviest:g} kg" if weight is None else f"{weight:g} kg"
    return f"{people:,} invented people, {weights}, seed {seed}"


def _antibody_line(ada: str) -> str:
    from natalizumab.evidence import value

    if ada == "none":
        return "No anti-drug antibodies"
    factor, other = value("ada.clearance_factor"), value("ada.clearance_factor_alternative")
    return f"Persistent anti-drug antibodies from the start: clearance × {factor.value:g} (US label: × {other.value:g})"


def _provenance(keys: tuple[str, ...]) -> list[str]:
    from natalizumab.evidence import source, value
    from natalizumab.pharmacology.provenance import by_status, weaknesses

    model = [source(key).citation for key in value("pk.cl").sources]
    groups = by_status(keys)
    return [
        *_wrapped("Model: ", f"{'; '.join(model)}. Its numbers are {value('pk.cl').status}."),
        *_wrapped("Status: ", f"{next(iter(groups))}, the weakest among the inputs."),
        *(line for status, names in groups.items() for line in _wrapped(f"  {status}: ", ", ".join(names))),
        "Known weaknesses:",
        *(line for text in weaknesses() for line in _wrapped("  - ", text)),
        "'natalizumab evidence pk' explains each number.",
    ]


def _wrapped(label: str, text: str) -> list[str]:
    return textwrap.wrap(label + text, width=WIDTH, subsequent_indent="    ", break_on_hyphens=False)
