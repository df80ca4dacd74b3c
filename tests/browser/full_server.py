"""Clinics with something of everything, served for the browser tests: prints where they are and what is in them.

Run as ``python -m tests.browser.full_server FOLDER MARK...``, with a mark for each clinic wanted. Each clinic is by
itself: what one test writes no other sees.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

EVERY_PAGE = "E"
"""The mark of the clinic to look at every page of; the others are to work in."""

ENTERED = datetime(2026, 9, 1, 12, tzinfo=UTC)
"""When all of it was entered, whatever day it really is: what was not known at a month's end is in no figure of it."""

LOOKERS = ("prescriber", "auditor", "administrator", "person", "of two clinics", "halfway", "nobody")
"""Who among them sees every page that there is."""


def main(folder: Path, marks: list[str]) -> None:
    """Make the clinics, say where they are, and serve until ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "natalizumab.clinic.settings.test"
    os.environ["NATALIZUMAB_DATABASE"] = str(folder / "clinic.sqlite3")
    import django
    from django.conf import settings

    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.WHITENOISE_USE_FINDERS = True
    django.setup()
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from natalizumab.clinic import solver_ready, wire
    from natalizumab.clinic.demo.server import _quiet

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    solver_ready.ready(300)
    made = {mark: _made(mark) for mark in marks}
    server = ThreadedWSGIServer(("127.0.0.1", 0), _quiet(WSGIRequestHandler))
    server.set_app(wire.application())
    print(json.dumps({"address": f"http://localhost:{server.server_port}", "clinics": made}), flush=True)
    server.serve_forever()


def _made(mark: str) -> dict[str, Any]:
    """A clinic: its first person, the session of each role, and where every page is wanted each place that has one."""
    from tests.web.full_clinic import full_clinic
    from tests.web.walk import client_of, known_to

    from natalizumab.clinic.models import Clinic

    Clinic.objects.get_or_create(name="Another clinic (invented)")  # for who belongs to two
    with patch("natalizumab.clinic.entries.now", lambda: ENTERED):
        who, accounts = full_clinic(f"{mark} clinic (invented)", mark)
    found: dict[str, Any] = {"person": str(who.pk), "sessions": {}, "pages": {}}
    for role in LOOKERS if mark == EVERY_PAGE else accounts:
        client = client_of(role, who, accounts)
        if mark == EVERY_PAGE:
            found["pages"][role] = _pages(client, role, known_to(client, role, who))
        found["sessions"][role] = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
    return found


def _pages(client: Any, role: str, known: dict[str, Any]) -> dict[str, list[str]]:
    """By address: the places that answer with a page; of an address with many alike, as many as differ in kind."""
    from tests.web.addresses import ADDRESSES

    pages = {}
    for name, found in known.items():
        there = (place for place in found.places if _is_page(client, place))
        pages[name] = list(there) if "<slug:kind>" in ADDRESSES[name] else list(islice(there, 1))
    return pages


def _is_page(client: Any, place: str) -> bool:
    answer = client.get(place)
    return answer.status_code == 200 and b"<html" in answer.getvalue()[:100]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
