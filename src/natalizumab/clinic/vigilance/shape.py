"""What is kept of one person, as data that JSON can hold. Nothing in it names anybody."""

from __future__ import annotations

from datetime import date

import msgspec

SHAPE = 1
"""Raised whenever facts change their shape or meaning: then all are made anew."""

UNKNOWN_NUMBER = "unknown"


class MonthEnd(msgspec.Struct, frozen=True, omit_defaults=True):
    """How somebody stood at the end of a month: the kinds of tests and other things that were overdue (``due_kind``).

    Not ``readable``: what was known then contradicted itself, so nobody can say.
    """

    treated: bool = False
    overdue: tuple[str, ...] = ()
    readable: bool = True


class ReactionFact(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reaction to the dose of the day ``dose``; ``number`` is the group of its number (``infusions.group``)."""

    dose: date
    number: str = UNKNOWN_NUMBER
    hypersensitivity: bool = False
    anaphylaxis: bool = False


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one record says of all that the clinic's page counts.

    ``readable`` is False where the record can't be read; then only ``months`` says anything. ``treated``: on treatment
    or held, and still followed here. ``band`` is negative, low, middle, high, no_index, or unknown. ``no_figure`` says
    why there is no PML figure. ``treated_days`` are the days under natalizumab while followed here, ``covered_days``
    those of them for which a PML figure was published, and ``expected_pml`` what these figures add up to.
    ``antibodies`` and ``lasting_antibodies`` are the days that showed them: of the first positive test and of the last.
    """

    readable: bool = True
    state: str = ""
    treated: bool = False
    route: str | None = None
    interval_weeks: float | None = None
    band: str = "unknown"
    pml_per_1000: float | None = None
    no_figure: str | None = None
    doses: dict[str, int] = {}
    reactions: tuple[ReactionFact, ...] = ()
    antibody_tests: int = 0
    antibodies: date | None = None
    lasting_antibodies: date | None = None
    negative_days: int = 0
    seroconverted: date | None = None
    treated_days: int = 0
    infections: tuple[date, ...] = ()
    pml: date | None = None
    pml_in_covered: bool = False
    covered_days: int = 0
    expected_pml: float = 0.0
    expected_status: str | None = None
    months: dict[date, MonthEnd] = {}

    @property
    def dosed(self) -> bool:
        """Whether any dose was given here."""
        return bool(self.doses)
