"""A graphics card gives the answers of the processor: in Numba's simulator always, on a real one where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from tests.reference import device_cases
from tests.reference.device_cases import CASES, Case

from natalizumab.pharmacology import History, Regimen, concentrations, draw, solver
from natalizumab.pharmacology.device import troughs_on_device, why_none
from natalizumab.pharmacology.device.found import SIMULATOR_VARIABLE
from natalizumab.pharmacology.kinds import FROM_MG_PER_L
from natalizumab.pharmacology.solver import TOLERANCES

STATED = 1e-5
ROUNDING = 1e-9
"""The same steps of the same functions differ by nothing else."""

on_a_device = pytest.mark.skipif(why_none() is not None, reason=f"needs a graphics card, but {why_none()}")


def worst_error(found: np.ndarray, expected: np.ndarray) -> float:
    return float((np.abs(found - expected) / np.maximum(expected, FROM_MG_PER_L)).max())


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, np.ndarray]:
    """All cases solved by the very kernel, run as plain Python by Numba's simulator."""
    file = tmp_path_factory.mktemp("device") / "found.npz"
    command = [sys.executable, "-W", "error", str(Path(device_cases.__file__)), str(file)]
    subprocess.run(command, check=True, env=os.environ | {SIMULATOR_VARIABLE: "1"})
    with np.load(file) as answers:
        return dict(answers)


@pytest.mark.parametrize("name", CASES)
def test_the_kernel_gives_the_answers_of_the_processor(name: str, simulated: Mapping[str, np.ndarray]) -> None:
    expected = CASES[name].on_processor()
    assert worst_error(simulated[f"{name}, concentration"], expected.concentration) <= ROUNDING
    assert simulated[f"{name}, estimate"] == pytest.approx(expected.estimate, rel=1e-3, abs=1e-12)


def test_who_misses_the_accuracy_at_first_is_solved_again(
    simulated: Mapping[str, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(solver, "MOST_ROUNDS", 0)
    assert CASES["solved again"].on_processor().estimate.max() > TOLERANCES["standard"]
    assert simulated["solved again, estimate"].max() <= TOLERANCES["standard"]


@on_a_device
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_real_device_gives_the_answers_of_the_processor(case: Case) -> None:
    found, expected = case.on_device(), case.on_processor()
    assert worst_error(found.concentration, expected.concentration) <= STATED
    assert found.estimate.max() <= TOLERANCES["standard"]


@on_a_device
@pytest.mark.parametrize(("route", "weeks"), [("iv", 4), ("iv", 8), ("sc", 6)])
def test_the_troughs_of_very_many_on_a_real_device_are_exact(route: str, weeks: int) -> None:
    regimen, people = Regimen("sc" if route == "sc" else "iv", weeks, 13), draw(20_000, seed=3)
    days = 7.0 * weeks * np.arange(1, 14)
    fine = concentrations(History(regimen.inputs), people, days, accuracy="fine")
    assert worst_error(troughs_on_device(regimen, people), fine) <= STATED
