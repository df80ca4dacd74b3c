"""Who alone may answer a reason: decided in one place, said by the plan, and kept to by every page that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from tests.spec.spec import Event, Row, Spec, diagnosis, doses, event, jcv, lab, made
from tests.spec.tables import all_specs

from natalizumab.care import RULES, Effect
from natalizumab.care.shape import PlannedReason

POSITIVE = [event("antibody", "2026-02-01", result="positive")]
LASTING = [*POSITIVE, event("antibody", "2026-04-01", result="positive")]
GIVEN = doses("2026-01-10", 5)
HIGH = [jcv("2026-01-05", "positive", 2.0), *doses("2023-06-10", 40)]

TABLE: list[tuple[str, str, Sequence[Event], str, str, str | None]] = [
    # what is so, rule, events, protocol, effect, who answers
    ("high PML risk", "RSK-04", HIGH, "eu", "confirm", "prescriber"),
    ("an interval below the label's", "DOS-11", [*GIVEN, event("interval", "2026-05-10", weeks=3)], "eu", "confirm",
     "prescriber"),
    ("an interval of a restart", "DOS-11", [*GIVEN, event("interval", "2026-05-10", weeks=13)], "eu", "confirm",
     "prescriber"),
    ("a first antibody test positive", "NAB-02", [*GIVEN, *POSITIVE], "eu", "confirm", "prescriber"),
    ("lasting antibodies", "NAB-03", [*GIVEN, *LASTING], "eu", "hold", "prescriber"),
    ("lasting ones, then none", "NAB-03", [*GIVEN, *LASTING, event("antibody", "2026-05-20", result="negative")], "eu",
     "confirm", "prescriber"),
    ("a hold", "CON-04", [*GIVEN, diagnosis("2026-05-20", "HIV")], "eu", "hold", "prescriber"),
    ("a hold that is recalled, so it only asks", "LFT-03", [*GIVEN, lab("2026-05-20", "ALT", 300, upper_limit=40)],
     "eu", "confirm", "prescriber"),
    ("a confirm of a recalled rule", "BAS-04", [], "eu", "confirm", None),
    ("a confirm", "PML-04", [*GIVEN, event("relapse", "2026-05-20")], "eu", "confirm", None),
    ("a stop", "CON-02", [*GIVEN, diagnosis("2026-05-20", "PML")], "eu", "stop", None),
    ("a vaccine that is held", "CON-09", [*GIVEN, event("vaccine", "2026-06-20", name="yellow fever", planned=True)],
     "eu", "hold", "prescriber"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "events", "protocol", "effect", "who"), [row[1:] for row in TABLE],
                         ids=[row[0] for row in TABLE])  # fmt: skip
def test_a_reason_says_who_alone_may_answer_it(
    rule: str, events: Sequence[Event], protocol: str, effect: str, who: str | None
) -> None:
    plan = made(Spec(rule, "", events, []), Row("", "2026-06-02", "", protocol=protocol))
    found = [reason.to_dict() for reason in plan.reasons if reason.rule == rule]
    assert {(reason["effect"], reason["needs"]) for reason in found} == {(effect, who)}


def every_reason() -> Iterator[PlannedReason]:
    """All that the tables of the rules bring up."""
    for spec in all_specs():
        for row in spec.rows:
            yield from made(spec, row).reasons


def test_whoever_says_that_a_prescriber_answers_needs_one_and_no_stop_has_an_answer() -> None:
    said = re.compile(r"\bprescriber (confirms|decides|releases)\b")
    wrong = {reason.text for reason in every_reason() if said.search(reason.text) and not _answered(reason)}
    assert wrong == set()


def _answered(reason: PlannedReason) -> bool:
    return reason.effect is not Effect.STOP and reason.needs == "prescriber"


def test_a_hold_is_a_prescribers_and_a_plain_confirm_anybodys_who_is_entitled() -> None:
    plain = {rule.id for rule in RULES if not rule.prescriber and not any(map(rule.unverified, rule.applies))}
    seen = {(reason.effect, reason.needs) for reason in every_reason() if reason.rule in plain}
    assert seen == {(Effect.CONFIRM, None), (Effect.HOLD, "prescriber"), (Effect.STOP, None)}
