"""Works questions out one at a time in the background, and keeps the answers: the same question has the same answer.

So no page waits for long, and whatever is asked takes one processor at most. Whoever asks something else meanwhile
takes their earlier question back, as long as its turn has not come and nobody else asked it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING

from natalizumab.clinic import solver_ready
from natalizumab.clinic.simulator.question import Question
from natalizumab.errors import Refusal

if TYPE_CHECKING:
    from natalizumab.clinic.simulator.answer import Answer, Told

MOST_KEPT, MOST_WAITING = 128, 4
COMPILED_WITHIN_SECONDS = 600

Work = Callable[[Question, "Told"], "Answer"]


class Busy(Refusal):
    """Too many questions wait already."""


@dataclass
class Job:
    """A question being worked out: ``share`` (0–1) of it is done; ``answer`` holds the answer once there is one."""

    question: Question
    share: float = 0.0
    answer: Future[Answer] = field(default_factory=Future)
    askers: set[int] = field(default_factory=set)

    def found(self, patience_seconds: float) -> Answer | None:
        """The answer, if there is one within that time. Raises what went wrong on the way to it."""
        try:
            return self.answer.result(patience_seconds)
        except (TimeoutError, CancelledError):
            return None

    def told(self, share: float) -> None:
        """Note how much of it is done."""
        self.share = share


class Desk:
    """``work`` answers a question; the rest is keeping order."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._lock = Lock()
        self._jobs: OrderedDict[Question, Job] = OrderedDict()
        self._turn: SimpleQueue[Job] = SimpleQueue()
        self._thread: Thread | None = None

    def ask(self, question: Question, asker: int) -> Job:
        """The job of that question, begun now if nobody has. Raises Busy where too many wait."""
        with self._lock:
            self._take_back(question, asker)
            known = self._jobs.get(question)
            if known is None or known.answer.cancelled() or (known.answer.done() and known.answer.exception()):
                known = self._begin(question)
            known.askers.add(asker)
            self._jobs.move_to_end(question)
            return known

    def forget(self) -> None:
        """Forget every answer, and what waits."""
        with self._lock:
            for job in self._jobs.values():
                job.answer.cancel()
            self._jobs.clear()

    def _begin(self, question: Question) -> Job:
        waiting = [job for job in self._jobs.values() if not job.answer.done()]
        if len(waiting) >= MOST_WAITING:
            raise Busy("Others’ questions are being worked out. Ask again in a moment.")
        job = self._jobs[question] = Job(question)
        self._drop_oldest()
        self._turn.put(job)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name="simulator", daemon=True)
            self._thread.start()
        return job

    def _take_back(self, question: Question, asker: int) -> None:
        for job in self._jobs.values():
            if job.question != question and not job.answer.done():
                job.askers.discard(asker)
                if not job.askers:
                    job.answer.cancel()

    def _drop_oldest(self) -> None:
        done = [one for one, job in self._jobs.items() if job.answer.done()]
        for one in done[: max(len(self._jobs) - MOST_KEPT, 0)]:
            del self._jobs[one]

    def _serve(self) -> None:
        while True:
            job = self._turn.get()
            if not job.answer.set_running_or_notify_cancel():
                continue
            try:
                job.answer.set_result(self._work(job.question, job.told))
            except Exception as error:  # noqa: BLE001  # whoever asked meets it, as if it had happened there
                job.answer.set_exception(error)


def _answer(question: Question, told: Told) -> Answer:
    # Never before the solver stands: whoever asks for a curve meanwhile waits for the same one compilation.
    solver_ready.ready(COMPILED_WITHIN_SECONDS)
    from natalizumab.clinic.simulator.answer import answer

    return answer(question, told)


desk = Desk(_answer)
"""That of this process."""
