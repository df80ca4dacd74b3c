"""How a number of an outcome is said, alone and beside that of another strategy: whole phrases, for every language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Of a written number: ``count`` says it, ``apart`` that it is so many more (True) or fewer.

    ``none`` and ``unclear`` say that there is no difference, or no clear one.
    """

    count: Callable[[str], str]
    apart: Callable[[str, bool], str]
    none: str
    unclear: str


RELAPSES = Phrases(
    lambda said: f"{said} {'relapse' if said == '1' else 'relapses'}",
    lambda said, more: f"{said} {'more' if more else 'fewer'} {'relapse' if said == '1' else 'relapses'}",
    "no difference in the number of relapses",
    "no clear difference in the number of relapses",
)

WORSE = Phrases(
    lambda said: f"{said} {'person' if said == '1' else 'people'} whose disability gets worse and stays so",
    lambda said, more: (
        f"{said} {'more' if more else 'fewer'} {'person' if said == '1' else 'people'} "
        "whose disability gets worse and stays so"
    ),
    "no difference in the number of people whose disability gets worse and stays so",
    "no clear difference in the number of people whose disability gets worse and stays so",
)

WITHOUT = Phrases(
    lambda said: f"{said} {'person' if said == '1' else 'people'} without a relapse or a new lesion",
    lambda said, more: (
        f"{said} {'more' if more else 'fewer'} {'person' if said == '1' else 'people'} "
        "without a relapse or a new lesion"
    ),
    "no difference in the number of people without a relapse or a new lesion",
    "no clear difference in the number of people without a relapse or a new lesion",
)

PML = Phrases(
    lambda said: f"{said} {'case' if said == '1' else 'cases'} of PML",
    lambda said, more: f"{said} {'more' if more else 'fewer'} {'case' if said == '1' else 'cases'} of PML",
    "no difference in the number of cases of PML",
    "no clear difference in the number of cases of PML",
)

DOSES = Phrases(
    lambda said: f"{said} {'dose' if said == '1' else 'doses'} for each",
    lambda said, more: f"{said} {'more' if more else 'fewer'} {'dose' if said == '1' else 'doses'} for each",
    "no difference in the number of doses",
    "no clear difference in the number of doses",
)
