"""The clinic's addresses and one more: a bare view with the same middleware and sign-in, one query, the base template.

It is what pages are held against, in the benchmarks alone. Its path is that of the address configuration.
"""

from __future__ import annotations

from typing import Any

from django.shortcuts import render
from django.urls import path

from natalizumab.clinic import permissions, urls
from natalizumab.clinic.models import Person

# Whoever may see the worklist may see it.
permissions.MAY["bare"] = permissions.MAY["worklist"]  # type: ignore[index]


def bare(request: Any) -> Any:
    """One query and the frame of every page."""
    Person.objects.filter(clinic=request.membership.clinic).first()
    return render(request, "clinic/base.html")


urlpatterns = [*urls.urlpatterns, path("bare/", bare, name="bare")]
handler500 = urls.handler500
