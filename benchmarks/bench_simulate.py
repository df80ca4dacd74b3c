"""Courses of 26 doses simulated per second: many people side by side, one alone, and SciPy's LSODA person by person."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from natalizumab.pharmacology import People, Person, Regimen, draw, simulate_population, simulate_regimen, typical
from natalizumab.pharmacology.equations import Body, State
from natalizumab.pharmacology.solver import segments
from natalizumab.pharmacology.stepper import slope
from timing import per_second, table

REGIMEN = Regimen("iv", 4, 26)
PEOPLE = 2000
PEERS = 6
"""The peer is slow: it simulates the first few of the same people."""


def main() -> None:
    """Print courses per second, the ratio to the peer, and the worst relative error of the last trough."""
    people = draw(PEOPLE, seed=1)
    few = people.part(0, PEERS)
    exact = np.array([scipy_trough(person, "Radau", 1e-11) for person in singly(few)])
    started = time.perf_counter()
    peer = np.array([scipy_trough(person, "LSODA", 1e-8) for person in singly(few)])
    peer_speed = PEERS / (time.perf_counter() - started)
    started = time.perf_counter()
    ours = simulate_population(REGIMEN, people).trough
    our_speed = PEOPLE / (time.perf_counter() - started)
    alone_speed = per_second(lambda: simulate_regimen(REGIMEN, typical(75)))
    table(
        [
            ("engine", "courses/s", "ratio", "error"),
            row(f"{PEOPLE} people side by side", our_speed, peer_speed, ours[:PEERS], exact),
            row("one typical person", alone_speed, peer_speed, None, exact),
            row("SciPy LSODA 1e-8, one by one", peer_speed, peer_speed, peer, exact),
        ]
    )


def row(
    name: str, speed: float, peer_speed: float, found: NDArray[np.float64] | None, exact: NDArray[np.float64]
) -> tuple[str, ...]:
    """One line of the table; the error is the worst among the few people that Radau at 1e-11 has solved too."""
    error = "" if found is None else f"{np.abs(found / exact - 1).max():.0e}"
    return name, f"{speed:.0f}", f"{speed / peer_speed:.1f}", error


def singly(people: People) -> list[Person[float]]:
    """Each of the people as a person of plain numbers."""
    side_by_side = people.person()
    body = side_by_side.body
    return [
        Person(Body(*numbers, body.q, body.km, body.ka), side_by_side.bioavailability, side_by_side.lag_days)
        for numbers in zip(body.cl.tolist(), body.vc.tolist(), body.vp.tolist(), body.vmax.tolist(), strict=True)
    ]


def scipy_trough(person: Person[float], method: Literal["LSODA", "Radau"], tolerance: float) -> float:
    """The last trough (mg/L) by a solver of SciPy, restarted at every event, with our own right-hand side."""
    end = REGIMEN.last_interval[1]
    y = np.zeros(3)
    for part in segments(REGIMEN.inputs, person.lag_days, person.bioavailability, end):
        y[0] += part.injected
        y = solve_ivp(
            right_hand_side(person, part.infusion),
            (part.start, part.end),
            y,
            method,
            rtol=tolerance,
            atol=tolerance / 100,
            first_step=1e-6,
        ).y[:, -1]
    return float(y[1] / person.body.vc)


def right_hand_side(person: Person[float], infusion: float) -> Callable[[float, NDArray[np.float64]], list[float]]:
    """The model's equations in the shape that SciPy asks for."""
    return lambda _, y: list(slope(State(*y.tolist()), infusion, person.body))


if __name__ == "__main__":
    main()
