"""What somebody asks the simulator: read from an address, checked, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.http import QueryDict

from natalizumab.clinic.simulator.strategies import AT_LEAST, AT_MOST, Strategy, number, strategies
from natalizumab.evidence import value

SHORTEST_YEARS, LONGEST_YEARS = 2, 6
"""Beyond six years nothing is published on the risk of PML."""

SHOWN_OF_NONSENSE = 40


@dataclass(frozen=True)
class Question:
    """Keys of what was chosen; all of them decide the answer, and nothing else does."""

    strategies: tuple[str, ...]
    years: int
    age: str
    weight: str
    jcv: str
    prior: str
    activity: str
    pml: str

    @property
    def chosen(self) -> tuple[Strategy, ...]:
        """The strategies, the first of which the others are compared with."""
        return tuple(strategies()[key] for key in self.strategies)

    @property
    def by_level(self) -> bool:
        """Whether a strategy needs levels, which are measured after half a year of the labelled interval."""
        return any(one.target is not None for one in self.chosen)

    @property
    def person(self) -> tuple[str, ...]:
        """What kind of person it is about, one thing after the other."""
        age, weight = (choices()[name][getattr(self, name)] for name in ("age", "weight"))
        prior = "an immunosuppressant before" if self.prior == "yes" else "no immunosuppressant before"
        activity = "high disease activity" if self.activity == "high" else "usual disease activity"
        return f"aged {age}", weight, antibodies()[self.jcv], prior, activity


@dataclass(frozen=True)
class Asked:
    """``question`` is None where nothing was asked, or where there are ``problems``, whole sentences."""

    question: Question | None
    problems: tuple[str, ...]
    strategies: tuple[str, ...]
    chosen: Mapping[str, str]


DEFAULTS = {
    "years": str(SHORTEST_YEARS),
    "age": "1",
    "weight": "1",
    "jcv": "high",
    "prior": "no",
    "activity": "usual",
    "pml": "none",
}

LABELS = {
    "years": "For how many years",
    "age": "Age at the first dose",
    "weight": "Weight",
    "jcv": "JC virus antibody",
    "prior": "Immunosuppressant before",
    "activity": "Disease activity",
    "pml": "PML when intervals are extended",
}


@cache
def choices() -> dict[str, dict[str, str]]:
    """What each field of the form offers: values and words."""
    low, high = number("serology.index.low_max"), number("serology.index.high_above")
    return {
        "years": {str(years): f"{years} years" for years in range(SHORTEST_YEARS, LONGEST_YEARS + 1)},
        "age": {key: f"{least:g} to {most:g}" for key, least, most in _groups(age_edges(), closed=True)},
        "weight": {key: f"{least:g} to {most:g} kg" for key, least, most in _groups(weight_edges())},
        "jcv": {
            "negative": "Negative",
            "low": f"Positive, index up to {low:g}",
            "middle": f"Positive, index {low:g} to {high:g}",
            "high": f"Positive, index above {high:g}",
        },
        "prior": {"no": "No", "yes": "Yes"},
        "activity": {"usual": "Usual", "high": "High"},
        "pml": {"none": "As at the labelled interval", **{key: _scenario(key) for key in ("primary", "secondary")}},
    }


@cache
def antibodies() -> dict[str, str]:
    """What the choices of ``jcv`` say of a person."""
    low, high = number("serology.index.low_max"), number("serology.index.high_above")
    return {
        "negative": "JC virus antibody negative",
        "low": f"JC virus antibody positive, index up to {low:g}",
        "middle": f"JC virus antibody positive, index {low:g} to {high:g}",
        "high": f"JC virus antibody positive, index above {high:g}",
    }


def age_edges() -> list[float]:
    """Years between which the groups of ages lie."""
    return _edges("population.adults.age", "simulator.age_edges")


def weight_edges() -> list[float]:
    """Kilograms between which the groups of weights lie."""
    return _edges("population.adults.weight", "simulator.weight_edges")


def read(query: QueryDict) -> Asked:
    """What an address asks for. Whatever is impossible becomes a problem in words, and nothing is worked out."""
    given = tuple(key for key in query.getlist("strategy") if key)
    chosen = {name: query.get(name, default) for name, default in DEFAULTS.items()}
    offered = choices()
    known = {name: key if key in offered[name] else DEFAULTS[name] for name, key in chosen.items()}
    kept = tuple(key for key in given if key in strategies())[:AT_MOST]
    if not query:
        return Asked(None, (), kept, known)
    problems = [
        f"{LABELS[name]}: {_quoted(key)} can’t be chosen." for name, key in chosen.items() if key != known[name]
    ]
    problems += _wrong_strategies(given)
    question = None if problems else Question(given, **{**known, "years": int(known["years"])})  # type: ignore[arg-type]
    if question:
        problems = _beyond(question)
    return Asked(None if problems else question, tuple(problems), kept, known)


def _wrong_strategies(given: tuple[str, ...]) -> list[str]:
    unknown = [key for key in given if key not in strategies()]
    if unknown:
        return [f"{_quoted(unknown[0])} is no strategy of this list."]
    if not AT_LEAST <= len(given) <= AT_MOST:
        if len(given) > 1:
            return [f"Choose two or three strategies; {len(given)} were chosen."]
        return [f"Choose two or three strategies; {'one' if given else 'none'} was chosen."]
    if len(set(given)) < len(given):
        return ["The same strategy was chosen twice; choose different ones."]
    return []


def _beyond(question: Question) -> list[str]:
    if not question.by_level or question.years < LONGEST_YEARS:
        return []
    why = "everybody first has half a year of infusions, and beyond six years nothing is published on the risk of PML"
    return [f"With an interval by measured level choose {LONGEST_YEARS - 1} years or fewer: {why}."]


def _groups(edges: list[float], *, closed: bool = False) -> Iterator[tuple[str, float, float]]:
    """Each group's key and its ends.

    ``closed``: whole years, of which a group has all but those of the next one's first.
    """
    last = len(edges) - 2
    for place, (least, most) in enumerate(pairwise(edges)):
        yield str(place), least, most - 1 if closed and place < last else most


def _edges(ends: str, between: str) -> list[float]:
    return [number(f"{ends}_min"), *map(float, value(between).value), number(f"{ends}_max")]


def _scenario(key: str) -> str:
    found = value(f"eid.hazard_ratio.{key}")
    assert found.interval
    low, high = found.interval
    return f"Registry, {key} analysis: {found.value:g} times ({low:g} to {high:g})"


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= SHOWN_OF_NONSENSE else f'{text[:SHOWN_OF_NONSENSE]}…'}”"
