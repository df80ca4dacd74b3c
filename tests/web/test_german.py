"""Do the team's pages speak German whole, and is what is typed in German read as it is meant?"""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from django.utils import translation
from tests.web.forms import is_saved, opened, sent, text_of, told
from tests.web.infusing import NO_TO_ALL, done, fill, place
from tests.web.people import doses, enter, person

from natalizumab.clinic.event_words import details
from natalizumab.clinic.infusion.numbers import NumberField, NumberInput
from natalizumab.clinic.models import Clinic, Entry, Person

pytestmark = pytest.mark.usefixtures("solver")


@pytest.fixture
def german(as_nora: Client) -> Client:
    """Nora, a nurse, who chose German."""
    as_nora.cookies["language"] = "de"
    return as_nora


def payload(who: Person) -> dict[str, object]:
    found: dict[str, object] = json.loads(Entry.objects.filter(person=who).latest("sequence").payload)
    return found


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("/", "Arbeitsliste Montag, 2. November 2026"),
        ("/", "Beenden 0 Aussetzen"),
        ("/people/{}/", "Zurück zur Arbeitsliste"),
        ("/people/{}/", "Verlauf der Akte"),
        ("/people/{}/add/", "Eintrag hinzufügen"),
        ("/people/{}/add/jcv/", "JC-Virus-Antikörper"),
        ("/people/{}/infusion/", "Checkliste vor der Gabe"),
        ("/people/{}/letters/", "Briefe und Kalender"),
        ("/people/{}/switch/", "Wechsel planen"),
        ("/people/{}/details/", "Angaben zur Person"),
        ("/people/{}/merge/", "Steht diese Person zweimal in der Liste?"),
        ("/nothing/here/", "Eine solche Seite oder Person gibt es in Ihrem Zentrum nicht."),
    ],
)
def test_a_page_speaks_the_language_that_its_reader_chose(german: Client, ada: Person, where: str, said: str) -> None:
    page = german.get(where.format(ada.pk))
    assert said in text_of(page)
    assert '<html lang="de">' in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "read"), [("1,5", 1.5), ("1.5", 1.5), ("1,500", 1.5), ("0,123", 0.123), ("2", 2), ("0,9", 0.9)]
)
def test_a_german_number_is_read_as_it_is_meant(german: Client, ada: Person, typed: str, read: float) -> None:
    answer = sent(
        german, f"/people/{ada.pk}/add/jcv/", on="2026-10-01", result="positive", index=typed, assay="STRATIFY"
    )
    assert is_saved(answer)
    assert payload(ada)["index"] == read


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1.500", "Ist es 1500 oder eine Zahl mit Nachkommastellen?"),
        ("1.234,5", "ist keine Zahl. Schreiben Sie Ziffern, mit einem Komma vor den Nachkommastellen."),
    ],
)
def test_a_number_that_may_be_two_is_nobodys_to_guess(german: Client, ada: Person, typed: str, said: str) -> None:
    before = Entry.objects.count()
    answer = sent(german, f"/people/{ada.pk}/add/weight/", on="2026-10-01", kg=typed)
    assert said in told(answer, "kg")
    assert Entry.objects.count() == before


def test_a_german_form_shows_a_kept_number_as_it_would_be_typed_and_keeps_it(german: Client, ada: Person) -> None:
    kept = enter(ada, {"kind": "weight", "on": "2026-10-01", "kg": 68.125})
    where = f"/people/{ada.pk}/entries/{kept.pk}/correct/"
    page = german.get(where).content.decode()
    shown = re.search(r'id="kg"[^>]*value="([^"]*)"', page)
    assert shown
    assert shown[1] == "68,125"
    assert is_saved(german.post(where, opened(german, where) | {"on": "2026-10-02", "kg": shown[1]}))
    assert payload(ada)["kg"] == 68.125


@pytest.mark.parametrize(
    ("kind", "field", "typed", "kept"),
    [
        ("serology", "result", "Positiv", "positive"),
        ("symptom", "name", "Kopfschmerzen", "headache"),
        ("symptom", "name", "headache", "headache"),
        ("symptom", "name", "Kribbeln im linken Ohr", "Kribbeln im linken Ohr"),
        ("therapy", "name", "ocrelizumab", "ocrelizumab"),
    ],
)
def test_a_name_typed_in_german_is_kept_as_every_record_has_it(
    german: Client, ada: Person, kind: str, field: str, typed: str, kept: str
) -> None:
    needed = {"test": "VZV"} if kind == "serology" else {}
    answer = sent(german, f"/people/{ada.pk}/add/{kind}/", on="2026-10-01", **{**needed, field: typed})
    assert is_saved(answer)
    assert payload(ada)[field] == kept


def test_what_somebody_typed_is_never_translated(ada: Person) -> None:
    decision = {"kind": "decision", "rule": "JCV-01", "choice": "acknowledged", "reason": "confirm", "by": "Will Hold"}
    with translation.override("de"):
        assert details(decision) == "Regel JCV-01, zur Kenntnis genommen, confirm, von Will Hold"


@pytest.mark.parametrize(("language", "kind"), [("de", "text"), ("en-gb", "number")])
def test_a_browsers_own_number_field_never_drops_a_german_comma(language: str, kind: str) -> None:
    with translation.override(language):
        field = NumberField()
        assert f'type="{kind}"' in NumberInput().render("kg", 72.5)
        assert field.clean("72.5") == 72.5
        if language == "de":
            assert 'value="72,5"' in NumberInput().render("kg", 72.5)
            assert field.clean("72,5") == 72.5


def test_the_infusion_screen_reads_german_numbers(german: Client, clinic: Clinic) -> None:
    treated = person(clinic, "G-1", "Gerda Invented", doses("2026-09-07", "2026-10-05"))
    assert done(fill(german, treated, "checklist", NO_TO_ALL | {"checklist-kg": "72,5"}))
    assert Entry.objects.filter(person=treated, kind="weight").latest("sequence").payload.count("72.5") == 1
    page = text_of(german.get(place(treated)))
    assert "Heute durchgegangen: Nein zu allen Fragen." in page
    assert done(fill(german, treated, "reaction", {"reaction-other": "hives", "reaction-minutes": "1,5"}))
    assert payload(treated)["minutes"] == 1.5


def test_a_picture_speaks_german_and_writes_a_comma(german: Client, clinic: Clinic) -> None:
    treated = person(
        clinic,
        "G-2",
        "Greta Invented",
        [*doses("2026-08-10", "2026-09-07"), {"kind": "weight", "on": "2026-08-10", "kg": 70}],
    )
    where = f"/people/{treated.pk}/charts/concentration.json"
    picture = german.get(where).content.decode()
    assert json.loads(picture)["config"]["locale"]["number"]["decimal"] == ","
    assert "Konzentration, mg/L" in str(json.loads(picture))
    german.cookies["language"] = "en-gb"
    english = german.get(where).json()
    assert "locale" not in english["config"]
    assert "Konzentration" not in str(english)


def test_numbers_of_drawings_stay_numbers(german: Client, clinic: Clinic) -> None:
    treated = person(
        clinic,
        "G-3",
        "Gitta Invented",
        [
            *doses(*(f"{year}-{month:02}-05" for year in (2024, 2025, 2026) for month in range(1, 11))),
            {"kind": "jcv", "on": "2026-06-01", "result": "positive", "index": 1.2, "assay": "STRATIFY"},
        ],
    )
    page = german.get(f"/people/{treated.pk}/").content.decode()
    drawn = re.findall(r'(?:cx|cy|r|width|height|viewBox|datetime)="([^"]*)"', page)
    assert drawn
    assert not [value for value in drawn if "," in value]
