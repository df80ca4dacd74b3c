"""Asking a web server on a fixed schedule, whether it has answered or not: people come without waiting for each other.

A latency counts from the moment at which the request was meant to be sent. A client that waits for one answer before it
asks again would leave out just the moments in which the server is slow.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

PATIENCE = 60.0
_END = b"\r\n\r\n"


@dataclass
class Answer:
    """``status`` is 0 where none came."""

    status: int
    headers: dict[str, list[str]] = field(default_factory=dict)
    body: bytes = b""


class Connections:
    """Connections to one server that are used again; as many as are needed at once."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, request: bytes) -> Answer:
        """Send it and read the whole answer. A connection that the server had closed meanwhile is opened anew."""
        while self._idle:
            reader, writer = self._idle.pop()
            with suppress(OSError, asyncio.IncompleteReadError):
                return await self._asked(reader, writer, request)
            writer.close()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        return await self._asked(reader, writer, request)

    async def _asked(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> Answer:
        writer.write(request)
        head = await reader.readuntil(_END)
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        headers: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers.setdefault(name.lower(), []).append(value.strip())
        body = await reader.readexactly(int(headers.get("content-length", ["0"])[0]))
        if headers.get("connection", [""])[0].lower() == "close":
            writer.close()
        else:
            self._idle.append((reader, writer))
        return Answer(int(first.split()[1]), headers, body)

    def close(self) -> None:
        """All that are idle."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()


@dataclass
class Told:
    """The latencies of answers in seconds, and how many requests had none, or one that was no page."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0


async def on_schedule(connections: Connections, requests: Iterator[bytes], a_second: float, seconds: float) -> Told:
    """Send a request at each moment of a schedule of so many a second, for so long; wait for all answers."""
    told, waiting, began = Told(), set[asyncio.Task[None]](), time.perf_counter()

    async def one(request: bytes, meant: float) -> None:
        try:
            answer = await asyncio.wait_for(connections.ask(request), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            answer = Answer(0)
        told.seconds.append(time.perf_counter() - meant)
        told.failed += answer.status != 200

    for number in range(round(a_second * seconds)):
        meant = began + number / a_second
        await asyncio.sleep(max(meant - time.perf_counter(), 0))
        waiting.add(asyncio.create_task(one(next(requests), meant)))
    await asyncio.gather(*waiting)
    return told


async def saturation(connections: Connections, requests: Iterator[bytes], at_once: int, seconds: float) -> float:
    """How many answers a second there are while ``at_once`` clients ask again as soon as they have one."""
    end, answers = time.perf_counter() + seconds, 0

    async def one() -> None:
        nonlocal answers
        while time.perf_counter() < end:
            answer = await connections.ask(next(requests))
            if answer.status != 200:
                raise RuntimeError(f"the server answered {answer.status}: {answer.body[:300]!r}")
            answers += 1

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(at_once)))
    return answers / (time.perf_counter() - began)
