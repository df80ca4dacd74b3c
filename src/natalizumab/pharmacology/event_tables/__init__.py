"""Event tables as pharmacometricians keep them: one row for each dose, level or change of weight, as NONMEM reads them.

``docs/event-tables.md`` says which columns there are, what they mean here, and what is refused.
"""

from natalizumab.pharmacology.event_tables.convention import TimeUnit
from natalizumab.pharmacology.event_tables.read import EventTable, read_event_table
from natalizumab.pharmacology.event_tables.subject import Subject, subject_from
from natalizumab.pharmacology.event_tables.write import event_table_text, write_event_table

__all__ = [
    "EventTable",
    "Subject",
    "TimeUnit",
    "event_table_text",
    "read_event_table",
    "subject_from",
    "write_event_table",
]
