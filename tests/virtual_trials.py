"""Small virtual trials, run once, for the tests of their reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from natalizumab.cohort import Found, run
from natalizumab.cohort.file import trial_of_text
from natalizumab.commands.trial_report.asked import Asked
from natalizumab.disease.model.parameters import ensemble

TEXT = """\
# Invented, <b>as all of it</b>.
name = "Long & short"
people = 60
weeks = 40
from_week = 4
scan_weeks = [20, 40]
pml_scenario = "secondary"
[population]
missed = 0
[costs]
dose = 10
[arms."every 4"]
[arms."every 6"]
weeks = 6
[arms."<script>alert(1)</script>"]
route = "sc"
stop = { after_months = 6, high_index = true }
"""


def found(text: str = TEXT) -> tuple[Found, Asked]:
    """What the trial of a file found, with two sets of parameters beside the best, and what was asked."""
    return _found(text), Asked("short.toml", text, "short.html")


@cache
def _found(text: str) -> Found:
    return run(trial_of_text(text, Path("short.toml")), others=ensemble()[:2])
