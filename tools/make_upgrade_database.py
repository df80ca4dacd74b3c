"""Keeps a small database of today's state for the upgrade test: tests/upgrade/VERSION.sqlite3.

    .venv/bin/python tools/make_upgrade_database.py 0.0.1

Made once for each version and then never again: it stands for the databases that clinics have. All people in it are
invented. It won't overwrite one that is there.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "upgrade"
DAY = date(2026, 11, 2)
# Few people, but between them almost every kind of entry, corrections and a decision included.
STORIES = {
    "measured",
    "transferred_in",
    "after_immunoglobulins",
    "suspected_pml_symptom",
    "hypersensitivity",
    "persistent_antibodies",
    "corrected",
}


def main(version: str) -> None:
    file = FOLDER / f"{version}.sqlite3"
    if file.exists():
        sys.exit(f"{file} is there already: a kept database is never made again")
    os.environ["NATALIZUMAB_DATABASE"] = str(file)
    os.environ["DJANGO_SETTINGS_MODULE"] = "natalizumab.clinic.settings.test"
    fill()
    pack(file)
    print(f"{file}: {file.stat().st_size // 1024} kB")


def fill() -> None:
    """Migrate an empty file and put the people in."""
    import django

    django.setup()

    from django.core.management import call_command
    from django.db import connection

    from natalizumab.clinic.demo.cast import SEED, characters
    from natalizumab.clinic.demo.seed import make_clinic

    call_command("migrate", verbosity=0)
    chosen = {character.story: character for character in characters(DAY, SEED) if character.story in STORIES}
    make_clinic(DAY, list(chosen.values()))
    connection.close()


def pack(file: Path) -> None:
    """One file without a write-ahead log beside it, as small as it gets."""
    database = sqlite3.connect(file)
    database.execute("PRAGMA journal_mode = DELETE")
    database.execute("VACUUM")
    database.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
