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
from natalizumab.record.known import Known

_PROTOCOLS_KEPT = 8


class Asked:
    """``order`` is that of asking: what may stop for good comes first. ``place`` gives the order among equals."""

    def __init__(self, rules: Sequence[Rule], protocol: Protocol) -> None:
        self.protocol = protocol
        asked = [rule for rule in rules if protocol.jurisdiction in rule.applies]
        self.order = sorted(asked, key=lambda rule: rule.effect is not Effect.STOP)
        self.place = {rule.id: (not rule.leads, number) for number, rule in enumerate(asked)}
        self.upcoming_days: int = protocol["upcoming_days"]
        self.inviting = {rule.id for rule in asked if rule.invites}
        by_id = {rule.id: rule for rule in asked}
        self.unsigned: Known[str, bool] = Known(lambda rule: _unsigned(by_id[rule], protocol))
        """By its id, whether nothing but recalled sources carries a rule there, and nobody has signed it off."""
        self.sources: Known[str, tuple[SourceUse, ...]] = Known(lambda rule: _sources(by_id[rule], protocol))
        """By its id, a rule's sources there, and those of the parameters that it names."""


def _unsigned(rule: Rule, protocol: Protocol) -> bool:
    return rule.unverified(protocol.jurisdiction) and rule.id not in protocol.signed


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
