"""The words that pages use for what the core says, in one place so that one thing has one word."""

from __future__ import annotations

from natalizumab.clinic.language import in_their_language

DECISIONS = {
    "stop": "Stop",
    "hold": "Hold",
    "confirm": "Confirm",
    "allow": "Allow",
}
"""From gravest to lightest; the order is the worklist's."""

EMERGENCIES = (
    *("PML-02", "PML-01", "PML-03", "GCN-01", "HSV-01", "ARN-01", "CAN-02", "OI-01", "OI-02"),
    *("HYP-01", "HYP-02", "LFT-02", "LFT-03", "CHK-01", "PML-04", "FBC-01", "FBC-02", "CAN-01", "INF-01"),
)
"""The rules about what happens to a person now, the gravest first; among reasons of one effect they lead the others."""

DECISION_MEANS = {
    "stop": "No more natalizumab.",
    "hold": "No dose until the reasons are resolved.",
    "confirm": "Somebody entitled must acknowledge the reasons before a dose.",
    "allow": "Nothing on record speaks against the dose.",
}

STATES = {
    "not started": "Not started",
    "on treatment": "On treatment",
    "held": "Held",
    "stopped": "Stopped",
}

ROUTES = {"iv": "Intravenous", "sc": "Under the skin"}
ROUTES_INSIDE = {"iv": "intravenous", "sc": "under the skin"}
"""The same within a sentence."""

_LEAST_SAID, _SAID_WHOLE = 0.1, 9.95


def concentration(mg_per_l: float) -> str:
    """A modelled concentration in mg/L, no more exact than it is: 24, 4.1, below 0.1."""
    if mg_per_l < _LEAST_SAID:
        return f"<{_LEAST_SAID}"
    return f"{mg_per_l:.0f}" if mg_per_l >= _SAID_WHOLE else f"{mg_per_l:.1f}"


DUE_KINDS = {
    "erased": "Erased",
    "dose": "Dose",
    "mri": "MRI",
    "jcv": "JCV test",
    "labs": "Blood tests",
    "antibody": "Anti-drug antibodies",
    "csf": "Spinal fluid",
    "examination": "Examination",
    "review": "Review",
    "tests": "Infection tests",
    "checklist": "Checklist",
    "form": "Forms and cards",
    "other": "Another thing to do",
}

_BEGINNINGS = (
    ("mri", "mri"),
    ("jcv", "jcv"),
    ("antibody", "antibody"),
    ("form", "form"),
    ("csf", "csf"),
    ("spinal fluid", "csf"),
    ("second reading", "mri"),
    ("eye examination", "examination"),
    ("urgent assessment", "examination"),
    ("biopsy", "examination"),
    ("review", "review"),
    ("vzv", "tests"),
    ("infection tests", "tests"),
    ("stool", "tests"),
    ("checklist", "checklist"),
    ("submit checklist", "checklist"),
    ("liver", "labs"),
    ("blood", "labs"),
    ("full blood", "labs"),
    ("lymphocyte", "labs"),
    ("dose", "dose"),
)


def due_kind(action: str) -> str:
    """Which of ``DUE_KINDS`` the action of a plan's item belongs to."""
    return next((kind for beginning, kind in _BEGINNINGS if action.lower().startswith(beginning)), "other")


_ABBREVIATIONS = ("mri", "jcv", "csf", "pcr", "pml", "vzv", "hbv", "hcv", "hiv")


def written_action(action: str) -> str:
    """What is to be done as the reader writes it: "mri full" is "MRI full"."""
    said = in_their_language(action)
    if said != action:
        return said[:1].upper() + said[1:]
    words = [word.upper() if word in _ABBREVIATIONS else word for word in action.split(" ")]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


KINDS = {
    "erased": "Erased",
    "dose": "Dose",
    "earlier_treatment": "Treatment elsewhere",
    "interval": "Interval prescribed",
    "stop": "Natalizumab stopped",
    "jcv": "JC virus antibodies",
    "antibody": "Anti-drug antibodies",
    "concentration": "Concentration",
    "lab": "Blood test",
    "serology": "Serology",
    "mri": "MRI",
    "csf": "Spinal fluid",
    "therapy": "Other treatment",
    "procedure": "Procedure",
    "diagnosis": "Diagnosis",
    "allergy": "Allergy",
    "symptom": "Symptom",
    "reaction": "Reaction",
    "relapse": "Relapse",
    "edss": "EDSS",
    "fatigue": "Fatigue",
    "vaccine": "Vaccine",
    "pregnancy": "Pregnancy",
    "breastfeeding": "Breastfeeding",
    "weight": "Weight",
    "form": "Form",
    "checklist": "Checklist before a dose",
    "authorisation": "Authorisation",
    "selfcheck": "Self-check",
    "review": "Review",
    "decision": "Decision",
    "withdrawal": "Withdrawn entry",
    "unmapped": "Unmatched result",
    "followup": "Follow-up ended",
}
