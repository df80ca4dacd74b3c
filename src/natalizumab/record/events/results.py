"""What was measured: blood, cerebrospinal fluid, scans, weight."""

from __future__ import annotations

from datetime import date
from typing import Literal

from natalizumab.record.events.base import Event, Impossible, not_planned
from natalizumab.record.limits import (
    BrainPercent,
    Copies,
    FreeText,
    Index,
    Kg,
    LabValue,
    Lesions,
    MgPerL,
    Name,
    UpperLimit,
)

SCAN_FINDINGS = ("new_t2", "gd", "suspicious_for_pml", "brain_volume_change_percent")


class Jcv(Event, frozen=True, kw_only=True, tag="jcv"):
    """Antibodies against JC virus. An index means nothing without its assay, so the assay is required."""

    result: Literal["positive", "negative", "indeterminate"]
    index: Index | None = None
    assay: Name


class Antibody(Event, frozen=True, kw_only=True, tag="antibody"):
    """Antibodies against natalizumab."""

    result: Literal["positive", "negative"]


class Concentration(Event, frozen=True, kw_only=True, tag="concentration"):
    """Natalizumab in serum. ``below``: mg_per_l is the limit of quantification, and the level lies under it."""

    mg_per_l: MgPerL
    below: bool | None = None
    assay: Name | None = None


class Lab(Event, frozen=True, kw_only=True, tag="lab"):
    """A blood test in the unit of the laboratory (UCUM), with its upper limit of normal where that is known."""

    test: Literal["ALT", "AST", "bilirubin", "lymphocytes", "leukocytes", "haemoglobin", "platelets"]
    value: LabValue
    unit: Name
    upper_limit: UpperLimit | None = None


class Serology(Event, frozen=True, kw_only=True, tag="serology"):
    """Any other test by name (VZV, HBV, HCV, HIV, TB, pregnancy …) with its result as written."""

    test: Name
    result: Name


class Mri(Event, frozen=True, kw_only=True, tag="mri"):
    """A scan of the brain. ``compared_with`` is the date of the reference scan; absent: the previous one."""

    protocol: Literal["full", "abbreviated"]
    new_t2: Lesions | None = None
    gd: Lesions | None = None
    suspicious_for_pml: bool | None = None
    brain_volume_change_percent: BrainPercent | None = None
    compared_with: date | None = None

    def check(self) -> None:
        if self.compared_with is not None and self.compared_with >= self.day:
            raise Impossible("compared_with", f'"{self.compared_with}" is not before the scan itself ({self.day})')
        for field in SCAN_FINDINGS:
            if self.planned and getattr(self, field) is not None:
                raise Impossible(field, "is not allowed beside planned: true (a planned scan has no findings yet)")


class Csf(Event, frozen=True, kw_only=True, tag="csf"):
    """JC virus DNA in cerebrospinal fluid. Not detected does not exclude PML."""

    jcv_pcr: Literal["detected", "not_detected"]
    copies_per_ml: Copies | None = None

    def check(self) -> None:
        if self.jcv_pcr == "not_detected" and self.copies_per_ml:
            raise Impossible("copies_per_ml", f"{self.copies_per_ml} contradicts not_detected (allowed: absent, or 0)")


class Weight(Event, frozen=True, kw_only=True, tag="weight"):
    """Body weight."""

    kg: Kg


class Unmapped(Event, frozen=True, kw_only=True, tag="unmapped"):
    """A foreign result that nobody has matched yet. Resolving it is a correction."""

    source: Name
    label: Name
    received: FreeText | None = None

    def check(self) -> None:
        not_planned(self, "it has been received already")
