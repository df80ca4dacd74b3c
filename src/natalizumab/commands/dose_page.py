"""A person's intervals as a calm page for the terminal: the advice first, then the table, and what is doubtful."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from natalizumab.commands.language import cell, say
from natalizumab.commands.layout import block
from natalizumab.pharmacology.interval import STANDING_WORDS, Advice, Interval, Trough
from natalizumab.pharmacology.interval_words import short_percent, short_reached

if TYPE_CHECKING:
    from natalizumab.care import Protocol
    from natalizumab.pharmacology.individualised import Individual

WIDTH = 100
_NAMES = {"cl": "clearance", "vp": "peripheral volume", "vmax": "saturable elimination"}


def page(individual: Individual, advice: Advice, protocol: Protocol, said: Sequence[str] = ()) -> str:
    """The whole page. ``said`` are remarks on what was taken for granted."""
    asked = say(f"on {individual.on}. Protocol {protocol.name} {protocol.version}.")
    head = [f"{individual.course.person.id} {asked}", *map(say, said)]
    blocks = [
        "\n".join(head),
        "\n".join(textwrap.wrap(say(advice.text), WIDTH)),
        block("Beside it", _listed(advice.beside)),
        block("The intervals", _table(advice)),
        block("What is known of this person", _known(individual, advice)),
        block("Doubts", _listed(individual.warnings)),
        block("Where the numbers come from", _provenance(individual, advice)),
        say("It advises; a clinician decides. Whether a dose may be given now is for 'natalizumab plan' to say."),
    ]
    return "\n\n".join(block for block in blocks if block)


def _listed(sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from textwrap.wrap(say(sentence), WIDTH, initial_indent="  - ", subsequent_indent="    ")


def _table(advice: Advice) -> Iterator[str]:
    aim = say(f"at {advice.target:g} mg/L or more")
    spread = say("median (5–95 %)")
    yield f"  {'':7}{cell('trough if kept up, mg/L', 26)}{cell('next trough, mg/L', 26)}{aim}"
    yield f"  {cell('weeks', 7)}{spread:<26}{spread:<26}{cell('kept up', 10)}{cell('next', 10)}"
    for one in advice.intervals:
        mark = "*" if one.weeks == advice.weeks else " "
        yield f"{mark} {_row(one)}".rstrip()
    if advice.weeks is not None:
        yield f"  * {say('advised')}"


def _row(one: Interval) -> str:
    chances = f"{short_reached(one.probability_sustained):<10}{short_reached(one.probability_next):<10}"
    standing = say(STANDING_WORDS[one.standing])
    return f"{one.weeks:<7}{_spread(one.trough):<26}{_spread(one.next_trough):<26}{chances}{standing}"


def _spread(trough: Trough) -> str:
    return f"{_level(trough.p50)} ({_level(trough.p5)}–{_level(trough.p95)})"


def _level(mg_per_l: float) -> str:
    return say("<0.05" if mg_per_l < 0.05 else f"{mg_per_l:.2f}" if mg_per_l < 1 else f"{mg_per_l:.1f}")


def _known(individual: Individual, advice: Advice) -> Iterator[str]:
    patient, known = individual.patient, individual.relied_on
    levels, tests = len(known.levels), len(patient.antibody_results)
    without = f" ({len(individual.unlikely)} to be checked left out)" if individual.unlikely else ""
    counted = [
        f"{levels} level{'' if levels == 1 else 's'}{without}",
        f"{tests} antibody test{'' if tests == 1 else 's'}",
    ]
    doses = len(patient.history.inputs)
    given = [f"{patient.weight_kg:g} kg", f"{doses} dose{'' if doses == 1 else 's'}", *counted]
    yield f"  {', '.join(map(say, given))}"
    kinds = ", ".join(
        f"{say(kind)} {short_percent(share)}" for kind, share in individual.of_antibodies.antibodies.items()
    )
    yield f"  {say('antibodies:')} {kinds}; {say('there today, or soon:')} {short_percent(advice.antibodies)}"
    for name, words in _NAMES.items():
        spread = known.summary(name)  # type: ignore[arg-type]
        band = f"{say(f'{spread.p5:.2f}')}–{say(f'{spread.p95:.2f}')}"
        yield f"  {say(words)}: {say(f'{spread.p50:.2f} times the typical')} ({band})"


def _provenance(individual: Individual, advice: Advice) -> Iterator[str]:
    from natalizumab.evidence import source, value
    from natalizumab.pharmacology.provenance import by_status, keys_behind_advice, weaknesses

    groups = by_status(keys_behind_advice(individual.patient, advice.target, advice.probability))
    citations = "; ".join(source(key).citation for key in value("pk.cl").sources)
    lines = [f"{say('Model:')} {citations}.", say(f"Status: {next(iter(groups))}, the weakest among the inputs.")]
    lines += [f"{say(status)}: {', '.join(names)}" for status, names in groups.items()]
    for line in (*lines, *(f"{say('Known weakness:')} {say(text)}" for text in weaknesses())):
        yield from textwrap.wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
