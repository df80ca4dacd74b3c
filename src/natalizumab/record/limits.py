"""The bounds of the record's format: what is refused as impossible before anything is concluded from it.

These are no clinical numbers. They are wide enough for real extremes (a dose of 600 mg is read, so that a rule can
hold it) and narrow enough that a slip of the keyboard is refused. Each stands here once; the reader, its refusals and
the published JSON Schema all take it from here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

MAX_FILE_BYTES = 10_000_000
"""A ten-year record is about 100 kB: a larger file than this is something else."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A date outside these years is a slip ("0024-05-06")."""

MAX_OFFSET_HOURS = 14
"""No clock on earth is further from UTC."""

MAX_DEPTH = 6
"""A record has four levels: itself, its events, an event, and the answers in it."""

MAX_DIGITS = 18
"""A longer whole number is no measurement."""

MAX_NAME, MAX_TEXT = 200, 20_000

# Texts. A name is one line; free text may have several.
Name = Annotated[str, Meta(min_length=1, max_length=MAX_NAME, pattern=r"\S")]
FreeText = Annotated[str, Meta(max_length=MAX_TEXT)]
Cvx = Annotated[str, Meta(pattern=r"^[0-9]{1,3}$", max_length=3)]
YesNo = Literal["yes", "no"]
Status = Literal["history", "suspected", "confirmed", "excluded"]
Place = Literal["clinic", "home"]

# Numbers. Whole numbers and decimals are both numbers and are kept as they were written, so each bound stands twice.
_mg = Meta(ge=0, le=2000)
_ordered_mg = Meta(gt=0, le=2000)
_index = Meta(ge=0, le=10)
_mg_per_l = Meta(ge=0, le=1000)
_kg = Meta(ge=20, le=350)
_weeks = Meta(ge=1, le=52)
_minutes = Meta(ge=0, le=1440)
_reaction_minutes = Meta(ge=0, le=43_200)
_lab_value = Meta(ge=0, le=1_000_000)
_upper_limit = Meta(gt=0, le=1_000_000)
_brain_percent = Meta(ge=-20, le=20)
_copies = Meta(ge=0, le=1_000_000_000_000)
_gestation = Meta(ge=0, le=45)
_score = Meta(ge=0, le=1000)
_days = Meta(ge=0, le=40_000)

DoseMg = Annotated[int, _ordered_mg] | Annotated[float, _ordered_mg]
GivenMg = Annotated[int, _mg] | Annotated[float, _mg]
Index = Annotated[int, _index] | Annotated[float, _index]
MgPerL = Annotated[int, _mg_per_l] | Annotated[float, _mg_per_l]
Kg = Annotated[int, _kg] | Annotated[float, _kg]
Weeks = Annotated[int, _weeks] | Annotated[float, _weeks]
Minutes = Annotated[int, _minutes] | Annotated[float, _minutes]
ReactionMinutes = Annotated[int, _reaction_minutes] | Annotated[float, _reaction_minutes]
LabValue = Annotated[int, _lab_value] | Annotated[float, _lab_value]
UpperLimit = Annotated[int, _upper_limit] | Annotated[float, _upper_limit]
BrainPercent = Annotated[int, _brain_percent] | Annotated[float, _brain_percent]
Copies = Annotated[int, _copies] | Annotated[float, _copies]
GestationWeeks = Annotated[int, _gestation] | Annotated[float, _gestation]
Score = Annotated[int, _score] | Annotated[float, _score]
Days = Annotated[int, _days] | Annotated[float, _days]
EdssScore = Annotated[int, Meta(ge=0, le=10)] | Annotated[float, Meta(ge=0, le=10, multiple_of=0.5)]
Grade = Annotated[int, Meta(ge=1, le=5)]
Lesions = Annotated[int, Meta(ge=0, le=1000)]
DoseCount = Annotated[int, Meta(ge=1, le=1000)]
