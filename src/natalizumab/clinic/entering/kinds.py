"""All forms, in the groups in which they are offered."""

from __future__ import annotations

from natalizumab.clinic.entering.field import Kind
from natalizumab.clinic.entering.kinds_condition import CONDITION
from natalizumab.clinic.entering.kinds_results import RESULTS
from natalizumab.clinic.entering.kinds_service import SERVICE
from natalizumab.clinic.entering.kinds_treatment import TREATMENT

GROUPS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    ("Treatment", TREATMENT),
    ("Results", RESULTS),
    ("How the person is", CONDITION),
    ("Asked, agreed and decided", SERVICE),
)

FORMS: dict[str, Kind] = {kind.name: kind for _, kinds in GROUPS for kind in kinds}
"""Every form by its kind. Decisions are taken from a reason, withdrawals from an entry: those have their own pages."""
