"""Is the invented clinic whole, and does its open door stay shut to everything else?"""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from natalizumab.cli import cli
from natalizumab.clinic.demo import marker
from natalizumab.clinic.demo.cast import CAST, SEED, characters
from natalizumab.clinic.demo.guard import DemoGuard, is_loopback
from natalizumab.clinic.demo.seed import make_clinic
from natalizumab.clinic.demo.server import DemoRefused, default_folder, listen, prepare
from natalizumab.clinic.models import Clinic, Entry
from natalizumab.clinic.worklist import Asked, worklist

ON = date(2026, 11, 2)


# What the people of a story get, and one of the rules behind it.
WRITTEN_FOR = {
    "stable": ("allow", None),
    "high_index": ("allow", None),
    "high_index_unconfirmed": ("confirm", "RSK-04"),
    "scan_overdue": ("confirm", "MRI-02"),
    "serology_overdue": ("confirm", "JCV-01"),
    "immunowell_positive": ("confirm", "JCV-05"),
    "after_immunoglobulins": ("confirm", "JCV-07"),
    "seroconverted": ("confirm", "JCV-06"),
    "beyond_the_table": ("confirm", "RSK-02"),
    "live_vaccine_planned": ("confirm", "CON-09"),
    "unknown_names": ("confirm", "REC-02"),
    "too_early": ("confirm", "DOS-03"),
    "long_gap": ("confirm", "DOS-09"),
    "suspected_pml_symptom": ("hold", "PML-01"),
    "suspected_pml_scan": ("hold", "PML-01"),
    "fluid_without_virus": ("hold", "PML-03"),
    "headache_and_fever": ("hold", "HSV-01"),
    "liver_injury": ("stop", "LFT-02"),
    "stopped": ("confirm", "STP-02"),
    "switching_in_from_fingolimod": ("confirm", "SWI-02"),
    "switching_in_from_teriflunomide": ("confirm", "SWI-03"),
    "second_drug": ("hold", "CON-05"),
    "cancer": ("hold", "CON-06"),
    "persistent_antibodies": ("hold", "NAB-03"),
    "pregnant": ("confirm", "CON-07"),
    "breastfeeding": ("confirm", "CON-08"),
    "gap_after_two_doses": ("confirm", "DOS-06"),
    "hypersensitivity": ("stop", "HYP-01"),
    "confirmed_pml": ("stop", "CON-02"),
}


@pytest.fixture
def invented(db: None) -> Clinic:
    return make_clinic(ON, characters(ON, SEED))


def test_the_clinic_has_eighty_people_who_live_every_story() -> None:
    cast = characters(ON, SEED)
    assert len(cast) == 80
    assert {c.story for c in cast} == {story.__name__ for story, _ in CAST}


def test_the_same_day_gives_the_same_clinic() -> None:
    first, second = characters(ON, SEED), characters(ON, SEED)
    assert [(c.number, c.name, c.course.events) for c in first] == [(c.number, c.name, c.course.events) for c in second]


@pytest.mark.parametrize("days", [*range(14), 120, 240, 366])
def test_the_stories_can_be_told_on_any_day(days: int) -> None:
    """Weekends, short months and leap days move every date; a story that no longer fits raises."""
    assert len(characters(ON + timedelta(days=days), SEED)) == 80


def test_everybody_of_the_clinic_has_a_record_that_can_be_read(invented: Clinic) -> None:
    rows = worklist(invented, ON, Asked(), size=100).rows
    assert len(rows) == 80
    assert {row.person.number: row.work.text for row in rows if row.work.refused} == {}


def test_a_story_gets_the_decision_that_it_was_written_for(invented: Clinic) -> None:
    stories = {c.number: c.story for c in characters(ON, SEED)}
    met = set()
    for row in worklist(invented, ON, Asked(), size=100).rows:
        story = stories[row.person.number]
        decision, rule = WRITTEN_FOR.get(story, (row.decision, None))
        assert (story, row.decision) == (story, decision)
        assert rule is None or rule in row.work.rules, story
        met.add(story)
    assert set(WRITTEN_FOR) <= met


def test_every_entry_of_the_invented_clinic_says_so(invented: Clinic) -> None:
    assert set(Entry.objects.values_list("source", flat=True)) == {"demo"}
    assert all("invented" in name.lower() for name in Clinic.objects.values_list("name", flat=True))


# --- the open door ---


def guarded() -> DemoGuard:
    return DemoGuard(lambda request: HttpResponse("in"))


@pytest.fixture
def demo_database(db: None) -> None:
    marker.begin(connection, ON, "test")
    marker.finish(connection)


def test_the_demos_addresses_can_not_be_imported_under_other_settings() -> None:
    sys.modules.pop("natalizumab.clinic.demo.urls", None)
    with pytest.raises(ImproperlyConfigured, match=r"settings\.demo alone"):
        __import__("natalizumab.clinic.demo.urls")


def test_the_guard_does_not_start_under_other_settings(demo_database: None) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"settings\.demo alone"):
        guarded()


@override_settings(NATALIZUMAB_DEMO=True)
def test_the_guard_does_not_open_a_database_that_the_demo_did_not_make(db: None) -> None:
    with pytest.raises(ImproperlyConfigured, match="was not made by"):
        guarded()


@override_settings(NATALIZUMAB_DEMO=True)
def test_the_guard_does_not_open_a_database_whose_making_broke_off(db: None) -> None:
    marker.begin(connection, ON, "test")
    with pytest.raises(ImproperlyConfigured, match="was not made by"):
        guarded()


@override_settings(NATALIZUMAB_DEMO=True)
@pytest.mark.parametrize(
    ("address", "status"),
    [("127.0.0.1", 200), ("::1", 200), ("127.8.9.1", 200), ("192.0.2.7", 403), ("2001:db8::1", 403), ("", 403)],
)
def test_the_demo_answers_only_this_machine(demo_database: None, address: str, status: int) -> None:
    assert guarded()(RequestFactory().get("/", REMOTE_ADDR=address)).status_code == status


@pytest.mark.parametrize("address", ["10.0.0.1", "0.0.0.0", "localhost", "nonsense"])
def test_only_a_loopback_address_counts_as_this_machine(address: str) -> None:
    assert not is_loopback(address)


def test_production_addresses_never_import_the_demo() -> None:
    script = (
        "import django, sys; django.setup(); import natalizumab.clinic.urls; "
        "sys.exit(any(name.startswith('natalizumab.clinic.demo') for name in sys.modules))"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "natalizumab.clinic.settings.production"}
    secrets = {"NATALIZUMAB_SECRET": "x" * 60, "NATALIZUMAB_HOSTS": "clinic.example"}
    done = subprocess.run([sys.executable, "-c", script], check=False, env=os.environ | settings | secrets)
    assert done.returncode == 0


# --- the command ---


def test_a_file_that_the_demo_did_not_make_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "demo.sqlite3"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE precious (thing text)")
    before = file.read_bytes()
    with pytest.raises(DemoRefused, match="was not made by"):
        prepare(tmp_path, ON, fixed=True, fresh=True, say=print)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "demo.sqlite3").write_text("my shopping list")
    with pytest.raises(DemoRefused, match="was not made by"):
        prepare(tmp_path, ON, fixed=True, fresh=False, say=print)


def test_the_folder_is_the_users_own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert default_folder() == tmp_path / "natalizumab" / "demo"


def test_a_busy_port_is_refused_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(DemoRefused, match=f"port {port} can't be had .* --port {port + 1}"):
            listen(port)


def test_a_wrong_date_is_wrong_usage() -> None:
    result = CliRunner().invoke(cli, ["demo", "--on", "yesterday"])
    assert result.exit_code == 2


def test_the_help_gives_an_example() -> None:
    assert "natalizumab demo --port 8080" in CliRunner().invoke(cli, ["demo", "--help"]).output
