"""A row of the worklist as HTML, kept until the row is worked out anew: most rows of a page were shown before."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from natalizumab.clinic.kept import Kept
from natalizumab.clinic.worklist import Row

_TEMPLATE = "clinic/parts/worklist_row.html"
_BACK = "\ue000"
"""Stands in what is kept for how the list was narrowed, which differs from visit to visit; no text holds this sign."""

_kept: Kept[str] = Kept(most=4000)


def rows_html(rows: Sequence[Row], back: str) -> list[SafeString]:
    """The rows, with links that know the way back to this list."""
    way = escape(back)
    return [mark_safe(_row(row).replace(_BACK, way)) for row in rows]  # noqa: S308 - a template made it


def _row(row: Row) -> str:
    key = (row.work.pk, row.work.made_at, row.on, get_language())
    return _kept.get(key, lambda: get_template(_TEMPLATE).render({"row": row, "on": row.on, "back": _BACK}))
