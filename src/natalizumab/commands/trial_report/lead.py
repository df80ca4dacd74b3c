"""The paragraphs that a reader meets first: the main differences in words, with both kinds of uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

from natalizumab.cohort import Found, Trial
from natalizumab.cohort.harms import scenario
from natalizumab.commands.trial_report.lines import Line
from natalizumab.commands.trial_report.words import capital, listed, many, named, window

MAIN = {
    "new_t2": "new or enlarging T2 lesions per 100 people",
    "relapses": "relapses per 100 people",
    "pml_per_1000": "expected cases of PML per 1,000 people",
    "doses": "doses per person",
}
"""The outcomes that the first paragraphs speak of; all others stand in the tables."""

NOBODY = "Nobody takes part: nobody was stable in the run-in. Ask for more people, or for a shorter run-in."
ALONE = "There is no other arm to compare it with."

SETS_CUT = 20
"""Of so many sets the outermost twentieth is cut off on each side (``cohort.rows``)."""


def lead(found: Found, every: Sequence[Line]) -> tuple[list[str], list[str]]:
    """The paragraphs of what was found, and those that say how to read them, as plain text."""
    trial = found.trial
    if not found.best["people"][0]:
        return [NOBODY], []
    if len(trial.arms) == 1:
        return [_alone(trial, every)], [ALONE]
    by_arm = {arm.name: [line for line in every if line.difference and line.arm == arm.name] for arm in trial.arms[1:]}
    return [_beside(trial, arm, lines) for arm, lines in by_arm.items()], [_brackets(found), _about_pml(trial)]


def _alone(trial: Trial, every: Sequence[Line]) -> str:
    main = [f"{line.number(line.mean)} {MAIN[line.outcome]}" for line in every if line.outcome in MAIN]
    return f"With “{named(trial.arms[0].name)}” there were, {window(trial)}, {listed(main)}."


def _beside(trial: Trial, arm: str, lines: Sequence[Line]) -> str:
    told = listed([difference(line) for line in lines if line.outcome in MAIN])
    return f"With “{named(arm)}” instead of “{named(trial.arms[0].name)}” there were, {window(trial)}, {told}."


def difference(line: Line) -> str:
    """One difference with both uncertainties, such as ``3 more relapses per 100 people (2 to 4; 1 to 5)``."""
    what, (low, high) = MAIN[line.outcome], line.chance
    if low <= 0 <= high:
        ends = [line.span(ends, signed=True) for ends in _open(line)]
        return f"no difference in {what} that stands out from chance ({'; '.join(ends)})"
    around = "; ".join(_around(line, ends) for ends in _open(line))
    return f"{line.number(abs(line.mean))} {_word(line.mean)} {what} ({around})"


def _open(line: Line) -> list[tuple[float, float]]:
    """What chance leaves open, and what the model does, if it has a say in this outcome."""
    return [line.chance, *([line.range] if line.range and line.range[0] != line.range[1] else [])]


def _around(line: Line, ends: tuple[float, float]) -> str:
    """The ends counted the way of the mean: of ``fewer``, how many fewer; the words are said where the sign turns."""
    low, high = ends if line.mean > 0 else (-ends[1], -ends[0])
    if low >= 0:
        return f"{line.number(low)} to {line.number(high)}"
    if high < 0:
        return f"{line.number(-high)} to {line.number(-low)} {_word(-line.mean)}"
    return f"{line.number(-low)} {_word(-line.mean)} to {line.number(high)} {_word(line.mean)}"


def _word(number: float) -> str:
    return "more" if number > 0 else "fewer"


def _brackets(found: Found) -> str:
    people = many(int(found.best["people"][0]), "person")
    return (
        f"In brackets stands first what chance leaves open with {people} (Monte Carlo, 95 %), then what the model "
        f"leaves open ({ensemble_words(found)}), if it has a say in it."
    )


def ensemble_words(found: Found) -> str:
    """What the range of the model is a range of."""
    sets = len(found.others)
    ends = "the middle 90 %" if sets >= SETS_CUT else "the lowest to the highest"
    return f"{ends} of {many(sets, 'set')} of parameters that fit the published figures about as well"


def _about_pml(trial: Trial) -> str:
    if trial.pml_scenario == "none":
        return "That longer intervals change the risk of PML is not assumed here."
    found = scenario(trial.pml_scenario)
    low, high = found.interval
    return capital(
        f"what is said of PML rests on an assumption: at extended intervals its hazard is taken to be {found.ratio:g} "
        f"times that of the published table (95 % interval {low:g} to {high:g}), which was observed in a registry and "
        "never tested in a randomised trial."
    )
