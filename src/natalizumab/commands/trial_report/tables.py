"""The tables of a report: what each arm came to, the differences, and the people that were drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields

from natalizumab.cohort import Population, Trial
from natalizumab.commands.evidence import UNITS
from natalizumab.commands.trial_report import html
from natalizumab.commands.trial_report.asked import Asked
from natalizumab.commands.trial_report.lines import Line, by_outcome
from natalizumab.commands.trial_report.words import many, named
from natalizumab.evidence import value

OWN = "the trial's own"
"""The status of a number that the trial's file gives."""

OWN_TOO = ", and numbers of the trial's own"


def arms_table(every: Sequence[Line]) -> str:
    """Each outcome in each arm."""
    head = ("Arm", "Mean", "Monte Carlo error", "Range of the model")
    return html.table("What each arm came to", head, _rows((line for line in every if not line.difference), _arm))


def differences_table(every: Sequence[Line], reference: str) -> str:
    """Each outcome's difference from the first arm."""
    head = ("Arm", "Difference", "Monte Carlo, 95 %", "Monte Carlo error", "Range of the model")
    found = (line for line in every if line.difference)
    return html.table(f"Differences from “{named(reference)}”", head, _rows(found, _difference))


def trade_off_table(every: Sequence[Line], outcomes: Iterable[str], reference: str) -> str:
    """The same for the outcomes of one picture, with what each arm came to, under the name of the outcome."""
    head = ("Arm", "Mean", "Difference", "Monte Carlo, 95 %", "Range of the model")
    wanted = [line for line in every if line.outcome in set(outcomes)]
    groups = []
    for name, lines in by_outcome(wanted):
        means = {line.arm: line for line in lines if not line.difference}
        apart = [line for line in lines if line.difference]
        first = (named(reference), means[reference].number(means[reference].mean), "–", "–", "–")
        groups.append((name, [first, *(_both(means[line.arm], line) for line in apart)]))
    return html.table(f"Benefit against harm, beside “{named(reference)}”", head, groups)


def _rows(found: Iterable[Line], cells: Callable[[Line], html.Cells]) -> Iterator[tuple[str, list[html.Cells]]]:
    for name, lines in by_outcome(list(found)):
        yield name, [cells(line) for line in lines]


def _arm(line: Line) -> html.Cells:
    return named(line.arm), line.number(line.mean), line.told_error, line.span(line.range)


def _difference(line: Line) -> html.Cells:
    difference = line.number(line.mean, signed=True)
    return named(line.arm), difference, _chance(line), line.told_error, _range(line)


def _both(mean: Line, apart: Line) -> html.Cells:
    difference = apart.number(apart.mean, signed=True)
    return named(apart.arm), mean.number(mean.mean), difference, _chance(apart), _range(apart)


def _chance(line: Line) -> str:
    return line.span(line.chance, signed=True)


def _range(line: Line) -> str:
    return line.span(line.range, signed=True)


def population_table(trial: Trial, asked: Asked) -> str:
    """Every number that people are drawn by, with its source and status."""
    base, own = asked.population
    rows = [_number(field.name, getattr(trial.population, field.name), base, own) for field in fields(Population)]
    caption = f"Population “{base}” of the evidence{OWN_TOO if own else ''}"
    return html.table(caption, ("Name", "Number", "What it is", "Status", "Source"), [("", rows)], words=True)


def _number(name: str, number: float, base: str, own: Iterable[str]) -> html.Cells:
    known = value(f"population.{base}.{name}")
    if name in own:
        usual = f"{known.about} The evidence says {known.value:g}."
        return name, _with_unit(number, known.unit), usual, OWN, "the trial's file"
    interval = f" ({known.interval[0]:g} to {known.interval[1]:g})" if known.interval else ""
    return name, _with_unit(number, known.unit) + interval, known.about, known.status, ", ".join(known.sources)


def _with_unit(number: float, unit: str) -> str:
    return many(number, unit) if unit.isalpha() else f"{number:g} {UNITS.get(unit, unit)}".strip()
