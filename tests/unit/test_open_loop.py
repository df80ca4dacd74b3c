"""Does the load benchmark ask on its schedule, whatever the server does, and count each wait from that schedule?"""

from __future__ import annotations

import asyncio
from itertools import repeat

from open_loop import Answer, Connections, Told, on_schedule


class AnsweringNobodyBeforeAllHaveAsked(Connections):
    """A server that is stuck until ``wanted`` requests wait; a client that waits for an answer never gets one."""

    def __init__(self, wanted: int, status: int = 200) -> None:
        super().__init__(port=0)
        self.wanted, self.status, self.asked = wanted, status, 0
        self.all_asked = asyncio.Event()

    async def ask(self, request: bytes) -> Answer:
        self.asked += 1
        if self.asked == self.wanted:
            self.all_asked.set()
        await self.all_asked.wait()
        return Answer(self.status)


def told(wanted: int, status: int = 200) -> Told:
    async def run() -> Told:
        server = AnsweringNobodyBeforeAllHaveAsked(wanted, status)
        return await on_schedule(server, repeat(b""), a_second=200, seconds=wanted / 200)

    return asyncio.run(run())


def test_nobody_waits_for_the_answer_to_somebody_else() -> None:
    found = told(20)
    assert (len(found.seconds), found.failed) == (20, 0)


def test_a_wait_counts_from_the_moment_that_the_schedule_says() -> None:
    found = sorted(told(20).seconds)
    # All were answered at one moment, so what the first waited longer than the last is what lay between them.
    assert found[-1] - found[0] > 19 / 200 / 2


def test_what_is_no_page_is_counted_as_failed() -> None:
    assert told(3, status=503).failed == 3
