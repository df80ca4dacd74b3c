"""A clinic's signature under what nobody has verified: who looked it up, when, and in which document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from natalizumab.errors import EvidenceError, ProtocolError
from natalizumab.evidence import value

FIELDS = ("rule", "value", "by", "on", "document")
_RULE_ID = re.compile(r"[A-Z]{2,3}-\d{2}")


@dataclass(frozen=True, slots=True)
class SignOff:
    """``about`` is a rule's id or the key of a value of the evidence; ``document`` is what it was checked against."""

    about: str
    by: str
    on: date
    document: str

    @property
    def words(self) -> str:
        """For a reader."""
        return f"signed off by {self.by} on {self.on} against {self.document}"

    def to_dict(self) -> dict[str, str]:
        """Plain values."""
        return {"by": self.by, "on": self.on.isoformat(), "document": self.document}


def read_sign_offs(entries: Any, released: date) -> dict[str, SignOff]:
    """The signatures of a protocol's file, by what they are about. ``released`` is the day of its version.

    Raises ProtocolError for what is no signature, is about nothing that needs one, or comes twice.
    """
    if not isinstance(entries, list):
        raise ProtocolError("sign_off must be a list of tables: [[sign_off]]")
    found: dict[str, SignOff] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            signed = _sign_off(entry, released)
        except ProtocolError as error:
            raise ProtocolError(f"sign_off {number}: {error}") from None
        if signed.about in found:
            raise ProtocolError(f"sign_off {number}: {signed.about} is signed off twice")
        found[signed.about] = signed
    return found


def _sign_off(entry: Any, released: date) -> SignOff:
    if not isinstance(entry, dict) or not set(entry) <= set(FIELDS):
        raise ProtocolError(f"allowed are the fields {', '.join(FIELDS)}")
    about = [entry[name] for name in ("rule", "value") if name in entry]
    if len(about) != 1 or not isinstance(about[0], str):
        raise ProtocolError("name one rule or one value of the evidence")
    for field in ("by", "document"):
        if not isinstance(entry.get(field), str) or not entry[field].strip() or not entry[field].isprintable():
            raise ProtocolError(f"{field} is missing or not one line of text")
    signed_on = entry.get("on")
    if type(signed_on) is not date:
        raise ProtocolError("on must be a date, such as 2026-11-02")
    if signed_on > released:
        raise ProtocolError(f"signed on {signed_on}, after the date of the protocol's version ({released})")
    _check_about("rule" in entry, about[0])
    return SignOff(about[0], entry["by"].strip(), signed_on, entry["document"].strip())


def _check_about(is_rule: bool, about: str) -> None:
    """A rule is looked up where the rules are known (``own_protocol``); here only its form."""
    if is_rule:
        if not _RULE_ID.fullmatch(about):
            raise ProtocolError(f"{about!r} is not the id of a rule, such as LFT-03")
        return
    try:
        known = value(about)
    except EvidenceError:
        raise ProtocolError(f"{about!r} is not a value of the evidence") from None
    if known.status != "recalled":
        raise ProtocolError(f"{about} is {known.status}: only what is recalled needs a signature")
