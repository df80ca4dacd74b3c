"""A person's own concentration and saturation as the page shows them: numbers, pictures, and what is to be doubted.

They rest on doses, weight, measured levels and antibody tests; beside them stands what doses and weight alone say.
Nothing here loads the solver before somebody asks for a curve. What is finished is kept: the same record on the same
day has the same curve, and a record only grows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from natalizumab.clinic.kept import Kept
from natalizumab.errors import Refusal
from natalizumab.record import Course

if TYPE_CHECKING:
    from natalizumab.clinic.interval_advice import OwnAdvice
    from natalizumab.pharmacology.individualised import Individual

PANELS = ("concentration", "saturation")
Pictures = dict[str, dict[str, Any]]
Answer = TypeVar("Answer")


class NoCurve(Refusal):
    """The curve can't be drawn; the text says why."""


@dataclass(frozen=True)
class Key:
    """What a curve depends on, beside the package itself: the person's last entry stands for the whole record.

    ``assay_factors`` are the clinic's, by name; ``course`` is what the curve is made from.
    """

    person: UUID
    last_entry: Hashable
    on: date
    next_due: date | None
    assay_factors: tuple[tuple[str, float], ...]
    course: Course = field(compare=False, repr=False)


@dataclass(frozen=True)
class Plausible:
    """Median and 5–95 % of the true concentration (mg/L), and the probability of reaching the target (0–1)."""

    p5: float
    p50: float
    p95: float
    at_target: float


@dataclass(frozen=True)
class Measured:
    """A level as the laboratory reported it; ``below``: it is the limit of quantification."""

    mg_per_l: float
    below: bool


@dataclass(frozen=True)
class Moment:
    """A row of the table: just before a dose, today, or when the next one is due. Saturation is that at the median.

    ``without`` is what doses and weight alone say; None where nothing else is on record.
    """

    what: str
    date: date
    known: Plausible
    without: Plausible | None
    saturation: float
    measured: tuple[Measured, ...]


@dataclass(frozen=True)
class OwnCurve:
    """What the page shows beside the pictures. ``moments`` are newest first; ``next`` is that of the next dose.

    ``known`` names what the curve rests on beside doses and weight ("3 levels"), ``without`` the same in short ("the
    levels"); both are empty where nothing was measured. ``antibodies`` is their probability today (0–1).
    ``doubts`` are reasons not to rely on the curve, ``remarks`` what was taken for granted; both whole sentences.
    ``left_out``: levels that need checking first are not in the curve.
    """

    weight_kg: float
    target: float
    moments: list[Moment]
    today: Moment
    next: Moment | None
    known: str
    without: str
    levels_drawn: bool
    limits_drawn: bool
    antibodies: float
    antibodies_likely: bool
    tested_for_antibodies: bool
    doubts: tuple[str, ...]
    left_out: bool
    remarks: tuple[str, ...]
    weakness: str


# A posterior has some 10 MB, and is asked for again only by the pictures, at once after the page.
_individuals: Kept[Individual | NoCurve] = Kept(4)
_curves: Kept[OwnCurve] = Kept(256)
_pictures: Kept[Pictures] = Kept(64)
_advice: Kept[OwnAdvice] = Kept(256)


def own_curve(key: Key) -> OwnCurve:
    """The numbers of the last year up to the next dose. Raises NoCurve where something they depend on is unknown."""
    from natalizumab.clinic import curve_making

    return _curves.get(key, lambda: curve_making.curve(_individual(key), key.next_due))


def pictures(key: Key) -> Pictures:
    """The pictures by name as Vega-Lite specifications. Raises NoCurve where something they depend on is unknown."""
    from natalizumab.clinic import curve_making

    return _pictures.get(key, lambda: curve_making.pictures(_individual(key), key.next_due))


def own_advice(key: Key, protocol: str) -> OwnAdvice:
    """Which interval keeps enough drug in this person, capped by the protocol of that name.

    Raises NoCurve where something that it depends on is unknown.
    """
    from natalizumab.clinic import interval_advice

    return _advice.get((key, protocol), lambda: interval_advice.advice(_individual(key), protocol))


def _individual(key: Key) -> Individual:
    """The person's own posterior; a refusal is kept as well, because it is as true the next time."""
    from natalizumab.clinic import curve_making

    found = _individuals.get(
        key, lambda: _or_refusal(lambda: curve_making.individual(key.course, dict(key.assay_factors)))
    )
    if isinstance(found, NoCurve):
        raise found
    return found


def _or_refusal(make: Callable[[], Answer]) -> Answer | NoCurve:
    try:
        return make()
    except NoCurve as refusal:
        return refusal
