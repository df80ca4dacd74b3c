"""Write docs/names.md anew: every name of a record that is recognised, with its other spellings.

The lists are those that the rules read, so the page can't say anything that the code does not know.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "names.md"
sys.path[:0] = [str(ROOT / "src")]

from natalizumab.care.triage import dangers  # noqa: E402
from natalizumab.evidence import Term, Vocabulary, vocabulary  # noqa: E402

BOOKS = {
    "symptoms": "Symptoms",
    "features": "Features of a reaction",
    "diagnoses": "Diagnoses",
    "therapies": "Therapies",
    "procedures": "Procedures",
    "vaccines": "Vaccines",
    "serology_tests": "Tests (serology)",
    "substances": "Substances (allergy)",
    "forms": "Forms",
    "assays": "Assays of JC virus antibodies",
    "level_assays": "Assays of concentrations",
}
HEADER = """# The names that are recognised

<!-- Written by tools/names_page.py from the vocabularies. Do not edit. -->

A record may spell these names as it likes: capitals, spaces, hyphens, slashes and dots make no difference. A name that
is not here is kept, and the plan asks somebody to decide (REC-02, REC-07); a near match is named and never acted on.

A **symptom** may also carry a side, a degree, a place or a time ("mild weakness of the left arm since Monday"), its
words may stand in another order, and one entry may tell of several ("fever and headache"). Such words are passed over
only where the symptom is a sign of something: "left arm weakness" is read as weakness, while "severe numbness" is asked
about. What is denied or over ("no weakness") is not recognised, and is asked about; enter `ended` instead.
"""


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([HEADER, *(_book(name, title) for name, title in BOOKS.items())]).rstrip() + "\n"


def _book(name: str, title: str) -> str:
    book = vocabulary(name)
    signs = any("suggests" in term.attributes for term in book.terms)
    head = ["| name | other spellings | makes one think of |", "|---|---|---|"]
    head = head if signs else ["| name | other spellings |", "|---|---|"]
    return "\n".join([f"## {title}", "", *head, *(_row(book, term, signs) for term in book.terms), ""])


def _row(book: Vocabulary, term: Term, signs: bool) -> str:
    others = ", ".join(book.spellings(term)[1:])
    row = f"| {term.name} | {others} |"
    if not signs:
        return row
    suggested = [danger.name for danger in dangers() if danger.name in term.attributes.get("suggests", ())]
    return f"{row} {', '.join(suggested) or 'nothing'} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
