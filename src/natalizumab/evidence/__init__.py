"""What is known: every number with its unit, interval, status and source."""

from natalizumab.evidence.reader import (
    STATUSES,
    Source,
    Value,
    source,
    sources,
    value,
    values,
    weakest,
)
from natalizumab.evidence.vocabulary import Term, Vocabulary, vocabulary

__all__ = [
    "STATUSES",
    "Source",
    "Term",
    "Value",
    "Vocabulary",
    "source",
    "sources",
    "value",
    "values",
    "vocabulary",
    "weakest",
]
