"""``simulate``: a regimen or a history, in one person or many; their course as a tidy table and as a chart.

simulate(Regimen("iv", 6, 13), 1000).chart()
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.history import AntibodyPeriod, History
from natalizumab.pharmacology.parameters import check_bioavailability, published
from natalizumab.pharmacology.population import People, as_numbers, draw, typical
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK, Regimen
from natalizumab.pharmacology.saturation import saturation
from natalizumab.pharmacology.simulation import Outcome
from natalizumab.pharmacology.solver import Progress, Window, concentrations, solve
from natalizumab.pharmacology.summary import Summary, summarise, targets
from natalizumab.pharmacology.tables import Table

if TYPE_CHECKING:
    from natalizumab.pharmacology.drawing import Chart

Numbers = NDArray[np.float64]
Antibodies = Literal["none", "persistent"]
Form = Literal["people", "spread"]

QUANTITIES = ("concentration", "saturation")

CLOSE = (0.05, 0.25, 0.5)
"""Days after a dose or a plasma exchange at which a curve is worth looking at."""

PERCENTILES = (5, 50, 95)

NUMBERS_AT_ONCE = 8_000_000
"""Concentrations held in memory while percentiles are taken: 64 MB, and as much again to sort them."""

MOST_ROWS = 10_000_000
"""A table of more rows, one for each person and time, would fill the memory."""

ROUTES = {"iv": "intravenous", "sc": "subcutaneous"}


SATURATION_STEPS = (0.5, 0.8)
"""Steps to read the spread of saturation by; they decide nothing."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Simulation:
    """What was asked for; ``table``, ``summary`` and ``chart`` work it out when they are called, tables once.

    ``times`` are sorted days of the history, shape (times,). ``regimen`` is None where a history was given.
    ``people_words`` says who the people are.
    """

    history: History
    people: People
    times: Numbers
    regimen: Regimen | None
    bioavailability: float | None
    people_words: str
    _tables: dict[Form, Table] = field(default_factory=dict, init=False)

    def __repr__(self) -> str:
        return f"Simulation({self.title}; {self.people_words}; {len(self.times)} times)"

    @property
    def many(self) -> bool:
        """Whether there is a spread among people to be shown."""
        return len(self.people) > 1

    @property
    def interval_weeks(self) -> float | None:
        """The regimen's interval; None of a history."""
        return self.regimen.interval_weeks if self.regimen else None

    @property
    def title(self) -> str:
        """What is given, in words."""
        count = len(self.history.inputs)
        doses = "1 dose" if count == 1 else f"{count} doses"
        if self.regimen is None:
            return f"Natalizumab, {doses}"
        dose = value("dosing.dose")
        every = f"every {self.regimen.interval_weeks:g} weeks"
        return f"Natalizumab {dose.value:g} {dose.unit} {ROUTES[self.regimen.route]} {every}, {doses}"

    def table(self, form: Form | None = None, progress: Progress | None = None) -> Table:
        """The course. "people": a row for each person and time; "spread": 5, 50 and 95 % of the people for each time.

        The default is "spread" for many people, "people" for one. Columns: person (from 1), day,
        concentration_mg_per_l, saturation (0-1); or day and, for both quantities, p5, p50 and p95. ``progress`` is
        called with the number of times done. Raises ModelError where "people" would have more than ten million rows.
        """
        wanted = form or ("spread" if self.many else "people")
        if wanted not in get_args(Form):
            raise ModelError(f"table: {form!r} is not one of {', '.join(get_args(Form))}")
        if wanted not in self._tables:
            self._tables[wanted] = self._spread(progress) if wanted == "spread" else self._long()
        return self._tables[wanted]

    def outcome(self) -> Outcome:
        """How the last interval ends, one number per person. Of a history, it is the time since the last dose."""
        start, end = self.regimen.last_interval if self.regimen else self._since_last_dose()
        window = Window(start, end)
        found = solve(self.history, self.people, [end], window=window, bioavailability=self.bioavailability)
        trough = found.concentration[:, 0]
        return Outcome(trough, found.peak, saturation(trough))

    def summary(self) -> dict[str, Summary]:
        """The spread of "trough" and "cmax" (mg/L) and "saturation_at_trough" (0-1) in the last interval."""
        return summaries(self.outcome())

    def chart(self, quantity: Literal["concentration", "saturation"] = "concentration", *, log: bool = False) -> Chart:
        """The course as a line or a band, with doses and trough targets. Raises ModelError without Altair."""
        from natalizumab.pharmacology.course_chart import course_chart

        if quantity not in QUANTITIES:
            raise ModelError(f"chart: {quantity!r} is not one of {', '.join(QUANTITIES)}")
        return course_chart(self, quantity, log=log)

    def _long(self) -> Table:
        people, times = len(self.people), len(self.times)
        if people * times > MOST_ROWS:
            raise ModelError(
                f'table: {people:,} people at {times:,} times are more than {MOST_ROWS:,} rows; ask for "spread", or '
                "simulate fewer people or times"
            )
        found = self._at(self.times).ravel()
        columns = {
            "person": np.repeat(np.arange(1, people + 1), times),
            "day": np.tile(self.times, people),
            "concentration_mg_per_l": found,
            "saturation": saturation(found),
        }
        return Table(columns, f"{self.title}. {self.people_words}")

    def _spread(self, progress: Progress | None) -> Table:
        blocks, done = [], 0
        for times in self._blocks_of_times():
            blocks.append(self._percentiles(times))
            done += len(times)
            if progress:
                progress(done)
        levels, saturations = (np.concatenate(part, axis=1) for part in zip(*blocks, strict=True))
        columns = {"day": self.times}
        columns |= {f"p{p}_concentration_mg_per_l": row for p, row in zip(PERCENTILES, levels, strict=True)}
        columns |= {f"p{p}_saturation": row for p, row in zip(PERCENTILES, saturations, strict=True)}
        return Table(columns, f"{self.title}. {self.people_words}")

    def _blocks_of_times(self) -> Iterator[Numbers]:
        """A percentile needs everybody at a time, so many people are simulated anew for each part of the times."""
        size = max(1, NUMBERS_AT_ONCE // len(self.people))
        return (self.times[first : first + size] for first in range(0, len(self.times), size))

    def _percentiles(self, times: Numbers) -> tuple[Numbers, Numbers]:
        """Of concentration and saturation, each of shape (percentiles, times)."""
        return percentiles(np.ascontiguousarray(self._at(times).T))

    def _since_last_dose(self) -> tuple[float, float]:
        end = float(self.times[-1])
        start = max((dose.day for dose in self.history.inputs if dose.day < end), default=float(self.times[0]))
        if not start < end:
            raise ModelError("summary: the last of the times must lie after a dose, or after the first time")
        return start, end

    def _at(self, times: Numbers) -> Numbers:
        return concentrations(self.history, self.people, times, bioavailability=self.bioavailability)


def simulate(
    regimen: Regimen | History,
    people: People | int = 1,
    *,
    times: ArrayLike | None = None,
    seed: int = 1,
    weight_kg: float | None = None,
    ada: Antibodies = "none",
    bioavailability: float | None = None,
) -> Simulation:
    """Simulate a regimen or a history in one typical person, in so many invented ones, or in the people given.

    ``people`` above 1 are drawn with ``seed``, all of ``weight_kg`` or, if it is None, with weights of their own; the
    typical person's default is the model's reference weight. ``times`` are days (default: every day to one interval
    after the last dose, and close to each dose; of a history, the labelled interval). ``ada``: persistent anti-drug
    antibodies from the start; a history says its own. Raises ModelError for what cannot be.
    """
    if not isinstance(regimen, Regimen | History):
        raise ModelError(f"simulate: {regimen!r} is neither a Regimen nor a History")
    given = History(regimen.inputs, antibodies=_periods(ada)) if isinstance(regimen, Regimen) else regimen
    if given is regimen and ada != "none":
        raise ModelError("ada: a history says for itself when there are antibodies (its field antibodies)")
    check_bioavailability(bioavailability)
    who, words = _people(people, seed, weight_kg)
    return Simulation(
        history=given,
        people=who,
        times=_sorted(times) if times is not None else default_times(given, _end(regimen)),
        regimen=regimen if isinstance(regimen, Regimen) else None,
        bioavailability=bioavailability,
        people_words=words + (", persistent antibodies" if ada == "persistent" else ""),
    )


def summaries(outcome: Outcome) -> dict[str, Summary]:
    """The spread of the three quantities, each with the shares of people at or above the steps that matter."""
    return {
        "trough": summarise(outcome.trough, targets()),
        "cmax": summarise(outcome.cmax, targets()),
        "saturation_at_trough": summarise(outcome.saturation_at_trough, SATURATION_STEPS),
    }


def percentiles(rows: Numbers) -> tuple[Numbers, Numbers]:
    """The percentiles of every row of concentrations (mg/L), and of their saturations; shape (percentiles, rows).

    Linear between the ordered values (Hyndman and Fan's type 7). Saturation rises with concentration, so both have the
    same order, and one search serves both. The rows are reordered.
    """
    last = rows.shape[1] - 1
    ranks = np.asarray(PERCENTILES) / 100 * last
    below = np.floor(ranks).astype(int)
    above = np.minimum(below + 1, last)
    rows.partition(np.unique([below, above]), axis=1)
    low, high, share = rows[:, below].T, rows[:, above].T, (ranks - below)[:, np.newaxis]
    levels: Numbers = low + share * (high - low)
    saturations: Numbers = saturation(low) + share * (saturation(high) - saturation(low))
    return levels, saturations


def default_times(history: History, last: float, first: float | None = None) -> Numbers:
    """Every day from ``first`` (default: the first event) to ``last``, and close to each dose and plasma exchange.

    Just before, at the end of an infusion, and a few times in the hours after.
    """
    events = history.days_given_or_taken() + ([history.start.day] if history.start else [])
    start = min(events, default=0.0) if first is None else first
    days = [*np.arange(start, last), last, *(dose.end for dose in history.inputs)]
    days += [day + step for day in events for step in (0.0, *CLOSE)]
    found = np.unique(np.asarray(days, dtype=np.float64))
    return found[(found >= start) & (found <= last)]


def _end(regimen: Regimen | History) -> float:
    if isinstance(regimen, Regimen):
        return regimen.last_interval[1]
    if not regimen.inputs:
        raise ModelError("times: a history without doses has no end of its own; give the days to simulate")
    return max(dose.day for dose in regimen.inputs) + float(value("dosing.interval").value) * DAYS_PER_WEEK


def _periods(ada: str) -> tuple[AntibodyPeriod, ...]:
    if ada == "none":
        return ()
    if ada != "persistent":
        raise ModelError(f'ada: {ada!r} is neither "none" nor "persistent"')
    return (AntibodyPeriod(0.0, math.inf, float(value("ada.clearance_factor").value)),)


def _people(people: People | int, seed: int, weight_kg: float | None) -> tuple[People, str]:
    if isinstance(people, People):
        if weight_kg is not None:
            raise ModelError("weight: the people given have weights of their own")
        if not len(people):
            raise ModelError("people: there is nobody to simulate")
        return people, f"{len(people):,} people"
    if people == 1:
        weight = published().reference_weight_kg if weight_kg is None else weight_kg
        return typical(weight), f"The typical person of {weight:g} kg"
    drawn = draw(people, seed, weight_kg)
    mean, sd = (value(key).value for key in ("pk.population_weight", "pk.population_weight_sd"))
    weights = f"{mean:g} ± {sd:g} kg" if weight_kg is None else f"{weight_kg:g} kg"
    return drawn, f"{len(drawn):,} invented people of {weights}, seed {seed}"


def _sorted(times: ArrayLike) -> Numbers:
    found = np.unique(as_numbers(times))
    if not found.size or not np.isfinite(found).all():
        raise ModelError("times: give finite numbers of days, at least one")
    return found
