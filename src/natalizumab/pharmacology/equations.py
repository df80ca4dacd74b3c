"""How natalizumab moves through a body. ``rates`` is the only place in the project where the equations stand.

One unit system everywhere below: mg, L, days, mg/L. The model is that of van den Berg and colleagues (CPT
Pharmacometrics Syst Pharmacol 2025, doi 10.1002/psp4.70014): two compartments with a linear and a saturable way out.
The subcutaneous depot with first-order absorption is ours, from the label's figures.
"""

from __future__ import annotations

from natalizumab.pharmacology.compiled import inlined


@inlined
def rates(
    depot: float,
    central: float,
    peripheral: float,
    infusion: float,
    cl: float,
    per_vc: float,
    per_vp: float,
    vmax: float,
    q: float,
    km: float,
    ka: float,
) -> tuple[float, float, float]:
    """How fast the three amounts (mg) change (mg/day) while ``infusion`` mg/day flows into the central volume.

    cl (L/day) is the linear clearance; per_vc and per_vp (1/L) are one over the central and the peripheral volume,
    because a division costs as much as all the rest; vmax (mg/day) is the most that the saturable way removes; q
    (L/day) is the exchange between the volumes; km (mg/L) is the concentration at which the saturable way works at half
    of vmax; ka (1/day) is the rate of absorption from the depot.
    """
    concentration = central * per_vc
    absorbed = ka * depot
    exchanged = q * (concentration - peripheral * per_vp)
    eliminated = (cl + vmax / (km + concentration)) * concentration
    return -absorbed, infusion + absorbed - eliminated - exchanged, exchanged


@inlined
def with_infusion(into_central: float, before: float, now: float) -> float:
    """How fast the central amount changes (mg/day) once ``now`` mg/day flow in where ``before`` did; else all stays."""
    return into_central + (now - before)
