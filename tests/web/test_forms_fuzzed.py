"""Whatever is sent to whichever form: an answer in words, never a failure of ours, and a record that still verifies."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from natalizumab.clinic.auditing import verify
from natalizumab.clinic.entering.kinds import FORMS
from natalizumab.clinic.entering.typed import ANSWERS, all_shapes, asked
from natalizumab.clinic.models import Entry, Person
from natalizumab.clinic.records import record_of

pytestmark = pytest.mark.usefixtures("solver")

ODD = [
    "",
    " ",
    "0",
    "-1",
    "1e9",
    "nan",
    "1,5",
    "1,500",
    "９",
    "٣",
    "yes",
    "no",
    "iv",
    "full",
    "positive",
    "\x00",
    "\u202e",
]
ODD += [
    "x" * 201,
    "9" * 50,
    "<b>",
    "2026-11-02",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "24:00",
    "09:30",
    "a;b\nc",
    "{{ x }}",
]
WORDS = st.one_of(st.sampled_from(ODD), st.text(max_size=20))


@st.composite
def forms(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A kind, and something for each of its fields."""
    kind = draw(st.sampled_from(sorted(FORMS)))
    names = ["on", "on_time", "planned", "key", "seen", "corrects", *all_shapes(FORMS[kind])]
    if "answers" in all_shapes(FORMS[kind]):
        names += [f"{ANSWERS}{question}" for question in asked(FORMS[kind], {})]
    typed = {name: draw(st.lists(WORDS, max_size=2)) for name in names}
    return kind, typed | {"on": draw(st.one_of(st.just(["2026-11-02"]), st.lists(WORDS, max_size=2)))}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=forms())
def test_no_form_breaks_whatever_is_typed(as_nora: Client, ada: Person, form: tuple[str, dict[str, Any]]) -> None:
    kind, typed = form
    number = Entry.objects.filter(person=ada).count()
    seen = {"seen": f"{ada.pk}:{number}"}
    saved = as_nora.post(f"/people/{ada.pk}/add/{kind}/", typed | seen)
    assert saved.status_code in (200, 302)
    assert as_nora.post(f"/people/{ada.pk}/add/{kind}/check/", typed).status_code == 200
    entries = list(Entry.objects.filter(person=ada).order_by("sequence"))
    assert len(entries) == number + (saved.status_code == 302)
    assert record_of(ada, entries)  # whatever was written can be read
    assert verify().problems == ()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(WORDS, min_size=6, max_size=6))
def test_no_other_form_breaks_either(as_nora: Client, ada: Person, ben: Person, words: list[str]) -> None:
    entry = Entry.objects.filter(person=ada).order_by("sequence")[0]
    names = (
        "number",
        "name",
        "born",
        "sex",
        "key",
        "another",
        "seen",
        "reason",
        "choice",
        "other",
        "merge",
        "to",
        "on",
    )
    typed = {name: words[place % len(words)] for place, name in enumerate(names)}
    places = ("details/", "merge/", "part/", f"entries/{entry.pk}/withdraw/", "decide/RSK-04-0123456789ab/")
    for place in (f"/people/{ada.pk}/{rest}" for rest in places):
        assert as_nora.post(place, typed).status_code in (200, 302), place
    assert as_nora.post("/people/add/", typed).status_code in (200, 302)
    for place in ("switch/", "merge/", "", "details/"):
        assert as_nora.get(f"/people/{ada.pk}/{place}", typed | {"saved": words[0]}).status_code in (200, 302), place
    assert as_nora.get("/people/duplicates/", {"page": words[0]}).status_code == 200
    assert verify().problems == ()
