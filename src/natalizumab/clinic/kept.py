"""Finished answers, kept for whoever asks the same again. Threads that ask at once wait for the first one's."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """At most ``most`` answers; the one that was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, _Once[Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer, made now if nobody has. What ``make`` raises reaches the caller, and nothing is kept."""
        with self._lock:
            once = self._found.setdefault(key, _Once())
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return once.get(make)

    def forget(self) -> None:
        """Forget every answer."""
        with self._lock:
            self._found.clear()


class _Once(Generic[Answer]):
    """One answer. It has a lock of its own, so that who asks something else need not wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answers: list[Answer] = []

    def get(self, make: Callable[[], Answer]) -> Answer:
        with self._lock:
            if not self._answers:
                self._answers.append(make())
            return self._answers[0]
