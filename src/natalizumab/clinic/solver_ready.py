"""Loads and compiles the solver in the background, so that no page waits for it without a word.

Loading takes a second. Compiling, once on a machine, takes some fifteen more, in which a page says so.
"""

from __future__ import annotations

from threading import Event, Lock, Thread

_lock = Lock()
_done = Event()
_threads: list[Thread] = []


def prepare() -> None:
    """Begin, unless that has been done; returns at once."""
    with _lock:
        if not _threads:
            _threads.append(Thread(target=_run, name="solver", daemon=True))
            _threads[0].start()


def ready(patience_seconds: float) -> bool:
    """Whether the solver can be asked now, or within that time. Also begins to prepare it."""
    prepare()
    return _done.wait(patience_seconds)


def _run() -> None:
    # Where this fails, whoever asks next meets the same problem, and it is answered for there.
    try:
        _ask_once()
    finally:
        _done.set()


def _ask_once() -> None:
    """One small answer makes all that is compiled."""
    import altair as alt  # noqa: F401  # it takes a second to load, which the first picture need not wait for

    from natalizumab.evidence import value
    from natalizumab.pharmacology.history import History
    from natalizumab.pharmacology.individual import posterior
    from natalizumab.pharmacology.regimen import Input

    weight_kg = float(value("pk.reference_weight").value)
    posterior(History((Input(0, float(value("dosing.dose").value), "iv"),)), weight_kg).predict([1.0])
