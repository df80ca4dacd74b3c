"""`natalizumab audit` and `erase`: is tampering found and located, and is nothing erased without two signatures?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.operation.installation import ON_POSTGRESQL, PASSWORDS, Installation

SIGNED = ("--reason", "her wish", "--passwords-from-stdin")
BOTH = f"{PASSWORDS['alma']}\n{PASSWORDS['axel']}\n"


def tamper(clinic: Installation, entry: str) -> None:
    """By somebody who holds the database itself."""
    change = "UPDATE clinic_entry SET payload = '{{}}' WHERE id = '{}'"
    if ON_POSTGRESQL:
        off, on = (f"ALTER TABLE clinic_entry {word} TRIGGER ALL" for word in ("DISABLE", "ENABLE"))
        clinic.sql(off, change.format(entry), on)
    else:
        clinic.sql("DROP TRIGGER clinic_entry_no_update", change.format(entry.replace("-", "")))


def test_verifying_says_how_much_was_looked_at(clinic: Installation, known: dict[str, Any]) -> None:
    said = clinic.done("audit", "verify")
    assert said == f"{known['all']} entries of 2 people, 1 seals: everything fits.\n"


def test_what_was_changed_is_named_with_its_place_and_status_1(clinic: Installation, known: dict[str, Any]) -> None:
    victim = known["entries"]["B-2"][4]
    tamper(clinic, victim)
    said = clinic.refused("audit", "verify")
    assert f"{known['people']['B-2']}, entry {victim}: its payload was changed" in said
    assert "1 things do not fit." in said


def test_the_head_of_a_seal_goes_into_the_log_and_a_day_has_one(clinic: Installation) -> None:
    first = clinic.run("audit", "seal", "--on", "2030-01-01")
    ((head,),) = clinic.sql("SELECT hash FROM clinic_sealedday WHERE day = '2030-01-01'")
    assert json.loads(first.stderr.splitlines()[-1])["head"] == head
    assert head in first.stdout
    assert clinic.done("audit", "seal", "--on", "2030-01-01") == first.stdout


def test_two_administrators_erase_an_entry_and_it_is_on_record(clinic: Installation, known: dict[str, Any]) -> None:
    chosen = known["entries"]["A-1"][2]
    two = ("--asked-by", "alma", "--confirmed-by", "axel")
    assert clinic.done("erase", "--entry", chosen, *two, *SIGNED, given=BOTH) == "Erased 1 entries.\n"
    found = clinic.inside("look")
    assert (found["erased"], found["erasures"], found["problems"]) == ([chosen], 1, [])
    assert "It was erased before" in clinic.done("erase", "--entry", chosen, *two, *SIGNED, given=BOTH)


@pytest.mark.parametrize(
    ("asked", "confirmed", "passwords", "said"),
    [
        ("alma", "alma", f"{PASSWORDS['alma']}\n{PASSWORDS['alma']}\n", "it takes two administrators"),
        ("alma", "nora", f"{PASSWORDS['alma']}\nonly for tests\n", "nora is no administrator"),
        ("alma", "axel", f"{PASSWORDS['alma']}\nwrong\n", "'axel' and that password don't fit; nothing was erased"),
        ("alma", "nobody", BOTH, "'nobody' and that password don't fit; nothing was erased"),
        ("alma", "axel", f"{PASSWORDS['alma']}\n", "the password of axel is missing"),
    ],
)
def test_without_two_signatures_nothing_is_erased(
    clinic: Installation, known: dict[str, Any], asked: str, confirmed: str, passwords: str, said: str
) -> None:
    words = ("--person", known["people"]["A-1"], "--asked-by", asked, "--confirmed-by", confirmed, *SIGNED)
    assert said in clinic.refused("erase", *words, given=passwords)
    assert clinic.inside("look")["erased"] == []


def test_what_is_not_there_is_not_erased(clinic: Installation, known: dict[str, Any]) -> None:
    two = ("--asked-by", "alma", "--confirmed-by", "axel", *SIGNED)
    nobody = "00000000-0000-4000-8000-000000000000"
    assert f"there is no person {nobody}" in clinic.refused("erase", "--person", nobody, *two, given=BOTH)
    words = ("--entry", known["entries"]["A-1"][0], "--entry", nobody)
    assert f"there is no entry {nobody}" in clinic.refused("erase", *words, *two, given=BOTH)
    assert "say what" in clinic.refused("erase", *two, given=BOTH)
    assert clinic.inside("look")["erased"] == []
