"""Invented people for the posterior: what was given, what was measured, and the days that are asked about.

Of everybody the next trough and the trough eight weeks after the last dose are asked, of some also troughs of doses
still to come.
"""

from __future__ import annotations

from dataclasses import replace

from tests.reference.importance import Question

from natalizumab.pharmacology import History, Input, Regimen, Removal, Route, Start
from natalizumab.pharmacology.levels import AntibodyResult, Level

EIGHT_WEEKS = 56.0


def person(history: History, weight_kg: float, *levels: Level, weeks: float = 4, **more: object) -> Question:
    """What is asked of a person whose next dose is due ``weeks`` after the last; ``more`` are a question's fields."""
    last = max(dose.day for dose in history.inputs)
    asked = (last + 7 * weeks, last + EIGHT_WEEKS)
    return replace(Question(history, weight_kg, levels, asked=asked), **more)  # type: ignore[arg-type]


def doses(weeks: float, count: int, route: Route = "iv") -> History:
    """300 mg so many times."""
    return History(Regimen(route, weeks, count).inputs)


def below(day: float, limit: float) -> Level:
    """Not quantified."""
    return Level(day, limit, below=True)


def troughs(weeks: float, first: int, *measured: float) -> tuple[Level, ...]:
    """Just before so many doses one after the other, the first of them the one numbered ``first`` (from 0)."""
    return tuple(Level(7 * weeks * (first + number), c) for number, c in enumerate(measured))


def further(question: Question, weeks: float, count: int, *, lasting: bool = False) -> Question:
    """Also asked: the troughs after the first and the last of ``count`` more doses, the first when the next is due."""
    first = question.asked[0]
    days = [first + 7 * weeks * number for number in range(count)]
    then = question.history.then(*(Input(day, 300, "iv") for day in days))
    return replace(
        question, then=then, asked_then=(first + 7 * weeks, days[-1] + 7 * weeks), lasting=lasting
    )  # fmt: skip


YEAR = doses(4, 12)
"""The last dose on day 308."""

TWO = person(YEAR, 68, Level(280, 21.0), Level(308, 24.5))
LOW_EARLY = person(doses(4, 2), 75, Level(28, 2.0))
MISSED = History(tuple(Input(day, 300, "iv") for day in (0, 28, 56, 84, 196, 224)))
EXCHANGED = replace(YEAR, removals=(Removal(301, 0.78), Removal(303, 0.78)))
THINNER = replace(YEAR, weights=((0.0, 110.0), (100.0, 95.0), (200.0, 80.0)))
KNOWN = History(Regimen("iv", 4, 4).inputs, start=Start(0.0, 22.0, 25.0))

CASES = {
    "two troughs and twelve doses": TWO,
    "two troughs, then six more doses six weeks apart": further(TWO, 6, 6),
    "two troughs, then six-weekly for good": further(TWO, 6, 12, lasting=True),
    "one trough": person(YEAR, 68, Level(308, 15.0)),
    "five levels": person(YEAR, 81, *(Level(day, c) for day, c in ((28, 9), (56, 14), (84, 17), (168, 20), (308, 27)))),
    "ten levels": person(YEAR, 60, *(Level(28.0 * n, 10 + 1.5 * n) for n in range(1, 11))),
    "nothing measured": person(YEAR, 75),
    "nothing measured after two doses": person(doses(4, 2), 75),
    "nothing measured, then six-weekly for good": further(person(doses(4, 6), 75), 6, 12, lasting=True),
    "one dose, a level after two weeks": person(doses(4, 1), 75, Level(14, 24.0)),
    "a low early trough": LOW_EARLY,
    "a low early trough, then four-weekly": further(LOW_EARLY, 4, 6),
    "a very low early trough": person(doses(4, 2), 75, Level(28, 0.3)),
    "an early trough near nothing": person(doses(4, 3), 75, Level(28, 0.05)),
    "a low trough late": person(YEAR, 75, Level(308, 3.0)),
    "a very low trough late": person(YEAR, 75, Level(308, 0.3)),
    "low troughs that recover": person(doses(4, 9), 75, Level(28, 1.5), Level(56, 2.0), Level(224, 20.0)),
    "below the limit early": person(doses(4, 2), 75, below(28, 0.5)),
    "below the limit late": person(YEAR, 68, below(308, 0.5)),
    "below a high limit": person(YEAR, 68, below(308, 10.0)),
    "below a limit that nearly everybody is below": person(doses(8, 6), 75, below(280, 20.0), weeks=8),
    "below the limit twice, and one level": person(doses(8, 6), 75, below(224, 1.0), below(280, 1.0), Level(252, 18.0)),
    "below the limit beside a good trough": person(YEAR, 75, Level(280, 20.0), below(308, 1.0)),
    "an hour after an infusion": person(YEAR, 75, Level(308 + 2 / 24, 95.0)),
    "after an infusion, and its trough": person(YEAR, 75, Level(280 + 2 / 24, 120.0), Level(308, 18.0)),
    "during an infusion": person(YEAR, 75, Level(308 + 0.5 / 24, 60.0)),
    "under the skin, two troughs": person(doses(4, 12, "sc"), 72, Level(280, 16.0), Level(308, 14.0)),
    "under the skin, F 0.6": person(doses(4, 12, "sc"), 72, Level(308, 9.0), bioavailability=0.6),
    "under the skin, near the peak": person(doses(4, 12, "sc"), 72, Level(313.8, 45.0)),
    "under the skin, within the lag": person(doses(4, 2, "sc"), 72, Level(28.1, 9.0)),
    "six-weekly, one trough": person(doses(6, 10), 75, Level(378, 6.0), weeks=6),
    "eight-weekly, two troughs": person(doses(8, 8), 75, Level(336, 2.0), Level(392, 1.2), weeks=8),
    "eight-weekly, nothing measured": person(doses(8, 8), 75, weeks=8),
    "heavy": person(doses(6, 10), 140, Level(378, 2.0), weeks=6),
    "light": person(YEAR, 45, Level(308, 48.0)),
    "missed doses": person(MISSED, 75, Level(140, 0.9), Level(224, 9.0)),
    "two plasma exchanges": person(EXCHANGED, 75, Level(301, 22.0), Level(304, 3.0)),
    "weight lost": person(THINNER, 80, Level(84, 12.0), Level(308, 25.0)),
    "a known start": person(KNOWN, 75, Level(84, 19.0)),
    "a positive test and a low trough": replace(LOW_EARLY, tests=(AntibodyResult(28, positive=True),)),
    "a negative test and a low trough": replace(LOW_EARLY, tests=(AntibodyResult(28, positive=False),)),
    "a positive test alone": person(doses(4, 5), 75, tests=(AntibodyResult(84, positive=True),)),
    "two positive tests half a year apart": person(
        doses(4, 12), 75, Level(308, 5.0), tests=(AntibodyResult(60, positive=True), AntibodyResult(250, positive=True))
    ),
    "positive, later negative twice": person(
        doses(4, 12),
        75,
        Level(84, 3.0),
        tests=(AntibodyResult(84, positive=True), *(AntibodyResult(day, positive=False) for day in (200, 290))),
    ),
    "80 mg/L as a trough": person(YEAR, 75, Level(308, 80.0)),
    "80 mg/L after eight weeks": person(doses(8, 6), 75, Level(280, 80.0), weeks=8),
    "0.3 mg/L after eight weeks": person(doses(8, 6), 75, Level(280, 0.3), weeks=8),
    "contradicting troughs, high then low": person(YEAR, 75, Level(280, 40.0), Level(308, 1.0)),
    "contradicting levels within a day": person(YEAR, 68, Level(307, 3.0), Level(308, 40.0)),
    "a low early trough, then a good one": person(doses(4, 4), 75, Level(28, 0.4), Level(84, 25.0)),
    "three assays": person(
        YEAR, 75, Level(252, 18.0), Level(280, 26.0, assay="B", factor=1.3), Level(308, 9.0, assay="C", factor=0.5)
    ),
    "four low troughs, six-weekly": person(doses(6, 12), 75, *troughs(6, 6, 0.9, 1.1, 0.8, 1.0), weeks=6),
    "six low troughs, six-weekly, heavy": person(
        doses(6, 12), 100, *troughs(6, 6, 1.2, 1.5, 0.9, 1.1, 1.4, 1.0), weeks=6
    ),
    "two very low troughs, six-weekly": person(doses(6, 12), 75, *troughs(6, 6, 0.36, 0.36), weeks=6),
    "three troughs near nothing, eight-weekly": person(doses(8, 12), 75, *troughs(8, 8, 0.11, 0.13, 0.12), weeks=8),
    "five low troughs": person(YEAR, 75, *troughs(4, 7, 5.2, 4.1, 4.8, 5.6, 4.4)),
    "four low troughs under the skin": person(doses(4, 12, "sc"), 80, *troughs(4, 2, 3.03, 2.66, 3.05, 2.72)),
    "three troughs that rise, six-weekly": person(doses(6, 12), 95, *troughs(6, 8, 0.77, 1.3, 2.09), weeks=6),
    "a negative test and a low trough, then five weeks": person(
        doses(4, 3), 75, Level(56, 3.5), tests=(AntibodyResult(56, positive=False),), weeks=5
    ),
}
