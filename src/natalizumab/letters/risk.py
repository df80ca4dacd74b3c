"""The PML risk as data: now, in people of a crowd, and at every stage of treatment."""

from __future__ import annotations

from typing import Any

from natalizumab.care.pml_risk import as_people
from natalizumab.care.pml_stages import Stages, pml_stages
from natalizumab.letters.treatment import Seen

Facts = dict[str, Any]


def risk(look: Seen) -> Facts:
    """The figure of the plan with its words, and as so many people of so many."""
    found = {key: look.plan["pml"][key] for key in _KEPT}
    if found["per_1000"] is None:
        return {**found, "people": None, "of": None, "others": None}
    people, of = as_people(found["per_1000"])
    return {**found, "people": people, "of": of, "others": of - people}


_KEPT = (
    "per_1000",
    "cumulative_per_1000",
    "exposure_month",
    "stratum",
    "why_not",
    "status",
    "words",
    "note",
    "sources",
)


def stages(look: Seen) -> list[Facts]:
    """The columns of the table that speak about this person; none where the antibodies leave it open."""
    if look.case.antibody.positive is None or not look.case.started:
        return []
    month = look.plan["pml"]["exposure_month"]
    return [_column(found, month) for found in pml_stages(look.case)]


def _column(found: Stages, month: int | None) -> Facts:
    rows = []
    for stage in found.stages:
        people, of = as_people(stage.cell.value)
        rows.append(
            {
                "first": stage.first,
                "last": stage.last,
                "people": people,
                "of": of,
                "interval": list(stage.cell.interval) if stage.cell.interval else None,
                "status": stage.cell.status,
                "sources": list(stage.cell.sources),
                "cumulative": stage.cumulative_per_1000,
                "now": month is not None and stage.first <= month <= stage.last,
            }
        )
    return {"words": found.words, "status": found.status, "rows": rows}
