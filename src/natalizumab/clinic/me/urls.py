"""The addresses of people's own pages, and of the clinic's pages about them."""

from __future__ import annotations

from django.urls import path

from natalizumab.clinic.views import me, reminders, seen, triage

urlpatterns = [
    path("me/", me.me_page, name="me"),
    path("me/check/", me.check_page, name="me-check"),
    path("me/worse/", me.worse_page, name="me-worse"),
    path("me/told/<uuid:report_id>/", me.told_page, name="me-told"),
    path("me/card/", me.card_page, name="me-card"),
    path("me/carers/", me.carers_page, name="me-carers"),
    path("me/carers/<int:access_id>/end/", me.end_carer, name="me-carer-end"),
    path("me/reminders/", reminders.own_reminders, name="me-reminders"),
    path("me/reminders/check/", reminders.check_own_reminders, name="me-reminders-check"),
    path("triage/", triage.triage_page, name="triage"),
    path("triage/waiting/", triage.waiting, name="triage-waiting"),
    path("triage/<uuid:report_id>/", triage.answer_page, name="triage-answer"),
    path("triage/<uuid:report_id>/claim/", triage.claim_report, name="triage-claim"),
    path("people/<uuid:person_id>/seen/", seen.seen_page, name="person-seen"),
    path("people/<uuid:person_id>/seen/release/", seen.release_view, name="person-release"),
    path("people/<uuid:person_id>/seen/invite/", seen.invite_view, name="person-invite"),
    path("people/<uuid:person_id>/seen/<int:access_id>/end/", seen.end_view, name="person-access-end"),
]
