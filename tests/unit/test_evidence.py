"""The evidence files: every number is complete and cited, is the one that was published, and keeps its status."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from natalizumab.errors import EvidenceError
from natalizumab.evidence import STATUSES, reader, source, sources, value, values, vocabulary, weakest

VOCABULARIES = (
    "assays dangers diagnoses features forms level_assays procedures "
    "serology_tests substances symptoms therapies vaccines"
).split()
KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+")
UNITS = {
    *("1", "%", "%/year", "1/1000", "1/1000/year", "1/year", "1/day", "percentage points"),
    *("h", "min", "day", "week", "month", "year"),
    *("mg", "kg", "mmol", "mL", "L", "L/day", "mL/h", "mg/day", "mg/min", "mg/mL", "mg/L", "ng/mL"),
    *("U/L", "g/L", "umol/L", "10*9/L", "times upper limit"),
}

# --- Complete, and cited both ways ---


def test_every_value_says_what_it_is_and_in_which_unit() -> None:
    assert [v.key for v in values() if not KEY.fullmatch(v.key)] == []
    assert [v.key for v in values() if v.unit not in UNITS] == []
    assert [v.key for v in values() if v.status not in STATUSES] == []
    assert [v.key for v in values() if not v.sources] == []
    assert [v.key for v in values() if not re.fullmatch(r".{9,}\.", v.about)] == []
    assert [v.key for v in values() if v.note and not v.note.endswith(".")] == []


def test_every_value_lies_within_its_interval() -> None:
    with_interval = [(v.key, v.interval[0], v.value, v.interval[1]) for v in values() if v.interval]
    assert len(with_interval) > 50
    assert [key for key, low, middle, high in with_interval if not low <= middle <= high or low == high] == []


def test_what_is_assumed_is_ours_and_what_was_seen_is_not() -> None:
    assert [v.key for v in values() if v.status == "assumed" and "design" not in v.sources] == []
    assert [v.key for v in values() if v.status in ("primary", "secondary") and "design" in v.sources] == []


def test_what_is_recalled_names_the_document_to_check_it_against() -> None:
    assert [v.key for v in values() if v.status == "recalled" and not set(v.sources) - {"design"}] == []


def test_the_first_word_of_a_key_names_its_file() -> None:
    data = Path(str(reader._DATA))
    for found in values():
        assert (data / f"{found.key.partition('.')[0]}.toml").is_file()


def citations() -> Iterator[str]:
    """Every key that a value, a term of a vocabulary or a rule cites."""
    from natalizumab.care.table import RULES

    for found in values():
        yield from found.sources
    for name in VOCABULARIES:
        for term in vocabulary(name).terms:
            yield from term.attributes.get("source", ())
    for rule in RULES:
        yield from (cited.key for cited in rule.source)


def test_every_citation_resolves_and_every_source_is_cited() -> None:
    cited, known = set(citations()), {s.key for s in sources()}
    assert cited - known == set()
    assert known - cited == set()


def test_every_source_is_a_paper_or_a_document_and_never_an_address() -> None:
    assert [s.key for s in sources() if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", s.key)] == []
    assert [s.key for s in sources() if len(s.citation) < 20] == []
    assert [s.key for s in sources() if re.search(r"https?:|www\.|github", f"{s.citation} {s.where}")] == []
    assert [s.key for s in sources() if not re.fullmatch(r"(S\d+[a-z]?)?", s.ref)] == []


# --- Transcribed correctly: each table below was typed a second time, from the evidence notes ---

EU_MONTHS = ("m01_12", "m13_24", "m25_36", "m37_48", "m49_60", "m61_72")
EU_COLUMNS = ("no_index", "low", "middle", "high", "prior_immunosuppressant")
EU_ROWS = """
0.1 0.1 0.1 0.2 0.3
0.6 0.1 0.3 0.9 0.4
2   0.2 0.8 3   4
4   0.4 2   7   8
5   0.5 2   8   8
6   0.6 3   10  6
"""
EU_CUMULATIVE_COLUMNS = ("low", "middle", "high", "prior_immunosuppressant", "no_index")
EU_CUMULATIVE_ROWS = """
0.1 0.1 0.2  0.3  0.1
0.2 0.4 1.1  0.7  0.7
0.4 1.2 4.1  4.7  2.7
0.8 3.2 11.1 12.7 6.7
1.3 5.2 19.0 20.6 11.7
1.9 8.2 28.8 26.4 17.6
"""
EU_CONFIRMED = {"high.m01_12", "high.m13_24", "high.m25_36", "high.m61_72", "low.m25_36"}


def grid(text: str) -> list[list[float]]:
    return [[float(word) for word in line.split()] for line in text.strip().splitlines()]


def test_the_eu_table_is_the_one_in_the_notes_cell_by_cell() -> None:
    for month, row in zip(EU_MONTHS, grid(EU_ROWS), strict=True):
        for column, expected in zip(EU_COLUMNS, row, strict=True):
            assert value(f"pml.eu.{column}.{month}").value == expected
    assert value("pml.eu.negative.all").value == 0.1
    assert len(values("pml.eu")) == 31


def test_chaining_the_cells_gives_the_cumulative_table_of_the_notes() -> None:
    for number, row in enumerate(grid(EU_CUMULATIVE_ROWS), start=1):
        for column, expected in zip(EU_CUMULATIVE_COLUMNS, row, strict=True):
            cells = [value(f"pml.eu.{column}.{month}").value for month in EU_MONTHS[:number]]
            chained = 1000 * (1 - math.prod(1 - cell / 1000 for cell in cells))
            assert round(chained, 1) == pytest.approx(expected), (column, number)


def test_only_the_confirmed_cells_of_the_eu_table_are_more_than_recalled() -> None:
    statuses = {v.key.removeprefix("pml.eu."): v.status for v in values("pml.eu")}
    assert {key for key, status in statuses.items() if status != "recalled"} == EU_CONFIRMED
    assert {statuses[key] for key in EU_CONFIRMED} == {"secondary"}
    assert "0.3" in value("pml.eu.middle.m25_36").note


ALTERNATIVES = """
ho_2017.negative.all                                   0.07  -    -    primary
ho_2017.low.year_1                                     0.01  0    0.03 recalled
ho_2017.low.year_6                                     0.6   0    1.5  recalled
ho_2017.middle.year_1                                  0.1   0    0.2  recalled
ho_2017.middle.year_6                                  3     0.2  5.8  recalled
ho_2017.high.year_1                                    0.2   0    0.5  recalled
ho_2017.high.year_6                                    10    5.6  14.4 recalled
bloomgren_2012.no_prior_immunosuppressant.m01_24       0.56  0.36 0.83 primary
bloomgren_2012.no_prior_immunosuppressant.m25_48       4.6   3.7  5.6  primary
bloomgren_2012.prior_immunosuppressant.m01_24          1.6   0.91 2.6  primary
bloomgren_2012.prior_immunosuppressant.m25_48          11.1  8.3  14.5 primary
biogen_2013.negative.all                               0.1   -    -    primary
biogen_2013.no_prior_immunosuppressant.m01_24          0.70  -    -    primary
biogen_2013.no_prior_immunosuppressant.m25_48          5.3   -    -    primary
biogen_2013.no_prior_immunosuppressant.m49_72          6.1   -    -    primary
biogen_2013.prior_immunosuppressant.m01_24             1.8   -    -    primary
biogen_2013.prior_immunosuppressant.m25_48             11.2  -    -    primary
kuesters_2015.low_or_middle.m01_24                     0.2   -    -    primary
kuesters_2015.low_or_middle.m25_48                     1.1   -    -    primary
kuesters_2015.low_or_middle.m49_72                     1.4   -    -    primary
kuesters_2015.high.m01_24                              1.2   -    -    primary
kuesters_2015.high.m25_48                              8.8   -    -    primary
kuesters_2015.high.m49_72                              10.1  -    -    primary
kuesters_2015.no_index.m01_24                          1     -    -    primary
kuesters_2015.no_index.m25_48                          3     -    -    primary
kuesters_2015.no_index.m49_72                          6     -    -    primary
kuesters_2015.prior_immunosuppressant.m01_24           6     -    -    primary
kuesters_2015.prior_immunosuppressant.m25_48           12    -    -    primary
kuesters_2015.prior_immunosuppressant.m49_72           13    -    -    primary
kuesters_2015.negative_no_prior_immunosuppressant.m01_24 0.02 -   -    primary
kuesters_2015.negative_no_prior_immunosuppressant.m25_on 0.2  -   -    primary
kuesters_2015.negative_prior_immunosuppressant.m01_24  0.06  -    -    primary
kuesters_2015.negative_prior_immunosuppressant.m25_on  0.9   -    -    primary
mcguigan_2016.negative.all                             0.1   -    -    secondary
mcguigan_2016.low_or_middle.all                        0.17  -    -    secondary
mcguigan_2016.high.all                                 1.17  -    -    secondary
mcguigan_2016.high.m25_48                              8.85  -    -    secondary
us_label.no_prior_immunosuppressant.m01_24             1     -    -    recalled
us_label.no_prior_immunosuppressant.m25_48             2     -    -    recalled
us_label.no_prior_immunosuppressant.m49_72             4     -    -    recalled
us_label.no_prior_immunosuppressant.m73_96             2     -    -    recalled
us_label.prior_immunosuppressant.m01_24                1     -    -    recalled
us_label.prior_immunosuppressant.m25_48                6     -    -    recalled
us_label.prior_immunosuppressant.m49_72                7     -    -    recalled
us_label.prior_immunosuppressant.m73_96                6     -    -    recalled
us_label.negative.all                                  0.1   -    -    recalled
aan_2018.low.m25_36                                    0.2   -    -    secondary
aan_2018.middle.m25_36                                 0.3   -    -    secondary
aan_2018.high.m25_36                                   3     -    -    secondary
sorensen_2012.duration_only.m01_11                     0.04  0.01 0.11 primary
sorensen_2012.duration_only.m13_24                     0.56  0.39 0.78 primary
sorensen_2012.duration_only.m25_36                     1.99  1.59 2.45 primary
sorensen_2012.negative.all                             0.11  0    0.59 primary
sorensen_2012.positive.all                             2.16  1.40 3.18 primary
top_2020.all_people.all                                2.03  1.55 2.66 primary
top_2020.all_people.m01_36                             1.08  0.67 1.73 primary
top_2020.all_people.m37_on                             3.52  2.54 4.88 primary
biogen_2017.all_people.all                             4.19  3.89 4.49 primary
"""


def test_every_other_risk_model_is_the_one_in_the_notes_row_by_row() -> None:
    rows = [line.split() for line in ALTERNATIVES.strip().splitlines()]
    assert {v.key.removeprefix("pml.alternatives.") for v in values("pml.alternatives")} == {row[0] for row in rows}
    for key, expected, low, high, status in rows:
        found = value(f"pml.alternatives.{key}")
        assert found.value == float(expected), key
        assert found.interval == (None if low == "-" else (float(low), float(high))), key
        assert found.status == status, key


def test_a_risk_figure_speaks_about_the_months_and_people_of_its_key() -> None:
    allowed = {
        "jcv": {"positive", "negative"},
        "prior_immunosuppressant": {"yes", "no"},
        "band": {"low", "middle", "high", "low_or_middle", "none"},
    }
    for found in values("pml.alternatives"):
        for name, word in found.match.items():
            assert name in ("from_month", "to_month") or word in allowed[name], found.key
        months = re.fullmatch(r"m(\d+)_(\d+|on)", found.key.rpartition(".")[2])
        if months:
            assert found.match["from_month"] == int(months[1])
            assert found.match.get("to_month") == (None if months[2] == "on" else int(months[2]))
        if ".negative" in found.key:
            assert found.match["jcv"] == "negative"


def test_the_suspicious_value_of_a_secondary_table_is_flagged() -> None:
    assert "Suspect" in value("pml.alternatives.kuesters_2015.prior_immunosuppressant.m01_24").note


POPULATION_MODEL = """
pk.cl           0.164 0.155 0.173
pk.vc           3.48  3.25  3.76
pk.vp           3.48  2.98  3.95
pk.q            0.4   -     -
pk.vmax         2.86  2.52  3.20
pk.km           0.875 0.11  1.55
pk.weight_on_cl 0.60  0.44  0.76
pk.weight_on_vc 0.26  0.01  0.48
pk.residual     21.9  21.0  22.9
pk.cv_cl        22.8  -     -
pk.cv_vp        31.5  -     -
pk.cv_vmax      26    -     -
"""


def test_the_population_model_is_the_one_in_the_notes_and_secondary_throughout() -> None:
    for line in POPULATION_MODEL.strip().splitlines():
        key, expected, low, high = line.split()
        found = value(key)
        assert found.value == float(expected)
        assert found.interval == (None if low == "-" else (float(low), float(high)))
        assert (found.status, found.sources) == ("secondary", ("vandenberg-2025",))


OTHER_NUMBERS = [
    ("pk.reference_weight", 75, "kg", "assumed"),
    ("pk.sc_bioavailability", 0.84, "1", "primary"),
    ("pk.sc_bioavailability_alternative", 0.60, "1", "derived"),
    ("pk.sc_lag", 3, "h", "primary"),
    ("pk.ka", 0.25, "1/day", "derived"),
    ("pk.target_trough", 2, "mg/L", "primary"),
    ("saturation.e0", 0, "%", "derived"),
    ("saturation.emax", 95, "%", "derived"),
    ("saturation.ec50", 1.7, "mg/L", "derived"),
    ("saturation.h", 1, "1", "derived"),
    ("ada.clearance_factor", 2.45, "1", "primary"),
    ("ada.clearance_factor_alternative", 3, "1", "primary"),
    ("ada.persistent_share", 6, "%", "primary"),
    ("ada.transient_share", 3, "%", "primary"),
    ("label.cl", 6.08, "mL/h", "primary"),
    ("label.vss", 5.96, "L", "primary"),
    ("label.half_life", 28.2, "day", "primary"),
    ("eid.reduction.primary", 94, "%", "primary"),
    ("eid.reduction.secondary", 88, "%", "primary"),
    ("eid.hazard_ratio.primary", 0.06, "1", "primary"),
    ("eid.hazard_ratio.secondary", 0.12, "1", "primary"),
    ("eid.nova.new_lesions_ratio", 4.24, "1", "recalled"),
    ("serology.index.low_max", 0.9, "1", "recalled"),
    ("serology.index.high_above", 1.5, "1", "recalled"),
    ("serology.stratify.negative_below", 0.20, "1", "primary"),
    ("serology.stratify.positive_above", 0.40, "1", "primary"),
    ("serology.invalid_after.plasma_exchange", 14, "day", "primary"),
    ("serology.invalid_after.immunoglobulin", 6, "month", "primary"),
    ("serology.band_change_on_repeat", 16, "%", "primary"),
    ("serology.immunowell.stratify_negatives_positive_uk", 47.6, "%", "primary"),
    ("aesi.liver.hold_from", 5, "times upper limit", "recalled"),
    ("aesi.hypersensitivity.share", 4, "%", "primary"),
    ("switching.to.teriflunomide", 3.5, "month", "secondary"),
]


@pytest.mark.parametrize(("key", "expected", "unit", "status"), OTHER_NUMBERS)
def test_a_number_that_others_rest_on_is_the_one_in_the_notes(
    key: str, expected: float, unit: str, status: str
) -> None:
    found = value(key)
    assert (found.value, found.unit, found.status) == (expected, unit, status)


def test_the_sensitivity_sets_are_those_in_the_notes() -> None:
    expected = {"a": [0, 92, 1.5, 1.3], "b": [0, 96, 1.7, 0.8], "c": [17.7, 77.5, 2.5, 1], "d": [0, 95, 2.5, 1]}
    for name, numbers in expected.items():
        assert [v.value for v in values(f"saturation.sensitivity.{name}")] == numbers


def test_the_labels_half_life_follows_from_its_volume_and_clearance() -> None:
    litres_per_day = value("label.cl").value * 24 / 1000
    assert value("label.half_life").value == pytest.approx(
        math.log(2) * value("label.vss").value / litres_per_day, abs=0.15
    )


# --- The reader ---


@pytest.mark.parametrize("key", ["pk.nothing", "nothing.at.all", "pk", ""])
def test_an_unknown_key_is_refused_by_name(key: str) -> None:
    with pytest.raises(EvidenceError, match=re.escape(repr(key))):
        value(key)


def test_an_unknown_source_is_refused_by_name() -> None:
    with pytest.raises(EvidenceError, match="'nobody-1999'"):
        source("nobody-1999")


def test_a_prefix_gives_whole_words_only() -> None:
    keys = {v.key for v in values("eid.nova")}
    assert "eid.nova.people_6_weekly" in keys
    assert values("eid.nov") == ()
    assert values("pk.cl") == (value("pk.cl"),)


@pytest.mark.parametrize("missing", ["unit", "status", "source"])
def test_a_value_without_a_part_is_refused_with_the_parts_name(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"value": "1", "unit": '"kg"', "status": '"primary"', "source": '["a-paper"]'}
    lines = "\n".join(f"{name} = {text}" for name, text in parts.items() if name != missing)
    (tmp_path / "broken.toml").write_text(f"[broken.one]\n{lines}\n", encoding="utf-8")
    monkeypatch.setattr(reader, "_DATA", tmp_path)
    reader._file.cache_clear()
    try:
        with pytest.raises(EvidenceError, match=rf"broken.toml: broken.one lacks {missing}"):
            value("broken.one")
    finally:
        reader._file.cache_clear()


def test_a_status_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.toml").write_text(
        '[broken.one]\nvalue = 1\nunit = "kg"\nstatus = "certain"\nsource = ["a-paper"]\n', encoding="utf-8"
    )
    monkeypatch.setattr(reader, "_DATA", tmp_path)
    reader._file.cache_clear()
    try:
        with pytest.raises(EvidenceError, match="broken.one: status 'certain' is not one of primary, secondary"):
            value("broken.one")
    finally:
        reader._file.cache_clear()


def test_a_bare_number_in_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.toml").write_text("[broken]\none = 1\n", encoding="utf-8")
    monkeypatch.setattr(reader, "_DATA", tmp_path)
    reader._file.cache_clear()
    try:
        with pytest.raises(EvidenceError, match=r"broken\.one stands alone"):
            value("broken.one")
    finally:
        reader._file.cache_clear()


def test_the_weakest_status_is_the_one_that_rests_on_least() -> None:
    assert weakest("primary", "derived", "secondary") == "derived"
    assert weakest("assumed", "recalled") == "recalled"
    assert weakest("primary") == "primary"


@pytest.mark.parametrize("statuses", [(), ("certain",), ("primary", "RECALL")])
def test_a_status_that_does_not_exist_is_refused(statuses: tuple[str, ...]) -> None:
    with pytest.raises(EvidenceError, match="primary, secondary, derived, assumed, recalled"):
        weakest(*statuses)
