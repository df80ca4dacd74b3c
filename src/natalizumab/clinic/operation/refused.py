"""The one "no" of everything that runs a clinic."""

from __future__ import annotations

from natalizumab.errors import Refusal


class OperationRefused(Refusal):
    """It can't be done as asked; the words say what to do instead."""
