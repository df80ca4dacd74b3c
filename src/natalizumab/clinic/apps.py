"""The Django app: after every migration it lays the append-only triggers anew, and it plans for whoever is added."""

from __future__ import annotations

import threading
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import connections
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import trans_real


class ClinicConfig(AppConfig):
    name = "natalizumab.clinic"
    label = "clinic"
    verbose_name = "Clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from natalizumab.clinic.accounts import own_changes
        from natalizumab.clinic.accounts.sessions import begin

        own_changes.listen()
        _keep_the_language_at_hand()
        user_logged_in.connect(begin, dispatch_uid="clinic.session_begins")
        post_migrate.connect(_guard_entries, sender=self, dispatch_uid="clinic.guard_entries")
        post_save.connect(_plan_person, sender=self.get_model("Person"), dispatch_uid="clinic.plan_person")


def _keep_the_language_at_hand() -> None:
    """Django keeps the language where asynchronous code would find it too, behind a lock and a context, and a page asks
    for it a thousand times. Nothing here is asynchronous: one thread answers one request.
    """
    trans_real._active = threading.local()  # type: ignore[attr-defined]


def _guard_entries(using: str, **kwargs: Any) -> None:
    """SQLite drops a table's triggers without a word when a migration rebuilds the table, so they are laid anew."""
    from natalizumab.clinic import triggers

    triggers.install(connections[using])


def _plan_person(instance: Any, raw: bool, **kwargs: Any) -> None:
    """A new person stands on the worklist before the first entry, and a date of birth that was put right counts."""
    from natalizumab.clinic import clock, projection

    if not raw:
        projection.refresh(instance, on=clock.today())
