"""``natalizumab switch`` as somebody types it: the page, the JSON that the documentation describes, and refusals."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from natalizumab import cli
from natalizumab.evidence import value
from natalizumab.evidence.vocabulary import vocabulary

ROOT = Path(__file__).resolve().parents[2]
STOPPED = str(ROOT / "examples" / "stopped.json")
FROM_FINGOLIMOD = str(ROOT / "examples" / "from-fingolimod.json")
DOCUMENTED = (ROOT / "docs" / "switching.md").read_text(encoding="utf-8")


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(cli.cli, ["switch", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def plain(*arguments: str) -> str:
    """The page with its line breaks folded, so that a sentence is found wherever it wraps."""
    return " ".join(printed(*arguments).split())


def answer(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed(*arguments, "--json"))
    return found


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The line on standard error; exit status 1 and nothing on standard output are made sure of."""
    monkeypatch.setattr("sys.argv", ["natalizumab", "switch", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    streams = capsys.readouterr()
    assert (left.value.code, streams.out) == (1, "")
    assert streams.err.count("\n") == 1
    return streams.err


def test_the_page_away_from_natalizumab_begins_with_the_dates() -> None:
    text = plain(STOPPED, "--to", "Ocrevus", "--on", "2026-09-07")
    assert text.startswith("invented-stopped on 2026-09-07, stopped: from natalizumab to ocrelizumab.")
    assert "From 2026-08-17 to 2026-08-31. Counted from the last dose on 2026-07-20" in text
    assert "Amber from 2026-09-14, red from 2026-10-12 (our windows): not yet." in text
    assert "Watch for symptoms of PML until 2027-01-20" in text
    assert "The latest start advised, 2026-08-31, has passed." in text
    assert "3.4 (1.1 to 11) Hazard ratio of relapse" in text
    assert "15 to 29 % People with a relapse" in text
    assert text.endswith(
        "It advises; a clinician decides. Whether a dose may be given is for 'natalizumab plan' to say."
    )


def test_the_page_for_fingolimod_shows_every_side_with_its_status_and_source() -> None:
    text = plain(STOPPED, "--to", "fingolimod", "--on", "2026-10-12")
    assert "Guidance differs: 2 to 3 months (primary); 8 weeks (primary); 8 to 12 weeks (secondary)." in text
    assert "2026-09-20 to 2026-10-20 2 to 3 months." in text
    assert "by 2026-09-14 8 weeks." in text
    assert "[primary: eu-fingolimod-leaflets]" in text
    assert "(our windows): red now." in text
    assert "88, 91, 84 %" in text


def test_the_page_names_what_holds() -> None:
    suspected = str(ROOT / "examples" / "suspected-pml.json")
    text = plain(suspected, "--to", "ocrelizumab", "--on", "2026-11-02")
    assert "No start is named while this stands: " in text
    assert "hold PML-01 PML is suspected" in text


def test_the_page_without_any_date_says_why() -> None:
    transferred = {
        "schema": "natalizumab-record/1",
        "person": {"id": "invented"},
        "events": [{"kind": "earlier_treatment", "on": "2026-01-05"}],
    }
    result = CliRunner().invoke(
        cli.cli, ["switch", "-", "--to", "ocrelizumab", "--on", "2026-02-02"], input=json.dumps(transferred)
    )
    text = " ".join(result.output.split())
    assert "The date of the last dose is not on record." in text
    assert "Amber" not in text
    assert "by the switch" in text.casefold()


def test_the_page_says_when_another_drug_has_followed(tmp_path: Path) -> None:
    record = json.loads(Path(STOPPED).read_text(encoding="utf-8"))
    record["events"].append({"kind": "therapy", "on": "2026-09-01", "name": "Copaxone"})
    path = tmp_path / "begun.json"
    path.write_text(json.dumps(record), encoding="utf-8")
    assert "(our windows): another drug has followed." in plain(str(path), "--to", "Copaxone", "--on", "2026-11-02")


def test_the_page_to_natalizumab_shows_waits_what_is_missing_and_what_counts() -> None:
    text = plain(FROM_FINGOLIMOD, "--to", "natalizumab", "--on", "2026-11-02")
    assert "A first dose. No waiting time holds after 2026-11-12." in text
    assert "Gilenya, until 2026-10-12: 1 to 2 months, its far end 2026-12-12 [secondary]." in text
    assert "Aubagio, until 2021-06-30: 3.5 months, its far end 2021-10-15 [secondary]. Nothing is open." in text
    assert "azathioprine (2021-08-02): counts, for ever." in text
    assert "Gilenya (2022-03-07): no table says" in text
    assert "The dose planned for 2026-11-09 is too early." in text


def test_the_page_to_natalizumab_when_nothing_waits() -> None:
    text = plain(STOPPED, "--to", "natalizumab", "--on", "2026-09-07")
    assert "A restart. No waiting time holds a dose." in text
    assert "(order: yellow fever on 2026-11-23)" in text


def test_an_open_end_and_a_conflict_are_named_on_the_page() -> None:
    drugs = [
        {"kind": "therapy", "on": "2024-01-01", "name": "Gilenya"},
        {"kind": "therapy", "on": "2020-01-01", "name": "Lemtrada", "until": "2021-01-05"},
    ]
    record = {"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": drugs}
    result = CliRunner().invoke(
        cli.cli, ["switch", "-", "--to", "natalizumab", "--on", "2026-02-02"], input=json.dumps(record)
    )
    text = " ".join(result.output.split())
    assert "Gilenya, no last day on record: 1 to 2 months [secondary]." in text
    assert "Lemtrada, until 2021-01-05: no agreed waiting time." in text
    assert "the JC virus index can't be trusted" in text


def test_what_was_taken_for_granted_is_said() -> None:
    text = plain(STOPPED, "--to", "ocrelizumab")
    assert "No date was given: today is taken." in text
    assert "No protocol was given: eu is taken." in text
    chosen = plain(STOPPED, "--to", "ocrelizumab", "--on", "2026-09-07", "--protocol", "uk")
    assert "is taken" not in chosen
    assert "Protocol uk" in chosen


@pytest.mark.parametrize("to", ["ocrelizumab", "fingolimod", "natalizumab"])
def test_the_documentation_describes_every_field_of_the_json(to: str) -> None:
    found = answer(FROM_FINGOLIMOD if to == "natalizumab" else STOPPED, "--to", to, "--on", "2026-11-02")
    assert {name for name in fields(found) if f"`{name}`" not in DOCUMENTED} == set()


def fields(found: Any) -> set[str]:
    """Every name in the JSON, at any depth; a value of the evidence and a plan's parts are described once."""
    if isinstance(found, dict):
        return set(found) - {"version", "name"} | {name for part in found.values() for name in fields(part)}
    return {name for part in found for name in fields(part)} if isinstance(found, list) else set()


def test_every_field_that_the_documentation_lists_is_in_the_json() -> None:
    listed = re.findall(r"^\| `([^|]+)` \|", DOCUMENTED, re.MULTILINE)
    names = {name for cell in listed for name in re.split(r"`, `", cell)}
    there = {
        name
        for path, to in ((STOPPED, "ocrelizumab"), (FROM_FINGOLIMOD, "natalizumab"))
        for name in answer(path, "--to", to, "--on", "2026-11-02")
    }
    assert names == there


WASHOUTS = [
    ("siponimod", "siponimod"),
    ("ozanimod", "ozanimod"),
    ("ponesimod", "ponesimod"),
    ("fingolimod", "fingolimod"),
    ("teriflunomide, leflunomide", "teriflunomide"),
    ("cladribine", "cladribine"),
    ("anti-CD20 antibodies", "anti_cd20"),
]


@pytest.mark.parametrize(("row", "key"), WASHOUTS)
def test_the_documented_waits_are_those_of_the_evidence(row: str, key: str) -> None:
    (line,) = [line for line in DOCUMENTED.splitlines() if line.startswith(f"| {row} | ") and line.count("|") > 4]
    found = value(f"switching.to.{key}")
    numbers = found.value if isinstance(found.value, list) else [found.value]
    wait = line.split("|")[2].strip()
    assert wait == f"{' to '.join(f'{n:g}' for n in numbers)} {found.unit}s"
    assert line.split("|")[4].strip() == found.status


def test_every_washout_row_of_the_vocabulary_is_a_row_of_the_table() -> None:
    from natalizumab.care.waiting import ROWS

    terms = (*vocabulary("therapies").terms, *vocabulary("procedures").terms)
    rows = {term.attributes["washout"] for term in terms if "washout" in term.attributes}
    assert rows == set(ROWS) - {"immunosuppressant", "unknown_drug"}


def test_an_unknown_drug_is_one_plain_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(monkeypatch, capsys, STOPPED, "--to", "ocrelizumaab", "--on", "2026-09-07")
    assert said.startswith("natalizumab: --to: 'ocrelizumaab' is not a drug that is known here; near it: ocrelizumab, ")
    refused(monkeypatch, capsys, STOPPED, "--to", "x\ny" * 200, "--on", "2026-09-07")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((STOPPED, "--to", "ocrelizumab", "--on", "07.09.2026"), "is not a date"),
        ((STOPPED, "--to", "ocrelizumab", "--protocol", "mars"), "'mars' is not known"),
        (("no/such/file.json", "--to", "ocrelizumab"), "no/such/file.json"),
        ((FROM_FINGOLIMOD, "--to", "ocrelizumab", "--on", "2026-11-02"), "nothing to switch from"),
        ((str(ROOT / "examples" / "stable.json"), "--to", "Tysabri", "--on", "2026-11-02"), "nothing to switch to"),
    ],
)
def test_every_other_mistake_is_one_plain_line(
    arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(monkeypatch, capsys, *arguments)


def test_without_a_drug_it_is_wrong_usage_and_the_help_has_an_example() -> None:
    assert CliRunner().invoke(cli.cli, ["switch", STOPPED]).exit_code == 2
    assert "Example: natalizumab switch examples/stopped.json --to ocrelizumab" in printed("--help")
