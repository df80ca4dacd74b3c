"""A clinic's own protocol: what it may move, what it may sign off, and what is refused with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from natalizumab import cli
from natalizumab.care import RULES, Effect, Protocol, Rule, load_protocol, plan
from natalizumab.care.case import Case
from natalizumab.care.findings import Reason
from natalizumab.care.protocol import SHIPPED, bounds, fixed, shipped
from natalizumab.care.protocol_changes import changes, movable
from natalizumab.care.rule import Cited
from natalizumab.errors import ProtocolError
from natalizumab.record import Record

EXAMPLE = Path(__file__).parents[2] / "examples" / "protocols" / "st-elsewhere.toml"

HEAD = 'extends = "uk"\nname = "here"\nversion = "1"\ndate = 2026-11-01\n'
SIGNED = '[[sign_off]]\nrule = "LFT-01"\nby = "Dr Invented"\non = 2026-10-05\ndocument = "Guide, version 19"\n'


def own(tmp_path: Path, text: str) -> Protocol:
    path = tmp_path / "here.toml"
    path.write_text(text, encoding="utf-8")
    return load_protocol(str(path))


def test_a_clinic_moves_numbers_and_keeps_the_rest(tmp_path: Path) -> None:
    source = 'source = "our meeting"'
    found = own(tmp_path, HEAD + f'[parameters]\nlft_later_days = {{ value = 120, unit = "day", {source} }}\n')
    assert found["lft_later_days"] == 120
    assert found.parameter("lft_later_days").status == "assumed"
    assert found.parameter("lft_later_days").sources == ("design",)
    assert found.parameter("lft_later_days").note == "our meeting"
    assert found["lft_first_year_days"] == shipped("uk")["lft_first_year_days"]
    assert (found.name, found.jurisdiction, found.extends) == ("here", "uk", f"uk {shipped('uk').version}")


REFUSED = [
    (
        "parameters.dose_mg can't be replaced: it is the labelled dose",
        'dose_mg = { value = 600, unit = "mg", source = "x" }',
    ),
    ("parameters.interval_weeks can't be replaced", 'interval_weeks = { value = 6, unit = "week", source = "x" }'),
    (
        "parameters.index_low_max can't be replaced: the published",
        'index_low_max = { value = 1.0, unit = "1", source = "x" }',
    ),
    (
        "parameters.earliest_days.value: 20 is outside 21 to 28 day",
        'earliest_days = { value = 20, unit = "day", source = "x" }',
    ),
    (
        "earliest_days (27) lies beyond early_until_days (25)",
        'earliest_days = { value = 27, unit = "day", source = "x" }',
    ),
    (
        "parameters.latest_weeks.value: 13 is outside 8 to 12",
        'latest_weeks = { value = 13, unit = "week", source = "x" }',
    ),
    (
        "parameters.lft_later_days.value: 361 is outside 90 to 360",
        'lft_later_days = { value = 361, unit = "day", source = "x" }',
    ),
    (
        "parameters.lft_later_days.value: 90.5 is not a whole number",
        'lft_later_days = { value = 90.5, unit = "day", source = "x" }',
    ),
    ("can't replace 180", 'lft_later_days = { value = true, unit = "day", source = "x" }'),
    ("parameters.lft_later_days.unit: 'week'", 'lft_later_days = { value = 26, unit = "week", source = "x" }'),
    ("parameters.lft_later_days.source must say", 'lft_later_days = { value = 120, unit = "day", source = " " }'),
    ("parameters.lft_later_days needs value, unit and source", "lft_later_days = 120"),
    ("parameters.nothing is not a parameter of uk", 'nothing = { value = 1, unit = "day", source = "x" }'),
    ("can't replace [18, 60]", 'extended_ages = { value = 20, unit = "year", source = "x" }'),
]


@pytest.mark.parametrize(("said", "line"), REFUSED)
def test_a_number_that_no_protocol_may_have_is_refused_with_its_place(tmp_path: Path, said: str, line: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        own(tmp_path, HEAD + "[parameters]\n" + line)
    assert said in str(refused.value)
    assert "here.toml" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "unit", "numbers"), [("latest_weeks", "week", (8, 12)), ("earliest_days", "day", (21, 25))]
)
def test_the_bounds_themselves_are_allowed(tmp_path: Path, name: str, unit: str, numbers: tuple[int, int]) -> None:
    for number in numbers:
        line = f'{name} = {{ value = {number}, unit = "{unit}", source = "x" }}'
        assert own(tmp_path, HEAD + "[parameters]\n" + line)[name] == number


SIGNATURES = [
    (SIGNED.replace("LFT-01", "LFT-1"), "'LFT-1' is not the id of a rule"),
    (SIGNED.replace("LFT-01", "XYZ-01"), "XYZ-01 is not a rule; 'natalizumab protocol show eu' lists the rules"),
    (SIGNED.replace("LFT-01", "CON-02"), "CON-02 does not rest on recalled sources alone"),
    (SIGNED.replace('rule = "LFT-01"', 'value = "pk.nothing"'), "'pk.nothing' is not a value of the evidence"),
    (SIGNED.replace('rule = "LFT-01"', 'value = "pk.cl"'), "pk.cl is secondary: only what is recalled"),
    (SIGNED.replace('rule = "LFT-01"\n', ""), "name one rule or one value"),
    (SIGNED + 'value = "pk.cl"\n', "name one rule or one value"),
    (SIGNED.replace('by = "Dr Invented"', 'by = " "'), "by is missing"),
    (SIGNED.replace('document = "Guide, version 19"\n', ""), "document is missing"),
    (SIGNED.replace("2026-10-05", '"2026-10-05"'), "on must be a date"),
    (SIGNED.replace("2026-10-05", "2026-11-02"), "after the date of the protocol's version (2026-11-01)"),
    (SIGNED + 'colour = "red"\n', "allowed are the fields"),
    (SIGNED + SIGNED, "LFT-01 is signed off twice"),
    ("sign_off = 3\n", "sign_off must be a list"),
]


@pytest.mark.parametrize(("text", "said"), SIGNATURES)
def test_a_signature_under_nothing_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        own(tmp_path, HEAD + text)
    assert said in str(refused.value)


HEADS = [
    (HEAD + 'colour = "red"\n', "unknown field 'colour'"),
    (HEAD.replace('name = "here"\n', ""), "name is missing"),
    (HEAD.replace('"here"', '" "'), "name is missing"),
    (HEAD.replace('"1"', "1"), "version is missing"),
    (HEAD.replace('"here"', '"red\\u001b[31m"'), "not one line of text"),
    (HEAD.replace('"here"', '"eu"'), "the name of a shipped protocol"),
    (HEAD.replace('"uk"', '"mars"'), "'mars' is not one of eu, uk, us"),
    (HEAD + "title = 5\n", "title: 5 is not a text"),
    (HEAD.replace("2026-11-01", "2026-11-01T08:00:00"), "is not a date without quotation marks, such as 2026"),
    (HEAD.replace("2026-11-01", '"2026-11-01"'), "date: '2026-11-01' is not a date without quotation marks"),
    (HEAD + "parameters = 5\n", "parameters must be a table"),
    ("not a table at all", "not a protocol file"),
]


@pytest.mark.parametrize(("text", "said"), HEADS)
def test_a_file_that_is_no_protocol_is_refused_with_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        own(tmp_path, text)
    assert said in str(refused.value)
    assert "here.toml" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [("narnia", "allowed: eu, uk, us, or a TOML file"), ("x" * 5000, f"protocol '{'x' * 80}' cannot be read")],
)
def test_what_names_no_protocol_is_refused(name: str, said: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        load_protocol(name)
    assert said in str(refused.value)


def test_a_parameter_that_a_protocol_does_not_have_is_refused_by_name() -> None:
    with pytest.raises(ProtocolError, match="protocol eu: no parameter is called 'nothing'"):
        load_protocol("eu")["nothing"]


def test_a_title_is_taken_or_made(tmp_path: Path) -> None:
    assert own(tmp_path, HEAD + 'title = "Ours"\n').title == "Ours"
    assert own(tmp_path, HEAD).title == f"here, on top of {shipped('uk').title}"


def test_a_version_with_signatures_must_be_dated(tmp_path: Path) -> None:
    with pytest.raises(ProtocolError, match="date is missing"):
        own(tmp_path, HEAD.replace("date = 2026-11-01\n", "") + SIGNED)


def held(_case: Case, _protocol: Protocol) -> Iterator[Reason]:
    yield Reason("An invented reason.")


RECALLED = Rule("LFT-01", held, Effect.HOLD, (Cited("eu-physician-guide", "recalled"),), "An invented rule")


def test_a_recalled_rule_asks_until_it_is_signed_off_and_then_holds(tmp_path: Path) -> None:
    nobody = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": []})
    on = date(2026, 11, 2)
    unsigned = plan(nobody, on, load_protocol("uk"), rules=[RECALLED])
    assert unsigned.decision == "confirm"
    assert unsigned.reasons[0].needs == "prescriber"
    assert unsigned.reasons[0].text.endswith("Unverified: local policy needed.")
    assert unsigned.to_dict()["reasons"][0]["signed_off"] is None
    signed = plan(nobody, on, own(tmp_path, HEAD + SIGNED), rules=[RECALLED])
    assert signed.decision == "hold"
    assert signed.reasons[0].text == "An invented reason."
    assert signed.to_dict()["reasons"][0]["signed_off"] == {
        "by": "Dr Invented", "on": "2026-10-05", "document": "Guide, version 19",
    }  # fmt: skip


def test_every_bound_and_everything_fixed_is_a_parameter_and_holds_the_shipped_number() -> None:
    known = {name: value for place in SHIPPED for name, value in shipped(place).parameters.items()}
    assert set(fixed()) <= set(known)
    for name, (low, high) in bounds().items():
        assert low <= known[name].value <= high
    for place in SHIPPED:
        assert not set(movable(shipped(place))) & set(fixed())


def test_the_changes_name_numbers_signatures_and_what_stays_unsigned() -> None:
    found = changes(load_protocol(str(EXAMPLE)))
    assert {one.name: (one.before.value, one.now.value) for one in found.changed} == {
        "surveillance_lower_months": (6, 4),
        "lft_later_days": (180, 120),
    }
    assert [one.signature.about for one in found.signed] == ["LFT-01", "pml.eu.high.m37_48"]
    unsigned = {rule.id for rule in found.unsigned}
    assert "LFT-01" not in unsigned
    assert "JCV-09" in unsigned
    nothing = changes(shipped("uk"))
    assert (nothing.changed, nothing.signed) == ((), ())
    assert {rule.id for rule in nothing.unsigned} == unsigned | {"LFT-01"}


def test_the_changes_as_data_have_these_fields(tmp_path: Path) -> None:
    wait = 'washout_cladribine = { value = 9, unit = "month", source = "our meeting" }'
    value = SIGNED.replace('rule = "LFT-01"', 'value = "pml.eu.high.m37_48"')
    plain = changes(own(tmp_path, HEAD + f"[parameters]\n{wait}\n" + SIGNED + value)).to_dict()
    assert list(plain) == "protocol extends changed level_assays signed_off unsigned".split()
    assert plain["protocol"] == {"name": "here", "version": "1"}
    assert plain["extends"] == f"uk {shipped('uk').version}"
    assert plain["changed"] == [
        {
            "parameter": "washout_cladribine",
            "unit": "month",
            "before": 6,
            "now": 9,
            "source": "our meeting",
            "rules": ["SWI-10"],
        }
    ]
    signature = {"by": "Dr Invented", "on": "2026-10-05", "document": "Guide, version 19"}
    assert plain["signed_off"] == [
        {"about": "LFT-01", **signature, "effect": "due"},
        {"about": "pml.eu.high.m37_48", **signature, "effect": None},
    ]
    assert "SWI-10" in plain["unsigned"]
    assert "LFT-01" not in plain["unsigned"]


def test_each_signature_says_what_it_is_about(tmp_path: Path) -> None:
    value = SIGNED.replace('rule = "LFT-01"', 'value = "pml.eu.high.m37_48"')
    found = changes(own(tmp_path, HEAD + SIGNED + value)).signed
    assert [(one.title, one.effect) for one in found] == [
        ("Liver tests", Effect.DUE),
        ("Antibody-positive, index above 1.5, no prior immunosuppressant, months 37 to 48.", None),
    ]


@pytest.mark.parametrize(
    ("numbers", "refused"),
    [
        ({"rebaseline_from_months": 6, "rebaseline_to_months": 5}, True),
        ({"rebaseline_from_months": 6, "rebaseline_to_months": 6}, False),
        ({"surveillance_high_from_months": 6, "surveillance_high_to_months": 5}, True),
    ],
)
def test_a_window_ends_no_earlier_than_it_begins(tmp_path: Path, numbers: dict[str, int], refused: bool) -> None:
    lines = [f'{name} = {{ value = {number}, unit = "month", source = "x" }}' for name, number in numbers.items()]
    text = HEAD + "[parameters]\n" + "\n".join(lines)
    if refused:
        first, last = numbers
        with pytest.raises(ProtocolError, match=rf"parameters: {first} \(6\) lies beyond {last} \(5\)"):
            own(tmp_path, text)
    else:
        assert own(tmp_path, text)["rebaseline_to_months"] == 6


def test_what_rests_on_recalled_sources_somewhere_may_be_signed_off_anywhere(tmp_path: Path) -> None:
    assert "JCV-01" in own(tmp_path, HEAD + SIGNED.replace("LFT-01", "JCV-01")).signed


def test_a_signature_of_the_day_of_the_version_is_taken(tmp_path: Path) -> None:
    assert "LFT-01" in own(tmp_path, HEAD + SIGNED.replace("2026-10-05", "2026-11-01")).signed


def test_the_number_of_a_wrong_signature_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProtocolError, match="sign_off 2: LFT-01 is signed off twice"):
        own(tmp_path, HEAD + SIGNED + SIGNED)


def run(*arguments: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["natalizumab", "protocol", *arguments])
        try:
            cli.main()
        except SystemExit as left:
            return int(left.code or 0)
    return 0


def test_the_command_explains_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", str(EXAMPLE)) == 0
    said = capsys.readouterr().out
    assert "It extends uk" in said
    assert "surveillance_lower_months: 6 -> 4 month" in said
    assert "signed off by Dr Ada Invented, clinical lead on 2026-10-05" in said
    assert run("check", str(EXAMPLE), "--json") == 0
    assert {one["parameter"]: one["now"] for one in json.loads(capsys.readouterr().out)["changed"]} == {
        "surveillance_lower_months": 4,
        "lft_later_days": 120,
    }


def test_the_command_refuses_nonsense_in_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(HEAD + SIGNED + SIGNED)
    for arguments in (["check", str(path)], ["check", str(tmp_path / "none.toml")], ["show", "narnia"]):
        assert run(*arguments) == 1
        said = capsys.readouterr().err
        assert said.startswith("natalizumab: ")
        assert said.count("\n") == 1


def test_a_question_among_the_titles_keeps_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "eu") == 0
    assert "REV-03  Is there a benefit? Recalled: " in capsys.readouterr().out


@pytest.mark.parametrize("name", SHIPPED)
def test_the_command_shows_every_number_with_its_source(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert run("show", name) == 0
    said = capsys.readouterr().out
    for rule in RULES:
        assert (f"  {rule.id}  {rule.title}" in said) is (name in rule.applies)
    assert "BAS-04  Liver tests before the first dose. Unverified: local policy needed." in said
    for parameter, number in shipped(name).parameters.items():
        assert f"  {parameter}: " in said
        assert number.sources[0] in said
