"""From a table, in a file or as text, to its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables.convention import Convention, TimeUnit
from natalizumab.pharmacology.event_tables.doses import DoseReader
from natalizumab.pharmacology.event_tables.meaning import ignored
from natalizumab.pharmacology.event_tables.people import People
from natalizumab.pharmacology.event_tables.rows import Sheet, shown
from natalizumab.pharmacology.event_tables.subject import Subject
from natalizumab.pharmacology.parameters import check_weight

LINE_BREAK = {"\n", "\r"}
"""What no path holds, and every table does."""


class EventTable(list[Subject]):
    """The people of a table in its order. ``ignored`` names the columns not read, ``comments`` counts skipped rows.

    ``warnings`` are whole sentences about what was read and is doubtful: levels that were taken before any dose.
    """

    def __init__(self, subjects: Iterable[Subject], ignored: tuple[str, ...] = (), comments: int = 0) -> None:
        super().__init__(subjects)
        self.ignored = ignored
        self.comments = comments
        self.warnings = tuple(sentence for subject in self for sentence in _before_any_dose(subject))


def read_event_table(
    path_or_text: str | Path,
    *,
    time_unit: TimeUnit = "day",
    depot: int = 1,
    central: int = 2,
    weight_kg: float | None = None,
    infusion_minutes: float | None = None,
) -> EventTable:
    """Read a table: a file, or text of several lines. Amounts in mg, DV in mg/L, WT in kg; all times in ``time_unit``.

    ``depot`` and ``central`` are the compartments' numbers for doses under the skin and into a vein. ``weight_kg`` is
    for people without any WT, ``infusion_minutes`` for intravenous doses without RATE and DUR. A weight holds from its
    row on. Raises ModelError, with file, line, column, value and what is allowed, for what the model cannot represent.
    """
    convention = Convention(time_unit, depot, central)
    people = People(convention, DoseReader(convention, infusion_minutes))
    if weight_kg is not None:
        check_weight(weight_kg)
    file, text = _contents(path_or_text)
    sheet = Sheet(text, file)
    for row in sheet.rows():
        people.take(row)
    subjects = [person.subject(weight_kg) for person in people.people.values()]
    if not subjects:
        raise ModelError(f"{file} has no rows below its header. Allowed: one row for each event.")
    return EventTable(subjects, ignored(sheet.header.columns), sheet.comments)


def _before_any_dose(subject: Subject) -> Iterator[str]:
    first = min((dose.day for dose in subject.history.inputs), default=inf)
    for level in subject.observations:
        if level.day > first:
            return
        check = "" if level.below else ", where there can be none: check the time of the sample and of the doses"
        yield f"{subject.id}: the level on day {level.day:g} was taken before any dose{check}."


def _contents(path_or_text: str | Path) -> tuple[str, str]:
    """What refusals call the table, and its text."""
    if isinstance(path_or_text, str) and (LINE_BREAK & set(path_or_text) or not path_or_text):
        return "the table", path_or_text
    name = Path(path_or_text).name
    try:
        return name, Path(path_or_text).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ModelError(
            f"{name}, line {line}: this is not text in UTF-8. Allowed: a CSV file saved as UTF-8."
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        allowed = "the path of a file, or a table's text with its line breaks"
        raise ModelError(f"{shown(str(path_or_text))} cannot be read ({why}). Allowed: {allowed}.") from None
