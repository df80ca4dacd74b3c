"""From people to a table that NONMEM, nlmixr2, mrgsolve and this package read alike."""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables.convention import Convention, TimeUnit
from natalizumab.pharmacology.event_tables.meaning import DOSE, OBSERVATION, OTHER
from natalizumab.pharmacology.event_tables.rows import identity
from natalizumab.pharmacology.event_tables.subject import Subject, fits_a_cell, subject_from
from natalizumab.pharmacology.levels import Level
from natalizumab.pharmacology.regimen import Input

COLUMNS = ("ID", "TIME", "EVID", "MDV", "AMT", "RATE", "CMT", "DV", "CENS", "WT")
OF_AN_ASSAY = ("ASSAY", "ASSAY_FACTOR")
"""Ours, and written only where a level has an assay: NONMEM must be told to drop the first, which is text."""

ENOUGH_DIGITS = range(1, 29)
"""Any time that is a day's or a minute's exact multiple is found again by the last of them."""

Cells = dict[str, str]


def write_event_table(
    subjects: Iterable[Subject], path: str | Path, *, time_unit: TimeUnit = "day", depot: int = 1, central: int = 2
) -> None:
    """Write people as a table; ``read_event_table`` with the same arguments gives them back, as ``subject_from`` says.

    Every dose has a row of its own, every infusion its RATE (mg per ``time_unit``). Raises ModelError for what a table
    cannot hold: antibodies, plasma exchange, a known start; nobody at all, or two people of one id.
    """
    text = event_table_text(subjects, time_unit=time_unit, depot=depot, central=central)
    try:
        Path(path).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ModelError(
            f"{Path(path).name} cannot be written ({error.strerror}). Allowed: a new file's path."
        ) from None


def event_table_text(
    subjects: Iterable[Subject], *, time_unit: TimeUnit = "day", depot: int = 1, central: int = 2
) -> str:
    """The text that ``write_event_table`` writes; the same errors."""
    convention = Convention(time_unit, depot, central)
    people = [_representable(subject) for subject in subjects]
    _check_ids(people)
    assays = any(level.assay is not None or level.factor != 1 for subject in people for level in subject.observations)
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS + OF_AN_ASSAY * assays, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for subject in people:
        table.writerows(_rows(subject, convention))
    return text.getvalue()


def _representable(subject: Subject) -> Subject:
    """The person in the form that is read back; ModelError for what a table has no rows for."""
    history = subject.history
    for what, there in (
        ("antibodies", history.antibodies),
        ("plasma exchange", history.removals),
        ("a known start", history.start),
    ):
        if there:
            raise ModelError(f"{subject.id}: an event table cannot say {what}. Allowed: doses, levels and weights.")
    for level in subject.observations:
        if level.assay is not None and not fits_a_cell(level.assay):
            raise ModelError(
                f"{subject.id}: the assay {level.assay!r} fits no cell. Allowed: printable text on one line."
            )
    return subject_from(subject.id, history, subject.observations)


def _check_ids(people: list[Subject]) -> None:
    if not people:
        raise ModelError("There is nobody to write. Allowed: one person or more.")
    times = Counter(identity(subject.id) for subject in people)
    for subject in people:
        if times[identity(subject.id)] > 1:
            raise ModelError(
                f"{subject.id}: two people have this id. Allowed: one id for each; 1 and 1.0 are the same."
            )


def _rows(subject: Subject, convention: Convention) -> Iterator[Cells]:
    """The rows in the order of time; a level before the dose of the same time, as the model takes it."""
    events = [(level.day, OBSERVATION, _level(level, convention)) for level in subject.observations]
    events += [(dose.day, DOSE, _dose(dose, convention)) for dose in subject.history.inputs]
    taken = {day for day, _, _ in events}
    central = {"CMT": str(convention.central)}
    events += [(day, OTHER, central) for day, _ in subject.weights if day not in taken]
    days, kilograms = zip(*subject.weights, strict=True)
    for day, event, cells in sorted(events, key=lambda event: event[:2]):
        yield {
            "ID": subject.id,
            "TIME": _written(convention.time(day), convention.day, day),
            "EVID": str(event),
            "MDV": str(int(event != OBSERVATION)),
            # 0 rather than a full stop where R would otherwise take the whole column for text.
            "AMT": "0",
            "RATE": "0",
            "DV": ".",
            "CENS": "0",
            "WT": _number(kilograms[bisect_right(days, day) - 1]),
            **cells,
        }


def _level(level: Level, convention: Convention) -> Cells:
    return {
        "CMT": str(convention.central),
        "DV": _number(level.mg_per_l),
        "CENS": str(int(level.below)),
        "ASSAY": "." if level.assay is None else level.assay,
        "ASSAY_FACTOR": _number(level.factor),
    }


def _dose(dose: Input, convention: Convention) -> Cells:
    cells = {"AMT": _number(dose.amount_mg), "CMT": str(convention.compartment(dose.route))}
    if dose.minutes is not None:
        amount = Decimal(cells["AMT"])
        rate = amount / convention.duration(dose.minutes)
        cells["RATE"] = _written(rate, lambda written: convention.minutes(amount / written), dose.minutes)
    return cells


def _number(number: float) -> str:
    return repr(float(number)).removesuffix(".0")


def _written(exact: Decimal, back: Callable[[Decimal], float], wanted: float) -> str:
    """As few digits of the exact number as give back what is wanted, to the last bit."""
    texts = (f"{exact:.{digits}g}" for digits in ENOUGH_DIGITS)
    text = next(text for text in texts if back(Decimal(text)) == wanted)
    return f"{Decimal(text):f}"
