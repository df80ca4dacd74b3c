"""What scans show: new or enlarging T2 lesions since the scan before, and lesions that take up contrast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from natalizumab.disease.model.lesions import Lesions

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scans:
    """Counts of shape (people, scans): new T2 lesions since the scan before (the first: since ``reference``), lesions
    with contrast, and those of them that had none, or did not exist, on the scan before.
    """

    days: Numbers
    new_t2: Counts
    contrast: Counts
    new_contrast: Counts


def scans(found: Lesions, people: int, days: Numbers, reference: float) -> Scans:
    """Of so many people, on those days (rising), compared with a scan on the day ``reference``."""
    ends = np.concatenate([[reference], days])
    first = np.searchsorted(days, found.day)  # a lesion shows on the first scan after it has begun
    after = (found.day > reference) & (first < len(days))
    new = after & found.seen
    shape = (people, len(days))
    new_t2 = _counted(found.person[new], first[new], shape)
    contrast = np.zeros(shape, dtype=np.int64)
    new_contrast = np.zeros(shape, dtype=np.int64)
    for number, day in enumerate(days):
        lit = (found.day <= day) & (day < found.until)
        contrast[:, number] = np.bincount(found.person[lit], minlength=people)
        fresh = lit & (found.day > ends[number])
        new_contrast[:, number] = np.bincount(found.person[fresh], minlength=people)
    return Scans(days, new_t2, contrast, new_contrast)


def _counted(person: Counts, column: Counts, shape: tuple[int, int]) -> Counts:
    flat = np.bincount(person * shape[1] + column, minlength=shape[0] * shape[1])
    return np.asarray(flat.reshape(shape), dtype=np.int64)
