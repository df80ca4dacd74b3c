"""What the pages of entering need: whether whoever looks may do something, asked of the one table."""

from __future__ import annotations

from typing import Any

from django import template

from natalizumab.clinic.permissions import MAY

register = template.Library()


@register.filter
def may(membership: Any, name: str) -> bool:
    """Whether this member may use the page of that name as it is used: to do, where there is something to do."""
    row = MAY[name]
    return bool(membership) and membership.role in row.get("POST", row.get("GET", frozenset()))
