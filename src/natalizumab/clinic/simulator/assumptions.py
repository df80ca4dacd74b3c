"""What an answer takes for granted, in words and with sources: as much a part of it as its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from natalizumab.clinic.simulator.question import SHORTEST_YEARS, Question
from natalizumab.clinic.simulator.strategies import number, pml_keys
from natalizumab.evidence import STATUSES, value

Used = dict[str, str]
"""The key of a source, and the status of what was taken from it."""


@dataclass(frozen=True)
class Assumption:
    """A sentence or two, what they are about, and what they rest on."""

    about: str
    text: str
    sources: list[Used] = field(default_factory=list)


def assumptions(question: Question) -> list[Assumption]:
    """Those of one question, the most doubtful first."""
    return [*_pml(question), *_strategies(question), *_person(question)]


def _pml(question: Question) -> Iterator[Assumption]:
    if question.pml != "none":
        yield _scenario(question.pml)
    keys = pml_keys(question.jcv, question.prior == "yes")
    text = (
        "The chance of PML is that of the European table for each year of treatment, by antibody, index and earlier "
        "immunosuppressant. It is given there without an interval, so it has no range here either."
    )
    if any(value(key).status == "recalled" for key in keys):
        text += " Figures of it are recalled, and nobody has checked them against the text."
    if question.pml == "none":
        text += " A longer interval is taken to change nothing about it; the choice above assumes what a registry saw."
    yield Assumption("PML", text, _sources(keys))


def in_short(question: Question) -> Assumption | None:
    """The scenario of PML in one sentence, to stand beside the numbers; None where none is assumed."""
    if question.pml == "none":
        return None
    key = f"eid.hazard_ratio.{question.pml}"
    (ratio, low, high), weeks = _hazard_ratio(key), number("simulator.extended_from")
    text = (
        f"at intervals of {weeks:g} weeks or longer a hazard ratio of {ratio:g} ({low:g} to {high:g}), which one "
        "registry suggests and no trial has tested."
    )
    return Assumption("Assumed for PML", text, _sources([key]))


def _scenario(name: str) -> Assumption:
    key = f"eid.hazard_ratio.{name}"
    ratio, low, high = _hazard_ratio(key)
    text = (
        f"At longer intervals PML is assumed to come at {ratio:g} times the rate of the table "
        f"(hazard ratio, 95 % interval {low:g} to {high:g}); the range of PML is this interval alone. It is a "
        "scenario, not a finding about people like this: antibody-positive people of one registry, observed and not "
        f"allotted by chance. {value(key).note} No label has it."
    )
    return Assumption("PML, a scenario", text, _sources([key]))


def _hazard_ratio(key: str) -> tuple[float, float, float]:
    found = value(key)
    assert found.interval
    return float(found.value), *found.interval


def _strategies(question: Question) -> Iterator[Assumption]:
    chosen = {one.key for one in question.chosen}
    half_year = number("simulator.run_in")
    if question.by_level:
        longest = number("simulator.longest_by_level")
        share = number("interval.probability")
        yield Assumption(
            "By measured level",
            f"Everybody, whatever the strategy, first has {half_year:g} weeks of infusions at the labelled interval; "
            "then the strategies part, and only what happens from there on is counted. Two troughs are measured, with "
            f"the assay’s error; the interval is the longest up to {longest:g} weeks that keeps the trough at the "
            f"target with a probability of {share:g} %.",
            _sources(["simulator.run_in", "simulator.longest_by_level", "interval.probability"]),
        )
    if "none" in chosen:
        since = f"No drug after the first {half_year:g} weeks" if question.by_level else "No drug from the beginning"
        yield Assumption("No drug", f"{since}, nor any other treatment of MS. The model has no rebound.")
    if "stop" in chosen:
        yield Assumption("Stopping", _stopping(question), _sources(["simulator.stop_after"]))


def _stopping(question: Question) -> str:
    months, weeks = number("simulator.stop_after"), number("dosing.interval")
    text = (
        f"Every {weeks:g} weeks until then. Whoever stops gets nothing else, which no clinic would do, "
        "and the model has no rebound: it shows the price of stopping, not that of changing the drug."
    )
    if question.jcv != "high":
        text += " Nobody of this kind has a high index, so nobody stops."
    elif question.years == SHORTEST_YEARS and not question.by_level:
        text += f" {months:g} months are over only as these two years end, so nobody has stopped yet."
    return text


def _person(question: Question) -> Iterator[Assumption]:
    times = number("simulator.high_activity")
    yield Assumption(
        "The kind of person",
        "In this model, age changes nothing but the loss of brain volume; weight changes the level of the drug, and "
        "through it the rest; antibody, index and earlier immunosuppressant change PML alone; activity changes how "
        f"many lesions people have untreated ({times:g} times as many where it is high), and the relapses "
        "that come with them. Doses come a little late and are now and then missed, and a few people get "
        "antibodies against the drug.",
        _sources(["simulator.high_activity", "population.adults.missed", "population.adults.late"]),
    )
    if question.jcv == "negative":
        found = number("population.adults.seroconversion")
        yield Assumption(
            "Antibodies later",
            f"Of those without antibodies against the JC virus, {found:g} % get them within a year; their index is "
            "taken to be low, because nothing is published on it.",
            _sources(["population.adults.seroconversion"]),
        )


def _sources(keys: Iterable[str]) -> list[Used]:
    """Each source once, with the weakest status of what was taken from it."""
    found: dict[str, str] = {}
    for key in keys:
        used = value(key)
        for source in used.sources:
            found[source] = max(found.get(source, STATUSES[0]), used.status, key=STATUSES.index)
    return [{"key": key, "status": status} for key, status in found.items()]
