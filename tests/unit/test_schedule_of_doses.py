"""Doses of very many people at once: the same as one history for each, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology import History, Input, Route, concentrations, draw
from natalizumab.pharmacology.schedule import DosesOfMany, schedule_of_doses

DAYS = np.array([[0.0, 28.0, 61.5], [3.0, np.nan, 50.25], [np.nan, np.nan, np.nan]])


@pytest.mark.parametrize("route", ["iv", "sc"])
def test_rows_of_days_are_what_histories_are(route: Route) -> None:
    people, times = draw(3, seed=2), [27.0, 60.0, 90.0]
    histories = [History(tuple(Input(day, 300, route) for day in row[np.isfinite(row)].tolist())) for row in DAYS]
    expected = concentrations(histories, people, times)
    assert (
        concentrations(schedule_of_doses(DosesOfMany(DAYS, 300, route)), people, times).tobytes() == expected.tobytes()
    )


def test_a_share_under_the_skin_is_that_of_the_histories() -> None:
    people, times = draw(1, seed=2), [27.0, 60.0]
    history = History((Input(0, 300, "sc"),))
    expected = concentrations(history, people, times, bioavailability=0.6)
    found = concentrations(
        schedule_of_doses(DosesOfMany(np.zeros((1, 1)), 300, "sc"), bioavailability=0.6), people, times
    )
    assert found.tobytes() == expected.tobytes()


@pytest.mark.parametrize("days", [[[28.0, 0.0]], [[0.0, 0.01]], [[0.0, np.nan, -1.0]]])
def test_days_that_do_not_rise_and_infusions_that_overlap_are_refused(days: list[list[float]]) -> None:
    with pytest.raises(ModelError, match="must rise"):
        schedule_of_doses(DosesOfMany(np.array(days), 300))


@pytest.mark.parametrize("days", [[0.0, 28.0], [[1e9]]])
def test_what_is_no_table_of_days_is_refused(days: list[float] | list[list[float]]) -> None:
    with pytest.raises(ModelError, match="rows of numbers"):
        schedule_of_doses(DosesOfMany(np.array(days), 300))


def test_an_impossible_amount_is_refused() -> None:
    with pytest.raises(ModelError, match="outside 0 to 3000 mg"):
        schedule_of_doses(DosesOfMany(np.zeros((1, 1)), 30_000))


def test_infusions_and_then_injections_are_what_a_history_of_both_is() -> None:
    people, times = draw(2, seed=2), [27.0, 60.0, 90.0]
    veins, skins = np.array([[0.0, 20.0], [2.0, np.nan]]), np.array([[40.0, 70.0], [np.nan, 65.0]])
    histories = [
        History(
            tuple(Input(day, 300, "iv") for day in vein[np.isfinite(vein)].tolist())
            + tuple(Input(day, 150, "sc") for day in skin[np.isfinite(skin)].tolist())
        )
        for vein, skin in zip(veins, skins, strict=True)
    ]
    found = concentrations(schedule_of_doses(DosesOfMany(veins, 300), DosesOfMany(skins, 150, "sc")), people, times)
    assert found.tobytes() == concentrations(histories, people, times).tobytes()
    with pytest.raises(ModelError, match="must rise"):
        schedule_of_doses(DosesOfMany(veins, 300), DosesOfMany(skins - 30, 150, "sc"))
