"""As whom a request is made: a member of one clinic, or the person or carer whose page it is. All that a view shows is
taken from it, so that two clinics stay apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from natalizumab.clinic.models import AccessKind, Clinic, Membership, PersonAccess, Role, User

CHOSEN = "chosen"
"""Where the session keeps which of several clinics, or of several people, the user chose."""


class MembershipMiddleware:
    """Gives every request a lazy ``membership`` and ``access``; views that never ask cost no query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.membership = SimpleLazyObject(lambda: _chosen(request, memberships(request.user)))  # type: ignore[attr-defined]
        request.access = SimpleLazyObject(lambda: _chosen(request, accesses(request.user)))  # type: ignore[attr-defined]
        return self.get_response(request)


def clinic_of(request: HttpRequest) -> Clinic:
    """The clinic of whoever is signed in; PermissionDenied for somebody who belongs to none."""
    membership: Membership | None = request.membership  # type: ignore[attr-defined]
    if not membership:
        raise PermissionDenied("you belong to no clinic here; ask your administrator")
    return membership.clinic


def access_of(request: HttpRequest) -> PersonAccess:
    """Whose own page this is; PermissionDenied for somebody who has none."""
    access: PersonAccess | None = request.access  # type: ignore[attr-defined]
    if not access:
        raise PermissionDenied("there is no page of your own here; ask your clinic")
    return access


def context(request: HttpRequest) -> dict[str, Any]:
    """What every template may name: the membership, and whether this is the invented clinic."""
    return {"membership": getattr(request, "membership", None), "demo": settings.NATALIZUMAB_DEMO}


def memberships(user: Any) -> list[Membership]:
    """Where the user works, without the clinics that locked them out."""
    if not user.is_authenticated:
        return []
    found = list(Membership.objects.select_related("clinic").filter(user=user, locked=False).order_by("id"))
    for membership in found:
        membership.user = user  # at hand already, and the header of every page names it
    return found


def accesses(user: Any) -> list[PersonAccess]:
    """Whose pages the user sees."""
    if not user.is_authenticated:
        return []
    found = PersonAccess.objects.select_related("person__clinic").filter(user=user, ended=None)
    return list(found.order_by("-kind", "id"))


def choose(request: HttpRequest, one: Membership | PersonAccess) -> None:
    """From now on, as this one."""
    request.session[CHOSEN] = key_of(one)


def key_of(one: Membership | PersonAccess) -> str:
    """How the session and the page of choices name one of several."""
    return f"{type(one).__name__.lower()}-{one.pk}"


def user_of(request: HttpRequest) -> User:
    """Whoever is signed in, which the table of who may do what asks for before any view."""
    assert isinstance(request.user, User)
    return request.user


def home_of(user: Any) -> str:
    """The name of the page where the user begins."""
    own = memberships(user)
    if not own:
        found = accesses(user)
        return "choose" if len(found) > 1 else "me" if found else "worklist"
    if len(own) > 1:
        return "choose"
    return "colleagues" if own[0].role == Role.ADMINISTRATOR else "worklist"


def _chosen(request: HttpRequest, found: list[Any]) -> Any:
    """The only one, or the one that was chosen; None where the user has yet to choose."""
    if len(found) < 2:
        return found[0] if found else None
    chosen = request.session.get(CHOSEN)
    request.must_choose = True  # type: ignore[attr-defined]
    return next((one for one in found if key_of(one) == chosen), None)


def role_of(request: HttpRequest) -> str | None:
    """The word by which the table of who may do what knows this request; None for somebody with no part here."""
    membership: Membership | None = request.membership  # type: ignore[attr-defined]
    if membership:
        return membership.role
    access: PersonAccess | None = request.access  # type: ignore[attr-defined]
    if access:
        return "person" if access.kind == AccessKind.SELF else "carer"
    return None
