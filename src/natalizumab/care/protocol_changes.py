"""What a clinic's own protocol changes against the shipped one: numbers, signatures, and what is still unsigned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from natalizumab.care.findings import Effect
from natalizumab.care.own_protocol import allowed
from natalizumab.care.protocol import Protocol, fixed, shipped
from natalizumab.care.rule import Rule
from natalizumab.care.sign_off import SignOff
from natalizumab.care.table import RULES
from natalizumab.evidence import Value


@dataclass(frozen=True, slots=True)
class Changed:
    """A parameter with another number. ``rules`` are the ids of those that show it as a source."""

    name: str
    before: Value
    now: Value
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature. ``title`` says what it is about; ``effect`` is what a signed rule may do from now on."""

    signature: SignOff
    title: str
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class Changes:
    """``unsigned`` are the rules that apply there, rest on recalled sources alone, and have no signature."""

    protocol: Protocol
    changed: tuple[Changed, ...]
    signed: tuple[Signed, ...]
    unsigned: tuple[Rule, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "protocol": {"name": self.protocol.name, "version": self.protocol.version},
            "extends": self.protocol.extends,
            "changed": [
                {
                    "parameter": one.name,
                    "unit": one.now.unit,
                    "before": one.before.value,
                    "now": one.now.value,
                    "source": one.now.note,
                    "rules": list(one.rules),
                }
                for one in self.changed
            ],
            "level_assays": [
                {"name": name, "factor": one.value, "source": one.note}
                for name, one in self.protocol.level_assays.items()
            ],
            "signed_off": [
                {"about": one.signature.about, **one.signature.to_dict(), "effect": one.effect and one.effect.word}
                for one in self.signed
            ],
            "unsigned": [rule.id for rule in self.unsigned],
        }


def changes(protocol: Protocol) -> Changes:
    """What it changes against the shipped protocol of its jurisdiction; nothing for a shipped one itself."""
    before = shipped(protocol.jurisdiction).parameters
    here = [rule for rule in RULES if protocol.jurisdiction in rule.applies]
    return Changes(
        protocol=protocol,
        changed=tuple(
            Changed(name, before[name], now, tuple(rule.id for rule in here if name in rule.uses))
            for name, now in protocol.parameters.items()
            if now.value != before[name].value
        ),
        signed=tuple(_signed(signature) for signature in protocol.signed.values()),
        unsigned=tuple(
            rule for rule in here if rule.unverified(protocol.jurisdiction) and rule.id not in protocol.signed
        ),
    )


def _signed(signature: SignOff) -> Signed:
    rule = next((rule for rule in RULES if rule.id == signature.about), None)
    if rule is not None:
        return Signed(signature, rule.title, rule.effect)
    from natalizumab.evidence import value

    return Signed(signature, value(signature.about).about, None)


def movable(protocol: Protocol) -> dict[str, tuple[float, float]]:
    """The parameters that a clinic may move, each with the lowest and the highest number."""
    shipped_ones = shipped(protocol.jurisdiction).parameters
    return {
        name: allowed(name, value)
        for name, value in shipped_ones.items()
        if name not in fixed() and not isinstance(value.value, list)
    }
