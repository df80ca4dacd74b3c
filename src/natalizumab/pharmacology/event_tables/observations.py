"""The measured concentration of a row, and its weight."""

from __future__ import annotations

from decimal import Decimal

from natalizumab.pharmacology.event_tables.convention import Convention
from natalizumab.pharmacology.event_tables.rows import Row
from natalizumab.pharmacology.history import LARGEST_CONCENTRATION
from natalizumab.pharmacology.levels import LARGEST_ASSAY_FACTOR, Level
from natalizumab.pharmacology.parameters import HEAVIEST_KG, LIGHTEST_KG
from natalizumab.record.level_assays import assay

A_CONCENTRATION = f"a concentration above 0, at most {LARGEST_CONCENTRATION:g} (mg/L)"
CENSORED = "for one below the limit of quantification, CENS 1 with the limit in DV"


def level(row: Row, convention: Convention) -> Level:
    """The level of an observation. Raises ModelError for what is no concentration in the blood."""
    _check_compartment(row, convention)
    time = row.number("TIME")
    assert time is not None, "the row's time has been read before"
    below = _below(row)
    mg_per_l = _limit(row) if below else _measured(row)
    return Level(convention.day(time), mg_per_l, below, row.text("ASSAY") or None, _factor(row))


def weight(row: Row) -> float | None:
    """The weight (kg) of any row; None where it says nothing."""
    number = row.number("WT")
    if number is not None and not LIGHTEST_KG <= number <= HEAVIEST_KG:
        raise row.refusal("WT", "is no weight of a person", f"{LIGHTEST_KG:g} to {HEAVIEST_KG:g} (kg)")
    return None if number is None else float(number)


def _check_compartment(row: Row, convention: Convention) -> None:
    # NONMEM's 0 stands for the compartment that is observed by default.
    if row.key("CMT") not in ("", 0, "central", convention.central):
        raise row.refusal(
            "CMT", "is not where levels are measured", f"{convention.central} (central), 0 or '.' for an observation"
        )


def _below(row: Row) -> bool:
    censored = row.one_of("CENS", 0, 1, why="is a way of censoring that the model has not")
    flagged = row.one_of("BLQ", 0, 1, why="does not say whether the level was below the limit")
    if "CENS" in row.cells and "BLQ" in row.cells and censored != flagged:
        raise row.refusal("BLQ", "contradicts CENS", f"{censored}, as CENS says")
    return bool(censored or flagged)


def _measured(row: Row) -> float:
    measured, limit = _concentration(row, "DV"), _concentration(row, "LLOQ")
    if measured is None:
        raise row.refusal("DV", "is no level", f"{A_CONCENTRATION}; where nothing was measured, MDV 1")
    if measured == 0:
        raise row.refusal("DV", "is no measurement", f"{A_CONCENTRATION}; {CENSORED}")
    if limit is not None and measured < limit:
        raise row.refusal("DV", f"lies below LLOQ, {limit:g}, though not censored", f"{limit:g} or more; {CENSORED}")
    return measured


def _limit(row: Row) -> float:
    """The limit of quantification: LLOQ, or by Monolix's convention, DV."""
    value, limit = _concentration(row, "DV"), _concentration(row, "LLOQ")
    by_cens = row.number("CENS") == 1
    if limit:
        highest = "0, '.' or LLOQ" if by_cens else "any value up to LLOQ"
        if value and (value != limit if by_cens else value > limit):
            raise row.refusal("DV", f"contradicts LLOQ, {limit:g}", f"{highest}, where the level is below it")
        return limit
    if by_cens and value:
        return value
    column = "DV" if by_cens else "LLOQ"
    raise row.refusal(column, "does not say what the limit of quantification is", f"the limit, {A_CONCENTRATION}")


def _concentration(row: Row, column: str) -> float | None:
    number = row.number(column)
    if number is not None and not 0 <= number <= Decimal(LARGEST_CONCENTRATION):
        raise row.refusal(column, "is no concentration", A_CONCENTRATION)
    return None if number is None else float(number)


def _factor(row: Row) -> float:
    number = row.number("ASSAY_FACTOR")
    if number is not None and not 0 < float(number) <= LARGEST_ASSAY_FACTOR:
        raise row.refusal("ASSAY_FACTOR", "is no factor", f"above 0, at most {LARGEST_ASSAY_FACTOR:g}")
    if number is None:  # as for a record
        return assay(row.text("ASSAY") or None, {}).factor
    return float(number)
