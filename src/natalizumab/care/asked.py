"""The rules that are asked under a protocol, in their order, with the sources that each shows.

All of that is the same for every person, so it is worked out once per protocol.
"""

from __future__ import annotations

from collections.abc import Sequence

from natalizumab.care.findings import Effect
from natalizumab.care.protocol import Protocol
from natalizumab.care.rule import Rule
from natalizumab.care.shape import SourceUse
from natalizumab.care.table import RULES

_PROTOCOLS_KEPT = 8


class Asked:
    """``order`` is that of asking: what may stop for good comes first. ``place`` gives the order among equals."""

    def __init__(self, rules: Sequence[Rule], protocol: Protocol) -> None:
        self.protocol = protocol
        asked = [rule for rule in rules if protocol.jurisdiction in rule.applies]
        self.order = sorted(asked, key=lambda rule: rule.effect is not Effect.STOP)
        self.place = {rule.id: (not rule.leads, number) for number, rule in enumerate(asked)}
        self.inviting = {rule.id for rule in asked if rule.invites}
        self._unsigned: dict[str, bool] = {}
        self._sources: dict[str, tuple[SourceUse, ...]] = {}

    def unsigned(self, rule: Rule) -> bool:
        """Whether nothing but recalled sources carries the rule there, and nobody in the clinic has signed it off."""
        if rule.id not in self._unsigned:
            unverified = rule.unverified(self.protocol.jurisdiction)
            self._unsigned[rule.id] = unverified and rule.id not in self.protocol.signed
        return self._unsigned[rule.id]

    def sources(self, rule: Rule) -> tuple[SourceUse, ...]:
        """The rule's sources there, and those of the parameters that it names."""
        if rule.id not in self._sources:
            self._sources[rule.id] = _sources(rule, self.protocol)
        return self._sources[rule.id]


def _sources(rule: Rule, protocol: Protocol) -> tuple[SourceUse, ...]:
    cited = [SourceUse(c.key, c.status) for c in rule.cited(protocol.jurisdiction)]
    parameters = [protocol.parameter(name) for name in rule.uses if name in protocol.parameters]
    cited += [SourceUse(key, p.status) for p in parameters for key in p.sources]
    return tuple({use.key: use for use in reversed(cited)}.values())[::-1]


_known: list[Asked] = []


def asked_of(rules: Sequence[Rule], protocol: Protocol) -> Asked:
    """Those of ``rules`` that are asked under the protocol; for the whole table, remembered for the last protocols."""
    if rules is not RULES:
        return Asked(rules, protocol)
    found = next((known for known in _known if known.protocol is protocol), None)
    if found is None:
        found = Asked(rules, protocol)
        _known[:] = [found, *_known[: _PROTOCOLS_KEPT - 1]]
    return found
