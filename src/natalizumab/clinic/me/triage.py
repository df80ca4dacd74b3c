"""The clinic's triage list: what people told, the gravest first; somebody takes each, and answers it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from natalizumab.care.triage import Danger, think_of
from natalizumab.clinic.clock import now
from natalizumab.clinic.me.signs import sign, written
from natalizumab.clinic.models import Clinic, ReportAnswer, ReportLevel, SelfReport, User
from natalizumab.errors import Refusal


class ReportRefused(Refusal):
    """It can't be taken or answered as asked."""


@dataclass(frozen=True)
class Item:
    """A report with its signs in words and what they should make one think of."""

    report: SelfReport
    signs: tuple[str, ...]
    dangers: tuple[Danger, ...]

    @property
    def worse(self) -> bool:
        return self.report.level != ReportLevel.SOON


def reports(clinic: Clinic) -> QuerySet[SelfReport]:
    """All reports of a clinic's people, with what a list of them shows."""
    found = SelfReport.objects.filter(person__clinic=clinic)
    return found.select_related("person", "told_by", "claimed_by").prefetch_related("answers__by")


def waiting(clinic: Clinic) -> QuerySet[SelfReport]:
    """Those without an answer, the gravest first, then the newest."""
    return reports(clinic).filter(answered_at=None).order_by("level", "gravity", "-told_at")


def item(report: SelfReport) -> Item:
    """The report in words."""
    questions = {question.topic: question.asks for question in written().check}
    ticked = [found for key in report.signs if (found := sign(key))]
    signs = [found.words for found in ticked] or [questions.get(key, key) for key in report.signs]
    names = [found.symptom for found in ticked] + ([report.words] if report.words else [])
    return Item(report, tuple(signs), think_of(names).dangers)


def claim(report_id: UUID, clinic: Clinic, *, by: User) -> None:
    """Take it. ReportRefused where somebody else was quicker."""
    mine = SelfReport.objects.filter(pk=report_id, person__clinic=clinic, claimed_by=None)
    if not mine.update(claimed_by=by, claimed_at=now()):
        holder = SelfReport.objects.select_related("claimed_by").get(pk=report_id).claimed_by
        if holder != by:
            raise ReportRefused(f"{_name(holder)} has taken it already")


@transaction.atomic
def answer(report: SelfReport, words: str, *, by: User) -> None:
    """Answer it in words that the person reads; a second answer is added to the first."""
    if not words.strip():
        raise ReportRefused("write the words that the person will read")
    ReportAnswer(report=report, by=by, words=words.strip()).save()
    SelfReport.objects.filter(pk=report.pk, claimed_by=None).update(claimed_by=by, claimed_at=now())
    SelfReport.objects.filter(pk=report.pk, answered_at=None).update(answered_at=now())


def _name(user: User | None) -> str:
    return (user.get_full_name() or user.username) if user else "somebody else"
