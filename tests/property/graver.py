"""Pairs of entries, a milder and a graver one: the graver must never make a decision milder, all else being equal.

A pair is two lists of entries on the same days; ``DAY`` stands for a day on treatment, ``BEFORE`` for one before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Event = dict[str, Any]

DAY = "<day>"


@dataclass(frozen=True)
class Pair:
    """``milder`` and ``graver`` replace each other; ``protocols`` are those that know the difference."""

    name: str
    milder: tuple[Event, ...]
    graver: tuple[Event, ...]
    protocols: tuple[str, ...] = ("eu", "uk", "us")


def entry(kind: str, **fields: Any) -> Event:
    """An entry on the day; its id is its own, so that neither of a pair answers to the other's."""
    return {"kind": kind, "on": DAY, "id": "the-pair", **fields}


def one(title: str, kind: str, milder: dict[str, Any], graver: dict[str, Any], **same: Any) -> Pair:
    """A pair of single entries that differ in some fields."""
    return Pair(title, (entry(kind, **same, **milder),), (entry(kind, **same, **graver),))


def lab(title: str, test: str, unit: str, milder: float, graver: float, **same: Any) -> Pair:
    """Two results of one blood test."""
    return one(title, "lab", {"value": milder}, {"value": graver}, test=test, unit=unit, **same)


PAIRS = [
    one("PML suspected, confirmed", "diagnosis", {"status": "suspected"}, {"status": "confirmed"}, name="PML"),
    one("PML excluded, suspected", "diagnosis", {"status": "excluded"}, {"status": "suspected"}, name="PML"),
    one("migraine, PML", "diagnosis", {"name": "migraine"}, {"name": "PML"}),
    one("scan, one that is suspicious for PML", "mri", {"suspicious_for_pml": False}, {"suspicious_for_pml": True},
        protocol="full", new_t2=0, gd=0),
    one("spinal fluid without, with the virus", "csf", {"jcv_pcr": "not_detected"}, {"jcv_pcr": "detected"}),
    one("headache over, going on", "symptom", {"ended": DAY}, {}, name="confusion"),
    one("clumsiness worsening or not", "symptom", {"worsening": False}, {"worsening": True}, name="limb clumsiness"),
    one("fever, fever and headache", "symptom", {"name": "fever"}, {"name": "fever and headache"}),
    one("tingling, tingling and weakness", "symptom", {"name": "tingling"}, {"name": "tingling, left leg weakness"}),
    one("interval of 4, 3 weeks", "interval", {"weeks": 4}, {"weeks": 3}),
    one("interval of 12, 13 weeks", "interval", {"weeks": 12}, {"weeks": 13}),
    Pair("fatigue, relapse", (entry("symptom", name="fatigue"),), (entry("relapse"),)),
    Pair(
        "scans of one day that agree, that differ",
        (entry("mri", protocol="full", new_t2=1, gd=0), {**entry("mri", protocol="full", new_t2=1, gd=0), "id": "2"}),
        (entry("mri", protocol="full", new_t2=1, gd=0), {**entry("mri", protocol="full", new_t2=2, gd=0), "id": "2"}),
    ),
    one("rash, jaundice", "symptom", {"name": "rash"}, {"name": "jaundice"}),
    one("balance problem, ataxia", "symptom", {"name": "balance problem"}, {"name": "ataxia"}),
    one("ALT of 1, 3 times its limit", "lab", {"value": 40}, {"value": 120}, test="ALT", unit="U/L", upper_limit=40),
    lab("ALT of 3, 5 times its limit", "ALT", "U/L", 120, 201, upper_limit=40),
    lab("AST of 4, 8 times its limit", "AST", "U/L", 160, 320, upper_limit=40),
    lab("bilirubin normal, twice its limit", "bilirubin", "umol/L", 15, 45, upper_limit=20),
    lab("platelets normal, low", "platelets", "10*9/L", 210, 60),
    lab("platelets low, very low", "platelets", "10*9/L", 60, 12),
    lab("haemoglobin normal, low", "haemoglobin", "g/L", 130, 65),
    lab("lymphocytes on treatment normal, low", "lymphocytes", "10*9/L", 3.0, 0.4),
    Pair(
        "ALT of 3 times with bilirubin of 1, 2 times its limit",
        (entry("lab", test="ALT", value=130, unit="U/L", upper_limit=40),
         {**entry("lab", test="bilirubin", value=18, unit="umol/L", upper_limit=20), "id": "beside"}),
        (entry("lab", test="ALT", value=130, unit="U/L", upper_limit=40),
         {**entry("lab", test="bilirubin", value=41, unit="umol/L", upper_limit=20), "id": "beside"}),
    ),
    *(
        one(f"checklist: {question}", "checklist", {"answers": {question: "no"}}, {"answers": {question: "yes"}})
        for question in ("new_or_worsening", "immune_condition", "other_drug")
    ),
    *(
        one(f"self-check: {question}", "selfcheck", {"answers": {question: "no"}}, {"answers": {question: "yes"}})
        for question in ("infection", "speech", "vision", "breast", "skin", "mood")
    ),
    one("antibodies to the drug negative, positive", "antibody", {"result": "negative"}, {"result": "positive"}),
    one("JC virus index low, high", "jcv", {"index": 0.7}, {"index": 2.8}, result="positive", assay="STRATIFY"),
    one("JC virus negative, positive", "jcv", {"result": "negative", "index": 0.15},
        {"result": "positive", "index": 2.2}, assay="STRATIFY"),
    one("reaction: headache, urticaria", "reaction", {"features": ["headache"]}, {"features": ["urticaria"]}, grade=1),
    one("reaction: not hypersensitivity, hypersensitivity", "reaction", {"hypersensitivity": False},
        {"hypersensitivity": True}, features=["headache"]),
    one("reaction of grade 1, grade 4", "reaction", {"grade": 1}, {"grade": 4}, features=["nausea"]),
    one("allergy to penicillin, to natalizumab", "allergy", {"substance": "penicillin"}, {"substance": "natalizumab"}),
    one("basal cell carcinoma, melanoma", "diagnosis", {"name": "basal cell carcinoma"}, {"name": "melanoma"}),
    one("melanoma past, active", "diagnosis", {"status": "history"}, {"status": "confirmed"}, name="melanoma"),
    one("herpes encephalitis suspected, confirmed", "diagnosis", {"status": "suspected"}, {"status": "confirmed"},
        name="herpes simplex encephalitis"),
    one("retinal necrosis suspected, confirmed", "diagnosis", {"status": "suspected"}, {"status": "confirmed"},
        name="acute retinal necrosis"),
    one("cryptococcal meningitis suspected, confirmed", "diagnosis", {"status": "suspected"}, {"status": "confirmed"},
        name="cryptococcal meningitis"),
    one("HIV negative, positive", "serology", {"result": "negative"}, {"result": "positive"}, test="HIV"),
    one("hepatitis B negative, positive", "serology", {"result": "negative"}, {"result": "positive"}, test="HBV"),
    one("azathioprine over, going on", "therapy", {"until": DAY}, {}, name="azathioprine"),
    one("baclofen, fingolimod going on", "therapy", {"name": "baclofen"}, {"name": "fingolimod"}),
    one("pregnancy over, going on", "pregnancy", {"ended": DAY}, {}, gestation_weeks=12),
    one("breast-feeding over, going on", "breastfeeding", {"ended": DAY}, {}),
    one("a dose of 300, 600 mg", "dose", {"dose_mg": 300}, {"dose_mg": 600}, route="iv"),
    Pair(
        "authorised, not authorised",
        (entry("authorisation", status="authorised"),),
        (entry("authorisation", status="not authorised"),),
        ("us",),
    ),
    one("inactivated, live vaccine planned", "vaccine", {"name": "influenza inactivated"}, {"name": "yellow fever"},
        planned=True),
]  # fmt: skip
