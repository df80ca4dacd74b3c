"""The page ``docs/validation.md``: the validation's tables, what each line is, and what the model is known to miss."""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.commands.markdown import head, line
from natalizumab.evidence import Value, source, value, values
from natalizumab.pharmacology.provenance import weaknesses
from natalizumab.pharmacology.validation import Table, Validation
from natalizumab.pharmacology.validation.sheets import Sheet, number, sheets

INTRODUCTION = """\
# Validation

`natalizumab validate --write docs/validation.md` wrote this page; do not change it by hand. It asks three questions:

1. Does the model give what was published? (the table, and what its rows depend on)
2. Is one person's posterior as sure as it may be, and no surer? (simulation-based calibration)
3. Is what it says of hidden antibodies right as often as it says? (reliability)

All people on this page are invented. They are drawn from the published population model: weights normal, {weights}; \
effects on clearance, peripheral volume and saturable elimination log-normal between people. Nobody in the table has \
antibodies unless it says so. The Monte Carlo error is how far a number would move (one standard deviation) if other \
people were drawn. The accepted ranges were set before; nothing is tuned to reach them, and nothing at all to figures \
that are not on this page."""

QUESTIONS = """\
## What each row is

All regimens are 300 mg. "Steady state" is two years of a regimen.

- **1–2.** The mean peak and the mean trough of 4-weekly infusions at steady state.
- **3.** How many people have a 4-weekly trough of 10 mg/L or more.
- **4.** How much lower the mean trough is at 6 weeks than at 4.
- **5.** The mean trough at the published time to steady state, in per cent of that after two years.
- **6.** Each person's longest interval, in whole weeks, at which the sustained trough stays at or above 2 mg/L, and \
how many infusions this saves. It uses what only the simulation knows, each person's own curve.
- **7–8.** Saturation of alpha-4 integrin: its mean at a 4-weekly trough, and the highest below 1 mg/L, where less \
than what is published is asked.
- **9.** The first dose under the skin: when its peak comes, and how high it is.
- **10.** Mean 4-weekly troughs under the skin divided by those of infusions, with each of two disputed values of F, \
the share of a dose that arrives.
- **11.** Weight and two measured 4-weekly troughs give a posterior, and that the interval at whose end the trough \
should be 10, or 5, mg/L. The error is how far the true trough lies from it, on average (in per cent of what was \
predicted) and as root mean square. The publication gives its figures for "the predicted dosing intervals" when aiming \
for these troughs; those of the decision tree that it compares with (24 % and 4.0 mg/L; 86 % and 5 mg/L) fit together \
only as deviations from the target. Whether its troughs were true or measured ones the abstract does not say, so both \
stand in a table of their own: one measurement adds its residual error.

## What was published, and where
"""

OTHERS = """\
## Where the rows depend on a choice

Some numbers behind the model could well be others. The table "What the rows depend on" puts each in its place, alone. \
A miss there says which of the two choices the published figure speaks for; it is no fault of the model.

- **Saturation curves a to d**: no published curve of natalizumab was found, so all four are as possible as ours.
- **F 0.60** reproduces a cohort of 15 people with low subcutaneous troughs, and then misses the label's peak and \
ratio: the two sources contradict each other, and no F hits both.
- **The assay**: if the label's concentrations came from an assay that reads 1.3 times as high as the model's, peaks \
and troughs are to be multiplied by it. Levels of different assays must never be mixed.
- **Antibodies**: people with antibodies mostly stop, so a published cohort may hold fewer of them; the lines show \
what the share of those who start would do."""

POSTERIOR = """\
## Calibration and reliability

For the calibration each invented person is drawn from exactly what the posterior believes beforehand: antibodies or \
not, 1 to 13 doses (infusions every 4, 6 or 8 weeks, or 4-weekly doses under the skin), one to three measured levels, \
or of one in three a run of up to eight troughs, with the residual error, some below a limit of quantification, and \
for one in four an antibody test that may be wrong. The rank of the true next trough among what the posterior thought \
possible must be spread evenly (Talts and others, arXiv 1804.06788). It judges the arithmetic of the posterior; \
whether the population is that of your clinic, `natalizumab evaluate` says. What goes wrong in a few people in a \
hundred a thousand people do not show: for that the posterior is held against importance sampling, person by person.

For the reliability, people with an early low level are looked at: to whom 80 % was stated, about 80 % must have \
antibodies. The prior, the onset and the test's errors are those of the evidence (`natalizumab evidence ada`), of \
which some are assumed: the table says that the arithmetic is right, not that these are."""

EXPLANATIONS = {
    11: "Two troughs with the residual error of the model tell a person's curve at other intervals only roughly. The "
    "posterior's spread says how roughly, and the calibration says that the spread is right: with this residual error "
    "no other reading of the same two levels is much closer on average. So the published error is that of better "
    "levels, or was computed in another way than ours.",
}
"""Why a row is missed, where it is known."""


def page(found: Validation) -> str:
    """The page in Markdown, of a validation with all parts."""
    assert found.table
    mean, sd, low, high = (
        value(f"pk.population_weight{part}").value for part in ("", "_sd", "_min", "_max")
    )  # fmt: skip
    tables, others, *rest = _grouped(found)
    blocks = [
        INTRODUCTION.format(weights=f"{mean:g} ± {sd:g} kg within {low:g}–{high:g} kg"),
        tables,
        _missed(found.table),
        QUESTIONS + "\n" + "\n".join(_published()),
        others,
        OTHERS,
        *rest,
        POSTERIOR,
        _model(),
    ]
    return "\n\n".join(blocks) + "\n"


def _grouped(found: Validation) -> list[str]:
    """The main table; what it depends on; and each of the others."""
    first, comparisons, variants, *rest = (_markdown(sheet) for sheet in sheets(found))
    return [first, f"{comparisons}\n\n{variants}", *rest]


def _markdown(sheet: Sheet) -> str:
    lines = [
        f"## {sheet.heading}",
        "",
        *head(sheet.columns),
        *map(line, sheet.rows),
        *(["", sheet.below] if sheet.below else []),
    ]
    return "\n".join(lines)


def _missed(table: Table) -> str:
    lines = [
        f"- Row {row.row}, {row.quantity}: {number(row.ours)}. {EXPLANATIONS.get(row.row, 'No reason is known.')}"
        for row in table.missed
    ]
    return "\n".join(["## What is missed, and why", "", *(lines or ["Nothing."])])


def _published() -> Iterator[str]:
    """Every published figure of the table in the evidence's words, then the sources that they cite."""
    shown = [found for found in values() if found.key.startswith("validation.") and ".published" in found.key]
    for found in shown:
        row, about = found.about.split(". ", 1)
        note = f" {found.note}" if found.note else ""
        yield f"- **{row}.** {_number(found)}: {about}{note} ({found.status}: {', '.join(found.sources)})"
    yield ""
    for key in dict.fromkeys(key for found in shown for key in found.sources):
        yield f"- {key}: {source(key).citation}"


def _number(found: Value) -> str:
    given = found.value
    text = "–".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
    return text if found.unit == "1" else f"{text} {found.unit}"


def _model() -> str:
    citation = "; ".join(source(key).citation for key in value("pk.cl").sources)
    return "\n".join(
        [
            "## Where the equations come from, and what they are known to get wrong",
            "",
            (
                "Two compartments with linear and saturable elimination, infusion or absorption from under the skin "
                f"(`pharmacology/equations.py`): {citation}. Its numbers are {value('pk.cl').status}. "
                "`natalizumab evidence pk` explains each of them."
            ),
            "",
            *(f"- {text}" for text in weaknesses()),
            f"- pk.plasma_exchange_removed_model: {value('pk.plasma_exchange_removed_model').note}",
        ]
    )
