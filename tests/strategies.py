"""Whole records for property tests: every kind, valid values, ids, plans, corrections. All people are invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Plain = dict[str, Any]

FIRST_DAY, LAST_DAY = date(2012, 1, 1), date(2027, 12, 31)
FACTS = {"diagnosis", "allergy", "symptom", "reaction", "relapse", "decision", "earlier_treatment", "unmapped"}
"""Kinds that can't be planned."""

HIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=HIDDEN), max_size=12)
days = st.dates(FIRST_DAY, LAST_DAY)
yes_no = st.sampled_from(["yes", "no"])
statuses = st.sampled_from(["history", "suspected", "confirmed", "excluded"])


def names(*known: str) -> st.SearchStrategy[str]:
    """Mostly names that the vocabularies know, now and then one that nobody knows."""
    return st.one_of(st.sampled_from(known), st.sampled_from(known), texts.filter(str.strip))


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    """Whole numbers and decimals between the bounds."""
    return st.one_of(st.integers(int(low), int(high)), st.floats(low, high, allow_nan=False))


def later(fewest: int, most: int) -> st.SearchStrategy[int]:
    """A date so many days after the event itself (negative: before it); ``_event`` turns it into one."""
    return st.integers(fewest, most)


DATES = {"until", "ended", "first_dose", "compared_with"}

REQUIRED: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "dose": {"dose_mg": st.sampled_from([300, 300, 300, 150, 600, 299.5]), "route": st.sampled_from(["iv", "sc"])},
    "earlier_treatment": {},
    "interval": {"weeks": numbers(1, 52)},
    "stop": {},
    "jcv": {
        "result": st.sampled_from(["positive", "negative", "indeterminate"]),
        "assay": names("STRATIFY", "STRATIFY", "ImmunoWELL"),
    },
    "antibody": {"result": st.sampled_from(["positive", "negative"])},
    "concentration": {"mg_per_l": numbers(0, 200)},
    "lab": {
        "test": st.sampled_from(["ALT", "AST", "bilirubin", "lymphocytes", "leukocytes", "haemoglobin", "platelets"]),
        "value": numbers(0, 500),
        "unit": st.sampled_from(["U/L", "umol/L", "10*9/L", "g/L"]),
    },
    "serology": {"test": names("VZV", "HIV", "pregnancy"), "result": names("positive", "negative", "immune")},
    "mri": {"protocol": st.sampled_from(["full", "abbreviated"])},
    "csf": {"jcv_pcr": st.sampled_from(["detected", "not_detected"])},
    "therapy": {
        "name": names(
            *("azathioprine", "fingolimod", "baclofen", "methylprednisolone", "ivig", "ocrelizumab", "teriflunomide"),
            *("Avonex", "Tecfidera", "ponesimod", "Lemtrada", "Mavenclad"),
        )
    },
    "procedure": {"name": names("plasma exchange", "ivig", "lumbar puncture", "HSCT")},
    "diagnosis": {"name": names("multiple sclerosis", "PML", "melanoma", "HIV infection", "migraine")},
    "allergy": {"substance": names("natalizumab", "penicillin")},
    "symptom": {"name": names("weakness", "headache", "fever", "confusion", "eye pain", "jaundice")},
    "reaction": {"features": st.lists(names("urticaria", "headache", "wheeze", "nausea"), max_size=3)},
    "relapse": {},
    "edss": {"score": st.integers(0, 20).map(lambda half: half / 2)},
    "fatigue": {"scale": names("FSS"), "score": numbers(0, 63)},
    "vaccine": {"name": names("MMR", "influenza inactivated", "yellow fever")},
    "pregnancy": {"gestation_weeks": numbers(0, 45)},
    "breastfeeding": {},
    "weight": {"kg": numbers(20, 350)},
    "form": {"name": names("alert card", "initiation", "continuation", "discontinuation")},
    "checklist": {
        "answers": st.dictionaries(st.sampled_from(["new_or_worsening", "immune_condition", "other_drug"]), yes_no)
    },
    "authorisation": {"status": st.sampled_from(["authorised", "not authorised"])},
    "selfcheck": {"answers": st.dictionaries(names("infection", "mood", "speech", "breast"), yes_no, max_size=4)},
    "review": {},
    "decision": {
        "rule": st.sampled_from(["CON-01", "MRI-02", "DOS-04"]),
        "choice": st.sampled_from(["acknowledged", "released", "declined"]),
    },
    "unmapped": {"source": names("laboratory A"), "label": names("JCV Ab")},
    "followup": {"status": st.sampled_from(["died", "transferred", "lost"])},
}

OPTIONAL: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "dose": {
        "given_mg": st.sampled_from([300, 150, 120.5, 0]),
        "product": names("Tysabri", "Tyruko"),
        "batch": names("B-1"),
        "minutes": numbers(0, 1440),
        "second_injection_minutes": numbers(0, 60),
        "place": st.sampled_from(["clinic", "home"]),
        "completed": st.booleans(),
        "tolerated": st.booleans(),
    },
    "earlier_treatment": {
        "first_dose": later(-4000, 0),
        "doses": st.integers(1, 200),
        "interval_weeks": numbers(1, 52),
    },
    "stop": {"reason": texts},
    "jcv": {"index": numbers(0, 10)},
    "concentration": {"below": st.booleans(), "assay": names("in-house ELISA")},
    "lab": {"upper_limit": numbers(1, 500)},
    "mri": {
        "new_t2": st.integers(0, 30),
        "gd": st.integers(0, 30),
        "suspicious_for_pml": st.booleans(),
        "brain_volume_change_percent": numbers(-5, 5),
        "compared_with": later(-800, -1),
    },
    "csf": {"copies_per_ml": numbers(0, 1e6)},
    "therapy": {"until": later(0, 900), "accelerated_elimination": st.booleans()},
    "diagnosis": {"status": statuses},
    "allergy": {"status": statuses},
    "symptom": {"days": numbers(0, 400), "worsening": st.booleans(), "ended": later(0, 90)},
    "reaction": {"grade": st.integers(1, 5), "minutes": numbers(0, 43_200), "hypersensitivity": st.booleans()},
    "vaccine": {"cvx": st.sampled_from(["03", "140", "21"])},
    "pregnancy": {"ended": later(0, 280)},
    "breastfeeding": {"ended": later(0, 900)},
    "checklist": {"place": st.sampled_from(["clinic", "home"])},
    "authorisation": {"until": later(0, 400)},
    "selfcheck": {"by": names("the person")},
    "review": {"by": names("Dr Invented"), "outcome": texts},
    "decision": {"answers": st.lists(names("e1"), max_size=3), "reason": texts, "by": names("Dr Invented")},
    "unmapped": {"received": texts},
}

KINDS = tuple(REQUIRED)


@st.composite
def events(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Plain:
    """One event as it stands in the JSON, without id and correction."""
    kind = draw(st.sampled_from(kinds))
    day = draw(days)
    fields = dict(REQUIRED[kind])
    planned = kind not in FACTS and draw(st.integers(0, 5)) == 0
    if not (planned and kind in ("dose", "mri")):
        fields |= {name: made for name, made in OPTIONAL.get(kind, {}).items() if draw(st.booleans())}
    event: Plain = {"kind": kind, "on": draw(_written(day))}
    for name, strategy in fields.items():
        value = draw(strategy)
        event[name] = str(day + timedelta(days=value)) if name in DATES else value
    if event.get("jcv_pcr") == "not_detected":
        event.pop("copies_per_ml", None)
    if planned:
        event["planned"] = True
    if draw(st.integers(0, 3)) == 0:
        event["entered"] = f"{draw(days)}T{draw(st.integers(10, 23))}:00:00Z"
    if draw(st.integers(0, 5)) == 0:
        event["note"] = draw(texts)
    return event


@st.composite
def records(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS, most: int = 15) -> Plain:
    """A whole record as it stands in the JSON, valid: with plans, corrections (of corrections too), withdrawals."""
    drawn = draw(st.lists(events(kinds), max_size=most))
    kept: list[Plain] = []
    taken: set[tuple[Any, ...]] = set()
    for number, event in enumerate(drawn):
        if draw(st.integers(0, 2)) == 0:
            event["id"] = f"e{number}"
        if (key := _must_be_alone(event)) not in taken:
            taken.add(key)
            kept.append(event)
    kept += draw(_corrections(kept, taken, kinds))
    person: Plain = {"id": draw(names("invented-1"))}
    if draw(st.booleans()):
        person["born"] = str(draw(st.dates(date(1930, 1, 1), date(1990, 12, 31))))
    if draw(st.booleans()):
        person["sex"] = draw(st.sampled_from(["female", "male", "other", "unknown"]))
    return {"schema": "natalizumab-record/1", "person": person, "events": draw(st.permutations(kept))}


@st.composite
def _corrections(
    draw: st.DrawFn, entries: list[Plain], taken: set[tuple[Any, ...]], kinds: tuple[str, ...]
) -> list[Plain]:
    """Entries that correct or withdraw others, never two the same one."""
    open_ids = [event["id"] for event in entries if "id" in event]
    made: list[Plain] = []
    for number in range(draw(st.integers(0, 4))):
        if not open_ids:
            break
        target = open_ids.pop(draw(st.integers(0, len(open_ids) - 1)))
        event = draw(events(kinds)) if draw(st.booleans()) else {"kind": "withdrawal", "on": str(draw(days))}
        event |= {"id": f"c{number}", "corrects": target}
        if event["kind"] == "withdrawal" or (key := _must_be_alone(event)) not in taken:
            taken |= {key} if event["kind"] != "withdrawal" else set()
            made.append(event)
            open_ids.append(event["id"])
    return made


def _must_be_alone(event: Plain) -> tuple[Any, ...]:
    """What no other event of the record may share: its day for doses and intervals, its content for all others."""
    if event["kind"] == "dose":
        return ("dose", event["on"][:10], event.get("planned"))
    if event["kind"] == "interval":
        return ("interval", event["on"][:10])
    rest = {name: value for name, value in event.items() if name not in ("id", "note", "entered")}
    return (event["kind"], repr(sorted(rest.items())))


def _written(day: date) -> st.SearchStrategy[str]:
    times = st.builds("T{:02}:{:02}{}{}".format, st.integers(0, 23), st.integers(0, 59), seconds, offsets)
    return st.one_of(st.just(""), times).map(lambda time: f"{day}{time}")


seconds = st.sampled_from(["", ":00", ":59", ":07.25"])
offsets = st.sampled_from(["Z", "+00:00", "+01:00", "-05:30", "+14:00"])
