"""Where somebody agreed to be reminded: entered, changed and withdrawn, with who did it, when, and how they agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from natalizumab.clinic.clock import now
from natalizumab.clinic.merging import Together, together
from natalizumab.clinic.models import Consent, Person, ReminderAddress, User
from natalizumab.errors import Refusal

LONGEST = 254
"""Letters of an e-mail address (RFC 5321)."""

HOW = {Consent.TOLD.value: Consent.TOLD.label, Consent.WROTE.value: Consent.WROTE.label}
"""How somebody can have agreed, for the team to say."""


class ChangedMeanwhile(Refusal):
    """Somebody else changed the address after the form was opened."""


@dataclass(frozen=True)
class Typed:
    """What a form says, and what is wrong with it, by field."""

    email: str
    consent: str
    problems: Mapping[str, str]


def read(data: Mapping[str, str], *, own: bool = False) -> Typed:
    """An address and the consent to use it, from the team's form or from the person's ``own``."""
    email, consent = data.get("email", "").strip(), data.get("consent", "")
    allowed = [Consent.OWN.value] if own else list(HOW)
    problems = {"email": found} if (found := address_problem(email)) else {}
    if consent not in allowed:
        consent = ""
        agree = "Tick this to agree; without it nothing is sent."
        problems["consent"] = agree if own else "Say how they agreed; without that nothing may be sent."
    return Typed(email, consent, problems)


def address_problem(email: str) -> str:
    """What is wrong with an address; nothing where it can be one."""
    if not email:
        return "This is needed, for example name@home.example."
    if len(email) > LONGEST:
        return f"This is too long: {len(email)} characters, at most {LONGEST}."
    try:
        validate_email(email)
    except ValidationError:
        return "This is no e-mail address: it looks like name@home.example."
    return ""


@dataclass(frozen=True)
class Addresses:
    """Every row about somebody and all who are one with them (``members``), the latest first."""

    who: Together
    members: Sequence[UUID]
    rows: Sequence[ReminderAddress]

    @property
    def now(self) -> str:
        """Where they are reminded now; nothing where they are not."""
        return self.rows[0].email if self.rows else ""

    @property
    def seen(self) -> int:
        """The number of the last row, as a form carries it; 0 before the first."""
        return self.rows[0].pk if self.rows else 0


def addresses_of(person: Person) -> Addresses:
    """What is known of where somebody is reminded; two queries."""
    who = together([person.clinic_id])
    members = who.members(who.survivor(person.pk))
    rows = ReminderAddress.objects.filter(person__in=members).select_related("by").order_by("-pk")
    return Addresses(who, members, list(rows))


def others_with(person: Person, email: str, who: Together | None = None) -> list[Person]:
    """Who else of the clinic is reminded at that address: a family, or a mistake. Whoever is merged is one.

    Two queries, and one more where ``who`` is read with whom is not at hand.
    """
    if not email:
        return []
    who = who or together([person.clinic_id])
    ever = ReminderAddress.objects.filter(person__clinic=person.clinic_id, email__iexact=email)
    people = {row.person_id: row.person for row in ever.select_related("person")}
    groups = {who.survivor(one): who.members(who.survivor(one)) for one in people}
    groups.pop(who.survivor(person.pk), None)
    everybody = [member for members in groups.values() for member in members]
    rows = ReminderAddress.objects.filter(person__in=everybody).order_by("pk").values_list("person", "email")
    at = {who.survivor(one): address.lower() for one, address in rows}
    others = [one for key, one in people.items() if at.get(who.survivor(key)) == email.lower()]
    return sorted(others, key=lambda one: one.number)


def change(person: Person, email: str, consent: str, *, by: User, key: str, seen: int) -> None:
    """From now on there; without an address, no longer. The form sent twice, or what is so already, adds nothing.

    Raises ChangedMeanwhile where somebody changed it after ``seen``.
    """
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        known = addresses_of(person)
        if ReminderAddress.objects.filter(key=key).exists() or email == known.now:
            return
        if known.seen > seen:
            raise ChangedMeanwhile("somebody changed this address meanwhile: compare, and save again")
        ReminderAddress(person=person, email=email, consent=consent, by=by, at=now(), key=key).save()
