"""Protocol and rules in, plan out: may a dose be given, what is due, what the PML risk is, and why."""

from natalizumab.care.findings import Effect
from natalizumab.care.plan import plan
from natalizumab.care.protocol import Protocol, load_protocol
from natalizumab.care.rule import Rule
from natalizumab.care.shape import Plan
from natalizumab.care.table import RULES

__all__ = ["RULES", "Effect", "Plan", "Protocol", "Rule", "load_protocol", "plan"]
