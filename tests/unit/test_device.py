"""Solving on a graphics card: what is refused, the one right-hand side, and what the compiler makes of the kernel."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology import Regimen, draw, lanes
from natalizumab.pharmacology.device import found, launch, troughs_on_device, why_none
from natalizumab.pharmacology.device.alone import PLACES, SIZE, of_one
from natalizumab.pharmacology.equations import rates

ONE = draw(1, seed=1)
MONTHLY = Regimen("iv", 4, 2)


@pytest.fixture
def no_simulator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(found.SIMULATOR_VARIABLE, raising=False)


@pytest.mark.usefixtures("no_simulator")
def test_without_the_package_the_refusal_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"numba-cuda is not installed: pip install \"natalizumab\[gpu\]\""):
        troughs_on_device(MONTHLY, ONE)


@pytest.mark.usefixtures("no_simulator")
@pytest.mark.skipif(why_none() is None, reason="there is a CUDA device here, so nothing is refused")
def test_without_a_device_the_refusal_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found, "find_spec", lambda _: "it is there")
    with pytest.raises(ModelError, match="no CUDA device was found"):
        troughs_on_device(MONTHLY, ONE)


@pytest.mark.usefixtures("no_simulator")
def test_a_device_without_its_compiler_is_another_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Cuda:
        gpus = ("one",)

        @staticmethod
        def is_available() -> bool:
            return False

    monkeypatch.setattr(found, "find_spec", lambda _: "it is there")
    monkeypatch.setattr(found, "import_module", lambda _: Cuda)
    assert "the compiler for the device was not found" in str(why_none())


def test_summaries_of_a_window_are_refused() -> None:
    nothing = np.zeros(1)
    with pytest.raises(ModelError, match="for concentrations only"):
        launch.march(*[nothing] * 14, np.zeros((1, 4)), np.zeros((0, 2)))


def test_the_device_compiles_the_one_right_hand_side() -> None:
    plain: Any = rates
    assert of_one(rates) is plain.py_func


def test_a_block_of_one_has_a_place_of_its_own_for_every_number() -> None:
    rows = [name for name in PLACES if name not in {"LANES", "ROW", "STAGES", "END", "SIZE"}]
    slopes = [name for name in rows if name.endswith("_SLOPE") and name != "BEFORE_SLOPE"] + ["DEPOT_THEN"]
    taken = [PLACES[name] for name in rows if name not in slopes]
    taken += [PLACES[name] + stage for name in slopes for stage in range(lanes.STAGES)]
    assert sorted(taken) == list(range(SIZE))


def test_nothing_is_compiled_or_loaded_before_a_device_is_asked_for() -> None:
    asked = "import sys, natalizumab.pharmacology.device; sys.exit('numba' in sys.modules)"
    subprocess.run([sys.executable, "-c", asked], check=True)


needs_the_compiler = pytest.mark.skipif(
    find_spec("numba_cuda") is None, reason='needs the compiler for CUDA: pip install "numba-cuda[cu13]"'
)


@needs_the_compiler
@pytest.mark.usefixtures("no_simulator")
@pytest.mark.parametrize("injected", [False, True])
def test_compiled_for_a_device_a_person_stays_in_registers_and_in_64_bits(injected: bool) -> None:
    """Else ten million people would be read and written at every step, or be wrong in the seventh digit."""
    from natalizumab.pharmacology.device.kernel import python_kernel

    types: Any = import_module("numba").types
    number, whole = types.float64, types.int64
    row, rows, counts = number[::1], number[:, ::1], whole[::1]
    course = (counts, counts, row, counts, row, rows)
    signature = (*course, *[row] * 6, *[number] * 3, types.UniTuple(number, 9), rows, row, counts)
    code, _ = import_module("numba.cuda").compile_ptx(python_kernel(injected), signature, cc=(9, 0))
    assert "div.rn.f64" in code
    assert ".f32" not in code
    assert ".local" not in code.replace("clocals", "")
