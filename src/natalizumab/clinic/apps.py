"""The Django app; after every migration it puts the append-only triggers back."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ClinicConfig(AppConfig):
    name = "natalizumab.clinic"
    label = "clinic"
    verbose_name = "Clinic"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_guard_entries, sender=self, dispatch_uid="clinic.guard_entries")


def _guard_entries(using: str, **kwargs: Any) -> None:
    """SQLite drops a table's triggers without a word when a migration rebuilds the table, so they are laid anew."""
    from natalizumab.clinic import triggers

    triggers.install(connections[using])
