"""What a process does that loads beside others: it begins with nothing, so Django is set up before anything of ours."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from natalizumab.clinic.loading.lots import Incoming, Loaded, Target

_SQLITE_CACHE = "PRAGMA cache_size = -100000"  # 100 MB: the indexes of a large clinic stay at hand


def begin() -> None:
    """Open the database that the environment names. A stop from the keyboard is the first process's affair."""
    import django

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(_SQLITE_CACHE)


def load_lot(target: Target, people: Sequence[Incoming]) -> Loaded:
    """See ``lots.load_lot``."""
    from natalizumab.clinic.loading import lots

    return lots.load_lot(target, people)
