"""Are finished answers made once, whoever asks, and is the solver prepared once, without anybody waiting for it?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread

import pytest

from natalizumab.clinic import solver_ready
from natalizumab.clinic.kept import Kept


def test_threads_that_ask_at_once_share_one_answer() -> None:
    kept: Kept[object] = Kept(2)
    together, made = Barrier(8), []

    def make() -> object:
        made.append(object())
        return made[-1]

    def ask() -> object:
        together.wait(timeout=30)
        return kept.get("same", make)

    with ThreadPoolExecutor(8) as pool:
        answers = {id(one.result()) for one in [pool.submit(ask) for _ in range(8)]}
    assert (len(made), len(answers)) == (1, 1)


def test_who_asks_something_else_does_not_wait() -> None:
    kept: Kept[str] = Kept(2)
    begun, finish = Event(), Event()

    def slow() -> str:
        begun.set()
        finish.wait(timeout=30)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(kept.get, "slow", slow)
        assert begun.wait(timeout=30)
        assert kept.get("quick", lambda: "quick") == "quick"
        finish.set()
        assert waiting.result() == "slow"


def test_what_was_asked_for_longest_ago_goes_first() -> None:
    kept: Kept[int] = Kept(2)
    kept.get("a", lambda: 1)
    kept.get("b", lambda: 2)
    kept.get("a", lambda: 0)
    kept.get("c", lambda: 3)
    assert [kept.get(key, lambda: 9) for key in "ac"] == [1, 3]
    assert kept.get("b", lambda: 9) == 9


def test_a_failure_reaches_the_caller_and_is_not_kept() -> None:
    kept: Kept[float] = Kept(2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 / 0)
    assert kept.get("a", lambda: 2.0) == 2.0


def test_what_is_forgotten_is_made_again() -> None:
    kept: Kept[int] = Kept(2)
    kept.get("a", lambda: 1)
    kept.forget()
    assert kept.get("a", lambda: 2) == 2


# --- the solver ---


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Thread]]:
    """As in a process that has just begun; the threads that prepare the solver."""
    threads: list[Thread] = []
    monkeypatch.setattr(solver_ready, "_threads", threads)
    monkeypatch.setattr(solver_ready, "_done", Event())
    yield threads
    for thread in threads:
        thread.join(timeout=30)


def test_the_solver_is_prepared_once_and_nobody_waits_longer_than_their_patience(
    cold: list[Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Event()
    monkeypatch.setattr(solver_ready, "_ask_once", lambda: finish.wait(timeout=30))
    solver_ready.prepare()
    assert not solver_ready.ready(patience_seconds=0.01)
    assert not solver_ready.ready(patience_seconds=0)
    finish.set()
    assert solver_ready.ready(patience_seconds=30)
    assert len(cold) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_preparation_that_fails_lets_the_question_through_to_fail_where_it_is_answered_for(
    cold: list[Thread], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("no room")

    monkeypatch.setattr(solver_ready, "_ask_once", broken)
    assert solver_ready.ready(patience_seconds=30)


def test_the_worklist_and_the_plan_do_not_load_the_solver() -> None:
    script = (
        "import django, sys; django.setup(); import natalizumab.clinic.urls, natalizumab.clinic.person_page; "
        "print({'numpy', 'numba', 'scipy', 'altair'} & set(sys.modules))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "natalizumab.clinic.settings.test"}
    done = subprocess.run([sys.executable, "-c", script], check=True, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"
