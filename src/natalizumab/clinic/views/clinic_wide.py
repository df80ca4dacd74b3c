"""The clinic as a whole: its page, its tables as files, and the people behind a signal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from natalizumab.care import load_protocol
from natalizumab.clinic.auditing import saw_list
from natalizumab.clinic.clock import today
from natalizumab.clinic.language import in_their_language
from natalizumab.clinic.membership import clinic_of, user_of
from natalizumab.clinic.permissions import CARERS
from natalizumab.clinic.spreadsheets import UTF8_MARK, line
from natalizumab.clinic.vigilance.beside_published import result
from natalizumab.clinic.vigilance.counting import behind, counted
from natalizumab.clinic.vigilance.page import clinic_page
from natalizumab.clinic.vigilance.saying import seen
from natalizumab.clinic.vigilance.signals import BY_SLUG, Signal
from natalizumab.clinic.vigilance.tables import TABLES, Cell

PER_PAGE = 50

_DECIMALS = 2


@require_safe
def clinic_wide_page(request: HttpRequest) -> HttpResponse:
    """Tests in time, who is treated how, and vigilance."""
    on, protocol = today(), load_protocol(settings.NATALIZUMAB_PROTOCOL)
    page = clinic_page(counted(clinic_of(request), on), on, protocol)
    may_list = request.membership.role in CARERS  # type: ignore[attr-defined]
    return render(request, "clinic/clinic_wide.html", {"page": page, "may_list": may_list})


@require_safe
def clinic_wide_file(request: HttpRequest, table: str) -> HttpResponse:
    """One table of it as a file; no names in any."""
    make = TABLES.get(table)
    if make is None:
        raise Http404
    on, protocol = today(), load_protocol(settings.NATALIZUMAB_PROTOCOL)
    made = make(counted(clinic_of(request), on).sums, on, protocol)
    return _file(f"{made.slug}-{on}.csv", made.columns, [[_worded(cell) for cell in row.cells] for row in made.rows])


@require_safe
def signal_page(request: HttpRequest, signal: str) -> HttpResponse:
    """The people behind a signal, the latest first."""
    asked, on = _signal(signal), today()
    clinic = clinic_of(request)
    found, people = counted(clinic, on), behind(clinic, asked)
    saw_list(user_of(request), clinic, "signal", len(people), asked.title)
    context = {
        "on": on,
        "signal": asked,
        "seen": seen(result(asked, found.sums)),
        "counted": found,
        "page": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "clinic/signal.html", context)


@require_safe
def signal_file(request: HttpRequest, signal: str) -> HttpResponse:
    """The same people as a file, with their names."""
    asked, on = _signal(signal), today()
    clinic = clinic_of(request)
    counted(clinic, on)
    people = behind(clinic, asked)
    saw_list(user_of(request), clinic, "signal-file", len(people), asked.title)
    rows = [(person.number, person.name, day.isoformat()) for person, day in people]
    return _file(f"{asked.slug}-people-{on}.csv", ("Number", "Name", "Day"), rows)


def _signal(slug: str) -> Signal:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _file(name: str, columns: Iterable[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    response = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    response.write(UTF8_MARK + line(map(in_their_language, columns)))
    response.writelines(line(map(_rounded, row)) for row in rows)
    return response


def _worded(cell: Cell) -> Cell:
    """Words in the reader's language; days and numbers as a program reads them."""
    return in_their_language(cell) if isinstance(cell, str) and any(map(str.isalpha, cell)) else cell


def _rounded(cell: Cell) -> Cell:
    """Shares get two decimals."""
    return round(cell, _DECIMALS) if isinstance(cell, float) else cell
