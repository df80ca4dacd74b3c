"""Every thing to do shows the entries of the record that it rests on."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.spec.spec import Event, Row, Spec, diagnosis, dose, event, jcv, lab, made, mri

from natalizumab.care import Effect

FIRST = dose("2026-01-10", id="first")
LAST = dose("2026-02-07", id="last")
STOP = event("stop", "2026-03-01", id="stop")
SUSPICIOUS = mri("2026-02-20", suspicious_for_pml=True, id="scan")
POSITIVE = jcv("2024-01-05", "positive", 1.7, id="test")
AZATHIOPRINE = event("therapy", "2015-01-01", name="azathioprine", until="2016-01-01", id="azathioprine")
EARLIER = event("earlier_treatment", "2026-01-01", first_dose="2024-01-10", doses=20, interval_weeks=4, id="earlier")
NEXT_DRUG = event("therapy", "2026-04-20", name="Ocrevus", planned=True, id="order")

SHOWN: list[tuple[str, str, str, str, Sequence[Event], set[str]]] = [
    # rule, thing to do, date, protocol, events, entries shown
    ("BAS-01", "mri full", "2026-01-05", "eu", [mri("2025-10-04", id="scan")], {"scan"}),
    (
        "BAS-03",
        "full blood count",
        "2026-01-05",
        "eu",
        [lab("2025-03-01", "lymphocytes", 2, "10*9/L"), lab("2025-06-01", "lymphocytes", 2, "10*9/L", id="count")],
        {"count"},
    ),
    (
        "JCV-06",
        "jcv test",
        "2026-02-10",
        "eu",
        [FIRST, LAST, jcv("2026-01-05", "negative", id="before"), jcv("2026-02-09", "positive", 1.7, id="now")],
        {"before", "now"},
    ),
    (
        "LFT-01",
        "liver tests",
        "2026-02-10",
        "eu",
        [FIRST, LAST, lab("2026-01-20", "ALT", 20), lab("2026-02-01", "AST", 20, id="test")],
        {"test"},
    ),
    (
        "LFT-03",
        "liver tests",
        "2026-02-10",
        "eu",
        [
            FIRST,
            LAST,
            lab("2026-02-01", "ALT", 150, upper_limit=40),
            lab("2026-02-03", "ALT", 160, upper_limit=40, id="highest"),
            lab("2026-02-08", "ALT", 100, upper_limit=40, id="last one"),
        ],
        {"highest", "last one"},
    ),
    (
        "PML-03",
        "csf jcv pcr",
        "2026-02-22",
        "eu",
        [FIRST, LAST, SUSPICIOUS, event("csf", "2026-02-21", jcv_pcr="not_detected", id="fluid")],
        {"fluid"},
    ),
    (
        "EDU-01",
        "breast check",
        "2026-02-22",
        "eu",
        [FIRST, LAST, event("selfcheck", "2026-02-20", answers={"breast": "no"}, id="check")],
        {"check"},
    ),
    ("MRI-01", "mri full", "2026-02-10", "eu", [FIRST, LAST], {"first"}),
    (
        "MRI-03",
        "mri abbreviated",
        "2026-02-10",
        "eu",
        [EARLIER, LAST, POSITIVE, AZATHIOPRINE],
        {"earlier", "test", "azathioprine"},
    ),
    (
        "MRI-04",
        "mri abbreviated",
        "2026-02-10",
        "uk",
        [EARLIER, LAST, POSITIVE, mri("2026-01-05", id="scan")],
        {"earlier", "test", "scan"},
    ),
    (
        "MRI-02",
        "mri full",
        "2026-02-20",
        "eu",
        [FIRST, LAST, mri("2026-01-05"), mri("2026-02-10", id="scan")],
        {"scan"},
    ),
    (
        "MRI-06",
        "second reading of the scan",
        "2026-02-20",
        "eu",
        [FIRST, LAST, mri("2026-02-10", suspicious_for_pml=True), SUSPICIOUS],
        {"scan"},
    ),
    ("PML-01", "mri for suspected pml", "2026-02-20", "eu", [FIRST, LAST, SUSPICIOUS], {"scan"}),
    (
        "ARN-01",
        "eye examination",
        "2026-02-20",
        "eu",
        [FIRST, LAST, event("symptom", "2026-02-20", name="red eye", id="eye")],
        {"eye"},
    ),
    (
        "HYP-01",
        "antibody test",
        "2026-02-07",
        "eu",
        [FIRST, LAST, event("reaction", "2026-02-07", features=["hives"], id="hives")],
        {"hives"},
    ),
    (
        "DOS-07",
        "mri full",
        "2026-09-01",
        "eu",
        [FIRST, LAST, mri("2026-03-01", id="older"), mri("2026-04-01", id="scan")],
        {"scan"},
    ),
    ("DOS-09", "antibody test", "2026-06-01", "eu", [FIRST, LAST], {"last"}),
    ("DOS-09", "mri full", "2026-06-01", "eu", [FIRST, LAST], {"last"}),
    ("DOS-09", "blood tests", "2026-06-01", "eu", [FIRST, LAST], {"last"}),
    (
        "CHK-03",
        "submit checklist",
        "2026-02-07",
        "us",
        [FIRST, LAST, event("checklist", "2026-02-07", answers={"other_drug": "no"}, id="asked")],
        {"asked"},
    ),
    ("REV-01", "review", "2026-02-10", "us", [FIRST, LAST], {"first"}),
    ("REV-02", "form continuation", "2026-02-10", "eu", [EARLIER, LAST], {"earlier"}),
    (
        "REV-03",
        "review of benefit",
        "2026-02-10",
        "eu",
        [EARLIER, LAST, event("relapse", "2026-01-20", id="relapse")],
        {"relapse"},
    ),
    (
        "PPR-01",
        "neonatal blood count",
        "2026-02-10",
        "eu",
        [FIRST, LAST, event("pregnancy", "2026-02-01", gestation_weeks=30, id="pregnancy")],
        {"pregnancy", "first", "last"},
    ),
    ("STP-01", "mri abbreviated", "2026-03-01", "eu", [FIRST, LAST, STOP], {"last", "stop"}),
    ("STP-01", "symptom watch", "2026-03-01", "eu", [FIRST, LAST, STOP], {"last", "stop"}),
    (
        "STP-03",
        "mri abbreviated",
        "2026-03-01",
        "eu",
        [FIRST, LAST, STOP, POSITIVE, NEXT_DRUG],
        {"test", "last", "stop", "order"},
    ),
    ("STP-03", "csf jcv pcr", "2026-03-01", "eu", [FIRST, LAST, STOP, POSITIVE], {"test", "last", "stop"}),
    (
        "SWI-02",
        "full blood count",
        "2026-01-05",
        "eu",
        [
            event("therapy", "2024-01-01", name="Gilenya", until="2025-11-01", id="drug"),
            lab("2025-12-01", "lymphocytes", 0.5, "10*9/L"),
            lab("2025-12-20", "lymphocytes", 0.6, "10*9/L", id="count"),
        ],
        {"drug", "count"},
    ),
    (
        "STP-04",
        "mri abbreviated",
        "2026-08-01",
        "eu",
        [FIRST, LAST, STOP, event("therapy", "2026-04-20", name="Ocrevus", id="next"), mri("2026-07-20", id="scan")],
        {"next", "scan"},
    ),
    (
        "STP-04",
        "mri abbreviated",
        "2026-08-01",
        "eu",
        [FIRST, LAST, STOP, event("therapy", "2026-04-20", name="Ocrevus", id="next"), mri("2026-04-20")],
        {"next"},
    ),
    ("EDU-02", "ask about warning signs", "2026-03-01", "eu", [FIRST, LAST, STOP], {"last"}),
    (
        "CAN-01",
        "urgent assessment",
        "2026-02-20",
        "eu",
        [FIRST, LAST, event("symptom", "2026-02-20", name="breast lump", id="lump")],
        {"lump"},
    ),
    (
        "GCN-01",
        "csf jcv pcr",
        "2026-02-20",
        "eu",
        [FIRST, LAST, diagnosis("2026-02-20", "GCN", "suspected", id="gcn")],
        {"gcn"},
    ),
]


@pytest.mark.parametrize(
    ("rule", "action", "on", "protocol", "events", "entries"), SHOWN, ids=[f"{row[0]}: {row[1]}" for row in SHOWN]
)
def test_a_thing_to_do_shows_the_entries_that_it_rests_on(
    rule: str, action: str, on: str, protocol: str, events: Sequence[Event], entries: set[str]
) -> None:
    plan = made(Spec(rule, "", events, []), Row("", on, "", protocol=protocol))
    found = next(item for item in plan.items if (item.rule, item.action) == (rule, action))
    assert set(found.facts) == entries
    assert len(found.because) == len(entries)


def hiv(on: str, result: str, **fields: object) -> Event:
    """A test for HIV."""
    return event("serology", on, test="HIV", result=result, **fields)


@pytest.mark.parametrize(
    ("tests", "entries"),
    [
        ([hiv("2026-01-20", "pending"), hiv("2026-01-25", "repeat", id="last")], {"last"}),
        ([hiv("2026-01-20", "positive"), hiv("2026-01-25", "positive", id="last")], {"last"}),
        (
            [
                hiv("2026-01-20", "positive"),
                hiv("2026-01-25", "positive", id="positive"),
                hiv("2026-01-28", "negative", id="last"),
            ],
            {"positive", "last"},
        ),
    ],
)
def test_of_several_tests_for_hiv_those_are_shown_that_count(tests: list[Event], entries: set[str]) -> None:
    plan = made(Spec("CON-04", "", [FIRST, *tests], []), Row("", "2026-02-01", ""))
    assert [set(reason.facts) for reason in plan.reasons if reason.rule == "CON-04"] == [entries]


def test_bleeding_with_low_platelets_shows_the_signs_and_the_last_count() -> None:
    events = [
        FIRST,
        LAST,
        event("symptom", "2026-02-18", name="bruises", id="bruises"),
        lab("2026-02-18", "platelets", 80, "10*9/L"),
        lab("2026-02-19", "platelets", 90, "10*9/L", id="count"),
    ]
    plan = made(Spec("FBC-01", "", events, []), Row("", "2026-02-20", ""))
    held = next(reason for reason in plan.reasons if reason.rule == "FBC-01" and reason.effect is Effect.HOLD)
    assert set(held.facts) == {"bruises", "count"}


def test_a_repeat_says_from_when_it_is_valid_only_while_that_lies_ahead_or_after_its_day() -> None:
    """Plasma exchange makes samples invalid for 14 days; the repeat of a negative test is due on 2026-07-20."""
    tested = [FIRST, LAST, jcv("2026-01-20", "negative")]
    for exchange, on, not_before in (
        ("2026-07-01", "2026-07-14", "2026-07-15"),
        ("2026-07-01", "2026-07-15", None),
        ("2026-07-06", "2026-07-20", None),
        ("2026-07-07", "2026-07-21", "2026-07-21"),
    ):
        events = [*tested, event("procedure", exchange, name="plasma exchange")]
        plan = made(Spec("JCV-01", "", events, []), Row("", on, ""))
        (repeat,) = (item for item in plan.to_dict()["items"] if item["rule"] == "JCV-01")
        assert (repeat["due"], repeat["not_before"]) == ("2026-07-20", not_before)
