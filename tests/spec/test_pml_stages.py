"""The PML risk at every stage of treatment: the published table's columns, and what adds up, for one person."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest
from tests.spec.test_pml_risk import COLUMNS, EPOCHS, PEOPLE, in_month

from natalizumab.care import load_protocol
from natalizumab.care.case import Case
from natalizumab.care.pml_stages import Stages, pml_stages
from natalizumab.record import Record


def stages(name: str) -> tuple[Stages, ...]:
    events = [*PEOPLE[name], *in_month(30)]
    told = {"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events}
    course = Record.from_json(json.dumps(told).encode()).course(date(2026, 11, 2))
    return pml_stages(Case(course, load_protocol("eu")))


@pytest.mark.parametrize("name", COLUMNS)
def test_each_stage_is_a_cell_and_what_adds_up_to_its_end(name: str) -> None:
    first = stages(name)[0]
    assert [(stage.first, stage.last) for stage in first.stages] == EPOCHS
    assert [stage.cell.value for stage in first.stages] == pytest.approx(list(COLUMNS[name]))
    for place, stage in enumerate(first.stages, start=1):
        free = math.prod(1 - cell / 1000 for cell in COLUMNS[name][:place])
        assert stage.cumulative_per_1000 == pytest.approx(1000 * (1 - free))


def test_with_a_prior_immunosuppressant_both_columns_stand_side_by_side() -> None:
    prior, without = stages("azathioprine, index 0.9")
    assert "prior immunosuppressant" in prior.words
    assert [stage.cell.value for stage in without.stages] == pytest.approx(list(COLUMNS["index 0.9"]))
    assert len(stages("index 0.9")) == 1
