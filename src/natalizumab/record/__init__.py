"""What happened: the record of one person, and its questions.

The public names: ``read_record`` and ``Record`` (JSON in and out), ``Course`` (what stands on a date), the kinds of
event, ``Administration`` and ``JcvReading`` (answers), ``json_schema``.
"""

from __future__ import annotations

from natalizumab.record.course import Course
from natalizumab.record.doses import Administration
from natalizumab.record.events import (
    KINDS,
    Allergy,
    Antibody,
    AnyEvent,
    Authorisation,
    Breastfeeding,
    Checklist,
    Concentration,
    Csf,
    Decision,
    Diagnosis,
    Dose,
    EarlierTreatment,
    Edss,
    Event,
    Fatigue,
    Followup,
    Form,
    Impossible,
    Interval,
    Jcv,
    Lab,
    Mri,
    Pregnancy,
    Procedure,
    Reaction,
    Relapse,
    Review,
    Selfcheck,
    Serology,
    Stop,
    Symptom,
    Therapy,
    Unmapped,
    Vaccine,
    Weight,
    Withdrawal,
)
from natalizumab.record.jcv import JcvReading
from natalizumab.record.plain import event_from_dict
from natalizumab.record.reading import read_record
from natalizumab.record.record import SCHEMA, Person, Record
from natalizumab.record.schema import json_schema

__all__ = [
    "KINDS",
    "SCHEMA",
    "Administration",
    "Allergy",
    "Antibody",
    "AnyEvent",
    "Authorisation",
    "Breastfeeding",
    "Checklist",
    "Concentration",
    "Course",
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
    "JcvReading",
    "Lab",
    "Mri",
    "Person",
    "Pregnancy",
    "Procedure",
    "Reaction",
    "Record",
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
    "event_from_dict",
    "json_schema",
    "read_record",
]
