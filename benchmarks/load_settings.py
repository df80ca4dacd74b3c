"""A clinic's own settings, for a server that also has the bare view."""

from __future__ import annotations

from natalizumab.clinic.settings.production import *  # noqa: F403

ROOT_URLCONF = "bare_page"
