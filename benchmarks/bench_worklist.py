"""The worklist of 2,000 and of 20,000 people, beside a bare page: the same middleware and login, one query, the frame.

``NATALIZUMAB_DATABASE`` names another database than SQLite in memory; all people are invented, from one seed.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any
from uuid import uuid4

from invented_people import course
from timing import cpu_seconds, interleaved, table

PEOPLE, COPIES = 2_000, 10
ROUNDS = 15
ON = date(2026, 11, 2)
PLACES = {
    "worklist": "/",
    "overdue": "/?need=overdue",
    "mine": "/?need=mine",
    "MRI": "/?kind=mri",
    "search": "/?search=person+77",
    "by name, a late page": "/?sort=name&page=40",
}
"""The pages that are timed."""


def main() -> None:
    """Two tables: each page as a ratio to the bare one, and how many functions Python calls for it."""
    prepare()
    seconds = cpu_seconds(lambda: rebuild_some(50), seconds=2)
    ten_years = cpu_seconds(read_ten_years, seconds=0.5)
    print(f"  {PEOPLE} people; {1000 * seconds / 50:.1f} ms for each person's rows, short records")
    print(f"  reading a ten-year record from its entries: {1000 * ten_years:.1f} ms")
    client = signed_in()
    show(client, PEOPLE)
    copy_rows()
    show(client, PEOPLE * COPIES)
    explain()


def prepare() -> None:
    """Django, its tables, a clinic of invented people, and their rows."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "natalizumab.clinic.settings.test"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "bare_page"
    call_command("migrate", verbosity=0)
    load_people()


def load_people() -> None:
    """The people, from one seed."""
    from natalizumab.clinic.loading.lots import Incoming
    from natalizumab.clinic.loading.running import load
    from natalizumab.clinic.models import Clinic, Membership, Role, Source, User

    clinic = Clinic.objects.create(name="Bench clinic (invented)")
    user = User.objects.create_user("bench")
    Membership.objects.create(user=user, clinic=clinic, role=Role.NURSE)
    people = (Incoming(f"B-{n:05d}", f"Person {n} Invented", short_course(n)) for n in range(PEOPLE))
    load(clinic, people, by=user, source=Source.DEMO, on=ON)


def short_course(seed: int) -> list[dict[str, Any]]:
    """A year."""
    return list(course(random.Random(seed), ON, doses=12))


def rebuild_some(count: int) -> None:
    """Work out some people's rows."""
    from natalizumab.clinic.models import Work
    from natalizumab.clinic.projection import refresh_rows

    refresh_rows(list(Work.objects.order_by("pk")[:count]), ON)


def read_ten_years(made: dict[str, Any] = {}) -> None:  # noqa: B006 - made once
    """From entries to the record."""
    from natalizumab.clinic.chain import FIRST
    from natalizumab.clinic.entries import Head, build
    from natalizumab.clinic.models import Person, Source
    from natalizumab.clinic.records import record_of

    if not made:
        person, rng = Person(number="T-1", name="Ten Years Invented"), random.Random(2)
        events = list(course(rng, ON))
        made["person"] = person
        made["entries"] = [build(person, e, head=Head(0, FIRST), by=None, source=Source.DEMO) for e in events]
    record_of(made["person"], made["entries"])


def signed_in() -> Any:
    """A client of a nurse who took something."""
    from django.test import Client

    from natalizumab.clinic.models import Person, User, WorkItem
    from natalizumab.clinic.work.handling import Change, handle

    user = User.objects.get(username="bench")
    for item in WorkItem.objects.filter(prompt=False).exclude(rule="")[:40]:
        person = Person.objects.get(pk=item.person_id)
        handle(person, item.key, Change(owner=user), by=user, form=str(uuid4()), seen=0, on=ON)
    client = Client()
    client.force_login(user)
    return client


def copy_rows() -> None:
    """Everybody again and again under other numbers, rows and items, until the tables are as large as a hospital's."""
    from natalizumab.clinic.models import Person, Work, WorkItem

    rows, items = list(Work.objects.all()), list(WorkItem.objects.all())
    for copy in range(1, COPIES):
        ids = {row.pk: uuid4() for row in rows}
        clinic = rows[0].clinic_id
        people = [Person(id=ids[r.pk], clinic_id=clinic, number=f"{r.number}-{copy}", name=r.name) for r in rows]
        Person.objects.bulk_create(people, batch_size=500)
        for row in rows:
            row.person_id, row.number = ids[row.pk], f"B-{copy}-{row.number[-5:]}"
        Work.objects.bulk_create(rows, batch_size=200)
        for item in items:
            item.pk, item.person_id, item.owner_id = None, ids[item.person_id], None
        WorkItem.objects.bulk_create(items, batch_size=200)


def show(client: Any, people: int) -> None:
    """Both figures of each page."""
    pages: dict[str, Callable[[], object]] = {name: lambda p=place: client.get(p) for name, place in PLACES.items()}  # type: ignore[misc]
    times = interleaved({"bare": lambda: client.get("/bare/")} | pages, ROUNDS)
    rows = [(f"{people} people", "ms", "ratio to bare", "calls in Python")]
    for name, seconds in times.items():
        calls = calls_of(pages.get(name, lambda: client.get("/bare/")))
        rows.append((name, f"{1000 * seconds:.1f}", f"{seconds / times['bare']:.1f}", str(calls)))
    table(rows)


def calls_of(case: Callable[[], object]) -> int:
    """How many functions Python calls, its own and those written in C: the same on every machine."""
    count = 0

    def seen(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    case()
    sys.setprofile(seen)
    try:
        case()
    finally:
        sys.setprofile(None)
    return count


def explain() -> None:
    """How the database finds a page and its counts."""
    from natalizumab.clinic.models import Clinic, User
    from natalizumab.clinic.worklist import Asked

    clinic, user = Clinic.objects.get(), User.objects.get(username="bench")
    for name, asked in {"a page": Asked(user=user), "overdue": Asked(need="overdue", user=user)}.items():
        print(f"  {name}: {asked.people(clinic, ON)[:25].explain()}".replace("\n", "\n    "))


if __name__ == "__main__":
    main()
