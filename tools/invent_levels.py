"""Invent a clinic's records with levels, drawn from the model itself: examples to try `natalizumab evaluate` on.

Run from the root of the project: python tools/invent_levels.py examples/levels
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from natalizumab.pharmacology.antibodies import hypotheses
from natalizumab.pharmacology.likelihood import residual_error
from natalizumab.pharmacology.patient import Patient, patient
from natalizumab.pharmacology.population import draw
from natalizumab.pharmacology.solver import concentrations
from natalizumab.record import Record

Plain = dict[str, Any]

PEOPLE = 40
FIRST_START = date(2024, 1, 8)
LAST = date(2026, 10, 30)
LIMIT_MG_PER_L = 0.5
MEASURED_AT = (7, 13)
"""Before which doses, counted from nought, a level is taken."""


def clinic(count: int = PEOPLE, seed: int = 1, assay: str = "Sanquin") -> list[Plain]:
    """Records of invented people: into a vein or under the skin, every four to six weeks, two levels each."""
    chance = np.random.default_rng(seed)
    return [_person(number, chance, assay) for number in range(count)]


def _person(number: int, chance: np.random.Generator, assay: str) -> Plain:
    drawn = draw(1, int(chance.integers(2**31)))
    kg, weeks = round(float(drawn.weight_kg[0]), 1), int(chance.choice([4, 4, 4, 5, 6]))
    route = "sc" if number % 4 == 3 else "iv"
    start = FIRST_START + timedelta(weeks=int(chance.integers(0, 60)))
    days = [start + timedelta(weeks=weeks * dose) for dose in range((LAST - start).days // (7 * weeks) + 1)]
    born = f"{chance.integers(1965, 2002)}-{chance.integers(1, 13):02}-{chance.integers(1, 29):02}"
    person = {"id": f"invented-levels-{number + 1:02}", "born": born, "sex": str(chance.choice(["female", "male"]))}
    events: list[Plain] = [{"kind": "weight", "on": start.isoformat(), "kg": kg, "note": "Invented person."}]
    events += [event for day in days for event in _dose(day, route)]
    record: Plain = {"schema": "natalizumab-record/1", "person": person, "events": events}
    samples = [f"{days[dose]}T08:{chance.integers(10, 50)}+00:00" for dose in MEASURED_AT]
    levels = _levels(record, samples, drawn, chance)
    events += [_level(on, level, assay) for on, level in zip(samples, levels, strict=True)]
    events.sort(key=lambda event: event["on"])
    return record


def _dose(day: date, route: str) -> list[Plain]:
    at = f"{day}T09:00+00:00"
    if route == "iv":
        return [{"kind": "dose", "on": at, "dose_mg": 300, "route": "iv"}]
    return [
        {"kind": "dose", "on": at, "dose_mg": 150, "route": "sc", "id": f"{day}-{side}"} for side in ("left", "right")
    ]


def _levels(record: Plain, samples: list[str], drawn: Any, chance: np.random.Generator) -> list[float]:
    """What the laboratory would report of somebody with those effects, antibodies as the model has them."""
    dummy = [{"kind": "concentration", "on": on, "mg_per_l": 1, "assay": "Sanquin"} for on in samples]
    seen = patient(Record.from_dict({**record, "events": [*record["events"], *dummy]}).course(LAST))
    people = replace(drawn, weight_kg=np.array([seen.weight_kg]))
    true = concentrations(_with_antibodies(seen, chance), people, [level.day for level in seen.levels])[0]
    error = 1 + residual_error() * chance.standard_normal(len(samples))
    return [float(level) for level in np.maximum(true * error, 0)]


def _with_antibodies(seen: Patient, chance: np.random.Generator) -> Any:
    states = hypotheses([dose.day for dose in seen.history.inputs])
    state = chance.choice(len(states), p=[one.prior for one in states])
    return states[state].applied(seen.history)


def _level(on: str, mg_per_l: float, assay: str) -> Plain:
    if mg_per_l < LIMIT_MG_PER_L:
        return {"kind": "concentration", "on": on, "mg_per_l": LIMIT_MG_PER_L, "below": True, "assay": assay}
    return {"kind": "concentration", "on": on, "mg_per_l": round(mg_per_l, 1), "assay": assay}


def write(records: list[Plain], folder: Path) -> None:
    """One file per person, one line per event."""
    folder.mkdir(parents=True, exist_ok=True)
    for record in records:
        events = ",\n".join(f"    {json.dumps(event)}" for event in record["events"])
        head = f'{{\n  "schema": "{record["schema"]}",\n  "person": {json.dumps(record["person"])},\n'
        text = f'{head}  "events": [\n{events}\n  ]\n}}\n'
        (folder / f"{record['person']['id']}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(clinic(), Path(sys.argv[1]))
