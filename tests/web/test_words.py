"""Do the pages say in plain words what the core says in keys?"""

from __future__ import annotations

import pytest
from django.template import Context, Template

from natalizumab.care import RULES
from natalizumab.clinic.event_words import details
from natalizumab.clinic.pictogram import pictogram
from natalizumab.clinic.words import EMERGENCIES, KINDS, due_kind
from natalizumab.record import KINDS as RECORD_KINDS


def rendered(expression: str, **context: object) -> str:
    return Template(f"{{{{ {expression} }}}}").render(Context(context))


@pytest.mark.parametrize(
    ("expression", "value", "said"),
    [
        ("value|sentence", "overdue since 2026-09-01.", "Overdue since 1 Sep 2026."),
        ("value|day", "2026-11-02", "2 November 2026"),
        ("value|number", 3.0, "3"),
        ("value|number", 0.1, "0.1"),
        ("value|one_in", 0.1, "1 in 10,000"),
        ("value|one_in", 3.0, "1 in 333"),
        ("value|percent", 0.784, "78 %"),
        ("value|chance", 0.784, "78\N{NO-BREAK SPACE}%"),
        ("value|chance", 0.0, "less than 1\N{NO-BREAK SPACE}%"),
        ("value|chance", 0.0099, "less than 1\N{NO-BREAK SPACE}%"),
        ("value|chance", 0.01, "1\N{NO-BREAK SPACE}%"),
        ("value|chance", 0.99, "99\N{NO-BREAK SPACE}%"),
        ("value|chance", 1.0, "more than 99\N{NO-BREAK SPACE}%"),
        ("value|short_chance|safe", 0.9999, ">99\N{NO-BREAK SPACE}%"),
        ("value|short_chance|safe", 0.0001, "<1\N{NO-BREAK SPACE}%"),
        ("value|reached|safe", 0.8999, "89\N{NO-BREAK SPACE}%"),
        ("value|reached|safe", 0.9, "90\N{NO-BREAK SPACE}%"),
        ("value|reached|safe", 0.9999, ">99\N{NO-BREAK SPACE}%"),
        ("value|concentration", 24.4, "24"),
        ("value|concentration", 9.96, "10"),
        ("value|concentration", 4.14, "4.1"),
        ("value|concentration", 0.1, "0.1"),
        ("value|concentration|safe", 0.099, "<0.1"),
        ("value|route_word", None, ""),
        ("value|model_word", "ho_2017", "Ho 2017"),
    ],
)
def test_a_value_is_written_as_one_reads_it(expression: str, value: object, said: str) -> None:
    assert rendered(expression, value=value) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"kind": "dose", "dose_mg": 300, "route": "iv", "minutes": 60}, "300 mg, intravenous, over 60 minutes"),
        ({"kind": "mri", "protocol": "full", "gd": 0, "new_t2": 1}, "full, 1 new T2, 0 enhancing"),
        ({"kind": "mri", "protocol": "abbreviated", "suspicious_for_pml": True}, "abbreviated, suspicious for PML"),
        ({"kind": "jcv", "result": "positive", "index": 1.2, "assay": "STRATIFY"}, "positive, index 1.2, STRATIFY"),
        (
            {"kind": "reaction", "features": ["rash"], "grade": 1, "minutes": 9},
            "rash, grade 1, 9 minutes after the start",
        ),
        ({"kind": "csf", "jcv_pcr": "not_detected"}, "JC virus PCR not detected"),
        ({"kind": "selfcheck", "answers": {"skin": "no", "mood": "yes"}}, "yes to mood"),
        ({"kind": "selfcheck", "answers": {"skin": "no", "mood": "no"}}, "no to all 2 questions"),
        (
            {"kind": "lab", "test": "ALT", "value": 22, "unit": "U/L", "upper_limit": 45},
            "ALT 22 U/L, upper limit 45",
        ),
    ],
)
def test_an_entry_is_said_in_one_line(event: dict[str, object], said: str) -> None:
    assert details(event) == said


def test_every_kind_of_event_has_a_heading() -> None:
    assert set(RECORD_KINDS) <= set(KINDS)


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("mri full", "mri"),
        ("second reading of the scan", "mri"),
        ("jcv test", "jcv"),
        ("liver tests", "labs"),
        ("form initiation", "form"),
        ("spinal fluid for infection", "csf"),
        ("eye examination", "examination"),
        ("biopsy discussed", "examination"),
        ("urgent assessment", "examination"),
        ("review of benefit", "review"),
        ("vzv antibodies", "tests"),
        ("stool test", "tests"),
        ("infection tests", "tests"),
        ("submit checklist", "checklist"),
        ("ring", "other"),
    ],
)
def test_an_action_belongs_to_one_kind(action: str, kind: str) -> None:
    assert due_kind(action) == kind


def test_every_rule_that_leads_the_worklist_is_a_rule() -> None:
    assert set(EMERGENCIES) <= {rule.id for rule in RULES}
    assert len(set(EMERGENCIES)) == len(EMERGENCIES)


@pytest.mark.parametrize(
    ("per_1000", "whole", "part"), [(0.1, 0, True), (3.0, 3, False), (26.4, 26, True), (0.0, 0, False)]
)
def test_a_figure_is_shown_as_whole_people_and_a_ring_for_the_rest(per_1000: float, whole: int, part: bool) -> None:
    dots = pictogram(per_1000)
    assert (len(dots.whole), dots.part is not None) == (whole, part)


def test_a_row_of_the_pictogram_holds_forty_people() -> None:
    dots = pictogram(41.0).whole
    assert (dots[39].y, dots[40].y) == (5, 15)
    assert dots[40].x == dots[0].x
