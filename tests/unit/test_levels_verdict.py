"""The verdict on a clinic's levels: its thresholds, and what all groups together say."""

from __future__ import annotations

import math
from typing import Any

import pytest

from natalizumab.pharmacology.estimates import Estimate
from natalizumab.pharmacology.verdict import Answer, Signs, Verdict, overall_verdict, verdict

FITS = Estimate(1.0, 0.9, 1.1)
SPREAD = Estimate(1.0, 0.9, 1.15)


def signs(factor: Estimate = FITS, sure: Estimate | None = None, **more: Any) -> Signs:
    """Signs of a fit, unless said otherwise."""
    usual: dict[str, Any] = {"people": 40, "levels": 40, "spread": SPREAD, "extreme": 0, "in_use": 1.0, "route": "iv"}
    return Signs(factor=factor, sure=sure or factor, **(usual | more))


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        (signs(), "fits"),
        (signs(people=8), "fits"),
        (signs(people=7), "too few levels to say"),
        (signs(Estimate(1.08, 1.02, 1.14)), "fits"),
        (signs(Estimate(1.14, 1.02, 1.26)), "biased"),
        (signs(Estimate(1.14, 1.02, 1.26), Estimate(1.14, 0.98, 1.3)), "too few levels to say"),
        (signs(Estimate(1.0, 0.9, 1.31)), "too few levels to say"),
        (signs(Estimate(1.0, 0.76, 1.1)), "too few levels to say"),
        (signs(Estimate(1.0, 0.78, 1.1)), "fits"),
        (signs(Estimate(2.2, 1.9, 2.5)), "biased"),
        (signs(Estimate(2.2, 2.1, 2.5), Estimate(2.2, 1.9, 2.7)), "biased"),
        (signs(Estimate(0.8, 0.0, 0.8)), "too few levels to say"),
        (signs(Estimate(1.4, 1.4, math.inf)), "too few levels to say"),
        (signs(spread=Estimate(math.nan, 0.0, math.inf)), "too few levels to say"),
        (signs(Estimate(2.4, 2.1, 2.7)), "does not fit"),
        (signs(Estimate(0.42, 0.36, 0.49)), "does not fit"),
        (signs(spread=Estimate(1.5, 1.36, 1.7)), "does not fit"),
        (signs(spread=Estimate(1.5, 1.34, 1.7)), "too few levels to say"),
        (signs(spread=Estimate(0.6, 0.5, 0.74)), "does not fit"),
        (signs(extreme=2), "fits"),
        (signs(extreme=3), "does not fit"),
        (signs(people=8, levels=8, extreme=1), "fits"),
        (signs(people=8, levels=8, extreme=2), "does not fit"),
    ],
)
def test_each_threshold_decides(given: Signs, answer: Answer) -> None:
    found = verdict(given)
    assert found.answer == answer
    assert found.text.startswith(answer)


def test_the_factor_to_consider_is_the_one_in_use_times_what_is_left() -> None:
    text = verdict(signs(Estimate(1.2, 1.1, 1.3), in_use=1.3)).text
    assert "consider the assay factor (about 1.6)" in text
    assert "The factor in use is 1.3." in text
    several = verdict(signs(Estimate(1.2, 1.1, 1.3), in_use=None)).text
    assert "consider the assay factors: with those in use" in several


@pytest.mark.parametrize("factor", [Estimate(0.5, 0.4, 0.6), Estimate(0.42, 0.36, 0.49)])
def test_low_levels_under_the_skin_may_be_less_absorbed(factor: Estimate) -> None:
    assert "--f 0.60" in verdict(signs(factor, route="sc")).text
    assert "--f" not in verdict(signs(factor, route="iv")).text


def test_high_levels_under_the_skin_are_not_less_absorbed() -> None:
    assert "--f" not in verdict(signs(Estimate(1.5, 1.3, 1.7), route="sc")).text


def said(answer: Answer) -> Verdict:
    return Verdict(answer, f"{answer}: in words.")


@pytest.mark.parametrize(
    ("together", "parts", "text"),
    [
        (
            "fits",
            {"A, iv": "fits", "A, sc": "too few levels to say"},
            "fits: in words. Too few levels to say as to A, sc: see there.",
        ),
        ("fits", {"A, iv": "fits", "A, sc": "fits"}, "fits: in words."),
        ("fits", {"A, iv": "too few levels to say", "A, sc": "too few levels to say"}, "fits: in words."),
        (
            "biased",
            {"A, iv": "fits", "B, iv": "too few levels to say"},
            "too few levels to say, as to B, iv: see there. For A, iv: fits.",
        ),
        ("biased", {"A, iv": "too few levels to say", "B, iv": "too few levels to say"}, "biased: in words."),
        ("fits", {"A, iv": "fits", "A, sc": "biased"}, "biased, as to A, sc: see there."),
        ("biased", {"A, iv": "biased", "A, sc": "biased"}, "biased: in words."),
        ("biased", {"A, iv": "too few levels to say", "A, sc": "biased"}, "biased: in words."),
        ("biased", {"A, iv": "fits", "A, sc": "biased"}, "biased, as to A, sc: see there."),
        ("biased", {"A, iv": "biased", "A, sc": "does not fit"}, "does not fit, as to A, sc: see there."),
        ("does not fit", {"A, iv": "biased", "A, sc": "biased"}, "does not fit: in words."),
        ("too few levels to say", {"A, iv": "biased", "B, iv": "biased"}, "biased, as to A, iv and B, iv: see there."),
    ],
)
def test_the_gravest_part_decides_and_is_named_where_parts_differ(
    together: Answer, parts: dict[str, Answer], text: str
) -> None:
    found = overall_verdict(said(together), [(name, said(answer)) for name, answer in parts.items()], alike=True)
    assert found.text == text
    assert text.startswith(found.answer)


@pytest.mark.parametrize(
    ("together", "parts", "text"),
    [
        (
            "fits",
            {"A, iv": "fits", "B, iv": "too few levels to say"},
            "too few levels to say, as to B, iv: see there. For A, iv: fits.",
        ),
        (
            "biased",
            {"A, iv": "too few levels to say", "B, iv": "too few levels to say"},
            "too few levels to say, as to A, iv and B, iv: see there.",
        ),
        ("does not fit", {"A, iv": "fits", "B, iv": "biased"}, "biased, as to B, iv: see there."),
        ("does not fit", {"A, iv": "fits", "B, iv": "too few levels to say"}, "does not fit: in words."),
        ("does not fit", {"A, iv": "fits", "B, iv": "does not fit"}, "does not fit: in words."),
    ],
)
def test_where_the_parts_are_not_alike_nothing_that_holds_on_average_is_said_of_them(
    together: Answer, parts: dict[str, Answer], text: str
) -> None:
    found = overall_verdict(said(together), [(name, said(answer)) for name, answer in parts.items()], alike=False)
    assert found.text == text
    assert text.startswith(found.answer)


@pytest.mark.parametrize(
    "given", [signs(extreme=1), signs(Estimate(1.3, 1.2, 1.4), extreme=1), signs(Estimate(1, 0.7, 1.4), extreme=1)]
)
def test_a_slip_is_named_beside_every_other_verdict(given: Signs) -> None:
    assert "Check the levels that no plausible person has: 1 of 40." in verdict(given).text


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (Estimate(12.0, 12.0, math.inf), "read 12.00 or more times"),
        (Estimate(0.1, 0.0, 0.1), "read 0.10 or less times"),
        (Estimate(6.7, 6.0, 7.5), "read 6.70 (6.00 to 7.50) times"),
    ],
)
def test_more_than_an_assay_explains_is_said_before_anything_else(factor: Estimate, words: str) -> None:
    text = verdict(signs(factor, extreme=20, spread=Estimate(0.2, 0.1, 0.3))).text
    assert words in text
    assert "more than an assay explains" in text


def test_one_factor_for_all_is_not_said_where_the_parts_are_not_alike() -> None:
    parts = [("A, iv", said("too few levels to say")), ("A, sc", said("biased"))]
    assert overall_verdict(said("biased"), parts, alike=False).text == "biased, as to A, sc: see there."
