"""Django's settings for e-mail, from the environment; none without a server and a sender."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SERVER, SENDER = "NATALIZUMAB_MAIL_SERVER", "NATALIZUMAB_MAIL_FROM"
_TLS_FROM_THE_START = 465


def mail(environment: Mapping[str, str]) -> dict[str, Any]:
    """Always encrypted: from the start on port 465, else by STARTTLS. Raises ImproperlyConfigured over half of it."""
    server, sender = environment.get(SERVER, ""), environment.get(SENDER, "")
    if not server and not sender:
        return {}
    host, _, port = server.partition(":")
    if not (host and port.isdigit() and "@" in sender):
        raise ImproperlyConfigured(f"{SERVER} must name host:port and {SENDER} an address; both, or neither")
    from_the_start = int(port) == _TLS_FROM_THE_START
    return {
        "EMAIL_HOST": host,
        "EMAIL_PORT": int(port),
        "EMAIL_USE_SSL": from_the_start,
        "EMAIL_USE_TLS": not from_the_start,
        "EMAIL_HOST_USER": environment.get("NATALIZUMAB_MAIL_USER", ""),
        "EMAIL_HOST_PASSWORD": environment.get("NATALIZUMAB_MAIL_PASSWORD", ""),
        "EMAIL_TIMEOUT": 20,
        "DEFAULT_FROM_EMAIL": sender,
        "NATALIZUMAB_MAIL": True,
    }
