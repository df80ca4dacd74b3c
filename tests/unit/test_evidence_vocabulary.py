"""The vocabularies: what people write is found, means one thing, and says what the evidence supports."""

from __future__ import annotations

from pathlib import Path

import pytest

from natalizumab.errors import EvidenceError
from natalizumab.evidence import Vocabulary, reader, vocabulary
from natalizumab.evidence.vocabulary import fold

FILES = sorted(path.stem for path in (Path(str(reader._DATA)) / "vocabulary").glob("*.toml"))

# The names that the design's page lists, and the vocabulary in which each must be found.
DESIGN_NAMES = {
    "features": "urticaria, wheeze, chest tightness, angio-oedema, hypotension, anaphylaxis",
    "symptoms": "jaundice, eye pain, red eye, blurred vision, visual field loss, word-finding difficulty, weakness, "
    "balance problem, ataxia, confusion, personality change, seizure, headache, fever, stiff neck, photophobia, "
    "diarrhoea, rash, bruising, breast lump, changing naevus, urticaria, wheeze",
    "diagnoses": "multiple sclerosis, PML, basal cell carcinoma, hypertension, depression, migraine, asthma, "
    "hypothyroidism, type 2 diabetes, epilepsy",
    "procedures": "plasma exchange, IVIG, stem cell transplantation, lumbar puncture",
    "forms": "alert card, initiation, continuation, discontinuation",
    "assays": "STRATIFY, ImmunoWELL",
    "substances": "natalizumab, Tysabri, polysorbate 80",
    "therapies": "interferon beta, glatiramer acetate, dimethyl fumarate, diroximel fumarate, teriflunomide, "
    "fingolimod, siponimod, ozanimod, ponesimod, cladribine, alemtuzumab, ocrelizumab, rituximab, "
    "mitoxantrone, cyclophosphamide, methotrexate, azathioprine, mycophenolate, ciclosporin, "
    "methylprednisolone, baclofen, vitamin D",
    "vaccines": "MMR, varicella, yellow fever, BCG, oral typhoid, intranasal influenza, OPV, rotavirus, Zostavax, "
    "Shingrix, inactivated influenza, COVID-19, hepatitis B, pneumococcal, tetanus",
}

# What a tired nurse types, and the term that is meant.
TYPED = [
    ("diagnoses", "RRMS", "relapsing-remitting multiple sclerosis"),
    ("diagnoses", "pml", "progressive multifocal leukoencephalopathy"),
    ("diagnoses", "leukemia", "leukaemia"),
    ("diagnoses", "BCC", "basal cell carcinoma"),
    ("diagnoses", "HIV-positive", "HIV infection"),
    ("symptoms", "word finding difficulty", "word-finding difficulty"),
    ("symptoms", "Hemianopia", "visual field loss"),
    ("symptoms", "behavior change", "personality change"),
    ("symptoms", "diarrhea", "diarrhoea"),
    ("symptoms", "changing mole", "changing naevus"),
    ("features", "angioedema", "angio-oedema"),
    ("features", "Angio Oedema", "angio-oedema"),
    ("features", "HIVES", "urticaria"),
    ("features", "low BP", "hypotension"),
    ("therapies", "tysabri", "natalizumab"),
    ("therapies", "Tecfidera", "dimethyl fumarate"),
    ("therapies", "mitozantrone", "mitoxantrone"),
    ("therapies", "MMF", "mycophenolate"),
    ("therapies", "cyclosporine", "ciclosporin"),
    ("therapies", "Solu Medrol", "methylprednisolone"),
    ("procedures", "PLEX", "plasma exchange"),
    ("procedures", "IVIg", "immunoglobulin"),
    ("procedures", "aHSCT", "stem cell transplantation"),
    ("vaccines", "FluMist", "influenza live intranasal"),
    ("vaccines", "chicken pox", "varicella"),
    ("assays", "stratify jcv dxselect", "STRATIFY"),
    ("forms", "Patient alert card", "alert card"),
]


@pytest.mark.parametrize("book", DESIGN_NAMES)
def test_every_name_of_the_design_is_found(book: str) -> None:
    names = DESIGN_NAMES[book].split(", ")
    assert [name for name in names if vocabulary(book).find(name) is None] == []


@pytest.mark.parametrize(("book", "typed", "meant"), TYPED)
def test_what_people_type_means_the_term(book: str, typed: str, meant: str) -> None:
    found = vocabulary(book).find(typed)
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize("book", FILES)
def test_a_vocabulary_begins_by_saying_what_it_is_and_holds_no_numbers(book: str) -> None:
    text = (Path(str(reader._DATA)) / "vocabulary" / f"{book}.toml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    for term in vocabulary(book).terms:
        attributes = [*term.attributes.values(), *term.groups]
        flat = [x for a in attributes for x in (a if isinstance(a, list) else [a])]
        assert [x for x in flat if not isinstance(x, str | bool)] == []


def test_an_unknown_name_is_none_and_an_unknown_vocabulary_is_refused() -> None:
    assert vocabulary("diagnoses").find("lycanthropy") is None
    with pytest.raises(EvidenceError, match="'spells'"):
        vocabulary("spells")


def test_a_spelling_that_would_name_two_terms_is_refused() -> None:
    terms = {"multiple sclerosis": {"synonyms": ["MS"]}, "mitral stenosis": {"synonyms": ["M S", "ms"]}}
    with pytest.raises(EvidenceError, match="'ms' names both multiple sclerosis and mitral stenosis"):
        Vocabulary("test", terms)


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Word-finding  difficulty", "word finding difficulty"), (" I.V.I.G. ", "i v i g"), ("Td/IPV", "td ipv")],
)
def test_case_spaces_hyphens_slashes_and_dots_do_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


# --- What terms say ---


def test_five_features_alone_make_a_reaction_a_hypersensitivity() -> None:
    terms = vocabulary("features").terms
    assert {t.name for t in terms if t.attributes["hypersensitivity"]} == {
        "urticaria",
        "wheeze",
        "angio-oedema",
        "hypotension",
        "anaphylaxis",
    }
    for name in ("headache", "nausea", "dizziness"):
        found = vocabulary("features").find(name)
        assert found is not None
        assert not found.attributes.get("unclear")


def test_five_immunosuppressants_count_and_four_kinds_of_drug_do_not() -> None:
    terms = vocabulary("therapies").terms
    counts = {t.name for t in terms if t.attributes.get("prior_immunosuppressant") == "counts"}
    assert counts == {"mitoxantrone", "cyclophosphamide", "methotrexate", "azathioprine", "mycophenolate"}
    for name in ("prednisolone", "Avonex", "Copaxone", "Tecfidera", "Aubagio"):
        found = vocabulary("therapies").find(name)
        assert found is not None
        assert found.attributes["prior_immunosuppressant"] == "no"
    for name in ("cladribine", "Lemtrada", "Ocrevus", "fingolimod", "HSCT", "Humira", "cyclosporine"):
        found = vocabulary("therapies").find(name)
        assert found is not None
        assert found.attributes["prior_immunosuppressant"] == "undefined"


def test_natalizumab_is_no_second_drug_beside_itself_and_a_transplant_is_nothing_that_is_taken() -> None:
    for name in ("Tysabri", "HSCT"):
        found = vocabulary("therapies").find(name)
        assert found is not None
        assert found.groups.isdisjoint({"dmt", "immunosuppressant"})


def test_a_drug_that_weakens_immunity_always_says_whether_it_counts() -> None:
    for term in vocabulary("therapies").terms:
        if term.groups & {"dmt", "immunosuppressant", "corticosteroid", "anti-cd20", "s1p", "hsct"}:
            assert term.attributes["prior_immunosuppressant"] in ("counts", "undefined", "no"), term.name
        else:
            assert term.attributes.get("prior_immunosuppressant", "no") == "no", term.name


def test_the_index_is_unreliable_after_alemtuzumab_and_a_transplant_only() -> None:
    unreliable = {t.name for t in vocabulary("therapies").terms if t.attributes.get("index_unreliable")}
    assert unreliable == {"alemtuzumab", "stem cell transplantation"}
    assert [t.name for t in vocabulary("procedures").terms if t.attributes.get("index_unreliable")] == [
        "stem cell transplantation"
    ]


def test_a_basal_cell_carcinoma_is_not_an_active_cancer_but_others_are() -> None:
    diagnoses = vocabulary("diagnoses")
    basal = diagnoses.find("BCC")
    assert basal is not None
    assert basal.groups == {"basal cell carcinoma"}
    for name in ("melanoma", "breast cancer", "lymphoma", "leukaemia", "PCNSL"):
        found = diagnoses.find(name)
        assert found is not None
        assert "cancer" in found.groups


@pytest.mark.parametrize("name", ["weakness", "clumsiness", "hemianopia", "aphasia", "confusion", "memory loss"])
def test_a_symptom_of_pml_suggests_it(name: str) -> None:
    found = vocabulary("symptoms").find(name)
    assert found is not None
    assert "pml" in found.attributes["suggests"]


@pytest.mark.parametrize("name", ["fatigue", "tingling", "cold", "spasticity", "bladder problem", "joint pain"])
def test_a_common_complaint_suggests_nothing(name: str) -> None:
    found = vocabulary("symptoms").find(name)
    assert found is not None
    assert found.attributes["suggests"] == []


def test_only_an_allergy_to_the_drug_or_its_excipient_is_listed() -> None:
    assert {t.name for t in vocabulary("substances").terms} == {"natalizumab", "polysorbate 80"}


# --- Live vaccines: the codes were typed a second time, from the evidence notes ---

SEEN_LIVE = "02 178 179 03 04 05 06 07 38 94 19 21 25 37 54 55 143 56 74 116 119 122 75 105 80 111 149 121 317"
RECALLED_OR_UNSPECIFIED = "183 184 151 125 174 204 188 206 101 10 26 41 53 91 88 82"


def test_a_vaccine_is_live_by_codes_that_were_seen_and_by_no_others() -> None:
    by_code: dict[str, str] = {}
    for term in vocabulary("vaccines").terms:
        for code in term.attributes.get("cvx", ()):
            assert code not in by_code
            by_code[code] = term.attributes["live"]
    assert {code for code, live in by_code.items() if live == "yes"} == set(SEEN_LIVE.split())
    assert {code for code, live in by_code.items() if live == "unknown"} == set(RECALLED_OR_UNSPECIFIED.split())
    assert {code for code, live in by_code.items() if live == "no"} == {"187"}


def test_a_live_vaccine_rests_on_the_principle_and_on_a_code_that_was_seen() -> None:
    for term in vocabulary("vaccines").terms:
        assert term.attributes["live"] in ("yes", "no", "unknown")
        if term.attributes["live"] == "yes":
            assert set(term.attributes["source"]) == {"ms-selfie-summary-2025", "hl7-cvx"}
            assert term.attributes["cvx"]
