"""A lot of people takes and gives back the same tens of megabytes again and again."""

from __future__ import annotations

import ctypes
import os
from functools import cache

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Of glibc's mallopt."""

KEPT = 256 * 2**20
"""Bytes that stay with the process."""


@cache
def keep_memory() -> None:
    """Let this process keep what it has given back, where its C library can: asking the machine for every page anew
    takes as long as the models do. And let linear algebra use no threads of its own: other workers have the cores.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, KEPT)
        mallopt(_TRIM_THRESHOLD, KEPT)
