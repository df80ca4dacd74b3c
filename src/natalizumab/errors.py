"""The one family of errors that a person can act on.

Everything else may crash: it is a defect of ours, not a mistake of theirs.
"""

from __future__ import annotations


class Refusal(Exception):
    """A plain-language "no": says where, what, and what is allowed. Commands print it and exit with 1."""


class RecordError(Refusal):
    """The record holds something impossible, unknown or contradictory."""


class EvidenceError(Refusal):
    """The evidence files lack what was asked for, or hold it incompletely."""


class ProtocolError(Refusal):
    """The protocol is unknown, or asks for something outside its bounds."""


class ModelError(Refusal):
    """A model was asked for something outside what it can represent."""
