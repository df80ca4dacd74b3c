"""What a reminder says: that something is due, and by when; never a disease, a drug or a hold."""

from __future__ import annotations

from datetime import date

from natalizumab.languages import ENGLISH, long_day, said

TITLE = "A reminder from your clinic"

TEXTS = {
    "dose": "Your next appointment is due on {day}. If you have none yet, please call your clinic.",
    "mri": "A scan is due by {day}. If you have no appointment yet, please call your clinic.",
    "jcv": "A blood test is due by {day}. If you have no appointment yet, please call your clinic.",
    "labs": "A blood test is due by {day}. If you have no appointment yet, please call your clinic.",
    "antibody": "A blood test is due by {day}. If you have no appointment yet, please call your clinic.",
    "tests": "A blood test is due by {day}. If you have no appointment yet, please call your clinic.",
    "review": "A talk with your team is due by {day}. If you have no appointment yet, please call your clinic.",
}
"""What a person may be told, by kind. The other kinds are the clinic's own work, or for it to say."""


def title(language: str = ENGLISH) -> str:
    """The subject of the e-mail."""
    return said(TITLE, language)


def text(kind: str, due: date, language: str = ENGLISH) -> str:
    """What is due, and by when."""
    return said(TEXTS[kind], language).format(day=long_day(due, language))
