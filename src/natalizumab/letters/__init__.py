"""Letters: what a record and its plan say on a date, in words for a GP, for the person, for a talk, for an authority.

A letter is a pure function of the record, the protocol, the date, the clinic's details and what the writer adds. The
words live in ``templates`` and ``items.toml``; every number is asked of the evidence by name.
"""

from natalizumab.letters.asked import KINDS, Asked, Place
from natalizumab.letters.details import ClinicDetails
from natalizumab.letters.letter import Letter, letter
from natalizumab.letters.printing import pdf

__all__ = ["KINDS", "Asked", "ClinicDetails", "Letter", "Place", "letter", "pdf"]
