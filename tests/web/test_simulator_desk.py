"""Are questions worked out one at a time, once each, and can nobody use up the machine?"""

from __future__ import annotations

from threading import Event
from typing import Any

import pytest

from natalizumab.clinic.simulator.desk import MOST_KEPT, MOST_WAITING, Busy, Desk
from natalizumab.clinic.simulator.question import Question

LONG = 20.0
"""Seconds within which a thread that has nothing to do answers on any machine."""


def question(years: int) -> Question:
    return Question(("iv-standard", "none"), years, "1", "1", "high", "no", "usual", "none")


class Work:
    """Answers with the question's years, once it may; notes what it was asked, and how many at a time."""

    def __init__(self, *, held: bool = False) -> None:
        self.asked: list[int] = []
        self.at_once, self.most_at_once = 0, 0
        self.may = Event()
        self.begun = Event()
        if not held:
            self.may.set()

    def __call__(self, question: Question, told: Any) -> Any:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.asked.append(question.years)
        self.begun.set()
        told(0.5)
        assert self.may.wait(LONG)
        self.at_once -= 1
        return f"{question.years} years"


def test_the_same_question_is_worked_out_once_for_everybody() -> None:
    work = Work()
    desk = Desk(work)
    for asker in (1, 2, 1):
        assert str(desk.ask(question(2), asker).found(LONG)) == "2 years"
    assert work.asked == [2]


def test_questions_are_worked_out_one_at_a_time_in_their_order() -> None:
    work = Work(held=True)
    desk = Desk(work)
    jobs = [desk.ask(question(years), asker=years) for years in (4, 2, 3)]
    assert jobs[0].found(0) is None
    work.may.set()
    assert [str(job.found(LONG)) for job in jobs] == ["4 years", "2 years", "3 years"]
    assert (work.asked, work.most_at_once) == ([4, 2, 3], 1)


def test_a_page_never_waits_longer_than_its_patience_and_hears_how_far_it_is() -> None:
    work = Work(held=True)
    job = Desk(work).ask(question(2), 1)
    assert work.begun.wait(LONG)
    assert job.found(0) is None
    assert job.share == 0.5
    work.may.set()


def test_too_many_waiting_questions_are_refused_and_later_taken() -> None:
    work = Work(held=True)
    desk = Desk(work)
    jobs = [desk.ask(question(years), asker=years) for years in range(MOST_WAITING)]
    with pytest.raises(Busy, match="Ask again in a moment"):
        desk.ask(question(99), asker=99)
    work.may.set()
    assert all(job.found(LONG) for job in jobs)
    assert str(desk.ask(question(99), asker=99).found(LONG)) == "99 years"


def test_whoever_asks_something_else_takes_back_what_waits_but_not_what_others_wait_for() -> None:
    work = Work(held=True)
    desk = Desk(work)
    running = desk.ask(question(2), asker=1)
    assert work.begun.wait(LONG)
    desk.ask(question(3), asker=1)
    desk.ask(question(4), asker=1)
    desk.ask(question(4), asker=2)
    last = desk.ask(question(5), asker=1)
    work.may.set()
    assert str(last.found(LONG)) == "5 years"
    assert work.asked == [2, 4, 5]
    assert str(running.found(0)) == "2 years"
    assert str(desk.ask(question(3), asker=1).found(LONG)) == "3 years"


def test_what_goes_wrong_reaches_whoever_asked_and_is_tried_again_the_next_time() -> None:
    tried: list[int] = []

    def fails_once(question: Question, told: Any) -> Any:
        tried.append(question.years)
        if len(tried) == 1:
            raise ZeroDivisionError("our mistake")
        return "well"

    desk = Desk(fails_once)
    with pytest.raises(ZeroDivisionError, match="our mistake"):
        desk.ask(question(2), 1).found(LONG)
    assert str(desk.ask(question(2), 1).found(LONG)) == "well"


def test_answers_are_kept_up_to_a_number_and_the_oldest_goes_first() -> None:
    work = Work()
    desk = Desk(work)
    for years in range(MOST_KEPT + 1):
        desk.ask(question(years), 1).found(LONG)
    desk.ask(question(MOST_KEPT), 1).found(LONG)
    assert len(work.asked) == MOST_KEPT + 1
    desk.ask(question(0), 1).found(LONG)
    assert work.asked[-1] == 0
