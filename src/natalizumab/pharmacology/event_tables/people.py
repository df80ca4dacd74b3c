"""Gathers a table's rows into its people, and sees to it that they stand together and in the order of time."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from natalizumab.pharmacology.event_tables.convention import Convention
from natalizumab.pharmacology.event_tables.doses import DoseReader
from natalizumab.pharmacology.event_tables.meaning import kind
from natalizumab.pharmacology.event_tables.observations import level, weight
from natalizumab.pharmacology.event_tables.rows import Row
from natalizumab.pharmacology.event_tables.subject import A_NAME, Subject, names_a_person, subject_from
from natalizumab.pharmacology.history import History
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.regimen import FARTHEST_DAY, Input

Key = str | Decimal


class Person:
    """What has been read of one person so far."""

    def __init__(self, row: Row) -> None:
        self.first = self.last = row
        self.day = -float("inf")
        self.doses: dict[float, tuple[Input, int]] = {}
        self.levels: list[Level] = []
        self.weights: dict[float, float] = {}

    def add_doses(self, row: Row, doses: Iterable[Input]) -> None:
        """Add the row's doses; ModelError where one meets another."""
        for number, dose in enumerate(doses):
            if dose.day in self.doses:
                line = self.doses[dose.day][1]
                why = f"puts a dose on day {dose.day:g}, where line {line} has put one already"
                raise row.refusal("ADDL" if number else "TIME", why, "one dose at a time; write two as their sum")
            self.doses[dose.day] = dose, row.line

    def add_weight(self, row: Row, kg: float | None) -> None:
        """Add the row's weight, if it has one; ModelError where it differs from another of the same time."""
        if kg is not None and self.weights.setdefault(self.day, kg) != kg:
            raise row.refusal(
                "WT", f"is not the weight of the same time above it, {self.weights[self.day]:g}", "that one"
            )

    def subject(self, weight_kg: float | None) -> Subject:
        """The person; ModelError where there is no weight at all."""
        if not self.weights and weight_kg is None:
            raise self.first.refusal(
                "WT",
                "gives the person no weight, which the model needs, and neither does a later row",
                "a weight (kg) on at least one row of each person; or pass weight_kg for those without",
            )
        inputs = tuple(dose for dose, _ in self.doses.values())
        history = History(inputs, tuple(self.weights.items()))
        return subject_from(self.first.text("ID"), history, self.levels, weight_kg=weight_kg)


class People:
    """Takes row after row; ``people`` has everybody so far in the table's order."""

    def __init__(self, convention: Convention, doses: DoseReader) -> None:
        self.people: dict[Key, Person] = {}
        self._convention = convention
        self._doses = doses
        self._current: Key | None = None

    def take(self, row: Row) -> None:
        """Add a row to its person. Raises ModelError for a row that does not fit there."""
        person, first = self._person(row)
        person.day = self._day(row, person)
        person.last = row
        person.add_weight(row, weight(row))
        match kind(row, first=first):
            case "dose":
                person.add_doses(row, self._doses.doses(row))
            case "level":
                person.levels.append(level(row, self._convention))

    def _person(self, row: Row) -> tuple[Person, bool]:
        """Whose row it is, and whether it is the first of that person."""
        key = _key(row)
        known = self.people.get(key)
        if known is None:
            self._current = key
            return self.people.setdefault(key, Person(row)), True
        if key != self._current:
            why = f"comes back after somebody else; these rows ended on line {known.last.line}"
            raise row.refusal("ID", why, "all rows of a person together")
        if row.text("ID") != known.first.text("ID"):
            raise row.refusal("ID", f"is written otherwise on line {known.first.line}", known.first.text("ID"))
        return known, False

    def _day(self, row: Row, person: Person) -> float:
        time = row.number("TIME")
        if time is None or not abs(day := self._convention.day(time)) <= FARTHEST_DAY:
            unit = {"day": "days", "h": "hours"}[self._convention.time_unit]
            raise row.refusal("TIME", "is no time", f"{unit} from any origin, at most {FARTHEST_DAY:g} days from it")
        if day < person.day:
            raise row.refusal(
                "TIME", f"lies before line {person.last.line}", "the rows of a person in the order of time"
            )
        return day


def _key(row: Row) -> Key:
    name = row.text("ID")
    if not names_a_person(name):
        raise row.refusal("ID", "names nobody", A_NAME)
    return row.key("ID")
