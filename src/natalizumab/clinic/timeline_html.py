"""The rows of the timeline as HTML, by functions: hundreds stand on a page, and a template took most of its time.

Whatever somebody typed is escaped where it enters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from natalizumab.clinic.language import in_their_language
from natalizumab.clinic.models import Person
from natalizumab.clinic.timeline import Line
from natalizumab.clinic.written_days import SHORT, WITHOUT_YEAR, written_day

_CORRECTED_NEVER = ("decision", "withdrawal")


@dataclass(frozen=True)
class Year:
    """A year of the timeline with its rows, which are list items."""

    year: int
    rows: Sequence[str]

    @property
    def html(self) -> SafeString:
        return mark_safe("\n".join(self.rows))  # noqa: S308 - escaped below


def years_html(years: Sequence[tuple[int, list[list[Line]]]], person: Person, may_enter: bool) -> list[Year]:
    """The timeline by year."""
    at = f"{reverse('person', args=[person.pk])}entries/"
    return [
        Year(year, [_alike(row, at) if len(row) > 1 else _entry(row[0], at, may_enter) for row in rows])
        for year, rows in years
    ]


def facts_html(lines: Iterable[Line], elsewhere: str, until: int) -> SafeString:
    """Links to lines; those of years ``until`` that one stand at the address ``elsewhere``."""
    links = [
        f'<a href="{elsewhere if line.day.year <= until else ""}#entry-{line.id}">'
        f"{_title(line)}, {written_day(line.day, SHORT)}{': ' if line.details else ''}{escape(line.details)}</a>"
        for line in lines
    ]
    begins = f'<p class="facts"><span>{in_their_language("From the record:")}</span> '
    return mark_safe(f"{begins}{'; '.join(links)}</p>" if links else "")  # noqa: S308 - escaped above


def _alike(row: Sequence[Line], entries_at: str) -> str:
    """Blood tests of one day, which share a row."""
    first = row[0]
    tests = "; ".join(
        f'<span id="entry-{line.id}" class="one" tabindex="-1">'
        f'<a href="{entries_at}{line.id}/">{escape(line.details)}</a></span>'
        for line in row
    )
    said = f"<strong>{in_their_language('Blood tests')}</strong> {tests}"
    return (
        f'<li class="kind-lab">{_time(first)}<div><p>{said}</p><small class="muted">{_origin(first)}</small></div></li>'
    )


def _entry(line: Line, entries_at: str, may_enter: bool) -> str:
    key, title = str(line.id), _title(line)
    said = f"<strong>{title}</strong> {escape(line.details)}" if line.details else f"<strong>{title}</strong>"
    said = f"{said if line.stands else f'<s>{said}</s>'}{'' if line.plain else _tags(line)}"
    note = f'<p class="note">{escape(line.note)}</p>' if line.note else ""
    return (
        f'<li id="entry-{key}" class="kind-{line.kind}{"" if line.stands else " gone"}" tabindex="-1">{_time(line)}'
        f'<div><p>{said}</p>{note}<small class="muted">{_origin(line)}'
        f'<span class="entry-acts"> · {_acts(line, f"{entries_at}{key}/", may_enter)}</span></small></div></li>'
    )


def _title(line: Line) -> str:
    return escape(in_their_language(line.title))


def _time(line: Line) -> str:
    return f'<time datetime="{line.day.isoformat()}">{written_day(line.day, WITHOUT_YEAR)}</time>'


def _origin(line: Line) -> str:
    entered = in_their_language(f"entered {written_day(line.entered_at, SHORT)}")
    return f"{in_their_language(line.source)}, {entered}"


def _tags(line: Line) -> str:
    tags = [in_their_language("planned")] if line.planned else []
    if line.corrects:
        does = in_their_language(
            "withdraws an earlier entry" if line.kind == "withdrawal" else "corrects an earlier entry"
        )
        tags.append(f'<a href="#entry-{line.corrects}">{does}</a>')
    if line.replaced_by:
        became = in_their_language("withdrawn" if line.withdrawn else "corrected")
        tags.append(f'<a href="#entry-{line.replaced_by}">{became}</a>')
    return "".join(f' <span class="tag">{tag}</span>' for tag in tags)


def _acts(line: Line, place: str, may_enter: bool) -> str:
    """What can be done with an entry; which one is heard where the eye sees it already."""
    which = f'<span class="unseen"> {_title(line)}, {written_day(line.day, SHORT)}</span>'
    history = f'<a href="{place}">{in_their_language("History")}{which}</a>'
    if not (may_enter and line.stands and line.kind != "erased"):
        return history
    wrong = f'<a href="{place}withdraw/">{in_their_language("Entered in error")}{which}</a>'
    if line.kind in _CORRECTED_NEVER:
        return f"{wrong} · {history}"
    return f'<a href="{place}correct/">{in_their_language("Correct")}{which}</a> · {wrong} · {history}'
