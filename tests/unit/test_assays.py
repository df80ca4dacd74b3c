"""Assays: whose factor counts, however the name is spelled, and what is said of those that nobody knows."""

from __future__ import annotations

import pytest

from natalizumab.errors import ModelError
from natalizumab.evidence import value, vocabulary
from natalizumab.pharmacology.assays import assay, words
from natalizumab.record.level_assays import UNNAMED

ALTERNATIVE = value("pk.assay_factor_alternative").value

FACTORS = [
    # written            stated by the caller          name              factor       who says so
    ("Sanquin", {}, "Dutch assay", 1.0, "evidence"),
    ("sanquin  ELISA", {}, "Dutch assay", 1.0, "evidence"),
    ("US assay", {}, "American assay", ALTERNATIVE, "evidence"),
    ("in-house ELISA", {}, "in-house ELISA", 1.0, "unknown"),
    (None, {}, UNNAMED, 1.0, "unknown"),
    ("in-house ELISA", {"In-House elisa": 1.2}, "in-house ELISA", 1.2, "stated"),
    ("Sanquin", {"dutch assay": 1.1}, "Dutch assay", 1.1, "stated"),
    ("American assay", {"US": 1.25}, "American assay", 1.25, "stated"),
    (None, {"unnamed": 1.3}, UNNAMED, 1.3, "stated"),
    ("another", {"in-house ELISA": 1.2}, "another", 1.0, "unknown"),
]


@pytest.mark.parametrize(("written", "stated", "name", "factor", "origin"), FACTORS)
def test_the_callers_factor_comes_first_then_the_evidences(
    written: str | None, stated: dict[str, float], name: str, factor: float, origin: str
) -> None:
    found = assay(written, stated)
    assert (found.name, found.factor, found.origin) == (name, factor, origin)


def test_every_spelling_of_a_name_is_one_assay() -> None:
    assert assay("In-house  ELISA", {}).key == assay("in house elisa", {}).key
    assert assay("Sanquin", {}).key == assay("Dutch assay", {}).key
    assert assay("Sanquin", {}).key != assay("American", {}).key


@pytest.mark.parametrize("factor", [0, -1, float("nan"), float("inf"), 40])
def test_a_factor_that_is_none_is_refused(factor: float) -> None:
    with pytest.raises(ModelError, match="assay factor"):
        assay("in-house ELISA", {"in-house ELISA": factor})


SAID = [
    ("Sanquin", {}, None),
    ("in-house ELISA", {"in-house ELISA": 1.2}, "by the in-house ELISA are divided by 1.2, as was stated"),
    ("in-house ELISA", {"in-house ELISA": 1.0}, None),
    (None, {"unnamed": 1.2}, "Levels without an assay are divided by 1.2, as was stated"),
    ("American assay", {}, "divided by 1.3 (assumed)"),
    ("in-house ELISA", {}, "The assay in-house ELISA is not known here"),
    (None, {}, "No assay is named"),
]


@pytest.mark.parametrize(("written", "stated", "said"), SAID)
def test_what_is_said_of_an_assay(written: str | None, stated: dict[str, float], said: str | None) -> None:
    found = words(assay(written, stated))
    assert (found is None) if said is None else (found is not None and said in found)


def test_each_assay_of_the_vocabulary_names_a_factor_of_the_evidence() -> None:
    for term in vocabulary("level_assays").terms:
        assert 0 < value(term.attributes["factor"]).value < 10
