"""Accounts: who is on a clinic's team and how they get in. Administrators manage them and see no clinical data."""

from __future__ import annotations

from natalizumab.clinic.accounts.members import AccountRefused, first_administrator, rescue

__all__ = ["AccountRefused", "first_administrator", "rescue"]
