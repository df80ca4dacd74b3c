"""What was measured, and what is no measurement."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from natalizumab.errors import ModelError
from natalizumab.pharmacology.levels import AntibodyResult, Level


def test_the_factor_of_an_assay_brings_a_level_to_the_models_scale() -> None:
    assert Level(28, 13.0, factor=1.3).on_the_models_scale == pytest.approx(10)
    assert Level(28, 2.0).on_the_models_scale == 2.0


def test_a_limit_of_quantification_is_scaled_like_a_level() -> None:
    assert Level(28, 0.5, below=True, factor=2).on_the_models_scale == 0.25


REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Level(28, 0), "write the limit of quantification as mg_per_l"),
    (lambda: Level(28, 0, below=True), "0 mg/L is no limit of quantification"),
    (lambda: Level(28, -3), "-3 mg/L is outside 0 to 5000 mg/L"),
    (lambda: Level(28, 14_200), "14200 mg/L is outside"),
    (lambda: Level(28, math.nan), "nan mg/L is outside"),
    (lambda: Level(28, math.inf), "inf mg/L is outside"),
    (lambda: Level(math.nan, 3), "level: day nan is not within"),
    (lambda: Level(math.inf, 3), "level: day inf is not within"),
    (lambda: Level(28, 3, factor=0), "assay factor: 0 must be above 0 and at most 10"),
    (lambda: Level(28, 3, factor=-1), "assay factor: -1 must be above 0"),
    (lambda: Level(28, 3, factor=1000), "assay factor: 1000 must be"),
    (lambda: Level(28, 3, factor=math.nan), "assay factor: nan must be"),
    (lambda: AntibodyResult(math.nan, positive=True), "antibody result: day nan is not within"),
]


@pytest.mark.parametrize(("make", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_is_no_measurement_is_refused_in_plain_words(make: Callable[[], object], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        make()
