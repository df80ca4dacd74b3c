"""People added up: how many stood how at the end of each month, and who is treated how today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from natalizumab.clinic.vigilance.measuring import EXPECTED
from natalizumab.clinic.vigilance.shape import Facts
from natalizumab.clinic.vigilance.tally import ANYTHING, BETWEEN, EXPECTED_PER_CASE, UNREADABLE, Added, added_by

IN_TIME = {ANYTHING: "Nothing overdue", "mri": "MRI", "jcv": "JCV test", "labs": "Blood tests"}
"""What is told of each month: everything together, and by the kinds that audits ask about (``words.due_kind``)."""


@dataclass(frozen=True, slots=True)
class Month:
    """The end of a month: of the ``treated`` people, how many had nothing of each kind overdue.

    ``unreadable``: of so many more nobody can say, because what was known then contradicted itself.
    """

    day: date
    treated: int
    in_time: dict[str, int]
    unreadable: int


@dataclass(frozen=True, slots=True)
class DosesOf:
    """The doses of a group of numbers given here, and how many of them were followed by a reaction."""

    group: str
    given: int
    reactions: int
    hypersensitivity: int


@dataclass(frozen=True)
class Sums:
    """All that a clinic's people add together, by name (``tally``)."""

    by_name: Added

    @classmethod
    def of(cls, everybody: Iterable[Facts]) -> Sums:
        """The sums of these people."""
        found = Counter[str]()
        for facts in everybody:
            found.update(added_by(facts))
        return cls(found)

    @cached_property
    def _tree(self) -> dict[str, Counter[tuple[str, ...]]]:
        """By the first word of the names, the rest of each; nothing that counts nought."""
        found = defaultdict[str, Counter[tuple[str, ...]]](Counter)
        for name, count in self.by_name.items():
            first, *rest = name.split(BETWEEN)
            if count:
                found[first][tuple(rest)] = count
        return found

    def _under(self, word: str) -> Counter[tuple[str, ...]]:
        return self._tree[word]

    @property
    def people(self) -> int:
        return self.by_name.get("people", 0)

    @property
    def treated(self) -> int:
        """On treatment or held, and followed here."""
        return self.by_name.get("treated", 0)

    @property
    def unreadable(self) -> int:
        """How many records can't be read."""
        return self.by_state()[UNREADABLE]

    def months(self) -> list[Month]:
        """Every month that anybody's facts know, the oldest first."""
        found = self._under("month")
        return [_month(day, found) for day in sorted({day for day, *_ in found})]

    def by_state(self) -> Counter[str]:
        """How many people are in each state; of a record that can't be read nobody knows it."""
        return Counter({state: count for (state,), count in self._under("state").items()})

    def by_regimen(self) -> Counter[tuple[float, str]]:
        """Of the people on treatment who had a dose here: by interval in weeks and route."""
        return Counter({(float(weeks), route): count for (weeks, route), count in self._under("regimen").items()})

    def by_band(self) -> Counter[str]:
        """Of the people on treatment: by what their JC virus antibody tests say."""
        return Counter({band: count for (band,), count in self._under("band").items()})

    def by_risk(self) -> Counter[float]:
        """Of the people on treatment: by their published yearly PML figure, where there is one."""
        return Counter({float(risk): count for (risk,), count in self._under("risk").items()})

    def without_risk(self) -> Counter[str]:
        """Of the others: by the word why there is none."""
        return Counter({why: count for (why,), count in self._under("no figure").items()})

    def by_dose(self, groups: Iterable[str]) -> list[DosesOf]:
        """Reactions by the number of the dose."""
        found = self._under("dose")
        return [
            DosesOf(group, found[group, "given"], found[group, "reactions"], found[group, "hypersensitivity"])
            for group in groups
        ]

    def of_signal(self, slug: str, what: str) -> int:
        """``asked`` people, ``cases``, ``days``, or people ``of all``."""
        return self._under("signal")[slug, what]

    @property
    def expected_pml(self) -> float:
        """The cases of PML that published figures let expect."""
        return self.by_name.get(EXPECTED, 0) / EXPECTED_PER_CASE

    def expected_statuses(self) -> Iterator[str]:
        """What these figures rest on."""
        return (rest[0] for rest in self._under(EXPECTED) if rest)


def _month(day: str, found: Counter[tuple[str, ...]]) -> Month:
    treated = found[day, "treated"]
    in_time = {kind: treated - found[day, "late", kind] for kind in IN_TIME}
    return Month(date.fromisoformat(day), treated, in_time, found[day, UNREADABLE])
