"""Run inside an installation, in a process of its own: put people in, look at them. Prints JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

from natalizumab.clinic.operation.site import site


def fill() -> Any:
    """A second administrator, a nurse and two invented people with entries; returns the ids."""
    from tests.operation.installation import PASSWORDS
    from tests.web.people import ADA, BEN, member, person
    from tests.web.second_factor import give_app

    from natalizumab.clinic.auditing import saw, seal_day
    from natalizumab.clinic.clock import today
    from natalizumab.clinic.entries import append_all
    from natalizumab.clinic.models import Clinic, Entry, Role, Source, User

    clinic = Clinic.objects.get()
    axel = member(clinic, "axel", Role.ADMINISTRATOR)
    axel.set_password(PASSWORDS["axel"])
    axel.save()
    nora = member(clinic, "nora", Role.NURSE)
    give_app(nora)
    ada, ben = person(clinic, "A-1", "Ada Invented", ADA), person(clinic, "B-2", "Ben Invented", BEN)
    append_all(ben, [{"kind": "weight", "on": "2026-07-02", "kg": 81}], by=nora, source=Source.FORM, key="form-1")
    saw(nora, ada, "person")
    seal_day(clinic, today())
    numbers = {who.number: [str(key) for key in _entries(who)] for who in (ada, ben)}
    assert User.objects.count() == 3
    return {"people": {"A-1": str(ada.pk), "B-2": str(ben.pk)}, "entries": numbers, "all": Entry.objects.count()}


def _entries(who: Any) -> Any:
    from natalizumab.clinic.models import Entry

    return Entry.objects.filter(person=who).order_by("sequence").values_list("pk", flat=True)


def look() -> Any:
    """What a clinic would see."""
    from allauth.mfa.models import Authenticator
    from tests.web.second_factor import KEY

    from natalizumab.clinic.accounts.sealed import closed, unseal
    from natalizumab.clinic.auditing import verify
    from natalizumab.clinic.models import Entry, Erasure, Person, User

    factors = Authenticator.objects.order_by("pk")

    return {
        "entries": Entry.objects.count(),
        "apps": [not closed([one]) and unseal(one.data["secret"]) == KEY for one in factors],
        "erased": sorted(str(key) for key in Entry.objects.filter(kind="erased").values_list("pk", flat=True)),
        "erasures": Erasure.objects.count(),
        "people": sorted(f"{who.name}, {who.born}" for who in Person.objects.all()),
        "problems": [f"{problem.where}: {problem.what}" for problem in verify().problems],
        "users": sorted(f"{user.username} {user.is_active}" for user in User.objects.all()),
    }


def load() -> Any:
    """More people than two lots, by two processes; asked twice. What each time was said, and what the proof says."""
    from tests.web.people import ADA, BEN

    from natalizumab.clinic.auditing import verify
    from natalizumab.clinic.clock import today
    from natalizumab.clinic.loading.lots import Incoming
    from natalizumab.clinic.loading.running import TOGETHER
    from natalizumab.clinic.loading.running import load as load_people
    from natalizumab.clinic.models import Clinic, Source, Work
    from natalizumab.clinic.vigilance.counting import counted

    clinic, on = Clinic.objects.get(), today()
    people = [Incoming(f"L-{n:03d}", f"Person {n} Invented", [ADA, BEN][n % 2]) for n in range(2 * TOGETHER + 3)]
    told = [load_people(clinic, people, by=None, source=Source.IMPORT, on=on, processes=2) for _ in range(2)]
    return {
        "wanted": len(people),
        "told": [[one.people, one.entries, one.there] for one in told],
        "problems": [f"{problem.where}: {problem.what}" for problem in verify().problems],
        "rows": Work.objects.filter(number__startswith="L-").exclude(decision="").count(),
        "waiting": counted(clinic, on, most=0).waiting,
        "counted": counted(clinic, on, most=0).sums.people,
    }


def main() -> None:
    with site():
        print(json.dumps({"fill": fill, "look": look, "load": load}[sys.argv[1]]()))


if __name__ == "__main__":
    sys.path[:0] = [str(__import__("pathlib").Path(__file__).resolve().parents[2])]
    main()
