"""The signals that the clinic watches: whom each is about, who counts as a case, and what was published of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from natalizumab.clinic.vigilance.measuring import EXPECTED
from natalizumab.clinic.vigilance.shape import Facts
from natalizumab.evidence import value

PERCENT = "%"
PER_100, PER_1000 = "per 100 person-years", "per 1,000 person-years"
UNITS = {100: PER_100, 1000: PER_1000}

DOSED, TESTED = "people who had a dose here", "people who were tested"
UNTIL_POSITIVE, TREATED = "person-years from a negative test to the next ones", "person-years on natalizumab here"
"""Of whom, or of what, signals are told; ``saying`` has the sentences."""

Asked = Callable[[Facts], bool]
Day = Callable[[Facts], date | None]
Days = Callable[[Facts], int]


@dataclass(frozen=True, slots=True)
class Signal:
    """``day`` says when it was seen in somebody, or None; whoever has a day is a case.

    A share is of the people ``among`` whom it is asked. A rate is ``per`` so many person-years, of which ``days`` says
    how many days one person adds. ``published`` are keys of the evidence in the same unit.
    ``of_all``: where only some of these people were asked, the cases are also told as the least share of them all.
    """

    slug: str
    title: str
    day: Day
    people: str
    published: tuple[str, ...] = ()
    among: Asked | None = None
    days: Days | None = None
    per: int = 1
    means: str = ""
    doubts: str = ""
    of_all: Asked | None = None

    def case(self, facts: Facts) -> bool:
        """Whether the person is one of the cases."""
        return self.day(facts) is not None

    @property
    def unit(self) -> str:
        if self.days is not None:
            return UNITS[self.per]
        return PERCENT if self.among is not None else EXPECTED


def said(key: str) -> str:
    """A published figure as one writes it: "4 %", "1.3 to 11.7 %", "0.42"."""
    found = value(key)
    number = " to ".join(f"{part:g}" for part in found.value) if isinstance(found.value, list) else f"{found.value:g}"
    between = f" ({found.interval[0]:g} to {found.interval[1]:g})" if found.interval else ""
    return f"{number} %{between}" if found.unit.startswith("%") else f"{number}{between}"


SIGNALS = (
    Signal(
        "reactions",
        "Any reaction to a dose",
        lambda facts: min((r.dose for r in facts.reactions), default=None),
        DOSED,
        ("aesi.infusion_reaction.natalizumab",),
        among=lambda facts: facts.dosed,
        means="How many people ever had a reaction that somebody entered.",
        doubts="In the trial every complaint within two hours was written down, and many had one on placebo. In a "
        "clinic mild ones are seldom entered, so a lower share is to be expected, and says little.",
    ),
    Signal(
        "hypersensitivity",
        "Hypersensitivity",
        lambda facts: min((r.dose for r in facts.reactions if r.hypersensitivity), default=None),
        DOSED,
        ("aesi.hypersensitivity.share",),
        among=lambda facts: facts.dosed,
        means="Reactions that a clinician called hypersensitivity, or whose features are.",
        doubts="Only reactions entered here count, not an allergy on record from elsewhere. Whoever had many doses "
        "before coming here has passed the doses at which it comes.",
    ),
    Signal(
        "anaphylaxis",
        "Anaphylaxis",
        lambda facts: min((r.dose for r in facts.reactions if r.anaphylaxis), default=None),
        DOSED,
        ("aesi.hypersensitivity.anaphylaxis",),
        among=lambda facts: facts.dosed,
        means="Reactions with anaphylaxis among their features.",
        doubts="So rare that a small clinic with none has learnt almost nothing.",
    ),
    Signal(
        "antibodies",
        "Antibodies against the drug, ever",
        lambda facts: facts.antibodies,
        TESTED,
        ("ada.ever_share", "ada.ever_share_real_world"),
        among=lambda facts: facts.antibody_tests > 0,
        means="People with at least one positive test, among those who had any.",
        doubts="The trial tested everybody on fixed days. Here mostly people are tested in whom something was "
        "suspected, so a higher share is to be expected.",
        of_all=lambda facts: facts.dosed,
    ),
    Signal(
        "lasting-antibodies",
        "Antibodies against the drug that last",
        lambda facts: facts.lasting_antibodies,
        TESTED,
        ("ada.persistent_share",),
        among=lambda facts: facts.antibody_tests > 0,
        means="People with two positive tests as far apart as the protocol asks for.",
        doubts="Whoever was positive once and not tested again is not among them; and the people tested were not "
        "chosen by chance.",
        of_all=lambda facts: facts.dosed,
    ),
    Signal(
        "seroconversion",
        "From JC virus negative to positive",
        lambda facts: facts.seroconverted,
        UNTIL_POSITIVE,
        ("serology.seroconversion.germany", "serology.seroconversion.france"),
        days=lambda facts: facts.negative_days,
        per=100,
        means="First positive STRATIFY tests of people who were negative, on natalizumab here.",
        doubts="A change is dated by the test that found it. The published figures are shares of people in a year, "
        "which is a little less than a rate. Some of it is the assay: results near the cut-off change both ways.",
    ),
    Signal(
        "infections",
        "Opportunistic infections other than PML",
        lambda facts: min(facts.infections, default=None),
        TREATED,
        ("aesi.opportunistic.rate",),
        days=lambda facts: facts.treated_days,
        per=1000,
        means="People with a confirmed infection that natalizumab may have let in, diagnosed while it acted.",
        doubts="Which infections count differs between studies, and a registry misses some that a clinic sees.",
    ),
    Signal(
        "pml",
        "PML",
        lambda facts: facts.pml,
        TREATED,
        ("pml.alternatives.top_2020.all_people.all",),
        days=lambda facts: facts.treated_days,
        per=1000,
        means="People in whom PML was confirmed while natalizumab acted, whatever their antibodies.",
        doubts="The registry's people were treated in other years, before antibody tests chose who stays on the drug. "
        "People who are negative or treated for a short time make a clinic's rate lower without making it safer.",
    ),
    Signal(
        "pml-expected",
        "PML beside the number expected",
        lambda facts: facts.pml if facts.pml_in_covered else None,
        "cases expected",
        means="The same, beside what the European table lets expect of these very people.",
        doubts="Most of the table is recalled and unverified. Time without a figure (beyond its last month, or without "
        "a usable antibody test) is left out on both sides. One case in a clinic this size is chance, not a rate: it "
        "is reviewed and reported by itself, whatever stands here.",
    ),
)

BY_SLUG = {signal.slug: signal for signal in SIGNALS}


def bit(signal: Signal) -> int:
    """The bit that stands for it among those of a person."""
    return 1 << SIGNALS.index(signal)


def bits_of(facts: Facts) -> int:
    """Of which signals the person is a case."""
    return sum(bit(signal) for signal in SIGNALS if facts.readable and signal.case(facts))
