"""The page ``docs/calibration.md``: table C1 to C15 with the model's values."""

from __future__ import annotations

from natalizumab.commands.markdown import head, line
from natalizumab.disease.calibration import Row
from natalizumab.disease.model import Parameters
from natalizumab.disease.model.parameters import free
from natalizumab.evidence import value

COLUMNS = ("Target", "Published", "Accepted", "Ours", "MC error", "Ensemble", "")

INTRODUCTION = """\
# Calibration of the disease model

`natalizumab calibrate --check --write-page docs/calibration.md` wrote this page; do not change it by hand. It shows \
how well the exploratory model of [disease-model.md](disease-model.md) meets what it was fitted to: table C1 to C15, \
and nothing else. No published model links natalizumab's saturation to the disease; no rule uses this one. All people \
are invented: {people} in each arm, whom the fit had not seen.

"Accepted" is the published 95 % confidence interval where there is one; for shares of people that of so many people; \
else a choice of ours, which `natalizumab evidence calibration` names. "MC error" is how far a number would move (one \
standard deviation) if other people were drawn. "Ensemble" is the range (5 to 95 %) over sets of parameters that meet \
the targets about as well: what the targets leave open. The lines of C11 and C12 are recalled figures.
"""


def page(shown: list[Row], best: Parameters, people: int) -> str:
    """The page in Markdown."""
    missed = [row for row in shown if not row.hit]
    return "\n".join(
        [
            INTRODUCTION.format(people=f"{people:,}"),
            *head(COLUMNS),
            *(line(cells(row)) for row in shown),
            "",
            f"{len(shown) - len(missed)} of {len(shown)} lines are hit.",
            "",
            "## The parameters",
            "",
            *head(("Parameter", "First value", "Looked at", "Fitted", "Ensemble", "Unit")),
            *(line(_parameter(name, best)) for name in free()),
            "",
        ]
    )


def cells(row: Row) -> tuple[str, ...]:
    """One line, rounded."""
    target, unit = row.target, row.target.published.unit
    low, high = target.accepted
    return (
        target.published.about.rstrip("."),
        f"{target.published.value:g}{'' if unit == '1' else ' ' + unit}",
        f"{low:g} to {high:g}",
        f"{row.ours:.3g}",
        f"{row.error:.1g}",
        f"{row.ensemble[0]:.3g} to {row.ensemble[1]:.3g}" if row.ensemble else "",
        "hit" if row.hit else "MISS",
    )


def _parameter(name: str, best: Parameters) -> tuple[str, ...]:
    first, found = value(f"model.{name}"), value(f"model_fit.{name}")
    low, high = first.interval or (0.0, 0.0)
    around = f"{found.interval[0]:.3g} to {found.interval[1]:.3g}" if found.interval else ""
    return name, f"{first.value:g}", f"{low:g} to {high:g}", f"{getattr(best, name):.3g}", around, first.unit
