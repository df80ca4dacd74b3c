"""A form as a page shows it: each field with what was typed, what is proposed, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from natalizumab.clinic.entering.field import Field, Kind, Shape
from natalizumab.clinic.entering.proposed import as_said, listed, offered
from natalizumab.clinic.entering.typed import ANSWERS, Problems, Values, all_shapes, asked, fields, may_be_planned

YES_NO = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True)
class Option:
    """One thing that may be chosen."""

    value: str
    word: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One question of a check, with its answer."""

    name: str
    text: str
    answer: str


@dataclass(frozen=True)
class Shown:
    """A field in the page. ``value`` is as typed; ``proposals`` are what the browser offers while one types."""

    name: str
    label: str
    input: str
    value: str
    required: bool
    unit: str
    help: str
    options: tuple[Option, ...]
    proposals: tuple[str, ...]
    questions: tuple[Question, ...]
    problem: str
    hint: str


@dataclass(frozen=True)
class FormShown:
    """The whole form; ``others`` are problems that belong to no field that it shows."""

    kind: Kind
    on: str
    on_time: str
    timed: bool
    may_be_planned: bool
    planned: bool
    moment_problem: str
    moment_hint: str
    fields: tuple[Shown, ...]
    others: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many things are wrong."""
        return len(self.others) + bool(self.moment_problem) + sum(bool(field.problem) for field in self.fields)


def shown(
    kind: Kind, values: Values, problems: Problems, hints: Problems, old: Mapping[str, Any] | None = None
) -> FormShown:
    """The form of a kind with these values."""
    shapes = all_shapes(kind)
    own = tuple(_shown(kind, field, shapes[field.name], values, problems, hints) for field in fields(kind))
    told = {field.name for field in own} | {"on"}
    return FormShown(
        kind=kind,
        on=_one(values, "on"),
        on_time=_one(values, "on_time"),
        timed=kind.timed or bool(_one(values, "on_time")),
        may_be_planned=may_be_planned(kind, old),
        planned=_one(values, "planned") == "yes",
        moment_problem=problems.get("on", ""),
        moment_hint=hints.get("on", ""),
        fields=own,
        others=tuple(text for name, text in problems.items() if name not in told),
    )


def _shown(kind: Kind, field: Field, shape: Shape, values: Values, problems: Problems, hints: Problems) -> Shown:
    chosen = values.get(field.name, [])
    known = offered(field)
    said = [as_said(known, name) for name in known]
    several = shape.input == "several"
    return Shown(
        name=field.name,
        label=field.label,
        input=shape.input,
        value=_value(known, chosen, several),
        required=shape.required,
        unit=field.unit,
        help=field.help,
        options=tuple(_options(field, shape, chosen)),
        proposals=() if several else tuple(sorted(said, key=str.casefold) if field.words else said),
        questions=tuple(_questions(kind, values)) if shape.input == "answers" else (),
        problem=problems.get(field.name, ""),
        hint=hints.get(field.name, ""),
    )


def _value(known: Sequence[str], chosen: Sequence[str], several: bool) -> str:
    """What stands in a field's own place: of several that may be ticked, only what has no box."""
    if several:
        return "; ".join(text for text in chosen if text not in known)
    return "\n".join(as_said(known, text) for text in chosen)


def _options(field: Field, shape: Shape, chosen: Sequence[str]) -> Iterator[Option]:
    """In our order; a word that the core allows and we have not, as the core has it."""
    if shape.input == "several":
        yield from (Option(name, name, name in chosen) for name in listed(field.words))
    elif shape.input == "yes_no":
        yield from (Option(value, word, value in chosen) for value, word in YES_NO)
    else:
        known = [value for value in field.choices if value in shape.options]
        values = known + [value for value in shape.options if value not in known]
        yield from (Option(value, field.choices.get(value, value), value in chosen) for value in values)


def _questions(kind: Kind, values: Values) -> Iterator[Question]:
    for name, text in asked(kind, values).items():
        yield Question(f"{ANSWERS}{name}", text, _one(values, f"{ANSWERS}{name}"))


def _one(values: Values, name: str) -> str:
    return (values.get(name) or [""])[-1]
