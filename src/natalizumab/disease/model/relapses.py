"""Relapses: some come with new lesions, others have a hazard that hardly follows what the drug does.

hazard = beta b (b0 + (1 - b0) R) + rho lesion_rate g E     a year; R is the slow pool, E the drive of new lesions
"""

from __future__ import annotations

from natalizumab.disease.model.parameters import Parameters
from natalizumab.disease.model.people import Block, Susceptibility
from natalizumab.disease.model.pools import Numbers, Pools, at
from natalizumab.disease.model.processes import Candidates, candidates

OF_ITS_OWN, WITH_LESIONS = "relapses of their own", "relapses with lesions"


def untreated_relapses(
    block: Block, people: Susceptibility, parameters: Parameters, start: float, end: float
) -> tuple[Candidates, Candidates]:
    """What the people would have untreated, of both kinds."""
    own = parameters.relapse_rate * people.relapses
    with_lesions = parameters.relapses_per_lesion * parameters.lesion_rate * people.lesions
    return candidates(block, OF_ITS_OWN, own, start, end), candidates(block, WITH_LESIONS, with_lesions, start, end)


def relapses(
    untreated: tuple[Candidates, Candidates], pools: Pools, drive: Numbers, parameters: Parameters
) -> tuple[Candidates, Candidates]:
    """Those that come under treatment, of both kinds."""
    own, with_lesions = untreated
    floor = parameters.relapse_floor
    slow = at(pools.slow, pools.start, own.day, own.person)
    driven = at(drive, pools.start, with_lesions.day, with_lesions.person)
    return own.kept(floor + (1 - floor) * slow), with_lesions.kept(driven)
