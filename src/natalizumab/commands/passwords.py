"""Passwords for commands: typed unseen, or lines of standard input. Never an argument, which others could see."""

from __future__ import annotations

import sys

import click

from natalizumab.errors import Refusal


def new_password(whose: str, from_stdin: bool) -> str:
    """A password to be set, typed twice."""
    if from_stdin:
        return _line(whose)
    found: str = click.prompt(f"New password of {whose}", hide_input=True, confirmation_prompt=True)
    return found


def password(whose: str, from_stdin: bool) -> str:
    """A password that is known already."""
    if from_stdin:
        return _line(whose)
    found: str = click.prompt(f"Password of {whose}", hide_input=True)
    return found


def _line(whose: str) -> str:
    line = sys.stdin.readline().rstrip("\n")
    if not line:
        raise Refusal(f"the password of {whose} is missing on standard input")
    return line
