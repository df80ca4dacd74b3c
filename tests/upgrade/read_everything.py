"""Run by the upgrade test in a process of its own: migrate the database that the environment names, and read it all."""

from __future__ import annotations

import json
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from natalizumab.clinic.models import Clinic, Entry, Person  # noqa: E402
from natalizumab.clinic.person_page import person_page  # noqa: E402
from natalizumab.clinic.plans import plan_of  # noqa: E402
from natalizumab.clinic.records import readable  # noqa: E402
from natalizumab.clinic.timeline import timeline  # noqa: E402

ON = date(2026, 11, 2)


def main() -> None:
    call_command("migrate", verbosity=0)
    decisions, refusals, lines = {}, [], 0
    for person in Person.objects.order_by("number"):
        entries = list(Entry.objects.filter(person=person).order_by("sequence"))
        plan = plan_of(person, entries, ON)
        record = readable(person, entries)
        page = person_page(person, entries, record, plan, ON)
        assert page.years
        decisions[person.number] = plan.decision
        refusals += [f"{person.number}: {plan.refusal}"] if plan.refusal else []
        lines += len(timeline(entries, record))
    print(json.dumps({"clinics": Clinic.objects.count(), "decisions": decisions, "refusals": refusals, "lines": lines}))


main()
