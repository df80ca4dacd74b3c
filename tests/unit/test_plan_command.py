"""``natalizumab plan`` as somebody types it: the page, the JSON, and one plain line for every mistake."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
ON = "2026-11-02"
CLINIC = "extends = 'eu'\nname = 'invented clinic'\nversion = '3'\n"
PLAN_KEYS = ["person", "on", "protocol", "basis", "state", "decision", "valid_until"]
PLAN_KEYS += ["reasons", "items", "pml", "next_dose", "notes"]


def run(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "natalizumab", "plan", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)


def refusal(*arguments: str, text: str | None = None) -> str:
    done = run(*arguments, text=text)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def with_event(fields: str) -> str:
    start = '{"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": ['
    return start + '{"kind": "dose", "on": "2026-01-05", "dose_mg": 300, "route": "iv"}, ' + fields + "]}"


BAD = [
    ("truncated", with_event('{"kind": "weight"')[:-2], "line 1"),
    ("not JSON", "dose 300 mg on Monday", "JSON"),
    ("empty", "", "JSON"),
    ("a list", "[]", "object"),
    ("wrong kind", with_event('{"kind": "dosis", "on": "2026-02-02"}'), "events[1].kind"),
    ("unknown field", with_event('{"kind": "weight", "on": "2026-02-02", "kg": 70, "lb": 154}'), "events[1].lb"),
    ("impossible date", with_event('{"kind": "weight", "on": "2026-02-30", "kg": 70}'), "events[1].on"),
    ("negative dose", with_event('{"kind": "dose", "on": "2026-02-02", "dose_mg": -300, "route": "iv"}'), "dose_mg"),
    ("two IV doses", with_event('{"kind": "dose", "on": "2026-01-05", "dose_mg": 300, "route": "iv"}'), "events[1]"),
    (
        "an index of 42000",
        with_event('{"kind": "jcv", "on": "2026-02-02", "result": "positive", "index": 42000, "assay": "STRATIFY"}'),
        "events[1].index: 42000 is above 10",
    ),
    ("NaN", with_event('{"kind": "weight", "on": "2026-02-02", "kg": NaN}'), "NaN"),
    ("deep nesting", '{"a":' * 100_000, "nest"),
    ("a key twice", with_event('{"kind": "weight", "on": "2026-02-02", "kg": 70, "kg": 7}'), "kg"),
]


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_record_is_refused_in_one_line_that_says_where(text: str, said: str) -> None:
    assert said in refusal("-", "--on", ON, text=text)


def test_a_file_of_40_mb_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 40_000_000)
    assert "40" in refusal(str(large), "--on", ON)


@pytest.mark.parametrize("path", ["no/such/file.json", "examples", "/dev/null"])
def test_what_is_no_record_file_is_refused(path: str) -> None:
    assert path in refusal(path, "--on", ON)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    binary = tmp_path / "scan.json"
    binary.write_bytes(bytes(range(256)))
    refusal(str(binary), "--on", ON)


@pytest.mark.parametrize(
    "on", ["2026-02-30", "tomorrow", "2026-1-1", "02.11.2026", "20261102", "2026-W45-1", "", "0001-01-01", "9999-12-31"]
)
def test_a_date_that_is_none_is_refused(on: str) -> None:
    assert "--on" in refusal("examples/stable.json", "--on", on)


def test_an_unknown_protocol_is_refused_with_what_is_allowed() -> None:
    assert "eu, uk, us" in refusal("examples/stable.json", "--on", ON, "--protocol", "narnia")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends = 'mars'\nname = 'x'\nversion = '1'", "extends"),
        ("extends = 'eu'\nversion = '1'", "name"),
        (CLINIC + "[parameters]\ndoze_mg = 1", "doze_mg"),
        (CLINIC + "[parameters]\nearliest_days = { value = -3, unit = 'day', source = 'us' }", "earliest_days.value"),
        (CLINIC + "[parameters]\nearliest_days = { value = 3, unit = 'week', source = 'us' }", "earliest_days.unit"),
        (CLINIC + "[parameters]\ndose_mg = { value = 400, unit = 'mg', source = 'us' }", "labelled dose"),
        (CLINIC + "[parameters]\nearliest_days = { value = 1, unit = 'day', source = 'us' }", "outside 21 to 28 day"),
        (CLINIC + "[parameters]\nearliest_days = { value = 20.5, unit = 'day', source = 'us' }", "whole number"),
        (CLINIC + "[parameters]\nearliest_days = { value = 22, unit = 'day', source = '' }", "source"),
        (CLINIC.replace("invented clinic", "eu"), "shipped protocol"),
        (CLINIC.replace("'invented clinic'", '"red\\u001b[31m"'), "one line of text"),
        (CLINIC + "title = 5", "title"),
        ("not toml at all", "not a protocol file"),
    ],
)
def test_a_clinics_protocol_that_makes_no_sense_is_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text(text)
    assert said in refusal("examples/stable.json", "--on", ON, "--protocol", str(path))


def test_a_clinics_protocol_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "clinic.toml"
    path.write_text(CLINIC + "[parameters]\nlft_later_days = { value = 90, unit = 'day', source = 'local policy 7' }\n")
    ours = json.loads(run("examples/stable.json", "--on", ON, "--protocol", str(path), "--json").stdout)
    theirs = json.loads(run("examples/stable.json", "--on", ON, "--json").stdout)
    assert ours["protocol"] == {"name": "invented clinic", "version": "3"}
    assert {i["rule"]: i["due"] for i in ours["items"]}["LFT-01"] == "2026-09-20"
    assert {i["rule"]: i["due"] for i in theirs["items"]}["LFT-01"] == "2026-12-19"


def test_a_protocol_whose_name_is_no_file_name_is_refused() -> None:
    assert "cannot be read" in refusal("examples/stable.json", "--on", ON, "--protocol", "x" * 5000)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full (Linux)")
def test_a_full_disk_is_said_in_one_line() -> None:
    command = [sys.executable, "-m", "natalizumab", "plan", "examples/stable.json", "--on", ON]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("natalizumab: the output could not be written")
    assert done.stderr.count("\n") == 1


def test_wrong_usage_exits_with_2() -> None:
    assert run().returncode == 2
    assert run("examples/stable.json", "--colour").returncode == 2


def test_help_has_an_example() -> None:
    assert "Example: natalizumab plan" in run("--help").stdout


def test_there_are_eleven_examples_and_each_says_that_it_is_invented() -> None:
    assert len(EXAMPLES) == 11
    for path in EXAMPLES:
        record = json.loads(path.read_text())
        assert record["person"]["id"].startswith("invented")
        assert any("Invented person" in event.get("note", "") for event in record["events"])


@pytest.mark.parametrize("protocol", ["eu", "uk", "us"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_gives_the_same_plan_each_time(path: Path, protocol: str) -> None:
    first = run(str(path), "--on", ON, "--protocol", protocol, "--json")
    again = run(str(path), "--on", ON, "--protocol", protocol, "--json")
    assert first.returncode == 0, first.stderr
    assert first.stdout == again.stdout
    assert list(json.loads(first.stdout)) == PLAN_KEYS


DECISIONS = {
    "from-fingolimod": ("hold", "not started"),
    "high-index": ("hold", "held"),
    "immunowell": ("confirm", "on treatment"),
    "reaction": ("stop", "stopped"),
    "six-weekly": ("allow", "on treatment"),
    "stable": ("confirm", "on treatment"),
    "starting": ("hold", "not started"),
    "stopped": ("confirm", "stopped"),
    "subcutaneous": ("hold", "on treatment"),
    "suspected-pml": ("hold", "held"),
    "transferred": ("confirm", "on treatment"),
}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_decided_as_a_clinician_would(path: Path) -> None:
    made = json.loads(run(str(path), "--on", ON, "--json").stdout)
    assert (made["decision"], made["state"]) == DECISIONS[path.stem]


def test_the_page_says_the_answer_first_and_its_sources_last() -> None:
    page = run("examples/suspected-pml.json", "--on", ON).stdout
    blocks = ["HOLD  No dose", "\nWhy\n", "PML-01", "\nWhat is due\n", "\nPML risk\n", "\nNotes\n", "\nSources\n"]
    places = [page.index(block) for block in blocks]
    assert places == sorted(places)
    assert page.rstrip().endswith("a clinician decides. Not a certified medical device.")
    assert max(len(line) for line in page.splitlines()) <= 96


def test_what_is_taken_for_granted_is_said() -> None:
    page = run("examples/stable.json").stdout
    assert "No date was given: today is taken." in page
    assert "No protocol was given: eu is taken." in page
