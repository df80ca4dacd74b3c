"""The forms for natalizumab itself, and everything else that was given or done."""

from __future__ import annotations

from natalizumab.clinic.entering.field import Field, Kind

ROUTE = {"iv": "Intravenous", "sc": "Under the skin"}
PLACE = {"clinic": "In the clinic", "home": "At home"}

TREATMENT = (
    Kind(
        "dose",
        (
            Field("dose_mg", "Ordered", "mg", usual=True),
            Field("given_mg", "Given", "mg", "Only where it was another amount. 0: nothing was given."),
            Field("route", "Route", choices=ROUTE, usual=True),
            Field("product", "Product", usual=True, proposals=("Tysabri", "Tyruko")),
            Field("batch", "Batch"),
            Field("minutes", "Duration of the infusion", "minutes"),
            Field("second_injection_minutes", "Second injection after", "minutes", "Under the skin only."),
            Field("place", "Place", choices=PLACE, usual=True),
            Field("completed", "Completed"),
            Field("tolerated", "Tolerated"),
        ),
        "One dose. Two injections under the skin of one syringe each on one day are two entries that make one dose.",
        timed=True,
        planned=True,
    ),
    Kind("interval", (Field("weeks", "Weeks between doses", "weeks"),), "Prescribed from this day on.", planned=True),
    Kind("stop", (Field("reason", "Why"),), "Natalizumab was stopped on this day.", planned=True),
    Kind(
        "earlier_treatment",
        (
            Field("first_dose", "First dose elsewhere"),
            Field("doses", "Number of doses"),
            Field("interval_weeks", "Interval", "weeks"),
        ),
        "Natalizumab that was given elsewhere before this record begins. Leave empty what is not known.",
    ),
    Kind(
        "therapy",
        (
            Field("name", "Drug", words="therapies"),
            Field("until", "Last day", help="Empty: not known to have ended."),
            Field(
                "accelerated_elimination", "Accelerated elimination done", help="Washed out, as after teriflunomide."
            ),
        ),
        "Any other drug, from this day on.",
        planned=True,
    ),
    Kind("procedure", (Field("name", "Procedure", words="procedures"),), planned=True),
    Kind(
        "vaccine",
        (
            Field("name", "Vaccine", words="vaccines"),
            Field("cvx", "CVX code", help="The American code of the vaccine, if you have it."),
        ),
        planned=True,
    ),
)
