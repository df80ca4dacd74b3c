"""The addresses of a clinic. The demo adds its own sign-in elsewhere; nothing of the demo may be imported here."""

from __future__ import annotations

from django.urls import include, path

from natalizumab.clinic.views.appointments import appointments_file
from natalizumab.clinic.views.clinic_details import clinic_details
from natalizumab.clinic.views.clinic_wide import clinic_wide_file, clinic_wide_page, signal_file, signal_page
from natalizumab.clinic.views.correcting import entry_page, withdraw_entry
from natalizumab.clinic.views.deciding import decide
from natalizumab.clinic.views.entering import add_entry, check_entry, choose_kind, correct_entry
from natalizumab.clinic.views.evidence import evidence_page, source_page
from natalizumab.clinic.views.exports import worklist_csv, worklist_ics
from natalizumab.clinic.views.glance import glance_page
from natalizumab.clinic.views.health import health_page, health_view
from natalizumab.clinic.views.infusion import infusion_view
from natalizumab.clinic.views.infusion_day import infusion_day
from natalizumab.clinic.views.item import item_page
from natalizumab.clinic.views.language import choose_language
from natalizumab.clinic.views.letters import letter_file, letter_view, letters_view, new_letter
from natalizumab.clinic.views.merging import merge_page, unmerge_page
from natalizumab.clinic.views.people import add_person, duplicates, person_details
from natalizumab.clinic.views.person import chart_view, curve_view, earlier_view, interval_view, person_view
from natalizumab.clinic.views.readers import readers_page
from natalizumab.clinic.views.reminders import check_reminders, reminders_page
from natalizumab.clinic.views.simulator import simulator_page
from natalizumab.clinic.views.switching import switch_page
from natalizumab.clinic.views.worklist import find_person, worklist_page

handler500 = "natalizumab.clinic.views.errors.broke"

urlpatterns = [
    path("", worklist_page, name="worklist"),
    path("worklist.csv", worklist_csv, name="worklist-csv"),
    path("worklist.ics", worklist_ics, name="worklist-ics"),
    path("people/", find_person, name="find-person"),
    path("people/add/", add_person, name="person-add"),
    path("people/duplicates/", duplicates, name="duplicates"),
    path("people/<uuid:person_id>/", person_view, name="person"),
    path("people/<uuid:person_id>/details/", person_details, name="person-details"),
    path("people/<uuid:person_id>/merge/", merge_page, name="person-merge"),
    path("people/<uuid:person_id>/part/", unmerge_page, name="person-unmerge"),
    path("people/<uuid:person_id>/add/", choose_kind, name="entry-kinds"),
    path("people/<uuid:person_id>/add/<slug:kind>/", add_entry, name="entry-add"),
    path("people/<uuid:person_id>/add/<slug:kind>/check/", check_entry, name="entry-check"),
    path("people/<uuid:person_id>/entries/<uuid:entry_id>/", entry_page, name="entry"),
    path("people/<uuid:person_id>/entries/<uuid:entry_id>/correct/", correct_entry, name="entry-correct"),
    path("people/<uuid:person_id>/entries/<uuid:entry_id>/withdraw/", withdraw_entry, name="entry-withdraw"),
    path("people/<uuid:person_id>/decide/<slug:reason>/", decide, name="decide"),
    path("people/<uuid:person_id>/switch/", switch_page, name="switch"),
    path("people/<uuid:person_id>/readers/", readers_page, name="readers"),
    path("people/<uuid:person_id>/items/<slug:item>/", item_page, name="item"),
    path("people/<uuid:person_id>/earlier/", earlier_view, name="earlier"),
    path("people/<uuid:person_id>/curve/", curve_view, name="curve"),
    path("people/<uuid:person_id>/interval/", interval_view, name="interval"),
    path("people/<uuid:person_id>/charts/<slug:panel>.json", chart_view, name="chart"),
    path("people/<uuid:person_id>/letters/", letters_view, name="letters"),
    path("people/<uuid:person_id>/letters/new/<slug:kind>/", new_letter, name="new-letter"),
    path("people/<uuid:person_id>/letters/<uuid:letter_id>/", letter_view, name="letter"),
    path("people/<uuid:person_id>/letters/<uuid:letter_id>/letter.<slug:form>", letter_file, name="letter-file"),
    path("people/<uuid:person_id>/appointments.ics", appointments_file, name="appointments"),
    path("people/<uuid:person_id>/reminders/", reminders_page, name="reminders"),
    path("people/<uuid:person_id>/reminders/check/", check_reminders, name="reminders-check"),
    path("clinic/details/", clinic_details, name="clinic-details"),
    path("people/<uuid:person_id>/infusion/", infusion_view, name="infusion"),
    path("infusions/", infusion_day, name="infusion-day"),
    path("clinic/", clinic_wide_page, name="clinic-wide"),
    path("clinic/tables/<slug:table>.csv", clinic_wide_file, name="clinic-wide-file"),
    path("clinic/vigilance/<slug:signal>/", signal_page, name="signal"),
    path("clinic/vigilance/<slug:signal>.csv", signal_file, name="signal-file"),
    path("simulator/", simulator_page, name="simulator"),
    path("evidence/", evidence_page, name="evidence"),
    path("evidence/<slug:key>/", source_page, name="source"),
    path("glance/", glance_page, name="glance"),
    path("", include("natalizumab.clinic.accounts.urls")),
    path("", include("natalizumab.clinic.me.urls")),
    path("language/", choose_language, name="language"),
    path("health/", health_view, name="health"),
    path("health/details/", health_page, name="health-details"),
]
