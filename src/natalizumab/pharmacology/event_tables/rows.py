"""A table's text as rows of named cells, each of which knows its place; and the refusal that names it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from natalizumab.errors import ModelError
from natalizumab.pharmacology.event_tables.subject import MISSING

# Three digits of exponent are more than any table needs, and few enough for decimal numbers never to overflow.
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)

COMMENT = "C"
"""Marks a row as a comment in a column of that name, and as the first cell of a row that is not like the others."""

MOST_SHOWN = 40
OTHER_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", " ": "blanks"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its cells by the column's name in capitals, without the blanks around them."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell's text; empty where it says "missing", or where there is no such column."""
        cell = self.cells.get(column, "")
        return "" if cell.upper() in MISSING else cell

    def number(self, column: str) -> Decimal | None:
        """The cell's number; None where there is none."""
        text = self.text(column) if column in self.cells else ""
        if not text:
            return None
        if not NUMBER.fullmatch(text):
            raise self.refusal(
                column, "is no number", "a finite number with a decimal point, or '.' where there is none"
            )
        return Decimal(text)

    def key(self, column: str) -> Decimal | str:
        """The cell's number, or its text in the case in which it stands, to tell cells apart."""
        return identity(self.text(column))

    def one_of(self, column: str, *allowed: int, why: str, instead: str = "") -> int:
        """The cell's number, one of those allowed; where it is missing, the first of them."""
        number = self.number(column)
        if number is None:
            return allowed[0]
        if number not in allowed:
            raise self.refusal(column, why, ", ".join(map(str, allowed)) + instead)
        return int(number)

    def refusal(self, column: str, why: str, allowed: str) -> ModelError:
        """The error that says where, what, why not, and what instead."""
        value = shown(self.cells[column]) if column in self.cells else "the table has no such column, so it"
        return ModelError(f"{self.file}, line {self.line}, column {column}: {value} {why}. Allowed: {allowed}.")


@dataclass(frozen=True, slots=True)
class Header:
    """The columns' names in capitals, in their order, and the line on which they stand."""

    columns: tuple[str, ...]
    line: int


class Sheet:
    """The header and the rows of a table, read once from top to bottom; ``comments`` counts what was passed over."""

    def __init__(self, text: str, file: str) -> None:
        """Read as far as the header. Raises ModelError where there is none."""
        self.file = file
        self.comments = 0
        # One line at a time, so that a quotation mark left open ends with its line and every row knows its place.
        self._lines = enumerate(io.StringIO(text.removeprefix("\ufeff"), newline=None), start=1)
        self.header = self._read_header()

    def rows(self) -> Iterator[Row]:
        """The rows that are neither blank nor a comment."""
        for line, text in self._lines:
            cells = self._cells(line, text)
            if cells and not self._passed_over(cells, self.header.columns):
                row = self._row(line, cells)
                self._check_first(row)
                if row.text("C") == COMMENT:
                    self.comments += 1
                else:
                    yield row

    def _check_first(self, row: Row) -> None:
        """A person, or an arm of a trial, called C is not to vanish as a comment."""
        first = self.header.columns[0]
        if first != COMMENT and row.cells[first] == COMMENT:
            raise row.refusal(first, "is a comment's mark, or somebody's name", "# before a comment; any other name")

    def _row(self, line: int, cells: list[str]) -> Row:
        columns = self.header.columns
        if len(cells) != len(columns):
            raise ModelError(
                f"{self.file}, line {line}: {len(cells)} cells, {shown(','.join(cells))}. "
                f"Allowed: {len(columns)}, as in the header on line {self.header.line}."
            )
        return Row(self.file, line, dict(zip(columns, cells, strict=True)))

    def _read_header(self) -> Header:
        for line, text in self._lines:
            cells = self._cells(line, text)
            names = tuple(cell.upper() for cell in cells)
            if cells and ("ID" in names or not self._passed_over(cells)):
                self._check(line, names, text)
                return Header(names, line)
        raise ModelError(f"{self.file} is empty. Allowed: a line of column names, then one row for each event.")

    def _check(self, line: int, names: tuple[str, ...], text: str) -> None:
        place = f"{self.file}, line {line}, header"
        text = text.strip()
        other = next((word for sign, word in OTHER_DELIMITERS.items() if sign in text), None)
        if other and "," not in text:
            raise ModelError(f"{place}: {shown(text)} is separated by {other}. Allowed: commas.")
        if all(name in MISSING or NUMBER.fullmatch(name) for name in names):
            raise ModelError(f"{place}: {shown(text)} is no header. Allowed: names of columns, such as ID,TIME.")
        for name in names:
            if not name or names.count(name) > 1:
                why = f"the name {name} stands there twice" if name else "a column has no name"
                raise ModelError(f"{place}: {why} in {shown(text)}. Allowed: one name for each column.")
        absent = [name for name in ("ID", "TIME") if name not in names]
        if absent:
            raise ModelError(f"{place}: no column {absent[0]} in {shown(text)}. Allowed: at least ID and TIME.")

    def _cells(self, line: int, text: str) -> list[str]:
        """The stripped cells of a line; none of one that is blank or wholly a comment."""
        if text.lstrip().startswith(("#", "@")):
            self.comments += 1
            return []
        try:
            cells = [cell.strip() for cell in next(csv.reader([text], strict=True), [])]
        except csv.Error as error:
            raise ModelError(
                f"{self.file}, line {line}: {shown(text.strip())} cannot be read ({error}). "
                "Allowed: cells separated by commas; a quoted cell ends on its line."
            ) from None
        return cells if any(cells) else []

    def _passed_over(self, cells: list[str], columns: Sequence[str] = (COMMENT,)) -> bool:
        """Whether the first cell makes the row a comment: a quoted cell that starts as a comment does, or a C, unless
        it may be what the first of the ``columns`` says of somebody.
        """
        data = all(cell in MISSING or NUMBER.fullmatch(cell) for cell in cells[1:])
        like_others = len(cells) == len(columns) or data
        marked = cells[0] == COMMENT and (columns[0] == COMMENT or not like_others)
        comment = marked or cells[0].startswith(("#", "@"))
        self.comments += comment
        return comment


def identity(text: str) -> Decimal | str:
    """What tells cells apart: 1, 01 and 1.0 are one number to every reader of such tables."""
    return Decimal(text) if NUMBER.fullmatch(text) else text


def shown(text: str) -> str:
    """A value as a refusal repeats it: in quotes, and not for pages."""
    return repr(text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…")
