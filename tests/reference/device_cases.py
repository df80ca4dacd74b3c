"""Courses that are solved on a device and on the processor.

Run as a program, it solves them on what stands for a device and writes the answers: ``python device_cases.py FILE``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from natalizumab.pharmacology import AntibodyPeriod, History, Input, People, Regimen, Removal, Solution, Start, draw
from natalizumab.pharmacology.device import solve_on_device
from natalizumab.pharmacology.solver import solve


@dataclass(frozen=True)
class Case:
    """What is asked; ``history`` is one for all, or one each."""

    history: History | list[History]
    people: People
    days: list[float]

    def on_device(self) -> Solution:
        return solve_on_device(self.history, self.people, self.days)

    def on_processor(self) -> Solution:
        return solve(self.history, self.people, self.days)


MIXED = [
    History((Input(3.25, 300, "iv", 30), Input(40, 300, "sc")), antibodies=(AntibodyPeriod(20, 60, 2.45),)),
    History((Input(0, 300, "iv"),), weights=((0, 60), (30, 90)), removals=(Removal(10, 0.7),)),
    History((Input(50, 300, "iv"),), start=Start(-5, 30)),
]

FEW = draw(3, seed=1)
HARD = People(FEW.weight_kg, np.full(3, 10.0), np.ones(3), np.ones(3))
"""The error of the third of them is too large at first: they are solved again with shorter steps."""

CASES = {
    "infusions": Case(History(Regimen("iv", 4, 4).inputs), FEW, [28.0, 56.0, 84.0, 112.0]),
    "injections": Case(History(Regimen("sc", 6, 2).inputs), FEW, [42.0, 84.0]),
    "everything that can happen": Case(MIXED, FEW, [28.0, 55.0, 100.0]),
    "solved again": Case(MIXED, HARD, [28.0, 55.0, 100.0]),
}


def main(file: Path) -> None:
    """Solve all cases on the device and write their concentrations and estimates."""
    answers: dict[str, Any] = {}
    for name, case in CASES.items():
        found = case.on_device()
        answers |= {f"{name}, concentration": found.concentration, f"{name}, estimate": found.estimate}
    np.savez(file, **answers)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
