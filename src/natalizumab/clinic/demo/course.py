"""A small builder for invented courses: says what happened how long ago, and the calendar works itself out.

A story calls its methods in the order in which a nurse would tell it; the result is a list of events as in a record's
JSON. Every date counts back from ``today``, so the demo is as fresh next year as it is now.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

DAYS_IN_MONTH = 30.4375
Event = dict[str, Any]


class Course:
    """One invented course. ``rng`` decides what doesn't matter to the story: a weight, a batch, a normal result."""

    def __init__(self, today: date, rng: random.Random) -> None:
        self.today = today
        self.rng = rng
        self.events: list[Event] = []
        self.first_dose: date | None = None
        self.answered: tuple[str, ...] = ()

    def ago(self, days: float = 0, *, weeks: float = 0, months: float = 0, years: float = 0) -> date:
        """The working day so long before today (negative: after it)."""
        back = days + 7 * weeks + DAYS_IN_MONTH * (months + 12 * years)
        return working_day(self.today - timedelta(days=round(back)))

    def add(self, kind: str, on: date, **fields: Any) -> None:
        """One event on a day. Only planned ones may lie after today, so a careless story fails here."""
        if on > self.today and not fields.get("planned"):
            raise ValueError(f"{kind} on {on} lies after {self.today} and is not planned")
        self.events.append({"kind": kind, "on": on.isoformat(), **fields})

    # --- before the first dose ---

    def diagnosed(self, years: float, *, earlier: str | None = "dimethyl fumarate", until_months: float = 0) -> None:
        """Multiple sclerosis so many years ago, and the treatment before natalizumab, ended so many months ago."""
        self.add("diagnosis", self.ago(years=years), name="multiple sclerosis")
        if earlier:
            end = self.ago(months=until_months) if until_months else self.ago(years=years * 0.4)
            self.add("therapy", self.ago(years=years - 0.3), name=earlier, until=end.isoformat())

    def prepared(self, start: date, *, jcv: str = "negative", index: float | None = None, scan: bool = True) -> None:
        """Everything that belongs before a first dose: relapses, scan, serology, bloods, weight, card and form."""
        before = _Before(start)
        for days in (250, 90):
            self.add("relapse", before(days))
        if scan:
            self.add("mri", before(30), protocol="full", new_t2=self.rng.randint(2, 5), gd=self.rng.randint(1, 2))
        self.add("serology", before(25), test="VZV", result="positive")
        self.jcv(before(28), jcv, index)
        self.bloods(before(20), untreated=True)
        self.add("weight", before(14), kg=self._weight())
        self.add("form", before(14), name="alert card")
        self.add("form", before(14), name="initiation")

    # --- treatment ---

    def doses(
        self, first: date, last: date, *, weeks: float = 4, route: str = "iv", product: str = "Tysabri"
    ) -> list[date]:
        """300 mg at the interval, counted back from ``last`` so that the course ends where the story says."""
        days: list[date] = []
        day = last
        while day >= first:
            days.append(day)
            day -= timedelta(days=round(7 * weeks))
        for day in reversed(days):
            self._dose(day, route, product)
        started = days[-1]
        self.first_dose = min(self.first_dose or started, started)
        return days[::-1]

    def doses_extended(self, first: date, change: date, last: date, *, weeks: int = 6) -> tuple[list[date], list[date]]:
        """Four-weekly until about ``change``, then every so many weeks; the days of both."""
        begun = last - timedelta(weeks=weeks) * ((last - change).days // (7 * weeks))
        regular = self.doses(first, begun - timedelta(weeks=weeks))
        self.extended(regular[-1], weeks)
        return regular, self.doses(begun, last, weeks=weeks)

    def extended(self, since: date, weeks: int = 6) -> None:
        self.add("interval", since, weeks=weeks)

    def plan_dose(self, days_ahead: int, route: str = "iv") -> None:
        self.add("dose", self.ago(days=-days_ahead), dose_mg=300, route=route, planned=True)

    # --- monitoring ---

    def scans(
        self,
        start: date,
        *,
        last_months: float,
        every_months: float = 12,
        first_months: float = 5,
        losing: float | None = None,
    ) -> None:
        """The rebaseline scan and then one every so many months, the last so long ago.

        ``losing``: brain volume is measured against the rebaseline scan, and so many per cent a year are lost.
        """
        first = later(start, first_months)
        self.add("mri", first, protocol="full", new_t2=self.rng.choice((0, 0, 1)), gd=0)
        for day in self._back(self.ago(months=last_months), every_months, later(start, first_months + 3)):
            measured: dict[str, Any] = {}
            if losing is not None:
                percent = round(-losing * (day - first).days / (12 * DAYS_IN_MONTH), 2)
                measured = {"brain_volume_change_percent": percent, "compared_with": first.isoformat()}
            self.add("mri", day, protocol="full", new_t2=0, gd=0, **measured)

    def scored(self, start: date, *scores: tuple[float, float], fatigue: tuple[float, ...] = ()) -> None:
        """EDSS (and MFIS beside the first ones) so many months after ``start``."""
        for place, (months, score) in enumerate(scores):
            self.add("edss", later(start, months), score=score)
            if place < len(fatigue):
                self.add("fatigue", later(start, months), scale="MFIS", score=fatigue[place])

    def short_scans(self, since: date, *, every_months: float = 4, last_months: float = 1) -> None:
        """Abbreviated scans that look for PML."""
        for day in self._back(self.ago(months=last_months), every_months, since):
            self.add("mri", day, protocol="abbreviated", suspicious_for_pml=False)

    def serology(
        self, start: date, result: str = "negative", index: float | None = None, *, last_months: float = 3
    ) -> None:
        """A JC virus test every six months, the last so long ago; a positive index drifts a little."""
        for day in self._back(self.ago(months=last_months), 6, later(start, 4)):
            drift = self.rng.choice((-0.03, -0.01, 0.01, 0.02))
            self.jcv(day, result, None if index is None else round(index + drift, 2))

    def jcv(self, on: date, result: str, index: float | None = None, assay: str = "STRATIFY") -> None:
        fields: dict[str, Any] = {"result": result, "assay": assay}
        if index is not None:
            fields["index"] = index
        self.add("jcv", on, **fields)

    def blood_tests(self, start: date, *, last_months: float = 1.5) -> None:
        """Liver and blood counts every three months, the last so long ago."""
        for day in self._back(self.ago(months=last_months), 2.8, later(start, 1)):
            self.bloods(day)

    def bloods(self, on: date, *, alt: float | None = None, untreated: bool = False) -> None:
        for test, usual_low, usual_high, unit, limit in _PANEL:
            before = untreated and test == "lymphocytes"  # natalizumab raises them
            low, high = _UNTREATED if before else (usual_low, usual_high)
            value = alt if test == "ALT" and alt is not None else round(self.rng.uniform(low, high), 1)
            extra = {"upper_limit": limit} if limit else {}
            self.add("lab", on, test=test, value=value, unit=unit, **extra)

    def informed(self, start: date, months: float = 23.5) -> None:
        """The continuation form once two years come up."""
        if later(start, months) <= self.today:
            self.add("form", later(start, months), name="continuation")

    def answer(self, *rules: str) -> None:
        """These reasons were confirmed by a prescriber; the entries behind them are found when the clinic is made."""
        self.answered = rules

    # --- details ---

    def _dose(self, on: date, route: str, product: str) -> None:
        fields: dict[str, Any] = {"dose_mg": 300, "route": route, "product": product, "tolerated": True}
        fields["batch"] = f"INV{self.rng.randint(1000, 9999)}"
        if route == "iv":
            fields["minutes"] = 60
        self.add("dose", on, **fields)

    def _weight(self) -> float:
        return round(min(max(self.rng.gauss(74, 14), 48), 125), 1)

    def _back(self, last: date, every_months: float, not_before: date) -> Iterator[date]:
        """Days from ``last`` back to ``not_before``, evenly spaced, earliest first."""
        days: list[date] = []
        day = last
        while day >= not_before:
            days.append(day)
            day = working_day(day - timedelta(days=round(every_months * DAYS_IN_MONTH)))
        return reversed(days)


class _Before:
    """Days before a first dose."""

    def __init__(self, start: date) -> None:
        self.start = start

    def __call__(self, days: int) -> date:
        return working_day(self.start - timedelta(days=days))


def later(start: date, months: float) -> date:
    """The working day so many months after ``start``."""
    return working_day(start + timedelta(days=round(months * DAYS_IN_MONTH)))


def working_day(day: date) -> date:
    """``day`` itself, or the Friday before a weekend: the invented clinic is open from Monday to Friday."""
    return day - timedelta(days=max(0, day.weekday() - 4))


_UNTREATED = (1.4, 2.0)

# Test, lowest and highest invented result, unit, upper limit: all within what a laboratory would call normal.
_PANEL: tuple[tuple[str, float, float, str, float | None], ...] = (
    ("ALT", 12, 38, "U/L", 45),
    ("AST", 12, 34, "U/L", 40),
    ("bilirubin", 5, 16, "umol/L", 21),
    ("lymphocytes", 2.4, 4.4, "10*9/L", None),
    ("leukocytes", 6.0, 9.8, "10*9/L", None),
    ("haemoglobin", 121, 148, "g/L", None),
    ("platelets", 190, 330, "10*9/L", None),
)
