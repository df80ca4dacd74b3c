"""The same equations, steps and events as everywhere, solved on a graphics card: one thread takes one person.

Nothing else in the project depends on it. It needs the package numba-cuda and a CUDA device, and refuses plainly
without; importing this package needs neither.
"""

from natalizumab.pharmacology.device.found import why_none
from natalizumab.pharmacology.device.troughs import solve_on_device, troughs_on_device

__all__ = ["solve_on_device", "troughs_on_device", "why_none"]
