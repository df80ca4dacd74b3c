"""Many people, one after the other, on all cores: the compiled code lets threads run side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is, and how much there is."""


def cores() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(
    function: Callable[[Item], Answer],
    items: Sequence[Item],
    workers: int,
    what: str = "",
    progress: Progress | None = None,
) -> list[Answer]:
    """The function of each item, in their order. Whoever interrupts waits only for what is being worked on."""
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(function, item) for item in items]
        answers = []
        try:
            for done, future in enumerate(futures, start=1):
                answers.append(future.result())
                if progress:
                    progress(what, done, len(items))
        except BaseException:
            for future in futures:
                future.cancel()
            raise
    return answers
