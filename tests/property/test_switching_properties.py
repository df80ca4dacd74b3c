"""What holds for every record that is asked about a switch, on every date, under every protocol."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.strategies import Plain, days, records

from natalizumab.care import load_protocol
from natalizumab.care.switching import switch
from natalizumab.errors import Refusal
from natalizumab.record import Record

some = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
protocols = st.sampled_from(["eu", "uk", "us"])
drugs = st.sampled_from(["ocrelizumab", "fingolimod", "alemtuzumab", "teriflunomide", "HSCT", "natalizumab"])


@some
@given(records(), days, protocols, drugs)
def test_every_record_has_an_answer_or_a_plain_refusal(plain: Plain, on: date, protocol: str, drug: str) -> None:
    record = Record.from_dict(plain)
    course = record.course(on)
    try:
        found = switch(record, drug, on, load_protocol(protocol)).to_dict()
    except Refusal:
        assert course.started == (drug == "natalizumab"), "refused is only leaving what never began, or coming twice"
        return
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    refs = {event.ref for event in record.events}
    named = [step["done"] for step in found.get("steps", ())] + [w["entry"] for w in found.get("washouts", ())]
    assert {ref for ref in named if ref is not None} <= refs


@some
@given(records(), days, protocols, st.sampled_from(["ocrelizumab", "fingolimod", "alemtuzumab"]))
def test_a_single_window_is_given_only_where_one_side_speaks_and_nothing_grave_stands(
    plain: Plain, on: date, protocol: str, drug: str
) -> None:
    record = Record.from_dict(plain)
    if not record.course(on).started:
        return
    start = switch(record, drug, on, load_protocol(protocol)).to_dict()["start"]
    assert (start["latest"] is None) == (start["why_not"] is not None)
    if start["latest"] is not None:
        assert len(start["sides"]) == 1
        assert start["earliest"] is None or start["earliest"] <= start["latest"]
