"""From an invented person's record to their curve, and what is said about doubtful levels."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from natalizumab import pharmacology
from natalizumab.errors import ModelError
from natalizumab.pharmacology.charts import band_chart
from natalizumab.pharmacology.individualised import Individual, individualise
from natalizumab.record import Record

DOSES = [f"2026-{month:02}-{day:02}" for month, day in ((1, 5), (2, 2), (3, 2), (3, 30), (4, 27), (5, 25))]
ON = date(2026, 6, 15)
RECORD = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": []})


def invented(*levels: dict[str, Any], backwards: bool = False) -> Individual:
    events = [{"kind": "weight", "on": DOSES[0], "kg": 70}]
    events += [{"kind": "dose", "on": day, "dose_mg": 300, "route": "iv"} for day in DOSES]
    events += [{"kind": "concentration", **level} for level in levels]
    events = events[::-1] if backwards else events
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})
    return individualise(record, ON)


def said(found: Individual) -> str:
    return " ".join(found.warnings)


def test_a_level_that_no_plausible_person_has_asks_to_check_the_time_of_the_sample() -> None:
    assert "Check the time of the sample" in said(invented({"on": "2026-05-20", "mg_per_l": 150.0}))


def test_levels_that_need_a_body_as_hardly_anybody_has_are_said_to_disagree_with_the_population() -> None:
    assert "The levels and the population disagree" in said(invented({"on": "2026-05-20", "mg_per_l": 150.0}))
    assert "disagree" not in said(invented({"on": "2026-05-20", "mg_per_l": 22.0}))


def test_a_level_without_a_time_on_the_day_of_a_dose_is_taken_before_it_and_said_so() -> None:
    assert "dated only by day" in said(invented({"on": "2026-05-25", "mg_per_l": 20.0}))


def test_a_level_without_an_assay_is_taken_as_it_stands_and_said_so() -> None:
    assert "No assay is named" in said(invented({"on": "2026-05-20", "mg_per_l": 20.0}))


def test_the_order_of_the_file_changes_nothing() -> None:
    levels = ({"on": "2026-03-30", "mg_per_l": 14.0}, {"on": "2026-05-20", "mg_per_l": 20.0})
    one, other = (invented(*levels, backwards=backwards) for backwards in (False, True))
    assert one.warnings == other.warnings
    predictions = [found.with_levels.predict([168.0]) for found in (one, other)]
    assert predictions[0].p50.tobytes() == predictions[1].p50.tobytes()


def test_what_is_relied_on_leaves_out_levels_that_hardly_anybody_has() -> None:
    usual, odd = {"on": "2026-03-30", "mg_per_l": 14.0}, {"on": "2026-05-20", "mg_per_l": 900.0}
    found = invented(usual, odd)
    assert [(one.level.mg_per_l, one.said) for one in found.unlikely] == [(900, "high")]
    assert [level.mg_per_l for level in found.with_levels.levels] == [14, 900]
    alone = invented(usual)
    assert alone.relied_on is alone.with_levels
    assert found.relied_on.predict([168.0]).p50.tobytes() == alone.with_levels.predict([168.0]).p50.tobytes()


def test_what_is_relied_on_keeps_the_share_of_an_injection_that_arrives() -> None:
    events = [{"kind": "weight", "on": DOSES[0], "kg": 70}]
    events += [{"kind": "dose", "on": day, "dose_mg": 300, "route": "sc"} for day in DOSES]
    events += [{"kind": "concentration", "on": "2026-05-20", "mg_per_l": 900}]
    record = Record.from_dict({"schema": "natalizumab-record/1", "person": {"id": "invented"}, "events": events})
    found = individualise(record, ON, bioavailability=0.6)
    assert found.unlikely
    assert found.relied_on.bioavailability == 0.6


WRONG = [
    (
        ("examples/stable.json", ON),
        "'examples/stable.json' is not a record; read one with natalizumab.record.read_record",
    ),
    ((Path("stable.json"), ON), "is not a record; read one with natalizumab.record.read_record"),
    (({"schema": "natalizumab-record/1"}, ON), "is not a record"),
    ((RECORD, "2026-06-15"), "'2026-06-15' is not a date; give a datetime.date, such as date"),
    ((RECORD, datetime(2026, 6, 15, tzinfo=UTC)), "is not a date"),
    ((RECORD, None), "None is not a date"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_what_is_no_record_or_no_date_is_refused_with_what_is_wanted(given: tuple[Any, Any], said: str) -> None:
    with pytest.raises(ModelError, match=re.escape(said)):
        individualise(*given)


def test_it_is_one_of_the_folders_public_names() -> None:
    assert pharmacology.individualise is individualise
    assert pharmacology.Individual is Individual
    with pytest.raises(AttributeError, match="has no attribute 'individualize'"):
        pharmacology.individualize  # noqa: B018


def test_who_only_simulates_does_not_load_the_record() -> None:
    asked = "import sys, natalizumab.pharmacology; print('natalizumab.record' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout
    assert said == "False\n"


def test_its_chart_is_that_of_the_persons_own_band() -> None:
    found = invented({"on": "2026-05-20", "mg_per_l": 20.0})
    assert found.chart().spec == band_chart(found).spec
    assert found.chart(log=False).spec == band_chart(found, log=False).spec


def test_the_chart_of_levels_that_hardly_anybody_has_says_so() -> None:
    assert invented({"on": "2026-05-20", "mg_per_l": 900.0}).chart().title.endswith(": check the levels first")
    assert invented().chart().title == "Natalizumab concentration of this person"


def test_without_levels_both_curves_are_the_same() -> None:
    found = invented()
    assert found.with_levels is found.without_levels
