"""The forms for what the clinic and the person asked, agreed and decided."""

from __future__ import annotations

from natalizumab.clinic.entering.field import Field, Kind
from natalizumab.clinic.entering.kinds_treatment import PLACE

AUTHORISED = {"authorised": "Authorised", "not authorised": "Not authorised"}
ENDS = {"died": "Died", "transferred": "Moved to another clinic", "lost": "Lost from sight"}

SERVICE = (
    Kind(
        "checklist",
        (Field("answers", "Before the dose"), Field("place", "Place", choices=PLACE, usual=True)),
        "Any yes holds the dose until a prescriber has released it.",
        timed=True,
    ),
    Kind(
        "form",
        (Field("name", "Form", words="forms"),),
        "A form that was handed over or signed on this day, or the alert card.",
    ),
    Kind(
        "authorisation",
        (Field("status", "Treatment is", choices=AUTHORISED), Field("until", "Until")),
    ),
    Kind("review", (Field("by", "By"), Field("outcome", "Outcome")), "A prescriber’s review."),
    Kind(
        "selfcheck",
        (Field("answers", "What the person noticed"), Field("by", "Told by")),
        "What the person answered to the monthly check, on the telephone for example.",
    ),
    Kind(
        "followup",
        (Field("status", "What happened", choices=ENDS),),
        "Ends everything that is due, and all messages. To begin again, mark this entry as entered in error.",
    ),
)
