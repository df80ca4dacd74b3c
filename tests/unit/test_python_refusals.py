"""What Python is given by mistake: words for numbers, names that are none. Each is refused in one plain sentence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology import History, People, Regimen, Start, simulate
from natalizumab.pharmacology.assays import assay
from natalizumab.pharmacology.charts import stacked
from natalizumab.pharmacology.history import Removal
from natalizumab.pharmacology.individual import Posterior, posterior
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.simulated import Simulation

REGIMEN = Regimen("iv", 4, 3)
WORDS: Any = "seventy"

Case = tuple[str, Callable[[Simulation, Posterior], object]]

REFUSED: list[Case] = [
    ("table: 'person' is not one of people, spread", lambda s, _: s.table("person")),  # type: ignore[arg-type]
    ("chart: 'conc' is not one of concentration, saturation", lambda s, _: s.chart("conc")),  # type: ignore[arg-type]
    ("times: give finite numbers", lambda *_: simulate(REGIMEN, 1, times="abc")),
    ("bioavailability F: 2 must be above 0", lambda *_: simulate(REGIMEN, 1, bioavailability=2)),
    ("bioavailability F: 'seventy' is not a number", lambda *_: simulate(REGIMEN, 1, bioavailability=WORDS)),
    ("weight: 'seventy' is not a number", lambda *_: simulate(REGIMEN, 1, weight_kg=WORDS)),
    ("weight: 'seventy' is not a number", lambda *_: History(REGIMEN.inputs, weights=((0, WORDS),))),
    ("plasma exchange: day: 'seventy' is not a number", lambda *_: Removal(WORDS, 0.5)),
    ("plasma exchange: 'seventy' is not a number", lambda *_: Removal(1, WORDS)),
    ("level: day: 'seventy' is not a number", lambda *_: Level(WORDS, 3)),
    ("level: 'seventy' is not a number", lambda *_: Level(3, WORDS)),
    ("assay factor: 'seventy' is not a number", lambda *_: assay("mine", {"another": WORDS})),
    ("assay factor: 0 must be above 0", lambda *_: assay("mine", {"another": 0})),
    ("summary: 'km' is not one of cl, vp, vmax", lambda _, p: p.summary("km")),  # type: ignore[arg-type]
    ("days: give a list of finite numbers", lambda _, p: p.predict("abc")),
    ("target in mg/L: nan must be above 0", lambda _, p: p.predict([30]).at_least(math.nan)),
    ("target in mg/L: -1 must be above 0", lambda _, p: p.predict([30]).at_least(-1)),
    ("chart: the theme 'pink' is not one of light, dark", lambda s, _: s.chart().altair("pink")),  # type: ignore[arg-type]
    ("history: inputs must be a list of the kind Input, not (1, 2)", lambda *_: History((1, 2))),  # type: ignore[arg-type]
    ("history: inputs must be a list of", lambda *_: History(REGIMEN.inputs[0])),  # type: ignore[arg-type]
    ("history: antibodies must be a list of", lambda *_: History(antibodies=None)),  # type: ignore[arg-type]
    ("history: weights must be a list of pairs", lambda *_: History(weights=((1,),))),  # type: ignore[arg-type]
    ("history: start must be of the kind Start, not 5", lambda *_: History(start=5)),  # type: ignore[arg-type]
    ("people: there is nobody to simulate", lambda *_: simulate(REGIMEN, People(*[np.array([])] * 4))),
    (
        "level: 10 mg/L on day 2 lies before the known start, day 5",
        lambda *_: posterior(History(REGIMEN.inputs[1:], start=Start(5, 20)), 70, [Level(2, 10)]),
    ),
    ("stacked: give charts", lambda s, _: stacked(s)),  # type: ignore[arg-type]
]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return simulate(REGIMEN, 3)


@pytest.fixture(scope="module")
def known() -> Posterior:
    return posterior(History(REGIMEN.inputs), 70, [Level(56.0, 20)])


@pytest.mark.parametrize(("said", "asked"), REFUSED, ids=[said[:40] for said, _ in REFUSED])
def test_a_mistake_is_refused_in_plain_words(
    said: str, asked: Callable[[Simulation, Posterior], object], simulation: Simulation, known: Posterior
) -> None:
    with pytest.raises(ModelError) as refused:
        asked(simulation, known)
    assert said in str(refused.value)


def test_whole_numbers_may_be_written_as_any_number() -> None:
    found, same = simulate(Regimen("iv", 4, 3.0), 5.0), simulate(REGIMEN, 5)  # type: ignore[arg-type]
    assert repr(found) == repr(same)
    assert list(found.table("people").rows()) == list(same.table("people").rows())
