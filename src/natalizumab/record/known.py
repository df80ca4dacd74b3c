"""Answers that are worked out when somebody first asks, and known from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Answer = TypeVar("Answer")


def known(answers: dict[Any, Any], asked: Any, work_out: Callable[[Any], Answer]) -> Answer:
    """What ``answers`` holds for ``asked``; where nothing is there yet, ``work_out(asked)``, which then is kept there."""
    try:
        answer: Answer = answers[asked]
    except KeyError:
        answer = answers[asked] = work_out(asked)
    return answer
