"""``natalizumab dose``: one record in, the interval that suits that person out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from natalizumab.commands.assay_factors import assay_factor_option
from natalizumab.commands.dates import day
from natalizumab.commands.language import language_option
from natalizumab.commands.plotting import plot_option, write_chart

if TYPE_CHECKING:
    from pathlib import Path

    from natalizumab.care import Protocol
    from natalizumab.pharmacology.individualised import Individual
    from natalizumab.pharmacology.interval import Advice


@click.command(
    epilog="Example: natalizumab dose examples/six-weekly.json --on 2026-11-02 --target 5",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("record", metavar="RECORD.json")
@language_option
@click.option("--on", "on_text", metavar="DATE", help="The date asked about, YYYY-MM-DD. Default: today.")
@click.option(
    "--protocol", "protocol_name", default="eu", show_default=True, metavar="eu|uk|us|FILE", help="Whose limits."
)
@click.option("--target", type=float, help="Trough to be kept, mg/L: 2 (default), 5 or 10 were studied.")
@click.option("--probability", type=float, help="With which probability, above 0 and below 1. Default: 0.9.")
@click.option("--f", "share", type=float, help="Share of a subcutaneous dose that arrives. Default: the label's.")
@assay_factor_option
@click.option("--json", "as_json", is_flag=True, help="Print unrounded numbers as JSON.")
@plot_option
def command(
    record: str,
    on_text: str | None,
    protocol_name: str,
    target: float | None,
    probability: float | None,
    share: float | None,
    assay_factors: dict[str, float],
    as_json: bool,
    plot: Path | None,
) -> None:
    """Which interval keeps enough drug in this person, from doses, weight, measured levels and antibody tests.

    RECORD.json is one person's record; "-" reads it from standard input. For 4 to 12 weeks: the trough of the interval
    kept up and of the next dose only, and the probability of staying at or above the target. The advice is the longest
    likely interval, capped by what label and trials support. None is advised where the plan stops natalizumab, or holds
    it because of PML, an infection, age or a contraindication; any other hold is said beside the advice. Whether a dose
    may be given is for "natalizumab plan".
    """
    # Threads of the linear algebra would only wait for each other: its matrices are small. This counts before NumPy is
    # loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from natalizumab.care import load_protocol
    from natalizumab.record import read_record

    protocol, read = load_protocol(protocol_name), read_record(record)
    on = day(on_text) if on_text is not None else date.today()

    from natalizumab.commands.first_use import say_if_compiling

    say_if_compiling("march", "weigh", "carry")
    individual, advice = _advised(read.course(on), protocol, target, probability, share, assay_factors)
    if plot:
        _draw(individual, advice, plot)
    if as_json:
        import json

        click.echo(json.dumps(_as_json(individual, advice, protocol), indent=1, ensure_ascii=False))
        return
    from natalizumab.commands.dose_page import page

    said = [] if on_text is not None else ["No date was given: today is taken."]
    ctx = click.get_current_context()
    if ctx.get_parameter_source("protocol_name") is click.core.ParameterSource.DEFAULT:
        said.append("No protocol was given: eu is taken.")
    click.echo(page(individual, advice, protocol, said))


def _advised(
    course: Any,
    protocol: Protocol,
    target: float | None,
    probability: float | None,
    share: float | None,
    assay_factors: dict[str, float],
) -> tuple[Individual, Advice]:
    """The person's own curve, and the advice with what the record says beside it."""
    from natalizumab.care.beside_interval import beside_interval
    from natalizumab.care.case import Case
    from natalizumab.care.dose_today import against_a_dose
    from natalizumab.care.extended import entry_unmet
    from natalizumab.pharmacology.individualised import individualise_course
    from natalizumab.pharmacology.interval import Limits, advise
    from natalizumab.record.level_assays import factors_for

    factors = factors_for(course, assay_factors, protocol.assay_factors)
    individual, case = individualise_course(course, factors, share), Case(course, protocol)
    against = against_a_dose(case)
    return individual, advise(
        individual,
        Limits.of_protocol(protocol["interval_weeks"], protocol["extended_interval_weeks"]),
        target=target,
        probability=probability,
        no_dose=against.never,
        trial_entry_unmet=entry_unmet(case, protocol),
        beside=(*against.today, *beside_interval(case, protocol)),
    )


def _draw(individual: Individual, advice: Advice, path: Path) -> None:
    from natalizumab.pharmacology.charts import band_chart, interval_chart, stacked

    write_chart(stacked(interval_chart(advice), band_chart(individual, target=advice.target)), path)
    click.echo(f"The chart is in {path}", err=True)


def _as_json(individual: Individual, advice: Advice, protocol: Protocol) -> dict[str, Any]:
    from dataclasses import asdict

    from natalizumab.pharmacology.provenance import by_status, keys_behind_advice, status_of

    known, patient = individual.relied_on, individual.patient
    keys = keys_behind_advice(patient, advice.target, advice.probability)
    return {
        "person": individual.course.person.id,
        "on": individual.on.isoformat(),
        "protocol": {"name": protocol.name, "version": protocol.version},
        "target": advice.target,
        "probability": advice.probability,
        "posterior": {
            "weight_kg": patient.weight_kg,
            "levels": len(known.levels),
            "levels_to_check": len(individual.unlikely),
            "antibody_tests": len(patient.antibody_results),
            "antibodies": individual.of_antibodies.antibodies,
            "antibodies_now": advice.antibodies,
            **{name: asdict(known.summary(name)) for name in ("cl", "vp", "vmax")},
        },
        "intervals": [
            {
                "weeks": one.weeks,
                "standing": one.standing,
                "trough": asdict(one.trough),
                "next_trough": asdict(one.next_trough),
                "probability_at_target": one.probability_at_target,
                "probability_sustained": one.probability_sustained,
                "probability_next": one.probability_next,
                "probability_from_today": one.probability_from_today,
            }
            for one in advice.intervals
        ],
        "advice": {
            "weeks": advice.weeks,
            "text": " ".join(_sentences(advice)),
            "longest_by_concentration": advice.longest,
            "beside": list(advice.beside),
        },
        "warnings": list(individual.warnings),
        "status": status_of(keys),
        "evidence": by_status(keys),
    }


def _sentences(advice: Advice) -> Sequence[str]:
    """The advice with what must not be overlooked beside it: whoever reads only the text reads that too."""
    return (advice.text, *advice.beside)
