"""What the processor can do, and how to hold a measurement to one of its cores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from llvmlite.binding import get_host_cpu_features


def vectors() -> str:
    """The widest arithmetic that the compiler finds on this processor: it decides which bound holds."""
    features = get_host_cpu_features()
    if features.get("avx512f"):
        return "AVX-512"
    return "AVX2" if features.get("avx2") else "neither AVX-512 nor AVX2"


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def one_core() -> Iterator[str]:
    """Hold this thread, and every thread that is started meanwhile, to one core. Gives words for what was done.

    Linux only: elsewhere nothing is held, and the words say so.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield "not held to one core: this system has no way to"
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield f"held to core {max(before)}"
    finally:
        os.sched_setaffinity(0, before)
