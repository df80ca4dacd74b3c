"""The kinds of event, one class each, by subject: treatment, results, condition, service."""

from __future__ import annotations

from natalizumab.record.events.base import Event, Impossible
from natalizumab.record.events.condition import (
    Allergy,
    Breastfeeding,
    Diagnosis,
    Edss,
    Fatigue,
    Pregnancy,
    Reaction,
    Relapse,
    Symptom,
)
from natalizumab.record.events.results import (
    Antibody,
    Concentration,
    Csf,
    Jcv,
    Lab,
    Mri,
    Serology,
    Unmapped,
    Weight,
)
from natalizumab.record.events.service import (
    Authorisation,
    Checklist,
    Decision,
    Followup,
    Form,
    Review,
    Selfcheck,
    Withdrawal,
)
from natalizumab.record.events.treatment import (
    Dose,
    EarlierTreatment,
    Interval,
    Procedure,
    Stop,
    Therapy,
    Vaccine,
)

AnyEvent = (
    Dose
    | EarlierTreatment
    | Interval
    | Stop
    | Jcv
    | Antibody
    | Concentration
    | Lab
    | Serology
    | Mri
    | Csf
    | Therapy
    | Procedure
    | Diagnosis
    | Allergy
    | Symptom
    | Reaction
    | Relapse
    | Edss
    | Fatigue
    | Vaccine
    | Pregnancy
    | Breastfeeding
    | Weight
    | Form
    | Checklist
    | Authorisation
    | Selfcheck
    | Review
    | Decision
    | Withdrawal
    | Unmapped
    | Followup
)

KINDS: dict[str, type[Event]] = {str(cls.__struct_config__.tag): cls for cls in AnyEvent.__args__}
"""Every kind by its name in the record, in the order of the manual."""

__all__ = [
    "KINDS",
    "Allergy",
    "Antibody",
    "AnyEvent",
    "Authorisation",
    "Breastfeeding",
    "Checklist",
    "Concentration",
    "Csf",
    "Decision",
    "Diagnosis",
    "Dose",
    "EarlierTreatment",
    "Edss",
    "Event",
    "Fatigue",
    "Followup",
    "Form",
    "Impossible",
    "Interval",
    "Jcv",
    "Lab",
    "Mri",
    "Pregnancy",
    "Procedure",
    "Reaction",
    "Relapse",
    "Review",
    "Selfcheck",
    "Serology",
    "Stop",
    "Symptom",
    "Therapy",
    "Unmapped",
    "Vaccine",
    "Weight",
    "Withdrawal",
]
