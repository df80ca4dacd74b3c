"""Who may get in and how: one-time links, the accounts of people and carers, and what was done to any of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from natalizumab.clinic.models.accounts import Clinic, Role, User
from natalizumab.clinic.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from natalizumab.clinic.models.people import Person


class Purpose(models.TextChoices):
    TEAM = "team", "Join the team"
    PASSWORD = "password", "Choose a new password"
    SELF = "self", "Open one's own page"
    CARER = "carer", "Help somebody as a carer"


class AccessKind(models.TextChoices):
    SELF = "self", "The person"
    CARER = "carer", "Carer"


class Allowed(models.TextChoices):
    DATES = "dates", "see the next dose and what is due"
    TELL = "tell", "send the monthly check and tell the team of worsening"


class OneTimeLink(models.Model):
    """A link that works once, until it expires. Of its token only a hash is kept.

    ``failures`` counts wrong dates of birth given for it; too many spend the link. ``allows`` is for a carer.
    """

    hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="links")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="links")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    allows = models.JSONField(default=list)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="link_purpose_is_known")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, until {self.expires_at:%Y-%m-%d %H:%M}"


class PersonAccess(models.Model):
    """That a user sees a person's own page: as that person, or as a carer. ``ended``: no longer.

    A user is one person at most, for ever, and a person has one user at a time: nobody shares.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="accesses")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accesses")
    kind = models.CharField(max_length=10, choices=AccessKind)
    allows = models.JSONField(default=list)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(kind="self"), name="a_user_is_one_person"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(kind="self", ended=None), name="a_person_has_one_user"
            ),
            models.UniqueConstraint(fields=["user", "person"], condition=Q(ended=None), name="one_access_each"),
            models.CheckConstraint(condition=Q(kind__in=AccessKind.values), name="access_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_kind_display()}"

    def may(self, what: str) -> bool:
        """Whether this is the person, or a carer whom the person allowed it."""
        return self.kind == AccessKind.SELF or what in self.allows


class AccountDone(models.TextChoices):
    FOUNDED = "founded", "first administrator"
    INVITED = "invited", "invited"
    JOINED = "joined", "joined"
    WITHDRAWN = "withdrawn", "invitation withdrawn"
    ROLE = "role", "role changed"
    LOCKED = "locked", "locked"
    UNLOCKED = "unlocked", "unlocked"
    SESSIONS = "sessions", "sessions ended"
    SECOND_FACTOR = "second factor", "second factor reset"
    PASSWORD_LINK = "password link", "link for a new password made"
    PASSWORD = "password", "password set"
    ENDED = "ended", "access ended"
    FACTOR_ADDED = "factor added", "second factor added"
    FACTOR_REMOVED = "factor removed", "second factor removed"
    CODES = "recovery codes", "recovery codes made anew"
    CONNECTED = "connected", "hospital account connected"
    DISCONNECTED = "disconnected", "hospital account disconnected"


class AccountEvent(AppendOnlyModel):
    """Something that was done to an account; with ``person``, about their own page, which no administrator sees."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="account_events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="account_events")
    what = models.CharField(max_length=20, choices=AccountDone)
    detail = models.CharField(max_length=500, blank=True)

    objects = AppendOnlyQuerySet["AccountEvent"].as_manager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"

    @property
    def roles(self) -> tuple[str, ...]:
        """The role before and the one after, where a colleague's was changed."""
        before, to, after = self.detail.partition(" to ")
        return (before, after) if to and self.what == AccountDone.ROLE and before in Role.values else ()

    @property
    def typed(self) -> bool:
        """Whether the detail is a reason in somebody's own words, which nobody translates."""
        return self.by_id is not None and self.what in (AccountDone.LOCKED, AccountDone.SECOND_FACTOR)


class CacheEntry(models.Model):
    """The rows of Django's database cache, where failed sign-ins are counted: a restart forgets none of them."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "clinic_cache"

    def __str__(self) -> str:
        return self.cache_key
