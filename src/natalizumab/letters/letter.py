"""One letter: its facts, its words, where the writer may add, and what the writer is warned of."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from natalizumab.care import Protocol
from natalizumab.errors import Refusal
from natalizumab.languages import said
from natalizumab.letters import adverse_event, questions, risk, told
from natalizumab.letters.asked import KINDS, Asked, Place
from natalizumab.letters.details import ClinicDetails
from natalizumab.letters.rendering import render
from natalizumab.letters.results import results
from natalizumab.letters.treatment import Seen, seen, treatment
from natalizumab.letters.wording import Wording
from natalizumab.record import Record

Facts = dict[str, Any]

_BRAIN = ("PML", "GCN", "CON-02", "MRI-06")
"""Rules of a suspicion under which no figure of risk applies, and none is told."""

_PLACES: Mapping[str, Sequence[Place]] = {
    "gp": (
        Place("salutation", "Salutation", "line"),
        Place("opening", "Before everything else"),
        Place("plan", "About the plan"),
        Place("closing", "Before you sign"),
    ),
    "person": (
        Place("salutation", "Salutation", "line"),
        Place("opening", "Before everything else"),
        Place("closing", "Before you sign"),
    ),
    "risk": (
        Place("matters", "What matters most to the person"),
        Place("questions", "Questions, and what was answered"),
        Place("agreed", "What was agreed"),
    ),
}

_START, _END = '<article class="letter', "</article>"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it would be sent. ``body`` is HTML without its page; ``missing`` says why it can't be sent yet.

    ``warnings`` are for the writer alone. ``facts_hash`` is of what it takes from the record: another one means that
    the record says something else now.
    """

    kind: str
    language: str
    title: str
    body: str
    places: tuple[Place, ...]
    warnings: tuple[str, ...]
    missing: tuple[str, ...]
    facts_hash: str

    @property
    def document(self) -> str:
        """The whole page, with its style in it: what is kept, and what the PDF is made of."""
        style = (files("natalizumab.letters") / "style" / "letter.css").read_text(encoding="utf-8")
        page = {"title": self.title, "body": self.body, "style": style}
        return render("page.html", page, Wording(self.language))


def body_of(document: str) -> str:
    """The letter without its page, out of a document that was kept."""
    _, start, rest = document.partition(_START)
    body, end, _ = rest.partition(_END)
    return start + body + end


def letter(record: Record, protocol: Protocol, asked: Asked, details: ClinicDetails) -> Letter:
    """The letter that was asked for. Raises Refusal, in plain words, where it can't be made of this record."""
    look = seen(record, asked.on, protocol)
    _refuse(look, asked)
    facts = _MAKERS[asked.kind](look, asked)
    shared = {
        "kind": asked.kind,
        "title": KINDS[asked.kind],
        "on": asked.on.isoformat(),
        "person": {"name": asked.name, "number": asked.number, **_about(look)},
        "protocol": look.plan["protocol"],
    }
    words = defaultdict(str, {key: text for key, text in asked.words.items() if text.strip()})
    added = {"recipient": asked.recipient, "words": words, "clinic": details}
    wording = Wording(asked.language)
    body = render(f"{asked.kind.replace('-', '_')}.html", {**shared, **facts, **added}, wording)
    places = adverse_event.places(facts["report"]) if asked.kind == "adverse-event" else _PLACES[asked.kind]
    return Letter(
        kind=asked.kind,
        language=asked.language,
        title=f"{said(KINDS[asked.kind], asked.language)}: {asked.name}",
        body=body.strip(),
        places=tuple(places),
        warnings=(*_warnings(look, asked), *_untranslated(wording)),
        missing=details.missing,
        facts_hash=_hash({**shared, **facts}),
    )


def _about(look: Seen) -> Facts:
    person = look.course.person
    return {"born": person.born.isoformat() if person.born else None, "sex": person.sex}


def _gp(look: Seen, _asked: Asked) -> Facts:
    return {
        "treatment": treatment(look),
        "holds": [{"text": r["text"], "rule": r["rule"], "sources": r["sources"]} for r in look.holds],
        "items": [_item(item) for item in look.plan["items"] if not item["prompt"]],
        "results": results(look.course),
        "risk": risk.risk(look),
    }


def _person(look: Seen, asked: Asked) -> Facts:
    tells = asked.tell_holds
    left_out = told.untold_items(look.plan)
    figure = risk.risk(look)
    return {
        "treatment": treatment(look) | {"held": bool(look.holds)},
        "holds": [{"text": r["text"]} for r in look.holds] if tells else [],
        "others": [_item(item) for item in left_out] if tells else [],
        "items": told.told_items(look.plan),
        "risk": figure if figure["per_1000"] is not None and not _about_the_brain(look) else None,
        "watch_until": _watch_until(look),
    }


def _risk(look: Seen, _asked: Asked) -> Facts:
    last = look.course.valid_jcv()
    return {
        "treatment": treatment(look),
        "risk": risk.risk(look),
        "stages": risk.stages(look),
        "jcv": _jcv(last[-1]) if last else None,
        "prior": [_prior(found) for found in look.case.prior_immunosuppressants],
        "high_risk": look.case.high_risk,
        "forms": [{"name": f.name, "on": f.day.isoformat()} for f in look.course.of("form")],  # type: ignore[attr-defined]
    }


def _adverse_event(look: Seen, asked: Asked) -> Facts:
    return {"report": adverse_event.report(look, asked), "sections": questions.sections()}


_MAKERS: Mapping[str, Callable[[Seen, Asked], Facts]] = {
    "gp": _gp,
    "person": _person,
    "risk": _risk,
    "adverse-event": _adverse_event,
}


def _item(item: Facts) -> Facts:
    return {
        key: item[key] for key in ("rule", "text", "window_from", "due", "not_before", "status", "days_late", "sources")
    }


def _jcv(reading: Any) -> Facts:
    found = reading.event
    return {"on": found.day.isoformat(), "result": found.result, "index": found.index, "assay": found.assay}


def _prior(found: Any) -> Facts:
    until = getattr(found.event, "until", None)
    return {"name": found.name, "from": found.event.day.isoformat(), "until": until.isoformat() if until else None}


def _watch_until(look: Seen) -> str | None:
    ends = [i["due"] for i in look.plan["items"] if i["action"] == "symptom watch"]
    return ends[0] if ends else None


def _about_the_brain(look: Seen) -> bool:
    return any(reason["rule"].startswith(_BRAIN) for made in (look.plan, look.planned) for reason in made["reasons"])


def _refuse(look: Seen, asked: Asked) -> None:
    """Refuse what would be wrong to send, whatever its words."""
    ended = look.case.follow_up_ended
    if ended is not None and ended.status == "died" and asked.kind in ("person", "risk"):
        raise Refusal("letter: death is on record; no letter is written to the person")
    if asked.kind == "risk" and not look.course.started:
        raise Refusal("letter: no dose of natalizumab is on record; the talk about two years is for later")
    if asked.kind == "risk" and any(reason["rule"].startswith(_BRAIN) for reason in look.holds):
        raise Refusal("letter: a suspicion of PML is on record: its figures don't apply; settle it before this talk")


def _warnings(look: Seen, asked: Asked) -> list[str]:
    """What the writer should know before sending."""
    if asked.kind != "person":
        return []
    found = []
    holds = look.holds
    if holds and asked.tell_holds:
        found.append(
            "This letter tells the person what holds the next dose. Send it only once they have heard it from you."
        )
    elif holds:
        found.append(f"What holds the next dose is left out, and no day is given for it: {_each(holds)}")
    left_out = told.untold_items(look.plan)
    if left_out and not asked.tell_holds:
        found.append(f"What is due because of it, or has no plain words, is left out: {_each(left_out)}")
    return found


def _untranslated(wording: Wording) -> Sequence[str]:
    """What the reader of a letter in another language finds in English: names that somebody typed, above all."""
    return [f"These words have no translation and stand as they are: {'; '.join(wording.left)}"] if wording.left else []


def _each(findings: Sequence[Facts]) -> str:
    return " ".join(dict.fromkeys(one["text"] for one in findings))


def _hash(facts: Facts) -> str:
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
