"""Infusion day: who comes when, whether the dose may be given, what was given, and what followed."""
