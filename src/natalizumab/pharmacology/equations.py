"""How natalizumab moves through a body. ``rates`` is the only place in the project where the equations stand.

One unit system everywhere below: mg, L, days, mg/L. The model is that of van den Berg and colleagues (CPT
Pharmacometrics Syst Pharmacol 2025, doi 10.1002/psp4.70014): two compartments with a linear and a saturable way out.
The subcutaneous depot with first-order absorption is ours, from the label's figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Amount = TypeVar("Amount", "float", "NDArray[np.float64]")
"""One person's number, or one number for each of many people: the same lines of code serve both."""


class State(NamedTuple, Generic[Amount]):
    """Drug in the three places that the model knows, mg. As slopes: mg/day."""

    depot: Amount
    central: Amount
    peripheral: Amount


class Body(NamedTuple, Generic[Amount]):
    """What the equations need to know of a person; the fields without ``Amount`` are alike in everybody.

    cl (L/day) is the linear clearance; vc and vp (L) are the central and the peripheral volume; vmax (mg/day) is the
    most that the saturable way removes; q (L/day) is the exchange between the volumes; km (mg/L) is the concentration
    at which the saturable way works at half of vmax; ka (1/day) is the rate of absorption from the depot.
    """

    cl: Amount
    vc: Amount
    vp: Amount
    vmax: Amount
    q: float
    km: float
    ka: float


def rates(
    depot: Amount,
    central: Amount,
    peripheral: Amount,
    infusion: float,
    cl: Amount,
    vc: Amount,
    vp: Amount,
    vmax: Amount,
    q: float,
    km: float,
    ka: float,
) -> tuple[Amount, Amount, Amount]:
    """How fast the three amounts change (mg/day) while ``infusion`` mg/day flows into the central volume.

    Plain arithmetic on numbers, so that a compiler can take the function as it stands.
    """
    concentration = central / vc
    absorbed = ka * depot
    exchanged = q * (concentration - peripheral / vp)
    eliminated = cl * concentration + vmax * concentration / (km + concentration)
    return -absorbed, infusion + absorbed - eliminated - exchanged, exchanged
