"""The demo's addresses: the clinic's, and the sign-in without a password. Refuses to be loaded anywhere else."""

from __future__ import annotations

from django.urls import include, path

from natalizumab.clinic.demo.guard import require_demo_settings
from natalizumab.clinic.demo.sign_in import sign_in

require_demo_settings()

handler500 = "natalizumab.clinic.views.errors.broke"

urlpatterns = [
    path("demo-sign-in/", sign_in, name="demo-sign-in"),
    path("", include("natalizumab.clinic.urls")),
]
