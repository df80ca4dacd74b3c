"""What was asked, so that it can be asked again: the trial's file, its text, and the command."""

from __future__ import annotations

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from natalizumab.cohort import Trial


@dataclass(frozen=True, slots=True)
class Asked:
    """The names of both files, without their folders: a report that is handed on says nothing of somebody's machine."""

    file: str
    text: str
    report: str

    def command(self, trial: Trial) -> str:
        """What to type to get this report again. How many processes did it is not said: it changes nothing."""
        words = ["natalizumab", "trial", _plain(self.file), "--people", str(trial.people), "--seed", str(trial.seed)]
        return shlex.join([*words, "--report", _plain(self.report)])

    @property
    def population(self) -> tuple[str, Mapping[str, Any]]:
        """The name of the population that the file begins with, and its own numbers."""
        own = dict(tomllib.loads(self.text).get("population", {}))
        return str(own.pop("name", "adults")), own


def asked(file: Path, text: str, report: Path) -> Asked:
    """What a command was given."""
    return Asked(file.name, text, report.name)


def _plain(name: str) -> str:
    """A name that no command takes for an option."""
    return f"./{name}" if name.startswith("-") else name
