"""Does a person's page say what is known of disease activity, and why where nothing can be said?"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.web.people import doses, person

from natalizumab.clinic.models import Clinic

pytestmark = pytest.mark.usefixtures("solver")

SCANS: list[dict[str, Any]] = [
    {"kind": "mri", "on": "2024-05-06", "protocol": "full", "new_t2": 2, "gd": 1},
    {"kind": "mri", "on": "2025-05-06", "protocol": "full", "new_t2": 0, "gd": 0, "brain_volume_change_percent": -0.3},
    {"kind": "mri", "on": "2026-05-06", "protocol": "full", "new_t2": 1, "brain_volume_change_percent": -0.4},
]


def section(client: Client, clinic: Clinic, events: list[dict[str, Any]]) -> str:
    """The section's text with one space between words, and the rest of the page left out."""
    page = client.get(f"/people/{person(clinic, 'D-1', 'Dora Invented', events).pk}/").content.decode()
    found = re.search(r'<section id="disease".*?</section>', page, re.DOTALL)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())


def rows(client: Client, clinic: Clinic, events: list[dict[str, Any]]) -> list[str]:
    """The rows of the table by year."""
    page = client.get(f"/people/{person(clinic, 'D-1', 'Dora Invented', events).pk}/").content.decode()
    table = re.search(r'<table class="cards years">.*?</table>', page, re.DOTALL)
    assert table
    found = re.findall(r"<tr>.*?</tr>", table[0].partition("<tbody>")[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_the_sentence_and_its_grounds_stand_in_the_section_and_not_among_the_notes(
    as_nora: Client, clinic: Clinic
) -> None:
    who = person(clinic, "D-2", "Dan Invented", [*doses("2026-01-05", "2026-05-04"), SCANS[2]])
    page = as_nora.get(f"/people/{who.pk}/").content.decode()
    disease, _, rest = page.partition('<section id="disease"')[2].partition("</section>")
    assert "Since the rebaseline scan of 6 May 2026" in disease
    assert "Rule ACT-01" in disease
    assert "/evidence/affirm-2006/" in disease
    assert "Rule ACT" not in rest


def test_every_year_says_in_words_what_was_found(as_nora: Client, clinic: Clinic) -> None:
    scores = [
        {"kind": "edss", "on": "2024-05-06", "score": 2},
        {"kind": "edss", "on": "2025-05-05", "score": 2},
        {"kind": "edss", "on": "2026-01-05", "score": 3},
        {"kind": "edss", "on": "2026-05-06", "score": 3},
    ]
    assert rows(as_nora, clinic, [*doses("2024-01-08"), *SCANS, *scores]) == [
        "All, since 6 May 2024 none 1 none EDSS 2 to 3, confirmed 6 May 2026 no no",
        "Year to 6 May 2026 none 1 not known EDSS 2 to 3, confirmed 6 May 2026 no no",
        "Year to 6 May 2025 none none none none found yes yes",
    ]


def test_what_nobody_looked_at_is_not_known_and_the_row_says_why(as_nora: Client, clinic: Clinic) -> None:
    scored: list[dict[str, Any]] = [
        {"kind": "edss", "on": "2024-05-06", "score": 2},
        {"kind": "edss", "on": "2026-05-06", "score": 3},
    ]
    rise = "EDSS 2 to 3, not confirmed yet"
    unseen = "cannot say no scan after 6 May 2025 tells of new lesions"
    unscored = "cannot say no EDSS after 6 May 2024 says whether disability has worsened"
    assert rows(as_nora, clinic, [*doses("2024-01-08"), *SCANS[:2], *scored]) == [
        f"All, since 6 May 2024 none none none {rise} {unseen}, and that one speaks for 15 months cannot say",
        f"Year to 6 May 2026 none not known not known {rise} {unseen} cannot say",
        f"Year to 6 May 2025 none none none not known yes {unscored}",
    ]


def test_without_a_rebaseline_scan_the_section_says_so_and_shows_no_table(as_nora: Client, clinic: Clinic) -> None:
    text = section(as_nora, clinic, doses("2026-01-05"))
    assert "Cannot say, because there is no full scan from three months of treatment on to count from." in text
    assert "NEDA-3" not in text
    assert "Brain volume Cannot say, because no change of brain volume is on record." in text
    assert "Neither was scored." in text


def test_scores_have_their_course_and_fatigue_its_evidence(as_nora: Client, clinic: Clinic) -> None:
    scores: list[dict[str, Any]] = [
        {"kind": "edss", "on": "2024-01-02", "score": 2.5},
        {"kind": "edss", "on": "2026-05-06", "score": 2},
        {"kind": "fatigue", "on": "2024-01-02", "scale": "MFIS", "score": 40},
        {"kind": "fatigue", "on": "2026-05-06", "scale": "MFIS", "score": 44},
        {"kind": "fatigue", "on": "2024-05-06", "scale": "FSS", "score": 4.2},
    ]
    text = section(as_nora, clinic, [*doses("2024-01-08"), *SCANS, *scores])
    assert "EDSS 2.5 2 Jan 2024 none 2 6 May 2026 −0.5" in text
    assert "MFIS 40 2 Jan 2024 none 44 6 May 2026 +4" in text
    assert "FSS none 4.2 6 May 2024 4.2 6 May 2024 cannot say" in text
    assert "a change of +4. What was seen on natalizumab (recalled) had no comparison" in text


def test_brain_volume_is_said_with_its_time(as_nora: Client, clinic: Clinic) -> None:
    text = section(as_nora, clinic, [*doses("2024-01-08"), *SCANS])
    assert "-0.35 % a year (6 May 2024 to 6 May 2026)" in text
    assert "for people of 37 years without MS no range is published" in text


def test_a_relapse_beside_antibodies_is_pointed_out_with_its_entries(as_nora: Client, clinic: Clinic) -> None:
    events = [*doses("2024-01-08"), {"kind": "relapse", "on": "2024-02-05"}]
    events.append({"kind": "antibody", "on": "2024-02-26", "result": "positive"})
    text = section(as_nora, clinic, events)
    assert "Beside the relapse of 5 Feb 2024 stands a positive antibody test of 26 Feb 2024" in text
    assert "From the record: Relapse, 5 Feb 2024 ; Anti-drug antibodies, 26 Feb 2024: positive" in text
