"""Lots of people that are finished stay, whatever stops the rest: a kill, Ctrl-C, a full disk."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from natalizumab.cohort import WHAT, Arm, Trial, mean, run, running
from natalizumab.cohort.file import read_trial
from natalizumab.errors import ModelError

ARMS = (Arm("4 weeks"), Arm("6 weeks", weeks=6))

FILE = "people = 40000\nweeks = 26\n[arms.a]\n[arms.b]\nweeks = 6\n"


@pytest.fixture
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOT", 100)


@pytest.fixture
def little_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], check=False, capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("a small disk can only be made by an account that may mount one")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_trial_that_was_stopped_goes_on_from_what_is_finished(tmp_path: Path, how: int, workers: int) -> None:
    file, kept = tmp_path / "trial.toml", tmp_path / "kept"
    file.write_text(FILE)
    asked = [sys.executable, "-m", "natalizumab", "trial", str(file), "--keep", str(kept), "--workers", str(workers)]
    begun = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    try:
        for _ in range(600):
            if len(list(kept.glob("*.json"))) >= 3:
                break
            time.sleep(0.1)
        os.killpg(begun.pid, how)
        _, said = begun.communicate(timeout=60)
    finally:
        if begun.poll() is None:
            os.killpg(begun.pid, signal.SIGKILL)
    there = {path.name: path.stat().st_mtime_ns for path in kept.glob("*.json")}
    assert 3 <= len(there) < 40
    if how == signal.SIGINT:
        assert begun.returncode == 1
        assert f'trial: interrupted; what is finished is in "{kept}"' in said.decode()
        assert "Traceback" not in said.decode()
    trial = replace(read_trial(file), people=2000)
    assert run(trial, others=(), kept=kept) == run(trial, others=())
    assert all((kept / name).stat().st_mtime_ns == when for name, when in there.items())


def test_half_a_file_is_done_again(tmp_path: Path, small_lots: None) -> None:
    trial = Trial("t", ARMS, people=200, weeks=4)
    whole = run(trial, others=(), kept=tmp_path)
    first, second = sorted(tmp_path.glob("*.json"))
    first.write_text(first.read_text()[:50])
    second.write_text(json.dumps({"of": "something else", "sums": {}}))
    assert run(trial, others=(), kept=tmp_path) == whole
    assert not list(tmp_path.glob(".*"))


def test_a_full_disk_is_said_and_what_is_finished_stays(little_disk: Path, small_lots: None) -> None:
    trial = Trial("t", ARMS, people=2000, weeks=4)
    with pytest.raises(ModelError, match=r"No space left on device\); what is finished is kept"):
        run(trial, others=(), kept=little_disk)
    there = list(little_disk.iterdir())
    assert 1 <= len(there) < 20
    assert all("sums" in json.loads(path.read_text()) for path in there)
    with pytest.raises(ModelError, match='rows: ".*No space left on device'):
        run(replace(trial, seed=2), others=(), rows=little_disk)


def test_every_person_has_a_row_and_their_mean_is_that_of_the_trial(tmp_path: Path, small_lots: None) -> None:
    trial = Trial("t", ARMS, people=250, weeks=30, run_in=26, stable=True)
    found = run(trial, others=(), rows=tmp_path / "rows", workers=2)
    files = sorted((tmp_path / "rows").iterdir())
    assert [path.suffix for path in files] == [".parquet"] * 3
    table = pl.read_parquet(files)
    assert len(table) == found.best["people"][0]
    assert table["person"].is_sorted()
    assert table["person"].is_unique().all()
    assert set(table["jcv_index"].unique()) <= {"at most 0.9", "at most 1.5", "above 1.5"}
    for arm in trial.arms:
        for name in WHAT:
            column = table[f"{arm.name}|{name}"].to_numpy()
            assert column.mean() == pytest.approx(mean(found.best, f"{arm.name}|{name}").mean)
            if f"{arm.name}|{name}|counts" in found.best:
                counted = np.bincount(column.astype(int), minlength=201).tolist()
                assert found.best[f"{arm.name}|{name}|counts"] == counted


def test_missing_rows_are_written_though_the_sums_are_there(tmp_path: Path, small_lots: None) -> None:
    trial, rows = Trial("t", ARMS, people=200, weeks=4), tmp_path / "rows"
    run(trial, others=(), kept=tmp_path / "kept", rows=rows)
    contents = {path.name: path.read_bytes() for path in rows.iterdir()}
    next(rows.iterdir()).unlink()
    run(trial, others=(), kept=tmp_path / "kept", rows=rows)
    assert {path.name: path.read_bytes() for path in rows.iterdir()} == contents
