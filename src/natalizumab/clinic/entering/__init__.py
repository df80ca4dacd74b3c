"""Entering what happened: one form machinery, driven by a small table per kind of entry."""
