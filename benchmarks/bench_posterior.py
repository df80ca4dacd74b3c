"""One person's posterior from two measured levels and 12 doses, on one core."""

from __future__ import annotations

from collections.abc import Callable

from bounds import HEADINGS, at_most, said, shown
from machine import one_core
from natalizumab.pharmacology import History, Input, Regimen
from natalizumab.pharmacology.individual import Plan, Posterior, posterior
from natalizumab.pharmacology.levels import Level
from timing import interleaved, table

ROUNDS = 21
WEIGHT_KG = 68.0
REGIMEN = Regimen("iv", 4, 12)
COURSE = History(REGIMEN.inputs)
LAST, NEXT = REGIMEN.last_interval

LEVELS = (Level(REGIMEN.inputs[-2].day, 21.0), Level(LAST, 24.5))
"""Two troughs of an invented person, mg/L."""

WITH_NEXT = COURSE.then(Input(NEXT, REGIMEN.inputs[-1].amount_mg, "iv"))
AHEAD = [NEXT + day for day in range(1, 29)]

PLANS = [
    Plan(
        (NEXT + 42.0 * weeks,), COURSE.then(*(Input(NEXT + 7 * weeks * n, 300, "iv") for n in range(6))), sustained=True
    )
    for weeks in range(4, 13)
]


def main() -> None:
    """Print how long the posterior takes with the band of the next trough, and its parts."""
    with one_core() as held:
        ready = _posterior()
        cases: dict[str, Callable[[], object]] = {
            "both": lambda: _posterior().predict([NEXT]),
            "alone": _posterior,
            "prior": lambda: posterior(COURSE, WEIGHT_KG),
            "later": lambda: ready.predict([NEXT]),
            "curve": lambda: ready.predict(AHEAD, WITH_NEXT),
            "plans": lambda: ready.predict_each(PLANS),
        }
        milliseconds = {name: 1000 * taken for name, taken in interleaved(cases, ROUNDS).items()}
    table(
        [
            HEADINGS,
            at_most("two levels, 12 doses, and the next trough's band", milliseconds["both"], 20, "ms", goal=3),
            shown("  the posterior alone", milliseconds["alone"], "ms"),
            shown("  the band alone, asked later", milliseconds["later"], "ms"),
            shown(f"  the bands of {len(AHEAD)} days after one more dose", milliseconds["curve"], "ms"),
            shown(f"  the band of each of {len(PLANS)} intervals, kept up", milliseconds["plans"], "ms"),
            shown("  the same person without levels", milliseconds["prior"], "ms"),
            said("processor", held),
        ]
    )


def _posterior() -> Posterior:
    return posterior(COURSE, WEIGHT_KG, LEVELS)


if __name__ == "__main__":
    main()
