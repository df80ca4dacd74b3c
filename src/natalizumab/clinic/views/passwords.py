"""Changing one's password."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from natalizumab.clinic.membership import user_of


class PasswordChange(PasswordChangeView):  # type: ignore[misc]
    """As django-allauth has it; whoever has no password is led to their account, which shows the ways they have."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_of(request).has_usable_password():
            return redirect("mfa_index")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response
