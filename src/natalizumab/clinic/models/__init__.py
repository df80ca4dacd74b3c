"""The tables: who works where, whom they look after, what was entered about each person, and who read it."""

from __future__ import annotations

from natalizumab.clinic.models.access import (
    AccessKind,
    AccountDone,
    AccountEvent,
    Allowed,
    CacheEntry,
    OneTimeLink,
    PersonAccess,
    Purpose,
)
from natalizumab.clinic.models.accounts import Clinic, Membership, Role, User
from natalizumab.clinic.models.append_only import AppendOnly
from natalizumab.clinic.models.audit import ListReading, Reading, SealedDay
from natalizumab.clinic.models.entries import ERASED, PROOF, Entry, Erasure, Source, Submission
from natalizumab.clinic.models.facts import ClinicTally, PersonFacts
from natalizumab.clinic.models.identity import Merge, PersonChange, Unmerge
from natalizumab.clinic.models.infusion import (
    Appointment,
    AppointmentState,
    AppointmentStatus,
    Observation,
    ObservationEnd,
    ObservationOutcome,
    Route,
)
from natalizumab.clinic.models.letters import ClinicDetails, Letter, LetterKind
from natalizumab.clinic.models.people import Person, Sex
from natalizumab.clinic.models.reminders import Consent, Reminder, ReminderAddress, ReminderState
from natalizumab.clinic.models.self_report import PlanRelease, ReportAnswer, ReportLevel, SelfReport
from natalizumab.clinic.models.work import NEVER, Handling, Work, WorkItem

__all__ = [
    "ERASED",
    "NEVER",
    "PROOF",
    "AccessKind",
    "AccountDone",
    "AccountEvent",
    "Allowed",
    "AppendOnly",
    "Appointment",
    "AppointmentState",
    "AppointmentStatus",
    "CacheEntry",
    "Clinic",
    "ClinicDetails",
    "ClinicTally",
    "Consent",
    "Entry",
    "Erasure",
    "Handling",
    "Letter",
    "LetterKind",
    "ListReading",
    "Membership",
    "Merge",
    "Observation",
    "ObservationEnd",
    "ObservationOutcome",
    "OneTimeLink",
    "Person",
    "PersonAccess",
    "PersonChange",
    "PersonFacts",
    "PlanRelease",
    "Purpose",
    "Reading",
    "Reminder",
    "ReminderAddress",
    "ReminderState",
    "ReportAnswer",
    "ReportLevel",
    "Role",
    "Route",
    "SealedDay",
    "SelfReport",
    "Sex",
    "Source",
    "Submission",
    "Unmerge",
    "User",
    "Work",
    "WorkItem",
]
