"""The web server that the crash tests kill: gunicorn as `natalizumab serve` runs it, and a page that writes entries."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

handler500 = "natalizumab.clinic.views.errors.broke"


def write(request: HttpRequest) -> HttpResponse:
    """Entries that came together, with the key of their form; answered when they are written."""
    from natalizumab.clinic.entries import append_all
    from natalizumab.clinic.models import Person, Source

    asked = json.loads(request.body)
    person = Person.objects.get(pk=asked["person"])
    made = append_all(person, asked["events"], by=None, source=Source.FORM, key=asked["key"])
    return JsonResponse({"ids": [entry.pk.hex for entry in made]})


def ready(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ready")


urlpatterns = [path("write/", write), path("ready/", ready)]


def main(settings: str, port: str) -> None:
    import django

    from natalizumab.clinic.operation import server, settings_file

    settings_file.load(Path(settings))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.crash.web_settings"
    django.setup()
    server.serve(server.Serving(f"127.0.0.1:{port}", workers=2, threads=3), listening=lambda: None)


if __name__ == "__main__":
    main(*sys.argv[1:])
