"""A Dask cluster as an executor of ``concurrent.futures``' kind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from natalizumab.errors import ModelError
from natalizumab.pharmacology.extras import package


@contextmanager
def cluster(address: str, patience: str = "10s") -> Iterator[Executor]:
    """That of the scheduler at ``address``. Raises ModelError where there is none, or Dask is not installed."""
    dask = package("distributed", "a cluster", "distributed")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is said in our own words
    try:
        _check(address, dask.comm)
        client = dask.Client(address, timeout=patience)
    except (OSError, TimeoutError, ValueError, ImportError) as error:
        said = str(error).splitlines() or [type(error).__name__]
        raise ModelError(f"cluster: {address!r} cannot be reached ({said[0]})") from None
    try:
        # Where a worker is lost, another does its share again.
        yield client.get_executor(retries=3)
    finally:
        client.close()


def _check(address: str, comm: Any) -> None:
    """Raise ValueError for what is no address: a client that finds it out, half made, blocks the next one."""
    scheme, place = comm.parse_address(address)
    comm.registry.get_backend(scheme)
    comm.parse_host_port(place)
