"""A trial as a file of TOML: every name is checked, and what is unknown is refused with what there is."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from natalizumab.cohort.arms import Arm, Stop
from natalizumab.cohort.equivalence import Equivalence
from natalizumab.cohort.guided import Guided
from natalizumab.cohort.population import population
from natalizumab.cohort.trial import Costs, Trial
from natalizumab.errors import ModelError

NUMBER = (int, float)
TRIAL: dict[str, tuple[type, ...]] = {
    "name": (str,), "people": (int,), "weeks": NUMBER, "seed": (int,), "run_in_weeks": NUMBER, "stable": (bool,),
    "from_week": NUMBER, "scan_weeks": (list,), "pml_scenario": (str,), "extended_weeks": NUMBER,
    "population": (dict,), "costs": (dict,), "arms": (dict,), "equivalence": (dict,),
}  # fmt: skip
ARM: dict[str, tuple[type, ...]] = {
    "route": (str,), "mg": NUMBER, "weeks": NUMBER, "later_weeks": NUMBER, "later_from": NUMBER, "stop": (dict,),
    "guided": (dict,), "pml_scan_months": NUMBER,
}  # fmt: skip
STOP: dict[str, tuple[type, ...]] = {"after_months": NUMBER, "at_week": NUMBER, "high_index": (bool,)}
GUIDED: dict[str, tuple[type, ...]] = {
    "target_mg_per_l": NUMBER, "least_weeks": (int,), "most_weeks": (int,), "probability": NUMBER,
}  # fmt: skip
EQUIVALENCE: dict[str, tuple[type, ...]] = {
    "outcome": (str,), "margin": NUMBER, "people_per_arm": (int,), "confidence": NUMBER,
}  # fmt: skip
COSTS: dict[str, tuple[type, ...]] = dict.fromkeys(("dose", "chair_hour", "hours_iv", "hours_sc"), NUMBER)

NEEDED: dict[Callable[..., Any], tuple[str, ...]] = {
    Guided: ("target_mg_per_l",), Equivalence: ("outcome", "margin", "people_per_arm")
}  # fmt: skip

KINDS = {
    str: "a text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a table"
}  # fmt: skip

Table = Mapping[str, Any]
Part = TypeVar("Part")


def read_trial(path: Path) -> Trial:
    """The trial of a file. Raises ModelError that says where and what is wrong."""
    return trial_of_text(read_text(path), path)


def read_text(path: Path) -> str:
    """What stands in a file. Raises ModelError where it can't be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ModelError(f'"{path}" cannot be read ({error.strerror})') from error
    except UnicodeDecodeError as error:
        raise ModelError(f'"{path}" is no text in UTF-8') from error


def trial_of_text(text: str, path: Path) -> Trial:
    """The trial that the text of a file says. Raises ModelError that says where and what is wrong."""
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ModelError(f'"{path}" is no TOML: {error}') from error
    try:
        return trial_from(plain, path.stem)
    except ModelError as error:
        raise ModelError(f'"{path}": {error}') from None


def trial_from(plain: Table, name: str) -> Trial:
    """The trial that a table says; ``name`` is that of one without."""
    _check("trial", plain, TRIAL)
    for needed in ("arms", "people", "weeks"):
        if needed not in plain:
            raise ModelError(f"trial: {needed} is missing")
    own = dict(plain.get("population", {}))
    base = own.pop("name", "adults")
    for key, number in own.items():
        if isinstance(number, bool) or not isinstance(number, NUMBER):
            raise ModelError(f"population.{key}: {number!r} is not a number")
    return Trial(
        name=plain.get("name", name),
        arms=tuple(_arm(one, table) for one, table in plain["arms"].items()),
        people=plain["people"],
        weeks=plain["weeks"],
        seed=plain.get("seed", 1),
        run_in=plain.get("run_in_weeks", 0.0),
        stable=plain.get("stable", False),
        from_week=plain.get("from_week", 0.0),
        scan_weeks=tuple(_numbers("scan_weeks", plain.get("scan_weeks", ()))),
        population=population(base, own),
        pml_scenario=plain.get("pml_scenario", "none"),
        costs=_part(Costs, "costs", plain.get("costs", {}), COSTS),
        **_optional(plain),
    )


def _optional(plain: Table) -> dict[str, Any]:
    given = {name: plain[name] for name in ("extended_weeks", "equivalence") if name in plain}
    if "equivalence" in given:
        given["equivalence"] = _part(Equivalence, "equivalence", given["equivalence"], EQUIVALENCE)
    return given


def _arm(arm: str, table: Any) -> Arm:
    where = f"arms.{arm}"
    if not isinstance(table, dict):
        raise ModelError(f"{where}: {table!r} is not a table")
    _check(where, table, ARM)
    given = dict(table)
    for name, part, allowed in (("stop", Stop, STOP), ("guided", Guided, GUIDED)):
        if name in given:
            given[name] = _part(part, f"{where}.{name}", given[name], allowed)
    return Arm(name=arm, **given)


def _part(made: Callable[..., Part], where: str, table: Table, allowed: Mapping[str, tuple[type, ...]]) -> Part:
    _check(where, table, allowed)
    for needed in NEEDED.get(made, ()):
        if needed not in table:
            raise ModelError(f"{where}: {needed} is missing")
    return made(**table)


def _check(where: str, table: Table, allowed: Mapping[str, tuple[type, ...]]) -> None:
    for key, found in table.items():
        if key not in allowed:
            raise ModelError(f"{where}: {key!r} is unknown; there are {', '.join(allowed)}")
        kinds = allowed[key]
        if not isinstance(found, kinds) or (isinstance(found, bool) and bool not in kinds):
            raise ModelError(f"{where}.{key}: {found!r} is not {KINDS[kinds[-1]]}")


def _numbers(where: str, found: Any) -> list[float]:
    for number in found:
        if isinstance(number, bool) or not isinstance(number, NUMBER):
            raise ModelError(f"trial.{where}: {number!r} is not a number")
    return [float(number) for number in found]
