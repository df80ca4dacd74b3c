"""The report as a PDF, made as letters are."""

from __future__ import annotations

from typing import Any

from natalizumab.letters import printing
from natalizumab.letters.printing import LIBRARIES

__all__ = ["LIBRARIES", "document", "pdf", "weasyprint"]

REPORT = "a report as PDF"


def pdf(page: str) -> bytes:
    """The page as a PDF. Raises ModelError where WeasyPrint, or a library that it needs, is not installed."""
    return printing.pdf(page, REPORT)


def document(page: str) -> Any:
    """The page as WeasyPrint reads it."""
    return printing.document(page, REPORT)


def weasyprint() -> Any:
    """The package, if it can be used here."""
    return printing.weasyprint(REPORT)
