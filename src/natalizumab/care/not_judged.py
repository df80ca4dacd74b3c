"""What no rule judges (REC-07): a result of a test that no list knows.

A plan that can't judge an entry must not pass over it: a clinician decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from natalizumab.care.case import Case
from natalizumab.care.conditions import meaning
from natalizumab.care.findings import Reason
from natalizumab.care.pregnancy import is_pregnancy_test
from natalizumab.care.protocol import Protocol
from natalizumab.evidence import vocabulary
from natalizumab.record import Course, Serology


def rec_07(case: Case, p: Protocol) -> Iterator[Reason]:
    """The last result of each test that no list knows, unless it is plainly negative: a clinician decides."""
    for result in case.course.once(_unlisted) if case.all(Serology) else ():
        if meaning(result) != "negative":
            text = (
                f"A clinician decides: {result.test} {result.result} (entry of {result.day}). "
                "No list here knows this test."
            )
            yield Reason(text, [result])


def _unlisted(course: Course) -> list[Serology]:
    """The last result of each test that no list knows."""
    known = vocabulary("serology_tests")
    last = {result.test.strip().casefold(): result for result in course.all(Serology)}
    return [one for one in last.values() if known.find(one.test) is None and not is_pregnancy_test(one)]
