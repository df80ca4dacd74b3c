"""A folder with a clinic's levels: records and event tables, read into people to compare with the model.

Whoever cannot be compared is left out and named, with the reason; so is every file that is neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from natalizumab.errors import ModelError, Refusal
from natalizumab.pharmacology import assays
from natalizumab.pharmacology.event_tables import EventTable, Subject, read_event_table
from natalizumab.pharmacology.levels import Level, check_assay_factor
from natalizumab.pharmacology.measured import REASONS_SHOWN, Measured
from natalizumab.pharmacology.patient import NO_FACTORS, patient
from natalizumab.record import Course, read_record
from natalizumab.record.words import joined

NO_DOSE = "no dose is on record"
NO_LEVEL = "no level that can be compared is on record"


NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A person, or a file (``person`` is None), that is not compared, and why not."""

    file: str
    person: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What has to be said about one or several people of the folder, or about a file."""

    text: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClinicLevels:
    """The people by name, everybody and everything left out, and what else has to be said."""

    people: dict[str, Measured]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Somebody in a file: a person with levels, or why not; and what has to be said."""

    file: str
    name: str
    person: Measured | str
    remarks: tuple[str, ...] = ()


def clinic_levels(
    folder: Path, on: date, assay_factors: Mapping[str, float] = NO_FACTORS, tables: Mapping[str, Any] = NOTHING
) -> ClinicLevels:
    """Read the folder, not the folders in it. What happened after ``on`` counts for nothing; tables have no dates.

    ``assay_factors`` are the caller's, by the assay's name in any spelling; they go before those of a table. ``tables``
    says how event tables are to be read (``read_event_table``). Raises ModelError where there is no such folder, it
    cannot be read, or nobody is left, and for a factor that is none.
    """
    for factor in assay_factors.values():
        check_assay_factor(factor)
    found: list[_Found] = []
    remarks: list[tuple[str, str]] = []
    left_out = []
    for path in _files(folder):
        try:
            people_there, said = _read(path, on, assay_factors, tables)
            found += people_there
            remarks += [(text, path.name) for text in said]
        except Refusal as refusal:
            left_out.append(LeftOut(path.name, None, _without_name(refusal, path)))
    files = _files_by_person(found)
    people = {}
    for one in found:
        why = _why_not(one, files[one.name])
        if why is not None:
            left_out.append(LeftOut(one.file, one.name, why))
        elif isinstance(one.person, Measured):
            people[one.name] = one.person
        remarks += [(text, one.name) for text in one.remarks if why is None or one.person == NO_LEVEL]
    if not people:
        raise ModelError(f"{folder}: there is nobody to compare with the model{_reasons(left_out)}")
    left_out.sort(key=lambda one: (one.file, one.person or ""))
    return ClinicLevels(people, tuple(left_out), _gathered(sorted(remarks, key=itemgetter(1))))


def _files(folder: Path) -> list[Path]:
    try:
        if not folder.is_dir():
            raise ModelError(f"{folder}: is no folder; name one that holds records (.json) or event tables (.csv)")
        return sorted(folder.iterdir())
    except OSError as error:
        raise ModelError(f"{folder}: cannot be read ({error.strerror})") from None


def _read(
    path: Path, on: date, factors: Mapping[str, float], tables: Mapping[str, Any]
) -> tuple[list[_Found], list[str]]:
    """Everybody in a file, and remarks on it. Raises Refusal where it can't be read, or is neither record nor table."""
    if path.is_dir():
        raise ModelError("is a folder; folders in it are not read")
    if path.suffix.lower() == ".json":
        return [_of_record(path, on, factors)], []
    if path.suffix.lower() == ".csv":
        table = read_event_table(path, **tables)
        return [_of_table(path.name, subject, factors) for subject in table], list(_about_table(table))
    raise ModelError("is neither a record (.json) nor an event table (.csv)")


def _about_table(table: EventTable) -> Iterator[str]:
    yield "It has days and no dates: all of it counts, whatever the date asked about."
    if table.ignored:
        yield f"Columns not read: {', '.join(table.ignored)}."
    if table.comments:
        yield f"Comment rows, not read: {table.comments}."


def _of_record(path: Path, on: date, factors: Mapping[str, float]) -> _Found:
    course = read_record(path).course(on)
    name = course.person.id
    try:
        who = patient(course, factors)
    except ModelError as error:
        return _Found(path.name, name, str(error).removeprefix("Cannot say: ").rstrip("."))
    # Without tests for antibodies: one that came later would say what the level was to be.
    person = Measured(who.history, who.weight_kg, who.levels, (), who.origin)
    remarks = (*who.warnings, *_later(course)) if course.of("concentration") else tuple(_later(course))
    return _Found(path.name, name, person if who.levels else NO_LEVEL, remarks)


def _later(course: Course) -> Iterator[str]:
    count = sum(event.kind == "concentration" for event in course.left_out)
    if count:
        yield f"{'A level' if count == 1 else f'{count} levels'} after {course.on}: left out."


def _of_table(file: str, subject: Subject, factors: Mapping[str, float]) -> _Found:
    history = subject.history
    if not any(dose.amount_mg for dose in history.inputs):
        return _Found(file, subject.id, NO_DOSE)
    levels = [_named(level, factors) for level in subject.observations]
    if not levels:
        return _Found(file, subject.id, NO_LEVEL)
    said = sorted({text for level in levels for text in _about_assay(level, factors)})
    return _Found(file, subject.id, Measured(history, history.weights[-1][1], levels), tuple(said))


def _named(level: Level, factors: Mapping[str, float]) -> Level:
    """The level by the vocabulary's name of its assay, with the caller's factor where there is one."""
    assay = assays.assay(level.assay, factors)
    return replace(level, assay=assay.name, factor=assay.factor if assay.origin == "stated" else level.factor)


def _about_assay(level: Level, factors: Mapping[str, float]) -> Iterator[str]:
    """A table may say its factors itself; what it does not say, or otherwise than is known, may be worth a word."""
    assay = assays.assay(level.assay, factors)
    if assay.origin != "stated" and level.factor == assay.factor:
        said = assays.words(assay)
        if said:
            yield said
    if assay.origin == "evidence" and level.factor != assay.factor:
        yield (
            f"Levels by the {assay.name} are divided by {level.factor:g}, as the table says, though {assay.factor:g} "
            "is known for it: state it in ASSAY_FACTOR or with --assay-factor."
        )


def _files_by_person(found: Iterable[_Found]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for one in found:
        files.setdefault(one.name, []).append(one.file)
    return files


def _why_not(one: _Found, files: list[str]) -> str | None:
    if len(files) > 1:
        return f"{joined(files)} name the same person; keep one, or give different people different ids"
    return one.person if isinstance(one.person, str) else None


def _without_name(refusal: Refusal, path: Path) -> str:
    """The reason alone, as the file is named beside it."""
    said = str(refusal)
    for name in (str(path), path.name):
        said = said.removeprefix(f"{name}: ").removeprefix(f"{name}, ").removeprefix(f"{name} ")
    return said


def _reasons(left_out: list[LeftOut]) -> str:
    """Of an empty folder there is nothing to say, of a full one not everything."""
    if not left_out:
        return ": it holds neither records (.json) nor event tables (.csv)"
    said = [f"{one.file}{f' ({one.person})' if one.person else ''}: {one.why.rstrip('.')}" for one in left_out]
    more = len(said) - REASONS_SHOWN
    return ". Left out: " + "; ".join(said[:REASONS_SHOWN]) + (f"; and {more} more" if more > 0 else "")


def _gathered(remarks: Iterable[tuple[str, str]]) -> tuple[Remark, ...]:
    """Each remark once, with everybody whom it concerns."""
    about: dict[str, list[str]] = {}
    for text, name in remarks:
        about.setdefault(text, []).append(name)
    return tuple(Remark(text, tuple(names)) for text, names in about.items())
