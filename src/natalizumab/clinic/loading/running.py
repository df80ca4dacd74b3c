"""Lot after lot, in several processes, each with a connection of its own. Whoever was loaded before is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from datetime import date
from multiprocessing import get_context

from django.db import connection

from natalizumab.clinic.batching import batched
from natalizumab.clinic.loading import process
from natalizumab.clinic.loading.lots import Incoming, Loaded, LoadRefused, Target, load_lot
from natalizumab.clinic.models import Clinic, User

TOGETHER = 50
"""So many people are written in one transaction: what is lost at most when it is stopped."""

_LOTS_AHEAD = 3
_IN_MEMORY = ":memory:"


def load(
    clinic: Clinic,
    people: Iterable[Incoming],
    *,
    by: User | None,
    source: str,
    on: date,
    processes: int = 1,
    said: Callable[[Loaded], None] | None = None,
) -> Loaded:
    """Take these people into the clinic, with their records; ``said`` hears after each lot how far it is.

    Stopped and asked again, it goes on: who is there already, just so, is counted and left alone. Raises LoadRefused
    where somebody can't be taken as they came; the lots before stay. ``processes`` beyond one need a database that
    others can open too, and settings in the environment.
    """
    target = Target(clinic.pk, by.pk if by else None, source, on)
    lots = batched(_each_once(people), TOGETHER)
    in_memory = connection.vendor == "sqlite" and _IN_MEMORY in str(connection.settings_dict["NAME"])
    done = Loaded()
    for one in _here(target, lots) if processes == 1 or in_memory else _elsewhere(target, lots, processes):
        done += one
        if said is not None:
            said(done)
    return done


def _each_once(people: Iterable[Incoming]) -> Iterator[Incoming]:
    numbers = set[str]()
    for incoming in people:
        number = incoming.number.lower()
        if number in numbers:
            raise LoadRefused(f"number {incoming.number}: it comes twice, and every number is given once")
        numbers.add(number)
        yield incoming


def _here(target: Target, lots: Iterable[Sequence[Incoming]]) -> Iterator[Loaded]:
    return (load_lot(target, lot) for lot in lots)


def _elsewhere(target: Target, lots: Iterable[Sequence[Incoming]], processes: int) -> Iterator[Loaded]:
    """Each lot in whichever process is free; only a few lots wait, however many people there are."""
    running = set[Future[Loaded]]()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=process.begin)
    try:
        for lot in lots:
            running.add(pool.submit(process.load_lot, target, lot))
            if len(running) >= processes * _LOTS_AHEAD:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (one.result() for one in done)
        yield from (one.result() for one in running)
    finally:
        # What has begun is finished, and nothing more is begun.
        pool.shutdown(cancel_futures=True)
