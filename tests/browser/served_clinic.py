"""A clinic that asks for passwords and second factors, served for the browser tests: prints its address and its links.

Run as ``python -m tests.browser.served_clinic FOLDER``. The demo can't show this: there nobody has a password.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def main(folder: Path) -> None:
    """Make the clinic, say where it is, and serve until ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "natalizumab.clinic.settings.test"
    os.environ["NATALIZUMAB_DATABASE"] = str(folder / "clinic.sqlite3")
    import django
    from django.conf import settings

    settings.NATALIZUMAB_SECOND_FACTOR = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    settings.WHITENOISE_USE_FINDERS = True
    django.setup()
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application

    from natalizumab.clinic.demo.server import _quiet

    call_command("migrate", verbosity=0)
    found = _clinic()
    from django.core.servers.basehttp import WSGIRequestHandler

    server = ThreadedWSGIServer(("127.0.0.1", 0), _quiet(WSGIRequestHandler))
    server.set_app(get_wsgi_application())
    print(json.dumps(found | {"address": f"http://localhost:{server.server_port}"}), flush=True)
    server.serve_forever()


def _clinic() -> dict[str, Any]:
    from tests.web.people import BEN, person

    from natalizumab.clinic.accounts import first_administrator, links
    from natalizumab.clinic.models import Clinic, Purpose, Role

    name = "Harbour clinic (invented)"
    administrator = first_administrator(name, "anna", name="Anna Administrator (invented)")
    clinic = Clinic.objects.get(name=name)
    ben = person(clinic, "B-2", "Ben Invented", BEN, sex="male")
    return {
        "administrator": f"/join/{administrator}/",
        "nurse": f"/join/{links.make(Purpose.TEAM, clinic, by=None, role=Role.NURSE)}/",
        "prescriber": f"/join/{links.make(Purpose.TEAM, clinic, by=None, role=Role.PRESCRIBER)}/",
        "person": f"/join/{links.make(Purpose.SELF, clinic, by=None, person=ben)}/",
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
