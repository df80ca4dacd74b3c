"""The numbers of the exploratory model: each stands in the evidence as ``model.NAME``, with what it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache

from natalizumab.errors import ModelError
from natalizumab.evidence import value


@dataclass(frozen=True, slots=True)
class Parameters:
    """Rates are per year, time constants in days, volumes in per cent of the brain; the evidence says what each is."""

    steepness: float
    least_trafficking: float
    least_trafficking_shape: float
    fast_days: float
    slow_days: float
    slow_share: float
    lesion_rate: float
    detected: float
    cluster_mean: float
    susceptibility_shape: float
    enhancing_days: float
    relapse_rate: float
    relapse_shape: float
    relapse_floor: float
    relapses_per_lesion: float
    progression: float
    worsening_untreated: float
    worsening_treated: float
    loss_at_45: float
    loss_per_year_of_age: float
    least_loss: float
    loss_of_ms: float
    loss_per_lesion: float
    oedema: float
    oedema_days: float
    oedema_most: float
    lymphocytes_kept_in: float
    lymphocyte_days: float
    phase_2_activity: float

    def __post_init__(self) -> None:
        for name in NAMES:
            if not getattr(self, name) >= 0:
                raise ModelError(f"model: {name} must be 0 or more, not {getattr(self, name):g}")
        if not self.cluster_mean >= 1:
            raise ModelError(f"model: cluster_mean must be 1 or more, not {self.cluster_mean:g}")

    def with_values(self, values: Mapping[str, float]) -> Parameters:
        """The same with other values of some. Raises ModelError for a name that is none."""
        if unknown := sorted(set(values) - set(NAMES)):
            raise ModelError(f"model: {unknown[0]!r} is no parameter; there are {', '.join(NAMES)}")
        return replace(self, **values)


NAMES = tuple(field.name for field in fields(Parameters))


@cache
def free() -> dict[str, tuple[float, float]]:
    """The parameters that calibration may change, and within which bounds."""
    found = ((name, value(f"model.{name}").interval) for name in NAMES)
    return {name: bounds for name, bounds in found if bounds}


@cache
def fitted() -> Parameters:
    """Those that calibration found to fit best. Raises EvidenceError where it has not been run."""
    return start_values().with_values({name: float(value(f"model_fit.{name}").value) for name in free()})


@cache
def ensemble() -> tuple[Parameters, ...]:
    """Sets that fit about as well: what one cannot know of the parameters."""
    return tuple(with_free(map(float, row)) for row in value("model_fit.ensemble").value)


def with_free(numbers: Iterable[float]) -> Parameters:
    """The first values, but for those that calibration may change: they are these, in the order of ``free``."""
    return start_values().with_values(dict(zip(free(), numbers, strict=True)))


@cache
def start_values() -> Parameters:
    """Those with which calibration begins."""
    return Parameters(**{name: float(value(f"model.{name}").value) for name in NAMES})
