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
from natalizumab.evidence.vocabulary import Term, Vocabulary, fold, vocabulary

__all__ = [
    "STATUSES",
    "Source",
    "Term",
    "Value",
    "Vocabulary",
    "fold",
    "source",
    "sources",
    "value",
    "values",
    "vocabulary",
    "weakest",
]
