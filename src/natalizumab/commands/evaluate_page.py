"""A clinic's levels against the model as a page for the terminal: the verdict, the tables, and who was left out."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from natalizumab.commands.layout import block
from natalizumab.evidence import source, value
from natalizumab.evidence.vocabulary import fold
from natalizumab.pharmacology import assays
from natalizumab.pharmacology.clinic_levels import ClinicLevels
from natalizumab.pharmacology.estimates import factor_words
from natalizumab.pharmacology.evaluation import Evaluation, Group
from natalizumab.pharmacology.measured import keys_behind_levels
from natalizumab.pharmacology.provenance import by_status, weaknesses
from natalizumab.pharmacology.verdict import Answer, Verdict

WIDTH = 100
LONGEST_NAME = 17
LEVELS_SHOWN = 12
NAMES_SHOWN = 6
"""Of people whom one remark concerns; JSON names them all."""

_COLOURS: dict[Answer, str] = {
    "fits": "green",
    "biased": "yellow",
    "does not fit": "red",
    "too few levels to say": "yellow",
}
_READ = """\
Error: measured minus expected, of levels that are not below the limit; in per cent of the mean expected. Where many \
are below, those left out are the low ones and it comes out too high: go by "reads", which counts them in.
Below the limit: how many levels were, and how many the model expects there.
Normalised error: a level's place among all that could be expected after the person's earlier ones, in standard \
deviations: mean 0 and SD 1 where model and assay are right. Extreme levels, such as no plausible person has even \
if all read as many times as high as they seem to, are left out of them and counted apart. Each assay and route \
knows its own earlier levels only; "all" knows all of them.
Reads: how many times as high as the model expects the levels are, after division by the assay's factor.
Antibodies are expected in as many as have them of all who start; tests for them play no part.
A factor of your own is tried with --assay-factor. Under [level_assays] in your protocol's file it stands for good: \
dose, plan and the pages of the clinic use it, and this command with --protocol."""


def page(
    clinic: ClinicLevels,
    found: Evaluation,
    *,
    share: float | None,
    assay_factors: Mapping[str, float],
    said: Sequence[str] = (),
) -> str:
    """The whole page. ``said`` are remarks on what was taken for granted."""
    blocks = [
        "\n".join([_counted(found), *said, *_factors(found, assay_factors), *_absorbed(found, share)]),
        _verdict(found.overall.verdict),
        block("From weight and doses alone", _alone(_rows(found))),
        block("From that person's earlier levels too", _after_earlier(_rows(found))),
        block("By assay and route", _verdicts(found.groups)),
        block("Levels that no plausible person has: check date, dose, sample and unit", _listed(_extreme(found))),
        block("How to read it", _listed(_READ.splitlines())),
        block("Levels not compared", _listed(_uncompared(found))),
        block("Left out", _listed(_left_out(clinic))),
        block("Remarks", _listed(_remarks(clinic))),
        block("Where the numbers come from", _provenance(found)),
        "It advises; a clinician decides.",
    ]
    return "\n\n".join(block for block in blocks if block)


def _verdict(verdict: Verdict) -> str:
    answer = verdict.answer.upper()
    detail = verdict.text.removeprefix(verdict.answer).removeprefix(":").removeprefix(",").strip()
    text = "\n".join(textwrap.wrap(f"{answer}  {detail}", WIDTH))
    return text.replace(answer, click.style(answer, fg=_COLOURS[verdict.answer], bold=True), 1)


def _counted(found: Evaluation) -> str:
    return f"{_many(found.overall.levels, 'level')} of {_many(found.overall.people, 'person', 'people')} compared."


def _factors(found: Evaluation, stated: Mapping[str, float]) -> Iterator[str]:
    """What each assay's levels were divided by, and stated factors that nobody's level has."""
    used = sorted({(one.assay, one.factor) for one in found.compared})
    yield "Divided by: " + ", ".join(f"{factor:g} ({name})" for name, factor in used) + "."
    names = {fold(one.assay) for one in found.compared}
    for name in stated:
        if assays.assay(name, stated).key not in names:
            yield f"No level compared is by the assay {name}: its factor counts for nothing."


def _absorbed(found: Evaluation, share: float | None) -> Iterator[str]:
    """The share of a subcutaneous dose that was taken to arrive, where there is one."""
    label, other = value("pk.sc_bioavailability").value, value("pk.sc_bioavailability_alternative").value
    if any(one.route == "sc" for one in found.compared):
        yield f"F {share:g}." if share is not None else f"F {label:g} (label; one cohort suggests {other:.2f})."


def _rows(found: Evaluation) -> tuple[Group, ...]:
    """The groups, and all together where there are several."""
    return found.groups if len(found.groups) == 1 else (*found.groups, found.overall)


def _alone(groups: Iterable[Group]) -> Iterator[str]:
    heads = f"{'people':>7}{'levels':>8}{'error %':>9}{'RMSE, mg/L':>12}{'below the limit':>17}"
    yield f"  {'assay':<18}{'route':<6}{heads}   reads (95 %)"
    for group in groups:
        expected = "" if group.below_expected is None else f", {group.below_expected:.1f} exp."
        yield (
            f"{_name(group)}{group.people:>7}{group.levels:>8}{_number(group.error_percent, '+.1f'):>9}"
            f"{_number(group.rmse, '.1f'):>12}{f'{group.below}{expected}':>17}   {factor_words(group.factor)}"
        )


def _after_earlier(groups: Iterable[Group]) -> Iterator[str]:
    heads = f"{'levels':>8}{'error %':>9}{'RMSE, mg/L':>12}"
    yield f"  {'':<24}{'':>29}   normalised errors (95 %)"
    yield f"  {'assay':<18}{'route':<6}{heads}   {'mean':<23}{'SD':<22}extreme"
    for group in groups:
        yield (
            f"{_name(group)}{group.levels_after_earlier:>8}{_number(group.error_percent_after_earlier, '+.1f'):>9}"
            f"{_number(group.rmse_after_earlier, '.1f'):>12}   {group.score_mean.words:<23}"
            f"{group.score_sd.words:<22}{group.extreme}"
        )


def _name(group: Group) -> str:
    return f"  {_short(group.assay):<18}{group.route:<6}"


def _short(name: str) -> str:
    """A long name's beginning and end, as laboratories' names often differ at their ends only."""
    return name if len(name) <= LONGEST_NAME else f"{name[:8]}…{name[-8:]}"


def _number(number: float | None, form: str) -> str:
    return "-" if number is None else f"{number:{form}}"


def _verdicts(groups: Sequence[Group]) -> Iterator[str]:
    return _listed(f"{group.assay}, {group.route}: {group.verdict.text}" for group in groups)


def _extreme(found: Evaluation) -> Iterator[str]:
    """With what was to be expected of the person by that assay."""
    extreme = [one for one in found.compared if one.extreme]
    for one in extreme[:LEVELS_SHOWN]:
        read = f"below {one.measured:g}" if one.below else f"{one.measured:g}"
        expected = f"{one.expected * one.factor:.1f} mg/L from weight and doses"
        if one.expected_after_earlier is not None:
            expected += f", {one.expected_after_earlier * one.factor:.1f} from the earlier levels too"
        yield f"{one.person}, {one.on or f'day {one.day:g}'}: {read} mg/L ({one.assay}); expected {expected}."
    if len(extreme) > LEVELS_SHOWN:
        yield f"And {len(extreme) - LEVELS_SHOWN} more, named by --json."


def _uncompared(found: Evaluation) -> Iterator[str]:
    for one in found.uncompared:
        yield f"{one.person}, {one.on or f'day {one.day:g}'}: {one.why}."


def _left_out(clinic: ClinicLevels) -> Iterator[str]:
    for one in clinic.left_out:
        yield f"{one.file}{f' ({one.person})' if one.person else ''}: {one.why.rstrip('.')}."


def _remarks(clinic: ClinicLevels) -> Iterator[str]:
    for one in clinic.remarks:
        more = len(one.about) - NAMES_SHOWN
        names = ", ".join(one.about[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")
        yield f"{one.text} ({names})"


def _provenance(found: Evaluation) -> Iterator[str]:
    groups = by_status(keys_behind_levels({one.route for one in found.compared}))
    citations = "; ".join(source(key).citation for key in value("pk.cl").sources)
    yield from _wrapped("  ", f"Model: {citations}.")
    yield from _wrapped("  ", f"Status: {next(iter(groups))}, the weakest among the inputs.")
    for status, names in groups.items():
        yield from _wrapped("  ", f"{status}: {', '.join(names)}")
    for text in (text for text in weaknesses() if not text.startswith("saturation.")):
        yield from _wrapped("  ", f"Known weakness: {text}")


def _listed(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from _wrapped("  - ", sentence)


def _wrapped(margin: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=margin, subsequent_indent="    ", break_on_hyphens=False)


def _many(count: int, one: str, several: str | None = None) -> str:
    return f"{count} {one if count == 1 else several or f'{one}s'}"
