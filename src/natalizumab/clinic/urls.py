"""The addresses of a clinic. The demo adds its own sign-in elsewhere; nothing of the demo may be imported here."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from natalizumab.clinic.views.evidence import evidence_page, source_page
from natalizumab.clinic.views.person import chart_view, interval_view, person_view
from natalizumab.clinic.views.worklist import find_person, worklist_page

urlpatterns = [
    path("", worklist_page, name="worklist"),
    path("people/", find_person, name="find-person"),
    path("people/<uuid:person_id>/", person_view, name="person"),
    path("people/<uuid:person_id>/interval/", interval_view, name="interval"),
    path("people/<uuid:person_id>/charts/<slug:panel>.json", chart_view, name="chart"),
    path("evidence/", evidence_page, name="evidence"),
    path("evidence/<slug:key>/", source_page, name="source"),
    path("sign-in/", LoginView.as_view(template_name="clinic/sign_in.html"), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
]
