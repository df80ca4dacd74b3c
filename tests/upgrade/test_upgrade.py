"""Does every database that was ever kept still open, migrate to now, and give all its records and plans?"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
KEPT = sorted(HERE.glob("*.sqlite3"))


def read_everything(file: Path) -> dict[str, Any]:
    """What today's program finds in the file after migrating it."""
    environment = {"NATALIZUMAB_DATABASE": str(file), "DJANGO_SETTINGS_MODULE": "natalizumab.clinic.settings.test"}
    command = [sys.executable, str(HERE / "read_everything.py")]
    done = subprocess.run(command, check=False, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def asked(file: Path, question: str) -> Any:
    """The one answer of the database itself, without any of our code between."""
    database = sqlite3.connect(file)
    try:
        return database.execute(question).fetchone()[0]
    finally:
        database.close()


def test_the_first_state_is_kept() -> None:
    assert "0.0.1" in [file.stem for file in KEPT]


@pytest.mark.parametrize("kept", KEPT, ids=lambda file: str(file.stem))
def test_a_kept_database_migrates_to_now_and_gives_every_record_and_plan(kept: Path, tmp_path: Path) -> None:
    file = tmp_path / kept.name
    shutil.copy(kept, file)
    people, entries = (
        asked(kept, "SELECT count(*) FROM clinic_person"),
        asked(kept, "SELECT count(*) FROM clinic_entry"),
    )

    found = read_everything(file)

    assert people > 0
    assert entries > 0
    assert (len(found["decisions"]), found["lines"]) == (people, entries)
    assert found["refusals"] == []
    assert set(found["decisions"].values()) == {"stop", "hold", "confirm", "allow"}
    assert asked(file, "SELECT count(*) FROM clinic_entry") == entries


@pytest.mark.parametrize("kept", KEPT, ids=lambda file: str(file.stem))
def test_a_migrated_database_still_refuses_to_change_an_entry(kept: Path, tmp_path: Path) -> None:
    file = tmp_path / kept.name
    shutil.copy(kept, file)
    read_everything(file)
    database = sqlite3.connect(file)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        database.execute("UPDATE clinic_entry SET payload = '{}'")
    database.close()
