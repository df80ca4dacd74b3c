"""Nothing acknowledged is lost, nothing is half-written, whatever is killed while several people write.

Each round kills something at a random moment: the web server with all its workers, the workers alone, or on PostgreSQL
the database server with all its processes. `make soak` asks for 200 rounds on each database.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import debian
import pytest
from postgres import Cluster, running
from tests.crash.clinic import Clinic, Sent, Writers, clinic, send, what_is_wrong

ROUNDS = int(os.environ.get("NATALIZUMAB_CRASH_ROUNDS", "20"))
SEED = int(os.environ.get("NATALIZUMAB_CRASH_SEED", "6"))
WRITERS, PEOPLE = 6, 3

Check = Callable[[Clinic], list[str]]
DERIVED = {
    "clinic_work": "made_at, claim, claimed_until, counted_for",
    "clinic_workitem": "id",
    "clinic_personfacts": "",
    "clinic_clinictally": "id",
}
"""Tables that are worked out from entries, and the columns in which two makings of the same may differ."""

NOTHING_IS_COUNTED = (
    "DELETE FROM clinic_personfacts",
    "DELETE FROM clinic_clinictally",
    "UPDATE clinic_work SET counted_for = ''",
)


def derived_tables_equal_a_rebuild(clinic: Clinic) -> list[str]:
    """The worklist and the clinic's sums as the entries left them, and as they are worked out anew."""
    _tick(clinic, "--once")  # people who were put straight into the table, and to whom nobody wrote
    before = {table: _rows(clinic, table) for table in DERIVED}
    assert all(before.values())
    _tick(clinic, "--rebuild")
    for statement in NOTHING_IS_COUNTED:
        clinic.ask(statement)
    _tick(clinic, "--once")
    after = {table: _rows(clinic, table) for table in DERIVED}
    return [
        f"{table} is not what its entries say: kept {rows - after[table]}, worked out anew {after[table] - rows}"
        for table, rows in before.items()
        if rows != after[table]
    ]


def _tick(clinic: Clinic, how: str) -> None:
    done = clinic.command("tick", how)
    assert done.returncode == 0, done.stderr


def _rows(clinic: Clinic, table: str) -> Counter[str]:
    columns = clinic.columns(table)
    kept = ", ".join(name for name in columns if name not in DERIVED[table].split(", "))
    return Counter(map(repr, clinic.ask(f"SELECT {kept} FROM {table}")))


AFTER_ALL: list[Check] = [derived_tables_equal_a_rebuild]
"""What else must hold when all rounds are over, such as a table that is derived from the entries."""


@pytest.fixture(params=["sqlite", "postgresql"])
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster | None]:
    if request.param == "sqlite":
        yield None
        return
    programs = debian.postgresql_folder()
    if programs is None:
        pytest.skip(f"PostgreSQL is missing: {debian.advice('postgresql')}")
    with running(programs) as made:
        yield made


def kill(found: Clinic, how: str) -> None:
    if how == "database":
        assert found.cluster
        found.cluster.kill()
    elif how == "web":
        found.kill_web()
    else:
        found.kill_workers()


def revive(found: Clinic, how: str) -> None:
    if how == "database":
        assert found.cluster
        found.cluster.start()
    if how == "web":
        found.serve()
    found.wait()


def one_round(found: Clinic, rng: Random, how: str) -> tuple[list[Sent], list[str]]:
    """Write, kill, revive, send again what was not acknowledged; what was sent, and what is wrong."""
    people = [found.add_person() for _ in range(PEOPLE)]
    writers = Writers(found.port, people, rng)
    writers.start(WRITERS)
    time.sleep(rng.uniform(0.05, 0.5))
    kill(found, how)
    time.sleep(rng.uniform(0, 0.1))
    writers.stop()
    revive(found, how)
    wrong = what_is_wrong(found, writers.sent, people)
    for form in writers.sent:
        if not form.ids:
            send(found.port, form)  # the same form again: it must be written once, whether it was before or not
    wrong += [f"not taken after all: {form}" for form in writers.sent if not form.ids]
    return writers.sent, wrong + what_is_wrong(found, writers.sent, people)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_whatever_is_killed(cluster: Cluster | None, tmp_path: Path) -> None:
    rng, kinds = Random(SEED), ["web", "workers", *(["database", "database"] if cluster else [])]
    sent: list[Sent] = []
    killed: Counter[str] = Counter()
    with clinic(tmp_path, cluster) as found:
        for number in range(ROUNDS):
            how = rng.choice(kinds)
            killed[how] += 1
            forms, wrong = one_round(found, rng, how)
            assert wrong == [], f"round {number} of seed {SEED}, {how} killed"
            sent += forms
        proof = found.command("audit", "verify")
        assert [problem for check in AFTER_ALL for problem in check(found)] == []
        ((entries,),) = found.ask("SELECT count(*) FROM clinic_entry")
    assert proof.returncode == 0, proof.stderr
    assert entries == sum(len(form.ids) for form in sent)
    assert f"{entries} entries of" in proof.stdout
    # It was worth it: everything was killed at least once, while somebody was writing.
    assert set(killed) == set(kinds)
    assert sum(bool(form.refusal) for form in sent) >= ROUNDS // 4
    print(
        f"{dict(killed)}, {len(sent)} forms, {entries} entries, {sum(bool(form.refusal) for form in sent)} sent again"
    )
