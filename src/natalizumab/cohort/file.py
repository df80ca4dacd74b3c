"""A trial as a file of TOML: every name is checked, and what is unknown is refused with what there is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from natalizumab.cohort.arms import Arm, Stop
from natalizumab.cohort.guided import Guided
from natalizumab.cohort.population import population
from natalizumab.cohort.trial import Costs, Trial
from natalizumab.errors import ModelError

NUMBER = (int, float)
TRIAL: dict[str, tuple[type, ...]] = {
    "name": (str,), "people": (int,), "weeks": NUMBER, "seed": (int,), "run_in_weeks": NUMBER, "stable": (bool,),
    "from_week": NUMBER, "scan_weeks": (list,), "pml_scenario": (str,), "extended_weeks": NUMBER,
    "population": (dict,), "costs": (dict,), "arms": (dict,),
}  # fmt: skip
ARM: dict[str, tuple[type, ...]] = {
    "route": (str,), "mg": NUMBER, "weeks": NUMBER, "later_weeks": NUMBER, "later_from": NUMBER, "stop": (dict,),
    "guided": (dict,),
}  # fmt: skip
STOP: dict[str, tuple[type, ...]] = {"after_months": NUMBER, "high_index": (bool,)}
GUIDED: dict[str, tuple[type, ...]] = {
    "target_mg_per_l": NUMBER, "least_weeks": (int,), "most_weeks": (int,), "probability": NUMBER,
}  # fmt: skip
COSTS: dict[str, tuple[type, ...]] = dict.fromkeys(("dose", "chair_hour", "hours_iv", "hours_sc"), NUMBER)

KINDS = {
    str: "a text", int: "a whole number", float: "a number", bool: "true or false", list: "a list", dict: "a table"
}  # fmt: skip

Table = Mapping[str, Any]


def read_trial(path: Path) -> Trial:
    """The trial of a file. Raises ModelError that says where and what is wrong."""
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f'"{path}" cannot be read ({error.strerror})') from error
    except UnicodeDecodeError as error:
        raise ModelError(f'"{path}" is no text in UTF-8') from error
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
    costs = plain.get("costs", {})
    _check("costs", costs, COSTS)
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
        extended_weeks=plain.get("extended_weeks", 5.0),
        costs=Costs(**costs),
    )


def _arm(name: str, table: Any) -> Arm:
    where = f"arms.{name}"
    if not isinstance(table, dict):
        raise ModelError(f"{where}: {table!r} is not a table")
    _check(where, table, ARM)
    given = dict(table)
    stop = given.pop("stop", None)
    if stop is not None:
        _check(f"{where}.stop", stop, STOP)
        if "after_months" not in stop:
            raise ModelError(f"{where}.stop: after_months is missing")
        given["stop"] = Stop(**stop)
    guided = given.pop("guided", None)
    if guided is not None:
        _check(f"{where}.guided", guided, GUIDED)
        if "target_mg_per_l" not in guided:
            raise ModelError(f"{where}.guided: target_mg_per_l is missing")
        given["guided"] = Guided(**guided)
    return Arm(name, **given)


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
