"""A trial on a real Dask cluster of two workers: the same bytes as without it, though one is killed on the way."""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from natalizumab.cohort import Arm, Found, Trial, run, running
from natalizumab.commands.cluster import cluster
from natalizumab.commands.trial import command
from natalizumab.errors import ModelError

TRIAL = Trial("t", (Arm("4 weeks"), Arm("6 weeks", weeks=6)), people=24_000, weeks=26, scan_weeks=(13, 26))

PATIENCE = 60


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of its own."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    told = tmp_path / "scheduler.json"
    asked = ["--scheduler-file", str(told), "--no-dashboard"]
    host = ["--host", "127.0.0.1"]
    begun = [_started(tmp_path, "scheduler", *asked, *host, "--port", "0")]
    try:
        _wait(told.is_file)
        one = [*asked, "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path)]
        begun += [_started(tmp_path, "worker", *one, *host) for _ in range(2)]
        yield Cluster(json.loads(told.read_text())["address"], begun[1:])
    finally:
        for process in reversed(begun):
            process.kill()
            process.wait()


def _started(folder: Path, what: str, *options: str) -> subprocess.Popen[bytes]:
    with (folder / f"{what}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", what, *options], stdout=log, stderr=log, cwd=folder, env=dict(os.environ)
        )


def _wait(until: object) -> None:
    assert callable(until)
    for _ in range(PATIENCE * 10):
        if until():
            return
        time.sleep(0.1)
    raise AssertionError("the cluster did not come up")


def test_a_killed_worker_changes_no_byte(dask: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "MOST_TOGETHER", 1)  # many small shares, so that there is a middle to kill in
    seen: list[int] = []

    def kill(_what: str, done: int, _all: int) -> None:
        seen.append(done)
        if done == 5:
            os.kill(dask.workers[0].pid, signal.SIGKILL)

    with cluster(dask.address) as executor:
        found = run(TRIAL, others=(), executor=executor, progress=kill)
    assert seen == list(range(1, 25))
    assert dask.workers[0].wait(PATIENCE) == -signal.SIGKILL
    assert dask.workers[1].poll() is None
    assert found == run(TRIAL, others=())


def test_the_command_gives_the_cluster_the_work_and_keeps_what_is_finished(dask: Cluster, tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text("people = 3000\nweeks = 13\n[arms.a]\n[arms.b]\nweeks = 6\n")
    alone = CliRunner().invoke(command, [str(file), "--json"])
    asked = [str(file), "--json", "--cluster", dask.address, "--keep", str(tmp_path / "kept")]
    shared = CliRunner().invoke(command, asked)
    assert shared.exception is None, shared.output
    assert shared.stdout == alone.stdout
    for process in dask.workers:
        process.kill()
    again = CliRunner().invoke(command, [str(file), "--json", "--keep", str(tmp_path / "kept")])
    assert again.stdout == alone.stdout


NOBODY = ["tcp://127.0.0.1:1", "nonsense", "tcp://[", "", "tcp://127.0.0.1:99999", "http://127.0.0.1:1", "inproc://a"]


@pytest.mark.parametrize("address", NOBODY)
def test_a_cluster_that_is_not_there_is_refused_and_the_next_one_is_no_worse_for_it(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left over is cleared away at the worst moment: as the next client's loop begins, which has a lock."""
    distributed = importlib.import_module("distributed.utils")
    usual = distributed.get_loop_factory
    monkeypatch.setattr(distributed, "get_loop_factory", lambda: (gc.collect(), usual())[1])
    gc.disable()
    try:
        for _ in range(2):
            with pytest.raises(ModelError, match="cluster: .*cannot be reached"), cluster(address, patience="1s"):
                raise AssertionError("there is no cluster")
    finally:
        gc.enable()


def test_a_trial_is_found_the_same_by_equality() -> None:
    # What the comparison above rests on: another seed is another answer.
    one, other = (run(Trial("t", TRIAL.arms, people=50, weeks=4, seed=seed), others=()) for seed in (1, 2))
    assert isinstance(one, Found)
    assert one != other
