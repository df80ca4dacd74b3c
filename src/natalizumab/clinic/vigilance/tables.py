"""The tables of the clinic's page: the same numbers on the page and as files. None of them names anybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from natalizumab.care import Protocol
from natalizumab.care.pml_risk import last_published_month
from natalizumab.clinic.vigilance import measuring
from natalizumab.clinic.vigilance.adding_up import IN_TIME, Sums
from natalizumab.clinic.vigilance.beside_published import result
from natalizumab.clinic.vigilance.drawing import HUNDRED, Bar, bar, interval_bar
from natalizumab.clinic.vigilance.facts import ENDED
from natalizumab.clinic.vigilance.infusions import GROUPS
from natalizumab.clinic.vigilance.signals import SIGNALS, said
from natalizumab.clinic.vigilance.tally import UNREADABLE
from natalizumab.clinic.words import ROUTES, STATES
from natalizumab.evidence import values

Cell = str | int | float | None

STATE_WORDS = {**STATES, ENDED: "Followed no longer", UNREADABLE: "Record cannot be read"}

NO_FIGURE = {
    "too late": "No figure: beyond month {1} of exposure",
    "no antibody result": "No figure: no usable antibody result",
    "start unknown": "No figure: start of treatment unknown",
    "pml": "No figure: PML on record",
    "off treatment": "No figure: too long since the last dose",
    "not started": "No figure: not started",
}

RISKS = (0.1, 0.3, 1.0, 3.0, 10.0)
"""Edges of the groups, per 1,000 a year: powers of ten, and about half-way between them."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a row, as data; ``shown`` as one reads it, and ``bar`` drawn behind it."""

    cells: tuple[Cell, ...]
    bar: Bar | None = None

    @property
    def shown(self) -> list[str]:
        return [_shown(cell) for cell in self.cells]


@dataclass(frozen=True, slots=True)
class Table:
    """``slug`` is its name in addresses and of its file."""

    slug: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Row]


def tests_in_time(sums: Sums, on: date, protocol: Protocol) -> Table:
    """By month: how many of the people on treatment had nothing overdue, with the exact interval of the share."""
    parts = [part for word in IN_TIME.values() for part in (word, f"{word} (%)", f"{word} from (%)", f"{word} to (%)")]
    rows = []
    for month in sums.months():
        cells: list[Cell] = [month.day.isoformat(), month.treated]
        for kind in IN_TIME:
            share = measuring.share(month.in_time[kind], month.treated)
            cells += [share.cases, share.seen, share.low, share.high]
        rows.append(Row((*cells, month.unreadable)))
    columns = ("Month's end", "People on treatment", *parts, "Record not readable then")
    return Table("tests-in-time", "Tests in time by month", columns, rows)


def audits(sums: Sums, on: date, protocol: Protocol) -> Table:
    """What audits elsewhere published."""
    rows = [Row((v.about, said_list(v.key), v.status, ", ".join(v.sources))) for v in values("audits") if v.unit == "%"]
    return Table("audits", "Published audits", ("What was found", "Published", "Status", "Source"), rows)


def said_list(key: str) -> str:
    """Several shares of one audit stand side by side; they are no range."""
    return said(key).replace(" to ", ", ")


def states(sums: Sums, on: date, protocol: Protocol) -> Table:
    """Everybody, by the state that their plan of today gives."""
    found = sums.by_state()
    rows = [_part(word, found[state], sums.people) for state, word in STATE_WORDS.items() if found[state]]
    return Table("states", "People by state", ("State", "People", "Share (%)"), rows)


def regimens(sums: Sums, on: date, protocol: Protocol) -> Table:
    """People on treatment, by prescribed interval and by route of the last dose."""
    found = sums.by_regimen()
    rows = []
    for weeks in sorted({weeks for weeks, _ in found}):
        by_route = [found[weeks, route] for route in ROUTES]
        words = f"Every {weeks:g} weeks"
        rows.append(Row((words, *by_route, sum(by_route)), bar(sum(by_route), found.total())))
    return Table("regimens", "Interval and route", ("Interval", *ROUTES.values(), "People"), rows)


def bands(sums: Sums, on: date, protocol: Protocol) -> Table:
    """People on treatment, by antibodies against JC virus."""
    found = sums.by_band()
    low, high = protocol["index_low_max"], protocol["index_high_above"]
    names = {
        "negative": "Negative",
        "low": f"Positive, index up to {low}",
        "middle": f"Positive, index above {low} up to {high}",
        "high": f"Positive, index above {high}",
        "no_index": "Positive, no index known",
        "unknown": "Not known",
    }
    rows = [_part(word, found[band], found.total()) for band, word in names.items()]
    return Table("jcv", "JC virus antibodies", ("Last valid result", "People", "Share (%)"), rows)


def risks(sums: Sums, on: date, protocol: Protocol) -> Table:
    """People on treatment, by the published yearly figure for PML that their plan shows."""
    figures, others = sums.by_risk(), sums.without_risk()
    rows, below, everybody = [], 0.0, figures.total() + others.total()
    for edge in (*RISKS, None):
        people = sum(n for risk, n in figures.items() if risk > below and (edge is None or risk <= edge))
        if edge is not None or people:
            rows.append(_part(_risk_words(below, edge), people, everybody))
        below = edge or below
    reasons = {why: NO_FIGURE[why].replace("{1}", str(last_published_month())) for why in NO_FIGURE if others[why]}
    rows += [_part(word, others[why], everybody) for why, word in reasons.items()]
    return Table("pml-risk", "Published PML risk", ("A year, per 1,000 people", "People", "Share (%)"), rows)


def _risk_words(above: float, upto: float | None) -> str:
    if upto is None:
        return f"Above {above:g}"
    return f"Above {above:g}, up to {upto:g}" if above else f"Up to {upto:g}"


def reactions(sums: Sums, on: date, protocol: Protocol) -> Table:
    """Doses followed by a reaction, by the number of the dose."""
    found = [one for one in sums.by_dose(GROUPS) if one.given]
    shares = [measuring.share(one.reactions, one.given) for one in found]
    most = min(HUNDRED, 1.05 * max([share.high or 0.0 for share in shares if share.cases], default=HUNDRED))
    rows = [
        Row(
            (one.group.capitalize(), one.given, one.reactions, share.seen, share.low, share.high, one.hypersensitivity),
            interval_bar(share, most),
        )
        for one, share in zip(found, shares, strict=True)
    ]
    columns = ("Dose", "Given here", "With a reaction", "%", "From", "To", "Hypersensitivity")
    return Table("reactions", "Reactions by the number of the dose", columns, rows)


def vigilance(sums: Sums, on: date, protocol: Protocol) -> Table:
    """Every signal as it stands."""
    rows = []
    for signal in SIGNALS:
        found = result(signal, sums)
        published = "; ".join(one.said for one in found.published)
        statuses = "; ".join(dict.fromkeys(one.status for one in found.published))
        m = found.measured
        rows.append(
            Row((signal.title, m.cases, m.base, signal.people, m.seen, m.low, m.high, signal.unit, published, statuses))
        )
    columns = ("Signal", "Cases", "Of", "Of what", "Seen", "From", "To", "Unit", "Published", "Status")
    return Table("vigilance", "All signals", columns, rows)


Maker = Callable[[Sums, date, Protocol], Table]

TABLES: dict[str, Maker] = {
    "tests-in-time": tests_in_time,
    "audits": audits,
    "states": states,
    "regimens": regimens,
    "jcv": bands,
    "pml-risk": risks,
    "reactions": reactions,
    "vigilance": vigilance,
}


def _part(word: str, people: int, of: int) -> Row:
    return Row((word, people, HUNDRED * people / of if of else None), bar(people, of))


def _shown(cell: Cell) -> str:
    if cell is None:
        return "–"
    return measuring.figure(cell) if isinstance(cell, float) else str(cell)
