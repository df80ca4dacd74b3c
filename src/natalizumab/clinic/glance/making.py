"""Makes the living picture (``picture``) from the chain. Importing it loads the solver."""

from __future__ import annotations

from natalizumab.clinic.glance.asked import Asked
from natalizumab.clinic.glance.chain import Chain, Link, chain
from natalizumab.clinic.glance.drawing import drawing
from natalizumab.clinic.glance.picture import CROWD, Card, Cell, Crowd, Moment, Picture, Row
from natalizumab.clinic.words import concentration
from natalizumab.pharmacology.interval import Standing
from natalizumab.pharmacology.regimen import DAYS_PER_WEEK

TOP_MG_PER_L = 180.0
"""Room for the lightest person's highest level, always the same, so that two pictures can be compared."""

LEVELS = tuple((float(level), str(level)) for level in (0, 60, 120, 180))
SHARES = ((0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %"))

STANDING: dict[Standing, str] = {
    "labelled": "This is the interval of the label.",
    "between": "This interval lies between that of the label and the one that was tried in a trial.",
    "trial": "A trial tried this interval, as an infusion, in people who had been well before. It is not the label's.",
    "outside": "This interval lies outside label and trials. It is here to show how the chain works, not to be used.",
}


COLUMNS = {
    "level": "Drug, mg/L",
    "covered": "Hooks covered",
    "kept_out": "Kept out",
    "inflammation": "Inflammation left",
    "guard": "Guard left",
}
"""The links of the chain as the table heads them."""

_PUBLISHED = "Published drug model"
_CALIBRATED = "Our own calibration to published figures"
_EXPLORATORY = "Exploratory model"
_BEFORE_NEXT = "Just before the next dose"


def picture(asked: Asked) -> Picture:
    """All of it for one question."""
    found = chain(asked)
    return Picture(
        asked=asked,
        standing=STANDING[found.standing],
        moments=(
            _moment(found, found.highest, "after", _when_highest(found)),
            _moment(found, found.end, "before", _BEFORE_NEXT),
        ),
        cards=(_level(found), _covered(found), _kept_out(found)),
        sides=(_inflammation(found), _guard(found)),
        rows=_rows(found),
        could_be=found.could_be,
    )


def _when_highest(found: Chain) -> str:
    days = round(found.highest - found.last)
    return "Right after a dose" if not days else f"{days} {'day' if days == 1 else 'days'} after a dose"


def _moment(found: Chain, day: float, id_: str, title: str) -> Moment:
    kept_out, low, high = (round(CROWD * share) for share in found.kept_out.on(day))
    level, covered = (link.on(day)[0] for link in (found.level, found.covered))
    return Moment(id_, title, level, covered, Crowd(kept_out), Crowd(CROWD - kept_out), (low, high))


def _level(found: Chain) -> Card:
    low, high = (found.level.on(day)[0] for day in (found.end, found.highest))
    says = f"Once it has settled it swings from {concentration(high)} down to {concentration(low)} mg/L and up again."
    chart = drawing(found, found.level, TOP_MG_PER_L, LEVELS)
    return Card("level", "Drug in the blood", f"{concentration(low)} mg/L", says, _PUBLISHED, chart)


def _covered(found: Chain) -> Card:
    says = "The drug sits on the integrins, the hooks of the lymphocytes. While there is plenty of it, few stay free."
    return _share(found, found.covered, "covered", "Hooks covered", says, _CALIBRATED)


def _kept_out(found: Chain) -> Card:
    says = "A lymphocyte has many hooks. The more of them are covered, the less often it gets into the brain."
    return _share(found, found.kept_out, "kept-out", "Lymphocytes kept out", says, _EXPLORATORY)


def _inflammation(found: Chain) -> Card:
    says = "100 % is MS without treatment. Most of it calms within weeks; what sits in the brain fades over years."
    return _share(found, found.inflammation, "inflammation", "Inflammation that is left", says, _EXPLORATORY)


def _guard(found: Chain) -> Card:
    says = "100 % is the usual coming and going that keeps the JC virus asleep. How much of it is enough, nobody knows."
    return _share(found, found.guard, "guard", "Guard that still comes through", says, _EXPLORATORY)


def _share(found: Chain, link: Link, id_: str, title: str, says: str, basis: str) -> Card:
    return Card(id_, title, _percent(link.on(found.end)[0]), says, basis, drawing(found, link, 1.0, SHARES))


def _rows(found: Chain) -> tuple[Row, ...]:
    """Just before every dose of the year."""
    return tuple(
        Row(round(day / DAYS_PER_WEEK), tuple(_cell(found, name, label, day) for name, label in COLUMNS.items()))
        for day in found.doses
    )


def _cell(found: Chain, name: str, label: str, day: float) -> Cell:
    link: Link = getattr(found, name)
    typical, low, high = link.on(day)
    if name == "level":
        return Cell(label, _mg_per_l(typical), _spread(_mg_per_l(low), _mg_per_l(high)))
    return Cell(label, _percent(typical), _spread(f"{100 * low:.0f}", _percent(high)) if low < high else "")


def _spread(low: str, high: str) -> str:
    return f"{low} to {high}" if low != high else ""


def _mg_per_l(level: float) -> str:
    return concentration(level) if level else "0"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}\N{NO-BREAK SPACE}%"
