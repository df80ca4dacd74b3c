"""Who may do what: the one table. A page that is not in it answers nobody, and a test fails.

An administrator manages accounts and sees no clinical data; an auditor reads and changes nothing. A person sees their
own page, a carer what that person allows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from natalizumab.clinic.membership import role_of
from natalizumab.clinic.models import Role

Roles = frozenset[str]

PUBLIC: Roles = frozenset({"anybody"})
NURSE, PRESCRIBER, PHARMACIST, ADMINISTRATOR, AUDITOR = (
    frozenset({role.value}) for role in (Role.NURSE, Role.PRESCRIBER, Role.PHARMACIST, Role.ADMINISTRATOR, Role.AUDITOR)
)
GIVERS = NURSE | PRESCRIBER
CARERS = NURSE | PRESCRIBER | PHARMACIST
READERS = CARERS | AUDITOR
TEAM = READERS | ADMINISTRATOR
SIGNED_IN: Roles = frozenset({"anybody who has signed in"})
PERSON, CARER = frozenset({"person"}), frozenset({"carer"})
OWN = PERSON | CARER
ROLES = (*Role.values, "person", "carer")
"""Every role, in the order of the manual."""

MAY: Mapping[str, Mapping[str, Roles]] = {
    "worklist": {"GET": READERS},
    "worklist-csv": {"GET": READERS},
    "worklist-ics": {"GET": READERS},
    "find-person": {"GET": READERS},
    "person": {"GET": READERS},
    "item": {"GET": READERS, "POST": CARERS},
    "earlier": {"GET": READERS},
    "curve": {"GET": READERS},
    "interval": {"GET": READERS},
    "chart": {"GET": READERS},
    "letters": {"GET": READERS},
    "new-letter": {"GET": CARERS, "POST": CARERS},
    "letter": {"GET": READERS},
    "letter-file": {"GET": READERS},
    "appointments": {"GET": READERS},
    "reminders": {"GET": READERS, "POST": CARERS},
    "reminders-check": {"POST": CARERS},
    "clinic-details": {"GET": ADMINISTRATOR, "POST": ADMINISTRATOR},
    "infusion": {"GET": READERS, "POST": GIVERS},
    "infusion-day": {"GET": READERS, "POST": GIVERS},
    "person-add": {"GET": CARERS, "POST": CARERS},
    "person-details": {"GET": READERS, "POST": CARERS},
    "duplicates": {"GET": READERS},
    "person-merge": {"GET": CARERS, "POST": CARERS},
    "person-unmerge": {"POST": CARERS},
    "entry-kinds": {"GET": CARERS},
    "entry-add": {"GET": CARERS, "POST": CARERS},
    "entry-check": {"POST": CARERS},
    "entry": {"GET": READERS},
    "entry-correct": {"GET": CARERS, "POST": CARERS},
    "entry-withdraw": {"GET": CARERS, "POST": CARERS},
    "decide": {"GET": CARERS, "POST": CARERS},
    "switch": {"GET": READERS},
    "readers": {"GET": AUDITOR},
    "clinic-wide": {"GET": READERS},
    "clinic-wide-file": {"GET": READERS},
    "signal": {"GET": CARERS},
    "signal-file": {"GET": CARERS},
    "simulator": {"GET": READERS},
    "evidence": {"GET": PUBLIC},
    "source": {"GET": PUBLIC},
    "glance": {"GET": PUBLIC},
    "triage": {"GET": READERS},
    "triage-waiting": {"GET": READERS},
    "triage-claim": {"POST": CARERS},
    "triage-answer": {"GET": READERS, "POST": CARERS},
    "person-seen": {"GET": READERS},
    "person-release": {"POST": NURSE | PRESCRIBER},
    "person-invite": {"POST": NURSE | PRESCRIBER},
    "person-access-end": {"POST": NURSE | PRESCRIBER},
    "me": {"GET": OWN},
    "me-check": {"GET": OWN, "POST": OWN},
    "me-worse": {"GET": OWN, "POST": OWN},
    "me-told": {"GET": OWN},
    "me-card": {"GET": OWN},
    "me-carers": {"GET": PERSON, "POST": PERSON},
    "me-carer-end": {"POST": PERSON},
    "me-reminders": {"GET": PERSON, "POST": PERSON},
    "me-reminders-check": {"POST": PERSON},
    "colleagues": {"GET": ADMINISTRATOR},
    "colleague": {"GET": ADMINISTRATOR, "POST": ADMINISTRATOR},
    "invite": {"POST": ADMINISTRATOR},
    "invitation-withdraw": {"POST": ADMINISTRATOR},
    "choose": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "join": {"GET": PUBLIC, "POST": PUBLIC},
    "account_login": {"GET": PUBLIC, "POST": PUBLIC},
    "account_logout": {"POST": SIGNED_IN},
    "account_inactive": {"GET": PUBLIC},
    "account_reauthenticate": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "account_change_password": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_authenticate": {"GET": PUBLIC, "POST": PUBLIC},
    "mfa_login_webauthn": {"GET": PUBLIC, "POST": PUBLIC},
    "mfa_index": {"GET": SIGNED_IN},
    "mfa_reauthenticate": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_reauthenticate_webauthn": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_activate_totp": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_deactivate_totp": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_view_recovery_codes": {"GET": SIGNED_IN},
    "mfa_generate_recovery_codes": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_list_webauthn": {"GET": SIGNED_IN},
    "mfa_add_webauthn": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_remove_webauthn": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "socialaccount_connections": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "socialaccount_login_cancelled": {"GET": PUBLIC},
    "socialaccount_login_error": {"GET": PUBLIC},
    "socialaccount_signup": {"GET": PUBLIC},
    "openid_connect_login": {"GET": PUBLIC, "POST": PUBLIC},
    "openid_connect_callback": {"GET": PUBLIC},
    "language": {"POST": PUBLIC},
    "health": {"GET": PUBLIC},
    "health-details": {"GET": ADMINISTRATOR | AUDITOR},
    "demo-sign-in": {"GET": PUBLIC},
}
"""By the name of an address and the method (HEAD and OPTIONS count as GET): the roles that may."""

WHAT: Mapping[str, str] = {
    "worklist": "The worklist of the clinic",
    "worklist-csv": "The worklist as a table",
    "worklist-ics": "The worklist as a calendar",
    "find-person": "Find a person by number or name",
    "person": "A person's page",
    "item": "Take, order or put off a thing to do",
    "earlier": "The earlier years of a person's timeline",
    "curve": "A person's own curve of concentration and saturation",
    "interval": "Which interval suits a person",
    "chart": "The data of a person's pictures",
    "letters": "A person's letters",
    "new-letter": "Write a letter and keep it",
    "letter": "A letter as it was sent",
    "letter-file": "A letter as a file",
    "appointments": "A person's appointments as a calendar file",
    "reminders": "Where a person is reminded, and of what",
    "reminders-check": "Have an address for reminders checked while typing",
    "clinic-details": "The clinic's letterhead",
    "infusion": "A person's infusion: checklist, dose, observation, reaction",
    "infusion-day": "The day's infusions and their appointments",
    "person-add": "Add a person",
    "person-details": "A person's details and how they changed",
    "duplicates": "People who may be listed twice",
    "person-merge": "Merge two people who are one",
    "person-unmerge": "Part two people who were merged",
    "entry-kinds": "Choose what to enter",
    "entry-add": "Enter something into a record",
    "entry-check": "Have a form checked while typing",
    "entry": "An entry and its history",
    "entry-correct": "Correct an entry",
    "entry-withdraw": "Mark an entry as entered in error (a release: prescribers only)",
    "decide": "Decide about a reason (a hold is released by prescribers only)",
    "switch": "Plan a switch of drugs",
    "readers": "Who read a person's pages",
    "clinic-wide": "The clinic as a whole, in numbers",
    "clinic-wide-file": "A table of these numbers as a file",
    "signal": "The people behind a signal",
    "signal-file": "The people behind a signal as a file",
    "simulator": "The simulator (virtual people)",
    "evidence": "Where the numbers come from",
    "source": "A source and what rests on it",
    "glance": "Natalizumab at a glance",
    "triage": "What people told from their own pages, the gravest first",
    "triage-waiting": "How many such reports wait",
    "triage-claim": "Take such a report",
    "triage-answer": "Read and answer such a report",
    "person-seen": "What a person sees on their own page, and who else does",
    "person-release": "Let a person see a hold",
    "person-invite": "Invite a person, or their carer, to their own page",
    "person-access-end": "End somebody's access to a person's own page",
    "me": "One's own page",
    "me-check": "The monthly check",
    "me-worse": "Tell the team: I feel worse now",
    "me-told": "What the team answered",
    "me-card": "The alert card",
    "me-carers": "Invite a carer, and what carers see",
    "me-carer-end": "End a carer's access",
    "me-reminders": "Where one is reminded",
    "me-reminders-check": "Have one's address checked while typing",
    "colleagues": "The clinic's accounts, and what was done to them",
    "colleague": "One account: role, lock, sessions, second factor, password",
    "invite": "Invite a colleague",
    "invitation-withdraw": "Withdraw an invitation",
    "choose": "Choose one of several clinics or people",
    "join": "Use a one-time link",
    "account_login": "Sign in",
    "account_logout": "Sign out",
    "account_inactive": "Told that an account is closed",
    "account_reauthenticate": "Give the password again before a dangerous act",
    "account_change_password": "Change one's password",
    "mfa_authenticate": "Give the second factor while signing in",
    "mfa_login_webauthn": "Sign in with a passkey",
    "mfa_index": "One's second factor",
    "mfa_reauthenticate": "Give a code again before a dangerous act",
    "mfa_reauthenticate_webauthn": "Show a passkey again before a dangerous act",
    "mfa_activate_totp": "Set up codes from an app",
    "mfa_deactivate_totp": "Give up codes from an app",
    "mfa_view_recovery_codes": "See one's recovery codes, once",
    "mfa_generate_recovery_codes": "Make new recovery codes",
    "mfa_list_webauthn": "One's passkeys",
    "mfa_add_webauthn": "Add a passkey",
    "mfa_remove_webauthn": "Remove a passkey",
    "socialaccount_connections": "Connect the hospital's own sign-in (where there is one)",
    "socialaccount_login_cancelled": "Told that the hospital's sign-in was cancelled",
    "socialaccount_login_error": "Told that the hospital's sign-in failed",
    "socialaccount_signup": "Told that the hospital's account is not connected",
    "openid_connect_login": "Sign in with the hospital's account",
    "openid_connect_callback": "Return from the hospital's sign-in",
    "language": "Choose the language of the pages",
    "health": "Whether the service is well: yes or no",
    "health-details": "Whether the service is well: what is looked at",
    "demo-sign-in": "Sign in to the demo",
}


class PermissionMiddleware:
    """Asks the table before any view runs; what a view shows of which clinic is the view's own question."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None where the role may, 405 for a method that the page has not. PermissionDenied for everybody else."""
        match = request.resolver_match
        allowed = MAY.get(match.view_name if match else "")
        if allowed is None:
            raise PermissionDenied("nobody may do this: it is not in the table of who may do what")
        roles = allowed.get("GET" if request.method in ("HEAD", "OPTIONS") else request.method or "")
        if roles is None:
            return HttpResponseNotAllowed(allowed)
        if roles is PUBLIC or roles is SIGNED_IN or not request.user.is_authenticated:
            return None
        return _check(request, roles)


def _check(request: HttpRequest, roles: Roles) -> HttpResponse | None:
    role = role_of(request)
    if role is None:
        if getattr(request, "must_choose", False):
            return redirect("choose")
        raise PermissionDenied("you belong to no clinic here; ask your administrator")
    if role not in roles:
        raise PermissionDenied(f"as {role} you may not do this")
    return None
