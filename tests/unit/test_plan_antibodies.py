"""``natalizumab plan --antibody-probability``: a number from outside, or one plain line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from natalizumab.cli import cli

ROOT = Path(__file__).parent.parent.parent
ASKED = ["plan", str(ROOT / "examples" / "six-weekly.json"), "--on", "2026-11-02"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*ASKED, *arguments])


def test_a_probable_antibody_asks_for_a_test_and_an_improbable_one_changes_nothing() -> None:
    without, low, high = run(), run("--antibody-probability", "0.2"), run("--antibody-probability", "0.21")
    assert "NAB-01" not in without.output
    assert low.output == without.output
    assert "NAB-01" in high.output
    assert "21 % probable" in high.output


def test_the_reason_why_is_told_the_probability() -> None:
    said = run("--antibody-probability", "0.5", "--why", "NAB-01").output
    assert "probability of antibodies against natalizumab: 0.5" in said
    assert "50 % probable" in said


@pytest.mark.parametrize("more", [(), ("--why", "NAB-01"), ("--json",)])
@pytest.mark.parametrize("probability", ["1.5", "-0.1", "nan"])
def test_what_is_no_probability_is_refused_in_one_line(probability: str, more: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "natalizumab", *ASKED, f"--antibody-probability={probability}", *more]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert "give a number from 0 to 1" in refused.stderr
