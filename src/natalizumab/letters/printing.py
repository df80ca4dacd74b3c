"""A page as a PDF: tagged for screen readers (PDF/UA-1), the same bytes each time, without a clock or a network."""

from __future__ import annotations

import hashlib
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from natalizumab.errors import ModelError

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""What WeasyPrint needs from Debian."""

LETTER = "a letter as PDF"


def pdf(page: str, what: str = LETTER) -> bytes:
    """The page as a PDF. Raises ModelError where WeasyPrint, or a library that it needs, is not installed."""
    identifier = hashlib.sha256(page.encode()).hexdigest()[:32].encode()
    made: bytes = document(page, what).write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    return made


def document(page: str, what: str = LETTER) -> Any:
    """The page as WeasyPrint reads it; it may fetch nothing but what the page itself holds."""
    printer = weasyprint(what)
    return printer.HTML(string=page, url_fetcher=printer.urls.URLFetcher(allowed_protocols=("data",)))


def imported(what: str) -> Any:
    """The package as it is imported. Raises ModelError where it is not installed."""
    from natalizumab.pharmacology.extras import package  # it loads much, and only who prints needs it

    return package("weasyprint", what, "weasyprint")


def weasyprint(what: str = LETTER) -> Any:
    """The package. Raises ModelError, which says what to install, where it or one of its libraries is missing."""
    try:
        with redirect_stdout(StringIO()):  # it would tell of a missing library there, among our own output
            return imported(what)
    except OSError as error:
        raise ModelError(f"{what} needs Pango, which is not installed here: apt-get install {LIBRARIES}") from error
