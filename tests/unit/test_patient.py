"""From a record to what the pharmacology needs: times, weights, doses, exchanges, samples, and every refusal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.invented import course, dose, event, half

from natalizumab.errors import ModelError
from natalizumab.evidence import value
from natalizumab.pharmacology.doses_given import doses_given
from natalizumab.pharmacology.exchanges import fraction_removed
from natalizumab.pharmacology.patient import Patient, patient
from natalizumab.pharmacology.population import typical
from natalizumab.pharmacology.solver import concentrations

NOON = value("levels.hour_when_undated").value / 24
NINE, TEN = 9 / 24, 10 / 24
WEIGHT = event("weight", "2026-01-05", kg=70)
ON = "2026-11-02"


def level(on: str, mg_per_l: float = 20, assay: str | None = "Sanquin", **fields: Any) -> dict[str, Any]:
    """A level by the model's own assay, unless said otherwise."""
    return event("concentration", on, mg_per_l=mg_per_l, **({"assay": assay} if assay else {}), **fields)


def of(*events: dict[str, Any], on: str = ON, **factors: float) -> Patient:
    """What the record of 70 kg with those events says."""
    return patient(course(on, WEIGHT, *events), factors)


def only(found: Patient) -> str:
    """The one warning."""
    assert len(found.warnings) == 1, found.warnings
    return found.warnings[0]


# --- What cannot be said ---

THERAPY = event("therapy", "2026-02-01", name="plasma exchange", until="2026-02-09")
REFUSED = [
    ([WEIGHT], "no dose is on record"),
    ([WEIGHT, dose("2026-01-05", given_mg=0)], "no dose is on record"),
    ([WEIGHT, dose("2026-12-07")], "no dose is on record"),
    ([WEIGHT, dose("2026-10-05", planned=True)], "no dose is on record"),
    ([dose("2026-01-05")], "no weight is on record, and the concentration depends on it"),
    ([dose("2026-01-05"), event("weight", "2026-12-01", kg=70)], "no weight is on record"),
    ([WEIGHT, dose("2026-01-05"), dose("2026-02-02", completed=False)], "2026-02-02 was broken off"),
    ([WEIGHT, dose("2026-01-05", minutes=0.5)], "2026-01-05: dose: an infusion of 0.5 minutes"),
    ([WEIGHT, dose("2026-01-05"), THERAPY], "plasma exchange from 2026-02-01 is on record as a therapy"),
]


@pytest.mark.parametrize(("events", "said"), REFUSED, ids=[case[1][:30] for case in REFUSED])
def test_what_the_concentration_depends_on_is_never_guessed(events: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ModelError, match=said):
        patient(course(ON, *events))


def test_a_broken_off_dose_whose_amount_is_known_counts_as_given() -> None:
    found = of(dose("2026-01-05"), dose("2026-02-02", completed=False, given_mg=120))
    assert [given.amount_mg for given in found.history.inputs] == [300, 120]
    assert found.warnings == ()


# --- Time ---


def days(*events: dict[str, Any]) -> list[float]:
    return [given.day for given in of(*events).history.inputs]


def test_a_dose_known_to_the_day_lies_at_the_evidences_hour() -> None:
    assert days(dose("2026-01-05"), dose("2026-02-02")) == [NOON, 28 + NOON]


def test_a_clock_time_counts_as_written_from_the_midnight_of_the_first_dose() -> None:
    found = days(dose("2026-01-05T09:00+01:00"), dose("2026-02-02T18:00+01:00"), dose("2026-03-02"))
    assert found == pytest.approx([NINE, 28.75, 56 + NOON])


def test_a_change_of_the_clocks_neither_adds_nor_takes_an_hour() -> None:
    winter, summer = days(dose("2026-03-09T09:00+00:00"), dose("2026-04-06T09:00+01:00"))
    assert summer - winter == pytest.approx(28 - 1 / 24)


def test_the_origin_is_the_day_that_was_written_whatever_the_zone() -> None:
    found = of(dose("2026-01-05T00:30+14:00"))
    assert found.origin == date(2026, 1, 5)
    assert found.history.inputs[0].day == pytest.approx(0.5 / 24)
    assert found.day(date(2026, 1, 6)) == 1 + NOON


SAME_DAY = [
    # dose on its day         sample on that day        where the sample lies   what is said
    ("2026-02-02", "2026-02-02", 28 + NOON, "dated only by day"),
    ("2026-02-02T09:00+01:00", "2026-02-02", 28 + NINE, "dated only by day"),
    ("2026-02-02T15:00+01:00", "2026-02-02", 28.625, "dated only by day"),
    ("2026-02-02", "2026-02-02T09:00+01:00", 28 + NINE, "a dose without a time"),
    ("2026-02-02", "2026-02-02T15:00+01:00", 28 + NOON, "a dose without a time"),
    ("2026-02-02T10:00+01:00", "2026-02-02T09:00+01:00", 28 + NINE, None),
    ("2026-02-02T09:00+01:00", "2026-02-02T09:00+01:00", 28 + NINE, None),
    ("2026-02-02T09:00+01:00", "2026-02-02T10:00+01:00", 28 + TEN, "during an infusion or within hours"),
    ("2026-02-02T09:30+02:00", "2026-02-02T08:00+00:00", 28 + TEN, "during an infusion or within hours"),
]


@pytest.mark.parametrize(("given", "taken", "day", "said"), SAME_DAY)
def test_a_sample_on_the_day_of_a_dose(given: str, taken: str, day: float, said: str | None) -> None:
    found = of(dose("2026-01-05"), dose(given), level(taken))
    # The offset of the first timed dose is the one that counts; the last case starts at +02:00.
    assert found.levels[0].day == pytest.approx(day)
    assert (found.warnings == ()) if said is None else (said in only(found))


def test_one_remark_names_all_its_dates() -> None:
    samples = [level(on) for on in ("2026-02-02", "2026-03-02")]
    found = of(dose("2026-01-05"), dose("2026-02-02"), dose("2026-03-02"), *samples)
    assert only(found).startswith("Levels of 2026-02-02 and 2026-03-02: dated only by day")


# --- Doses and weights ---


def test_two_syringes_on_a_day_are_one_dose_under_the_skin() -> None:
    found = of(half("2026-01-05", id="left"), half("2026-01-05", id="right"))
    assert [(given.amount_mg, given.route) for given in found.history.inputs] == [(300, "sc")]
    assert found.route == "sc"


def test_the_duration_of_an_infusion_counts_where_it_is_on_record() -> None:
    events = [dose("2026-01-05", minutes=30), dose("2026-02-02"), dose("2026-03-02", minutes=0)]
    assert [given.minutes for given in of(*events).history.inputs] == [30, None, None]


def test_the_route_and_days_are_those_of_the_first_and_last_dose() -> None:
    found = of(dose("2026-01-05"), half("2026-02-02", id="left"), half("2026-02-02", id="right"))
    assert (found.route, found.first_dose_day, found.last_dose_day) == ("sc", NOON, 28 + NOON)


def test_each_weight_counts_from_its_day_on_and_the_latest_is_the_persons() -> None:
    found = of(dose("2026-01-12"), event("weight", "2026-03-02", kg=74.5))
    assert found.history.weights == ((-7, 70), (49, 74.5))
    assert found.weight_kg == 74.5


def test_two_weights_at_one_time_are_never_chosen_between() -> None:
    other = event("weight", "2026-01-05", kg=120)
    with pytest.raises(ModelError, match="two weights are on record for 2026-01-05, .* correct the one"):
        of(dose("2026-01-12"), other)
    assert of(dose("2026-01-12"), event("weight", "2026-01-05", kg=70, id="again")).weight_kg == 70
    later = event("weight", "2026-01-05T09:00+01:00", kg=71)  # of that day's the later
    assert of(dose("2026-01-12"), later).weight_kg == 71


@pytest.mark.parametrize(("kg", "said"), [(44, "Extrapolation"), (45, None), (140, None), (141, "Extrapolation")])
def test_a_weight_outside_the_models_people_is_said(kg: float, said: str | None) -> None:
    found = patient(course(ON, event("weight", "2026-01-05", kg=kg), dose("2026-01-05")))
    assert (found.warnings == ()) if said is None else (said in only(found))


@pytest.mark.parametrize(("given", "old"), [("2027-01-05", False), ("2027-01-06", True)])
def test_a_weight_of_more_than_a_year_before_the_latest_dose_is_said_to_be_old(given: str, old: bool) -> None:
    found = of(dose("2026-12-07"), dose(given), on="2027-03-01")
    words = "The latest weight is more than 12 months older than the latest dose: weigh again"
    assert found.warnings == () if not old else only(found).startswith(words)
    weighed = event("weight", "2026-01-06", kg=70)
    assert of(dose("2026-12-07"), dose(given), weighed, on="2027-03-01").warnings == ()


def test_what_is_planned_later_or_withdrawn_counts_for_nothing() -> None:
    events = [
        dose("2026-01-05"),
        dose("2026-02-02", id="wrong"),
        event("withdrawal", "2026-02-03", corrects="wrong"),
        dose("2026-10-05", planned=True),
        dose("2026-11-09"),
        level("2026-11-09T08:00+01:00"),
        event("weight", "2026-11-09", kg=90),
        event("procedure", "2026-11-09", name="plasma exchange"),
    ]
    found = of(*events)
    assert (len(found.history.inputs), found.levels, found.history.removals) == (1, (), ())
    assert (found.weight_kg, found.warnings) == (70, ())


def test_somebody_who_stopped_is_still_described() -> None:
    assert of(dose("2026-01-05"), event("stop", "2026-02-02")).last_dose_day == NOON


def test_the_doses_on_record_can_be_asked_for_alone() -> None:
    asked = course(ON, dose("2026-01-05T09:00+01:00"), dose("2026-02-02", given_mg=150))
    found = doses_given(asked, date(2026, 1, 1))
    assert [(given.day, given.amount_mg) for given in found] == [(4 + NINE, 300), (32 + NOON, 150)]


# --- Treatment elsewhere ---


def elsewhere(on: str = "2026-03-01", **fields: Any) -> dict[str, Any]:
    return event("earlier_treatment", on, **fields)


HERE = [dose("2026-03-02"), dose("2026-03-30"), dose("2026-08-31")]
PLACED = [
    ({"first_dose": "2025-12-08", "doses": 3, "interval_weeks": 4}, [0, 28, 56], "to the first dose here: 28."),
    ({"first_dose": "2025-12-08", "doses": 2, "interval_weeks": 6}, [0, 42], "to the first dose here: 42."),
    ({"first_dose": "2025-12-08", "doses": 2}, [0, 28], "4 weeks (the label's interval, as none is on record)"),
    ({"first_dose": "2025-12-08", "doses": 5, "interval_weeks": 4}, [0, 28, 56], "left out (number of doses: 2)"),
    ({"first_dose": "2026-01-05", "interval_weeks": 4}, [0, 28], "how many doses is not on record"),
    ({"doses": 2, "interval_weeks": 4}, [0, 28], "its start is not on record"),
    ({"interval_weeks": 8}, [0, 56, 112], "its start and how many doses is not on record"),
]


@pytest.mark.parametrize(("fields", "expected", "said"), PLACED)
def test_doses_elsewhere_are_placed_and_that_is_said(fields: dict[str, Any], expected: list[int], said: str) -> None:
    found = of(elsewhere(**fields), *HERE)
    count = len(expected)
    assert [given.day - NOON for given in found.history.inputs[:count]] == expected
    assert {(given.amount_mg, given.route) for given in found.history.inputs[:count]} == {(300, "iv")}
    assert len(found.history.inputs) == count + len(HERE)
    assert any(said in warning for warning in found.warnings)
    assert found.start_unknown == ("not on record. Before" in " ".join(found.warnings))


def test_unknown_treatment_elsewhere_is_refused_until_it_has_faded() -> None:
    weeks = value("label.time_to_steady_state").value
    assert weeks == 24
    for on, refused in (("2026-08-16", True), ("2026-08-17", False)):
        asked = course(on, WEIGHT, elsewhere(interval_weeks=4), *HERE)
        if refused:
            with pytest.raises(ModelError, match=r"its start and how many doses is not on record; until 2026-08-17"):
                patient(asked)
        else:
            assert patient(asked).start_unknown


def test_the_last_dose_must_be_on_record_with_its_day() -> None:
    known: dict[str, Any] = {"first_dose": "2026-01-05", "doses": 3, "interval_weeks": 4}
    for events in ([elsewhere(**known)], [dose("2025-03-03"), elsewhere(**known)]):
        with pytest.raises(ModelError, match="the latest dose was given elsewhere"):
            of(*events)


def test_two_entries_that_put_doses_on_the_same_time_are_refused() -> None:
    one: dict[str, Any] = {"first_dose": "2025-12-08", "doses": 3, "interval_weeks": 4}
    other: dict[str, Any] = {"first_dose": "2025-12-15", "doses": 2, "interval_weeks": 4}
    with pytest.raises(ModelError, match="two entries of earlier treatment"):
        of(elsewhere(**one), elsewhere(**other), *HERE)


@pytest.mark.parametrize(
    ("fields", "taken", "kept"),
    [
        ({"first_dose": "2025-12-08", "doses": 3}, "2026-02-27", False),
        ({"first_dose": "2025-12-08", "doses": 3}, "2026-03-02", False),
        ({"first_dose": "2025-12-08", "doses": 3}, "2026-03-27", True),
        ({"interval_weeks": 4}, "2026-08-14", False),
        ({"interval_weeks": 4}, "2026-08-28", True),
    ],
)
def test_a_level_that_hangs_on_unknown_doses_is_left_out(fields: dict[str, Any], taken: str, kept: bool) -> None:
    found = of(elsewhere(**fields), *HERE, level(taken))
    assert bool(found.levels) == kept
    assert any("left out, as the doses given elsewhere" in warning for warning in found.warnings) == (not kept)


# --- Plasma exchange ---


def test_each_plasma_exchange_takes_its_share_and_that_is_said() -> None:
    found = of(dose("2026-01-05"), event("procedure", "2026-02-09", name="PLEX"))
    assert [(removal.day, removal.fraction) for removal in found.history.removals] == [(35 + NOON, fraction_removed())]
    low, high = value("pk.plasma_exchange_removed_model").value
    assert low / 100 <= fraction_removed() <= high / 100
    assert "Plasma exchange on 2026-02-09: each is taken to remove 78%" in only(found)
    assert "92 %" in only(found)


def test_several_entries_of_one_day_are_one_exchange_at_the_time_that_is_known() -> None:
    entries = [
        event("procedure", "2026-02-09", name="PLEX"),
        event("procedure", "2026-02-09T09:00+00:00", name="plasma exchange"),
        event("therapy", "2026-02-09", name="plasma exchange", until="2026-02-09"),
        event("procedure", "2026-02-11", name="PLEX"),
    ]
    found = of(dose("2026-01-05"), *entries)
    assert [removal.day for removal in found.history.removals] == [pytest.approx(35 + NINE), pytest.approx(37 + NOON)]
    assert "Plasma exchange on 2026-02-09 and 2026-02-11: each" in only(found)


@pytest.mark.parametrize(
    "earlier",
    [
        event("therapy", "2010-01-05", name="plasma exchange", until="2010-01-15"),
        event("procedure", "2025-12-31", name="plasma exchange"),
    ],
)
def test_exchanges_before_the_first_dose_took_nothing(earlier: dict[str, Any]) -> None:
    found = of(dose("2026-01-05"), earlier)
    assert found.history.removals == ()
    assert not any("exchange" in warning for warning in found.warnings)


def test_an_exchange_on_the_day_of_a_dose_comes_before_it() -> None:
    found = of(dose("2026-01-05"), dose("2026-02-02T09:00+01:00"), event("procedure", "2026-02-02", name="TPE"))
    assert found.history.removals[0].day == pytest.approx(28 + NINE)


@pytest.mark.parametrize(
    ("exchange", "taken", "kept"),
    [
        ("2026-02-09", "2026-02-09", False),
        ("2026-02-09T09:00+01:00", "2026-02-09", False),
        ("2026-02-09T09:00+01:00", "2026-02-09T08:00+01:00", True),
        ("2026-02-09", "2026-02-10", True),
    ],
)
def test_a_level_on_the_day_of_an_exchange_needs_both_times(exchange: str, taken: str, kept: bool) -> None:
    found = of(dose("2026-01-05"), event("procedure", exchange, name="plasma exchange"), level(taken))
    assert bool(found.levels) == kept
    assert any("on the day of a plasma exchange; left out" in warning for warning in found.warnings) == (not kept)


def test_a_therapy_of_one_day_is_one_exchange_and_immunoglobulins_are_only_named() -> None:
    one = event("therapy", "2026-02-09", name="plasma exchange", until="2026-02-09")
    assert len(of(dose("2026-01-05"), one).history.removals) == 1
    before = event("therapy", "2025-06-01", name="IVIG", until="2025-12-01")
    assert of(dose("2026-01-05"), before).warnings == ()
    since = event("procedure", "2026-03-01", name="IVIG")
    assert "Immunoglobulins on 2026-03-01" in only(of(dose("2026-01-05"), since))


# --- Samples ---

REMARKS = [
    (level("2025-12-29", 5), False, "before any dose, where there can be none"),
    (level("2026-01-05", 5), False, "before any dose, where there can be none"),
    (level("2026-01-05", 0.5, below=True), False, "before any dose; left out"),
    (level("2026-02-02", 301), True, "higher than any peak that is known"),
    (level("2026-02-02", 300), True, None),
    (level("2026-01-06T08:00+01:00", 60), True, "during an infusion or within hours after it"),
    (level("2026-01-07", 60), True, None),
    (level("2026-02-02", assay=None), True, "No assay is named"),
    (level("2026-02-02", assay="in-house ELISA"), True, "The assay in-house ELISA is not known here"),
    (level("2026-02-02", assay="US assay"), True, "divided by 1.3"),
    (level("2026-02-02", 0.4, below=True), True, None),
]


@pytest.mark.parametrize(("sample", "kept", "said"), REMARKS)
def test_a_doubtful_level_is_remarked_upon(sample: dict[str, Any], kept: bool, said: str | None) -> None:
    found = of(dose("2026-01-05"), sample)
    assert bool(found.levels) == kept
    assert (found.warnings == ()) if said is None else (said in only(found))


def test_a_level_shortly_after_an_injection_under_the_skin_is_no_peak() -> None:
    found = of(half("2026-01-05", id="left"), half("2026-01-05", id="right"), level("2026-01-06T08:00+01:00", 9))
    assert found.warnings == ()


def test_a_level_keeps_its_number_and_carries_its_assays_factor() -> None:
    found = of(dose("2026-01-05"), level("2026-02-02", 26, assay="US assay", below=True))
    (measured,) = found.levels
    assert (measured.mg_per_l, measured.below, measured.factor) == (26, True, 1.3)
    assert measured.on_the_models_scale == pytest.approx(20)


def test_a_factor_that_is_stated_ends_the_doubt_about_an_assay() -> None:
    found = of(dose("2026-01-05"), level("2026-02-02", assay="mine"), mine=1.2)
    assert found.levels[0].factor == 1.2
    assert only(found) == "Levels by the mine are divided by 1.2, as was stated, to be like the model's."


def test_assays_are_never_mixed_silently() -> None:
    found = of(dose("2026-01-05"), level("2026-02-02"), level("2026-02-09", assay="mine"), mine=1.2)
    assert "More than one assay: Dutch assay (factor 1) and mine (factor 1.2)" in found.warnings[-1]


def test_levels_come_in_order_of_time_whatever_the_file_says() -> None:
    found = of(level("2026-02-16"), dose("2026-01-05"), level("2026-02-02T07:00+01:00"), level("2026-02-02"))
    assert [sample.day for sample in found.levels] == sorted(sample.day for sample in found.levels)
    assert len(found.levels) == 3


@pytest.mark.parametrize(("given", "kept"), [("2026-02-02", 0), ("2026-02-02T16:00+01:00", 1)])
def test_a_level_after_an_exchange_of_the_day_of_a_dose_needs_the_doses_time(given: str, kept: int) -> None:
    exchanged = event("procedure", "2026-02-02T13:00+01:00", name="plasma exchange")
    found = of(dose("2026-01-05"), dose(given), exchanged, level("2026-02-02T15:00+01:00", 5.5))
    assert len(found.levels) == kept
    assert any("nobody wrote which came first" in warning for warning in found.warnings) == (not kept)


@pytest.mark.parametrize(
    "days",
    [
        ("2026-03-20", "2026-05-01"),
        ("2026-03-20T09:00+01:00", "2026-05-01T09:00+02:00"),  # the clocks were changed in between
        ("2026-03-20T23:30+01:00", "2026-05-01T00:10+02:00"),
        ("2026-03-20", "2026-05-01T00:10+02:00"),
    ],
)
def test_six_weeks_between_tests_are_counted_by_the_dates_as_written(days: tuple[str, str]) -> None:
    one, other = of(dose("2026-01-05"), *(event("antibody", day, result="positive") for day in days)).antibody_results
    assert one.days_before(other) == 42


def test_tests_for_antibodies_count_from_the_first_dose_on() -> None:
    results = [
        event("antibody", "2026-01-05", result="negative"),
        event("antibody", "2026-02-02", result="positive"),
        event("antibody", "2026-03-02T08:00+01:00", result="negative"),
    ]
    found = of(dose("2026-01-05"), dose("2026-02-02T09:00+01:00"), *results)
    assert [result.day for result in found.antibody_results] == pytest.approx([28 + NINE, 56 + 8 / 24])
    assert [result.positive for result in found.antibody_results] == [True, False]
    assert "Antibody result of 2026-01-05: before any dose" in only(found)


# --- The record and the model agree on what is possible ---

EXTREMES = [
    [event("weight", "2026-01-05", kg=20)],
    [event("weight", "2026-01-05", kg=350)],
    [dose("2026-02-02", dose_mg=2000)],
    [level("2026-02-02", 1e-9), level("2026-03-02", 1000)],
    [level("2026-02-02", 1000, below=True)],
    [dose("2026-02-02", minutes=1440)],
]


@pytest.mark.parametrize("events", EXTREMES)
def test_the_most_and_the_least_that_a_record_may_hold_the_model_takes(events: list[dict[str, Any]]) -> None:
    assert patient(course(ON, event("weight", "2026-01-04", kg=70), dose("2026-01-05"), *events))


# --- What is on record twice ---


def test_a_level_that_is_on_record_twice_counts_once_and_that_is_said() -> None:
    first, second = (level("2026-02-16", id=name) for name in ("a", "b"))
    once, twice = of(dose("2026-01-05"), first), of(dose("2026-01-05"), first, second)
    assert twice.levels == once.levels
    assert any("Level of 2026-02-16: on record more than once" in warning for warning in twice.warnings)
    another = of(dose("2026-01-05"), first, {**second, "mg_per_l": 3.3})
    assert len(another.levels) == 2


def test_of_two_weights_on_one_day_the_later_counts_from_then_on() -> None:
    found = of(
        dose("2026-01-05"), event("weight", "2026-02-02", kg=80), event("weight", "2026-02-02T10:00+01:00", kg=60)
    )
    then = of(dose("2026-01-05"), event("weight", "2026-02-02", kg=60))
    days, one = [20.0, 60.0], typical(70)
    assert found.weight_kg == 60
    assert concentrations(found.history, one, days).tolist() == concentrations(then.history, one, days).tolist()
