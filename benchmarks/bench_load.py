"""A clinic of very many people under load: how long it takes to load, and pages beside a bare one while people write.

``NATALIZUMAB_BENCH_PEOPLE`` says how many people (20,000), each with ten years, all invented and from one seed;
``NATALIZUMAB_BENCH_ON`` on which database (``sqlite``, ``postgresql``; both).
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bounds import HEADINGS, at_most, said, shown
from machine import cores
from open_loop import Connections, Told, on_schedule, saturation
from timing import table
from visitor import HOST, Visitor, Writer

HERE = Path(__file__).resolve().parent
PEOPLE = int(os.environ.get("NATALIZUMAB_BENCH_PEOPLE", "20000"))
ROUNDS, CLOSED_SECONDS, OPEN_SECONDS = 6, 2.0, 5.0
AT_ONCE = 8
"""Clients of the closed loop: as many as the server has threads."""

WRITTEN_A_SECOND = 1.0
MOST_AT_MEDIAN, MOST_AT_99, MOST_MEGABYTES = 4, 10, 400
BARE = "bare"
PAGES = {BARE: "/bare/", "worklist": "/", "person": "/people/{}/", "clinic": "/clinic/"}
AFTER_THE_PAGE = {"curve of a person": "/people/{}/curve/", "earlier years": "/people/{}/earlier/"}


@dataclass
class Found:
    """Of one page: how many a second saturate the server, and the latencies at half of that."""

    a_second: list[float] = field(default_factory=list)
    told: Told = field(default_factory=Told)

    @property
    def median(self) -> float:
        return median(self.told.seconds)

    @property
    def at_99(self) -> float:
        return quantiles(self.told.seconds, n=100)[98]


def main() -> None:
    """One table for each database."""
    sys.path[:0] = [str(HERE.parent / "tools")]
    wanted = os.environ.get("NATALIZUMAB_BENCH_ON", "sqlite postgresql").split()
    for name, opened in {"SQLite": _on_sqlite, "PostgreSQL": _on_postgresql}.items():
        if name.lower() not in wanted:
            continue
        with ExitStack() as stack:
            made = stack.enter_context(opened())
            if made is None:
                print(f"  {name}: cannot say, because its programs are not on this machine")
                continue
            folder, environment = made
            filled = json.loads(_inside("fill", folder, environment, str(PEOPLE), str(cores())))
            print(f"  {name}, {len(filled['people'])} people, {cores()} cores", flush=True)
            port, server = stack.enter_context(_served(folder, environment))
            found, writer, memory = asyncio.run(_measured(port, server.pid, filled))
            table(_rows(filled, found, writer, memory))


@contextmanager
def _on_sqlite() -> Iterator[tuple[Path, dict[str, str]] | None]:
    with tempfile.TemporaryDirectory(prefix="natalizumab-load-") as folder:
        environment = _environment()
        _init(Path(folder), environment)
        yield Path(folder), environment


@contextmanager
def _on_postgresql() -> Iterator[tuple[Path, dict[str, str]] | None]:
    """A server of its own, set as PostgreSQL comes, which loses nothing."""
    import debian
    import psycopg
    from postgres import NAME, running

    programs = debian.postgresql_folder()
    if programs is None:
        yield None
        return
    with running(programs) as cluster, tempfile.TemporaryDirectory(prefix="natalizumab-load-") as folder:
        with psycopg.connect(cluster.address, autocommit=True) as connection:
            connection.execute("CREATE ROLE pages LOGIN")
        environment = _environment()
        pages = cluster.address.replace(f"//{NAME}@", "//pages@")
        _init(Path(folder), environment | {"NATALIZUMAB_OWNER": cluster.address}, "--database", pages)
        yield Path(folder), environment


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NATALIZUMAB_", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(HERE)}


def _init(folder: Path, environment: dict[str, str], *more: str) -> None:
    command = [str(Path(sys.executable).with_name("natalizumab")), "init", "--clinic", "Load clinic (invented)"]
    words = ["--administrator", "alma", "--hosts", HOST, "--password-from-stdin", *more]
    subprocess.run(
        [*command, *words], check=True, cwd=folder, env=environment, input="long enough 77\n", text=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def _inside(what: str, folder: Path, environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, str(HERE / "load_inside.py"), what, str(folder / "natalizumab.env"), *words]
    done = subprocess.run(command, check=True, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    return done.stdout


@contextmanager
def _served(folder: Path, environment: dict[str, str]) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, str(HERE / "load_inside.py"), "serve", str(folder / "natalizumab.env"), str(port)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as server,
    ):
        try:
            assert server.stdout
            if not any(line.startswith("Listening") for line in server.stdout):
                raise RuntimeError((folder / "log").read_text(errors="replace")[-3000:])
            yield port, server
        finally:
            server.terminate()


async def _measured(port: int, server: int, filled: dict[str, Any]) -> tuple[dict[str, Found], Writer, float | None]:
    """In every round each page is saturated and then asked for at half of that, so that a busy moment hits them all."""
    visitor, rng, found = (
        Visitor(Connections(port)),
        random.Random(1),
        {name: Found() for name in PAGES | AFTER_THE_PAGE},
    )
    await visitor.sign_in()
    writing = Visitor(Connections(port))
    writing.cookies = visitor.cookies
    writer, memory = Writer(writing, filled["people"], filled["day"]), 0.0
    task = asyncio.create_task(writer.write(WRITTEN_A_SECOND))
    try:
        for turn in range(ROUNDS + 1):
            for name, place in (PAGES | AFTER_THE_PAGE).items():
                requests = _requests(visitor, place, filled["people"], rng)
                a_second = await saturation(visitor.connections, requests, AT_ONCE, CLOSED_SECONDS)
                told = await on_schedule(visitor.connections, requests, a_second / 2, OPEN_SECONDS)
                memory = max(memory, _largest_worker(server))
                if turn > 0:  # the first warms up
                    found[name].a_second.append(a_second)
                    found[name].told.seconds += told.seconds
                    found[name].told.failed += told.failed
    finally:
        writer.stop()
        await task
    return found, writer, memory or None


def _requests(visitor: Visitor, place: str, people: list[str], rng: random.Random) -> Iterator[bytes]:
    """The page of anybody in the clinic, each as likely as any other."""
    while True:
        yield visitor.reading(place.format(rng.choice(people)))


def _largest_worker(server: int) -> float:
    """The most that a worker ever held, in megabytes, shared parts included; 0 where the system does not tell."""
    from postgres import children

    peaks = [0.0]
    for worker in children(server):
        lines = Path(f"/proc/{worker}/status").read_text(encoding="ascii").splitlines()
        peaks += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return max(peaks)


def _rows(
    filled: dict[str, Any], found: dict[str, Found], writer: Writer, memory: float | None
) -> list[tuple[str, ...]]:
    bare, people = found[BARE], len(filled["people"])
    rows = [HEADINGS, shown("loading, with plans and figures", filled["seconds"], "s")]
    rows += [shown("the same, a person", 1000 * filled["seconds"] / people, "ms")]
    rows += [said("entries of a person", f"{filled['entries'] / people:.0f}")]
    rows += [shown("bare page, at the median", 1000 * bare.median, "ms")]
    rows += [shown("bare page, 99th percentile", 1000 * bare.at_99, "ms")]
    for name in PAGES | AFTER_THE_PAGE:
        one = found[name]
        rate = f"{median(one.a_second) / 2:.0f} a second, {len(one.told.seconds)} asked for"
        rows.append(said(f"{name}: half its saturation", rate))
        if one.told.failed:
            rows.append(said(f"{name}: not answered with a page", str(one.told.failed)))
        if name in AFTER_THE_PAGE:
            rows.append(shown(f"{name}: times bare, median", one.median / bare.median))
        elif name != BARE:
            rows.append(at_most(f"{name}: times bare, median", one.median / bare.median, MOST_AT_MEDIAN))
            rows.append(at_most(f"{name}: times bare, 99th percentile", one.at_99 / bare.at_99, MOST_AT_99))
    rows.append(said("entries written meanwhile", f"{writer.saved}, {writer.refused} refused"))
    if memory is None:
        return [*rows, said("memory of a worker", "cannot say: it takes Linux's /proc")]
    return [*rows, at_most("memory of a worker at most", memory, MOST_MEGABYTES, "MB")]


if __name__ == "__main__":
    main()
