"""To the hospital's own sign-in and back."""

from __future__ import annotations

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from requests import RequestException

from natalizumab.clinic.accounts.confirming import confirmed
from natalizumab.clinic.accounts.outside import HospitalAdapter


@login_not_required
@never_cache
def outside_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the hospital's sign-in; to connect it, whoever asks shows first who they are."""
    way = confirmed(_go) if request.GET.get("process") == AuthProcess.CONNECT else _go
    return way(request, provider_id)


def _go(request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = _adapter(request, provider_id)
    answer = _answer(request, adapter, OAuth2LoginView)
    if not isinstance(answer, HttpResponseRedirect):
        return answer
    # A form of ours may lead nowhere else (form-action), and Chromium counts a redirect after it; a page may.
    context = {"address": answer.url, "provider": adapter.get_provider()}
    return render(request, "socialaccount/going_on.html", context)


@login_not_required
def outside_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the hospital's sign-in, with a code or a refusal."""
    return _answer(request, _adapter(request, provider_id), OAuth2CallbackView)


def _answer(request: HttpRequest, adapter: HospitalAdapter, view: type[OAuth2View]) -> HttpResponse:
    """What the view answers, or, where the hospital's server fails before it looks, that nobody was signed in."""
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException) as error:
        answer = render_authentication_error(request, adapter.get_provider(), exception=error)
    return answer


def _adapter(request: HttpRequest, provider_id: str) -> HospitalAdapter:
    adapter = HospitalAdapter(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return adapter
