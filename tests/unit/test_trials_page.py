"""``docs/trials.md`` describes every field of a trial's file, with the bounds and defaults that the code has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from natalizumab.cohort import Arm, Costs, Equivalence, Guided, Population, Stop, Trial, population
from natalizumab.cohort.arms import LONGEST_WEEKS, SHORTEST_WEEKS
from natalizumab.cohort.file import ARM, COSTS, EQUIVALENCE, GUIDED, STOP, TRIAL, read_trial
from natalizumab.cohort.harms import SCENARIOS
from natalizumab.cohort.population import LATEST_DAYS, MOST_ACTIVE, OLDEST
from natalizumab.cohort.trial import LONGEST_WEEKS as LONGEST_TRIAL
from natalizumab.cohort.trial import MOST_ARMS, MOST_PEOPLE, SHORTEST_MEASURED
from natalizumab.commands.trial import command
from natalizumab.commands.trial_report.pdf import LIBRARIES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "trials.md").read_text(encoding="utf-8")

KINDS: dict[str, tuple[set[str], type]] = {
    "The trial": (set(TRIAL), Trial),
    "Arms": (set(ARM), Arm),
    "When an arm stops": (set(STOP), Stop),
    "Guided intervals": (set(GUIDED), Guided),
    "Population": ({field.name for field in fields(Population)}, Population),
    "Equivalence": (set(EQUIVALENCE), Equivalence),
    "Costs": (set(COSTS), Costs),
}

NEEDED = {
    "The trial": {"people", "weeks", "arms"},
    "Guided intervals": {"target_mg_per_l"},
    "Equivalence": {"outcome", "margin", "people_per_arm"},
}
IN_WORDS = {"name", "population", "costs", "arms"}
"""Fields of the trial whose default is told in words."""


def rows(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading: what it is, what is allowed, the default; by field."""
    part = PAGE.split(f"### {heading}\n")[1].split("\n#")[0]
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| `")
    ]
    return {row[0].strip("`"): row[1:] for row in cells}


def defaults(kind: type) -> Mapping[str, Any]:
    if kind is Population:
        return {field.name: getattr(population(), field.name) for field in fields(kind)}
    named = {"run_in": "run_in_weeks"}
    return {named.get(field.name, field.name): default(field) for field in fields(kind)}


def default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def written(default: Any) -> str:
    if default is None or default == ():
        return "none"
    return str(default).lower() if isinstance(default, bool | str) else f"{default:g}"


@pytest.mark.parametrize("heading", KINDS)
def test_every_field_of_a_file_has_its_row_and_no_other_has(heading: str) -> None:
    assert set(rows(heading)) == KINDS[heading][0]


@pytest.mark.parametrize("heading", KINDS)
def test_every_default_is_that_of_the_code(heading: str) -> None:
    known = defaults(KINDS[heading][1])
    for name, (_, _, told) in rows(heading).items():
        if name in NEEDED.get(heading, set()):
            assert told == "needed", name
        elif heading != "The trial" or name not in IN_WORDS:
            assert known[name] is not MISSING
            assert told == written(known[name]), name


@pytest.mark.parametrize(
    ("heading", "name", "allowed"),
    [
        ("The trial", "people", f"1 to {MOST_PEOPLE:,}"),
        ("The trial", "weeks", f"above 0, to {LONGEST_TRIAL:g}"),
        ("The trial", "pml_scenario", ", ".join(SCENARIOS)),
        ("The trial", "arms", f"1 to {MOST_ARMS}"),
        ("Arms", "weeks", f"{SHORTEST_WEEKS:g} to {LONGEST_WEEKS:g}"),
        ("Arms", "later_weeks", f"{SHORTEST_WEEKS:g} to {LONGEST_WEEKS:g}"),
        ("Population", "age_max", f"to {OLDEST}"),
        ("Population", "activity", f"0 to {MOST_ACTIVE}"),
        ("Population", "late", f"0 to {LATEST_DAYS}"),
    ],
)
def test_bounds_are_those_of_the_code(heading: str, name: str, allowed: str) -> None:
    assert rows(heading)[name][1] == allowed


def test_what_the_words_say_of_bounds_is_so() -> None:
    assert f"Needs a run-in of {SHORTEST_MEASURED:g} weeks or more." in rows("Arms")["guided"][0]
    assert f"at most {LONGEST_TRIAL:g}" in rows("The trial")["weeks"][0]
    assert f"apt-get install {LIBRARIES}" in PAGE


def test_the_help_is_that_of_the_command() -> None:
    told = CliRunner().invoke(command, ["--help"], prog_name="natalizumab trial").stdout
    assert f"```\n{told.rstrip()}\n```" in PAGE


def test_the_file_that_it_calls_complete_is(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "two.toml").write_text(text)
    assert [arm.weeks for arm in read_trial(tmp_path / "two.toml").arms] == [4, 6]
