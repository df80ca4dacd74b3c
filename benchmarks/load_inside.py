"""What the load benchmark runs inside an installation, each in a process of its own.

``load_inside.py fill SETTINGS PEOPLE PROCESSES`` makes a nurse and loads invented people with ten years each; it prints
how long that took and their ids as JSON. ``load_inside.py serve SETTINGS PORT`` serves as ``natalizumab serve`` does,
with the bare view beside the clinic's pages.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any


def fill(settings: str, people: str, processes: str) -> None:
    """Load, with progress on standard error."""
    from natalizumab.clinic.operation.site import site
    from visitor import KEY, NAME, PASSWORD

    with site(Path(settings)):
        from allauth.mfa.totp.internal.auth import TOTP

        from natalizumab.clinic.clock import today
        from natalizumab.clinic.loading.running import load
        from natalizumab.clinic.models import Clinic, Membership, Person, Role, Source, User
        from natalizumab.clinic.vigilance.counting import counted

        clinic = Clinic.objects.get()
        nora = User.objects.create_user(NAME, password=PASSWORD)
        Membership.objects.create(user=nora, clinic=clinic, role=Role.NURSE)
        TOTP.activate(nora, KEY)
        began, on = time.perf_counter(), today()
        told = load(
            clinic, _people(int(people), on), by=nora, source=Source.DEMO, on=on, processes=int(processes), said=_said
        )
        seconds = time.perf_counter() - began
        assert counted(clinic, on, most=0).waiting == 0
        ids = [str(key) for key in Person.objects.values_list("pk", flat=True)]
        print(json.dumps({"seconds": seconds, "entries": told.entries, "day": str(on), "people": ids}))


def _people(count: int, on: Any) -> Iterator[Any]:
    from invented_people import course, known_then
    from natalizumab.clinic.loading.lots import Incoming

    for number in range(count):
        events = known_then(course(random.Random(number), on))
        yield Incoming(f"B-{number:05d}", f"Person {number} Invented", events, sex="female")


def _said(done: Any) -> None:
    if sys.stderr.isatty():
        print(f"\r  {done.people} people, {done.entries} entries", end="", file=sys.stderr)


def serve(settings: str, port: str) -> None:
    """Until killed; says "Listening" once visitors can come."""
    import django

    from natalizumab.clinic.operation import settings_file

    settings_file.load(Path(settings))
    os.environ["DJANGO_SETTINGS_MODULE"] = "load_settings"
    django.setup()
    from natalizumab.clinic.operation import server

    server.prepare(print)
    # As many hands as `natalizumab serve` has by itself.
    server.serve(server.Serving(f"127.0.0.1:{port}", workers=2, threads=4), lambda: print("Listening", flush=True))


if __name__ == "__main__":
    what: dict[str, Callable[..., None]] = {"fill": fill, "serve": serve}
    what[sys.argv[1]](*sys.argv[2:])
