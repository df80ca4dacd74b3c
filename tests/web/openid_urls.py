"""The addresses of a clinic that has the hospital's own sign-in."""

from __future__ import annotations

from natalizumab.clinic.accounts.urls import OUTSIDE
from natalizumab.clinic.urls import handler500, urlpatterns

urlpatterns = [*urlpatterns, *OUTSIDE]

__all__ = ["handler500", "urlpatterns"]
