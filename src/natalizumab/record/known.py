"""Answers that are worked out when somebody first asks, and known from then on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


class Known(dict[Asked, Answer]):
    """``known[asked]``: the answer of ``work_out`` to that, which it gives once.

    ``work_out`` should not hold on to what keeps this, or both stay in memory longer than anybody needs them.
    """

    __slots__ = ("_work_out",)

    def __init__(self, work_out: Callable[[Asked], Answer]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, asked: Asked) -> Answer:
        answer = self[asked] = self._work_out(asked)
        return answer
