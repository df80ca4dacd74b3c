"""Who is in the invented clinic: eighty people, each with a story."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from natalizumab.clinic.demo import courses_grave as grave
from natalizumab.clinic.demo import courses_late as late
from natalizumab.clinic.demo import courses_risk as risk
from natalizumab.clinic.demo import courses_usual as usual
from natalizumab.clinic.demo.course import DAYS_IN_MONTH, Course
from natalizumab.clinic.demo.names import FEMALE, MALE, SURNAMES

SEED = 2025
Story = Callable[[Course], None]

# How many people live each story. Most of a clinic is well looked after; the rest is why it needs a worklist.
CAST: tuple[tuple[Story, int], ...] = (
    (usual.stable, 8),
    (usual.stable_low_index, 3),
    (usual.six_weekly, 4),
    (usual.under_the_skin, 4),
    (usual.changed_to_subcutaneous, 1),
    (usual.biosimilar, 1),
    (usual.referred, 1),
    (usual.starting, 1),
    (usual.first_months, 2),
    (usual.transferred_in, 1),
    (usual.transferred_in_start_unknown, 1),
    (usual.measured, 1),
    (usual.weight_gained, 1),
    (usual.breast_checked, 1),
    (risk.high_index, 3),
    (risk.high_index_unconfirmed, 1),
    (risk.beyond_the_table, 1),
    (risk.prior_azathioprine, 1),
    (risk.immunowell_positive, 1),
    (risk.seroconverted, 1),
    (risk.negative_after_positive, 1),
    (risk.indeterminate, 1),
    (risk.after_immunoglobulins, 1),
    (risk.after_alemtuzumab, 1),
    (late.scan_overdue, 3),
    (late.rebaseline_overdue, 1),
    (late.short_scan_overdue, 1),
    (late.serology_overdue, 2),
    (late.liver_tests_overdue, 1),
    (late.continuation_overdue, 1),
    (late.late_dose, 2),
    (late.long_gap, 1),
    (late.gap_after_two_doses, 1),
    (late.dose_due_today, 1),
    (late.too_early, 1),
    (late.nothing_known, 1),
    (grave.suspected_pml_symptom, 1),
    (grave.suspected_pml_scan, 1),
    (grave.confirmed_pml, 1),
    (grave.hypersensitivity, 1),
    (grave.mild_reaction, 1),
    (grave.persistent_antibodies, 1),
    (grave.cancer, 1),
    (grave.pregnant, 1),
    (grave.breastfeeding, 1),
    (grave.live_vaccine_planned, 1),
    (grave.second_drug, 1),
    (grave.unknown_names, 1),
    (grave.liver_injury, 1),
    (grave.steroids_for_relapse, 1),
    (grave.stopped, 1),
    (grave.switched_out, 1),
    (grave.switching_in_from_fingolimod, 1),
    (grave.switching_in_from_teriflunomide, 1),
    (grave.transferred_away, 1),
    (grave.corrected, 1),
    (grave.fluid_without_virus, 1),
    (grave.headache_and_fever, 1),
)
_FEMALE_ONLY = frozenset({grave.pregnant, grave.breastfeeding, grave.cancer, usual.breast_checked})
_SHARE_FEMALE = 0.72


@dataclass(frozen=True)
class Character:
    """One invented person with the course that was made for them."""

    number: str
    name: str
    sex: str
    born: date
    story: str
    course: Course


def characters(today: date, seed: int) -> list[Character]:
    """The same eighty people for the same day and seed. Numbers are dealt out at random: no order betrays a story."""
    rng = random.Random(seed)  # noqa: S311
    stories = [story for story, count in CAST for _ in range(count)]
    rng.shuffle(stories)
    surnames = rng.sample(SURNAMES, len(stories))
    return [
        _character(position, story, surname, today, rng)
        for position, (story, surname) in enumerate(zip(stories, surnames, strict=True), start=1)
    ]


def _character(position: int, story: Story, surname: str, today: date, rng: random.Random) -> Character:
    female = story in _FEMALE_ONLY or rng.random() < _SHARE_FEMALE
    given = rng.choice(FEMALE if female else MALE)
    # Old enough to have been an adult at diagnosis in the longest story, young enough for every one.
    born = today - timedelta(days=round(rng.uniform(33, 42 if story in _FEMALE_ONLY else 60) * 12 * DAYS_IN_MONTH))
    course = Course(today, rng)
    story(course)
    return Character(
        number=f"INV-{position:03d}",
        name=f"{given} {surname}",
        sex="female" if female else "male",
        born=born,
        story=story.__name__,
        course=course,
    )
