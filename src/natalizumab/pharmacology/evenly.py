"""Normal numbers spread more evenly than chance: Sobol's sequence, and the normal distribution turned round."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

CENTRAL = 0.425
"""Shares that lie so near to a half have their own formula."""

# Wichura's algorithm AS 241 (Applied Statistics 1988, 37, 477-484): numerator and denominator, highest power first.
_NEAR_A_HALF = (
    (
        2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
        13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
    ),
    (
        5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
        5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0,
    ),
)  # fmt: skip
_BEYOND = (
    (
        7.7454501427834140764e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
        3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
    ),
    (
        1.05075007164441684324e-9, 5.475938084995344946e-4, 1.51986665636164571966e-2, 1.4810397642748007459e-1,
        6.8976733498510000455e-1, 1.6763848301838038494, 2.05319162663775882187, 1.0,
    ),
)  # fmt: skip


def evenly(count: int) -> Numbers:
    """Standard normal numbers (count, 3); a power of two of them is spread best."""
    return normal_quantiles(evenly_shares(count))


def evenly_shares(count: int) -> Numbers:
    """Numbers between 0 and 1 (count, 3), spread in the same way."""
    # Direction numbers of Joe and Kuo (2008), as far as three dimensions need them.
    bits = max(count - 1, 1).bit_length()
    directions = np.array([[1] * bits, _odd([1], bits, ()), _odd([1, 3], bits, (1,))])
    numbers = np.zeros((count, 3), dtype=np.int64)
    for bit in range(bits):
        has = (np.arange(count) >> bit & 1).astype(bool)
        numbers[has] ^= directions[:, bit] << (bits - 1 - bit)
    return np.asarray((numbers + 0.5) / 2**bits)


def normal_quantiles(shares: Numbers) -> Numbers:
    """Below which those shares of the standard normal distribution lie; exact to 1e-15 from 1e-11 to 1 - 1e-11."""
    q = shares - 0.5
    found = q * _ratio(_NEAR_A_HALF, CENTRAL**2 - q**2)
    outer = np.abs(q) > CENTRAL
    rest = np.sqrt(-np.log(np.minimum(shares[outer], 1 - shares[outer])))
    found[outer] = np.copysign(_ratio(_BEYOND, rest - 1.6), q[outer])
    return np.asarray(found)


def _ratio(of: tuple[tuple[float, ...], tuple[float, ...]], r: Numbers) -> Numbers:
    return np.asarray(np.polyval(of[0], r) / np.polyval(of[1], r))


def _odd(first: list[int], bits: int, middle: tuple[int, ...]) -> list[int]:
    """Sobol's odd numbers of a primitive polynomial with those coefficients between its first and last."""
    found, degree = list(first), len(first)
    while len(found) < bits:
        new = found[-degree] ^ (found[-degree] << degree)
        for place, there in enumerate(middle, 1):
            new ^= found[-place] << place if there else 0
        found.append(new)
    return found[:bits]
