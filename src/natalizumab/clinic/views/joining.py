"""One-time links: a new account for a colleague, a person or a carer, or a new password."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from natalizumab.clinic.accounts import joining, links
from natalizumab.clinic.accounts.members import AccountRefused, NameTaken
from natalizumab.clinic.membership import choose, home_of
from natalizumab.clinic.models import OneTimeLink, Purpose, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def join_page(request: HttpRequest, token: str) -> HttpResponse:
    """What the link is for, the form, and after it the first page. A link that works no more is not told from none."""
    link = links.find(token)
    if link is None:
        return render(request, "clinic/accounts/link_gone.html", status=404)
    problem = ""
    if request.method == "POST":
        try:
            return _joined(request, link, request.POST)
        except AccountRefused as refusal:
            problem = str(refusal)
    signed_in = request.user if isinstance(request.user, User) else None
    context = {
        "link": link,
        "typed": request.POST,
        "problem": problem,
        "known": signed_in is not None and joining.may_add(signed_in, link),
        "asks_birth": joining.asks_birth(link),
    }
    return render(request, "clinic/accounts/join.html", context)


def _joined(request: HttpRequest, link: OneTimeLink, typed: Mapping[str, str]) -> HttpResponse:
    joining.check_birth(link, typed.get("born", ""))
    try:
        with transaction.atomic():
            return _taken(request, link, typed)
    except NameTaken:
        links.wrong(link)  # so that nobody reads the list of names out of one link
        raise
    except IntegrityError:
        raise AccountRefused("this account, or this name, is in use already: choose another") from None


def _taken(request: HttpRequest, link: OneTimeLink, typed: Mapping[str, str]) -> HttpResponse:
    if "as_myself" in typed and isinstance(request.user, User) and joining.may_add(request.user, link):
        user = request.user
        choose(request, joining.take(link, user))
        return redirect(home_of(user))
    if typed.get("password") != typed.get("again"):
        raise AccountRefused("the two passwords are not the same")
    if link.purpose == Purpose.PASSWORD:
        joining.new_password(link, typed.get("password", ""))
        return redirect("account_login")
    user = joining.join(link, typed.get("username", ""), typed.get("password", ""), typed.get("name", ""))
    login(request, user, backend=BACKEND)
    record_authentication(request, user, method="password", username=user.username, reauthenticated=True)
    return redirect(home_of(user))
