"""What the clinic and the person asked, agreed and decided."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from msgspec import Meta

from natalizumab.record.events.base import Event, Impossible, not_before, not_planned
from natalizumab.record.limits import FreeText, Name, Place, YesNo

Question = Literal["new_or_worsening", "immune_condition", "other_drug"]


class Form(Event, frozen=True, kw_only=True, tag="form"):
    """A form that was handed over or signed: alert card, initiation, continuation, discontinuation."""

    name: Name


class Checklist(Event, frozen=True, kw_only=True, tag="checklist"):
    """The questions before a dose."""

    answers: Annotated[
        dict[Question, YesNo], Meta(extra_json_schema={"propertyNames": {"enum": list(get_args(Question))}})
    ]
    place: Place | None = None


class Authorisation(Event, frozen=True, kw_only=True, tag="authorisation"):
    """Whether treatment is authorised, and until when."""

    status: Literal["authorised", "not authorised"]
    until: date | None = None

    def check(self) -> None:
        not_before(self, "until", self.until)


class Selfcheck(Event, frozen=True, kw_only=True, tag="selfcheck"):
    """What the person noticed: infection, mood, speech, vision, breast, skin …"""

    answers: dict[Name, YesNo]
    by: Name | None = None


class Review(Event, frozen=True, kw_only=True, tag="review"):
    """A prescriber's review."""

    by: Name | None = None
    outcome: FreeText | None = None


class Decision(Event, frozen=True, kw_only=True, tag="decision"):
    """A clinician's answer to a reason of the plan. ``answers`` names the events behind that reason."""

    rule: Name
    choice: Literal["acknowledged", "released", "declined"]
    answers: tuple[Name, ...] | None = None
    reason: FreeText | None = None
    by: Name | None = None

    def check(self) -> None:
        not_planned(self, "a decision is taken or not")


class Withdrawal(Event, frozen=True, kw_only=True, tag="withdrawal"):
    """The event that ``corrects`` names was entered in error; nothing replaces it."""

    def check(self) -> None:
        not_planned(self, "an entry is withdrawn or not")
        if self.corrects is None:
            raise Impossible("corrects", "is missing; a withdrawal names the id of the entry made in error")


class Followup(Event, frozen=True, kw_only=True, tag="followup"):
    """The person died, moved to another clinic, or was lost from sight: all items and messages end."""

    status: Literal["died", "transferred", "lost"]
