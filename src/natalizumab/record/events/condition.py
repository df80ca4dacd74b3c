"""What the person has, feels, and goes through."""

from __future__ import annotations

from datetime import date

from natalizumab.record.events.base import Event, not_before, not_planned
from natalizumab.record.limits import Days, EdssScore, GestationWeeks, Grade, Name, ReactionMinutes, Score, Status

A_FACT = "it is a fact, not an intention"


class Diagnosis(Event, frozen=True, kw_only=True, tag="diagnosis"):
    """A condition. An absent status means confirmed."""

    name: Name
    status: Status | None = None

    def check(self) -> None:
        not_planned(self, A_FACT)


class Allergy(Event, frozen=True, kw_only=True, tag="allergy"):
    """An allergy to a substance. An absent status means confirmed."""

    substance: Name
    status: Status | None = None

    def check(self) -> None:
        not_planned(self, A_FACT)


class Symptom(Event, frozen=True, kw_only=True, tag="symptom"):
    """A symptom reported on that day. ``days``: how long it has lasted; ``ended``: the day on which it was over."""

    name: Name
    days: Days | None = None
    worsening: bool | None = None
    ended: date | None = None

    def check(self) -> None:
        not_planned(self, A_FACT)
        not_before(self, "ended", self.ended)


class Reaction(Event, frozen=True, kw_only=True, tag="reaction"):
    """A reaction to a dose, ``minutes`` after its start. ``hypersensitivity`` is the clinician's own word on it."""

    features: tuple[Name, ...]
    grade: Grade | None = None
    minutes: ReactionMinutes | None = None
    hypersensitivity: bool | None = None

    def check(self) -> None:
        not_planned(self, A_FACT)


class Relapse(Event, frozen=True, kw_only=True, tag="relapse"):
    """A relapse of MS."""

    def check(self) -> None:
        not_planned(self, A_FACT)


class Edss(Event, frozen=True, kw_only=True, tag="edss"):
    """Expanded Disability Status Scale, in steps of 0.5."""

    score: EdssScore


class Fatigue(Event, frozen=True, kw_only=True, tag="fatigue"):
    """Fatigue on a named scale."""

    scale: Name
    score: Score


class Pregnancy(Event, frozen=True, kw_only=True, tag="pregnancy"):
    """Pregnant, with the weeks of gestation on that day. ``planned``: a pregnancy is wished for."""

    gestation_weeks: GestationWeeks
    ended: date | None = None

    def check(self) -> None:
        not_before(self, "ended", self.ended)


class Breastfeeding(Event, frozen=True, kw_only=True, tag="breastfeeding"):
    """Breast-feeding from that day until ``ended``."""

    ended: date | None = None

    def check(self) -> None:
        not_before(self, "ended", self.ended)
